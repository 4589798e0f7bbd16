"""Reading: the numbers of one agency and period, counted directly or from monthly summaries.

`way()` chooses between the two; both read what app/stats/parts.py defines. Nothing is kept between two
requests: every number is asked with its agency (case C10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, CompoundSelect, bindparam, func, select
from sqlalchemy.orm import Session

from app.models import Agency, StatMonth, StatUnit
from app.rules.zones import Zone
from app.stats.counting import PeriodEnds, ends_of, statement
from app.stats.parts import Dim, Sql
from app.stats.periods import Period, Range, split

# Up to so many reports in its subtree an agency is counted directly: 0.07 s at 31,000 (docs/statistics.md).
LARGE = 50_000

Counted = Mapping[str, int]  # key -> how many


class CountingWay(StrEnum):
    DIRECT = "direct"
    SUMMARY = "summary"


@dataclass(frozen=True)
class Chosen:
    """way: how the numbers are read. fresh_at: every change up to then is in them."""

    way: CountingWay
    fresh_at: datetime


@dataclass(frozen=True)
class FigureFacts:
    """by_dim: key -> how many, for each dimension that was asked for; by_month: the same by month."""

    by_dim: Mapping[Dim, Counted]
    by_month: Mapping[Dim, Mapping[str, Counted]]

    def __getitem__(self, dim: Dim) -> Counted:
        return self.by_dim.get(dim, {})

    def months(self, dim: Dim) -> Mapping[str, Counted]:
        return self.by_month.get(dim, {})


def way(session: Session, agency_id: int, zone: Zone, now: datetime) -> Chosen:
    """How the numbers of an agency (days cut in `zone`) are read: from summaries once it has them all."""
    unit = session.execute(
        select(StatUnit.zone, StatUnit.reached, StatUnit.fresh_at).where(StatUnit.agency_id == agency_id)
    ).one_or_none()
    # Summaries that are being built, or were cut in another zone, are none.
    if unit is None or unit.reached is not None or unit.fresh_at is None or unit.zone is not zone:
        return Chosen(CountingWay.DIRECT, now)
    return Chosen(CountingWay.SUMMARY, unit.fresh_at)


def facts(
    session: Session,
    agency: Agency,
    period: Period,
    dims: Sequence[Dim],
    chosen: CountingWay,
    *,
    by_month: bool = False,
) -> FigureFacts:
    """What `dims` count for `agency` within `period`, in at most two statements."""
    if chosen is CountingWay.DIRECT:
        return _sum(direct(session, agency, period, dims, by_month=by_month))
    parts = split(period)
    rows: list[Any] = []
    if parts.first:
        rows += _summed(session, agency.id, parts.first, parts.last, dims, by_month=by_month)
    if parts.edges:
        rows += _counted(session, agency, parts.edges, dims, by_month=by_month)
    return _sum(rows)


def direct(
    session: Session, agency: Agency, period: Period, dims: Sequence[Dim], *, by_month: bool = False
) -> Sequence[Any]:
    """Rows (agency, dim, month, key, n) counted from the reports themselves."""
    return _counted(session, agency, [period.range], dims, by_month=by_month)


def _counted(
    session: Session, agency: Agency, ranges: Sequence[Range], dims: Sequence[Dim], *, by_month: bool
) -> Sequence[Any]:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ends, values = ends_of(ranges)
    query = _direct(tuple(dims), ends, agency.zone if by_month else None, is_sqlite)
    return session.execute(query, {"agency_id": agency.id, **values}).all()


@lru_cache(maxsize=64)
def _direct(
    dims: tuple[Dim, ...], ranges: tuple[PeriodEnds, ...], by_month_in: Zone | None, is_sqlite: bool
) -> CompoundSelect[Any]:
    sql = Sql(is_sqlite, classes=False)
    agency_id = bindparam("agency_id", type_=BigInteger())
    month = None if by_month_in is None else lambda at: sql.month(at, by_month_in)
    return statement(dims, lambda ancestor: ancestor == agency_id, ranges, sql, month)


def _summed(
    session: Session, agency_id: int, first: str, last: str, dims: Sequence[Dim], *, by_month: bool
) -> Sequence[Any]:
    month = (StatMonth.month,) if by_month else ()
    query = (
        select(StatMonth.dim, StatMonth.key, func.sum(StatMonth.n), *month)
        .where(
            StatMonth.agency_id == agency_id,
            StatMonth.dim.in_([dim.value for dim in dims]),
            StatMonth.month.between(first, last),
        )
        .group_by(StatMonth.dim, StatMonth.key, *month)
    )
    return [
        (agency_id, row[0], row[3] if by_month else "", row[1], int(row[2])) for row in session.execute(query)
    ]


def _sum(rows: Iterable[Any]) -> FigureFacts:
    by_dim: dict[Dim, dict[str, int]] = {}
    by_month: dict[Dim, dict[str, dict[str, int]]] = {}
    for _agency, name, month, key, n in rows:
        dim, number = Dim(name), int(n or 0)
        whole = by_dim.setdefault(dim, {})
        whole[key] = whole.get(key, 0) + number
        if month:
            one = by_month.setdefault(dim, {}).setdefault(month, {})
            one[key] = one.get(key, 0) + number
    return FigureFacts(by_dim, by_month)
