"""Figures for everybody, counted from what everybody may read and from nothing else.

That is the one rule of the page, its files and the public JSON: `visible(GUEST)`, verified reports that are
not secret. A secret report is in no number, so that no number, however small, tells of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Agency, Area, Category
from app.rules.labels import N_
from app.stats.facts import Counted, CountingWay, facts, way
from app.stats.parts import NONE, PEOPLE_END, SYSTEM_END, Dim
from app.stats.periods import PRESET_LABELS, Period, Preset, preset
from app.stats.tables import units_of
from app.stats.waiting import median_days, minutes_of

FIRST_YEAR = 2011
DIMS = (Dim.PUBLIC, Dim.PUBLIC_AREA, Dim.PUBLIC_CATEGORY, Dim.PUBLIC_WAIT, Dim.UNIT_PUBLIC)
PRESETS = tuple(each for each in Preset if each is not Preset.FREE)
FOLLOWED = "1"
STEP = timedelta(minutes=10)


class PublicGroup(StrEnum):
    """What the lines of a table are; its value stands in the address of its file."""

    STATES = "status"
    MONTHS = "bulan"
    AREAS = "wilayah"
    CATEGORIES = "kategori"
    AGENCIES = "instansi"


@dataclass(frozen=True)
class PublicLine:
    """name: of the agency, category, area or month; "" where a report has none. key: of the agency or area."""

    name: str
    received: int
    followed_up: int
    closed_by_people: int
    closed_by_system: int
    key: str = ""

    @property
    def share(self) -> float:
        """Followed up of received, in per cent."""
        return 100 * self.followed_up / self.received if self.received else 0.0


@dataclass(frozen=True)
class States:
    """Each report once: what has become of it so far."""

    waiting: int
    progress: int
    closed_by_people: int
    closed_by_system: int


STATE_LABELS: Mapping[str, str] = {
    "waiting": N_("Belum ditindaklanjuti"),
    "progress": N_("Sudah ditindaklanjuti, belum ditutup"),
    "closed_by_people": N_("Ditutup oleh instansi atau pelapor"),
    "closed_by_system": N_("Ditutup oleh sistem"),
}


@dataclass(frozen=True)
class Figures:
    """median_days: from verification to the first follow-up, None without any. agency_id: whose these are.
    as_of: every change up to then is counted.

    Of lines the largest comes first, of months the oldest; the agency itself has the name "".
    """

    agency_id: int
    agency: str
    is_root: bool
    zone: str
    period: Period
    as_of: datetime
    way: CountingWay
    total: PublicLine
    states: States
    median_days: float | None
    agencies: Sequence[PublicLine]
    categories: Sequence[PublicLine]
    areas: Sequence[PublicLine]
    months: Sequence[PublicLine]


def years(now: datetime, zone: ZoneInfo) -> range:
    """The years that can be asked for, the present one first."""
    return range(now.astimezone(zone).year, FIRST_YEAR - 1, -1)


def choices(now: datetime, zone: ZoneInfo) -> Mapping[str, str]:
    """Every period that can be asked for: as it stands in the address, and as it is called."""
    named = {each.value: PRESET_LABELS[each] for each in PRESETS}
    return {**named, **{str(year): str(year) for year in years(now, zone)}}


def period_of(which: str, now: datetime, zone: ZoneInfo) -> Period | None:
    """The days of a period of choices(); None for what is none."""
    if which not in choices(now, zone):
        return None
    if which.isdecimal():
        return Period(date(int(which), 1, 1), date(int(which), 12, 31), zone)
    return preset(Preset(which), now.astimezone(zone).date(), zone)


def figures(session: Session, agency: Agency, period: Period, now: datetime) -> Figures:
    """The figures of reports that came in within `period` and are held by `agency` or below, in eight statements."""
    chosen = way(session, agency.id, agency.zone, now)
    found = facts(session, agency, period, DIMS, chosen.way)
    months = facts(session, agency, period, (Dim.PUBLIC,), chosen.way, by_month=True).months(Dim.PUBLIC)
    counted = {int(key.partition(".")[0]) for key in found[Dim.UNIT_PUBLIC]}
    names = {str(unit.key): unit.name for unit in units_of(session, agency, counted)}
    areas = _areas(session)
    waits: dict[float, int] = {}
    for key, n in found[Dim.PUBLIC_WAIT].items():
        waits[minutes_of(key)] = waits.get(minutes_of(key), 0) + n
    return Figures(
        agency_id=agency.id,
        agency=agency.name,
        is_root=agency.parent_id is None,
        zone=agency.zone.value,
        period=period,
        as_of=_floor(chosen.fresh_at),
        way=chosen.way,
        total=_line("", found[Dim.PUBLIC].items()),
        states=_states(found[Dim.PUBLIC]),
        median_days=median_days(waits),
        agencies=_lines(found[Dim.UNIT_PUBLIC], {**names, str(agency.id): ""}),
        categories=_lines(found[Dim.PUBLIC_CATEGORY], _categories(session)),
        areas=_every(_lines(found[Dim.PUBLIC_AREA], areas), areas),
        months=[_line(month, each.items(), month) for month, each in sorted(months.items())],
    )


def _floor(at: datetime) -> datetime:
    """At or before `at`: as true, and the same page for everybody who asks within STEP."""
    return at - timedelta(seconds=at.timestamp() % STEP.total_seconds())


def _lines(counted: Counted, names: Mapping[str, str]) -> list[PublicLine]:
    """Lines of what each key begins with."""
    by_owner: dict[str, list[tuple[str, int]]] = {}
    for key, n in counted.items():
        owner, _, rest = key.partition(".")
        by_owner.setdefault(owner, []).append((rest, n))
    lines = [
        _line(names.get(owner, ""), those, "" if owner == NONE else owner)
        for owner, those in by_owner.items()
    ]
    return sorted(lines, key=lambda line: (-line.received, line.name, line.key))


def _every(lines: list[PublicLine], names: Mapping[str, str]) -> list[PublicLine]:
    """With those that have no report, so that they are seen to have none."""
    there = {line.key for line in lines}
    absent = [PublicLine(name, 0, 0, 0, 0, key) for key, name in names.items() if key not in there]
    return lines + sorted(absent, key=lambda line: line.name)


def _line(name: str, counted: Iterable[tuple[str, int]], key: str = "") -> PublicLine:
    received = followed = people = system = 0
    for ending, n in counted:
        how, _, answered = ending.partition(".")
        received += n
        followed += n * (answered == FOLLOWED)
        people += n * (how == PEOPLE_END)
        system += n * (how == SYSTEM_END)
    return PublicLine(name, received, followed, people, system, key)


def _states(counted: Counted) -> States:
    by_end = {"waiting": 0, "progress": 0, "closed_by_people": 0, "closed_by_system": 0}
    for ending, n in counted.items():
        how, _, answered = ending.partition(".")
        ended = {PEOPLE_END: "closed_by_people", SYSTEM_END: "closed_by_system"}
        by_end[ended.get(how, "progress" if answered == FOLLOWED else "waiting")] += n
    return States(**by_end)


def _areas(session: Session) -> Mapping[str, str]:
    return {code: name for code, name in session.execute(select(Area.code, Area.name).where(Area.level == 1))}


def _categories(session: Session) -> Mapping[str, str]:
    """Main categories."""
    query = select(Category.id, Category.name).where(Category.parent_id.is_(None))
    return {str(key): name for key, name in session.execute(query)}
