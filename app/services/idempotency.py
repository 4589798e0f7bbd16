"""Idempotency: a form or call with the same key is carried out once (case J5)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import IdempotencyKey
from app.rules.text import storable

KEY_MAX = 64


def claim(session: Session, actor: Actor, key: str, purpose: str, now: datetime) -> bool:
    """Take `key` for this actor and purpose; False if it was taken before. An empty key is free.

    A second click waits here for the first one's transaction, then finds the key taken.
    """
    if not key:
        return True
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(IdempotencyKey)
        .values(key=own(actor, key), user_id=actor.user_id, purpose=purpose, result="", at=now)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    return session.scalar(select(IdempotencyKey.key).from_statement(statement)) is not None


def keep(session: Session, actor: Actor, key: str, result: str) -> None:
    """Note what came of a claimed `key`, for whoever sends it again."""
    if key:
        session.get_one(IdempotencyKey, own(actor, key)).result = result


def result(session: Session, actor: Actor, key: str) -> str:
    """What came of `key` when it was carried out."""
    return session.get_one(IdempotencyKey, own(actor, key)).result


def own(actor: Actor, key: str) -> str:
    """The key as it is kept: each actor has their own."""
    return f"{actor.user_id or 0}:{storable(key)}"[:KEY_MAX]
