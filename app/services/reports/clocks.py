"""The clocks of a report: started, paused, met and ended with the moves that the workflow names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CompletionTarget, Report, ReportClock
from app.rules.reports.codes import ClockOutcome
from app.rules.reports.workdays import Pause, deadline
from app.rules.reports.workflow import LIMITS, MET_BY, Action, Clock, Keep
from app.services.calendars import calendar_of

UNTOLD, NEAR_TOLD, MISSED_TOLD = range(3)  # how far a clock's agency was reminded, ReportClock.reminded


class Going(NamedTuple):
    """A report's clocks that run or stand still: the one of its state, and the target of the whole case."""

    clock: ReportClock | None = None
    target: ReportClock | None = None


NOTHING = Going()


def going(session: Session, report_id: int) -> Going:
    return going_of(session, [report_id])[report_id]


def going_of(session: Session, report_ids: Collection[int]) -> Mapping[int, Going]:
    """The same for many, by their keys, in one query."""
    found = dict.fromkeys(report_ids, NOTHING)
    query = select(ReportClock).where(ReportClock.report_id.in_(report_ids), ReportClock.outcome.is_(None))
    for each in session.scalars(query):
        before = found[each.report_id]
        is_target = each.kind is Clock.TARGET
        found[each.report_id] = before._replace(target=each) if is_target else before._replace(clock=each)
    return found


