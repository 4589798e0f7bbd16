"""Counting directly and reading monthly summaries say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.extensions import transaction
from app.jobs import figures as job
from app.models import Agency, Report, StatDirty, StatMonth, StatUnit
from app.rules.reports.workflow import Action
from app.rules.zones import Zone
from app.services.system import reference
from app.stats import summaries
from app.stats.facts import CountingWay, FigureFacts, facts, way
from app.stats.parts import Dim
from app.stats.periods import Period, Preset, Range, preset, split
from app.stats.waiting import TOLERANCE, median_days, minutes_of
from tests.stats.lives import live
from tests.support.play import Play

LONE_TIMES = {Dim.DECISION, Dim.UNIT_DECISION, Dim.PUBLIC_WAIT}  # nothing follows the time in the key
TIMES = {Dim.WAIT, Dim.UNIT_WAIT, *LONE_TIMES}
LATER = datetime(2026, 8, 1, tzinfo=UTC)


def build(now: datetime = LATER) -> None:
    """Summaries for everybody who has a report: what is large is a number, not the test's business."""
    with transaction() as session:
        summaries.choose_units(session, now, large=0)
    job.refresh_figures(now)


def coarse(found: FigureFacts) -> dict[Dim, dict[str, int]]:
    """The numbers, with times left out of their keys: those are exact on one side alone."""
    result: dict[Dim, dict[str, int]] = {}
    for dim in Dim:
        for key, n in found[dim].items():
            parts = key.split(".")
            if dim in TIMES:
                parts[-1 if dim in LONE_TIMES else -2] = "t"
            short = ".".join(parts)
            result.setdefault(dim, {})
            result[dim][short] = result[dim].get(short, 0) + n
    return result


def medians(found: FigureFacts) -> list[float | None]:
    made = []
    for dim in (Dim.WAIT, Dim.DECISION, Dim.PUBLIC_WAIT):
        times: dict[float, int] = {}
        for key, n in found[dim].items():
            minutes = minutes_of(key.split(".")[0])
            times[minutes] = times.get(minutes, 0) + n
        made.append(median_days(times))
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_ways_say_the_same_for_any_agency_and_period(play: Play, seed: int) -> None:
    dice = Random(seed)
    with transaction() as session:
        session.execute(update(Agency).where(Agency.id == play.world.b).values(zone=Zone.WIT))
    live(play, dice, 40)
    build()
    compared, seen = 0, 0
    with transaction() as session:
        agencies = list(session.scalars(select(Agency).where(Agency.id.in_(select(StatUnit.agency_id)))))
        assert {play.world.a, play.world.b} < {agency.id for agency in agencies}
        for agency in agencies:
            zone = ZoneInfo(agency.zone.value)
            since = date(2026, 2, 20) + timedelta(days=dice.randrange(60))
            periods = [Period(None, None, zone), preset(Preset.THIS_YEAR, date(2026, 7, 1), zone)]
            periods += [Period(since, since + timedelta(days=dice.randrange(100)), zone) for _ in range(4)]
            for period in periods:
                one = facts(session, agency, period, list(Dim), CountingWay.DIRECT, by_month=True)
                other = facts(session, agency, period, list(Dim), CountingWay.SUMMARY, by_month=True)
                assert coarse(one) == coarse(other), (agency.name, period)
                for exact, near in zip(medians(one), medians(other), strict=True):
                    assert (exact is None) == (near is None)
                    if exact is not None and near is not None:
                        # Below an hour a class is as wide as the time itself.
                        assert abs(near - exact) <= exact * TOLERANCE / 100 + 1 / 24, (agency.name, period)
                assert {m for m in one.by_month.get(Dim.STATUS, {})} == set(
                    other.by_month.get(Dim.STATUS, {})
                )
                compared += 1
                seen += sum(one[Dim.STATUS].values())
    assert compared >= 24
    assert seen > 100


def test_each_change_marks_its_month_and_the_job_counts_it(play: Play) -> None:
    play.now = datetime(2026, 5, 20, 3, tzinfo=UTC)
    report = play.in_progress("a")
    build()
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(StatDirty)) == 0

    def closed() -> dict[str, int]:
        with transaction() as session:
            agency = session.get_one(Agency, play.world.a)
            chosen = way(session, agency.id, agency.zone, LATER)
            assert chosen.way is CountingWay.SUMMARY
            period = Period(date(2026, 5, 1), date(2026, 5, 31), ZoneInfo("Asia/Jakarta"))
            return dict(facts(session, agency, period, [Dim.STATUS], chosen.way)[Dim.STATUS])

    assert closed() == {"in_progress.1": 1}
    play.now = datetime(2026, 6, 20, 3, tzinfo=UTC)
    play.decide(report, by="pusat", action=Action.CLOSE)
    with transaction() as session:
        assert list(session.scalars(select(StatDirty.month))) == ["2026-05"]
    assert closed() == {"in_progress.1": 1}, "a summary is as old as it says"
    assert job.refresh_figures(LATER + timedelta(minutes=1)) == "months 1, built 0"
    assert closed() == {"closed:admin.1": 1}
    with transaction() as session:
        fresh = session.scalars(select(StatUnit.fresh_at).where(StatUnit.agency_id == play.world.a)).one()
        assert fresh == LATER + timedelta(minutes=1)


