"""Buat Laporan: typed in by an officer, kept in sight, answered for the reporter (case C18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import Report, Reporter, Request
from app.rules.citizens.recording import STATED_DAYS_MAX, stated_date
from app.rules.errors import Invalid
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Action, State
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.world import WIB, World

SignIn = Callable[[str | None], Person]
URL = "/laporan/buat/"
TYPED = {
    "source": "letter",
    "name": "Pelapor Uji",
    "phone": "0812 0000 0000",
    "email": "",
    "title": "Jembatan rusak",
    "text": "Papan jembatan patah.",
    "location": "Dekat pasar",
}


def reports(app: Flask) -> list[Report]:
    with app.app_context(), transaction() as session:
        found = list(session.scalars(select(Report).order_by(Report.id)))
        session.expunge_all()
        return found


def test_who_typed_it_in_keeps_sight_of_it(app: Flask, sign_in: SignIn, world: World) -> None:
    officer = sign_in("b1")
    done = officer.send(URL, {**TYPED, "province": "35", "regency": "35.78", "area": "35.78.06"})
    (report,) = reports(app)
    assert (done.status_code, done.location) == (303, f"/laporan/{report.id}/")
    page = officer.get(done.location)
    assert page.status_code == 200
    assert f"nomor #{report.id}" in page.get_data(as_text=True)
    assert (report.source, report.state, report.area_code) == (Channel.LETTER, State.UNVERIFIED, "35.78.06")
    assert (report.recorder_agency_id, report.holder_id) == (world.b1, world.agencies["root"])
    assert report.text == report.original_text == "Papan jembatan patah."
    with app.app_context(), transaction() as session:
        person = session.get_one(Reporter, report.reporter_id)
        assert (person.name, person.phone, person.email) == ("Pelapor Uji", "+6281200000000", "")
    # It is the root's until it is dispatched: of all others only who typed it in sees it.
    for who, status in (("pusat", 200), ("b", 404), ("a", 404), ("a1", 404)):
        assert sign_in(who).get(done.location).status_code == status


def test_two_clicks_are_one_report(app: Flask, sign_in: SignIn) -> None:
    officer = sign_in("b1")
    form = {**hidden_fields(officer.get(URL).get_data(as_text=True)), **TYPED}
    answers = [officer.client.post(URL, data=form) for _ in range(2)]
    (report,) = reports(app)
    assert [answer.location for answer in answers] == [f"/laporan/{report.id}/"] * 2


def test_a_reporter_may_stay_unknown(app: Flask, sign_in: SignIn) -> None:
    done = sign_in("b1").send(URL, {**TYPED, "name": "", "phone": ""})
    assert done.status_code == 303
    assert reports(app)[0].reporter_id is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": ""}, "Pilih saluran asal laporan."),
        ({"source": "sms"}, "Pilih saluran asal laporan."),
        ({"source": "karangan"}, "Pilih saluran asal laporan."),
        ({"text": " "}, "wajib diisi"),
        ({"title": ""}, "wajib diisi"),
        ({"text": "x" * 3001}, "Terlalu panjang"),
        ({"phone": "nomor"}, "telepon"),
        ({"email": "bukan alamat"}, "email"),
        ({"category": "987654"}, "Kategori ini tidak tersedia"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    app: Flask, sign_in: SignIn, wrong: dict[str, str], words: str
) -> None:
    refused = sign_in("b1").send(URL, {**TYPED, **wrong})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert words in page
    assert "Dekat pasar" in page
    assert reports(app) == []


def test_the_reporters_answers_are_recorded(app: Flask, sign_in: SignIn, world: World) -> None:
    play = Play(world, datetime.now(UTC) - timedelta(hours=2))
    with app.app_context():
        report = play.record(by="b1")
        play.ask_details(report)
    recorder = sign_in("b1")
    assert recorder.send(f"/laporan/{report}/lengkapi/", {"text_or_file": ""}).status_code == 422
    done = recorder.send(f"/laporan/{report}/lengkapi/", {"text_or_file": "Di Jalan Melati."})
    assert (done.status_code, reports(app)[0].state) == (303, State.UNVERIFIED)
    with app.app_context():
        play.verify(report, to="a")
        play.follow_up(report, by="a")
    done = recorder.send(f"/laporan/{report}/tanggapan/", {"text_or_file": "Masih padam."})
    assert (done.status_code, reports(app)[0].reply_unanswered) == (303, True)
    page = sign_in("a").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "Masih padam." in page
    assert "Ditanggapi oleh Pelapor" in page


def test_who_did_not_type_it_in_records_nothing(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.record(by="b1")
        play.verify(report, to="a")
    assert sign_in("b1").get(f"/laporan/{report}/tanggapan/").status_code == 200
    for who, status in (("a", 403), ("b", 404), ("pusat", 403), ("a1", 404), ("supervisor", 403)):
        assert sign_in(who).post(f"/laporan/{report}/tanggapan/", {"text_or_file": "x"}).status_code == status
    assert reports(app)[0].reply_unanswered is False


def test_a_reply_button_stands_where_it_leads(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.record(by="b1")
        play.verify(report, to="a")
        play.follow_up(report, by="a")
        play.decide(report, by="pusat", action=Action.CLOSE)
    page = sign_in("b1").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "Permintaan Buka Laporan" in page
    with app.app_context(), transaction() as session:
        assert session.scalars(select(Request)).all() == []


def test_the_day_it_was_said_is_a_fact_and_starts_no_clock(app: Flask, sign_in: SignIn, world: World) -> None:
    said = (datetime.now(UTC).astimezone(WIB) - timedelta(days=10)).date()
    done = sign_in("b1").send(URL, {**TYPED, "stated_on": f"{said:%d-%m-%Y}"})
    assert done.status_code == 303
    (report,) = reports(app)
    assert datetime.now(UTC) - report.received_at < timedelta(minutes=5)
    assert report.clock_due_at > datetime.now(UTC)
    page = sign_in("b1").get(done.location).get_data(as_text=True)
    assert (
        f"Pos Surat, disampaikan {['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'][said.weekday()]}"
        in page
    )


@pytest.mark.parametrize(
    ("days", "taken"), [(0, True), (-1, False), (STATED_DAYS_MAX, True), (STATED_DAYS_MAX + 1, False)]
)
def test_the_day_it_was_said_has_bounds_in_the_officers_zone(days: int, taken: bool) -> None:
    today = date(2026, 11, 25)
    typed = (today - timedelta(days=days)).isoformat()
    if taken:
        assert stated_date(typed, "stated_on", today) == today - timedelta(days=days)
    else:
        with pytest.raises(Invalid) as refused:
            stated_date(typed, "stated_on", today)
        assert "stated_on" in refused.value.errors


@pytest.mark.parametrize(
    "typed", ["kemarin", "31-02-2026", "2026-13-01", "25/11", "0000-00-00", "99999-1-1", "٢٥-11-2026"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        stated_date(typed, "stated_on", date(2026, 11, 25))


@pytest.mark.parametrize("contact", [{"phone": "081200000000"}, {"email": "pelapor@contoh.example.com"}, {}])
def test_that_a_reporter_cannot_be_told_is_said(app: Flask, sign_in: SignIn, contact: dict[str, str]) -> None:
    officer = sign_in("b1")
    done = officer.send(URL, {**TYPED, "phone": "", "email": "", **contact})
    page = officer.get(done.location).get_data(as_text=True)
    assert ("pelapor tidak dapat diberi tahu" in page) == (not contact)


def test_the_recorder_finds_what_no_tab_of_theirs_holds(app: Flask, sign_in: SignIn, world: World) -> None:
    """Until the central desk has dispatched it, and while the reporter has to complete it."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        new, incomplete, gone = play.record(by="b1"), play.record(by="b1"), play.record(by="b1")
        play.ask_details(incomplete)
        play.verify(gone, to="a")
    page = sign_in("b1").get(URL).get_data(as_text=True)
    listed = [f'href="/laporan/{each}/"' in page for each in (new, incomplete, gone)]
    assert listed == [True, True, False]
    assert "Menunggu Kelengkapan" in page
    # The gone one lies among those that the agency delegated or has below it.
    below = sign_in("b1").get("/laporan/kelola/belum-ditindaklanjuti/?cakupan=bawahan")
    assert f'href="/laporan/{gone}/"' in below.get_data(as_text=True)
    for who in ("b", "a", "pusat"):
        assert "Dicatat instansi Anda" not in sign_in(who).get(URL).get_data(as_text=True)


def test_an_answer_recorded_on_a_closed_report_asks_for_reopening(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.record(by="b1")
        play.verify(report, to="a")
        play.follow_up(report, by="a")
        play.decide(report, by="pusat", action=Action.CLOSE)
    url = f"/laporan/{report}/tanggapan/"
    recorder = sign_in("b1")
    assert url in recorder.get(f"/laporan/{report}/").get_data(as_text=True)
    # The holder may ask for reopening too, but speaks for nobody.
    assert url not in sign_in("a").get(f"/laporan/{report}/").get_data(as_text=True)
    assert sign_in("a").get(url).status_code == 403
    done = recorder.send(url, {"text_or_file": "Lampunya mati lagi."})
    assert done.status_code == 303
    with app.app_context(), transaction() as session:
        (asked,) = session.scalars(select(Request)).all()
        assert (asked.action, asked.reason) == (Action.REOPEN, "Lampunya mati lagi.")
