"""Statistics before and after an agency moves: volume follows the new tree, performance stays where it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.extensions import transaction
from app.jobs import figures as job
from app.models import Agency, AgencyPastLine, AgencyTree, Disposition, StatUnit
from app.rules.reports.workflow import Action
from app.services.agencies import past_ancestors
from app.services.agencies.relocation import put_below
from app.stats import summaries
from app.stats.facts import CountingWay, FigureFacts, facts
from app.stats.measures import CHARTS, MEASURES, MeasureUnit, Rows
from app.stats.parts import Dim
from app.stats.periods import Period
from app.stats.tables import table
from tests.stats.lives import live
from tests.stats.test_summaries import coarse
from tests.support.play import Play

ALWAYS = Period(None, None, ZoneInfo("Asia/Jakarta"))
LATER = datetime(2026, 8, 1, tzinfo=UTC)
OF_UNITS = (Dim.UNIT_STATUS, Dim.UNIT_PUBLIC)  # volume, divided among units
VOLUME = (
    Dim.STATUS,
    Dim.CLASSIFICATION,
    Dim.AREA,
    Dim.CATEGORY,
    Dim.SOURCE,
    Dim.PUBLIC,
    Dim.PUBLIC_AREA,
    Dim.PUBLIC_CATEGORY,
    Dim.PUBLIC_WAIT,
)
# Of an agency, and divided among the units in which it was done.
STAYS = tuple(dim for dim in Dim if dim not in (*VOLUME, *OF_UNITS))
AGENCIES = ("root", "a", "b", "a1", "a2", "b1")


def key_of(play: Play, name: str) -> int:
    return play.world.root if name == "root" else play.world.agencies[name]


def move(play: Play, name: str, to: str, now: datetime) -> None:
    """Hang `name` under `to`, as a reorganisation does with the tree."""
    with transaction() as session:
        past_ancestors.remember(session, [key_of(play, name)], now)
        put_below(session, key_of(play, name), key_of(play, to), now)


def counted(play: Play, dims: Sequence[Dim] = tuple(Dim)) -> dict[str, FigureFacts]:
    with transaction() as session:
        return {
            name: facts(
                session, session.get_one(Agency, key_of(play, name)), ALWAYS, dims, CountingWay.DIRECT
            )
            for name in AGENCIES
        }


def test_volume_moves_and_performance_stays(play: Play) -> None:
    """A, with all below it, comes below B. The root's numbers are still those of A and B."""
    live(play, Random(3), 50)
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.later(days=2)
    request = play.ask(report, by="a1", action=Action.HAND_BACK, suggest="b")
    play.later(hours=5)
    play.reject(request, by="a")
    before = counted(play)
    play.now = LATER
    move(play, "a", "b", LATER)
    after = counted(play)
    a = before["a"]
    for dim in VOLUME:
        for name, gained in (("root", 0), ("a", 0), ("b", 1), ("a1", 0), ("a2", 0), ("b1", 0)):
            for key in set(before[name][dim]) | set(a[dim]):
                was, moved = before[name][dim].get(key, 0), a[dim].get(key, 0)
                assert after[name][dim].get(key, 0) == was + gained * moved, (dim, name, key)
    assert sum(a[Dim.STATUS].values()), "what moved holds reports"
    for dim in STAYS:
        assert sum(a[dim].values()), dim
        for name in AGENCIES:
            assert after[name][dim] == before[name][dim], (dim, name)

    # What is done from now on counts for the new line, and the root counts it below B.
    report = play.verified("a1")
    play.later(days=1)
    play.follow_up(report, by="a1")
    latest = counted(play)
    grown = {name: _sum(latest[name], Dim.WAIT) - _sum(after[name], Dim.WAIT) for name in AGENCIES}
    assert grown == {"root": 1, "a": 1, "b": 1, "a1": 1, "a2": 0, "b1": 0}
    for name, unit in (("root", "b"), ("b", "a"), ("a", "a1")):
        of = [_of_unit(found[name], Dim.UNIT_WAIT, key_of(play, unit)) for found in (after, latest)]
        assert of[1] - of[0] == 1, name


def _sum(found: FigureFacts, dim: Dim) -> int:
    return sum(found[dim].values())


def _of_unit(found: FigureFacts, dim: Dim, unit: int) -> int:
    return sum(n for key, n in found[dim].items() if key.startswith(f"{unit}."))


Lines = dict[int, set[int]]


def lines() -> Lines:
    """The line of each agency, as the tree is now."""
    found: Lines = {}
    with transaction() as session:
        for unit, ancestor in session.execute(select(AgencyTree.unit_id, AgencyTree.ancestor_id)):
            found.setdefault(unit, set()).add(ancestor)
    return found


def by_hand(play: Play, trees: list[tuple[datetime, Lines]]) -> dict[str, int]:
    """How often a report came to an agency or one that lay below it on that day. trees: until when each held."""
    found = dict.fromkeys(AGENCIES, 0)
    with transaction() as session:
        given = session.execute(
            select(Disposition.agency_id, Disposition.at).where(Disposition.position > 0)
        ).all()
    for agency_id, at in given:
        tree = next(tree for until, tree in trees if at < until)
        for name in AGENCIES:
            found[name] += key_of(play, name) in tree[agency_id]
    return found


def test_every_number_is_that_of_its_parts_and_both_ways_say_the_same(play: Play) -> None:
    """There and back again and to a third place, with acts between: A + B + rest = all, for every measure."""
    dice = Random(1)
    moves = [("a1", "b"), ("a1", "a"), ("a1", "a2"), ("a2", "b1"), ("b1", "a")]
    trees: list[tuple[datetime, Lines]] = []
    for number, (name, to) in enumerate(moves):
        live(play, dice, 20 if number == 0 else 6)
        if number == 0:
            with transaction() as session:
                summaries.choose_units(session, LATER, large=0)
            job.refresh_figures(LATER)
        now = datetime(2026, 4, 10, tzinfo=UTC) + timedelta(days=20 * number)
        trees.append((now, lines()))
        move(play, name, to, now)
    trees.append((datetime.max.replace(tzinfo=UTC), lines()))
    job.refresh_figures(LATER + timedelta(minutes=1))
    with transaction() as session:
        assert session.scalars(select(AgencyPastLine.agency_id)).first() is not None
        summed = set(session.scalars(select(StatUnit.agency_id)))
        assert {key_of(play, name) for name in ("root", "a", "b")} <= summed
        for agency in session.scalars(select(Agency).where(Agency.id.in_(summed))):
            one = facts(session, agency, ALWAYS, list(Dim), CountingWay.DIRECT, by_month=True)
            other = facts(session, agency, ALWAYS, list(Dim), CountingWay.SUMMARY, by_month=True)
            assert coarse(one) == coarse(other), agency.name
    assert {name: _sum(found, Dim.HOP) for name, found in counted(play).items()} == by_hand(play, trees)
    for slug, chart in CHARTS.items():
        if chart.rows is not Rows.UNITS:
            continue
        with transaction() as session:
            for name in AGENCIES:
                found = table(session, session.get_one(Agency, key_of(play, name)), ALWAYS, chart, LATER)
                for measure in found.measures:
                    if MEASURES[measure].unit is MeasureUnit.COUNT:
                        rows = sum(row.values[measure] or 0 for row in found.rows)
                        assert rows == found.total.values[measure], (slug, name, measure)
