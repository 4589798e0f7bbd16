"""Keeping derived rows true: scope rows, deadlines after a changed calendar, delegators that are gone.

Each function works through reports in batches under lock, so that it can stop, go on, and run beside
the desk's work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Actor
from app.access.agencies import within
from app.access.scope import expected, get_report, rewrite, stored
from app.access.standing import chains
from app.models import Agency, Disposition, Report, ReportClock, Request
from app.rules.labels import EventKind, RequestStatus, Upkeep
from app.rules.workflow import ENDED_STATES, Clock
from app.services import clocks, stale_figures
from app.services.history import record
from app.services.requests import decider
from app.services.transition import end_request

EAST = timedelta(hours=9)  # a day begins in WIT so long before it does in UTC
DAY = timedelta(days=1)


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
) -> Checked:
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
        stale_figures.mark(session, report.received_at)
        rewrite(session, report)
    return ids


def replace_holder(
    session: Session,
    actor: Actor,
    agency_id: int,
    successor_id: int,
    now: datetime,
    *,
    limit: int = 100,
) -> Collection[int]:
    """`successor_id` takes the place of `agency_id` with the open reports that it holds.

    State and deadline stay: the reporter waits no longer because an office is dissolved. What its
    officers asked for is void. Where the successor gave the report on itself, it has it back. Returns
    the keys of up to `limit` reports; call again until it is empty.
    """
    ids = list(
        session.scalars(
            select(Report.id)
            .where(Report.holder_id == agency_id, Report.state.not_in(ENDED_STATES))
            .order_by(Report.id)
            .limit(limit)
        )
    )
    for report_id in ids:
        report = get_report(session, SYSTEM, report_id, lock=True)
        if report.holder_id == agency_id and report.state not in ENDED_STATES:
            _pass_to(session, actor, report, successor_id, now)
    return ids


def _pass_to(session: Session, actor: Actor, report: Report, successor_id: int, now: datetime) -> None:
    was = clocks.running(session, report.id)
    gone = report.holder_id
    _replace_link(session, report, gone, successor_id, now, by=actor.user_id)
    for link in reversed(chains(session, [report.id])[report.id]):
        if link.agency_id == successor_id:
            break
        # Between the two the chain is cut, as when somebody takes a report back.
        _end_link(session, report, link.agency_id, successor_id, now)
    report.holder_id = successor_id
    if was is not None and was.kind is not Clock.VERIFICATION:
        clocks.pass_on(session, report, was, now)
    record(
        session,
        actor,
        report,
        EventKind.REDIRECTED,
        now,
        data={"agency": successor_id, "holder": successor_id, "from": gone, "why": Upkeep.DEACTIVATED.value},
    )
    for request in _open_requests(session, report):
        if request.asker_agency_id == gone:
            end_request(session, actor, report, request, RequestStatus.VOID, now)
        else:
            request.decider_agency_id = decider(chains(session, [report.id])[report.id], request.action)
    rewrite(session, report)


def _end_link(session: Session, report: Report, agency_id: int, went_to: int, now: datetime) -> Disposition:
    link = session.scalars(
        select(Disposition).where(
            Disposition.report_id == report.id,
            Disposition.agency_id == agency_id,
            Disposition.ended_at.is_(None),
        )
    ).one()
    link.ended_at, link.end_action, link.went_to_agency_id = now, Upkeep.DEACTIVATED.value, went_to
    session.flush()
    return link


def _replace_link(
    session: Session,
    report: Report,
    agency_id: int,
    successor_id: int,
    now: datetime,
    *,
    by: int | None = None,
) -> None:
    link = _end_link(session, report, agency_id, successor_id, now)
    chain = chains(session, [report.id])[report.id]
    if successor_id in {each.agency_id for each in chain}:
        return  # it stands in the chain already: the gap in the positions does no harm
    last = max(session.scalars(select(Disposition.seq).where(Disposition.report_id == report.id)))
    session.add(
        Disposition(
            report_id=report.id,
            seq=last + 1,
            position=link.position,
            agency_id=successor_id,
            from_agency_id=link.from_agency_id,
            at=now,
            by_user_id=by,
        )
    )
    session.flush()


def _open_requests(session: Session, report: Report) -> list[Request]:
    return list(
        session.scalars(
            select(Request).where(Request.report_id == report.id, Request.status == RequestStatus.OPEN)
        )
    )


def _hand_over_requests(session: Session, report: Report, agency_id: int) -> None:
    chain = chains(session, [report.id])[report.id]
    for request in _open_requests(session, report):
        if request.decider_agency_id == agency_id:
            request.decider_agency_id = decider(chain, request.action)
