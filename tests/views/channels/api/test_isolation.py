"""The isolation walk of the API: every operation, for everybody, with right, foreign and absent keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import db, transaction
from app.models import Report
from app.rules.channels.api import SCOPES, ClientKind, Scope
from app.services.citizens.secret_links import give_link
from app.views.gate import PUBLIC_ENDPOINTS
from tests.support.api import Program, give_token, make_client
from tests.support.api_routes import OPERATIONS, OWNER, Operation
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.world import PEOPLE, World

ABSENT = 987_654_321
Keys = Mapping[str, int | str]


@pytest.fixture
def keys(app: Flask, world: World) -> Keys:
    with app.app_context():
        return make_objects(Play(world, datetime.now(UTC) - timedelta(hours=3)))


@pytest.fixture
def client_id(app: Flask) -> str:
    return make_client(app, ClientKind.ANDROID)[0]


def call(program: Program, operation: Operation, keys: Keys, **more: object) -> TestResponse:
    path = operation.path.format(**keys)
    if operation.method == "GET":
        return program.get(path, **more)
    if path.startswith("/files"):
        return program.call("POST", path, data={}, content_type="multipart/form-data", **more)
    return program.post(path, dict(operation.body or {}), **more)


def test_every_operation_is_declared_here(app: Flask) -> None:
    """Whoever adds one says who may call it, and whose object it shows."""
    views = {name: view for name, view in app.view_functions.items() if name.startswith("api.")}
    assert {name.removeprefix("api.") for name in views} == set(OPERATIONS)
    for name, view in views.items():
        declared = OPERATIONS[name.removeprefix("api.")]
        assert (view.api_scopes, view.api_link) == (declared.scopes, declared.link), name
        assert bool(declared.scopes) != (f"api.{name.removeprefix('api.')}" in PUBLIC_ENDPOINTS), name
    # Below /api there is nothing else.
    below = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api")}
    assert below - set(views) == {"api-docs.openapi_json"}


def test_without_a_token_nothing_opens_but_what_is_open(app: Flask, keys: Keys) -> None:
    visitor, wrong = Program(app, None), Program(app, "kein-token")
    for name, operation in OPERATIONS.items():
        wanted = 401 if operation.scopes else 200
        assert call(visitor, operation, keys).status_code == wanted, name
        assert call(wrong, operation, keys).status_code == wanted, name


@pytest.mark.parametrize("who", PEOPLE)
def test_each_operation_opens_for_whom_it_is_meant(app: Flask, keys: Keys, client_id: str, who: str) -> None:
    """List, detail and attachment agree: foreign is absent."""
    program = Program(app, give_token(app, client_id, who))
    for name, operation in OPERATIONS.items():
        if not operation.scopes or not operation.opens:
            continue
        answer = call(program, operation, keys)
        if who not in operation.opens:
            assert answer.status_code == 403, (name, who)
        elif operation.sees is not None and who not in operation.sees:
            absent = call(program, operation, dict.fromkeys(keys, ABSENT))
            assert (answer.status_code, absent.status_code) == (404, 404), (name, who)
            assert answer.json == absent.json
        else:
            # The object is there; what was sent may still be none of this officer's moves.
            assert answer.status_code in (200, 201, 403, 409, 422), (name, who, answer.json)
            assert operation.method == "POST" or answer.status_code == 200, (name, who)


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if each.scopes])
def test_each_operation_refuses_a_token_without_its_scope(
    app: Flask, keys: Keys, client_id: str, name: str
) -> None:
    operation = OPERATIONS[name]
    others = frozenset(scope for scope in SCOPES if scope not in operation.scopes)
    for who in ("warga", "pusat", "a1"):
        answer = call(Program(app, give_token(app, client_id, who, scopes=others)), operation, keys)
        assert answer.status_code == 403, who
        assert answer.json["type"] == "urn:lapor:problem:insufficient-scope"
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


def test_a_partner_reads_no_report_and_makes_no_move(app: Flask, keys: Keys) -> None:
    partner = Program(app, give_token(app, make_client(app, ClientKind.PARTNER)[0], None))
    for name, operation in OPERATIONS.items():
        if operation.scopes and Scope.PARTNER_FILE not in operation.scopes:
            assert call(partner, operation, keys).status_code == 403, name


def test_list_and_detail_agree(app: Flask, keys: Keys, client_id: str) -> None:
    """Case C1: in the list if and only if the report opens, and its file."""
    for who in PEOPLE:
        program = Program(app, give_token(app, client_id, who))
        listed = program.get("/worklists/waiting?reach=below&limit=100")
        numbers = {each["number"] for each in listed.json["items"]} if listed.status_code == 200 else set()
        opens = program.get(f"/reports/{keys['report']}").status_code == 200
        reads = program.get(f"/reports/{keys['report']}/files/{keys['file']}").status_code == 200
        assert (keys["report"] in numbers) == opens == reads, who
        own = program.get("/own-reports")
        mine = {each["number"] for each in own.json["items"]} if own.status_code == 200 else set()
        assert (keys["progress"] in mine) == (who in OWNER), who


def test_a_reports_token_opens_that_report_alone(app: Flask, keys: Keys) -> None:
    with app.app_context(), transaction() as session:
        token = give_link(session.get_one(Report, keys["progress"]), app.config["LAPOR"].key())
    link, visitor = {"Report-Token": token}, Program(app, None)
    for name, operation in OPERATIONS.items():
        if not operation.scopes:
            continue
        own = call(visitor, operation, keys, headers=link)
        # No file is sent, and the report is not closed: both are looked at after the door.
        wanted = {"send_files": 422, "rate_own_report": 409}.get(name, 200) if operation.link else 401
        assert own.status_code == wanted, name
        if operation.link:
            other = call(visitor, operation, {**keys, "progress": keys["report"]}, headers=link)
            assert other.status_code == 404, name


def test_an_officers_note_is_no_reporters_to_read(app: Flask, keys: Keys, client_id: str) -> None:
    """What officers write to each other, their names and their files stay at the desk."""
    with app.app_context():
        play = Play(World.read(db.session()), datetime.now(UTC) - timedelta(hours=1))
        inner = play.attach(int(keys["progress"]), by="a1")
    warga = Program(app, give_token(app, client_id, "warga"))
    said = warga.get(f"/own-reports/{keys['progress']}").get_data(as_text=True)
    assert "Terlampir denahnya." in said  # the follow-up
    assert said.count("Terlampir denahnya.") == 1  # and not the comment
    assert "Petugas" not in said
    assert warga.get(f"/own-reports/{keys['progress']}/files/{inner}").status_code == 404
