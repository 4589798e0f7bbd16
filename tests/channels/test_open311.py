"""Open311 by its public client and by hand, against a server that runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from flask import Flask
from georeport import GeoReport
from sqlalchemy import func, select
from werkzeug.serving import make_server

from app.extensions import db, transaction
from app.models import Category, EventText, IdempotencyKey, Report, Reporter
from app.rules.channels.api import ClientKind, Scope
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import State
from app.services.system import limits
from app.services.system.attempt_counts import AttemptLimit
from tests.support.api import make_client
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

get, post, delete = (partial(each, timeout=20) for each in (requests.get, requests.post, requests.delete))
FILED = {
    "jurisdiction_id": "kota.contoh.example.com",
    "description": "Lampu jalan padam.\nSudah seminggu.",
    "address_string": "Jalan Contoh 1",
    "lat": "-7.25",
    "long": "112.75",
    "first_name": "Warga",
    "last_name": "Contoh",
    "email": "warga.contoh@contoh.example.com",
}


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/open311/v2"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@pytest.fixture
def key(app: Flask) -> str:
    return make_client(app, ClientKind.PARTNER)[1]


def made(app: Flask, world: World, do: Callable[[Play], Any], *, days_ago: float = 3) -> Any:
    with app.app_context():
        return do(Play(world, datetime.now(UTC) - timedelta(days=days_ago)))


def numbers(answer: requests.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [int(each["service_request_id"]) for each in answer.json()]


def count(app: Flask, model: type) -> int:
    with app.app_context(), transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_public_client_reads_everything(app: Flask, world: World, site: str, form: str) -> None:
    first, second = made(app, world, lambda play: (play.verified("a"), play.in_progress("a")))
    client = GeoReport(site, jurisdiction="kota.contoh.example.com", output_format=form)
    services = client.get_service_list()
    with app.app_context():
        offered = db.session.scalar(select(func.count()).where(Category.retired_at.is_(None)))
    assert 0 < len(services) <= offered
    service = next(each for each in services if each["service_code"] == str(world.category))
    assert {"service_name", "description", "metadata", "type", "keywords", "group"} <= service.keys()
    definition = client.get_service_definition(service["service_code"])
    attributes = definition["attributes"] if form == "json" else definition["attributes"]["attribute"]
    assert [each["code"] for each in attributes] == ["anonim", "rahasia"]
    found = client.get_service_requests(service_code=service["service_code"], status="open")
    assert [int(each["service_request_id"]) for each in found] == [second, first]
    one = client.get_service_request(str(first))
    assert (one["status"], one["service_code"]) == ("open", str(world.category))
    assert one["agency_responsible"] == "Instansi A"
    for name in ("requested_datetime", "updated_datetime"):
        assert datetime.fromisoformat(one[name]).tzinfo is not None


def test_what_is_not_public_is_not_there(app: Flask, world: World, site: str) -> None:
    secret, new, archived = made(
        app, world, lambda play: (play.verified("a", is_secret=True), play.file(), play.file())
    )
    made(app, world, lambda play: play.archive(archived), days_ago=2)
    assert numbers(get(f"{site}/requests.json")) == []
    asked = f"{secret},{new},{archived}"
    assert numbers(get(f"{site}/requests.json", params={"service_request_id": asked})) == []
    answers = [get(f"{site}/requests/{each}.json") for each in (secret, new, archived, 987_654, "x")]
    assert {(each.status_code, each.text) for each in answers} == {(404, answers[-1].text)}
    assert answers[0].json()[0]["code"] == 404


def test_the_time_of_a_secret_follow_up_is_nobodys(app: Flask, world: World, site: str) -> None:
    report = made(app, world, lambda play: play.verified("a"))
    since = (datetime.now(UTC) - timedelta(days=2, hours=12)).isoformat()

    def changed() -> list[int]:
        return numbers(get(f"{site}/requests.json", params={"updated_after": since}))

    before = get(f"{site}/requests/{report}.json").json()[0]["updated_datetime"]
    made(app, world, lambda play: play.follow_up(report, by="a", secret=True), days_ago=2)
    assert changed() == []
    assert get(f"{site}/requests/{report}.json").json()[0]["updated_datetime"] == before
    made(app, world, lambda play: play.follow_up(report, by="a"), days_ago=1)
    assert changed() == [report]


def test_filters_are_all_meant_and_pages_end(app: Flask, world: World, site: str) -> None:
    old = made(app, world, lambda play: play.verified("a"), days_ago=40)
    open_, closed = made(app, world, lambda play: (play.verified("a"), play.in_progress("a")))
    made(app, world, lambda play: play.close_own(closed), days_ago=1)

    def asked(**params: object) -> list[int]:
        return numbers(get(f"{site}/requests.json", params=params))  # type: ignore[arg-type]

    assert asked() == [closed, open_, old]
    assert asked(status="closed") == [closed]
    assert asked(status="open,closed", service_code="1,2,3,9999999") in ([], [closed, open_, old])
    assert asked(service_request_id=f"{old},{open_}", status="open") == [open_, old]
    assert asked(service_request_id=f"{old}", status="closed") == []
    assert asked(service_request_id=f"{old}", service_code="987654") == []
    since = (datetime.now(UTC) - timedelta(days=10)).isoformat()
    assert asked(start_date=since) == [closed, open_]
    assert asked(end_date=since) == [old]
    assert asked(start_date=since.replace("+", " ")) == [closed, open_]  # the plus of a zone, lost on the way
    recent = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    assert asked(updated_after=recent) == [closed]
    assert asked(updated_before=recent) == [open_, old]
    assert asked(page_size=2) == [closed, open_]
    assert asked(page_size=2, page=2) == [old]
    assert asked(page_size=2, page=3) == []
    assert asked(page=1_000) == []


@pytest.mark.parametrize(
    ("params", "about"),
    [
        ({"start_date": "2026-01-01T00:00:00"}, "start_date"),
        ({"end_date": "kemarin"}, "end_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "90"),
        ({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, "90"),
        ({"status": "selesai"}, "status"),
        ({"page": "0"}, "page"),
        ({"page_size": "5000"}, "page_size"),
        ({"service_request_id": ",".join("1" for _ in range(200))}, "service_request_id"),
    ],
)
def test_a_wrong_question_is_answered_in_the_standards_form(
    app: Flask, site: str, params: dict[str, str], about: str
) -> None:
    answer = get(f"{site}/requests.json", params=params)
    assert answer.status_code == 400
    assert [set(each) for each in answer.json()] == [{"code", "description"}]
    assert about in answer.json()[0]["description"]
    tree = ElementTree.fromstring(get(f"{site}/requests.xml", params=params).text)  # noqa: S314 our own
    assert tree.tag == "errors"
    assert tree.findtext("error/code") == "400"
    assert about in (tree.findtext("error/description") or "")


def test_a_partner_files_and_a_retry_is_the_same_report(
    app: Flask, world: World, site: str, key: str, sign_in: Callable[[str | None], Person]
) -> None:
    content = {
        **FILED,
        "api_key": key,
        "service_code": str(world.category),
        "media_url": "https://contoh.example.com/a.jpg",
    }
    first = post(f"{site}/requests.json", data={**content, "attribute[anonim]": "ya"})
    assert first.status_code == 201, first.text
    number = int(first.json()[0]["service_request_id"])
    again = post(f"{site}/requests.xml", data={**content, "attribute[anonim]": "ya"})
    assert ElementTree.fromstring(again.text).findtext("request/service_request_id") == str(number)  # noqa: S314
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, number)
        assert (report.state, report.source, report.is_anonymous) == (State.UNVERIFIED, Channel.PARTNER, True)
        assert (report.text, report.category_id) == (FILED["description"], world.category)
        assert report.location == "Jalan Contoh 1 (-7.250000, 112.750000)"
        person = session.get_one(Reporter, report.reporter_id)
        assert (person.name, person.email) == ("Warga Contoh", FILED["email"])
        kept = session.scalars(select(EventText.text).where(EventText.name == "media_url")).all()
        assert list(kept) == ["https://contoh.example.com/a.jpg"]
    assert count(app, Report) == 1
    # Its card names the partner; nothing that was said of the person comes back.
    assert "API: Kota Contoh" in sign_in("pusat").get(f"/laporan/{number}/").get_data(as_text=True)
    token = first.json()[0]["token"]
    assert get(f"{site}/tokens/{token}.json").json()[0]["service_request_id"] == str(number)
    for wrong in (f"{number}-{'0' * 24}", f"{number + 1}-{token.partition('-')[2]}", "x", f"{number}"):
        assert get(f"{site}/tokens/{wrong}.json").status_code == 404
    assert get(f"{site}/requests/{number}.json").status_code == 404  # nobody has verified it
    with app.app_context(), transaction() as session:
        world.verify(session, number, datetime.now(UTC))
    answer = get(f"{site}/requests/{number}.json")
    assert answer.json()[0]["status"] == "open"
    for personal in ("Warga Contoh", FILED["email"], "7.25", "contoh.example.com"):
        assert personal not in answer.text


def test_the_same_content_is_new_after_an_hour_and_with_another_key(
    app: Flask, world: World, site: str, key: str
) -> None:
    content = {**FILED, "api_key": key, "service_code": str(world.category)}

    def filed(header: str | None = None) -> str:
        headers = {"Idempotency-Key": header} if header else {}
        answer = post(f"{site}/requests.json", data=content, headers=headers)
        assert answer.status_code == 201
        return str(answer.json()[0]["service_request_id"])

    first = filed()
    assert filed() == first
    with_key = filed("satu")
    assert with_key != first
    assert filed("satu") == with_key
    assert filed("dua") not in (first, with_key)
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(IdempotencyKey)):
            row.at -= timedelta(minutes=61)
    assert filed() != first
    assert filed("satu") == with_key  # a key of the client's own means one filing
    assert count(app, Report) == 4


def test_who_may_not_file_and_what_is_wrong_is_said_at_once(
    app: Flask, world: World, site: str, key: str
) -> None:
    weak = make_client(app, ClientKind.PARTNER, scopes=frozenset({Scope.PARTNER_FILE}))[1]
    good = {**FILED, "service_code": str(world.category)}
    for given in ({}, {"api_key": "tebakan"}, {"api_key": weak}):
        answer = post(f"{site}/requests.json", data={**good, **given})
        assert (answer.status_code, answer.json()[0]["code"]) == (403, 403)
    empty = post(f"{site}/requests.json", data={"api_key": key})
    assert empty.status_code == 400
    said = " ".join(each["description"] for each in empty.json())
    assert all(name in said for name in ("service_code", "description", "address_string"))
    for wrong, status in (
        ({"service_code": "987654"}, 404),
        ({"lat": "91"}, 400),
        ({"lat": "nan"}, 400),
        ({"long": ""}, 400),
        ({"email": "bukan alamat"}, 400),
        ({"description": "x" * 3_001}, 400),
        ({"description": "nol\0"}, 400),
        ({"media_url": "file:///etc/passwd"}, 400),
    ):
        answer = post(f"{site}/requests.json", data={**good, "api_key": key, **wrong})
        assert answer.status_code == status, (wrong, answer.text)
        assert set(answer.json()[0]) == {"code", "description"}
    assert count(app, Report) == 0


def test_an_address_that_is_none_is_answered_in_the_form_of_its_suffix(app: Flask, site: str) -> None:
    answer = get(f"{site}/nothing.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
    answer = delete(f"{site}/requests.xml")
    assert answer.status_code == 405
    assert ElementTree.fromstring(answer.text).findtext("error/code") == "405"  # noqa: S314


def test_calls_are_limited(app: Flask, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OPEN311_PLACE", AttemptLimit("open311_place", 2, timedelta(minutes=1)))
    statuses = [get(f"{site}/services.json").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
