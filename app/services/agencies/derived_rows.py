"""Keeping derived rows true: scope rows, and deadlines after a changed calendar.

Each function works through reports in batches under lock, so that it can stop, go on, and run beside
the desk's work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.access.scope import expected, get_report, rewrite, stored
from app.access.tree import within
from app.models import Report, ReportClock
from app.rules.reports.workflow import Clock
from app.services.reports import clocks

EAST = timedelta(hours=9)  # a day begins in WIT so long before it does in UTC
DAY = timedelta(days=1)


@dataclass(frozen=True)
class CheckedBatch:
    """One batch: the last key looked at (None: there are no more), and the reports that differed."""

    last: int | None
    seen: int
    wrong: tuple[int, ...]


def check_scope(session: Session, after: int, *, repair: bool, limit: int = 500) -> CheckedBatch:
    """Compare report_scope with what it must be for up to `limit` reports after key `after`."""
    ids = list(session.scalars(select(Report.id).where(Report.id > after).order_by(Report.id).limit(limit)))
    wrong = _check(session, ids, repair=repair)
    return CheckedBatch(ids[-1] if ids else None, len(ids), wrong)


def sample(session: Session, number: int) -> list[int]:
    """Keys of up to `number` reports, evenly spread from the oldest to the newest."""
    first, last = session.execute(select(func.min(Report.id), func.max(Report.id))).one()
    if first is None or number < 1:
        return []
    wanted = {first + (last - first) * n // max(1, number - 1) for n in range(number)}
    nearest = (session.scalar(select(func.min(Report.id)).where(Report.id >= key)) for key in sorted(wanted))
    return sorted({key for key in nearest if key is not None})


def check_sample(session: Session, ids: Collection[int], *, repair: bool) -> CheckedBatch:
    """The same as check_scope() for these reports alone."""
    return CheckedBatch(None, len(ids), _check(session, ids, repair=repair))


def _check(session: Session, ids: Collection[int], *, repair: bool) -> tuple[int, ...]:
    wrong = []
    for report_id in ids:
        report = get_report(session, SYSTEM, report_id, lock=True)
        if rewrite(session, report) if repair else expected(session, report) != stored(session, report_id):
            wrong.append(report_id)
    return tuple(wrong)


@dataclass(frozen=True)
class Affected:
    """Which running clocks a change of the calendar can move.

    below: those of this agency and its units, None for all. agency: this one's alone. since: those that
    end on this day or later. until: those that began before the end of this day, None for all.
    """

    below: int | None = None
    agency: int | None = None
    since: date | None = None
    until: date | None = None

    def criteria(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [ReportClock.outcome.is_(None)]
        if self.agency is not None:
            found.append(ReportClock.agency_id == self.agency)
        if self.below is not None:
            found.append(within(self.below, ReportClock.agency_id))
        # The day in whatever zone: a clock too many is computed to what it was.
        if self.since is not None:
            found.append(ReportClock.due_at >= datetime.combine(self.since, time(), UTC) - EAST)
        if self.until is not None:
            found.append(ReportClock.started_at < datetime.combine(self.until, time(), UTC) + DAY)
        return found


EVERY = Affected()


def recompute_deadlines(
    session: Session, after: int, now: datetime, affected: Affected = EVERY, *, limit: int = 500
) -> CheckedBatch:
    """Compute up to `limit` running clocks with keys after `after` anew, when days off or zones changed.

    What was decided stays decided; the keys returned are those of clocks.
    """
    query = (
        select(ReportClock.id, ReportClock.report_id)
        .where(ReportClock.id > after, *affected.criteria())
        .order_by(ReportClock.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    moved = []
    for clock_id, report_id in rows:
        report = get_report(session, SYSTEM, report_id, lock=True)
        clock = session.get_one(ReportClock, clock_id, populate_existing=True)
        if clocks.recompute(session, clock, now):
            moved.append(clock_id)
            if clock.kind is not Clock.TARGET and report.clock_kind is clock.kind:
                report.clock_due_at = clock.due_at
                rewrite(session, report)
    return CheckedBatch(rows[-1][0] if rows else None, len(rows), tuple(moved))
