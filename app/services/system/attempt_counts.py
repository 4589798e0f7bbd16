"""Counting tries, so that nobody guesses or searches without end. One table, so that all workers count together."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.models import Tries

KEPT = timedelta(days=2)  # longer than any window
BATCH = 1_000


@dataclass(frozen=True)
class AttemptLimit:
    """At most `number` tries in a window of `time`, which begins with the first."""

    name: str
    number: int
    time: timedelta


# Of signing in (services/accounts/sign_in.py). A place is an address of IPv4 or a /64 of IPv6: an office may share one.
SIGN_IN_PLACE = AttemptLimit("sign_in_place", 30, timedelta(minutes=15))
SIGN_IN_PLACE_NAME = AttemptLimit("sign_in_place_name", 5, timedelta(minutes=15))
SIGN_IN_UNKNOWN = AttemptLimit("sign_in_unknown", 20, timedelta(minutes=15))
SIGN_IN_DEVICE = AttemptLimit("sign_in_device", 10, timedelta(days=1))
SECOND_STEP = AttemptLimit("second_step", 5, timedelta(minutes=15))  # who tries codes knows the password
PROGRAM_KEY = AttemptLimit(
    "program_key", 20, timedelta(minutes=15)
)  # wrong keys and secrets of programs, by place
OWN_PASSWORD = AttemptLimit("own_password", 5, timedelta(minutes=15))
FORGOTTEN_NAME = AttemptLimit("forgotten_name", 3, timedelta(hours=1))
FORGOTTEN_PLACE = AttemptLimit("forgotten_place", 20, timedelta(hours=1))
OWN_EMAIL = AttemptLimit("own_email", 5, timedelta(hours=1))
OWN_EMAIL_PLACE = AttemptLimit("own_email_place", 40, timedelta(hours=1))
OWN_PHONE = AttemptLimit("own_phone", 5, timedelta(hours=1))
# How often somebody is told that a username or e-mail is taken.
TAKEN_PERSON = AttemptLimit("taken_person", 5, timedelta(minutes=15))
TAKEN_PLACE = AttemptLimit("taken_place", 20, timedelta(minutes=15))
LINK_PLACE = AttemptLimit("link_place", 60, timedelta(hours=1))
CITIZEN_SEARCH = AttemptLimit("citizen_search", 20, timedelta(minutes=10))
CITIZEN_SEARCH_DAY = AttemptLimit("citizen_search_day", 60, timedelta(days=1))


def masked(secret: str, who: str | None) -> str:
    """A name or address that strangers typed or came from, so that a stolen table tells nobody which."""
    return hmac.digest(secret.encode(), (who or "").encode(errors="replace"), "sha256").hex()


@dataclass(frozen=True)
class Counted:
    """Where somebody stands in a limit: tries so far in this window, and when it is over."""

    limit: AttemptLimit
    number: int
    ends: datetime

    @property
    def within(self) -> bool:
        return self.number <= self.limit.number

    @property
    def left(self) -> int:
        return max(0, self.limit.number - self.number)


def count(session: Session, limit: AttemptLimit, who: object, now: datetime) -> bool:
    """Count one try of `who`; whether it is still within the limit. `who` is kept as a hash alone."""
    return counted(session, limit, who, now).within


def counted(session: Session, limit: AttemptLimit, who: object, now: datetime) -> Counted:
    """Count one try of `who`, and tell where that leaves them."""
    key = _key(limit, who)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = Tries.since > now - limit.time
    statement = (
        insert(Tries)
        .values(key_hash=key, number=1, since=now)
        .on_conflict_do_update(
            index_elements=[Tries.key_hash],
            set_={
                "number": case((fresh, Tries.number + 1), else_=1),
                "since": case((fresh, Tries.since), else_=now),
            },
        )
        .returning(Tries.number, Tries.since)
    )
    number, since = session.execute(statement).one()
    return Counted(limit, number, since + limit.time)


def take(session: Session, limit: AttemptLimit, who: object, amount: int, now: datetime) -> bool:
    """Count `amount` of `who`, if that stays within the limit; else count nothing. Whether it was counted.

    For what is measured rather than tried: who asks for too much may still have a little.
    """
    if amount > limit.number:
        return False
    key = _key(limit, who)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = Tries.since > now - limit.time
    statement = (
        insert(Tries)
        .values(key_hash=key, number=amount, since=now)
        .on_conflict_do_update(
            index_elements=[Tries.key_hash],
            set_={
                "number": case((fresh, Tries.number + amount), else_=amount),
                "since": case((fresh, Tries.since), else_=now),
            },
            where=~fresh | (Tries.number + amount <= limit.number),
        )
        .returning(Tries.number)
    )
    return session.execute(statement).one_or_none() is not None


def give_back(session: Session, limit: AttemptLimit, who: object) -> None:
    """One try less: it was right."""
    row = Tries.key_hash == _key(limit, who), Tries.number > 0
    session.execute(update(Tries).where(*row).values(number=Tries.number - 1))


def drop(session: Session, limit: AttemptLimit, who: object) -> None:
    """Begin anew."""
    session.execute(delete(Tries).where(Tries.key_hash == _key(limit, who)))


def look(session: Session, limit: AttemptLimit, who: object) -> Tries | None:
    """What was counted so far, locked."""
    return session.get(Tries, _key(limit, who), with_for_update=True)


def reached(session: Session, limit: AttemptLimit, who: object, now: datetime) -> bool:
    """Whether the limit is reached, without counting."""
    return until(session, limit, who, now) is not None


def until(session: Session, limit: AttemptLimit, who: object, now: datetime) -> datetime | None:
    """When a limit that is reached is over; None for one that is not."""
    row = session.get(Tries, _key(limit, who))
    if row is None or row.since <= now - limit.time or row.number < limit.number:
        return None
    return row.since + limit.time


def _key(limit: AttemptLimit, who: object) -> str:
    return hashlib.sha256(f"{limit.name}:{who}".encode()).hexdigest()


def forget(session: Session, now: datetime) -> int:
    """Remove windows that are long over, one batch; how many there were."""
    keys = list(session.scalars(select(Tries.key_hash).where(Tries.since <= now - KEPT).limit(BATCH)))
    session.execute(delete(Tries).where(Tries.key_hash.in_(keys)))
    return len(keys)
