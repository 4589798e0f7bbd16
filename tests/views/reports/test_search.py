"""MONITOR > Pencarian and the search boxes of the worklists, as pages (manual 6.8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.models import SavedSearch
from app.search import find as finding
from app.search.engines import engine_of
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.seeking import dispatched
from tests.support.world import World

SignIn = Callable[[str | None], Person]
URL = "/monitor/pencarian/"
LAMPU = "Lampu jalan di Jalan Melati padam sejak tiga minggu."
CARD = re.compile(r'<article class="card.*?</article>', re.S)
NEXT = re.compile(r'<a class="button" href="([^"]+)" rel="next"')
PAGES_MOST, BOX_MORE = 20, 7  # statements


@pytest.fixture
def make(app: Flask, world: World) -> Callable[..., int]:
    """A report of some hours ago."""

    def made(words: str = LAMPU, to: str = "a", **more: object) -> int:
        with app.app_context():
            return dispatched(Play(world, datetime.now(UTC) - timedelta(hours=3)), words, to, **more)

    return made


def page(person: Person, url: str, status: int = 200) -> str:
    answer = person.get(url)
    assert answer.status_code == status, url
    return answer.get_data(as_text=True)


def shown(person: Person, url: str) -> list[int]:
    return [int(re.search(r"<span>#(\d+)</span>", card)[1]) for card in CARD.findall(page(person, url))]  # type: ignore[index]


def test_search_by_word_with_its_passage(sign_in: SignIn, make: Callable[..., int]) -> None:
    report = make("Lampu <script>alert(1)</script> & jalan padam.", title="Lampu <b>mati</b>")
    make("Sampah menumpuk.")
    found = page(sign_in("a"), f"{URL}?q=lampu")
    assert shown(sign_in("a"), f"{URL}?q=lampu") == [report]
    assert "<mark>Lampu</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; jalan" in found
    assert "<script>alert" not in found
    assert "Laporan ditemukan: 1" in found


@pytest.mark.parametrize("typed", ["%23{}", "{}", "+%23+{}+", "%23{}%0A", "{}%0D%0A"])
def test_a_tracking_number_opens_its_card(sign_in: SignIn, make: Callable[..., int], typed: str) -> None:
    """Case E1; and a report that one may not see answers like one that does not exist."""
    report, foreign = make(), make(to="b")
    assert shown(sign_in("a"), f"{URL}?q={typed.format(report)}") == [report]

    def without_number(number: int) -> str:
        found = page(sign_in("a"), f"{URL}?q={typed.format(number)}")
        return found.split('aria-label="Hasil pencarian"', 1)[1].split("</main>", 1)[0]

    assert without_number(foreign) == without_number(987_654)
    assert shown(sign_in("b"), f"{URL}?q={typed.format(foreign)}") == [foreign]


def test_pages_of_ten_are_full_and_go_on(sign_in: SignIn, make: Callable[..., int]) -> None:
    made = [make() for _ in range(13)]
    for _ in range(3):
        make(to="b")
    for order, wanted in (("terbaru", made[::-1]), ("terlama", made), ("tenggat", made), ("sesuai", None)):
        person, url, seen = sign_in("a"), f"{URL}?q=lampu&urut={order}&jumlah=10", []
        lengths = []
        while url:
            found = page(person, url)
            here = shown(person, url)
            seen += here
            lengths.append(len(here))
            following = NEXT.search(found)
            url = unescape(following[1]) if following else ""
        assert lengths == [10, 3], order
        assert seen == wanted if wanted else sorted(seen) == made, order
        assert "Kembali ke awal" in found


@pytest.mark.parametrize(
    "query",
    [
        "urut=x", "jumlah=7", "status=x", "klasifikasi=x", "kategori=x", "kategori=99999999999999999999",
        "provinsi=x", "kabupaten=35.78", "kecamatan=x", "sumber=zzz", "rating=9", "dari=kemarin", "sampai=2026-13-01",
        "dari=2026-02-02&sampai=2026-02-01", "sampai=9999-12-31", "instansi=999999&instansi_query=zzz", "status=%00",
        "dari=%00", "instansi_query=%00%ff",
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_at_its_field(
    sign_in: SignIn, make: Callable[..., int], query: str
) -> None:
    make()
    found = page(sign_in("a"), f"{URL}?q=lampu&{query}", 422)
    assert 'class="field__error"' in found
    assert CARD.findall(found) == []


@pytest.mark.parametrize(
    "typed", ["%00", "%ff%fe", "%22", "-", "%23", "((", "'", "*" * 500, "a" * 5000, "%F0%9F%92%A1"]
)
def test_any_bytes_are_answered(sign_in: SignIn, make: Callable[..., int], typed: str) -> None:
    make()
    for url in (f"{URL}?q={typed}", f"/laporan/kelola/belum-ditindaklanjuti/?q={typed}"):
        page(sign_in("a"), url)


PLACES = (
    "-5.1",
    "0.0",
    f"0.{2**62 - 1}",
    f"0.{2**62 - 2}",
    f"{2**63 - 1}.{2**62 - 1}",
    f"-{2**63}.0",
    f"{2**63 - 1}.1",
)


@pytest.mark.parametrize("order", ["terbaru", "terlama", "tenggat", "sesuai"])
def test_a_forged_place_is_answered_and_opens_nothing(
    sign_in: SignIn, make: Callable[..., int], order: str
) -> None:
    mine, foreign = make(), make(to="b")
    a = sign_in("a")
    for typed, place in product(("lampu", "%23999999", "1"), PLACES):
        answer = a.get(f"{URL}?q={typed}&urut={order}&setelah={place}")
        assert answer.status_code in {200, 400}, (typed, place)
        found = re.findall(r"<span>#(\d+)</span>", answer.get_data(as_text=True))
        assert str(foreign) not in found
        assert typed != "%23999999" or str(mine) not in found, (
            "a number that nobody has finds nothing, wherever"
        )


def test_days_at_the_ends_of_the_calendar_are_answered(sign_in: SignIn, make: Callable[..., int]) -> None:
    make()
    for days in (
        "dari=0001-01-01", "sampai=9999-12-30", "sampai=9999-12-29", "sampai=0001-01-01", "dari=1999-12-31",
        "dari=0001-01-01&sampai=9999-12-30", "dari=9999-12-30&sampai=9999-12-30", "dari=0001-01-02&sampai=2026-01-01",
    ):  # fmt: skip
        page(sign_in("a"), f"{URL}?q=lampu&{days}", 422)
    page(sign_in("a"), f"{URL}?q=lampu&dari=2000-01-01&sampai=2100-12-31")


@pytest.mark.parametrize("place", ["x", "1", "1.x", "9" * 30 + ".1", "-1.-1", "1.99999999999999999999"])
def test_a_place_that_is_none_is_refused(sign_in: SignIn, place: str) -> None:
    page(sign_in("a"), f"{URL}?q=x&setelah={place}", 400)


def test_filters_through_the_address(sign_in: SignIn, make: Callable[..., int], world: World) -> None:
    """Case C4: ?instansi=B typed by an officer of A shows nothing of B."""
    mine, foreign = make(), make(to="b")
    a = sign_in("a")
    assert shown(a, f"{URL}?q=&instansi={world.b}") == []
    assert shown(a, f"{URL}?q=&instansi={world.b}&bawahan=y") == []
    assert shown(a, f"{URL}?q=&instansi={world.a}") == [mine]
    assert shown(sign_in("b"), f"{URL}?q=&instansi={world.b}") == [foreign]
    assert shown(sign_in("pusat"), f"{URL}?q=&instansi_query=instansi+b") == [foreign]
    today = datetime.now(UTC).astimezone().date()
    assert shown(a, f"{URL}?q=lampu&dari={today - timedelta(days=2)}&sampai={today + timedelta(days=1)}") == [
        mine
    ]
    assert shown(a, f"{URL}?q=lampu&sampai={today - timedelta(days=2)}") == []
    assert shown(a, f"{URL}?q=&status=waiting&sumber=website&klasifikasi=unsupervised") == [mine]
    assert shown(a, f"{URL}?q=&status=closed") == []
    assert '<details class="search__more" open>' in page(a, f"{URL}?q=&status=closed")
    assert '<details class="search__more">' in page(a, f"{URL}?q=lampu")


def test_a_tab_finds_what_it_holds(
    app: Flask, sign_in: SignIn, make: Callable[..., int], world: World
) -> None:
    waiting, progress, below = make(), make(), make()
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        play.follow_up(progress, by="a")
        play.forward(below, by="a", to="a1", copies=("b1",))
    a = sign_in("a")
    tab = "/laporan/kelola/belum-ditindaklanjuti/"
    assert shown(a, f"{tab}?q=lampu") == [waiting]
    assert shown(a, f"{tab}?q=%23{progress}") == []
    assert sorted(shown(a, f"{tab}?q=lampu&cakupan=bawahan")) == [waiting, below]
    assert shown(a, f"{tab}?q=lampu&urut=terbaru") == [waiting]
    assert shown(a, f"{tab}?q=sampah") == []
    assert shown(a, "/laporan/kelola/sedang-diproses/?q=lampu") == [progress]
    assert shown(sign_in("b1"), "/laporan/salinan/?q=lampu") == [below]
    assert shown(a, "/laporan/selesai/?q=lampu") == []
    found = page(a, f"{tab}?q=lampu&cakupan=bawahan")
    assert f'href="{tab}?cakupan=sendiri&amp;urut=tenggat&amp;q=lampu"' in found, "the switch keeps the words"
    assert '<input type="hidden" name="cakupan" value="bawahan">' in found


def test_a_tab_turns_its_pages(sign_in: SignIn, make: Callable[..., int]) -> None:
    made = [make() for _ in range(27)]
    a, url = sign_in("a"), "/laporan/kelola/belum-ditindaklanjuti/?q=lampu"
    first = page(a, url)
    assert len(CARD.findall(first)) == 25
    rest = unescape(NEXT.search(first)[1])  # type: ignore[index]
    assert sorted(shown(a, url) + shown(a, rest)) == made


def test_an_empty_box_costs_no_statement(app: Flask, sign_in: SignIn, make: Callable[..., int]) -> None:
    make()
    a, url = sign_in("a"), "/laporan/kelola/belum-ditindaklanjuti/"

    def statements(address: str) -> int:
        page(a, address)
        with QueryCounter(app) as counter:
            page(a, address)
        return counter.count

    without = statements(url)
    assert statements(f"{url}?q=") == statements(f"{url}?q=+") == without
    assert statements(f"{url}?q=lampu") <= without + BOX_MORE


def test_a_search_asks_as_often_for_25_hits_as_for_one(
    app: Flask, sign_in: SignIn, make: Callable[..., int]
) -> None:
    a = sign_in("a")
    counted = []
    for number in (1, 24):
        for _ in range(number):
            make()
        page(a, f"{URL}?q=lampu")
        with QueryCounter(app) as counter:
            page(a, f"{URL}?q=lampu")
        counted.append(counter.count)
    assert counted[0] == counted[1] <= PAGES_MOST, counter.statements


def test_a_search_that_takes_too_long_ends_with_advice(
    app: Flask, sign_in: SignIn, make: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page, not an error; and the connection is as good as new afterwards."""
    report = make()
    with app.app_context():
        engine = type(engine_of(db.session()))
    endless = {
        "postgresql": "SELECT pg_sleep(20)",
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    }

    def by_number(_self: object, session: object, *_: object, **__: object) -> list[object]:
        session.execute(text(endless[db.engine.dialect.name]))  # type: ignore[attr-defined]
        return []

    with monkeypatch.context() as patched:
        patched.setattr(finding, "TIMEOUT_MILLISECONDS", 60)
        patched.setattr(engine, "by_number", by_number)
        for url in (f"{URL}?q=lampu", "/laporan/selesai/?q=lampu"):
            found = page(sign_in("a"), url)
            assert "terlalu lama" in found
            assert "Persempit rentang tanggal" in found
    assert shown(sign_in("a"), f"{URL}?q=lampu") == [report]
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            assert db.session.scalar(text("SHOW statement_timeout")) == "0"


