"""Messages between agencies: sent, answered, marked as read (manual 6.13).

One officer writes, every officer of each chosen agency receives: nothing is kept for a person. To
several agencies it is one text and a conversation with each; to all below it is one row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.choices import agency_options
from app.access.inbox.messages import addressees, broadcast, has_units_below, side_of
from app.models import BroadcastMark, Conversation, ConversationSide, Message, Post
from app.rules import text
from app.rules.errors import Forbidden, Invalid
from app.rules.inbox.messages import (
    CHOOSE,
    INACTIVE,
    NO_ANSWER,
    NOBODY_BELOW,
    NOT_YOURS,
    RECEIVERS_MAX,
    TEXT_MAX,
)
from app.services import idempotency
from app.services.attachments.uploads import claim


@dataclass(frozen=True)
class Draft:
    """What the form Tulis Pesan holds. to_all: an announcement to all below, whoever is chosen besides."""

    text: str
    title: str = ""
    agency_ids: Collection[int] = ()
    to_all: bool = False
    announcement: bool = False
    files: Sequence[str] = ()


def send(session: Session, actor: Actor, draft: Draft, now: datetime, *, key: str = "") -> Post | None:
    """Tulis Pesan. None for a second click. Raises Forbidden for who is no officer, and Invalid.

    An announcement to all costs one row, whatever number of agencies reads it.
    """
    if not actor.is_officer:
        raise Forbidden
    title = text.clean(draft.title, "title", limit=text.TITLE_MAX, required=False, lines=False)
    body = text.clean(draft.text, "text", limit=TEXT_MAX)
    receivers = sorted(set(draft.agency_ids)) if not draft.to_all else []
    _check(session, actor, draft, receivers)
    if not idempotency.claim(session, actor, key, "message", now):
        return None
    post = _write(session, actor, body, draft.files, now, title=title, to_all=draft.to_all)
    opened = [
        Conversation(
            from_agency_id=actor.agency_id,
            to_agency_id=receiver,
            opening_id=post.id,
            announcement=draft.announcement,
        )
        for receiver in receivers
    ]
    session.add_all(opened)
    session.flush()
    for each in opened:
        session.add(Message(conversation_id=each.id, post_id=post.id))
        for agency_id in (each.from_agency_id, each.to_agency_id):
            session.add(
                ConversationSide(
                    conversation_id=each.id,
                    agency_id=agency_id,
                    last_post_id=post.id,
                    unread=agency_id != actor.agency_id,
                )
            )
    session.flush()
    return post


def _check(session: Session, actor: Actor, draft: Draft, receivers: Collection[int]) -> None:
    """That the message goes where it may: below, or to the agency directly above."""
    if draft.to_all:
        if not has_units_below(session, actor.agency_id):
            raise Invalid({"to_all": NOBODY_BELOW})
        return
    if not receivers:
        raise Invalid({"agencies": CHOOSE})
    among = addressees(session, actor)
    if len(receivers) > RECEIVERS_MAX or len(agency_options(session, receivers, among)) < len(receivers):
        raise Invalid({"agencies": NOT_YOURS})


def _write(
    session: Session,
    actor: Actor,
    body: str,
    files: Sequence[str],
    now: datetime,
    *,
    title: str = "",
    to_all: bool = False,
) -> Post:
    claimed = claim(session, actor, files, None, now)
    post = Post(
        agency_id=actor.agency_id, user_id=actor.user_id, title=title, text=body, to_all=to_all, at=now
    )
    session.add(post)
    session.flush()
    claimed.give_to_post(post)
    return post


def answer(
    session: Session,
    actor: Actor,
    conversation_id: int | None,
    body: str,
    now: datetime,
    *,
    files: Sequence[str] = (),
    key: str = "",
) -> Post | None:
    """BALAS: the other agency has something unread again. None for a second click.

    Raises NotFound for a foreign conversation, Forbidden for an announcement, and Invalid.
    """
    side = side_of(session, actor, conversation_id, lock=True)
    if side.conversation.announcement:
        raise Forbidden(NO_ANSWER)
    if not side.other_active:
        raise Forbidden(INACTIVE)
    cleaned = text.clean(body, "text", limit=TEXT_MAX)
    if not idempotency.claim(session, actor, key, f"answer:{side.conversation.id}", now):
        return None
    post = _write(session, actor, cleaned, files, now)
    session.add(Message(conversation_id=side.conversation.id, post_id=post.id))
    session.execute(
        update(ConversationSide)
        .where(ConversationSide.conversation_id == side.conversation.id)
        .values(last_post_id=post.id)
    )
    session.execute(
        update(ConversationSide)
        .where(
            ConversationSide.conversation_id == side.conversation.id,
            ConversationSide.agency_id != actor.agency_id,
        )
        .values(unread=True)
    )
    # Who answers has read it.
    _mark(side.state, actor, now)
    return post


def mark_read(session: Session, actor: Actor, conversation_id: int | None, upto: int, now: datetime) -> None:
    """Tandai menjadi sudah terbaca: for every officer of the agency (case F5).

    `upto`: the newest post that the reader was shown; one that came since stays unread.
    """
    side = side_of(session, actor, conversation_id, lock=True)
    if side.state.unread and side.state.last_post_id <= upto:
        _mark(side.state, actor, now)


def _mark(state: ConversationSide, actor: Actor, now: datetime) -> None:
    if state.unread:
        state.unread, state.read_user_id, state.read_at = False, actor.user_id, now


def mark_broadcast(session: Session, actor: Actor, post_id: int | None, now: datetime) -> None:
    """The same for an announcement from above, and for those before it: the agency's watermark."""
    found = broadcast(session, actor, post_id)
    if not found.unread:
        return
    read = session.scalar(
        select(func.max(BroadcastMark.upto_id)).where(BroadcastMark.agency_id == actor.agency_id)
    )
    if read is None or read < found.written.post.id:
        session.merge(
            BroadcastMark(
                agency_id=actor.agency_id, upto_id=found.written.post.id, user_id=actor.user_id, at=now
            )
        )
