"""Counting tries of public forms, so that nobody floods the desk or guesses without end.

One table, so that all workers count together. Who tries is kept as a keyed hash: the table names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.models import RateWindow
from app.rules.errors import LaporError
from app.rules.labels import N_

KEPT = timedelta(days=2)  # longer than any window
BATCH = 1_000


class TooMany(LaporError):
    status = 429
    message = N_(
        "Terlalu banyak percobaan dari tempat ini. Tunggu beberapa saat, lalu coba lagi; tulisan Anda tidak hilang."
    )


@dataclass(frozen=True)
class Limit:
    """At most `number` tries in a window of `time`, which begins with the first."""

    name: str
    number: int
    time: timedelta


# A place is an address of the network: a village may share one.
FILING_PLACE = Limit("filing_place", 120, timedelta(hours=1))
FILING_PERSON = Limit("filing_person", 60, timedelta(days=1))
ACTS_ON_REPORT = Limit("acts_on_report", 60, timedelta(hours=1))
CODE_PLACE = Limit("code_place", 40, timedelta(hours=1))
CODE_ADDRESS = Limit("code_address", 5, timedelta(hours=1))
CODE_TRIES_PLACE = Limit("code_tries_place", 60, timedelta(hours=1))
COMMENT_PERSON = Limit("comment_person", 10, timedelta(hours=1))


def count(session: Session, limit: Limit, who: object, secret: str, now: datetime) -> bool:
    """Count one try of `who`; whether it is still within the limit. `secret` keys the hash."""
    key = hmac.new(secret.encode(), f"{limit.name}:{who}".encode(), hashlib.sha256).hexdigest()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    goes_on = RateWindow.since > now - limit.time
    statement = (
        insert(RateWindow)
        .values(key_hash=key, number=1, since=now)
        .on_conflict_do_update(
            index_elements=[RateWindow.key_hash],
            set_={
                "number": case((goes_on, RateWindow.number + 1), else_=1),
                "since": case((goes_on, RateWindow.since), else_=now),
            },
        )
        .returning(RateWindow.number)
    )
    number = session.scalar(select(RateWindow.number).from_statement(statement))
    return number is not None and number <= limit.number


def forget(session: Session, now: datetime) -> int:
    """Remove windows that are long over, one batch; how many there were."""
    keys = list(
        session.scalars(select(RateWindow.key_hash).where(RateWindow.since <= now - KEPT).limit(BATCH))
    )
    session.execute(delete(RateWindow).where(RateWindow.key_hash.in_(keys)))
    return len(keys)
