"""Waves of failed tries at signing in, for whoever reads the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import FailedSignIn

LOOKED_BACK = timedelta(days=7)
SHOWN = 20
NAMES, PLACES = 10, 10  # on one day: names from one place, places for one name
WHOLE = 500  # failures of a day, all together, that are worth a line


@dataclass(frozen=True)
class Wave:
    """One day's failures that belong together."""

    names: int
    places: int
    number: int
    first: datetime
    last: datetime


def waves(session: Session, now: datetime) -> Sequence[Wave]:
    """The latest waves: many names from one place, one name from many places, or a day full of failures."""
    names = func.count(func.distinct(FailedSignIn.name_hash))
    places = func.count(func.distinct(FailedSignIn.place_hash))
    number = func.sum(FailedSignIn.number)
    kinds: Sequence[tuple[Sequence[InstrumentedAttribute[str]], object]] = (
        ([FailedSignIn.place_hash], names >= NAMES),
        ([FailedSignIn.name_hash], places >= PLACES),
        ([], number >= WHOLE),
    )
    found: set[Wave] = set()
    for also, worth in kinds:
        query = (
            select(names, places, number, func.min(FailedSignIn.first_at), func.max(FailedSignIn.last_at))
            .where(FailedSignIn.last_at > now - LOOKED_BACK)
            .group_by(FailedSignIn.day, *also)
            .having(worth)  # type: ignore[arg-type]
            .order_by(func.max(FailedSignIn.last_at).desc(), number.desc())
            .limit(SHOWN)
        )
        found |= {Wave(*row) for row in session.execute(query)}
    return sorted(found, key=lambda wave: (wave.last, wave.number), reverse=True)[:SHOWN]
