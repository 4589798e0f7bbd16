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
from app.access.standing import Chain, ChainLink, chains, situation, standing
from app.access.tree import is_below
from app.models import Agency, Disposition, Event, Report, Request
from app.rules.errors import Forbidden, Invalid, NotFromHere
from app.rules.labels import N_
from app.rules.reports import workflow
from app.rules.reports.actions import DEFINITIONS, MISSING
from app.rules.reports.codes import EndedBy, EventKind, RequestStatus, Visibility
from app.rules.reports.workflow import ENDED_STATES, Action, Carry, Clock, State, Verdict, Who
from app.services.reports import clocks
from app.services.reports.history import record
from app.services.reports.kept_standing import leave_lines

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
    applied = [Transition(session, actor, step, known[step.report.id], now).make() for step in steps]
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


class Transition:
    """One move on one report: who makes it in which standing, what the report was, and when it is."""

    def __init__(self, session: Session, actor: Actor, step: Step, known: Known, now: datetime) -> None:
        self.session, self.actor, self.now = session, actor, now
        self.report, self.action, self.carried = step.report, step.action, step.carried
        self.move = workflow.BY_ACTION[step.action]
        self.chain, self.going, self.waiting = known.chain, known.going, known.waiting
        owed = self.going.clock is not None and self.going.clock.kind is Clock.FOLLOW_UP
        self.before = situation(self.report, self.chain, follow_up_owed=owed)
        self.mine = standing(actor, self.report, self.chain)

    def make(self) -> Applied:
        """Raises what apply() raises, before anything has changed but for the chain."""
        self._check()
        self._move_chain()
        after = workflow.outcome(self.action, self.before)
        self.report.state, self.report.held = after.state, after.held
        self._note_times()
        days = self.carried.values.get(Carry.DAYS)
        clocks.move(
            self.session,
            self.report,
            self.action,
            after.clock,
            self.now,
            before=self.going,
            days=days if isinstance(days, int) else 0,
        )
        event = record(
            self.session,
            self.actor,
            self.report,
            DEFINITIONS[self.action].event,
            self.now,
            visibility=self.carried.visibility,
            data={"as": self.made_as.value, "holder": self.report.holder_id, **self.carried.data},
            texts=self.carried.texts,
            on_behalf_of=self.on_behalf_of,
        )
        self._settle_requests()
        return Applied(event, self.on_behalf_of)

    @property
    def made_as(self) -> Who:
        """The standing that the move is made in: the first of its makers that the actor is."""
        return next(who for who in Who if who in self.move.makers and who in self.mine.whos)

    @property
    def on_behalf_of(self) -> int | None:
        return self.mine.on_behalf_of(self.actor, self.made_as)

    def _check(self) -> None:
        verdict = workflow.check(self.action, self.before, self.mine.whos)
        if verdict is Verdict.NOT_FROM_HERE:
            raise NotFromHere
        if verdict is not Verdict.ALLOWED:
            raise Forbidden
        if self.actor.is_system and not self._expired():
            raise NotFromHere
        lacking = missing(self.action, self.carried.values)
        if lacking:
            raise Invalid(lacking)

    def _expired(self) -> bool:
        """Whether the system's move is what the report's clock, due by now, runs out into.

        The system moves nothing of its own accord: not while a reply is unanswered, not a day early.
        """
        clock = self.going.clock
        if clock is None or workflow.LIMITS[clock.kind].expires_into is not self.action:
            return False
        return self.now >= clock.due_at

    def _move_chain(self) -> None:
        if self.move.chain is workflow.Chain.KEEPS:
            return
        if self.move.chain is workflow.Chain.PUSHES:
            stays, top_down = self.chain[-1], True
        elif self.move.chain is workflow.Chain.POPS:
            stays, top_down = self.chain[-2], False
        else:
            stays, top_down = self.mine.at[Who.ROOT if Who.ROOT in self.move.makers else Who.CHAIN], False
        agency = self._target(stays, top_down=top_down)
        self._cut_above(stays, agency.id)
        if agency.id != stays.agency_id:
            self._push(stays, agency.id)
        self.report.holder_id = agency.id

    def _target(self, stays: ChainLink, *, top_down: bool) -> Agency:
        """Where the report goes from the place that stays. Raises Invalid where it may not."""
        agency = self.session.get(Agency, self.carried.agency_id) if self.carried.agency_id else None
        if agency is None:
            raise Invalid({"agency": MISSING[Carry.AGENCY]})
        if not agency.in_use:
            raise Invalid({"agency": AGENCY_INACTIVE})
        if not is_below(self.session, agency.id, stays.agency_id, strictly=top_down):
            raise Invalid({"agency": AGENCY_NOT_BELOW if top_down else AGENCY_NOT_YOURS})
        if agency.id in {link.agency_id for link in self.chain if link.position < stays.position}:
            raise Invalid({"agency": AGENCY_IN_CHAIN})
        return agency

    def _cut_above(self, stays: ChainLink, went_to: int) -> None:
        for row in self.session.scalars(
            select(Disposition).where(
                Disposition.report_id == self.report.id,
                Disposition.ended_at.is_(None),
                Disposition.position > stays.position,
            )
        ):
            row.ended_at, row.end_action, row.went_to_agency_id = self.now, self.action.value, went_to
        self.session.flush()

    def _push(self, giver: ChainLink, agency_id: int) -> None:
        seqs = select(func.max(Disposition.seq)).where(Disposition.report_id == self.report.id)
        self.session.add(
            Disposition(
                report_id=self.report.id,
                seq=(self.session.scalar(seqs) or 0) + 1,
                position=giver.position + 1,
                agency_id=agency_id,
                from_agency_id=giver.agency_id,
                at=self.now,
                by_user_id=self.actor.user_id,
            )
        )

    def _note_times(self) -> None:
        report, action, now = self.report, self.action, self.now
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
                self.made_as, EndedBy.ADMIN
            )
            archived = report.state is State.ARCHIVED
            report.archive_reason = self.carried.archive_reason if archived else None
        elif not ended:
            if action is Action.REOPEN:
                # What the reporter wrote on the closed report is still without an answer.
                report.reply_unanswered = report.last_reply_at is not None and (
                    report.last_follow_up_at is None or report.last_reply_at > report.last_follow_up_at
                )
            report.ended_at = report.ended_by = report.archive_reason = None

    def _settle_requests(self) -> None:
        """The move answers the open request for it, whether made from Permintaan or not; it voids others.

        A request that could no longer come true, since its move does not start from here any more, is
        void as well: nobody shall find one that cannot be decided.
        """
        if not self.waiting:
            return
        session, actor, report, now = self.session, self.actor, self.report, self.now
        here = situation(report, chains(session, [report.id])[report.id])
        for request in self.waiting:
            if request.action is self.action:
                answer = self.carried.texts.get("answer", "")
                accepted = RequestStatus.ACCEPTED
                end_request(
                    session,
                    actor,
                    report,
                    request,
                    accepted,
                    now,
                    answer=answer,
                    on_behalf_of=self.on_behalf_of,
                )
            elif self.move.voids_requests or not workflow.takes(request.action, here):
                end_request(session, actor, report, request, RequestStatus.VOID, now)


def missing(action: Action, values: Mapping[Carry, object]) -> dict[str, str]:
    """What `action` must carry and `values` lack, by field, with what to do."""
    carries = workflow.BY_ACTION[action].carries
    return {what.value: MISSING[what] for what in carries if not values.get(what)}


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