def test_saved_searches_are_ones_own(app: Flask, sign_in: SignIn, make: Callable[..., int]) -> None:
    report = make()
    a, other = sign_in("a"), sign_in("a1")
    saving = f"{URL}simpan?q=lampu&jumlah=10&setelah=1.1&status=&jahat=x"
    answer = a.send(saving, {"name": " Lampu  padam "}, to=f"{URL}simpan")
    assert (answer.status_code, answer.location) == (303, f"{URL}?q=lampu&jumlah=10")
    assert shown(a, answer.location) == [report]
    listed = page(a, URL)
    assert f'<a href="{URL}?q=lampu&amp;jumlah=10">Lampu padam</a>' in listed
    assert "Lampu padam" not in page(other, URL)
    assert a.send(saving, {"name": "Lampu padam"}, to=f"{URL}simpan").status_code == 422
    assert a.send(saving, {"name": ""}, to=f"{URL}simpan").status_code == 422
    with app.app_context():
        key = db.session.query(SavedSearch).one().id
    assert other.get(f"{URL}tersimpan/{key}/hapus").status_code == 404
    assert other.post(f"{URL}tersimpan/{key}/hapus").status_code == 404
    assert a.send(f"{URL}tersimpan/{key}/hapus", {}).status_code == 303
    page(a, URL)  # says so, once
    assert "Lampu padam" not in page(a, URL)


def test_the_list_of_synonyms_is_edited(sign_in: SignIn, make: Callable[..., int]) -> None:
    report = make("Kaliwungu banjir lagi.")
    central = sign_in("pusat")
    assert shown(central, f"{URL}?q=genangan") == [report]
    assert shown(central, f"{URL}?q=kw") == []
    assert "PJU, penerangan jalan umum, lampu jalan" in page(central, "/pengaturan/sinonim/")
    assert central.send("/pengaturan/sinonim/tambah", {"words": "kw"}).status_code == 422
    assert central.send("/pengaturan/sinonim/tambah", {"words": "kw, Kaliwungu"}).status_code == 303
    assert central.send("/pengaturan/sinonim/tambah", {"words": "kw,  Kaliwungu,"}).status_code == 422
    assert shown(central, f"{URL}?q=kw") == [report]
    assert sign_in("a").get("/pengaturan/sinonim/").status_code == 403
