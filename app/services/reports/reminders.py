"""Reminders of deadlines: told within working hours of the agency's own zone, never on its days off.

A clock is told of twice at most: on the last working day before its last day, or later on if that was
missed, and on the first working day after it ran out (cases A4, A7). Nothing on the day on which the
agency got the report (case A14). Each report is locked and looked at again before anybody is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.access.inbox import notifications as bell
from app.access.scope import get_report
from app.models import Disposition, Report, ReportClock, Request
from app.rules.inbox.notifications import NOTICES
from app.rules.reports.codes import RequestStatus
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.reports.workdays import DAY, SEARCH_DAYS, Calendar, at_work, in_working_hours
from app.rules.reports.workflow import Clock
from app.rules.zones import Zone
from app.services.calendars import calendars_of
from app.services.inbox.bell import tell
from app.services.reports.clocks import MISSED_TOLD, NEAR_TOLD, UNTOLD

WATCHED = (Clock.FOLLOW_UP, Clock.VERIFICATION, Clock.AUTO_CLOSE)
# A working day lies at most so far before a deadline: the long leave at Idulfitri is shorter.
AHEAD = timedelta(days=14)
# What ran out longer ago is no news: nobody is flooded when the job runs for the first time.
BEHIND = timedelta(days=7)


@dataclass(frozen=True)
class Batch:
    """last: where the next batch goes on (None: there is none). told: how many people were."""

    last: tuple[datetime, int] | None
    told: int


def somebody_is_at_work(now: datetime) -> bool:
    """Whether it is a working hour anywhere in Indonesia: else there is nothing to look at."""
    return any(in_working_hours(ZoneInfo(zone.value), now) for zone in Zone)


def remind_day(last_day: date, calendar: Calendar) -> date:
    """The working day before `last_day`."""
    day = last_day - DAY
    for _ in range(SEARCH_DAYS):
        if calendar.is_working(day):
            break
        day -= DAY
    return day


def due_kind(clock: ReportClock, calendar: Calendar, now: datetime) -> NoticeKind | None:
    """What the clock's agency is to be reminded of at `now`, if anything, whatever the hour is."""
    if now >= clock.due_at:
        missed = clock.kind is not Clock.AUTO_CLOSE and clock.reminded < MISSED_TOLD
        return NoticeKind.DEADLINE_MISSED if missed else None
    last_day = calendar.local_date(clock.due_at - timedelta(microseconds=1))
    if clock.reminded > UNTOLD or calendar.local_date(now) < remind_day(last_day, calendar):
        return None
    return NoticeKind.CLOSES_TOMORROW if clock.kind is Clock.AUTO_CLOSE else NoticeKind.DEADLINE_NEAR


def remind_batch(
    session: Session, now: datetime, after: tuple[datetime, int] | None = None, *, limit: int = 500
) -> Batch:
    """Look at up to `limit` running clocks in the order of their deadlines, and remind of those that are due."""
    query = (
        select(ReportClock)
        .where(
            ReportClock.outcome.is_(None),
            ReportClock.kind.in_(WATCHED),
            ReportClock.due_at > now - BEHIND,
            ReportClock.due_at <= now + AHEAD,
            ReportClock.reminded < MISSED_TOLD,
        )
        .order_by(ReportClock.due_at, ReportClock.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(ReportClock.due_at, ReportClock.id) > after)
    found = session.scalars(query).all()
    calendars = calendars_of(session, {clock.agency_id for clock in found})
    told = 0
    for clock in found:
        calendar = calendars[clock.agency_id]
        if at_work(calendar, now) and due_kind(clock, calendar, now) is not None:
            told += _remind(session, clock.id, clock.report_id, calendar, now)
    last = (found[-1].due_at, found[-1].id) if len(found) == limit else None
    return Batch(last, told)


def _remind(session: Session, clock_id: int, report_id: int, calendar: Calendar, now: datetime) -> int:
    report = get_report(session, SYSTEM, report_id, lock=True)
    clock = session.get_one(ReportClock, clock_id, populate_existing=True)
    kind = due_kind(clock, calendar, now)
    # A clock that stands still is not the one that the report shows.
    if kind is None or clock.outcome is not None or report.clock_kind is not clock.kind:
        return 0
    if _came_today(session, report, calendar, now):
        return 0
    clock.reminded = MISSED_TOLD if kind is NoticeKind.DEADLINE_MISSED else NEAR_TOLD
    told = 0
    for agency_id in _whom(session, report, kind):
        people = bell.officers(session, agency_id, besides=None, group=NOTICES[kind].group, report=report)
        occurrence = f"clock:{clock.id}:{clock.due_at.isoformat()}"
        told += tell(session, kind, occurrence, people, now, report_id=report.id, clock_id=clock.id)
    return told


def _came_today(session: Session, report: Report, calendar: Calendar, now: datetime) -> bool:
    came = session.scalar(
        select(Disposition.at).where(
            Disposition.report_id == report.id,
            Disposition.agency_id == report.holder_id,
            Disposition.ended_at.is_(None),
        )
    )
    return came is not None and calendar.local_date(came) == calendar.local_date(now)


def _whom(session: Session, report: Report, kind: NoticeKind) -> Collection[int]:
    """The holder; before an automatic closing also who has not decided yet on a request for it."""
    if kind is not NoticeKind.CLOSES_TOMORROW:
        return (report.holder_id,)
    deciders = session.scalars(
        select(Request.decider_agency_id).where(
            Request.report_id == report.id, Request.status == RequestStatus.OPEN
        )
    )
    return dict.fromkeys((report.holder_id, *deciders))
