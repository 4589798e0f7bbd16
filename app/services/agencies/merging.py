"""One agency goes into another: what moves with the tree at once, and each report's part of it in batches.

What every foreign key onto an agency means here stands in one table, FATES; a test walks the schema. Names
and history stay: an old event keeps the old agency, which points to the one that took its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.agencies.scope_loss import decide_anew
from app.access.standing import chains
from app.access.tree import root_id
from app.models import (
    Account,
    Agency,
    Conversation,
    ConversationSide,
    Copy,
    Report,
    ReportScope,
    Request,
    SheetName,
)
from app.rules.channels.ringkas_words import NameKind
from app.rules.reports.codes import EventKind, RequestStatus, Upkeep, Visibility
from app.rules.reports.workflow import ENDED_STATES, State
from app.services.agencies.succession import take_place
from app.services.reports.history import record
from app.services.reports.kept_standing import leave_lines
from app.services.system import audit


class Fate(StrEnum):
    """What becomes of a column that names the merged agency."""

    AT_ONCE = "at_once"  # it names the target in the transaction that changes the tree
    FOLLOWS = "follows"  # report by report, in the batches
    TREE = "tree"  # the tree itself, or what is made from it
    HISTORY = "history"  # it tells who did something, or how it was: it stays
    STAYS = "stays"  # it is the old agency's own, and of no use to another


FATES: Mapping[str, Fate] = {
    "account_link.agency_id": Fate.STAYS,  # an invitation to an agency that is out of use is none
    "ab_user.agency_id": Fate.AT_ONCE,
    "agency.merged_into_id": Fate.AT_ONCE,
    "agency.parent_id": Fate.TREE,
    "agency_past_line.agency_id": Fate.HISTORY,
    "agency_past_line.ancestor_id": Fate.HISTORY,
    "agency_past_line.via_id": Fate.HISTORY,
    "agency_tree.ancestor_id": Fate.TREE,
    "agency_tree.unit_id": Fate.TREE,
    "audit_log.agency_id": Fate.HISTORY,
    "broadcast_mark.agency_id": Fate.STAYS,  # the target has read what it has read
    "report_comment.agency_id": Fate.HISTORY,
    "conversation.from_agency_id": Fate.AT_ONCE,
    "conversation.to_agency_id": Fate.AT_ONCE,
    "conversation_side.agency_id": Fate.AT_ONCE,
    "day_off.agency_id": Fate.STAYS,  # clocks that were counted by them are decided
    "digest_mute.agency_id": Fate.STAYS,  # the target has chosen for itself
    "disposition.agency_id": Fate.FOLLOWS,
    "disposition.from_agency_id": Fate.HISTORY,
    "disposition.went_to_agency_id": Fate.HISTORY,
    "event.agency_id": Fate.HISTORY,
    "event.on_behalf_of_id": Fate.HISTORY,
    "export.agency_id": Fate.STAYS,  # made in another scope: nobody gets it
    "follow_up.agency_id": Fate.HISTORY,
    "follow_up.on_behalf_of_id": Fate.HISTORY,
    "mask_choice.agency_id": Fate.HISTORY,
    "notification.agency_id": Fate.HISTORY,
    "post.agency_id": Fate.HISTORY,
    "public_comment.decider_agency_id": Fate.HISTORY,
    "reorganisation.agency_id": Fate.HISTORY,
    "reorganisation.by_agency_id": Fate.HISTORY,
    "reorganisation.former_parent_id": Fate.HISTORY,
    "reorganisation.target_id": Fate.HISTORY,
    "reply.recorder_agency_id": Fate.HISTORY,
    "report.holder_id": Fate.FOLLOWS,
    "report.recorder_agency_id": Fate.FOLLOWS,
    "report.suggested_agency_id": Fate.AT_ONCE,
    "report_clock.agency_id": Fate.FOLLOWS,  # the running one; what was decided stays
    "report_copy.agency_id": Fate.FOLLOWS,
    "report_copy.from_agency_id": Fate.HISTORY,
    "report_scope.agency_id": Fate.TREE,
    "request.asker_agency_id": Fate.AT_ONCE,  # while open
    "request.decided_for_id": Fate.HISTORY,
    "request.decider_agency_id": Fate.FOLLOWS,  # while open
    "request.on_behalf_of_id": Fate.HISTORY,
    "request.suggested_agency_id": Fate.AT_ONCE,  # while open
    "stat_month.agency_id": Fate.TREE,
    "stat_unit.agency_id": Fate.TREE,
}
ACCOUNT = "account"  # in the audit log


def adopt(session: Session, actor: Actor, gone: int, into: int, now: datetime) -> None:
    """What goes to `into` with the tree: officers, conversations, and what waits for the merged agency.

    Nobody else writes. From now on nothing is given to the merged agency any more (Agency.in_use).
    """
    officers = select(Account).where(Account.agency_id == gone).order_by(Account.id)
    if into == root_id(session):
        # Those who come are switched off, and stay so with what is gone: nobody comes back as the central desk.
        officers = officers.where(Account.active.is_(True))
    for account in session.scalars(officers).all():
        account.agency_id = into
        audit.note(session, actor, "account.agency_changed", ACCOUNT, account.id, now, old=gone, new=into)
    session.flush()
    _conversations(session, gone, into)
    open_ = Request.status == RequestStatus.OPEN
    _quietly(
        session, update(Request).where(open_, Request.asker_agency_id == gone).values(asker_agency_id=into)
    )
    suggested = update(Request).where(open_, Request.suggested_agency_id == gone)
    _quietly(session, suggested.values(suggested_agency_id=into))
    unread = update(Report).where(
        Report.holder_id == root_id(session),
        Report.state.in_((State.UNVERIFIED, State.INCOMPLETE)),
        Report.suggested_agency_id == gone,
    )
    _quietly(session, unread.values(suggested_agency_id=into))
    chosen = update(SheetName).where(SheetName.kind == NameKind.AGENCY, SheetName.target_id == gone)
    _quietly(session, chosen.values(target_id=into))
    merged = update(Agency).where(or_(Agency.id == gone, Agency.merged_into_id == gone), Agency.id != into)
    _quietly(session, merged.values(merged_into_id=into))
    session.expire_all()


def _quietly(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


def _conversations(session: Session, gone: int, into: int) -> None:
    """Those with others go on; one between the two would be with itself, and stays as it was."""
    ends = (Conversation.from_agency_id, Conversation.to_agency_id)
    theirs = select(Conversation.id).where(
        or_(*(end == gone for end in ends)), *(end != into for end in ends)
    )
    keys = list(session.scalars(theirs))
    for first in range(0, len(keys), 500):
        some = keys[first : first + 500]
        _quietly(
            session,
            update(Conversation)
            .where(Conversation.id.in_(some))
            .values({end.key: case((end == gone, into), else_=end) for end in ends}),
        )
        _quietly(
            session,
            update(ConversationSide)
            .where(ConversationSide.conversation_id.in_(some), ConversationSide.agency_id == gone)
            .values(agency_id=into),
        )


def left_over(session: Session, agency_id: int, limit: int) -> list[int]:
    """The keys of reports that the merged agency still has to do with: it sees each of them, and no other."""
    return list(
        session.scalars(
            select(ReportScope.report_id)
            .where(ReportScope.agency_id == agency_id)
            .distinct()
            .order_by(ReportScope.report_id)
            .limit(limit)
        )
    )


def absorb(
    session: Session,
    actor: Actor,
    reports: Collection[Report],
    gone: int,
    into: int,
    why: Upkeep,
    now: datetime,
) -> None:
    """`into` takes the place of `gone` in each of these locked reports. The caller writes the scope."""
    for report in reports:
        in_chain = {link.agency_id for link in chains(session, [report.id])[report.id]}
        if report.recorder_agency_id == gone:
            report.recorder_agency_id = into
        if gone in in_chain:
            take_place(session, actor, report, gone, into, why, now)
            in_chain = in_chain - {gone} | {into}
            if report.state in ENDED_STATES and leave_lines(session, [report], now):
                # Its holder went elsewhere meanwhile: what has ended takes no delegator from another line.
                decide_anew(session, Request.report_id == report.id)
                in_chain = {link.agency_id for link in chains(session, [report.id])[report.id]}
        _take_copy(session, actor, report, gone, into, why, now, in_chain=in_chain)
    session.flush()


def _take_copy(
    session: Session,
    actor: Actor,
    report: Report,
    gone: int,
    into: int,
    why: Upkeep,
    now: datetime,
    *,
    in_chain: Collection[int],
) -> None:
    """A copy goes to the target, unless it has one or sees all of the report anyway."""
    copy = session.get(Copy, (report.id, gone))
    if copy is None:
        return
    has_one = session.get(Copy, (report.id, into)) is not None
    session.delete(copy)
    session.flush()
    if not has_one and into not in in_chain:
        session.add(Copy(report_id=report.id, agency_id=into, from_agency_id=copy.from_agency_id, at=copy.at))
        data = {"agency": into, "from": gone, "why": why.value, "copy": True}
        record(session, actor, report, EventKind.REORGANISED, now, data=data, visibility=Visibility.OFFICERS)
