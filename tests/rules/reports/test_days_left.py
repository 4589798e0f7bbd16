"""The number on a card: days left of the clock's own kind, 0 on the last day, below 0 when late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.rules.reports.workdays import Calendar, days_left, deadline
from app.rules.reports.workflow import LIMITS, Action, Clock, DayKind, Situation, State, outcome

WORKING, CALENDAR = DayKind.WORKING, DayKind.CALENDAR
WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
CASES = Calendar(WIB, {date(2026, 8, 17): "Hari Kemerdekaan"})


def at(day: int, hour: int = 9, minute: int = 0, month: int = 8) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


DISPATCHED = at(10)  # Monday
FRIDAY = deadline(at(7), 5, WORKING, CASES).due_at  # the end of Friday 14 August


@pytest.mark.parametrize("clock", [clock for clock, limit in LIMITS.items() if limit.days])
def test_on_the_first_day_it_is_the_number_of_the_manual(clock: Clock) -> None:
    """ "Harus diproses dalam 5 hari", "Selesai otomatis dalam 10 hari": nothing is late at once (case A14)."""
    limit = LIMITS[clock]
    assert limit.days is not None
    due = deadline(DISPATCHED, limit.days, limit.kind, CASES).due_at
    assert days_left(DISPATCHED, due, limit.kind, CASES) == limit.days


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (at(10), 4),
        (at(13, 23, 59), 1),
        (at(14, 0), 0),
        (at(14, 6, 59), 0),
        (at(14, 23, 59), 0),
        (FRIDAY - timedelta(microseconds=1), 0),
        # Late from midnight on; no working day has passed yet, and it is late all the same.
        (FRIDAY, -1),
        (at(15), -1),
        (at(16), -1),
        (at(17), -1),  # the holiday
        (at(18, 0), -1),
        (at(18), -1),
        (at(19), -2),
        (at(24), -5),
    ],
)
def test_around_a_friday_in_working_days(now: datetime, left: int) -> None:
    assert days_left(now, FRIDAY, WORKING, CASES) == left
    assert days_left(now.astimezone(UTC), FRIDAY.astimezone(UTC), WORKING, CASES) == left


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (at(14, 15, 30), 10),
        (at(15, 0), 9),
        (at(23), 1),
        (at(24, 23, 59), 0),
        (at(25, 0), -1),
        (at(25), -1),
        (at(26), -2),
    ],
)
def test_the_closing_in_calendar_days(now: datetime, left: int) -> None:
    """Case B3."""
    due = deadline(at(14, 15, 30), 10, CALENDAR, CASES).due_at
    assert days_left(now, due, CALENDAR, CASES) == left


@pytest.mark.parametrize(("day", "left"), [(14, 1), (15, 1), (16, 1), (17, 1), (18, 0)])
def test_days_that_do_not_count_change_nothing(day: int, left: int) -> None:
    due = deadline(at(14), 1, WORKING, CASES).due_at  # the end of Tuesday the 18th
    assert days_left(at(day), due, WORKING, CASES) == left


@pytest.mark.parametrize("hour", [0, 3, 6])
def test_the_last_day_begins_at_midnight_here(hour: int) -> None:
    """Case A2: from 00.00 to 06.59 WIB it is still yesterday in UTC."""
    now = at(14, hour).astimezone(UTC)
    assert now.day == 13
    assert days_left(now, FRIDAY, WORKING, CASES) == 0


def test_the_day_is_the_agencys() -> None:
    """At 22.30 WIB on Thursday it is Friday in WIT, where a clock of the same days ends two hours earlier."""
    east = Calendar(WIT, CASES.holidays)
    due = deadline(at(7), 5, WORKING, east).due_at
    assert due == FRIDAY - timedelta(hours=2)
    now = at(13, 22, 30)
    assert (days_left(now, FRIDAY, WORKING, CASES), days_left(now, due, WORKING, east)) == (1, 0)
    assert days_left(at(14, 22, 30), due, WORKING, east) == -1


def test_a_later_deadline_is_not_late_any_more() -> None:
    """Case A10: late is computed from the deadline, and remembered nowhere."""
    now = at(18)
    assert days_left(now, FRIDAY, WORKING, CASES) == -1
    assert days_left(now, deadline(at(7), 7, WORKING, CASES).due_at, WORKING, CASES) == 1


def test_who_waits_for_the_reporter_is_not_late() -> None:
    """Case A11: a follow-up meets the first clock, and what runs then ends the report, not the patience."""
    clock = outcome(Action.FOLLOW_UP, Situation(State.WAITING, follow_up_owed=True)).clock
    assert isinstance(clock, Clock)
    assert LIMITS[clock].expires_into is Action.AUTO_CLOSE