def test_a_comment_marks_nothing(play: Play) -> None:
    report = play.verified("a")
    build()
    play.comment(report, by="a")
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(StatDirty)) == 0


def test_the_turn_of_a_month_marks_both_months(play: Play) -> None:
    """23.30 on 31 May in Jakarta is 1 June in Makassar and Jayapura (case A2)."""
    play.now = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
    play.file()
    with transaction() as session:
        assert sorted(session.scalars(select(StatDirty.month))) == ["2026-05", "2026-06"]


def test_only_large_agencies_have_summaries_and_the_root_always(play: Play) -> None:
    for _ in range(3):
        play.verified("a")
    play.verified("b")
    with transaction() as session:
        assert summaries.choose_units(session, LATER, large=2) == 2
        keys = set(session.scalars(select(StatUnit.agency_id)))
        assert keys == {play.world.root, play.world.a}
        # Not yet built: counted directly.
        assert way(session, play.world.a, Zone.WIB, LATER).way is CountingWay.DIRECT
    job.refresh_figures(LATER)
    with transaction() as session:
        assert way(session, play.world.a, Zone.WIB, LATER).way is CountingWay.SUMMARY
        assert way(session, play.world.b, Zone.WIB, LATER).way is CountingWay.DIRECT
        # Its months were cut in another zone.
        assert way(session, play.world.a, Zone.WIT, LATER).way is CountingWay.DIRECT
        assert summaries.choose_units(session, LATER, large=5) == 1
        assert set(session.scalars(select(StatMonth.agency_id).distinct())) == {play.world.root}


def test_an_interrupted_building_goes_on_where_it_was(play: Play) -> None:
    play.now = datetime(2026, 3, 5, tzinfo=UTC)
    play.verified("a")
    with transaction() as session:
        summaries.choose_units(session, LATER, large=0)
    for month in ("2026-03", "2026-04"):
        with transaction() as session:
            assert summaries.build_step(session, LATER) == month
    with transaction() as session:
        assert set(session.scalars(select(StatUnit.reached))) == {"2026-05"}
        assert way(session, play.world.a, Zone.WIB, LATER).way is CountingWay.DIRECT
    job.refresh_figures(LATER)
    with transaction() as session:
        assert set(session.scalars(select(StatUnit.reached))) == {None}


def test_a_period_is_split_into_whole_months_and_its_edges() -> None:
    zone = ZoneInfo("Asia/Makassar")
    parts = split(Period(date(2026, 1, 30), date(2026, 4, 2), zone))
    assert (parts.first, parts.last) == ("2026-02", "2026-03")
    assert parts.edges == (
        Range(datetime(2026, 1, 29, 16, tzinfo=UTC), datetime(2026, 1, 31, 16, tzinfo=UTC)),
        Range(datetime(2026, 3, 31, 16, tzinfo=UTC), datetime(2026, 4, 2, 16, tzinfo=UTC)),
    )
    assert split(Period(date(2026, 1, 2), date(2026, 1, 30), zone)).first == ""
    assert split(Period(date(2024, 2, 1), date(2024, 2, 29), zone)).edges == ()


def test_the_command_builds_everything_and_says_how_far_it_is(app: Flask, play: Play) -> None:
    play.now = datetime(2026, 3, 5, tzinfo=UTC)
    play.verified("a")
    build()
    with transaction() as session:
        session.execute(update(StatMonth).values(n=99))
    answer = app.test_cli_runner().invoke(args=["lapor", "rebuild-stats"])
    assert answer.exit_code == 0, answer.output
    assert "2026-03  " in answer.output
    assert "agencies with summaries: 1\n" in answer.output
    with transaction() as session:
        assert set(session.scalars(select(StatMonth.n).where(StatMonth.dim == Dim.STATUS.value))) == {1}


def test_a_category_that_moves_takes_its_months_along(play: Play) -> None:
    """Main categories are what is kept: another parent changes what is below it."""
    play.now = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    play.verified("a")
    play.now = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
    play.verified("a")
    with transaction() as session:
        central = play.world.actor(session, "pusat")
        old, new = (
            reference.add_category(session, central, None, name, LATER).id for name in ("Lama", "Baru")
        )
        moving = reference.add_category(session, central, old, "Pindah", LATER).id
        session.execute(update(Report).values(category_id=moving))
    build()

    def by_main() -> dict[str, int]:
        with transaction() as session:
            agency = session.get_one(Agency, play.world.a)
            period = Period(None, None, ZoneInfo("Asia/Jakarta"))
            return dict(facts(session, agency, period, [Dim.CATEGORY], CountingWay.SUMMARY)[Dim.CATEGORY])

    assert by_main() == {str(old): 2}
    with transaction() as session:
        central = play.world.actor(session, "pusat")
        reference.change_category(session, central, moving, new, "Pindah", LATER, offered=True)
        marked = set(session.scalars(select(StatDirty.month)))
        assert marked == {"2026-03", "2026-04", "2026-05", "2026-06"}
    job.refresh_figures(LATER + timedelta(minutes=1))
    assert by_main() == {str(new): 2}
