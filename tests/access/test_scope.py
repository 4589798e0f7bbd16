"""Who sees what: one criterion for lists and single fetches, and the table that it asks."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scope import (
    ScopePosition,
    counts,
    expected,
    get_report,
    reports_of,
    rewrite,
    stored,
    worklist,
)
from app.extensions import transaction
from app.models import Report, ReportScope
from app.rules.errors import NotFound
from app.rules.reports.tabs import Basis, Order, Reach, Tab
from app.rules.reports.workflow import Action
from app.services.agencies.derived_rows import check_scope
from app.services.agencies.succession import replace_delegator
from tests.support.play import Play
from tests.support.world import PEOPLE

READERS = ("pusat", "supervisor", "a", "a1", "a2", "b", "b1", "warga", "warga2", "statistik")


def _some_of_everything(play: Play) -> dict[str, int]:
    made = {
        "new": play.file(),
        "other": play.file(by="warga2"),
        "a": play.verified("a"),
        "b": play.in_progress("b"),
    }
    made["a1"] = play.verified("a", copies=("b1",))
    play.forward(made["a1"], by="a", to="a1")
    made["asked"] = play.in_progress("a2")
    play.ask(made["asked"], by="a2", action=Action.HOLD)
    made["closed"] = play.in_progress("a")
    play.close_own(made["closed"])
    return made


SEES = {
    "pusat": {"new", "other", "a", "a1", "b", "asked", "closed"},
    "supervisor": {"new", "other", "a", "a1", "b", "asked", "closed"},
    "a": {"a", "a1", "asked", "closed"},
    "a1": {"a1"},
    "a2": {"asked"},
    "b": {"b", "a1"},
    "b1": {"a1"},
    "warga": {"new", "a", "a1", "b", "asked", "closed"},
    "warga2": {"other"},
    "statistik": set(),
}


def test_list_and_single_fetch_agree_for_everybody(play: Play) -> None:
    made = _some_of_everything(play)
    names = {key: name for name, key in made.items()}
    assert set(SEES) == set(READERS) <= set(PEOPLE)
    for who in READERS:
        with play.by(who) as (session, actor):
            listed = {names[each.id] for each in session.scalars(reports_of(actor))}
            fetched = set()
            for name, report_id in made.items():
                try:
                    fetched.add(names[get_report(session, actor, report_id).id])
                except NotFound:
                    assert name not in SEES[who]
            in_tabs = {
                names[line.report_id]
                for tab in Tab
                for line in worklist(session, actor, tab, reach=Reach.BELOW, limit=100)
            }
            counted = sum(counts(session, actor, Tab, Reach.BELOW).values())
        assert listed == fetched == SEES[who], who
        if actor.agency_id is not None:
            assert in_tabs == SEES[who], who
            assert counted >= len(in_tabs)


def test_a_copy_shows_the_substance_alone(play: Play) -> None:
    report_id = play.verified("a", copies=("b1",))
    with play.by("b1") as (session, actor):
        (line,) = worklist(session, actor, Tab.COPIES)
        assert line.basis is Basis.COPY
    with play.by("pusat") as (session, actor):
        # Who sees it fully sees it fully in every tab.
        (line,) = worklist(session, actor, Tab.COPIES, reach=Reach.BELOW)
        assert (line.report_id, line.basis) == (report_id, Basis.FULL)


def test_pages_follow_each_other_without_gap_or_repeat(play: Play) -> None:
    ids = []
    for day in range(7):
        ids.append(play.verified("a1" if day % 2 else "a"))
        play.later(days=1)
    for order, wanted in ((Order.DEADLINE, ids), (Order.NEWEST, ids[::-1])):
        for reach in Reach:
            after: ScopePosition | None = None
            seen = []
            with play.by("a") as (session, actor):
                while page := worklist(
                    session, actor, Tab.WAITING, reach=reach, order=order, after=after, limit=2
                ):
                    seen += [line.report_id for line in page]
                    after = page[-1].position
            mine = [i for n, i in enumerate(wanted if order is Order.DEADLINE else wanted[::-1]) if not n % 2]
            assert seen == (
                wanted if reach is Reach.BELOW else (mine if order is Order.DEADLINE else mine[::-1])
            )


def test_counts_stop_at_the_cap(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.access.scope.COUNT_CAP", 3)
    for _ in range(5):
        play.verified("a")
    with play.by("a") as (session, actor):
        assert counts(session, actor, [Tab.WAITING, Tab.PROGRESS], Reach.OWN) == {
            Tab.WAITING: 3,
            Tab.PROGRESS: 0,
        }


def test_check_scope_finds_and_repairs_what_drifted(play: Play) -> None:
    first, second = play.verified("a"), play.verified("b")
    with transaction() as session:
        session.delete(session.get_one(ReportScope, _key(session, first, play.world.a)))
        session.add(
            ReportScope(
                agency_id=play.world.a1, reach=0, tab=Tab.WAITING, sort_key=1, report_id=second, basis=0
            )
        )
    with transaction() as session:
        checked = check_scope(session, 0, repair=False)
    assert (checked.seen, set(checked.wrong)) == (2, {first, second})
    with transaction() as session:
        assert set(check_scope(session, 0, repair=True).wrong) == {first, second}
    with transaction() as session:
        assert check_scope(session, 0, repair=False).wrong == ()
        for report_id in (first, second):
            assert stored(session, report_id) == expected(session, session.get_one(Report, report_id))


def _key(session: Session, report_id: int, agency_id: int) -> tuple[object, ...]:
    row = session.scalars(
        select(ReportScope).where(ReportScope.report_id == report_id, ReportScope.agency_id == agency_id)
    ).one()
    return row.agency_id, row.reach, row.tab, row.sort_key, row.report_id


def test_the_parent_takes_a_deactivated_delegators_place(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.follow_up(report_id, by="a1")
    request = play.ask(report_id, by="a1", action=Action.CLOSE)
    with transaction() as session:
        assert list(replace_delegator(session, play.world.a, play.now)) == [report_id]
        assert list(replace_delegator(session, play.world.a, play.now)) == []
    assert play.chain(report_id) == ["root", "a1"]
    assert play.request(request).decider_agency_id == play.world.root
    play.accept(request, by="pusat")


def test_who_typed_a_report_in_keeps_sight_of_it(play: Play) -> None:
    """Case C18."""
    report_id = play.file(by=None)
    with transaction() as session:
        report = session.get_one(Report, report_id)
        report.recorder_agency_id = play.world.b
        rewrite(session, report)
    assert play.sees(report_id) == {"root": {"+unverified"}, "b": {"unverified"}}
