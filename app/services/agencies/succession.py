"""Another agency takes the place of one that is deactivated, merged or dissolved, report by report.

State and deadline stay: nobody waits longer because an office is gone. Each function works on reports in
batches under lock, so that it can stop, go on, and run beside the desk's work.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Actor
from app.access.scope import get_report, rewrite
from app.access.standing import chains, situation
from app.models import Agency, Disposition, Report, Request
from app.rules.reports import workflow
from app.rules.reports.codes import EventKind, RequestStatus, Upkeep, Visibility
from app.rules.reports.workflow import ENDED_STATES, Clock, Who
from app.services.reports import clocks
from app.services.reports.history import record
from app.services.reports.requests import decider
from app.services.reports.transition import end_request


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
        take_place(session, SYSTEM, report, agency_id, parent, Upkeep.DEACTIVATED, now)
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

    What its officers asked for is void. Where the successor gave the report on itself, it has it back.
    Returns the keys of up to `limit` reports; call again until it is empty.
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
            take_place(session, actor, report, agency_id, successor_id, Upkeep.DEACTIVATED, now)
            rewrite(session, report)
    return ids


def take_place(
    session: Session,
    actor: Actor,
    report: Report,
    gone: int,
    successor: int,
    why: Upkeep,
    now: datetime,
) -> None:
    """`successor` stands where `gone` stood in the chain of the locked `report`, which gets an event for it.

    A clock runs on. Open requests are for the delegator that there is then; what the successor would ask
    of itself is void. The caller writes the scope.
    """
    held = report.holder_id == gone
    was = clocks.going(session, report.id).clock if held else None
    before = {link.agency_id for link in chains(session, [report.id])[report.id]}
    _replace_link(session, actor, report, gone, successor, why, now)
    if held:
        for link in reversed(chains(session, [report.id])[report.id]):
            if link.agency_id == successor:
                break
            # Between the two the chain is cut, as when somebody takes a report back.
            _end_link(session, report, link.agency_id, successor, why, now)
        report.holder_id = successor
        if was is not None and was.kind is not Clock.VERIFICATION:
            clocks.pass_on(session, report, was, now)
    _record(session, actor, report, gone, successor, why, now, held=held)
    # The office that asked goes on where it is merged; where it is switched off, nobody asks any more.
    asks_on = why is not Upkeep.DEACTIVATED and not (held and successor in before)
    _settle_requests(session, actor, report, gone, successor, now, held=held, asks_on=asks_on)


def _record(
    session: Session,
    actor: Actor,
    report: Report,
    gone: int,
    successor: int,
    why: Upkeep,
    now: datetime,
    *,
    held: bool,
) -> None:
    """Of a delegator officers alone are told: for everybody else the report is where it was."""
    data = {"agency": successor, "holder": report.holder_id, "from": gone, "why": why.value}
    if actor.is_system:
        data["as"] = Who.SYSTEM.value
    kind = EventKind.REDIRECTED if held and why is Upkeep.DEACTIVATED else EventKind.REORGANISED
    visibility = Visibility.PUBLIC if held else Visibility.OFFICERS
    record(session, actor, report, kind, now, data=data, visibility=visibility)


def _settle_requests(
    session: Session,
    actor: Actor,
    report: Report,
    gone: int,
    successor: int,
    now: datetime,
    *,
    held: bool,
    asks_on: bool,
) -> None:
    chain = chains(session, [report.id])[report.id]
    here = situation(report, chain)
    asked = select(Request).where(Request.report_id == report.id, Request.status == RequestStatus.OPEN)
    for request in session.scalars(asked).all():
        # A merged office's requests may bear the successor's name already.
        own = request.asker_agency_id in ((gone,) if asks_on else (gone, successor))
        if (held and own and not asks_on) or not workflow.takes(request.action, here):
            end_request(session, actor, report, request, RequestStatus.VOID, now)
            continue
        request.decider_agency_id = decider(chain, request.action)
        if own and asks_on and request.asker_agency_id == gone:
            request.asker_agency_id = successor


def _end_link(
    session: Session, report: Report, agency_id: int, went_to: int, why: Upkeep, now: datetime
) -> Disposition:
    link = session.scalars(
        select(Disposition).where(
            Disposition.report_id == report.id,
            Disposition.agency_id == agency_id,
            Disposition.ended_at.is_(None),
        )
    ).one()
    link.ended_at, link.end_action, link.went_to_agency_id = now, why.value, went_to
    session.flush()
    return link


def _replace_link(
    session: Session,
    actor: Actor,
    report: Report,
    agency_id: int,
    successor_id: int,
    why: Upkeep,
    now: datetime,
) -> None:
    link = _end_link(session, report, agency_id, successor_id, why, now)
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
            by_user_id=actor.user_id,
        )
    )
    session.flush()
