"""Permintaan: asking for a move that another has to make, and deciding on it (manual 6.5 to 6.7).

A request names a move of the workflow table; accepting it makes that move in the same transaction.
At most one open request of a kind per report; a decided one cannot be decided again (case D1).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reports.requests import RequestFacts
from app.access.scope import get_report, rewrite
from app.access.standing import Chain, Standing, chains, deed_of, situation, standing
from app.models import Report, Request
from app.rules import text
from app.rules.errors import AlreadyDone, Forbidden, NotFound, NotFromHere
from app.rules.labels import N_
from app.rules.reports import workflow
from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest
from app.rules.reports.codes import EventKind, RequestStatus, Visibility
from app.rules.reports.workflow import Action, Carry, Verdict, Who
from app.services import idempotency
from app.services.reports.history import record
from app.services.reports.locked_report import Form, begin
from app.services.reports.payloads import checked, keep, kept, requested
from app.services.reports.transition import Applied, apply, end_request

STILL_OPEN = N_("Permintaan yang sama masih menunggu keputusan.")
MAKE_IT_YOURSELF = N_("Anda dapat langsung melakukan tindakan ini; tidak perlu mengajukan permintaan.")


def ask(
    session: Session,
    actor: Actor,
    form: Form,
    action: Action,
    now: datetime,
    *,
    reason: str = "",
    values: Mapping[Carry, int | None] | None = None,
) -> Request | None:
    """Ask for `action`, with a reason and with `values` of what else this kind of request carries.

    Raises Forbidden for who may not ask (or need not), NotFromHere when nobody may make the move from
    here, AlreadyDone while the same request is open. None for a second click.
    """
    report, fresh = begin(session, actor, form, f"ask:{action.value}", now)
    if not fresh:
        return None
    return open_request(session, actor, report, action, now, reason=reason, values=values)


def open_request(
    session: Session,
    actor: Actor,
    report: Report,
    action: Action,
    now: datetime,
    *,
    reason: str = "",
    values: Mapping[Carry, int | None] | None = None,
) -> Request:
    """Write the request down on a report that is locked already; see ask()."""
    chain = chains(session, [report.id])[report.id]
    mine = standing(actor, report, chain)
    verdict = workflow.check(action, situation(report, chain), mine.whos)
    if verdict is Verdict.NOT_FROM_HERE:
        raise NotFromHere
    if verdict is not Verdict.ASK:
        raise Forbidden(MAKE_IT_YOURSELF if verdict is Verdict.ALLOWED else None)
    if find_open(session, report.id, action) is not None:
        raise AlreadyDone(STILL_OPEN)
    cleaned, carried = checked(session, action, reason, values or {})
    request = Request(
        report_id=report.id,
        action=action,
        status=RequestStatus.OPEN,
        asker_agency_id=deed_of(actor, report),
        asker_user_id=actor.user_id,
        on_behalf_of_id=mine.on_behalf_of(actor, Who.HOLDER),
        decider_agency_id=decider(chain, action),
        reason=cleaned,
        asked_at=now,
    )
    keep(request, carried)
    session.add(request)
    session.flush()
    record(
        session,
        actor,
        report,
        EventKind.REQUESTED,
        now,
        visibility=Visibility.REPORTER if request.asker_agency_id is None else Visibility.OFFICERS,
        data={
            "request": request.id,
            "action": action.value,
            **{each.key: carried[each.carry] for each in DEFINITIONS[action].fields},
        },
        texts={"reason": cleaned},
        on_behalf_of=request.on_behalf_of_id,
    )
    rewrite(session, report)
    return request


def find_open(session: Session, report_id: int, action: Action) -> Request | None:
    return session.scalar(
        select(Request).where(
            Request.report_id == report_id,
            Request.action == action,
            Request.status == RequestStatus.OPEN,
        )
    )


def decider(chain: Chain, action: Action) -> int:
    """The agency that decides: the delegator, but the root where only its officers make the move."""
    if Who.DELEGATOR not in workflow.BY_ACTION[action].makers:
        return chain[0].agency_id
    return chain[-2].agency_id if len(chain) > 1 else chain[0].agency_id


def withdraw(
    session: Session, actor: Actor, request_id: int | None, now: datetime, *, key: str = ""
) -> Request:
    """Batalkan Permintaan: the asker takes it back while it is undecided."""
    report, request = _locked(session, actor, request_id)
    if not idempotency.claim(session, actor, key, f"withdraw:{request.id}", now):
        return request
    if not is_asker(actor, request):
        raise Forbidden
    _still_open(request)
    end_request(session, actor, report, request, RequestStatus.WITHDRAWN, now)
    rewrite(session, report)
    return request


def reject(
    session: Session, actor: Actor, request_id: int | None, answer: str, now: datetime, *, key: str = ""
) -> Request:
    """TOLAK: with a reason, which the asker reads (case D6)."""
    report, request = _locked(session, actor, request_id)
    if not idempotency.claim(session, actor, key, f"reject:{request.id}", now):
        return request
    on_behalf_of = _must_decide(session, actor, report, request)
    cleaned = text.clean(answer, "answer", limit=text.REPORT_TEXT_MAX)
    end_request(
        session,
        actor,
        report,
        request,
        RequestStatus.REJECTED,
        now,
        answer=cleaned,
        on_behalf_of=on_behalf_of,
    )
    rewrite(session, report)
    return request


def accept(
    session: Session,
    actor: Actor,
    request_id: int | None,
    now: datetime,
    *,
    agency_id: int | None = None,
    answer: str = "",
    key: str = "",
) -> Applied | None:
    """TERIMA: make the move that was asked for, in this transaction. None for a second click.

    `agency_id`: where the report goes, if not to the agency that the asker suggests. apply() marks the request.
    """
    report, request = _locked(session, actor, request_id)
    if not idempotency.claim(session, actor, key, f"accept:{request.id}", now):
        return None
    _must_decide(session, actor, report, request)
    cleaned = text.clean(answer, "answer", limit=text.REPORT_TEXT_MAX, required=False)
    values = kept(request)
    for field in DEFINITIONS[request.action].fields:
        if isinstance(field, AgencyOfRequest) and agency_id is not None:
            values[field.carry] = agency_id
    carried = requested(
        request.action,
        request.reason,
        {carry: value for carry, value in values.items() if value is not None},
        request_id=request.id,
        answer=cleaned,
    )
    return apply(session, actor, report, request.action, now, carried)


def _locked(session: Session, actor: Actor, request_id: int | None) -> tuple[Report, Request]:
    """The request and its report, locked and read anew. NotFound for absent and foreign alike."""
    if request_id is None:
        raise NotFound
    report_id = session.scalar(select(Request.report_id).where(Request.id == request_id))
    report = get_report(session, actor, report_id, lock=True)
    request = session.scalars(
        select(Request).where(Request.id == request_id).execution_options(populate_existing=True)
    ).one()
    return report, request


def _still_open(request: Request) -> None:
    if request.status is not RequestStatus.OPEN:
        raise AlreadyDone


def is_asker(actor: Actor, request: Request | RequestFacts) -> bool:
    """Whether it is this actor's to take back: any officer's of the agency that asked, or the reporter's."""
    if request.asker_agency_id is not None:
        return actor.is_officer and actor.agency_id == request.asker_agency_id
    return actor.user_id is not None and actor.user_id == request.asker_user_id


def _must_decide(session: Session, actor: Actor, report: Report, request: Request) -> int | None:
    """That the request is open and the move is this actor's; the agency it decides for, if not its own."""
    _still_open(request)
    chain = chains(session, [report.id])[report.id]
    mine: Standing = standing(actor, report, chain)
    makers = _deciding(mine, request.action)
    if not makers:
        raise Forbidden
    return mine.on_behalf_of(actor, next(who for who in Who if who in makers))


def may_decide(mine: Standing, action: Action) -> bool:
    """Whether a request for `action` is for somebody of this standing to decide."""
    return bool(_deciding(mine, action))


def _deciding(mine: Standing, action: Action) -> frozenset[Who]:
    # A reporter may close their own report, but decides on nobody's request.
    return workflow.BY_ACTION[action].makers & mine.whos - {Who.REPORTER}
