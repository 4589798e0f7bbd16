"""Clocks that run out: the system makes the move that the workflow table names.

Scan-based and safe to run twice or side by side: each report is locked and looked at again. A batch moves
together; where that fails, each of its reports moves in a savepoint of its own, and one that fails again is
logged by its number and passed over (manual 3.4; case B2).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.models import Report
from app.rules.errors import LaporError
from app.rules.labels import N_
from app.rules.reports.workflow import LIMITS, Action, Clock
from app.services.reports.payloads import archiving
from app.services.reports.transition import Carried, Step, apply_all

log = logging.getLogger(__name__)

EXPIRING: tuple[Clock, ...] = tuple(clock for clock, limit in LIMITS.items() if limit.expires_into)
EXPIRED_REASON = "expired"
EXPIRED_NOTE = N_("Pelapor tidak melengkapi laporan dalam waktu yang ditentukan.")


@dataclass(frozen=True)
class Swept:
    """One batch: keys of the reports that moved, and of those that failed and are to be passed over."""

    moved: tuple[int, ...]
    failed: tuple[int, ...]


def expire_batch(
    session: Session, now: datetime, *, limit: int = 100, passing: Collection[int] = ()
) -> Swept:
    """Make the due moves of up to `limit` reports whose clock has run out at `now` (aware).

    `passing`: keys to leave alone, those that failed before in this run. Other workers' locked rows
    are skipped on PostgreSQL; SQLite has one writer at a time.
    """
    due = (
        select(Report)
        .where(Report.clock_kind.in_(EXPIRING), Report.clock_due_at <= now)
        .order_by(Report.clock_due_at, Report.id)
        .limit(limit)
        .with_for_update(of=Report, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if passing:
        due = due.where(Report.id.not_in(passing))
    reports = {report.id: report for report in session.scalars(due)}
    if len(reports) > 1:
        try:
            with session.begin_nested():
                _expire(session, list(reports.values()), now)
            return Swept(tuple(reports), ())
        except Exception as error:  # noqa: BLE001 - which report it is, and why, is found one by one
            log.warning("%s reports move one by one: %s", len(reports), type(error).__name__)
    moved, failed = [], []
    for report_id, report in reports.items():
        try:
            with session.begin_nested():
                _expire(session, [report], now)
            moved.append(report_id)
        except Exception as error:
            # The number and the kind of error: a message could carry what a person wrote.
            log.exception(
                "report #%s: its clock could not expire: %s",
                report_id,
                type(error).__name__,
                exc_info=not isinstance(error, LaporError),
            )
            failed.append(report_id)
    return Swept(tuple(moved), tuple(failed))


def _expire(session: Session, reports: Sequence[Report], now: datetime) -> None:
    # None of these moves reads what another one writes: all is written at the end, table by table.
    with session.no_autoflush:
        apply_all(session, SYSTEM, [_step(report) for report in reports], now)


def _step(report: Report) -> Step:
    assert report.clock_kind is not None
    action = LIMITS[report.clock_kind].expires_into
    assert action is not None
    carried = archiving(EXPIRED_REASON, EXPIRED_NOTE) if action is Action.ARCHIVE else Carried()
    return Step(report, action, carried)
