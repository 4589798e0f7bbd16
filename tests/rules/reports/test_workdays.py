"""Deadlines on the calendar of the cases: 17 August 2026 (Monday), 25 December and 1 January (Fridays) are free."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.rules.reports.workdays import (
    Calendar,
    NoWorkingDay,
    Pause,
    at_work,
    days_between,
    days_left,
    deadline,
    in_working_hours,
    paused_days,
)
from app.rules.reports.workflow import DayKind
from app.services.calendars import national

WORKING, CALENDAR = DayKind.WORKING, DayKind.CALENDAR
WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
FREE = {
    date(2026, 8, 17): "Hari Kemerdekaan",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 1, 1): "Tahun Baru",
}
CASES = Calendar(WIB, FREE)
REAL = Calendar(WIB, national())
EVERY_WEEKDAY = frozenset(range(7))


def wib(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "days", "kind", "last_day"),
    [
        # A1: Friday, Saturday, Sunday and the holiday Monday all begin to count on Tuesday.
        (wib(8, 14, 12), 3, WORKING, date(2026, 8, 20)),
        (wib(8, 15, 12), 3, WORKING, date(2026, 8, 20)),
        (wib(8, 16, 12), 3, WORKING, date(2026, 8, 20)),
        (wib(8, 17, 12), 3, WORKING, date(2026, 8, 20)),
        (wib(8, 15, 12), 5, WORKING, date(2026, 8, 24)),
        (wib(8, 18, 12), 3, WORKING, date(2026, 8, 21)),
        # A3.
        (wib(8, 13, 9), 3, WORKING, date(2026, 8, 19)),
        # Over both holidays at the turn of the year, from Wednesday 23 December.
        (wib(12, 23, 9), 5, WORKING, date(2026, 12, 31)),
        (wib(12, 23, 9), 6, WORKING, date(2027, 1, 4)),
        # One day, over a weekend.
        (wib(8, 7, 23, 59), 1, WORKING, date(2026, 8, 10)),
        # B3: ten calendar days, whatever days they are.
        (wib(8, 14, 15, 30), 10, CALENDAR, date(2026, 8, 24)),
        (wib(8, 7, 9), 10, CALENDAR, date(2026, 8, 17)),
        (wib(12, 31, 9), 30, CALENDAR, date(2027, 1, 30)),
        (wib(2, 18, 9, year=2028), 30, CALENDAR, date(2028, 3, 19)),  # a leap year
    ],
)
def test_the_last_day(start: datetime, days: int, kind: DayKind, last_day: date) -> None:
    due = deadline(start, days, kind, CASES)
    assert (due.started_on, due.last_day) == (start.date(), last_day)
    assert due.due_at == datetime.combine(last_day + timedelta(days=1), datetime.min.time(), tzinfo=WIB)
    assert due.due_at.utcoffset() == timedelta(hours=7)  # A1: aware, on every branch


def test_closing_never_comes_earlier_than_the_end_of_the_tenth_day() -> None:
    """Case B3: followed up on Friday afternoon, closed at the first run after Monday the 24th is over."""
    due = deadline(wib(8, 14, 15, 30), 10, CALENDAR, CASES)
    assert due.due_at == datetime(2026, 8, 24, 17, tzinfo=UTC)


def test_a_deadline_names_the_days_it_skipped() -> None:
    """Case A3: "melewati 15, 16, 17 Agustus", the holiday by its name."""
    skipped = deadline(wib(8, 13, 9), 3, WORKING, CASES).skipped
    assert skipped == (
        (date(2026, 8, 15), ""),
        (date(2026, 8, 16), ""),
        (date(2026, 8, 17), "Hari Kemerdekaan"),
    )
    assert deadline(wib(8, 13, 9), 10, CALENDAR, CASES).skipped == ()


def test_a_holiday_on_a_weekend_is_named_and_costs_nothing() -> None:
    with_holiday = Calendar(WIB, {**FREE, date(2026, 8, 15): "Libur daerah"})
    due = deadline(wib(8, 13, 9), 3, WORKING, with_holiday)
    assert due.last_day == date(2026, 8, 19)
    assert due.skipped[0] == (date(2026, 8, 15), "Libur daerah")


def test_a_worked_day_counts_though_it_is_free_for_others() -> None:
    working = Calendar(WIB, FREE, workdays=frozenset({date(2026, 8, 15), date(2026, 8, 17)}))
    due = deadline(wib(8, 13, 9), 3, WORKING, working)
    assert (due.last_day, due.skipped) == (date(2026, 8, 17), ((date(2026, 8, 16), ""),))


# Case A2: the day is the agency's, not that of the UTC value. For seven to nine hours they differ.


@pytest.mark.parametrize("zone", [WIB, WITA, WIT], ids=["WIB", "WITA", "WIT"])
@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (0, 1), (6, 59), (7, 0), (8, 59), (12, 0), (23, 59)])
def test_every_hour_of_a_day_has_the_same_deadline(zone: ZoneInfo, hour: int, minute: int) -> None:
    start = datetime(2026, 6, 8, hour, minute, tzinfo=zone)
    expected = datetime(2026, 6, 12, tzinfo=zone)  # Monday, and three working days: the end of Thursday
    for same in (start, start.astimezone(UTC), start.astimezone(WIT)):
        due = deadline(same, 3, WORKING, Calendar(zone))
        assert (due.started_on, due.due_at) == (date(2026, 6, 8), expected)


@pytest.mark.parametrize(
    ("zone", "started_on", "due_at"),
    [
        (WIB, date(2026, 6, 7), datetime(2026, 6, 10, 17, tzinfo=UTC)),  # Sunday 22.30
        (WITA, date(2026, 6, 7), datetime(2026, 6, 10, 16, tzinfo=UTC)),  # Sunday 23.30
        (WIT, date(2026, 6, 8), datetime(2026, 6, 11, 15, tzinfo=UTC)),  # Monday 00.30
    ],
    ids=["WIB", "WITA", "WIT"],
)
def test_one_instant_is_two_days_across_the_zones(zone: ZoneInfo, started_on: date, due_at: datetime) -> None:
    due = deadline(datetime(2026, 6, 7, 15, 30, tzinfo=UTC), 3, WORKING, Calendar(zone))
    assert (due.started_on, due.due_at) == (started_on, due_at)


@pytest.mark.parametrize("hour", [0, 3, 6])
def test_friday_night_in_utc_is_saturday_here(hour: int) -> None:
    start = wib(8, 8, hour)  # Saturday; in UTC still Friday
    assert start.astimezone(UTC).weekday() == 4
    assert deadline(start, 1, WORKING, CASES).last_day == date(2026, 8, 10)
    assert deadline(start, 1, CALENDAR, CASES).last_day == date(2026, 8, 9)


def test_a_time_without_a_zone_is_refused() -> None:
    """Read in the machine's zone it would give another date on every machine (cases A1, A2)."""
    naive = wib(8, 14, 12).replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        deadline(naive, 3, WORKING, CASES)
    with pytest.raises(ValueError, match="aware"):
        CASES.local_date(naive)
    with pytest.raises(ValueError, match="aware"):
        deadline(wib(8, 14), 3, WORKING, CASES, [Pause(naive, wib(8, 18))])
    with pytest.raises(ValueError, match="aware"):
        days_left(naive, wib(8, 18), WORKING, CASES)


