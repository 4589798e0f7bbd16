"""Messages between agencies, read: an agency's own conversations, and announcements from above.

Whose they are is asked in one place: a conversation has two sides; an announcement to all is read by
who lay below its sender when it was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.attachments.files import LISTED, FileFacts
from app.access.choices import Among
from app.access.scope import visible
from app.models import (
    Account,
    Agency,
    AgencyTree,
    Attachment,
    BroadcastMark,
    Conversation,
    ConversationSide,
    FileState,
    Message,
    Post,
    Report,
)
from app.rules.errors import NotFound

PAGE_SIZE = 25
SHOWN = 50  # posts of one conversation on a page
SEARCHED = 1_000  # conversations that a search looks through, the newest


def unread_broadcasts(agency_id: Any) -> Select[int]:
    """The keys of announcements from above that the agency (a key, or bound later) has not marked yet."""
    watermark = func.coalesce(
        select(func.max(BroadcastMark.upto_id)).where(BroadcastMark.agency_id == agency_id).scalar_subquery(),
        0,
    )
    return (
        select(Post.id)
        .select_from(AgencyTree)
        .join(Post, and_(Post.agency_id == AgencyTree.ancestor_id, Post.to_all))
        .where(AgencyTree.unit_id == agency_id, AgencyTree.depth > 0, Post.id > watermark, *_was_below())
    )


def _was_below() -> tuple[ColumnElement[bool]]:
    """Criterion on Post beside AgencyTree: the unit lay below its sender when it was sent."""
    return (or_(AgencyTree.since.is_(None), AgencyTree.since <= Post.at),)


def _reads_broadcast(agency_id: int) -> ColumnElement[bool]:
    """Criterion on Post: an announcement to all that the agency sent or received."""
    received = exists().where(
        AgencyTree.ancestor_id == Post.agency_id,
        AgencyTree.unit_id == agency_id,
        AgencyTree.depth > 0,
        *_was_below(),
    )
    return and_(Post.to_all, or_(Post.agency_id == agency_id, received))


def addressees(session: Session, actor: Actor) -> Among:
    """Where an officer's messages may go: the agencies below, and the one directly above."""
    above = session.scalar(select(Agency.parent_id).where(Agency.id == actor.agency_id))
    return Among(below=actor.agency_id, also=above)


def has_units_below(session: Session, agency_id: int | None) -> bool:
    found = (
        select(AgencyTree.unit_id).where(AgencyTree.ancestor_id == agency_id, AgencyTree.depth > 0).limit(1)
    )
    return session.scalar(found) is not None


@dataclass(frozen=True)
class ConversationLine:
    """A conversation or an announcement in a list. other: the agency at the other end, or the sender."""

    id: int
    last_id: int
    title: str
    other: str
    text: str
    at: datetime
    unread: bool
    announcement: bool
    own: bool  # the newest post is the reader's own agency's


