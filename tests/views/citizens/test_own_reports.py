"""Laporan Saya and the secret link: what a reporter reads of their report, and what they do with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import GUEST, SYSTEM
from app.access.citizens.own_reports import linked_report_id, own_report, own_reports
from app.extensions import db, transaction
from app.models import Rating, Reply, Report, Request
from app.rules.citizens.secret_links import secret_address
from app.rules.errors import NotFound
from app.rules.reports.workflow import Action
from app.services.citizens.secret_links import give_link
from app.services.system import limits
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.fixture
def scene(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=5))


def linked(app: Flask, number: int) -> str:
    """The address of a secret link to the report."""
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, number)
        return secret_address("", "lacak", give_link(report, app.config["LAPOR"].key()))


@pytest.fixture(params=["account", "link"])
def reporter(
    request: pytest.FixtureRequest, app: Flask, sign_in: SignIn
) -> Callable[[int], tuple[Person, str]]:
    """reporter(number): the reporter at a browser, and the address of their page of that report."""

    def come(number: int) -> tuple[Person, str]:
        if request.param == "account":
            return sign_in("warga"), f"/laporan-saya/{number}/"
        person = sign_in(None)
        return person, person.enter(linked(app, number)).location

    return come


Come = Callable[[int], tuple[Person, str]]


def report_of(app: Flask, number: int) -> Report:
    with app.app_context(), transaction() as session:
        found = session.get_one(Report, number)
        session.expunge(found)
        return found


def test_the_reporter_reads_more_than_the_public(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.verified("a", is_anonymous=True, is_secret=True)
        scene.follow_up(number, by="a", secret=True)
        scene.comment(number, by="a")
        scene.reply(number)
        scene.decide(number, by="pusat", action=Action.HOLD)
    person, page = reporter(number)
    shown = person.get(page).get_data(as_text=True)
    for told in (
        "Sedang kami tangani.",
        "Belum selesai, Pak.",
        "laporan ditahan",
        "Sudah diperiksa.",
        "Instansi A",
    ):
        assert told in shown, told
    for kept in ("Petugas", "Mohon dicek bersama", "Dikomentari"):
        assert kept not in shown, kept


def test_hand_backs_are_not_told_as_refusals(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.verified("b")
        scene.accept(scene.ask(number, by="b", action=Action.HAND_BACK, suggest="a"), by="pusat", to="a")
    person, page = reporter(number)
    shown = person.get(page).get_data(as_text=True)
    assert "Instansi A" in shown
    assert "Instansi B" not in shown
    assert "wewenang" not in shown


def test_a_report_of_somebody_else_is_not_there(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.verified("a")
        other = scene.verified("a", by="warga2")
    link = linked(app, number)
    for page in ("", "tanggapan/", "nilai/", "lampiran/1"):
        assert sign_in("warga").get(f"/laporan-saya/{other}/{page}").status_code == 404
        assert sign_in("a").get(f"/laporan-saya/{number}/{page}").status_code == 404
    assert sign_in("warga").get(f"/laporan-saya/{number}/").status_code == 200
    assert sign_in(None).get(link).status_code == 200
    assert sign_in(None).get(f"{link[:-1]}-").status_code == 410
    assert sign_in(None).get("/lacak/%00/").status_code == 404
    assert sign_in(None).get(f"/lacak/{number}/").status_code == 404
    assert sign_in(None).get(f"/lacak/{'x' * 5_000}/").location == "/lacak/"
    listed = sign_in("warga").get("/laporan-saya/").get_data(as_text=True)
    assert f"#{number} " in listed
    assert f"#{other} " not in listed


def test_nobody_but_a_citizen_has_reports_of_their_own(app: Flask, scene: Play) -> None:
    with app.app_context():
        number = scene.verified("a")
        with transaction() as session:
            actors = [GUEST, SYSTEM, *(scene.world.actor(session, name) for name in ("a", "pusat", "warga2"))]
            for actor in actors:
                with pytest.raises(NotFound):
                    own_report(session, actor, number)
                assert own_reports(session, actor) == []
                with pytest.raises(NotFound):
                    linked_report_id(session, actor)
            assert own_report(session, scene.world.actor(session, "warga"), number).report.id == number


def test_a_link_is_told_to_no_other_site_and_kept_by_nobody(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    link = linked(app, number)
    for who in (None, "a", "warga2"):
        person = sign_in(who)
        behind = person.enter(link).location
        for page in (behind, f"{behind}tanggapan/"):
            answer = person.get(page)
            assert answer.status_code == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            # Whoever is signed in at this browser is nobody on this page.
            assert "Petugas" not in answer.get_data(as_text=True)


def test_replying_with_a_file(app: Flask, scene: Play, reporter: Come) -> None:
    from tests.views.citizens.test_filing import photo

    with app.app_context():
        number = scene.in_progress("a")
    person, page = reporter(number)
    refused = person.send(f"{page}tanggapan/", {"text_or_file": ""})
    assert refused.status_code == 422
    answer = person.send(
        f"{page}tanggapan/", {"text_or_file": "Belum menyala.", "files": (photo(), "lampu.jpg")}
    )
    assert (answer.status_code, answer.location) == (303, page)
    shown = person.get(page).get_data(as_text=True)
    assert "Belum menyala." in shown
    (file,) = re.findall(r'<a href="([^"]+/lampiran/\d+)">', shown)
    served = person.get(file)
    assert (served.status_code, served.mimetype) == (200, "image/jpeg")
    assert b"rumah saya" not in served.data
    assert person.get(re.sub(r"\d+$", "987654", file)).status_code == 404
    assert report_of(app, number).reply_unanswered is True
    assert report_of(app, number).clock_kind is None


def test_files_among_officers_are_not_the_reporters(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        file = scene.attach(number, by="a")
    person, page = reporter(number)
    assert person.get(f"{page}lampiran/{file}").status_code == 404
    assert "denah.txt" not in person.get(page).get_data(as_text=True)


def test_what_is_asked_for_is_completed(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.file()
        scene.ask_details(number)
    person, page = reporter(number)
    shown = person.get(page).get_data(as_text=True)
    assert "Di jalan apa, dan sejak kapan?" in shown
    assert f"{page}lengkapi/" in shown
    assert person.send(f"{page}lengkapi/", {"text_or_file": "Di Jalan Melati."}).status_code == 303
    assert report_of(app, number).state == "unverified"
    assert person.get(f"{page}lengkapi/").status_code == 403


def test_withdrawing_and_asking_for_it_again(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.file()
    person, page = reporter(number)
    assert person.send(f"{page}tarik/", {"text_or_file": ""}).status_code == 422
    assert person.send(f"{page}tarik/", {"text_or_file": "Sudah beres."}).status_code == 303
    assert report_of(app, number).archive_reason == "withdrawn"
    shown = person.get(page).get_data(as_text=True)
    assert "Diarsipkan oleh Pelapor" in shown
    assert "Sudah beres." in shown
    assert person.send(f"{page}buka-arsip/", {"text_or_file": "Ternyata belum."}).status_code == 303
    shown = person.get(page).get_data(as_text=True)
    assert "menunggu keputusan admin pusat" in shown
    assert f"{page}buka-arsip/" not in shown


def test_closing_one_s_own(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    person, page = reporter(number)
    assert person.send(f"{page}tutup/", {"text_or_file": "Sudah menyala."}).status_code == 303
    report = report_of(app, number)
    assert (report.state, report.ended_by) == ("closed", "reporter")
    assert "ditutup oleh pelapor" in person.get(page).get_data(as_text=True)


def test_who_closed_it_and_why_is_told(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        scene.decide(number, by="pusat", action=Action.CLOSE)
        timed = scene.in_progress("a")
        scene.later(days=11)
        scene.run_jobs()
    person, page = reporter(number)
    shown = person.get(page).get_data(as_text=True)
    for told in ("Ditutup oleh Admin", "ditutup oleh instansi", "Sudah diperiksa."):
        assert told in shown
    person, page = reporter(timed)
    shown = person.get(page).get_data(as_text=True)
    assert "Ditutup oleh Sistem" in shown
    assert "tidak ada tanggapan pelapor" in shown


def closed(app: Flask, scene: Play) -> int:
    with app.app_context():
        number = scene.in_progress("a")
        scene.decide(number, by="pusat", action=Action.CLOSE)
        return number


def open_requests(app: Flask, number: int) -> list[Request]:
    with app.app_context():
        return list(db.session.scalars(select(Request).where(Request.report_id == number)))


def test_belum_asks_for_reopening_and_one_closing_is_rated_once(
    app: Flask, scene: Play, reporter: Come
) -> None:
    """Case B10."""
    number = closed(app, scene)
    person, page = reporter(number)
    assert "Apakah masalah Anda sudah terselesaikan?" in person.get(page).get_data(as_text=True)
    for wrong in (
        {},
        {"stars": "3"},
        {"solved": "ya"},
        {"solved": "ya", "stars": "6"},
        {"solved": "x", "stars": "1"},
    ):
        assert person.send(f"{page}nilai/", wrong).status_code == 422
    rated = {"solved": "belum", "stars": "2", "text_or_file": "Masih gelap."}
    assert person.send(f"{page}nilai/", rated).status_code == 303
    (request,) = open_requests(app, number)
    assert (request.action, request.reason, request.asker_agency_id) == (Action.REOPEN, "Masih gelap.", None)
    assert report_of(app, number).rating == 2
    shown = person.get(page).get_data(as_text=True)
    assert "menunggu keputusan instansi" in shown
    assert f"{page}nilai/" not in shown
    assert person.send(f"{page}nilai/", rated).status_code == 409
    assert len(open_requests(app, number)) == 1
    with app.app_context():
        scene.accept(request.id, by="pusat")
        scene.follow_up(number, by="a")
        scene.decide(number, by="pusat", action=Action.CLOSE)
    assert person.send(f"{page}nilai/", {"solved": "ya", "stars": "5"}).status_code == 303
    with app.app_context():
        assert sorted(db.session.scalars(select(Rating.stars))) == [2, 5]
    assert len(open_requests(app, number)) == 1


def test_a_report_that_is_not_closed_is_not_rated(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    person, page = reporter(number)
    assert person.get(f"{page}nilai/").status_code == 403
    token = re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', person.get(f"{page}tanggapan/").get_data(as_text=True)
    )
    assert token is not None
    answer = person.client.post(f"{page}nilai/", data={"csrf_token": token[1], "solved": "ya", "stars": "5"})
    assert answer.status_code == 409
    assert report_of(app, number).rating is None


def test_asking_for_reopening_keeps_the_words(app: Flask, scene: Play, reporter: Come) -> None:
    number = closed(app, scene)
    person, page = reporter(number)
    assert person.send(f"{page}buka/", {"text_or_file": "Padam lagi."}).status_code == 303
    (request,) = open_requests(app, number)
    assert request.reason == "Padam lagi."
    with app.app_context():
        assert db.session.scalars(select(Reply.text)).one() == "Padam lagi."
        scene.reject(request.id, by="pusat", answer="Laporkan yang baru.")
    shown = person.get(page).get_data(as_text=True)
    assert "Permintaan Anda ditolak" in shown
    assert "Laporkan yang baru." in shown


def test_a_form_without_its_token_changes_nothing(app: Flask, scene: Play, reporter: Come) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    person, page = reporter(number)
    answer = person.client.post(f"{page}tutup/", data={"text_or_file": "Ditutup orang lain."})
    assert answer.status_code in (400, 422)
    assert report_of(app, number).state == "in_progress"
    assert person.get(f"{page}apa-saja/").status_code == 404


def test_forms_of_a_link_work_over_https_without_a_referrer(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    link, person = linked(app, number), sign_in(None)
    app.config["WTF_CSRF_SSL_STRICT"] = True
    try:
        over_https = {"base_url": "https://localhost"}
        link = person.enter(link, **over_https).location
        page = person.get(f"{link}tanggapan/", **over_https).get_data(as_text=True)
        fields = dict(re.findall(r'name="(csrf_token|key|version)"[^>]*value="([^"]*)"', page))
        answer = person.client.post(f"{link}tanggapan/", data={**fields, "text_or_file": "Ya."}, **over_https)
        assert answer.status_code == 303
    finally:
        app.config["WTF_CSRF_SSL_STRICT"] = False


def test_pages_read_a_fixed_number_of_times(app: Flask, scene: Play, reporter: Come, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        for _ in range(25):
            scene.file()
        for _ in range(6):
            scene.follow_up(number, by="a")
            scene.reply(number)
    person, page = reporter(number)
    with QueryCounter(app) as queries:
        assert person.get(page).status_code == 200
    assert queries.count <= 12, queries.statements
    citizen = sign_in("warga")
    with QueryCounter(app) as queries:
        first = citizen.get("/laporan-saya/").get_data(as_text=True)
    assert queries.count <= 4, queries.statements
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert f"#{number} " in citizen.get(following).get_data(as_text=True)


def test_notices_are_chosen(app: Flask, sign_in: SignIn) -> None:
    citizen = sign_in("warga")
    assert "checked" in citizen.get("/laporan-saya/kabar/").get_data(as_text=True)
    assert citizen.send("/laporan-saya/kabar/", {}).status_code == 303
    assert "checked" not in citizen.get("/laporan-saya/kabar/").get_data(as_text=True)
    assert citizen.send("/laporan-saya/kabar/", {"notify": "y"}).status_code == 303
    assert "checked" in citizen.get("/laporan-saya/kabar/").get_data(as_text=True)


def test_floods_on_one_report_stop(
    app: Flask, scene: Play, reporter: Come, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    monkeypatch.setattr(
        "app.services.system.limits.ACTS_ON_REPORT",
        limits.AttemptLimit("acts_on_report", 1, timedelta(hours=1)),
    )
    person, page = reporter(number)
    assert person.send(f"{page}tanggapan/", {"text_or_file": "Satu."}).status_code == 303
    refused = person.send(f"{page}tanggapan/", {"text_or_file": "Dua."})
    assert refused.status_code == 429
    assert "Dua." in refused.get_data(as_text=True)


def test_the_agency_reads_the_rating(app: Flask, scene: Play, sign_in: SignIn) -> None:
    number = closed(app, scene)
    assert (
        sign_in("warga").send(f"/laporan-saya/{number}/nilai/", {"solved": "ya", "stars": "4"}).status_code
        == 303
    )
    assert "4 dari 5" in sign_in("a").get(f"/laporan/{number}/").get_data(as_text=True)
