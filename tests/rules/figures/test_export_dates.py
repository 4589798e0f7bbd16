"""Dates as exports write them, and as the pages write them back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.rules.figures import export_dates
from app.rules.figures.export_dates import BadDate
from app.rules.zones import Zone

WIB = ZoneInfo(Zone.WIB.value)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (datetime(2026, 1, 3, 9, 30), datetime(2026, 1, 3, 9, 30, tzinfo=WIB)),  # noqa: DTZ001 - a spreadsheet's own
        ("Dibuat 3 Jan 2026 09:30", datetime(2026, 1, 3, 9, 30, tzinfo=WIB)),
        ("Dibuat 09:30, 2026-01-03", datetime(2026, 1, 3, tzinfo=WIB)),
        ("3/1/2026", datetime(2026, 1, 3, tzinfo=WIB)),
        ("tidak ada", None),
        (None, None),
        ("31 Feb 2026", None),
        ("3 Jan 1999", None),
    ],
)
def test_when_a_file_was_made(value: object, at: datetime | None) -> None:
    assert export_dates.generated(value, Zone.WIB) == at


def test_days_and_clocks_of_a_spreadsheet() -> None:
    day = datetime(2026, 1, 3, 9, 30)  # noqa: DTZ001 - a spreadsheet's own
    assert export_dates.moment(day, None, Zone.WIB) == datetime(2026, 1, 3, 9, 30, tzinfo=WIB)
    assert export_dates.moment(date(2026, 1, 3), day, Zone.WIB) == datetime(2026, 1, 3, 9, 30, tzinfo=WIB)
    assert export_dates.moment(day, time(8, 0), Zone.WIB) == datetime(2026, 1, 3, 8, 0, tzinfo=WIB)


@pytest.mark.parametrize("wrong", ["3 Xyz 2026", "31 Feb 2026", "besok", "", None, "3 Jan 1999"])
def test_what_is_no_day(wrong: object) -> None:
    with pytest.raises(BadDate) as refused:
        export_dates.moment(wrong, None, Zone.WIB)
    assert not refused.value.clock
    assert str(refused.value) == "date"


def test_days_and_times_are_written() -> None:
    at = datetime(2026, 1, 3, 2, 30, tzinfo=UTC)
    assert export_dates.written_day(date(2026, 8, 17)) == "17 Agu 2026"
    assert export_dates.written_clock(datetime(2026, 1, 3, 9, 5, tzinfo=UTC)) == "09:05"
    assert export_dates.written_moment(at, Zone.WIB) == f"3 Jan 2026 09:30 {Zone.WIB.label}"
