"""The statements that count: each dimension of app/stats/parts.py, by the tree that holds for it.

What follows the present holder goes by the present tree; what stays with the agencies at the act, by the
line that held then (models/agencies/agency.py: AgencyPastLine). Agencies that were ever moved are few: counting by
their past lines starts from them, and costs nothing while there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from app.models import AgencyPastLine, AgencyTree, Report
from app.stats.parts import BUILDS, DIVIDED, Dim, Facet, Sql, Whole
from app.stats.periods import Range


class PeriodEnds(NamedTuple):
    """A range of times of receipt in a statement: the names of the parameters of its ends; "": it is open."""

    start: str
    end: str


def ends_of(ranges: Sequence[Range]) -> tuple[tuple[PeriodEnds, ...], Mapping[str, datetime]]:
    """How `ranges` stand in a statement, and the values of its parameters."""
    values: dict[str, datetime] = {}

    def named(name: str, value: datetime | None) -> str:
        if value is None:
            return ""
        values[name] = value
        return name

    ends = [
        PeriodEnds(named(f"start{n}", each.start), named(f"end{n}", each.end))
        for n, each in enumerate(ranges)
    ]
    return tuple(ends), values


def _between(column: Any, wanted: PeriodEnds) -> ColumnElement[bool]:
    ends = [column >= bindparam(wanted.start, type_=column.type)] if wanted.start else []
    ends += [column < bindparam(wanted.end, type_=column.type)] if wanted.end else []
    return and_(true(), *ends)


def statement(
    dims: Sequence[Dim],
    whose: Callable[[Any], ColumnElement[bool]],
    ranges: Sequence[PeriodEnds],
    sql: Sql,
    month: Callable[[Any], Any] | None = None,
) -> CompoundSelect[Any]:
    """(agency_id, dim, month, key, n) of every dimension of `dims`, for the agencies that `whose` admits.

    whose: criterion on the tree's column of asking agencies. month: of a time of receipt; without it
    the column is "", and the whole of `ranges` makes one number. A key may come twice: once from the present
    tree, once from lines before a move. Who reads adds them. Composing it takes longer than many an answer:
    who asks keeps it, with parameters for what changes.
    """
    asking = Asking(whose, ranges, sql, month)
    return union_all(*(part for dim in dims for part in _parts(dim, asking)))


@dataclass(frozen=True)
class Asking:
    """What statement() was asked for."""

    whose: Callable[[Any], ColumnElement[bool]]
    ranges: Sequence[PeriodEnds]
    sql: Sql
    month: Callable[[Any], Any] | None

    @property
    def came_in(self) -> ColumnElement[bool]:
        """Criterion on Report: within one of the ranges."""
        return or_(*(_between(Report.received_at, each) for each in self.ranges))


def _parts(dim: Dim, asking: Asking) -> list[Select[Any]]:
    asked = aliased(AgencyTree)
    facet = BUILDS[DIVIDED.get(dim, dim)](Whole(asked, asking.sql))
    if facet.at is None:
        return [_present(dim, asking, asked, facet)]
    moved = aliased(AgencyPastLine)
    since_moved = select(moved.agency_id).where(moved.agency_id == facet.agency, moved.until > facet.at)
    now = replace(facet, rows=facet.rows.where(~since_moved.exists()))
    return [_present(dim, asking, asked, now), _past(dim, asking, facet)]


def _present(dim: Dim, asking: Asking, asked: Any, facet: Facet) -> Select[Any]:
    """By the present tree."""
    divided = dim in DIVIDED
    columns = [
        *_columns(asking, asked.ancestor_id, facet.key),
        *((asked.unit_id.label("holder"), asked.depth.label("depth")) if divided else ()),
    ]
    one = _selected(facet, asking, asked, asked.unit_id == facet.agency, columns)
    n = func.count() if facet.value is None else func.sum(one.c.value)
    if divided:
        groups = [one.c[column.name] for column in columns]
        one, n = _divide(select(*groups, n.label("n")).group_by(*groups).subquery())
    return _grouped(dim, one, n)


def _past(dim: Dim, asking: Asking, facet: Facet) -> Select[Any]:
    """By the lines that agencies had before they were moved, of what was done then."""
    line = aliased(AgencyPastLine)
    within = and_(line.agency_id == facet.agency, facet.at < line.until)
    within = and_(within, or_(line.since.is_(None), facet.at >= line.since))
    key = cast(line.via_id, String) + literal(".") + facet.key if dim in DIVIDED else facet.key
    one = _selected(facet, asking, line, within, _columns(asking, line.ancestor_id, key))
    return _grouped(dim, one, func.count() if facet.value is None else func.sum(one.c.value))


def _columns(asking: Asking, agency: Any, key: Any) -> list[Any]:
    month = asking.month(Report.received_at) if asking.month else literal("")
    return [agency.label("agency_id"), month.label("month"), key.label("key")]


def _selected(facet: Facet, asking: Asking, line: Any, on: Any, columns: Sequence[Any]) -> Any:
    # Grouped outside by the names of columns: an expression with parameters is not the same twice.
    value = literal(1) if facet.value is None else facet.value
    query = facet.rows.join(line, on).with_only_columns(*columns, value.label("value"))
    return query.where(asking.whose(line.ancestor_id), asking.came_in).subquery()


def _grouped(dim: Dim, one: Any, n: Any) -> Select[Any]:
    total = cast(n, BigInteger).label("n")
    groups = (one.c.agency_id, one.c.month, one.c.key)
    name = literal(dim.value).label("dim")
    return select(one.c.agency_id, name, one.c.month, one.c.key, total).group_by(*groups)


def _divide(held: Any) -> tuple[Any, Any]:
    """Numbers by the agency that holds, as numbers by the unit in which it lies: (rows, their sum).

    The unit of an agency is one level nearer to the asking one; itself for its own. Looked up once for
    each holder: as a join it misleads PostgreSQL into reading everything for a month.
    """
    above = aliased(AgencyTree)
    level = case((held.c.depth == 0, 0), else_=held.c.depth - 1)
    unit = (
        select(above.ancestor_id)
        .where(above.unit_id == held.c.holder, above.depth == level)
        .correlate(held)
        .scalar_subquery()
    )
    key = cast(unit, String) + literal(".") + held.c.key
    rows = select(held.c.agency_id, held.c.month, key.label("key"), held.c.n).subquery()
    return rows, func.sum(rows.c.n)
