"""The order of reports in their tabs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.rules.reports.tabs import NO_DEADLINE, Tab, microseconds, sort_key

AT = datetime(2026, 6, 8, 3, tzinfo=UTC)
LATER = AT + timedelta(microseconds=1)


def test_open_tabs_begin_with_the_nearest_deadline_and_end_without_one() -> None:
    assert sort_key(Tab.WAITING, LATER, AT) == microseconds(AT) < sort_key(Tab.WAITING, AT, LATER)
    assert sort_key(Tab.WAITING, AT, LATER) < sort_key(Tab.WAITING, AT, None) == NO_DEADLINE


def test_other_tabs_begin_with_the_newest() -> None:
    assert sort_key(Tab.CLOSED, LATER, None) == -microseconds(LATER) < sort_key(Tab.CLOSED, AT, None)


def test_microseconds_are_whole() -> None:
    assert microseconds(datetime(1970, 1, 1, 0, 0, 1, 7, tzinfo=UTC)) == 1_000_007
