"""After each kind of write the summaries, made anew, say what is counted directly, and parts add up to the whole.

What did not mark its month would be wrong for good: no rebuilding comes in between.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.extensions import transaction
from app.jobs import figures as job
from app.models import Agency, Category, StatUnit
from app.rules.reports.workflow import Action
from app.services.system import reference
from app.stats import summaries
from app.stats.facts import CountingWay, FigureFacts, facts
from app.stats.measures import CHARTS, MEASURES, MeasureUnit, Rows
from app.stats.parts import Dim
from app.stats.periods import Period
from app.stats.tables import table
from tests.stats.test_summaries import coarse
from tests.support.play import Play

ALWAYS = Period(None, None, ZoneInfo("Asia/Jakarta"))
WHOSE = ("root", "a", "a1", "b")


def both(play: Play, agency: Agency) -> tuple[FigureFacts, FigureFacts]:
    with transaction() as session:
        agency = session.merge(agency)
        return (
            facts(session, agency, ALWAYS, list(Dim), CountingWay.DIRECT),
            facts(session, agency, ALWAYS, list(Dim), CountingWay.SUMMARY),
        )


def key_of(play: Play, name: str) -> int:
    return play.world.root if name == "root" else play.world.agencies[name]


def agree(play: Play, after: str) -> int:
    """Both ways for everybody; returns how many reports the root counts."""
    job.refresh_figures(play.now)
    seen = 0
    for name in WHOSE:
        with transaction() as session:
            agency = session.get_one(Agency, key_of(play, name))
        direct, summed = both(play, agency)
        assert coarse(direct) == coarse(summed), (after, name)
        if name == "root":
            seen = sum(direct[Dim.STATUS].values())
    return seen


def add_up(play: Play, after: str) -> None:
    """Each number of an agency is that of its units and its own, for every chart that is by unit."""
    for name in ("root", "a"):
        for slug, chart in CHARTS.items():
            if chart.rows is not Rows.UNITS:
                continue
            with transaction() as session:
                found = table(session, session.get_one(Agency, key_of(play, name)), ALWAYS, chart, play.now)
                counts = [m for m in found.measures if MEASURES[m].unit is MeasureUnit.COUNT]
                for row in found.rows:
                    if row.itself:
                        continue
                    unit = table(session, session.get_one(Agency, int(row.key)), ALWAYS, chart, play.now)
                    assert {m: row.values[m] for m in counts} == {m: unit.total.values[m] for m in counts}, (
                        after,
                        slug,
                        row.name,
                    )
            for measure in counts:
                parts = sum(row.values[measure] or 0 for row in found.rows)
                assert parts == found.total.values[measure], (after, slug, measure)


def test_every_write_path_is_followed(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "must_choose", lambda *_: False)  # who is large stays so
    play.now = datetime(2026, 5, 20, 3, tzinfo=UTC)
    with transaction() as session:
        summaries.choose_units(session, play.now, large=0)
        for agency in session.scalars(select(Agency)):
            # Who holds nothing yet is no large agency: here everybody is.
            if session.get(StatUnit, agency.id) is None:
                session.add(
                    StatUnit(
                        agency_id=agency.id,
                        zone=agency.zone,
                        reports=0,
                        counted_at=play.now,
                        fresh_at=play.now,
                    )
                )
    job.refresh_figures(play.now)
    reports: dict[str, int] = {}
    requests: dict[str, int] = {}

    def named(name: str, make: Callable[[], int]) -> None:
        reports[name] = make()

    def asked(name: str, action: Action) -> None:
        requests[name] = play.ask(reports[name], by="a1", action=action)

    def category_moves() -> None:
        with play.by("pusat") as (session, actor):
            found = session.get_one(Category, play.world.category)
            main = reference.add_category(session, actor, None, "Induk baru", play.now)
            reference.change_category(session, actor, found.id, main.id, found.name, play.now, offered=True)

    steps: list[tuple[str, Callable[[], object]]] = [
        ("filed", lambda: named("one", play.file)),
        ("filed, secret", lambda: named("secret", lambda: play.file(is_secret=True))),
        ("recorded", lambda: named("recorded", lambda: play.record(by="b1"))),
        ("details asked", lambda: play.ask_details(reports["recorded"])),
        ("completed", lambda: play.complete(reports["recorded"], by="b1")),
        ("verified", lambda: play.verify(reports["one"], to="a")),
        ("verified, secret", lambda: play.verify(reports["secret"], to="a")),
        ("archived", lambda: (named("bad", play.file), play.archive(reports["bad"]))),
        ("forwarded", lambda: play.forward(reports["one"], by="a", to="a1")),
        ("followed up", lambda: play.follow_up(reports["one"], by="a1")),
        ("replied", lambda: play.reply(reports["one"])),
        ("followed up again", lambda: play.follow_up(reports["one"], by="a1")),
        ("hold asked", lambda: asked("one", Action.HOLD)),
        ("hold refused", lambda: play.reject(requests["one"], by="a")),
        ("hold asked again", lambda: asked("one", Action.HOLD)),
        ("hold withdrawn", lambda: play.withdraw(requests["one"], by="a1")),
        ("closing asked", lambda: asked("one", Action.CLOSE)),
        ("closing accepted", lambda: play.accept(requests["one"], by="a")),
        ("reopened", lambda: play.decide(reports["one"], by="a", action=Action.REOPEN)),
        ("followed up after reopening", lambda: play.follow_up(reports["one"], by="a1")),
        ("closed by the timer", lambda: (play.later(days=12), play.run_jobs())),
        ("filed by b", lambda: named("two", lambda: play.in_progress("b"))),
        ("redirected", lambda: play.redirect(reports["two"], by="pusat", to="a")),
        ("followed up by its new holder", lambda: play.follow_up(reports["two"], by="a")),
        ("closed by its reporter", lambda: play.close_own(reports["two"])),
        ("a fourth", lambda: named("three", lambda: play.verified("a1"))),
        (
            "hand-back asked",
            lambda: requests.update(
                three=play.ask(reports["three"], by="a1", action=Action.HAND_BACK, suggest="b1")
            ),
        ),
        ("hand-back accepted", lambda: play.accept(requests["three"], by="pusat", to="b1")),
        ("withdrawn by its reporter", lambda: (named("own", play.file), play.withdraw_own(reports["own"]))),
        ("category moved", category_moves),
    ]
    for number, (name, act) in enumerate(steps):
        play.later(hours=5 + number)
        act()
        seen = agree(play, name)
        assert seen == len({*reports.values()}), name
    add_up(play, "the last")
