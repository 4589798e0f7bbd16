"""Mails that sum up what waits, and on which days they go out (manual 4.3; case A4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum


class Digest(StrEnum):
    WEEKLY = "weekly"  # the units below, on the first working morning of the week
    DAILY = "daily"  # the agency's own late reports, on working mornings


# The hours, in the agency's zone, between which the digest of a day goes out: what was missed in the
# morning is caught up, and nobody is written to at night (cases A4, A7).
MORNING, EVENING = 7, 18


def due(today: date, works: Callable[[date], bool]) -> frozenset[Digest]:
    """The digests of `today`; `works`: whether a day is a working day. None on free days."""
    if not works(today):
        return frozenset()
    monday = today - timedelta(days=today.weekday())
    before = (monday + timedelta(days=n) for n in range(today.weekday()))
    first = not any(works(day) for day in before)
    return frozenset(Digest) if first else frozenset({Digest.DAILY})
