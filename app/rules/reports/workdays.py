"""Deadlines in working or calendar days, in an agency's own zone.

The day of the start is day 0; a clock ends at the end (24:00) of its N-th day in the agency's zone.
Holidays and zones are passed in as a Calendar, so that a date here never depends on the machine.
Source: the manual, sections 3.2 to 3.4; cases A1, A3, A5, A8, B3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.rules.reports.workflow import DayKind

DAY = timedelta(days=1)
SATURDAY = 5
# A calendar that frees every weekday is a mistake of data entry: refuse it instead of looping for ever.
SEARCH_DAYS = 3_660
# When jobs may remind: hours of the agency's own zone, on its working days (cases A4, A7).
WORK_BEGINS, WORK_ENDS = time(8), time(16)


class NoWorkingDay(ValueError):
    """The calendar has ten years on end without a working day."""


@dataclass(frozen=True)
class Calendar:
    """The days off of one agency.

    zone: the agency's time zone. holidays: date -> name, public holidays and cuti bersama alike.
    workdays: dates on which work is done although they are a weekend or holiday.
    weekend: the weekdays without work, Monday = 0.
    """

    zone: ZoneInfo
    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({SATURDAY, SATURDAY + 1})

    def local_date(self, at: datetime) -> date:
        """The date on the agency's wall calendar at `at`. Raises ValueError for a time without a zone."""
        if at.tzinfo is None:
            raise ValueError("a day is cut from an aware time; a naive one would mean the machine's zone")
        return at.astimezone(self.zone).date()

    def is_working(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def counts(self, day: date, kind: DayKind) -> bool:
        return kind is DayKind.CALENDAR or self.is_working(day)

    def end_of(self, day: date) -> datetime:
        """24:00 of `day` in the agency's zone, as an aware UTC-comparable instant."""
        return datetime.combine(day + DAY, time.min, tzinfo=self.zone)


@dataclass(frozen=True)
class Pause:
    """A time during which a clock stood still; `until` is None while it still does."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Deadline:
    """A due time that can explain itself.

    due_at: the instant at which it is too late (24:00 of `last_day`). started_on: day 0.
    skipped: the days between that did not count, with the holiday's name, "" for a weekend.
    paused_days: days (of the clock's own kind) by which pauses moved it.
    """

    due_at: datetime
    started_on: date
    last_day: date
    skipped: tuple[tuple[date, str], ...]
    paused_days: int = 0


def counting_day(day: date, kind: DayKind, calendar: Calendar) -> date:
    """`day` if it is one of `kind`, else the next that is. Raises NoWorkingDay."""
    for offset in range(SEARCH_DAYS):
        if calendar.counts(day + offset * DAY, kind):
            return day + offset * DAY
    raise NoWorkingDay(f"no working day within {SEARCH_DAYS} days of {day}")


def days_between(start: date, end: date, kind: DayKind, calendar: Calendar) -> int:
    """How many days of `kind` lie in (start, end]; 0 if `end` is not after `start`."""
    if kind is DayKind.CALENDAR:
        return max(0, (end - start).days)
    return sum(calendar.is_working(start + n * DAY) for n in range(1, (end - start).days + 1))


def paused_days(pauses: Sequence[Pause], now: datetime, kind: DayKind, calendar: Calendar) -> int:
    """How many days of `kind` the pauses took; a pause that still lasts counts up to `now` (case A5).

    A pause that begins or ends on a day off does so on the next working day: held on the last day, a
    Friday, and released on Sunday, a clock still has a last day.
    """

    def day_of(at: datetime) -> date:
        return counting_day(calendar.local_date(at), kind, calendar)

    return sum(days_between(day_of(p.since), day_of(p.until or now), kind, calendar) for p in pauses)


def deadline(
    start: datetime,
    days: int,
    kind: DayKind,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    now: datetime | None = None,
) -> Deadline:
    """The end of the `days`-th day of `kind` after `start` (aware) on `calendar`.

    `pauses` move it by the days that they took; `now` (aware) is needed while one still lasts.
    Raises NoWorkingDay when the calendar has none, ValueError for a naive time or days < 1.
    """
    if days < 1:
        raise ValueError("a deadline has at least one day; a clock that is off is not started")
    extra = paused_days(pauses, now or start, kind, calendar)
    day = first = calendar.local_date(start)
    skipped: list[tuple[date, str]] = []
    for _ in range(days + extra):
        free, day = day + DAY, counting_day(day + DAY, kind, calendar)
        while free < day:
            skipped.append((free, calendar.holidays.get(free, "")))
            free += DAY
    return Deadline(calendar.end_of(day), first, day, tuple(skipped), extra)


def days_left(now: datetime, due_at: datetime, kind: DayKind, calendar: Calendar) -> int:
    """Days of `kind` left after today up to the last day; 0 on the last day, negative when late.

    A late clock counts the days of `kind` since its last day, at least one.
    """
    today, last = calendar.local_date(now), calendar.local_date(due_at - timedelta(microseconds=1))
    if now >= due_at:
        return -max(1, days_between(last, today, kind, calendar))
    return days_between(today, last, kind, calendar)


def at_work(calendar: Calendar, now: datetime) -> bool:
    """Whether `now` lies within working hours of a working day of `calendar`."""
    return in_working_hours(calendar.zone, now) and calendar.is_working(calendar.local_date(now))


def in_working_hours(zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is a working hour in `zone`, on whatever day."""
    return WORK_BEGINS <= now.astimezone(zone).time() < WORK_ENDS
