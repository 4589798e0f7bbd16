"""MONITOR > Pemantauan: the table that offices would otherwise keep by hand, a line for each unit below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.figures.monitoring import Now, now_of_units
from app.models import Agency
from app.rules.labels import N_
from app.stats.facts import Chosen, facts, way
from app.stats.parts import Dim
from app.stats.periods import Period
from app.stats.tables import Number, Sums, split_by_owner, units_of, whole_of

DIMS = (Dim.UNIT_STATUS, Dim.UNIT_WAIT, Dim.UNIT_WAIT_SUM)
# The KPI table's columns from the measures of app/stats/measures.py, then what is true now.
COUNTED = (
    "unverified",
    "waiting",
    "progress",
    "closed_people",
    "closed_system",
    "archived",
    "received",
    "followed_share",
    "first_mean",
)


@dataclass(frozen=True)
class MonitoringColumn:
    """A column of what is true now."""

    title: str
    says: str


PRESENT: Mapping[str, MonitoringColumn] = {
    "late": MonitoringColumn(
        N_("Terlambat sekarang"),
        N_("Laporan yang tenggat tindak lanjut pertamanya sudah lewat, kapan pun laporan itu masuk."),
    ),
    "oldest": MonitoringColumn(
        N_("Menunggu terlama"),
        N_("Sejak kapan laporan yang paling lama menunggu tindak lanjut pertamanya menunggu di sana."),
    ),
    "signed_in": MonitoringColumn(
        N_("Login terakhir"), N_("Kapan salah seorang admin unit itu atau di bawahnya masuk terakhir kali.")
    ),
    "unstaffed": MonitoringColumn(
        N_("Instansi tanpa petugas aktif"),
        N_("Instansi aktif, unit itu sendiri atau di bawahnya, yang tidak memiliki petugas aktif."),
    ),
}


@dataclass(frozen=True)
class MonitoringLine:
    """One unit with all below it, or the agency itself alone."""

    agency_id: int
    name: str
    itself: bool
    values: Mapping[str, Number]
    now: Now
    former: bool  # it hangs elsewhere now: what it did here before stays


@dataclass(frozen=True)
class Overview:
    lines: Sequence[MonitoringLine]
    total: Mapping[str, Number]
    late: int
    unstaffed: int
    chosen: Chosen


def overview(session: Session, agency: Agency, period: Period, now: datetime) -> Overview:
    """The lines of `agency`, unsorted: reports of the period, and what waits now."""
    chosen = way(session, agency.id, agency.zone, now)
    found = facts(session, agency, period, DIMS, chosen.way)
    by_unit, present = split_by_owner(found, DIMS), now_of_units(session, agency.id, now)
    lines = [
        MonitoringLine(
            unit.key,
            unit.name,
            unit.key == agency.id,
            by_unit.get(unit.key, Sums()).values(COUNTED),
            present.get(unit.key, Now()),
            unit.former,
        )
        for unit in units_of(session, agency, {*by_unit, *present})
    ]
    return Overview(
        lines,
        whole_of(found, DIMS).values(COUNTED),
        sum(line.now.late for line in lines),
        sum(line.now.unstaffed for line in lines),
        chosen,
    )


def arranged(lines: Sequence[MonitoringLine], column: str, *, descending: bool) -> list[MonitoringLine]:
    """`lines` by a column of COUNTED or PRESENT, or by "name"; what has no value comes last either way."""
    if column == "name":
        return sorted(lines, key=lambda line: line.name.casefold(), reverse=descending)

    def value(line: MonitoringLine) -> Any:
        return getattr(line.now, column) if column in PRESENT else line.values[column]

    by_name = sorted(lines, key=lambda line: line.name.casefold())
    with_value = [line for line in by_name if value(line) is not None]
    without = [line for line in by_name if value(line) is None]
    return [*sorted(with_value, key=value, reverse=descending), *without]
