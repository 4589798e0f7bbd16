"""The header's two dots: unread notifications and unread messages, in one statement.

Notifications come from a partial index, each probed against the scope; conversations from a partial
index; announcements by the few agencies above, each by its own index after the agency's watermark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inbox.messages import unread_broadcasts
from app.access.rows import read_columns
from app.access.scope import COUNT_CAP, not_of, seen_by
from app.models import ConversationSide, Notification
from app.rules.accounts.roles import Resource, Verb
from app.rules.inbox.notifications import WITHOUT_CONTENT


@dataclass(frozen=True)
class Badges:
    """How many are unread, up to COUNT_CAP."""

    notifications: int
    messages: int


NONE = Badges(0, 0)


def has_bell(actor: Actor) -> bool:
    return actor.agency_id is not None and actor.may(Resource.REPORTS, Verb.READ)


def has_envelope(actor: Actor) -> bool:
    """Messages are for the officers who act for an agency."""
    return actor.is_officer


def badges(session: Session, actor: Actor) -> Badges:
    """What is unread for this officer and their agency; nothing for anybody else."""
    if not has_bell(actor):
        return NONE
    values: dict[str, Any] = {"user_id": actor.user_id, "agency_id": actor.agency_id}
    if actor.reporter_id is not None:
        values["reporter_id"] = actor.reporter_id
    statement = _statement(actor.reporter_id is not None)
    ((told, written, announced),) = read_columns(session, statement, values)
    messages = min(COUNT_CAP, written + announced) if has_envelope(actor) else 0
    return Badges(told, messages)


@lru_cache(maxsize=2)
def _statement(files: bool) -> Select[int, int, int]:
    """Built once: every page of an officer asks it. files: for one who filed reports themselves."""
    agency = bindparam("agency_id", type_=BigInteger())
    told = (
        select(literal(1))
        .select_from(Notification)
        .where(
            Notification.user_id == bindparam("user_id", type_=BigInteger()),
            Notification.read_at.is_(None),
            or_(
                Notification.report_id.is_(None),
                Notification.kind.in_(WITHOUT_CONTENT),
                seen_by(agency, Notification.report_id),
            ),
        )
    )
    if files:
        told = told.where(not_of(bindparam("reporter_id", type_=BigInteger()), Notification.report_id))
    written = (
        select(literal(1))
        .select_from(ConversationSide)
        .where(ConversationSide.agency_id == agency, ConversationSide.unread)
    )
    announced = select(literal(1)).select_from(unread_broadcasts(agency).subquery())
    return select(*(_up_to_cap(each) for each in (told, written, announced)))


def _up_to_cap(unread: Select[int]) -> Any:
    some = unread.limit(COUNT_CAP).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
