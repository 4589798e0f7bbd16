"""More time for a first follow-up: asked for by the holder, granted by the delegator."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.access.inbox import notifications as bell
from app.extensions import transaction
from app.jobs.reminding import remind
from app.models import Event, Report, ReportClock
from app.rules.errors import AlreadyDone, Forbidden, Invalid, NotFound, NotFromHere
from app.rules.reports.codes import ClockOutcome, EventKind, RequestStatus, Visibility
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.reports.workflow import Action, Clock, State
from tests.support.play import Play
from tests.support.world import WIB


def owed(play: Play) -> int:
    """On Monday the 8th with A1, which has to follow it up until Monday the 15th."""
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    return report_id


def last_day(play: Play, report_id: int) -> date:
    due = play.report(report_id).clock_due_at
    assert due is not None
    return (due.astimezone(WIB) - datetime.resolution).date()


def clock_of(report_id: int, kind: Clock = Clock.FOLLOW_UP) -> ReportClock:
    with transaction() as session:
        query = select(ReportClock).where(ReportClock.report_id == report_id, ReportClock.kind == kind)
        clock = session.scalars(query.order_by(ReportClock.id.desc())).first()
        assert clock is not None
        session.expunge(clock)
        return clock


def told(play: Play, name: str) -> list[NoticeKind]:
    with play.by(name) as (session, actor):
        return [item.notification.kind for item in bell.newest(session, actor, limit=100)]


def test_an_accepted_request_moves_the_deadline_by_working_days(play: Play) -> None:
    report_id = owed(play)
    assert last_day(play, report_id) == date(2026, 6, 15)
    request = play.ask(report_id, by="a1", action=Action.EXTEND, days=3)
    assert last_day(play, report_id) == date(2026, 6, 15), "asking alone moves nothing"
    assert play.sees(report_id)["a"] == {"waiting", "+requests"}
    play.accept(request, by="a")

    # Tuesday the 16th is a holiday: the 17th, the 18th and the 19th.
    assert last_day(play, report_id) == date(2026, 6, 19)
    report, kept = play.report(report_id), play.request(request)
    assert (report.state, report.held, report.clock_kind) == (State.WAITING, False, Clock.FOLLOW_UP)
    assert (kept.status, kept.carried) == (RequestStatus.ACCEPTED, {"days": 3})
    with transaction() as session:
        query = select(Event).where(Event.report_id == report_id, Event.kind == EventKind.EXTENDED)
        event = session.scalars(query).one()
        assert event.data["days"] == 3
        assert event.visibility is Visibility.REPORTER
    assert NoticeKind.DECIDED in told(play, "a1")
    assert NoticeKind.EXTENSION not in told(play, "a1"), "the decision tells who asked"


def test_a_delegator_grants_it_unasked_and_an_open_request_is_answered_by_it(play: Play) -> None:
    report_id = owed(play)
    request = play.ask(report_id, by="a1", action=Action.EXTEND, days=2)
    play.decide(report_id, by="a", action=Action.EXTEND, days=1)
    assert last_day(play, report_id) == date(2026, 6, 17)
    assert play.request(request).status is RequestStatus.ACCEPTED
    play.decide(report_id, by="a", action=Action.EXTEND, days=10)
    assert last_day(play, report_id) == date(2026, 7, 1), "once more, from the deadline of then"
    assert NoticeKind.EXTENSION in told(play, "a1")


@pytest.mark.parametrize("days", [None, 0, -1, 11, 10**12])
def test_nothing_but_one_to_ten_days(play: Play, days: int | None) -> None:
    report_id = owed(play)
    with pytest.raises(Invalid) as refused:
        play.ask(report_id, by="a1", action=Action.EXTEND, days=days)
    assert set(refused.value.errors) == {"days"}
    with pytest.raises(Invalid):
        play.decide(report_id, by="a", action=Action.EXTEND, days=days)
    assert last_day(play, report_id) == date(2026, 6, 15)


def test_who_may_ask_and_who_decides(play: Play) -> None:
    report_id = owed(play)
    for stranger in ("pusat", "b", "warga"):
        with pytest.raises((Forbidden, NotFound)):
            play.ask(report_id, by=stranger, action=Action.EXTEND)
    with pytest.raises(Forbidden):
        play.ask(report_id, by="a", action=Action.EXTEND)  # makes it itself
    with pytest.raises(Forbidden):
        play.decide(report_id, by="a1", action=Action.EXTEND)
    request = play.ask(report_id, by="a1", action=Action.EXTEND)
    with pytest.raises(AlreadyDone):
        play.ask(report_id, by="a1", action=Action.EXTEND)
    for other in ("a1", "pusat"):
        with pytest.raises(Forbidden):
            play.accept(request, by=other)
    play.reject(request, by="a")
    assert last_day(play, report_id) == date(2026, 6, 15)


def test_only_while_a_first_follow_up_is_owed_below_the_root(play: Play) -> None:
    answered, held_by_root = owed(play), play.verified("root")
    play.follow_up(answered, by="a1")
    for report_id, by in ((answered, "a1"), (answered, "a"), (held_by_root, "pusat")):
        with pytest.raises(NotFromHere):
            play.decide(report_id, by=by, action=Action.EXTEND)
    play.decide(answered, by="a", action=Action.CLOSE)
    play.decide(answered, by="a", action=Action.REOPEN)
    before = last_day(play, answered)
    play.accept(play.ask(answered, by="a1", action=Action.EXTEND, days=1), by="a")
    assert last_day(play, answered) > before, "a reopened report owes one again"
    play.decide(answered, by="a", action=Action.HOLD)
    with pytest.raises(NotFromHere):
        play.ask(answered, by="a1", action=Action.EXTEND)


@pytest.mark.parametrize("how", ["follow_up", "redirect", "forward", "close_own"])
def test_a_request_is_void_once_nothing_is_owed_or_the_report_goes_on(play: Play, how: str) -> None:
    report_id = play.verified("a")
    request = play.ask(report_id, by="a", action=Action.EXTEND)
    {
        "follow_up": lambda: play.follow_up(report_id, by="a"),
        "redirect": lambda: play.redirect(report_id, "pusat", "b"),
        "forward": lambda: play.forward(report_id, by="a", to="a1"),
        "close_own": lambda: play.close_own(report_id),
    }[how]()
    assert play.request(request).status is RequestStatus.VOID


def test_the_extension_goes_along_with_the_report_and_a_new_holder_starts_anew(play: Play) -> None:
    report_id = play.verified("a")
    play.decide(report_id, by="pusat", action=Action.EXTEND, days=2)
    assert last_day(play, report_id) == date(2026, 6, 18)
    play.forward(report_id, by="a", to="a1")
    assert (last_day(play, report_id), clock_of(report_id).days) == (date(2026, 6, 18), 7)
    play.redirect(report_id, "a", "a2")
    assert (last_day(play, report_id), clock_of(report_id).days) == (date(2026, 6, 15), 5)


def test_a_follow_up_by_the_later_day_is_in_time(play: Play) -> None:
    report_id = owed(play)
    play.accept(play.ask(report_id, by="a1", action=Action.EXTEND, days=3), by="a")
    play.now = play.now.replace(day=19)
    play.follow_up(report_id, by="a1")
    clock = clock_of(report_id)
    assert clock.outcome is ClockOutcome.MET
    assert clock.met_at is not None
    assert clock.met_at < clock.due_at


def test_it_may_be_granted_after_the_deadline(play: Play) -> None:
    report_id = owed(play)
    play.now = play.now.replace(day=17)
    play.accept(play.ask(report_id, by="a1", action=Action.EXTEND, days=3), by="a")
    assert last_day(play, report_id) == date(2026, 6, 19)


def test_what_reminded_of_the_old_deadline_is_taken_back_and_the_new_one_is_told(play: Play) -> None:
    report_id = owed(play)
    play.now = play.now.replace(day=12)
    remind(play.now)
    assert NoticeKind.DEADLINE_NEAR in told(play, "a1")
    play.decide(report_id, by="a", action=Action.EXTEND, days=3)
    assert NoticeKind.DEADLINE_NEAR not in told(play, "a1")
    play.now = play.now.replace(day=18)
    remind(play.now)
    assert NoticeKind.DEADLINE_NEAR in told(play, "a1")


def test_the_target_of_the_case_does_not_move(play: Play) -> None:
    report_id = owed(play)
    with transaction() as session:
        targets = select(ReportClock.due_at).where(
            ReportClock.report_id == report_id, ReportClock.kind == Clock.TARGET
        )
        before = session.scalars(targets).all()
    play.decide(report_id, by="a", action=Action.EXTEND, days=5)
    with transaction() as session:
        assert session.scalars(targets).all() == before
        assert session.get_one(Report, report_id).clock_due_at == clock_of(report_id).due_at
    assert play.now.astimezone(UTC) < clock_of(report_id).due_at
