"""apply(): the only code that changes a report's state.

It asks the workflow table whether the move may be made, and then changes the chain, the clock, the
state, the open requests, the history and the scope together, on a report that the caller has locked.
apply_all() does the same to many, and reads and writes what they have in common once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import rewrite_all
from app.access.standing import Chain, ChainLink, Standing, chains, situation, standing
from app.access.tree import is_below
from app.models import Agency, Disposition, Event, Report, ReportClock, Request
from app.rules.errors import Forbidden, Invalid, NotFromHere
from app.rules.labels import N_
from app.rules.reports import workflow
from app.rules.reports.codes import EVENT_OF, EndedBy, EventKind, RequestStatus, Visibility
from app.rules.reports.workflow import ENDED_STATES, Action, Carry, Clock, State, Verdict, Who
from app.services.reports import clocks
from app.services.reports.history import record
from app.services.reports.kept_standing import leave_lines

MISSING: Mapping[Carry, str] = {
    Carry.TITLE: N_("Isi judul laporan."),
    Carry.AGENCY: N_("Pilih instansi tujuan."),
    Carry.CATEGORY: N_("Pilih kategori."),
    Carry.CLASSIFICATION: N_("Pilih klasifikasi."),
    Carry.TEXT: N_("Kolom ini wajib diisi."),
    Carry.TEXT_OR_FILE: N_("Isi teks atau sertakan lampiran."),
    Carry.REASON: N_("Isi alasannya."),
    Carry.REASON_CODE: N_("Pilih alasannya."),
    Carry.SUGGESTION: N_("Pilih saran instansi."),
    Carry.CHANGES: N_("Tidak ada yang diubah."),
}
AGENCY_INACTIVE = N_("Instansi ini tidak aktif. Pilih instansi lain.")
AGENCY_NOT_BELOW = N_("Pilih unit di bawah instansi pemegang laporan.")
AGENCY_NOT_YOURS = N_("Pilih instansi dalam lingkup Anda.")
AGENCY_IN_CHAIN = N_("Laporan sudah berada dalam rantai disposisi instansi ini.")


@dataclass(frozen=True)
class Carried:
    """What a move brings along. `values`: what it must carry, by name; `agency_id`: where it goes.

    `data` and `texts` go into the event: keys and codes here, what a person wrote there.
    """

    values: Mapping[Carry, object] = field(default_factory=dict)
    agency_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    visibility: Visibility = Visibility.PUBLIC
    archive_reason: str | None = None


@dataclass(frozen=True)
class Applied:
    """What apply() did: the event, and the agencies between which the report went, if it did."""

    event: Event
    on_behalf_of: int | None


@dataclass(frozen=True)
class Step:
    """A move to be made: of which report (locked, visible to the actor), and what it brings along."""

    report: Report
    action: Action
    carried: Carried = Carried()


@dataclass(frozen=True)
class Known:
    """What a move looks at beside its report: the live chain, the clocks, the requests that are open."""

    chain: Chain
    going: clocks.Going
    waiting: Sequence[Request]


def apply(
    session: Session,
    actor: Actor,
    report: Report,
    action: Action,
    now: datetime,
    carried: Carried = Carried(),
) -> Applied:
    """Make `action` on `report` (locked, visible to `actor`) at `now` (aware).

    Raises NotFromHere when the report's state does not take the move, Forbidden when it is not this
    actor's to make, Invalid when it does not carry what it must or goes where it may not.
    """
    return apply_all(session, actor, [Step(report, action, carried)], now)[0]


def apply_all(session: Session, actor: Actor, steps: Collection[Step], now: datetime) -> list[Applied]:
    """The same for many reports, each named once, in as many statements for their facts and rows as for
    one. Raises what apply() does for the first that is refused: then none of them may be kept."""
    reports = [step.report for step in steps]
    known = _known(session, [report.id for report in reports])
    applied = [_make(session, actor, step, known[step.report.id], now) for step in steps]
    leave_lines(session, [report for report in reports if report.state in ENDED_STATES], now)
    rewrite_all(session, reports)
    return applied


def _known(session: Session, report_ids: Sequence[int]) -> Mapping[int, Known]:
    waiting: dict[int, list[Request]] = {report_id: [] for report_id in report_ids}
    query = select(Request).where(Request.report_id.in_(report_ids), Request.status == RequestStatus.OPEN)
    for request in session.scalars(query.order_by(Request.id)):
        waiting[request.report_id].append(request)
    chain, going = chains(session, report_ids), clocks.going_of(session, report_ids)
    return {key: Known(chain[key], going[key], waiting[key]) for key in report_ids}


def _make(session: Session, actor: Actor, step: Step, known: Known, now: datetime) -> Applied:
    report, action, carried = step.report, step.action, step.carried
    move = workflow.BY_ACTION[action]
    chain, was = known.chain, known.going.clock
    before = situation(report, chain, follow_up_owed=was is not None and was.kind is Clock.FOLLOW_UP)
    mine = standing(actor, report, chain)
    verdict = workflow.check(action, before, mine.whos)
    if verdict is Verdict.NOT_FROM_HERE:
        raise NotFromHere
    if verdict is not Verdict.ALLOWED:
        raise Forbidden
    if actor.is_system and not _expired(was, action, now):
        raise NotFromHere
    lacking = missing(action, carried.values)
    if lacking:
        raise Invalid(lacking)
    made_as = _made_as(move, mine)
    on_behalf_of = mine.on_behalf_of(actor, made_as)

    _move_chain(session, actor, report, move, chain, mine, now, carried.agency_id)
    after = workflow.outcome(action, before)
    report.state, report.held = after.state, after.held
    _note_times(report, action, made_as, now, carried)
    clocks.move(session, report, action, after.clock, now, before=known.going)
    event = record(
        session,
        actor,
        report,
        EVENT_OF[action],
        now,
        visibility=carried.visibility,
        data={"as": made_as.value, "holder": report.holder_id, **carried.data},
        texts=carried.texts,
        on_behalf_of=on_behalf_of,
    )
    answer = carried.texts.get("answer", "")
    _settle_requests(session, actor, report, known.waiting, move, now, on_behalf_of, answer)
    return Applied(event, on_behalf_of)


def _expired(clock: ReportClock | None, action: Action, now: datetime) -> bool:
    """Whether the system's move is what the report's clock, due by now, runs out into.

    The system moves nothing of its own accord: not while a reply is unanswered, not a day early.
    """
    return clock is not None and workflow.LIMITS[clock.kind].expires_into is action and now >= clock.due_at


def missing(action: Action, values: Mapping[Carry, object]) -> dict[str, str]:
    """What `action` must carry and `values` lack, by field, with what to do."""
    carries = workflow.BY_ACTION[action].carries
    return {what.value: MISSING[what] for what in carries if not values.get(what)}


def _made_as(move: workflow.Move, mine: Standing) -> Who:
    """The standing that the move is made in: the first of its makers that the actor is."""
    return next(who for who in Who if who in move.makers and who in mine.whos)


def _move_chain(
    session: Session,
    actor: Actor,
    report: Report,
    move: workflow.Move,
    chain: Chain,
    mine: Standing,
    now: datetime,
    agency_id: int | None,
) -> None:
    if move.chain is workflow.Chain.KEEPS:
        return
    if move.chain is workflow.Chain.PUSHES:
        stays, top_down = chain[-1], True
    elif move.chain is workflow.Chain.POPS:
        stays, top_down = chain[-2], False
    else:
        stays, top_down = mine.at[Who.ROOT if Who.ROOT in move.makers else Who.CHAIN], False
    agency = session.get(Agency, agency_id) if agency_id else None
    if agency is None:
        raise Invalid({"agency": MISSING[Carry.AGENCY]})
    if not agency.in_use:
        raise Invalid({"agency": AGENCY_INACTIVE})
    if not is_below(session, agency.id, stays.agency_id, strictly=top_down):
        raise Invalid({"agency": AGENCY_NOT_BELOW if top_down else AGENCY_NOT_YOURS})
    kept = {link.agency_id for link in chain if link.position < stays.position}
    if agency.id in kept:
        raise Invalid({"agency": AGENCY_IN_CHAIN})
    _cut_above(session, report, stays, move.action, now, agency.id)
    if agency.id != stays.agency_id:
        _push(session, actor, report, stays, agency.id, now)
    report.holder_id = agency.id


def _cut_above(
    session: Session, report: Report, stays: ChainLink, action: Action, now: datetime, went_to: int
) -> None:
    for row in session.scalars(
        select(Disposition).where(
            Disposition.report_id == report.id,
            Disposition.ended_at.is_(None),
            Disposition.position > stays.position,
        )
    ):
        row.ended_at, row.end_action, row.went_to_agency_id = now, action.value, went_to
    session.flush()


def _push(
    session: Session, actor: Actor, report: Report, giver: ChainLink, agency_id: int, now: datetime
) -> None:
    last = session.scalar(select(func.max(Disposition.seq)).where(Disposition.report_id == report.id))
    session.add(
        Disposition(
            report_id=report.id,
            seq=(last or 0) + 1,
            position=giver.position + 1,
            agency_id=agency_id,
            from_agency_id=giver.agency_id,
            at=now,
            by_user_id=actor.user_id,
        )
    )


def _note_times(report: Report, action: Action, made_as: Who, now: datetime, carried: Carried) -> None:
    if action is Action.VERIFY:
        report.verified_at = now
    elif action is Action.FOLLOW_UP:
        report.first_follow_up_at = report.first_follow_up_at or now
        report.last_follow_up_at = now
        report.follow_up_count += 1
        report.reply_unanswered = False
    elif action in (Action.REPLY, Action.COMPLETE):
        report.last_reply_at = now
        report.reply_unanswered = report.state is State.IN_PROGRESS
    elif action is Action.COMMENT:
        report.comment_count += 1
    ended = report.state in ENDED_STATES
    if ended and report.ended_at is None:
        report.ended_at = now
        report.ended_by = {Who.SYSTEM: EndedBy.SYSTEM, Who.REPORTER: EndedBy.REPORTER}.get(
            made_as, EndedBy.ADMIN
        )
        report.archive_reason = carried.archive_reason if report.state is State.ARCHIVED else None
    elif not ended:
        if action is Action.REOPEN:
            # What the reporter wrote on the closed report is still without an answer.
            report.reply_unanswered = report.last_reply_at is not None and (
                report.last_follow_up_at is None or report.last_reply_at > report.last_follow_up_at
            )
        report.ended_at = report.ended_by = report.archive_reason = None


def _settle_requests(
    session: Session,
    actor: Actor,
    report: Report,
    waiting: Sequence[Request],
    move: workflow.Move,
    now: datetime,
    on_behalf_of: int | None,
    answer: str,
) -> None:
    """The move answers the open request for it, whether made from Permintaan or not; it voids others.

    A request that could no longer come true, since its move does not start from here any more, is
    void as well: nobody shall find one that cannot be decided.
    """
    if not waiting:
        return
    here = situation(report, chains(session, [report.id])[report.id])
    for request in waiting:
        if request.action is move.action:
            end_request(
                session,
                actor,
                report,
                request,
                RequestStatus.ACCEPTED,
                now,
                answer=answer,
                on_behalf_of=on_behalf_of,
            )
        elif move.voids_requests or not workflow.takes(request.action, here):
            end_request(session, actor, report, request, RequestStatus.VOID, now)


ENDED_AS: Mapping[RequestStatus, EventKind] = {
    RequestStatus.ACCEPTED: EventKind.REQUEST_ACCEPTED,
    RequestStatus.REJECTED: EventKind.REQUEST_REJECTED,
    RequestStatus.WITHDRAWN: EventKind.REQUEST_WITHDRAWN,
    RequestStatus.VOID: EventKind.REQUEST_VOIDED,
}


def end_request(
    session: Session,
    actor: Actor,
    report: Report,
    request: Request,
    status: RequestStatus,
    now: datetime,
    *,
    answer: str = "",
    on_behalf_of: int | None = None,
) -> None:
    """End an open request and write it down. A reporter reads what became of what they asked for."""
    request.status, request.decided_at, request.answer = status, now, answer
    if status in (RequestStatus.ACCEPTED, RequestStatus.REJECTED):
        request.decider_user_id, request.decided_for_id = actor.user_id, on_behalf_of
    record(
        session,
        actor,
        report,
        ENDED_AS[status],
        now,
        visibility=Visibility.REPORTER if request.asker_agency_id is None else Visibility.OFFICERS,
        data={"request": request.id, "action": request.action.value},
        texts={"answer": answer},
        on_behalf_of=on_behalf_of,
    )
