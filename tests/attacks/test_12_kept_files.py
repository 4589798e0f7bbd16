"""A form that is refused leaves nothing of a visitor behind, and nobody fills the disk."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from app.extensions import transaction
from app.models import Attachment, FileState, OneTimeCode, Report
from app.rules.channels.api import ClientKind
from app.services.system import attempt_counts, limits
from app.services.system.attempt_counts import AttemptLimit
from app.storage.room import Room
from app.views.attachments import keeping
from tests.support import papers
from tests.support.api import give_token, make_client
from tests.support.citizen import file_form, open_link, send_report
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def five() -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(papers.photo(size=(200, 200))), f"foto{number}.jpg") for number in range(5)]


def rows(app: Flask) -> list[FileState]:
    with app.app_context(), transaction() as session:
        return list(session.scalars(select(Attachment.state).order_by(Attachment.id)))


@pytest.fixture
def bytes_kept(app: Flask) -> Callable[[], int]:
    """How many files lie in the storage beside those that lay there before."""
    folder = Path(app.config["LAPOR"].instance) / "files"

    def count() -> int:
        return sum(1 for each in folder.rglob("*") if each.is_file())

    before = count()
    return lambda: count() - before


@pytest.mark.parametrize(
    "typed",
    [
        {"text": ""},
        {"text": "x" * 3_001},
        {"name": ""},
        {"address": "bukan alamat"},
        {"opened": ""},
        {"category": "999999"},
        {"reload": "1"},
    ],
)
def test_a_refused_guest_form_keeps_no_file(
    app: Flask, sign_in: SignIn, bytes_kept: Callable[[], int], typed: dict[str, str]
) -> None:
    """The found attack: five files stayed with each refusal."""
    visitor = sign_in(None)
    given = {"text": "Lampu taman padam.", "name": "Siti", "address": "siti@contoh.example.com", **typed}
    refused = visitor.client.post(
        "/lapor/",
        data={**file_form(visitor), **given, "files": five()},
        content_type="multipart/form-data",
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code in (200, 422)
    assert rows(app) == []
    assert bytes_kept() == 0
    assert "Pilih lagi lampiran Anda" in page
    if typed.get("text") is None:
        assert "Lampu taman padam." in page


def test_a_guest_form_that_is_taken_keeps_its_files(
    app: Flask, sign_in: SignIn, bytes_kept: Callable[[], int]
) -> None:
    """Tried without a trace and then made: one code, one set of files, and no number left out."""
    _token, number = open_link(app, sign_in(None), files=five())
    assert rows(app) == [FileState.READY] * 5
    assert bytes_kept() == 5
    with app.app_context(), transaction() as session:
        assert len(session.scalars(select(OneTimeCode)).all()) == 1
        assert session.scalars(select(Report.id)).all() == [number]


def test_a_refused_act_by_secret_link_keeps_no_file(
    app: Flask, sign_in: SignIn, play: Play, bytes_kept: Callable[[], int]
) -> None:
    visitor = sign_in(None)
    _token, number = open_link(app, visitor)
    with app.app_context():
        play.verify(number, "a")
        play.follow_up(number, by="a")
    page = f"/lacak/{number}/tanggapan/"
    fields = hidden_fields(visitor.get(page).get_data(as_text=True))
    refused = visitor.client.post(
        page,
        data={**fields, "text_or_file": "x" * 3_001, "files": five()},
        content_type="multipart/form-data",
    )
    assert refused.status_code == 422
    assert "Pilih lagi lampiran Anda" in refused.get_data(as_text=True)
    assert (rows(app), bytes_kept()) == ([], 0)
    done = visitor.client.post(
        page, data={**fields, "text_or_file": "", "files": five()}, content_type="multipart/form-data"
    )
    assert done.status_code == 303
    assert rows(app) == [FileState.READY] * 5


Uploads = Callable[[Flask, SignIn, Play], Any]


def by_guest_form(app: Flask, sign_in: SignIn, _play: Play) -> Any:
    return send_report(sign_in(None), address="siti@contoh.example.com", files=five())


def by_own_form(app: Flask, sign_in: SignIn, _play: Play) -> Any:
    return send_report(sign_in("warga"), files=five())


def by_secret_link(app: Flask, sign_in: SignIn, play: Play) -> Any:
    visitor = sign_in(None)
    _token, number = open_link(app, visitor)
    with app.app_context():
        play.verify(number, "a")
        play.follow_up(number, by="a")
    return _fill(visitor, f"/lacak/{number}/tanggapan/", text_or_file="Masih padam.")


def by_follow_up(app: Flask, sign_in: SignIn, play: Play) -> Any:
    with app.app_context():
        number = play.verified("a")
    return _fill(sign_in("a"), f"/laporan/{number}/tindak-lanjut/", text="Terlampir.")


def by_comment(app: Flask, sign_in: SignIn, play: Play) -> Any:
    with app.app_context():
        number = play.verified("a")
    return _fill(sign_in("a"), f"/laporan/{number}/komentar/", text="Terlampir.")


def by_recording(app: Flask, sign_in: SignIn, _play: Play) -> Any:
    return _fill(sign_in("a"), "/laporan/buat/", text="Lampu padam.", source="direct", name="Siti")


def by_message(app: Flask, sign_in: SignIn, _play: Play) -> Any:
    return _fill(sign_in("a"), "/pesan/tulis/", title="Rapat", text="Terlampir.")


def by_api_partner(app: Flask, _sign_in: SignIn, _play: Play) -> Any:
    return _call(app, ClientKind.PARTNER, None)


def by_api_person(app: Flask, _sign_in: SignIn, _play: Play) -> Any:
    return _call(app, ClientKind.ANDROID, "warga")


def _fill(person: Person, url: str, **typed: str) -> Any:
    fields = hidden_fields(person.get(url).get_data(as_text=True))
    return person.client.post(
        url, data={**fields, **typed, "files": five()}, content_type="multipart/form-data"
    )


def _call(app: Flask, kind: ClientKind, name: str | None) -> Any:
    client, _secret = make_client(app, kind)
    return app.test_client().post(
        "/api/v1/files",
        data=MultiDict([("files", file) for file in five()]),
        headers={"Authorization": f"Bearer {give_token(app, client, name)}"},
        content_type="multipart/form-data",
    )


# Every way by which files come in. A view with a FilesField that is in none of them fails the walk below.
WAYS: dict[str, Uploads] = {
    "guest form": by_guest_form,
    "own form": by_own_form,
    "secret link": by_secret_link,
    "follow-up": by_follow_up,
    "comment": by_comment,
    "recording": by_recording,
    "message": by_message,
    "partner": by_api_partner,
    "app": by_api_person,
}


@pytest.mark.parametrize("way", WAYS)
def test_below_the_floor_no_file_is_taken_by_any_way(
    app: Flask,
    sign_in: SignIn,
    play: Play,
    bytes_kept: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    monkeypatch.setattr(keeping, "room", lambda _settings: Room(free=5, floor=1_024))
    refused = WAYS[way](app, sign_in, play)
    assert refused.status_code == 422
    said = refused.get_json()["errors"] if refused.is_json else refused.get_data(as_text=True)
    assert "ruang penyimpanan hampir penuh" in str(said)
    assert (rows(app), bytes_kept()) == ([], 0)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_counts_what_it_brings(
    app: Flask,
    sign_in: SignIn,
    play: Play,
    bytes_kept: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    little = (AttemptLimit("little", 3, timedelta(hours=1)),)
    for quota in ("UPLOADS_PLACE", "UPLOADS_PERSON", "UPLOADS_PARTNER"):
        monkeypatch.setattr(limits, quota, little)
    refused = WAYS[way](app, sign_in, play)
    assert refused.status_code == 422
    said = refused.get_json()["errors"] if refused.is_json else refused.get_data(as_text=True)
    assert "Batas lampiran" in str(said)
    assert (rows(app), bytes_kept()) == ([], 0)


def test_every_view_that_takes_files_ends_in_one_place() -> None:
    """Bytes of visitors and officers reach the storage by app/views/attachments/keeping.py; sheets and exports are no
    attachments. A further view that stores anything has to be looked at: count it there as well."""
    storing = {
        path.name
        for path in Path("app").rglob("*.py")
        if "storage().put" in path.read_text(encoding="utf-8") and "views" in path.parts
    }
    assert storing == {"keeping.py", "sheet_imports.py"}


def test_below_the_floor_reports_without_files_are_taken(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "room", lambda _settings: Room(free=5, floor=1_024))
    _token, number = open_link(app, sign_in(None))
    assert number
    assert sign_in(None).get("/healthz").get_json() == {"status": "ok", "disk": "low"}
    page = sign_in("pusat").get("/pengaturan/kesehatan/").get_data(as_text=True)
    assert "di bawah 1.024 MB lampiran ditolak" in page


def test_below_the_floor_nothing_is_spooled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a form brings goes to the temporary folder before any view looks at it."""
    boundary, body = encode_multipart(
        {"text": "Tulisan.", "files": FileStorage(io.BytesIO(bytes(700_000)), "besar.bin")}
    )
    for free, kept in ((2_000, 700_000), (5, 0)):
        room = Room(free, floor=1_024)
        monkeypatch.setattr(keeping, "room", lambda _settings, room=room: room)
        with app.test_request_context(
            "/lapor/",
            method="POST",
            input_stream=io.BytesIO(body),
            content_length=len(body),
            content_type=f"multipart/form-data; boundary={boundary}",
        ) as ctx:
            assert ctx.request.form["text"] == "Tulisan."
            with ctx.request.files["files"].stream as spooled:
                assert isinstance(spooled, keeping.Dropped) is (kept == 0)
                assert len(spooled.read()) == kept


def test_amounts_are_counted_to_the_limit_and_no_further(app: Flask) -> None:
    quota = AttemptLimit("try", 100, timedelta(hours=1))
    with app.app_context(), transaction() as session:
        assert attempt_counts.take(session, quota, "x", 60, NOW)
        assert not attempt_counts.take(session, quota, "x", 41, NOW)
        assert attempt_counts.take(session, quota, "x", 40, NOW)  # what still fits is taken
        assert not attempt_counts.take(session, quota, "x", 1, NOW + timedelta(minutes=59))
        assert attempt_counts.take(session, quota, "y", 100, NOW)
        assert not attempt_counts.take(session, quota, "z", 101, NOW)
        assert attempt_counts.take(session, quota, "x", 100, NOW + timedelta(hours=1))


def test_a_place_brings_less_in_an_hour_than_the_attack_did() -> None:
    """6 GB an hour came from one address."""
    hour, day = limits.UPLOADS_PLACE
    assert (hour.number, hour.time) == (512 * 1024, timedelta(hours=1))
    assert (day.number, day.time) == (2 * 1024 * 1024, timedelta(days=1))