@pytest.mark.parametrize("days", [0, -1])
def test_a_clock_of_no_days_is_refused(days: int) -> None:
    """Case B5: zero means off, never at once."""
    with pytest.raises(ValueError, match="at least one day"):
        deadline(wib(8, 14), days, WORKING, CASES)


# Calendars.


@pytest.mark.parametrize(
    ("days", "last_day"),
    [(1, date(2026, 8, 11)), (2, date(2026, 8, 13)), (3, date(2026, 8, 18)), (9, date(2026, 9, 8))],
)
def test_a_week_of_tuesday_and_thursday(days: int, last_day: date) -> None:
    """Case A8: the N-th working day is right whatever the week looks like."""
    calendar = Calendar(WIB, FREE, weekend=EVERY_WEEKDAY - {1, 3})
    assert deadline(wib(8, 10, 9), days, WORKING, calendar).last_day == last_day


def test_a_calendar_without_a_working_day_is_refused() -> None:
    """Nor searched for ever: somebody has entered every day of the week."""
    free = Calendar(WIB, weekend=EVERY_WEEKDAY)
    with pytest.raises(NoWorkingDay):
        deadline(wib(8, 14), 1, WORKING, free)
    assert deadline(wib(8, 14), 1, CALENDAR, free).last_day == date(2026, 8, 15)


def test_a_single_worked_day_is_found_and_a_second_is_not() -> None:
    calendar = Calendar(WIB, weekend=EVERY_WEEKDAY, workdays=frozenset({date(2027, 3, 1)}))
    assert deadline(wib(8, 14), 1, WORKING, calendar).last_day == date(2027, 3, 1)
    with pytest.raises(NoWorkingDay):
        deadline(wib(8, 14), 2, WORKING, calendar)


def test_a_long_clock_is_no_calendar_without_working_days() -> None:
    """3,000 working days are more than ten years, and every week of them has five."""
    assert deadline(wib(8, 14), 3_000, WORKING, Calendar(WIB)).last_day == date(2038, 2, 12)


# Days of the clock's own kind, and pauses (case A5).


