"""Which digests go out on which day."""

from __future__ import annotations

from datetime import date

from app.rules.inbox.digests import Digest, due

MONDAY, TUESDAY, WEDNESDAY = date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 10)
BOTH, DAILY = frozenset(Digest), frozenset({Digest.DAILY})


def test_the_first_working_day_of_a_week_has_the_weekly_one_too() -> None:
    assert due(MONDAY, lambda _: True) == BOTH
    assert due(TUESDAY, lambda _: True) == DAILY
    # Monday is free: Tuesday begins the week, and Wednesday no more.
    assert due(TUESDAY, lambda day: day != MONDAY) == BOTH
    assert due(WEDNESDAY, lambda day: day != MONDAY) == DAILY
    # That the week before was free does not matter.
    assert due(MONDAY, lambda day: day >= MONDAY) == BOTH


def test_a_free_day_has_none() -> None:
    assert due(MONDAY, lambda _: False) == frozenset()