def pauses_of(clock: ReportClock) -> list[Pause]:
    return [
        Pause(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
        for since, until in clock.pauses
    ]


def _due(session: Session, clock: ReportClock, now: datetime) -> datetime:
    """When `clock` runs out, by its calendar and its pauses up to `now`."""
    calendar = calendar_of(session, clock.agency_id)
    kind = LIMITS[clock.kind].kind
    return deadline(clock.started_at, clock.days, kind, calendar, pauses_of(clock), now).due_at


def _start(
    session: Session, report: Report, kind: Clock, agency_id: int, days: int, started_at: datetime
) -> ReportClock:
    due = deadline(started_at, days, LIMITS[kind].kind, calendar_of(session, agency_id))
    clock = ReportClock(
        report_id=report.id,
        kind=kind,
        agency_id=agency_id,
        started_at=started_at,
        days=days,
        due_at=due.due_at,
        pauses=[],
    )
    session.add(clock)
    return clock


def start(session: Session, report: Report, kind: Clock, now: datetime) -> None:
    """Start the clock of the state in which a report arrives, which no move brought about."""
    days = LIMITS[kind].days
    assert days is not None, "completion targets are started by their own rule"
    clock = _start(session, report, kind, report.holder_id, days, now)
    report.clock_kind, report.clock_due_at = clock.kind, clock.due_at


def start_target(session: Session, report: Report, now: datetime) -> None:
    """Start the clock of the whole case, where its classification has a target."""
    days = _target_days(session, report, calendar_of(session, report.holder_id).local_date(now))
    if days is not None:
        _start(session, report, Clock.TARGET, report.holder_id, days, now)


def _end(clock: ReportClock, action: Action, now: datetime) -> None:
    if action in MET_BY[clock.kind]:
        clock.outcome, clock.met_at = ClockOutcome.MET, now
    elif action is LIMITS[clock.kind].expires_into and now >= clock.due_at:
        clock.outcome = ClockOutcome.EXPIRED
    else:
        clock.outcome = ClockOutcome.STOPPED
    clock.ended_at = now


def _is_paused(clock: ReportClock) -> bool:
    return bool(clock.pauses) and clock.pauses[-1][1] is None


def _pause(clock: ReportClock, now: datetime) -> None:
    clock.pauses = [*clock.pauses, [now.isoformat(), None]]


def _resume(session: Session, clock: ReportClock, now: datetime) -> None:
    """Let a paused clock go on; its deadline moves by the days that the pauses took."""
    clock.pauses = [[since, until or now.isoformat()] for since, until in clock.pauses]
    clock.due_at = _due(session, clock, now)
    clock.reminded = UNTOLD


def move(
    session: Session,
    report: Report,
    action: Action,
    what: Clock | Keep,
    now: datetime,
    *,
    before: Going = NOTHING,
    days: int = 0,
) -> None:
    """Do to the report's clocks what the workflow table says for `action`, and cache the running one.

    `before`: those that it had before the move; the report's holder is already the new one. `days`: by
    which a clock that the move lengthens is longer.
    """
    was = before.clock
    shown: ReportClock | None = None
    # The state has changed already; the clock cached for the old one goes first, since the database
    # would refuse the two together.
    report.clock_kind = report.clock_due_at = None
    if isinstance(what, Clock):
        if was is not None:
            _end(was, action, now)
            session.flush()  # one running clock at a time is a promise of the database
        limit = LIMITS[what].days
        assert limit is not None, "completion targets are started by their own rule"
        shown = _start(session, report, what, report.holder_id, limit, now)
    elif was is not None and what is Keep.STANDS_STILL:
        _pause(was, now)
    elif was is not None and what is Keep.GOES_ON:
        _resume(session, was, now)
        shown = was
    elif was is not None and what is Keep.LENGTHENS:
        was.days += days
        was.due_at = _due(session, was, now)
        was.reminded = UNTOLD
        shown = was
    elif was is not None and what is Keep.STOPS:
        _end(was, action, now)
    elif was is not None and was.agency_id != report.holder_id and was.kind is not Clock.VERIFICATION:
        shown = pass_on(session, report, was, now)
    elif was is not None and not _is_paused(was):
        shown = was
    report.clock_kind = shown.kind if shown else None
    report.clock_due_at = shown.due_at if shown else None
    _move_target(session, report, action, now, before.target)


def pass_on(session: Session, report: Report, was: ReportClock, now: datetime) -> ReportClock:
    """A clock runs on, or goes on standing still, with the next holder: one row per holder and kind."""
    was.outcome, was.ended_at = ClockOutcome.PASSED_ON, now
    session.flush()
    passed = _start(session, report, was.kind, report.holder_id, was.days, was.started_at)
    passed.due_at, passed.pauses = was.due_at, list(was.pauses)
    return passed


def _target_days(session: Session, report: Report, verified_on: date) -> int | None:
    """Working days that the report's classification had on the day of its verification."""
    return session.scalar(
        select(CompletionTarget.working_days)
        .where(
            CompletionTarget.classification == report.classification,
            CompletionTarget.valid_from <= verified_on,
        )
        .order_by(CompletionTarget.valid_from.desc())
        .limit(1)
    )


def _move_target(
    session: Session, report: Report, action: Action, now: datetime, target: ReportClock | None
) -> None:
    """The clock of the whole case: from verification to the end, standing still while held (case A5)."""
    if action is Action.VERIFY and target is None:
        start_target(session, report, now)
        return
    if target is None:
        return
    if report.held and not _is_paused(target):
        _pause(target, now)
    elif not report.held and _is_paused(target):
        _resume(session, target, now)
    if report.ended_at is not None:
        _end(target, action, now)


def retarget(session: Session, report: Report, now: datetime) -> None:
    """The classification was corrected: the target of the new one, from the same start (case R3)."""
    target = going(session, report.id).target
    if target is None:
        return
    calendar = calendar_of(session, target.agency_id)
    days = _target_days(session, report, calendar.local_date(target.started_at))
    if days is not None:
        target.days = days
        target.due_at = _due(session, target, now)


def recompute(session: Session, clock: ReportClock, now: datetime) -> bool:
    """Compute a running clock's deadline anew, after its calendar changed; True if it moved.

    A clock with an outcome is left alone: what was decided stays decided. The report is locked.
    """
    if clock.outcome is not None:
        return False
    due = _due(session, clock, now)
    moved = due != clock.due_at
    clock.due_at = due
    if moved:
        clock.reminded = UNTOLD
    return moved
