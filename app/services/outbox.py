"""The outbox: what is told after a commit, by mail now, by SMS and as notifications later.

A row is written in the transaction of its cause and names keys alone. The delivering job claims due
rows for a while, lets go of their locks, sends, and settles each in a transaction of its own. A worker
that dies between sending and settling leaves a claim that runs out: the row is sent once more, with
the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.models import IdempotencyKey, OutboxMessage

# Minutes before the next try, after the first failure, the second …; after the last one it is given up.
BACK_OFF = (1, 5, 15, 60, 240, 720, 1440)
ATTEMPTS = len(BACK_OFF) + 1
# Longer than a run and its slowest message take together: until then no other worker touches the row.
CLAIMED_FOR = timedelta(minutes=15)
BATCH = 20
QUIET_BATCH = 1_000
KEYS_KEPT = timedelta(days=7)  # no form stays open that long: sessions end after hours


@dataclass(frozen=True)
class OutboxClaim:
    """A row that one worker holds: `attempt` tells its claim from a later one of the same row."""

    id: int
    attempt: int


def put(session: Session, topic: str, dedupe_key: str, now: datetime, **payload: Any) -> None:
    """Queue what is to be told about the occurrence `once`. `payload`: keys and codes alone."""
    session.add(
        OutboxMessage(topic=topic, dedupe_key=dedupe_key, payload=payload, created_at=now, available_at=now)
    )


def _due(now: datetime, topics: Collection[str], limit: int) -> Select[OutboxMessage]:
    """Due rows of `topics`, those that wait longest first.

    On PostgreSQL rows that another worker is taking are skipped; SQLite has one writer at a time.
    """
    return (
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.dead_at.is_(None),
            OutboxMessage.available_at <= now,
            OutboxMessage.topic.in_(topics),
        )
        .order_by(OutboxMessage.available_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def claim(
    session: Session, now: datetime, topics: Collection[str], *, limit: int = BATCH
) -> list[OutboxClaim]:
    """Take up to `limit` due rows of `topics`."""
    claims = []
    for row in session.scalars(_due(now, topics, limit)):
        row.attempts += 1
        row.available_at = now + CLAIMED_FOR
        claims.append(OutboxClaim(row.id, row.attempts))
    return claims


def claimed(session: Session, held: OutboxClaim) -> OutboxMessage | None:
    """The row of a claim, locked; None if the claim ran out and somebody else has it, or it is settled."""
    found: OutboxMessage | None = session.scalar(
        select(OutboxMessage)
        .where(
            OutboxMessage.id == held.id,
            OutboxMessage.attempts == held.attempt,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.dead_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


def settle(session: Session, held: OutboxClaim, now: datetime) -> None:
    """It was told, or there was nobody to tell."""
    row = claimed(session, held)
    if row is not None:
        row.sent_at, row.last_error = now, ""


def fail(session: Session, held: OutboxClaim, now: datetime, kind: str, *, permanent: bool) -> bool:
    """It could not be told: try again later, or give it up (True). `kind`: no personal data."""
    row = claimed(session, held)
    if row is None:
        return False
    row.last_error = kind
    if permanent or row.attempts >= ATTEMPTS:
        row.dead_at = now
        return True
    row.available_at = now + timedelta(minutes=BACK_OFF[row.attempts - 1])
    return False


def release(session: Session, held: OutboxClaim, now: datetime) -> None:
    """Give a claim back that was not tried."""
    row = claimed(session, held)
    if row is not None:
        row.attempts -= 1
        row.available_at = now


def hush(session: Session, now: datetime, topics: Collection[str]) -> int:
    """Mark due rows as told whose topic nobody listens to, one batch; how many there were."""
    keys = list(session.scalars(_due(now, topics, QUIET_BATCH).with_only_columns(OutboxMessage.id)))
    if keys:
        session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(keys)).values(sent_at=now))
    return len(keys)


def forget(session: Session, now: datetime, kept: timedelta) -> int:
    """Remove what was told longer than `kept` ago, one batch; how many rows there were."""
    old = select(OutboxMessage.id).where(OutboxMessage.sent_at <= now - kept).limit(QUIET_BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(keys)))
    return len(keys)


def forget_keys(session: Session, now: datetime) -> int:
    """Remove keys of forms that nobody can send any more, one batch; how many there were."""
    old = select(IdempotencyKey.key).where(IdempotencyKey.at <= now - KEYS_KEPT).limit(QUIET_BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.key.in_(keys)))
    return len(keys)
