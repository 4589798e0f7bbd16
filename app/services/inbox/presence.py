"""Who is at work now: the green dot beside a name."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Account

NOTED_EVERY = timedelta(minutes=2)  # a write for each request would cost more than the dot is worth
ONLINE_FOR = timedelta(minutes=5)


def stale(account: Account, now: datetime) -> bool:
    """Whether it is time to note the account's presence again."""
    return account.seen_at is None or now - account.seen_at >= NOTED_EVERY


def note(session: Session, user_id: int, now: datetime) -> None:
    session.execute(update(Account).where(Account.id == user_id).values(seen_at=now))


def online(account: Account, now: datetime) -> bool:
    return bool(account.active) and account.seen_at is not None and now - account.seen_at < ONLINE_FOR
