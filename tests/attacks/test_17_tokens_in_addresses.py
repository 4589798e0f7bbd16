"""No token stands in an address: not of a secret link, a code, a password's or an e-mail's link, nor a key.

The walk covers the address map: a parameter that could hold a token belongs to a door, or is named here
with the reason why it is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import db, transaction
from app.models import Report
from app.rules.citizens.secret_links import secret_address
from app.services.citizens.secret_links import give_link
from app.views.web.doors import DOORS
from tests.support.accounts import path_in
from tests.support.citizen import open_link, read_code, send_report
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
MAIL = "siti@contoh.example.com"
A1 = "a1@contoh.example.com"
TOKEN = re.compile(r"[\w-]{30,}")

# Parts of addresses whose names sound like secrets, and why they are none.
NO_SECRETS = {
    "Open311.token": "GeoReport's own address: the token says a report's number and opens nothing",
    "Exports.show": "a row's number; its owner signs in",
    "Exports.take": "a row's number; its owner signs in",
}
SECRET_NAMES = ("token", "secret", "api_key", "password", "kode", "code_", "signature", "stamp", "nonce")


@pytest.fixture
def scene(world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=5))


def link_of(app: Flask, number: int) -> str:
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, number)
        return secret_address("", "lacak", give_link(report, app.config["LAPOR"].key()))


def addresses_in(answer: TestResponse) -> list[str]:
    """What a browser asks a server for by this answer: fragments stay with the browser."""
    page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    found = re.findall(r'(?:href|src|action)="([^"]+)"', page)
    found += [answer.location] if answer.location else []
    return [each.partition("#")[0].partition("?v=")[0] for each in found]


class Watched:
    """A visitor whose every address is noted, as a proxy notes it."""

    def __init__(self, app: Flask) -> None:
        self.person, self.log = Person(app, None), list[str]()
        inner = self.person.client.open

        def noted(*given: object, **named: object) -> TestResponse:
            answer = inner(*given, **named)
            self.log += [answer.request.full_path, *addresses_in(answer)]
            self.log.append(answer.request.headers.get("Referer", ""))
            return answer

        self.person.client.open = noted  # type: ignore[method-assign, assignment]

    @property
    def tokens(self) -> list[str]:
        return [line for line in self.log if TOKEN.search(line)]


@pytest.fixture
def watched(app: Flask) -> Watched:
    return Watched(app)


def test_a_report_is_filed_confirmed_read_and_answered_without_a_token_in_an_address(
    app: Flask, world: World, scene: Play, watched: Watched
) -> None:
    visitor = watched.person
    page = send_report(visitor, address=MAIL).location
    done = visitor.send(page, {"code": read_code(app, MAIL)})
    shown = visitor.get(done.location)
    link = re.search(r"/lacak/#[\w-]{43}", shown.get_data(as_text=True))
    assert link is not None
    (letter,) = [each for each in letters_to(app, MAIL) if "/lacak/" in text_of(each)]
    assert f"{app.config['LAPOR'].site_url}{link[0]}" in text_of(letter)
    opened = visitor.get(link[0])
    assert opened.status_code == 200
    number = int(re.search(r"#(\d+)", opened.get_data(as_text=True))[1])  # type: ignore[index]
    with app.app_context():
        scene.verify(number, to="a")
        scene.follow_up(number, by="a")
    behind = visitor.enter(link[0]).location
    assert visitor.send(f"{behind}tanggapan/", {"text_or_file": "Belum menyala."}).status_code == 303
    assert watched.tokens == []
    for response in (shown, opened):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"


def test_links_of_mails_are_used_without_a_token_in_an_address(
    app: Flask, world: World, watched: Watched
) -> None:
    visitor = watched.person
    assert visitor.send("/lupa-sandi/", {"username": A1}).status_code == 303
    (letter,) = letters_to(app, A1)
    link = path_in(letter)
    assert "/sandi/#" in link
    new = {"password": "kuda baterai klip tepat", "again": "kuda baterai klip tepat"}
    assert visitor.send(link, new).status_code == 303
    assert watched.tokens == []


def test_an_address_of_before_is_exchanged_at_once(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    token = link_of(app, number).rpartition("#")[2]
    for path in ("", "tanggapan/"):
        person = sign_in(None)
        answer = person.get(f"/lacak/{token}/{path}")
        assert (answer.status_code, answer.location) == (303, f"/lacak/{number}/{path}")
        assert token not in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert person.get(answer.location).status_code == 200
    # What somebody had written on a page of before is sent on, not lost.
    person = sign_in(None)
    sent = person.client.post(f"/lacak/{token}/tanggapan/", data={"csrf_token": person.token()})
    assert (sent.status_code, sent.location) == (307, f"/lacak/{number}/tanggapan/")
    dead = sign_in(None).get(f"/lacak/{token[:-1]}-/")
    assert (dead.status_code, dead.location) == (303, "/lacak/")


def test_every_door_asks_for_the_forms_own_token(app: Flask, scene: Play, sign_in: SignIn) -> None:
    """They are exempt from the look at the referrer, not from the token."""
    with app.app_context():
        number = scene.in_progress("a")
    link = link_of(app, number)
    visitor = sign_in(None)
    for door in DOORS:
        if door.entrance:
            assert visitor.client.post(f"/{door.word}/", data={"token": link}).status_code == 400, door.word
    assert visitor.enter(link).status_code == 303
    for page in ("tanggapan/", "tutup/", "tautan-baru/", "matikan/"):
        answer = visitor.client.post(f"/lacak/{number}/{page}", data={"text_or_file": "x", "reason": "x"})
        assert answer.status_code in (400, 404), page
    assert visitor.client.post(f"/lacak/{number}/tanggapan/", data={"text_or_file": "x"}).status_code == 400


def test_two_links_in_two_tabs_do_not_disturb_each_other(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        numbers = [scene.in_progress("a") for _ in range(2)]
    person = sign_in(None)
    pages = [person.enter(link_of(app, number)).location for number in numbers]
    assert pages == [f"/lacak/{number}/" for number in numbers]
    for number, page in zip(numbers, pages, strict=True):
        assert f"#{number}" in person.get(page).get_data(as_text=True)
        sent = person.send(f"{page}tanggapan/", {"text_or_file": f"Tentang {number}."})
        assert sent.location == page
        assert f"Tentang {number}." in person.get(page).get_data(as_text=True)


def test_a_cookie_opens_its_own_page_alone(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        mine, other = scene.in_progress("a"), scene.in_progress("a")
    link_of(app, other)
    person = sign_in(None)
    answer = person.enter(link_of(app, mine))
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path=/lacak/{mine}/" in cookie
    value = re.search(r"lapor-lacak=([^;]+)", cookie)[1]  # type: ignore[index]
    for path in (f"/lacak/{other}/", "/lacak/999999999/"):
        thief = sign_in(None)
        thief.client.set_cookie("lapor-lacak", value, path=path)
        assert thief.get(path).status_code == 404
    assert sign_in(None).get(f"/lacak/{mine}/").status_code == 404


@pytest.mark.parametrize("door", [door for door in DOORS if door.entrance], ids=lambda door: door.word)
def test_every_door_takes_a_paste_and_wants_the_forms_token(
    app: Flask, sign_in: SignIn, door: object
) -> None:
    person = sign_in(None)
    entrance = f"/{door.word}/"  # type: ignore[attr-defined]
    page = person.get(entrance)
    shown = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "door.js" in shown
    assert '<label for="token">' in shown
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert person.client.post(entrance, data={"token": "x" * 43}).status_code == 400
    assert person.enter(f"{entrance}#{'x' * 43}").status_code == 410
    assert person.send(entrance, {"token": " "}).status_code == 422


def test_no_address_of_the_map_names_a_token(app: Flask) -> None:
    """A new address with a token in it fails here: give it a door (app/views/web/doors.py)."""
    behind = {door.page.partition(".")[0] for door in DOORS}
    wrong = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        for name in rule.arguments
        if (name == "handle" and rule.endpoint.partition(".")[0] not in behind)
        or (any(each in name for each in SECRET_NAMES) and rule.endpoint not in NO_SECRETS)
    ]
    assert wrong == []


def test_no_view_reads_a_token_from_the_query() -> None:
    """By the source: `request.args` is asked for no name that sounds like a secret."""
    from pathlib import Path

    root = Path(__file__).parents[2] / "app"
    asked = re.compile(r"request\.args(?:\.get\(|\[)\s*[\"']([\w-]+)")
    found = {
        (path.relative_to(root).as_posix(), name)
        for path in root.rglob("*.py")
        for name in asked.findall(path.read_text(encoding="utf-8"))
        if any(each in name for each in SECRET_NAMES)
    }
    # Open311's key: a setting, off by default.
    assert found <= {("views/channels/open311.py", "api_key")}


def test_every_link_of_a_letter_carries_its_token_behind_the_hash() -> None:
    """By the source: no letter writes the first word of a door's address by hand."""
    from pathlib import Path

    root = Path(__file__).parents[2] / "app"
    words = "|".join(door.word for door in DOORS)
    by_hand = re.compile(rf"(?:url\}}|url \}}\}})/(?:{words})/[^\s\"'`]*\{{")
    files = [
        *root.glob("services/**/*.py"),
        *root.glob("templates/**/*.txt"),
        *root.glob("templates/**/*.html"),
    ]
    assert [str(path) for path in files if by_hand.search(path.read_text(encoding="utf-8"))] == []


