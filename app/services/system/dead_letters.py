"""What a central admin does with messages that were given up, and a trial mail to see whether they leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import OutboxMessage
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import Forbidden, NotFound
from app.services import outbox
from app.services.system import audit

KIND = "outbox"


def find(session: Session, actor: Actor, key: int) -> OutboxMessage:
    """A message that was given up, locked. Raises NotFound for every other."""
    _allowed(actor)
    row: OutboxMessage | None = session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.id == key, OutboxMessage.dead_at.is_not(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def retry(session: Session, actor: Actor, key: int, now: datetime) -> None:
    """Queue it again, with all its tries."""
    row = find(session, actor, key)
    row.dead_at, row.attempts, row.available_at = None, 0, now
    audit.note(session, actor, "outbox.retried", KIND, key, now, topic=row.topic)


def retry_all(session: Session, actor: Actor, now: datetime) -> None:
    """Queue all of them again."""
    _allowed(actor)
    found = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.dead_at.is_not(None))
        .values(dead_at=None, attempts=0, available_at=now)
        .returning(OutboxMessage.id)
    ).all()
    if found:
        audit.note(session, actor, "outbox.retried", KIND, None, now, number=len(found))


def drop(session: Session, actor: Actor, key: int, now: datetime) -> None:
    """Remove it: nobody will be told."""
    row = find(session, actor, key)
    audit.note(session, actor, "outbox.dropped", KIND, key, now, topic=row.topic)
    session.delete(row)


def send_trial(session: Session, actor: Actor, dedupe_key: str, now: datetime) -> None:
    """Queue a trial mail to the actor themselves."""
    _allowed(actor)
    outbox.put(session, "mail_trial", f"trial:{actor.user_id}:{dedupe_key}", now, user=actor.user_id)


def _allowed(actor: Actor) -> None:
    if not actor.may(Resource.SETTINGS, Verb.WRITE):
        raise Forbidden
