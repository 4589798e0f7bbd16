"""The day that a reporter came, as it is typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.rules.citizens.recording import NO_DATE, NOT_THEN, STATED_DAYS_MAX, stated_date
from app.rules.errors import Invalid

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("typed", ["2026-11-25", "25-11-2026", "25/11/2026", " 25.11.2026 "])
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert stated_date(typed, "stated", TODAY) == TODAY


def test_nothing_is_no_date() -> None:
    assert stated_date("  ", "stated", TODAY) is None


def test_the_first_and_the_last_day_are_taken() -> None:
    first = TODAY - timedelta(days=STATED_DAYS_MAX)
    assert stated_date(first.isoformat(), "stated", TODAY) == first


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("kemarin", NO_DATE),
        ("25-11-26", NO_DATE),
        ("31-02-2026", NO_DATE),
        ("2026-11-26", NOT_THEN),
        ("26-08-2026", NOT_THEN),
    ],
)
def test_all_else_is_refused(typed: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        stated_date(typed, "stated", TODAY)
    assert refused.value.errors == {"stated": message}
    if message == NOT_THEN:
        assert refused.value.errors["stated"].params == {"days": STATED_DAYS_MAX}  # type: ignore[attr-defined]