def test_the_token_lies_nowhere_in_the_database(app: Flask, world: World, sign_in: SignIn) -> None:
    from sqlalchemy import select

    token, _number = open_link(app, sign_in(None))
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert token not in str(tuple(row)), table.name


def test_a_partners_key_comes_in_a_header_and_not_in_the_address(app: Flask, world: World) -> None:
    from dataclasses import replace

    from app.rules.channels.api import ClientKind
    from tests.support.api import make_client

    _client, key = make_client(app, ClientKind.PARTNER)
    address, kept = "/open311/v2/requests.json", app.config["LAPOR"]

    def file(text: str, query: str = "", **headers: str) -> int:
        content = {
            "service_code": str(world.category),
            "description": text,
            "address_string": "Jalan Contoh 1",
        }
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return app.test_client().post(f"{address}{query}", data=content, headers=named).status_code

    assert file("Lampu satu padam.", Authorization=f"Bearer {key}") == 201
    assert file("Lampu dua padam.", X_Api_Key=key) == 201
    assert file("Lampu tiga padam.", f"?api_key={key}") == 403
    assert file("Lampu tiga padam.", X_Api_Key="salah") == 403
    try:
        app.config["LAPOR"] = replace(kept, open311_key_in_address=True)
        assert file("Lampu tiga padam.", f"?api_key={key}") == 201
    finally:
        app.config["LAPOR"] = kept
