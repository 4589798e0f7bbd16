"""The period of a statistic: days of receipt in an agency's zone, and the whole months within it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.rules.labels import N_

FIRST_DAY = date(2000, 1, 1)  # LAPOR! began in 2011; days outside of these are refused
LAST_DAY = date(2100, 12, 31)
OUT_OF_RANGE = N_("Tanggal paling awal 1 Januari 2000 dan paling akhir 31 Desember 2100.")
# What an open end is among months, which are compared as text.
EVER_SINCE, EVER_UNTIL = date(1000, 1, 1), date(9999, 12, 31)


class Preset(StrEnum):
    """Its value stands in the address."""

    THIS_MONTH = "bulan-ini"
    LAST_MONTH = "bulan-lalu"
    THIS_YEAR = "tahun-ini"
    THIRTY_DAYS = "30-hari"
    ALL = "semua"
    FREE = "bebas"


PRESET_LABELS = {
    Preset.THIS_MONTH: N_("Bulan ini"),
    Preset.LAST_MONTH: N_("Bulan lalu"),
    Preset.THIS_YEAR: N_("Tahun ini"),
    Preset.THIRTY_DAYS: N_("30 hari terakhir"),
    Preset.ALL: N_("Semua"),
    Preset.FREE: N_("Tanggal bebas"),
}


@dataclass(frozen=True)
class Period:
    """From `since` to `until`, both days included, in `zone`; None: without an end on that side."""

    since: date | None
    until: date | None
    zone: ZoneInfo

    @property
    def range(self) -> Range:
        until = None if self.until is None else self.until + timedelta(days=1)
        return Range(_instant(self.since, self.zone), _instant(until, self.zone))


@dataclass(frozen=True)
class Range:
    """From `start`, before `end`: instants, UTC; None: open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Split:
    """first, last: whole months, YYYY-MM, both included, "" for none. edges: what lies outside of them."""

    first: str
    last: str
    edges: tuple[Range, ...]


def _instant(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone).astimezone(UTC)


def preset(which: Preset, today: date, zone: ZoneInfo) -> Period:
    """The days of a preset (not FREE), seen from `today` in that zone."""
    first = today.replace(day=1)
    if which is Preset.THIS_MONTH:
        return Period(first, last_of(first), zone)
    if which is Preset.LAST_MONTH:
        before = (first - timedelta(days=1)).replace(day=1)
        return Period(before, last_of(before), zone)
    if which is Preset.THIS_YEAR:
        return Period(date(today.year, 1, 1), date(today.year, 12, 31), zone)
    if which is Preset.THIRTY_DAYS:
        return Period(today - timedelta(days=29), today, zone)
    return Period(None, None, zone)


def last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """The month of an instant, YYYY-MM."""
    return f"{at.astimezone(zone):%Y-%m}"


def after(month: str) -> str:
    """The month after `month`."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def month_range(month: str, zone: ZoneInfo) -> Range:
    """The instants of a month."""
    ends = [_instant(date(int(m[:4]), int(m[5:]), 1), zone) for m in (month, after(month))]
    return Range(*ends)


def split(period: Period) -> Split:
    """`period` as whole months and the days at its edges."""
    since, until = period.since or EVER_SINCE, period.until or EVER_UNTIL
    first = since if since.day == 1 else last_of(since) + timedelta(days=1)
    last = until if until == last_of(until) else until.replace(day=1) - timedelta(days=1)
    if first > last:
        return Split("", "", (period.range,))
    edges = []
    if since < first:
        edges.append(Period(since, first - timedelta(days=1), period.zone).range)
    if last < until:
        edges.append(Period(last + timedelta(days=1), until, period.zone).range)
    return Split(f"{first:%Y-%m}", f"{last:%Y-%m}", tuple(edges))
