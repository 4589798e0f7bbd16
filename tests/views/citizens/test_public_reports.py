"""LAPORAN for everybody: what is there, what is not, and what may be kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Tree

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.models import Report, Reporter
from app.rules.citizens.forms import CommentState
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Action
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
ATOM = "{http://www.w3.org/2005/Atom}"
NIK, PHONE = "3578012304960001", "0812-3456-7890"


@pytest.fixture
def scene(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=2))


def texts(person: Person, *urls: str) -> list[str]:
    return [person.get(url).get_data(as_text=True) for url in urls]


def test_only_verified_reports_that_are_not_secret_are_there(
    app: Flask, scene: Play, sign_in: SignIn
) -> None:
    with app.app_context():
        open_one = scene.in_progress("a")
        closed = scene.in_progress("a")
        scene.close_own(closed)
        new, secret, incomplete = scene.file(), scene.verified("a", is_secret=True), scene.file()
        scene.ask_details(incomplete)
        gone = scene.file()
        scene.archive(gone)
    for who in (None, "warga", "pusat"):
        person = sign_in(who)
        page, feed = texts(person, "/publik/laporan/", "/publik/umpan.xml")
        for number in (open_one, closed):
            assert f"#{number}<" in page, who
            assert f"/publik/laporan/{number}/" in feed
            assert person.get(f"/publik/laporan/{number}/").status_code == 200
        for number in (new, secret, incomplete, gone, 987_654_321):
            assert f"#{number}<" not in page, who
            assert f"/publik/laporan/{number}/" not in feed
            assert person.get(f"/publik/laporan/{number}/").status_code == 404


def test_personal_data_is_masked_everywhere(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        scene.correct(
            number, by="pusat", title=f"Hubungi {PHONE}", text=f"NIK saya {NIK}, email budi@contoh.com."
        )
        with transaction() as session:
            session.query(Reporter).filter_by(name="Warga WARGA").one().name = f"Budi {PHONE}"
        scene.moderate(scene.remark(number, body=f"Telepon saya {PHONE}"), by="a")
    for page in texts(sign_in(None), "/publik/laporan/", f"/publik/laporan/{number}/", "/publik/umpan.xml"):
        assert str(number) in page
        for planted in (NIK, PHONE, "budi@contoh.com", "3456"):
            assert planted not in page


@pytest.mark.parametrize("anonymous", [True, False])
def test_the_name_is_told_only_of_who_filed_openly(
    app: Flask, scene: Play, sign_in: SignIn, *, anonymous: bool
) -> None:
    with app.app_context():
        number = scene.verified("a", is_anonymous=anonymous)
        recorded = scene.record(by="b1")
        scene.verify(recorded, to="a")
        with transaction() as session:
            named = session.query(Reporter).filter_by(name="Warga WARGA").one()
            session.get_one(Report, recorded).reporter_id = named.id
        imported = scene.verified("a", external=("berkas", "77"), source=Channel.IMPORT)
    page = sign_in(None).get(f"/publik/laporan/{number}/").get_data(as_text=True)
    assert ("Warga WARGA" in page) is not anonymous
    assert ("Anonim" in page) is anonymous
    for other in (recorded, imported):
        assert "Warga" not in sign_in(None).get(f"/publik/laporan/{other}/").get_data(as_text=True)


def test_a_hand_back_is_told_as_the_way_it_takes(app: Flask, scene: Play, sign_in: SignIn) -> None:
    """Case D9: the agency that gave it back is not named, nor that anybody did."""
    with app.app_context():
        number = scene.verified("a")
        scene.forward(number, by="a", to="a1")
        scene.accept(scene.ask(number, by="a1", action=Action.HAND_BACK, suggest="a2"), by="a", to="a2")
        other = scene.verified("b")
        scene.accept(scene.ask(other, by="b", action=Action.HAND_BACK, suggest="a"), by="pusat", to="a")
        kept = scene.verified("a")
        scene.forward(kept, by="a", to="a1")
        scene.accept(scene.ask(kept, by="a1", action=Action.HAND_BACK, suggest="a"), by="a", to="a")
    visitor = sign_in(None)
    first, second, third = texts(visitor, *(f"/publik/laporan/{n}/" for n in (number, other, kept)))
    assert "Unit A1" not in first
    assert "Diteruskan ke instansi</strong> Unit A2" in first
    assert "diteruskan ke instansi</strong> Instansi A" in first
    assert "Instansi B" not in second
    assert "Laporan diverifikasi</strong>" in second
    assert "Diteruskan ke instansi</strong> Instansi A" in second
    assert "Unit A1" not in third
    assert "Diteruskan" not in third
    for page in (first, second, third):
        for word in ("wewenang", "Dikembalikan", "ditolak"):
            assert word not in page


def test_the_history_tells_what_is_listed_and_nothing_else(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.verified("a")
        scene.follow_up(number, by="a")
        scene.comment(number, by="a")
        scene.reply(number)
        scene.follow_up(number, by="a", secret=True)
        scene.correct(number, by="pusat", text="Teks yang diperbaiki.")
        scene.decide(number, by="pusat", action=Action.HOLD)
        scene.decide(number, by="pusat", action=Action.RELEASE)
        scene.decide(number, by="pusat", action=Action.CLOSE)
    page = sign_in(None).get(f"/publik/laporan/{number}/").get_data(as_text=True)
    assert page.count("history__entry") == 4
    for told in (
        "Laporan diterima",
        "Tindak lanjut instansi",
        "Sedang kami tangani.",
        "ditutup oleh instansi",
    ):
        assert told in page
    assert page.count("Sedang kami tangani.") == 1
    for kept in ("Petugas", "Mohon dicek", "Belum selesai, Pak", "Sudah diperiksa", "ditahan", "Dikoreksi"):
        assert kept not in page


def test_lists_are_narrowed_and_paged(app: Flask, scene: Play, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        in_a1 = scene.verified("a")
        scene.correct(in_a1, by="pusat", area_code="35.78.01")
        scene.forward(in_a1, by="a", to="a1")
        in_b = scene.verified("b")
        scene.correct(in_b, by="pusat", area_code="32.73")
        with transaction() as session:
            main = session.get_one(Report, in_a1).category_id
        many = []
        for _ in range(25):
            scene.later(minutes=1)
            many.append(scene.verified("b"))
    visitor = sign_in(None)

    def listed(query: str) -> set[int]:
        page = visitor.get(f"/publik/laporan/?{query}").get_data(as_text=True)
        return {n for n in (in_a1, in_b, *many) if f"#{n}<" in page}

    assert listed(f"instansi={world.a}") == {in_a1}
    assert listed(f"instansi={world.a2}") == set()
    assert listed("wilayah=35") == {in_a1}
    assert listed("wilayah=35.7") == set()
    assert listed("provinsi=35&kabupaten=35.78") == {in_a1}
    assert listed("provinsi=32&kabupaten=35.78") == {in_b}
    assert in_a1 in listed(f"kategori={main}&wilayah=35")
    assert listed("kategori=999999") == set()
    first = visitor.get("/publik/laporan/").get_data(as_text=True)
    assert [n for n in many if f"#{n}<" in first] == many[5:]
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = visitor.get(following).get_data(as_text=True)
    assert [n for n in (in_a1, in_b, *many) if f"#{n}<" in second] == [in_a1, in_b, *many[:5]]
    assert 'rel="next"' not in second
    for wrong in (
        "instansi=x",
        "kategori=-1",
        "sebelum=1",
        "sebelum=x-1",
        "sebelum=999999999999999999-1",
        "wilayah=" + "1" * 40,
    ):
        assert visitor.get(f"/publik/laporan/?{wrong}").status_code == 400, wrong


def test_a_visitor_may_keep_a_page_and_an_account_may_not(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    for url in ("/publik/laporan/", f"/publik/laporan/{number}/", "/publik/umpan.xml"):
        answer = sign_in(None).get(url)
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" in answer.headers["Vary"]
        again = sign_in(None).get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert sign_in("warga").get(url).headers["Cache-Control"] == "no-store"
        speaks_english = sign_in(None)
        speaks_english.get("/bahasa/en")
        english = speaks_english.get(url)
        assert english.headers["Cache-Control"] == "private, no-cache"
        assert english.headers["ETag"] != answer.headers["ETag"]
    with app.app_context():
        scene.follow_up(number, by="a")
    url = f"/publik/laporan/{number}/"
    tag = sign_in(None).get(url).headers["ETag"]
    with app.app_context():
        scene.follow_up(number, by="a")
    assert sign_in(None).get(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_page_reads_a_fixed_number_of_times(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        for _ in range(30):
            scene.in_progress("b")
        for _ in range(5):
            scene.follow_up(number, by="a")
            scene.moderate(scene.remark(number), by="a")
    visitor = sign_in(None)
    for url, budget in (("/publik/laporan/", 5), (f"/publik/laporan/{number}/", 6), ("/publik/umpan.xml", 1)):
        with QueryCounter(app) as queries:
            assert visitor.get(url).status_code == 200
        assert queries.count <= budget, (url, queries.statements)


def test_the_feed_is_a_feed(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        scene.correct(number, by="pusat", title="<b>Jalan</b> & \x0bjembatan", text="]]> rusak")
    answer = sign_in(None).get("/publik/umpan.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = Tree.fromstring(answer.data)  # noqa: S314  our own document
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "<b>Jalan</b> & jembatan"
    assert entry.findtext(f"{ATOM}id", "").endswith(f"/publik/laporan/{number}/")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Instansi A"


def test_comments_wait_for_the_agency(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    address = f"/publik/laporan/{number}/"
    citizen = sign_in("warga2")
    answer = citizen.send(f"{address}komentar/", {"text": "Jalan saya juga gelap."})
    assert answer.status_code == 303
    assert "Jalan saya juga gelap" not in sign_in(None).get(address).get_data(as_text=True)
    officer = sign_in("a")
    waiting = officer.get("/laporan/komentar-publik/").get_data(as_text=True)
    assert "Jalan saya juga gelap" in waiting
    assert "WARGA2" not in waiting
    assert "Jalan saya juga gelap" not in sign_in("b").get("/laporan/komentar-publik/").get_data(as_text=True)
    decide = next(
        part.split('"')[0]
        for part in waiting.split('href="')
        if part.startswith("/laporan/komentar-publik/") and part.split('"')[0][-2].isdigit()
    )
    assert officer.send(decide, {"decision": "apa"}).status_code == 422
    assert officer.send(decide, {"decision": "tampilkan"}).status_code == 303
    page = sign_in(None).get(address).get_data(as_text=True)
    assert "Jalan saya juga gelap" in page
    assert "Warga WARGA2" in page
    assert officer.send(decide, {"decision": "sembunyikan"}).status_code == 303
    assert "Jalan saya juga gelap" not in sign_in(None).get(address).get_data(as_text=True)


def test_who_may_comment(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number, secret = scene.in_progress("a"), scene.in_progress("a", is_secret=True)
    url = f"/publik/laporan/{number}/komentar/"
    assert sign_in(None).get(url).status_code == 302
    assert sign_in("a").get(url).status_code == 200  # an officer is a citizen as well
    own = sign_in("warga")
    assert own.get(url).status_code == 403
    assert own.post(url, {"text": "Saya."}).status_code == 403
    other = sign_in("warga2")
    assert other.get(f"/publik/laporan/{secret}/komentar/").status_code == 404
    assert other.send(url, {"text": " "}).status_code == 422
    assert other.send(url, {"text": "x" * 1_001}).status_code == 422
    for _ in range(8):
        assert other.send(url, {"text": "Sama."}).status_code == 303
    refused = other.send(url, {"text": "Sekali lagi."})
    assert refused.status_code == 429
    assert "Sekali lagi." in refused.get_data(as_text=True)


def test_whoever_only_reads_along_moderates_nothing(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        number = scene.in_progress("a", copies=("b",))
        remark = scene.remark(number)
    assert sign_in("b").get(f"/laporan/{number}/").status_code == 200
    assert sign_in("b").get(f"/laporan/komentar-publik/{remark}/").status_code == 404
    assert sign_in("a").get(f"/laporan/komentar-publik/{remark}/").status_code == 200
    assert sign_in("pusat").get(f"/laporan/komentar-publik/{remark}/").status_code == 200


def test_a_comment_of_a_report_that_moved_is_the_new_holders(app: Flask, scene: Play) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        remark = scene.remark(number)
        scene.redirect(number, by="pusat", to="b")
        with pytest.raises(Exception, match="tidak ditemukan"):
            scene.moderate(remark, by="a")
        scene.moderate(remark, by="b", state=CommentState.HIDDEN)
        db.session.rollback()
