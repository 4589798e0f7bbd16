"""The worklists over HTTP: tabs, cards, pages, and what an address may say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.extensions import transaction
from app.models import Report
from app.rules.reports.workflow import Action
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
WORKLIST_BUDGET, REPORT_BUDGET = 9, 12  # one of them for both dots of the header
NUMBER = re.compile(r"#(\d+)\b")


@pytest.fixture
def work(app: Flask, world: World) -> Callable[..., list[int]]:
    """work(lambda play: play.verified("a"), 3): reports made a little ago, outside any request."""

    def make(step: Callable[[Play], int], times: int = 1) -> list[int]:
        with app.app_context():
            play = Play(world, datetime.now(UTC) - timedelta(hours=2))
            return [step(play) for _ in range(times)]

    return make


def text_of(person: Person, url: str) -> str:
    response = person.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.get_data(as_text=True)


def shown(page: str) -> set[int]:
    return {int(number) for number in NUMBER.findall(page.split("<main", 1)[1])}


def test_the_desk_opens_at_the_first_tab_of_ones_work(app: Flask, sign_in: SignIn) -> None:
    assert sign_in("pusat").get("/laporan/kelola/").location == "/laporan/kelola/belum-terverifikasi/"
    assert sign_in("a").get("/laporan/kelola/").location == "/laporan/kelola/belum-ditindaklanjuti/"


def test_each_report_stands_in_the_tab_of_its_state(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    (new,) = work(lambda play: play.file())
    (waiting,) = work(lambda play: play.verified("a"))
    (progress,) = work(lambda play: play.in_progress("a"))
    (copy,) = work(lambda play: play.verified("b", copies=("a",)))

    def closed(play: Play) -> int:
        report_id = play.in_progress("a")
        play.close_own(report_id)
        return report_id

    (done,) = work(closed)
    officer, root = sign_in("a"), sign_in("pusat")
    assert shown(text_of(root, "/laporan/kelola/belum-terverifikasi/")) == {new}
    assert shown(text_of(officer, "/laporan/kelola/belum-ditindaklanjuti/")) == {waiting}
    assert shown(text_of(officer, "/laporan/kelola/sedang-diproses/")) == {progress}
    assert shown(text_of(officer, "/laporan/salinan/")) == {copy}
    assert shown(text_of(officer, "/laporan/selesai/")) == {done}
    assert shown(text_of(officer, "/laporan/selesai/?jenis=diarsipkan")) == set()
    assert "Ditutup oleh Pelapor" in text_of(officer, "/laporan/selesai/")


def test_only_the_root_has_the_unverified(app: Flask, sign_in: SignIn) -> None:
    for slug in ("belum-terverifikasi", "ditunda"):
        assert sign_in("a").get(f"/laporan/kelola/{slug}/").status_code == 404
        assert sign_in("pusat").get(f"/laporan/kelola/{slug}/").status_code == 200


def test_own_agency_or_with_those_below(app: Flask, sign_in: SignIn, work: Callable[..., list[int]]) -> None:
    (own,) = work(lambda play: play.verified("a"))
    (below,) = work(lambda play: play.verified("a1"))
    officer = sign_in("a")
    url = "/laporan/kelola/belum-ditindaklanjuti/"
    assert shown(text_of(officer, url)) == {own}
    assert shown(text_of(officer, f"{url}?cakupan=bawahan")) == {own, below}
    assert shown(text_of(sign_in("a1"), url)) == {below}
    assert shown(text_of(sign_in("b"), f"{url}?cakupan=bawahan")) == set()


def test_pages_hold_25_and_follow_each_other(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    ids = set(work(lambda play: play.verified("a"), 28))
    officer = sign_in("a")
    first = text_of(officer, "/laporan/kelola/belum-ditindaklanjuti/")
    onward = re.search(r'href="([^"]*setelah=[^"]*)"', first)
    assert onward is not None
    second = text_of(officer, onward[1].replace("&amp;", "&"))
    assert len(shown(first)) == 25
    assert shown(first) | shown(second) == ids
    assert not shown(first) & shown(second)
    assert "setelah=" not in second


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/laporan/kelola/tidak-ada/", 404),
        ("/laporan/kelola/permintaan/?urut=acak", 400),
        ("/laporan/kelola/permintaan/?cakupan=semua", 400),
        ("/laporan/kelola/permintaan/?setelah=abc", 400),
        ("/laporan/kelola/permintaan/?setelah=1.x", 400),
        ("/laporan/kelola/permintaan/?setelah=99999999999999999999.1", 400),
        ("/laporan/kelola/permintaan/?setelah=1.99999999999999999999", 400),
        ("/laporan/kelola/permintaan/?setelah=%00.1", 400),
        ("/laporan/selesai/?jenis=hilang", 400),
        ("/laporan/99999/", 404),
        ("/laporan/99999999999999999999999/", 404),
        ("/laporan/abc/", 404),
        ("/laporan/%00/", 404),
        ("/laporan/%ED%A0%80/", 404),
        ("/laporan/-1/", 404),
        ("/laporan/1/hapus/", 404),
        ("/tidak/ada", 404),
    ],
)
def test_addresses_that_make_no_sense_get_a_page_in_indonesian(
    app: Flask, sign_in: SignIn, url: str, status: int
) -> None:
    response = sign_in("a").get(url)
    page = response.get_data(as_text=True)
    assert response.status_code == status
    assert "Traceback" not in page
    assert ("Tidak ditemukan" if status == 404 else "Permintaan tidak dapat dibaca") in page


@pytest.mark.parametrize("number", [1, 25])
def test_a_worklist_costs_the_same_for_one_and_25(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]], number: int
) -> None:
    work(lambda play: play.verified("a"), number)
    officer = sign_in("a")
    for url in (
        "/laporan/kelola/belum-ditindaklanjuti/",
        "/laporan/kelola/belum-ditindaklanjuti/?cakupan=bawahan&urut=terbaru",
    ):
        text_of(officer, url)  # what is read once in a process
        with QueryCounter(app) as counter:
            assert len(shown(text_of(officer, url))) == number
        assert counter.count <= WORKLIST_BUDGET, counter.statements


def test_a_copy_and_an_anonymous_report_show_no_name(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    (report_id,) = work(lambda play: play.verified("a", copies=("b",)))
    (hidden,) = work(lambda play: play.verified("a", is_anonymous=True))
    name = "Warga WARGA"
    assert name in text_of(sign_in("a"), f"/laporan/{report_id}/")
    assert name not in text_of(sign_in("b"), f"/laporan/{report_id}/")
    assert name not in text_of(sign_in("b"), "/laporan/salinan/")
    for who in ("a", "pusat"):
        page = text_of(sign_in(who), f"/laporan/{hidden}/")
        assert name not in page
        assert "Anonim" in page


def test_late_reports_say_so_and_come_first(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=30))
        late = play.verified("a")
        play.now = datetime.now(UTC) - timedelta(minutes=5)
        fresh = play.verified("a")
    page = text_of(sign_in("a"), "/laporan/kelola/belum-ditindaklanjuti/")
    assert "Terlambat" in page
    assert page.index(f"#{late}<") < page.index(f"#{fresh}<")


def test_a_card_shows_only_what_may_be_done_now(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    (report_id,) = work(lambda play: play.verified("a"))
    link = f"/laporan/{report_id}/tindak-lanjut/"
    assert link in text_of(sign_in("a"), "/laporan/kelola/belum-ditindaklanjuti/")
    assert link not in text_of(sign_in("pusat"), "/laporan/kelola/belum-ditindaklanjuti/?cakupan=bawahan")
    assert link not in text_of(
        sign_in("supervisor"), "/laporan/kelola/belum-ditindaklanjuti/?cakupan=bawahan"
    )


def test_a_request_stands_on_the_card_with_its_reason(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    def asked(play: Play) -> int:
        report_id = play.in_progress("a")
        play.ask(report_id, by="a", action=Action.HOLD)
        return report_id

    (report_id,) = work(asked)
    page = text_of(sign_in("a"), "/laporan/kelola/sedang-diproses/")
    for words in (
        "Laporan ini sedang diminta untuk ditahan",
        "BELUM DIPROSES",
        "Karena",
        "Masih perlu waktu.",
    ):
        assert words in page
    assert shown(text_of(sign_in("pusat"), "/laporan/kelola/permintaan/")) == {report_id}


def test_text_is_shown_as_it_was_written(app: Flask, sign_in: SignIn, work: Callable[..., list[int]]) -> None:
    (report_id,) = work(
        lambda play: play.file(text='Baris satu\n<script>alert(1)</script>\nO\'Brien & "kawan"')
    )
    page = text_of(sign_in("pusat"), f"/laporan/{report_id}/")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    with app.app_context(), transaction() as session:
        assert session.get_one(Report, report_id).text.startswith("Baris satu\n<script>")


def test_a_report_page_costs_the_same_with_a_long_history(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    def long(play: Play) -> int:
        report_id = play.in_progress("a")
        for _ in range(12):
            play.follow_up(report_id, by="a")
            play.comment(report_id, by="a")
        return report_id

    (short,) = work(lambda play: play.verified("a"))
    (busy,) = work(long)
    officer = sign_in("a")
    spent = []
    for report_id in (short, short, busy):
        with QueryCounter(app) as counter:
            text_of(officer, f"/laporan/{report_id}/")
        spent.append(counter.count)
    assert spent[1] == spent[2] <= REPORT_BUDGET, spent


def test_the_history_tells_who_wrote_what(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    """Follow-ups, answers, remarks and reasons are all read on the report's page, each by whose it is."""

    def told(play: Play) -> int:
        report_id = play.in_progress("a")
        play.follow_up(report_id, by="a", secret=True)
        play.reply(report_id)
        play.comment(report_id, by="pusat")
        request = play.ask(report_id, by="a", action=Action.CLOSE)
        play.reject(request, by="pusat", answer="Pelapor belum puas.")
        play.close_own(report_id)
        return report_id

    (report_id,) = work(told)
    history = text_of(sign_in("a"), f"/laporan/{report_id}/").split('class="history"', 1)[1]
    for words in (
        "Sedang kami tangani.",
        "Belum selesai, Pak.",
        "Mohon dicek bersama.",
        "Masih perlu waktu.",
        "Pelapor belum puas.",
        "Sudah selesai.",
    ):
        assert words in history
    assert history.count("Rahasia") == 1
    closed = history[history.index("Laporan ditutup") :]
    assert "Pelapor" in closed
    assert "Sistem" not in history
    assert "Warga" not in history


def test_who_held_a_report_once_reads_that_and_where_it_went(
    app: Flask, sign_in: SignIn, work: Callable[..., list[int]]
) -> None:
    def moved(play: Play) -> int:
        report_id = play.verified("a")
        play.redirect(report_id, by="pusat", to="b")
        return report_id

    numbers = work(moved, 27)
    officer = sign_in("a")
    first = text_of(officer, "/laporan/pernah-ditangani/")
    assert "dialihkan ke Instansi B" in first
    assert "Lampu jalan" not in first
    onward = re.search(r'href="([^"]*setelah=[^"]*)"', first)
    assert onward is not None
    second = text_of(officer, onward[1])
    assert shown(first) | shown(second) == set(numbers)
    assert not shown(first) & shown(second)
    assert "/laporan/pernah-ditangani/" in text_of(officer, "/laporan/salinan/")
    for who in ("b", "a1", "pusat"):
        assert shown(text_of(sign_in(who), "/laporan/pernah-ditangani/")) == set()
    assert officer.get("/laporan/pernah-ditangani/?setelah=x").status_code == 400
    assert officer.get(f"/laporan/{numbers[0]}/").status_code == 404
