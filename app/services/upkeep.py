"""Keeping derived rows true: scope rows, deadlines after a changed calendar, delegators that are gone.

Each function works through reports in batches under lock, so that it can stop, go on, and run beside
the desk's work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.access.agencies import within
from app.access.scope import expected, get_report, rewrite, stored
from app.access.standing import chains
from app.models import Agency, Disposition, Report, ReportClock, Request
from app.rules.labels import RequestStatus, Upkeep
from app.rules.workflow import Clock
from app.services import clocks
from app.services.requests import decider


@dataclass(frozen=True)
class Checked:
    """One batch: the last key looked at (None: there are no more), and the reports that differed."""

    last: int | None
    seen: int
    wrong: tuple[int, ...]


def check_scope(session: Session, after: int, *, repair: bool, limit: int = 500) -> Checked:
    """Compare report_scope with what it must be for up to `limit` reports after key `after`."""
    ids = list(session.scalars(select(Report.id).where(Report.id > after).order_by(Report.id).limit(limit)))
    wrong = _check(session, ids, repair=repair)
    return Checked(ids[-1] if ids else None, len(ids), wrong)


def sample(session: Session, number: int) -> list[int]:
    """Keys of up to `number` reports, evenly spread from the oldest to the newest."""
    first, last = session.execute(select(func.min(Report.id), func.max(Report.id))).one()
    if first is None or number < 1:
        return []
    wanted = {first + (last - first) * n // max(1, number - 1) for n in range(number)}
    nearest = (session.scalar(select(func.min(Report.id)).where(Report.id >= key)) for key in sorted(wanted))
    return sorted({key for key in nearest if key is not None})


def check_sample(session: Session, ids: Collection[int], *, repair: bool) -> Checked:
    """The same as check_scope() for these reports alone."""
    return Checked(None, len(ids), _check(session, ids, repair=repair))


def _check(session: Session, ids: Collection[int], *, repair: bool) -> tuple[int, ...]:
    wrong = []
    for report_id in ids:
        report = get_report(session, SYSTEM, report_id, lock=True)
        if rewrite(session, report) if repair else expected(session, report) != stored(session, report_id):
            wrong.append(report_id)
    return tuple(wrong)


def recompute_deadlines(
    session: Session, after: int, now: datetime, *, below: int | None = None, limit: int = 500
) -> Checked:
    """Compute the running clocks anew after days off changed, for `below` and its units or for all.

    What was decided stays decided; the keys returned are those of clocks.
    """
    query = (
        select(ReportClock.id, ReportClock.report_id)
        .where(ReportClock.outcome.is_(None), ReportClock.id > after)
        .order_by(ReportClock.id)
        .limit(limit)
    )
    if below is not None:
        query = query.where(within(below, ReportClock.agency_id))
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
    return Checked(rows[-1][0] if rows else None, len(rows), tuple(moved))


def replace_delegator(
    session: Session, agency_id: int, now: datetime, *, limit: int = 500
) -> Collection[int]:
    """A deactivated agency leaves the chains in which it gave a report on: its parent takes its place.

    Its open requests go to the new delegator. Reports that it holds itself are not touched: they are
    handed over by hand. Returns the keys of up to `limit` reports; call again until it is empty.
    """
    holds = select(Report.id).where(Report.holder_id == agency_id)
    ids = list(
        session.scalars(
            select(Disposition.report_id)
            .where(
                Disposition.agency_id == agency_id,
                Disposition.ended_at.is_(None),
                Disposition.report_id.not_in(holds),
            )
            .order_by(Disposition.report_id)
            .limit(limit)
        )
    )
    parent = session.scalars(select(Agency.parent_id).where(Agency.id == agency_id)).one()
    assert parent is not None, "the root is never deactivated"
    for report_id in ids:
        report = get_report(session, SYSTEM, report_id, lock=True)
        _replace_link(session, report, agency_id, parent, now)
        _hand_over_requests(session, report, agency_id)
        rewrite(session, report)
    return ids


def _replace_link(session: Session, report: Report, agency_id: int, parent: int, now: datetime) -> None:
    link = session.scalars(
        select(Disposition).where(
            Disposition.report_id == report.id,
            Disposition.agency_id == agency_id,
            Disposition.ended_at.is_(None),
        )
    ).one()
    link.ended_at, link.end_action, link.went_to_agency_id = now, Upkeep.DEACTIVATED.value, parent
    session.flush()
    chain = chains(session, [report.id])[report.id]
    if parent in {each.agency_id for each in chain}:
        return  # it stands in the chain already: the gap in the positions does no harm
    last = max(session.scalars(select(Disposition.seq).where(Disposition.report_id == report.id)))
    session.add(
        Disposition(
            report_id=report.id,
            seq=last + 1,
            position=link.position,
            agency_id=parent,
            from_agency_id=link.from_agency_id,
            at=now,
        )
    )
    session.flush()


def _hand_over_requests(session: Session, report: Report, agency_id: int) -> None:
    chain = chains(session, [report.id])[report.id]
    for request in session.scalars(
        select(Request).where(
            Request.report_id == report.id,
            Request.status == RequestStatus.OPEN,
            Request.decider_agency_id == agency_id,
        )
    ):
        request.decider_agency_id = decider(chain, request.action)
