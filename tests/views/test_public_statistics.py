"""STATISTIK for everybody: counted by hand beside, and nothing of secret reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.models import Agency
from app.rules.workflow import Action
from app.stats.public import Figures, Line, figures
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import WIB, World

SignIn = Callable[[str | None], Person]
NEW_YEAR = datetime(2026, 1, 1, 0, 30, tzinfo=WIB)


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
        found = figures(db.session(), 2026)
        db.session.rollback()
        return found


def test_the_figures(counted: Figures) -> None:
    assert counted.total == Line("", 5, 4, 2, 2)
    assert counted.total.share == 80.0
    # 0, 2, 5 and 5 days: the middle of 2 and 5.
    assert counted.median_days == pytest.approx(3.5, abs=0.01)
    assert [(line.name, line.received) for line in counted.agencies] == [("Instansi B", 3), ("Instansi A", 2)]
    assert counted.agencies[0] == Line("Instansi B", 3, 3, 2, 1)
    assert [(line.name, line.received) for line in counted.months] == [("2026-01", 1), ("2026-03", 4)]
    assert sum(line.received for line in counted.categories) == 5
    assert [(line.name, line.received) for line in counted.areas] == [("", 5)]


def test_the_page_and_the_file_say_the_same(app: Flask, counted: Figures, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        agency = session.query(Agency).filter_by(name="Instansi B").one()
        agency.name = "=HYPERLINK(B)"
    visitor = sign_in(None)
    page = visitor.get("/statistik/?tahun=2026").get_data(as_text=True)
    for told in ("80%", "3,5", "bukan berarti masalahnya terselesaikan", "rahasia"):
        assert told in page
    answer = visitor.get("/statistik/statistik.csv?tahun=2026")
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert ["Instansi", "'=HYPERLINK(B)", "3", "3", "100.0", "2", "1"] in rows
    assert ["", "Semua", "5", "4", "80.0", "2", "2"] in rows
    assert rows[-1][1] == "3.5"


def test_a_year_without_reports_and_one_that_is_none(sign_in: SignIn) -> None:
    assert "Belum ada laporan pada tahun ini" in sign_in(None).get("/statistik/?tahun=2015").get_data(
        as_text=True
    )
    assert sign_in(None).get("/statistik/").status_code == 200
    for wrong in ("x", "1900", "99999", "20١6", str(datetime.now(UTC).year + 2)):
        assert sign_in(None).get("/statistik/", query_string={"tahun": wrong}).status_code == 400


def test_it_reads_seven_times(app: Flask, counted: Figures, sign_in: SignIn) -> None:
    with QueryCounter(app) as queries:
        sign_in(None).get("/statistik/?tahun=2026")
    assert queries.count <= 7


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
