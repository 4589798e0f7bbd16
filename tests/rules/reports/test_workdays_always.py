"""What holds for every calendar and every start, and a count on the fingers beside the real one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.reports.workdays import Calendar, NoWorkingDay, Pause, days_left, deadline
from app.rules.reports.workflow import DayKind

WORKING = DayKind.WORKING
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
# Examples are cheap and many; the time of a single one says more about the machine than about the code.
untimed = settings(deadline=None)

zones = st.sampled_from([ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura")])
moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
days_off = st.dictionaries(
    st.integers(0, 120).map(lambda offset: MONDAY.date() + offset * DAY), st.just("Libur"), max_size=30
)
calendars = st.builds(
    Calendar,
    zone=zones,
    holidays=days_off,
    workdays=st.frozensets(st.integers(0, 120).map(lambda n: MONDAY.date() + n * DAY), max_size=5),
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
)
kinds = st.sampled_from(DayKind)
numbers = st.integers(1, 40)
lengths = st.integers(0, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def works(calendar: Calendar, day: date) -> bool:
    """Written a second time, from the words of the calendar."""
    free = day.isoweekday() - 1 in calendar.weekend or day in calendar.holidays
    return day in calendar.workdays or not free


def more(calendar: Calendar, holidays: dict[date, str]) -> Calendar:
    return Calendar(calendar.zone, {**calendar.holidays, **holidays}, calendar.workdays, calendar.weekend)


@untimed
@given(moments, numbers, kinds, calendars)
def test_the_nth_day_counted_on_the_fingers(
    start: datetime, days: int, kind: DayKind, calendar: Calendar
) -> None:
    first = start.astimezone(calendar.zone).date()
    following = [first + n * DAY for n in range(1, 500)]
    counting = [day for day in following if kind is DayKind.CALENDAR or works(calendar, day)]
    last_day = counting[days - 1]
    due = deadline(start, days, kind, calendar)
    assert due.last_day == last_day
    assert due.due_at.astimezone(calendar.zone) == datetime.combine(
        last_day + DAY, datetime.min.time(), tzinfo=calendar.zone
    )
    assert [day for day, _ in due.skipped] == [d for d in following if d < last_day and d not in counting]


@untimed
@given(moments, numbers, kinds, calendars, days_off)
def test_more_holidays_never_move_a_deadline_earlier(
    start: datetime, days: int, kind: DayKind, calendar: Calendar, added: dict[date, str]
) -> None:
    before, after = (deadline(start, days, kind, each).due_at for each in (calendar, more(calendar, added)))
    assert after >= before
    if kind is DayKind.CALENDAR:
        assert after == before


@untimed
@given(moments, numbers, kinds, calendars)
def test_more_worked_days_never_move_a_deadline_later(
    start: datetime, days: int, kind: DayKind, calendar: Calendar
) -> None:
    plain = Calendar(calendar.zone, calendar.holidays, frozenset(), calendar.weekend)
    assert deadline(start, days, kind, calendar).due_at <= deadline(start, days, kind, plain).due_at


@untimed
@given(moments, lengths, numbers, kinds, calendars)
def test_who_starts_later_ends_no_earlier(
    start: datetime, gap: timedelta, days: int, kind: DayKind, calendar: Calendar
) -> None:
    assert deadline(start, days, kind, calendar).due_at <= deadline(start + gap, days, kind, calendar).due_at


@untimed
@given(moments, numbers, kinds, calendars)
def test_a_day_more_ends_at_least_a_day_later(
    start: datetime, days: int, kind: DayKind, calendar: Calendar
) -> None:
    one, two = (deadline(start, n, kind, calendar).due_at for n in (days, days + 1))
    assert two - one >= DAY
    assert one - start > (days - 1) * DAY


def in_turn(start: datetime, gaps: list[tuple[timedelta, timedelta]]) -> list[Pause]:
    """Pauses one after the other, each after a gap."""
    pauses = []
    for gap, length in gaps:
        since = start + gap
        start = since + length
        pauses.append(Pause(since, start))
    return pauses


turns = st.lists(st.tuples(lengths, lengths), min_size=1, max_size=3)


@untimed
@given(moments, numbers, kinds, calendars, turns)
def test_pauses_never_move_a_deadline_earlier(
    start: datetime,
    days: int,
    kind: DayKind,
    calendar: Calendar,
    turns: list[tuple[timedelta, timedelta]],
) -> None:
    pauses = in_turn(start, turns)
    paused = [deadline(start, days, kind, calendar, pauses[:n]) for n in range(len(pauses) + 1)]
    assert paused == sorted(paused, key=lambda due: due.due_at)
    assert paused[-1].last_day == deadline(start, days + paused[-1].paused_days, kind, calendar).last_day


@untimed
@given(moments, numbers, kinds, calendars, turns)
def test_what_was_not_late_when_held_is_not_late_when_released(
    start: datetime,
    days: int,
    kind: DayKind,
    calendar: Calendar,
    turns: list[tuple[timedelta, timedelta]],
) -> None:
    """A hold stops the clock: whoever was in time at its beginning has not used up time at its end."""
    pauses = in_turn(start, turns)
    for n, pause in enumerate(pauses):
        before = deadline(start, days, kind, calendar, pauses[:n]).due_at
        after = deadline(start, days, kind, calendar, pauses[: n + 1]).due_at
        assert pause.until is not None
        if pause.since < before:
            assert days_left(pause.until, after, kind, calendar) >= 0


@untimed
@given(moments, numbers, calendars, lengths, lengths, days_off)
def test_more_holidays_never_move_a_paused_deadline_earlier(
    start: datetime,
    days: int,
    calendar: Calendar,
    gap: timedelta,
    length: timedelta,
    added: dict[date, str],
) -> None:
    """For holds that began in time, after the day of receipt. One after the deadline becomes shorter by a
    holiday, and no less late; so does one on the day of receipt, which itself counts for nobody."""
    wider = more(calendar, added)
    pause = Pause(start + gap, start + gap + length)
    received, held = (at.astimezone(calendar.zone).date() for at in (start, pause.since))
    if received < held and pause.since < deadline(start, days, WORKING, calendar).due_at:
        before, after = (deadline(start, days, WORKING, each, [pause]).due_at for each in (calendar, wider))
        assert after >= before


@untimed
@given(moments, numbers, kinds, calendars, lengths)
def test_days_left_begins_with_all_of_them_and_is_below_nothing_when_late(
    start: datetime, days: int, kind: DayKind, calendar: Calendar, gap: timedelta
) -> None:
    due_at = deadline(start, days, kind, calendar).due_at
    assert days_left(start, due_at, kind, calendar) == days
    now = start + gap
    left = days_left(now, due_at, kind, calendar)
    assert (left < 0) is (now >= due_at)
    assert days_left(now + DAY, due_at, kind, calendar) <= left <= days


@untimed
@given(moments, numbers, zones, days_off)
def test_a_week_without_a_working_day_is_refused_whatever_else_is_free(
    start: datetime, days: int, zone: ZoneInfo, holidays: dict[date, str]
) -> None:
    with pytest.raises(NoWorkingDay):
        deadline(start, days, WORKING, Calendar(zone, holidays, weekend=frozenset(range(7))))