@pytest.mark.parametrize(
    ("start", "end", "working", "calendar"),
    [
        (date(2026, 8, 14), date(2026, 8, 18), 1, 4),
        (date(2026, 8, 14), date(2026, 8, 17), 0, 3),
        (date(2026, 8, 14), date(2026, 8, 14), 0, 0),
        (date(2026, 8, 18), date(2026, 8, 14), 0, 0),
        (date(2026, 8, 10), date(2026, 8, 14), 4, 4),
    ],
)
def test_days_between(start: date, end: date, working: int, calendar: int) -> None:
    assert days_between(start, end, WORKING, CASES) == working
    assert days_between(start, end, CALENDAR, CASES) == calendar


@pytest.mark.parametrize(
    ("pauses", "working", "calendar"),
    [
        ([Pause(wib(8, 14, 10), wib(8, 18, 10))], 1, 4),
        ([Pause(wib(8, 14, 10), wib(8, 14, 17))], 0, 0),
        ([Pause(wib(8, 11, 23, 59), wib(8, 12, 0, 1))], 1, 1),
        # On days off: Saturday to the holiday is no working day, and Friday to Sunday as long as to Tuesday.
        ([Pause(wib(8, 15, 10), wib(8, 17, 10))], 0, 2),
        ([Pause(wib(8, 15, 10), wib(8, 18, 10))], 0, 3),
        ([Pause(wib(8, 14, 10), wib(8, 16, 10))], 1, 2),
        ([Pause(wib(8, 14, 10), wib(8, 15, 9)), Pause(wib(8, 15, 10), wib(8, 16, 10))], 1, 2),
        ([Pause(wib(8, 11, 9), wib(8, 12, 9)), Pause(wib(8, 13, 9), wib(8, 18, 9))], 3, 6),
        ([Pause(wib(8, 19, 9), None)], 2, 2),  # it lasts until now, Friday 21 August
    ],
)
def test_a_pause_moves_the_deadline_by_days_of_its_own_kind(
    pauses: list[Pause], working: int, calendar: int
) -> None:
    now = wib(8, 21, 12)
    for kind, days in ((WORKING, working), (CALENDAR, calendar)):
        due = deadline(wib(8, 10, 9), 14, kind, CASES, pauses, now)
        assert due.paused_days == paused_days(pauses, now, kind, CASES) == days
        assert due.last_day == deadline(wib(8, 10, 9), 14 + days, kind, CASES).last_day
        assert due.started_on == date(2026, 8, 10)


def test_a_pause_is_cut_into_days_in_the_agencys_zone() -> None:
    """From 23.30 WIB on Tuesday to 00.30 on Wednesday is a day there, and one hour of Wednesday in WIT."""
    pause = [Pause(wib(8, 18, 23, 30), wib(8, 19, 0, 30))]
    assert paused_days(pause, wib(8, 21), WORKING, CASES) == 1
    assert paused_days(pause, wib(8, 21), WORKING, Calendar(WIT, FREE)) == 0


# The calendar as it is published.


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan"),
        (date(2026, 12, 25), "Hari Raya Natal"),
        (date(2027, 1, 1), "Tahun Baru Masehi"),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal"),
        (date(2026, 3, 23), "Cuti Bersama Hari Raya Idul Fitri"),
    ],
)
def test_published_days_off_are_free(day: date, name: str) -> None:
    assert not REAL.is_working(day)
    assert national()[day].startswith(name)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        (wib(8, 14, 9), 3, date(2026, 8, 20)),
        (wib(8, 18, 9), 5, date(2026, 8, 26)),  # over Maulid on Tuesday the 25th
        (wib(12, 23, 9), 3, date(2026, 12, 30)),  # over cuti bersama, Christmas and a weekend
        (wib(3, 17, 9), 1, date(2026, 3, 25)),  # Nyepi and Idul Fitri with their cuti bersama
    ],
)
def test_deadlines_on_the_published_calendar(start: datetime, days: int, last_day: date) -> None:
    assert deadline(start, days, WORKING, REAL).last_day == last_day


@pytest.mark.parametrize(
    ("clock", "works"), [("07:59:59", False), ("08:00", True), ("15:59:59", True), ("16:00", False)]
)
def test_people_are_at_work_in_their_hours_on_working_days(clock: str, works: bool) -> None:
    def when(day: str, zone: ZoneInfo) -> datetime:
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone).astimezone(UTC)

    assert at_work(CASES, when("2026-08-18", WIB)) == works
    assert in_working_hours(WIT, when("2026-08-18", WIT)) == works
    # A Sunday and a holiday have hours, and no work.
    for free in ("2026-08-16", "2026-08-17"):
        assert not at_work(CASES, when(free, WIB))
        assert in_working_hours(WIB, when(free, WIB)) == works
