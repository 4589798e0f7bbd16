"""STATISTIK for everybody: counted by hand beside, and nothing of secret reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.figures.public_figures import figures_agency
from app.extensions import db, transaction
from app.jobs import figures as job
from app.models import Agency
from app.rules.reports.workflow import Action
from app.stats import summaries
from app.stats.facts import CountingWay
from app.stats.periods import Period
from app.stats.public import Figures, PublicGroup, PublicLine, States, figures
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import WIB, World

SignIn = Callable[[str | None], Person]
LATER = datetime(2026, 8, 1, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, 0, 30, tzinfo=WIB)


def asked(world: World, agency: str = "", year: int = 2026) -> Figures:
    """What everybody is told of an agency, "" for the whole country, and a year."""
    session, zone = db.session(), ZoneInfo("Asia/Jakarta")
    period = Period(date(year, 1, 1), date(year, 12, 31), zone)
    whose = figures_agency(session, getattr(world, agency) if agency else None)
    return figures(session, whose, period, LATER)


@pytest.fixture
def counted(app: Flask, world: World) -> Figures:
    """Received 6 in 2026 that count: two answered after 2 and 5 days, one of A1, closed by three sorts."""
    with app.app_context():
        play = Play(world, datetime(2025, 12, 31, 23, 30, tzinfo=WIB))
        play.verified("a")  # the year before, by WIB
        play.now = NEW_YEAR
        play.verified("a")  # this year, although it is still 2025 in UTC
        play.verified("a", is_secret=True)
        play.file()
        play.now = datetime(2026, 3, 2, 10, tzinfo=WIB)
        first, second, third = play.verified("a1"), play.verified("b"), play.verified("b")
        play.later(days=2)
        play.follow_up(first, by="a1")
        play.later(days=3)
        play.follow_up(second, by="b")
        play.close_own(second)
        play.follow_up(third, by="b")
        play.decide(play.in_progress("b"), by="pusat", action=Action.CLOSE)
        play.later(days=12)
        play.run_jobs()
        found = asked(world)
        db.session.rollback()
        return found


def told(lines: Sequence[PublicLine]) -> dict[str, int]:
    return {line.name: line.received for line in lines if line.received}


def test_the_figures(counted: Figures) -> None:
    assert counted.total == PublicLine("", 5, 4, 2, 2)
    assert counted.total.share == 80.0
    assert counted.states == States(1, 0, 2, 2)
    # 0, 2, 5 and 5 days: the middle of 2 and 5.
    assert counted.median_days == pytest.approx(3.5, abs=0.01)
    assert [(line.name, line.received) for line in counted.agencies] == [("Instansi B", 3), ("Instansi A", 2)]
    assert replace(counted.agencies[0], key="") == PublicLine("Instansi B", 3, 3, 2, 1)
    assert [(line.name, line.received) for line in counted.months] == [("2026-01", 1), ("2026-03", 4)]
    assert sum(line.received for line in counted.categories) == 5
    assert told(counted.areas) == {"": 5}


def test_an_agency_and_those_below_add_up_and_summaries_say_the_same(
    app: Flask, counted: Figures, world: World
) -> None:
    """Also of small agencies, where a secret report would show: it is in no number at all."""
    with app.app_context():
        one = asked(world, "a")
        db.session.rollback()
        assert one.total.received == 2
        assert told(one.agencies) == {"": 1, "Unit A1": 1}
        assert asked(world, "a1").total == PublicLine("", 1, 1, 0, 1)
        db.session.rollback()
        with transaction() as session:
            summaries.choose_units(session, LATER, large=0)
        job.refresh_figures(LATER)
        for agency, direct in (("", counted), ("a", one)):
            again = asked(world, agency)
            db.session.rollback()
            assert again.way is CountingWay.SUMMARY
            assert again.median_days == pytest.approx(direct.median_days, rel=0.08)
            median = direct.median_days
            assert replace(again, way=direct.way, median_days=median) == direct


def test_the_page_and_the_file_say_the_same(app: Flask, counted: Figures, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        agency = session.query(Agency).filter_by(name="Instansi B").one()
        agency.name = "=HYPERLINK(B)"
    visitor = sign_in(None)
    page = visitor.get("/statistik/?periode=2026").get_data(as_text=True)
    for said in ("80%", "3,5", "bukan berarti masalahnya terselesaikan", "rahasia"):
        assert said in page
    answer = visitor.get("/statistik/statistik.csv?tahun=2026")
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert ["Instansi", "'=HYPERLINK(B)", "3", "3", "100.0", "2", "1"] in rows
    assert ["", "Semua", "5", "4", "80.0", "2", "2"] in rows
    assert rows[-1][1] == "3.5"
    for group in PublicGroup:
        file = f"/statistik/statistik.csv?data={group.value}&periode=2026"
        assert file.replace("&", "&amp;") in page
        one = visitor.get(file).get_data(as_text=True)
        parts = {line.split(",")[0] for line in one.splitlines() if line.count(",") >= 3}
        assert len(parts & {"Status", "Bulan masuk", "Provinsi", "Kategori", "Instansi"}) == 1, group


def test_the_choice_is_in_the_address(app: Flask, counted: Figures, sign_in: SignIn, world: World) -> None:
    visitor = sign_in(None)
    page = visitor.get(f"/statistik/?instansi={world.a}&periode=2026").get_data(as_text=True)
    assert "Statistik: Instansi A" in page
    assert f'href="/statistik/?instansi={world.a1}&amp;periode=2026"' in page
    assert "Unit A1" in visitor.get(f"/statistik/?instansi={world.a1}&periode=semua").get_data(as_text=True)
    for name in ("bulan-ini", "bulan-lalu", "30-hari", "tahun-ini", "semua"):
        assert visitor.get(f"/statistik/?periode={name}").status_code == 200
    assert "Tidak ada laporan" in visitor.get("/statistik/?periode=2015").get_data(as_text=True)
    assert visitor.get("/statistik/").status_code == 200
    for wrong in ("x", "1900", "99999", "20١6", "bebas", str(datetime.now(UTC).year + 2)):
        for name in ("tahun", "periode"):
            assert visitor.get("/statistik/", query_string={name: wrong}).status_code == 400
    assert visitor.get("/statistik/statistik.csv?data=x").status_code == 400
    with app.app_context(), transaction() as session:
        session.get_one(Agency, world.a2).active = False
    for absent in (999_999, "x", "-1", world.a2):
        assert visitor.get(f"/statistik/?instansi={absent}").status_code == 404


def test_it_reads_ten_times(app: Flask, counted: Figures, sign_in: SignIn, world: World) -> None:
    with QueryCounter(app) as queries:
        sign_in(None).get(f"/statistik/?instansi={world.a}&periode=2026")
    assert queries.count <= 10


def test_programs_read_the_same_numbers(counted: Figures, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    answer = visitor.get("/statistik/statistik.json?tahun=2026")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    found = answer.get_json()
    whole = counted.total
    assert found["total"] == {
        "name": None,
        "received": whole.received,
        "followed_up": whole.followed_up,
        "closed_by_people": whole.closed_by_people,
        "closed_by_timer": whole.closed_by_system,
    }
    assert found["states"]["waiting"] == 1
    assert (found["since"], found["until"], found["agency"]) == ("2026-01-01", "2026-12-31", None)
    assert [line["name"] for line in found["agencies"]] == [line.name or None for line in counted.agencies]
    assert sum(line["received"] for line in found["months"]) == whole.received
    again = visitor.get(
        "/statistik/statistik.json?tahun=2026", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert visitor.get("/statistik/statistik.json?tahun=1999").status_code == 400


def test_programs_are_counted_by_place(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    codes = [visitor.get("/statistik/statistik.json").status_code for _ in range(61)]
    assert codes == [200] * 60 + [429]
    assert visitor.get("/statistik/").status_code == 200
