"""Dates and times as the official export writes them: "3 Jan 2026" beside "09:30", or a spreadsheet's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.rules.zones import Zone

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february peb pebruari", "mar maret march",
            "apr april", "mei may", "jun juni june", "jul juli july",
            "agu agt ags agustus aug august", "sep sept september", "okt oktober oct october",
            "nov november nop nopember", "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WRITTEN = re.compile(r"(\d{1,2})[\s\-/.]+([A-Za-z]+)\.?[\s\-/.,]+(\d{4})", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{4})", re.ASCII)
BACKWARDS = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([A-Za-z]*)", re.ASCII)
ZONES: Mapping[str, Zone] = {word.casefold(): zone for zone, word in ((each, each.label) for each in Zone)}
EARLIEST = 2000  # LAPOR! began in 2011; what lies further back is a mistake


class BadDate(ValueError):
    """It is no date, or, with `clock`, no time of day."""

    def __init__(self, *, clock: bool) -> None:
        super().__init__("time" if clock else "date")
        self.clock = clock


def moment(day: object, clock: object, zone: Zone) -> datetime:
    """The time that a date cell and a time cell say together, aware. `zone`: unless the time names one.

    An empty time is the day's beginning. Raises BadDate.
    """
    if isinstance(day, datetime) and day.time() != time() and clock in (None, ""):
        clock = day.time()
    on = _day(day)
    at, said = _clock(clock)
    return datetime.combine(on, at, tzinfo=ZoneInfo((said or zone).value))


def generated(value: object, zone: Zone) -> datetime | None:
    """When the file was made, as its preamble says: a date with or without a time; None if unreadable."""
    try:
        if isinstance(value, datetime):
            return moment(value, None, zone)
        text = str(value or "").strip()
        found = CLOCK.search(text)
        for written in (WRITTEN, BACKWARDS, NUMBERS):
            if (day := written.search(text)) is not None:
                rest = CLOCK.search(text, day.end()) if found else None
                return moment(day[0], rest[0] if rest else None, zone)
    except BadDate:
        return None
    return None


def written_day(on: date) -> str:
    """3 Jan 2026."""
    return f"{on.day} {SHORT_MONTHS[on.month - 1]} {on.year}"


def written_clock(at: datetime) -> str:
    """09:30, of a time that is in its zone already."""
    return f"{at:%H:%M}"


def written_moment(at: datetime, zone: Zone) -> str:
    """3 Jan 2026 09:30 WIB."""
    local = at.astimezone(ZoneInfo(zone.value))
    return f"{written_day(local.date())} {written_clock(local)} {zone.label}"


def _day(value: object) -> date:
    try:
        found = _read_day(value)
    except ValueError:
        raise BadDate(clock=False) from None
    if found is None or found.year < EARLIEST:
        raise BadDate(clock=False)
    return found


def _read_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if (written := WRITTEN.fullmatch(text)) is not None:
        month = MONTHS.get(written[2].casefold())
        return date(int(written[3]), month, int(written[1])) if month else None
    if (backwards := BACKWARDS.fullmatch(text)) is not None:
        return date(int(backwards[1]), int(backwards[2]), int(backwards[3]))
    if (numbers := NUMBERS.fullmatch(text)) is not None:
        return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
    return None


def _clock(value: object) -> tuple[time, Zone | None]:
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(tzinfo=None), None
    if isinstance(value, timedelta):
        if not timedelta() <= value < timedelta(days=1):
            raise BadDate(clock=True)
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return time(minutes // 60, minutes % 60, seconds), None
    text = str(value if value is not None else "").strip()
    if text in ("", "-"):
        return time(), None
    found = CLOCK.fullmatch(text)
    zone = ZONES.get(found[4].casefold()) if found else None
    if found is None or (found[4] and zone is None):
        raise BadDate(clock=True)
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0)), zone
    except ValueError:
        raise BadDate(clock=True) from None