def conversations(
    session: Session,
    actor: Actor,
    *,
    wanted: str = "",
    after: tuple[int, int] | None = None,
    limit: int = PAGE_SIZE,
) -> list[ConversationLine]:
    """The agency's conversations, the last written first; with `wanted` those whose texts hold it.

    `after`: (newest post, conversation) where the page before ended. A search looks through the newest
    SEARCHED of them.
    """
    if not actor.is_officer:
        return []
    opening, last = aliased(Post), aliased(Post)
    mine = select(ConversationSide).where(ConversationSide.agency_id == actor.agency_id)
    if wanted:
        mine = mine.order_by(ConversationSide.last_post_id.desc()).limit(SEARCHED)
    side = aliased(ConversationSide, mine.subquery())
    query = (
        select(side, Conversation, opening.title, last, Agency.name)
        .join(Conversation, Conversation.id == side.conversation_id)
        .join(opening, opening.id == Conversation.opening_id)
        .join(last, last.id == side.last_post_id)
        .join(Agency, Agency.id == _other_side(actor))
        .order_by(side.last_post_id.desc(), side.conversation_id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(side.last_post_id, side.conversation_id) < after)
    if wanted:
        each = aliased(Post)
        holds = exists(
            select(Message.post_id)
            .join(each, each.id == Message.post_id)
            .where(Message.conversation_id == side.conversation_id, _holds(each, wanted))
        )
        query = query.where(or_(holds, Agency.name.icontains(wanted, autoescape=True)))
    return [
        ConversationLine(
            conversation.id, state.last_post_id, title, name, post.text, post.at, state.unread,
            conversation.announcement, post.agency_id == actor.agency_id,
        )
        for state, conversation, title, post, name in session.execute(query)
    ]  # fmt: skip


def _holds(post: Any, wanted: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = or_(
        post.text.icontains(wanted, autoescape=True), post.title.icontains(wanted, autoescape=True)
    )
    return found


def _other_side(actor: Actor) -> Any:
    return func.coalesce(func.nullif(Conversation.from_agency_id, actor.agency_id), Conversation.to_agency_id)


def broadcasts(
    session: Session, actor: Actor, *, wanted: str = "", before: int | None = None, limit: int = PAGE_SIZE
) -> list[ConversationLine]:
    """The announcements that the agency received from above or sent to all below, the newest first."""
    if not actor.is_officer:
        return []
    # From the few agencies above, and from itself (depth 0), each by its own index.
    query = (
        select(Post, Agency.name)
        .select_from(AgencyTree)
        .join(Post, and_(Post.agency_id == AgencyTree.ancestor_id, Post.to_all))
        .join(Agency, Agency.id == Post.agency_id)
        .where(AgencyTree.unit_id == actor.agency_id, or_(AgencyTree.depth == 0, *_was_below()))
        .order_by(Post.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Post.id < before)
    if wanted:
        query = query.where(or_(_holds(Post, wanted), Agency.name.icontains(wanted, autoescape=True)))
    read = watermark(session, actor.agency_id)
    return [
        ConversationLine(
            post.id, post.id, post.title, name, post.text, post.at,
            post.agency_id != actor.agency_id and post.id > read, True, post.agency_id == actor.agency_id,
        )
        for post, name in session.execute(query)
    ]  # fmt: skip


def watermark(session: Session, agency_id: int | None) -> int:
    """Up to which announcement the agency has read."""
    return (
        session.scalar(select(func.max(BroadcastMark.upto_id)).where(BroadcastMark.agency_id == agency_id))
        or 0
    )


@dataclass(frozen=True)
class AgencySide:
    """A conversation as the reader's agency has it. read_by: the name of who marked it last, or ""."""

    conversation: Conversation
    state: ConversationSide
    title: str
    other: str
    other_id: int
    other_active: bool
    read_by: str


def side_of(session: Session, actor: Actor, key: int | None, *, lock: bool = False) -> AgencySide:
    """One of the agency's conversations. Raises NotFound for absent and foreign alike."""
    criteria = (
        and_(ConversationSide.conversation_id == key, ConversationSide.agency_id == actor.agency_id)
        if actor.is_officer and key is not None
        else false()
    )
    query = (
        select(ConversationSide, Conversation, Post.title, Agency, Account)
        .join(Conversation, Conversation.id == ConversationSide.conversation_id)
        .join(Post, Post.id == Conversation.opening_id)
        .join(Agency, Agency.id == _other_side(actor))
        .outerjoin(Account, Account.id == ConversationSide.read_user_id)
        .where(criteria)
    )
    if lock:
        # The conversation's row: who writes and who marks come one after the other.
        session.execute(select(Conversation.id).where(Conversation.id == key).with_for_update())
        query = query.execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    state, conversation, title, other, reader = row
    name = reader.get_full_name() if reader else ""
    return AgencySide(conversation, state, title, other.name, other.id, bool(other.active), name)


@dataclass(frozen=True)
class WrittenMessage:
    """A post of a conversation as the reader's agency sees it: an officer's name among themselves alone."""

    post: Post
    agency: str
    officer: str
    own: bool


def posts(
    session: Session, actor: Actor, side: AgencySide, *, before: int | None = None, limit: int = SHOWN
) -> list[WrittenMessage]:
    """What was written in a conversation that the reader's agency has, in order: the newest `limit` of it,
    or of what came before the post `before`."""
    query = (
        select(Post, Agency.name, Account)
        .join(Message, Message.post_id == Post.id)
        .join(Agency, Agency.id == Post.agency_id)
        .join(Account, Account.id == Post.user_id)
        .where(Message.conversation_id == side.conversation.id)
        .order_by(Post.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Post.id < before)
    return [_written(actor, *row) for row in reversed(session.execute(query).all())]


def _written(actor: Actor, post: Post, agency: str, account: Account) -> WrittenMessage:
    own = post.agency_id == actor.agency_id
    return WrittenMessage(post, agency, account.get_full_name() if own else "", own)


@dataclass(frozen=True)
class Announced:
    """An announcement to all, as the reader's agency has it. read_by, read_at: who marked it, and when."""

    written: WrittenMessage
    unread: bool
    read_by: str
    read_at: datetime | None


def broadcast(session: Session, actor: Actor, key: int | None) -> Announced:
    """One announcement that the agency sent or received. Raises NotFound for absent and foreign alike."""
    row = None
    if actor.is_officer and key is not None:
        row = session.execute(
            select(Post, Agency.name, Account)
            .join(Agency, Agency.id == Post.agency_id)
            .join(Account, Account.id == Post.user_id)
            .where(Post.id == key, _reads_broadcast(actor.agency_id or 0))
        ).one_or_none()
    if row is None:
        raise NotFound
    written = _written(actor, *row)
    # The first mark that reaches it is the one that read it.
    mark = session.execute(
        select(BroadcastMark, Account)
        .join(Account, Account.id == BroadcastMark.user_id)
        .where(BroadcastMark.agency_id == actor.agency_id, BroadcastMark.upto_id >= key)
        .order_by(BroadcastMark.upto_id)
        .limit(1)
    ).one_or_none()
    name, at = (mark[1].get_full_name(), mark[0].at) if mark else ("", None)
    return Announced(written, mark is None and not written.own, name, at)


def files_of(session: Session, post_ids: Collection[int]) -> Mapping[int, Sequence[FileFacts]]:
    """The ready files of posts that the reader has been found to read."""
    rows = session.execute(
        select(Attachment)
        .where(Attachment.post_id.in_(post_ids), Attachment.state.in_(LISTED))
        .order_by(Attachment.id)
    )
    found: dict[int, list[FileFacts]] = {key: [] for key in post_ids}
    for (file,) in rows:
        assert file.post_id is not None
        found[file.post_id].append(
            FileFacts.of(
                file.id, 0, file.original_name, file.number, file.content_type, file.size, file.state
            )
        )
    return found


def get_file(session: Session, actor: Actor, key: int | None) -> Attachment:
    """A ready file of a message that the actor's agency has. Raises NotFound for all else."""
    found: Attachment | None = None
    if actor.is_officer and key is not None:
        in_conversation = exists(
            select(Message.post_id)
            .join(ConversationSide, ConversationSide.conversation_id == Message.conversation_id)
            .where(Message.post_id == Post.id, ConversationSide.agency_id == actor.agency_id)
        )
        found = session.scalar(
            select(Attachment)
            .join(Post, Post.id == Attachment.post_id)
            .where(
                Attachment.id == key,
                Attachment.state == FileState.READY,
                or_(in_conversation, _reads_broadcast(actor.agency_id or 0)),
            )
        )
    if found is None:
        raise NotFound
    return found


def openable(session: Session, actor: Actor, report_ids: Collection[int]) -> frozenset[int]:
    """Those of these reports that the actor can open now: each reader is asked anew."""
    if not report_ids:
        return frozenset()
    return frozenset(session.scalars(select(Report.id).where(Report.id.in_(report_ids), visible(actor))))
