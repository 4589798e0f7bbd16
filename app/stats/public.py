"""Figures for everybody, counted from what everybody may read: verified reports that are not secret.

A minimal version, by the year in which reports came in (WIB).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import GUEST
from app.access.scope import visible
from app.models import Agency, AgencyTree, Area, Category, Report
from app.rules.labels import EndedBy, Zone
from app.rules.workflow import State

ZONE = ZoneInfo(Zone.WIB.value)
SQLITE_WIB = "+7 hours"
DAY_SECONDS = 86_400
FIRST_YEAR = 2011
SHOWN = 10  # lines of a table; the file has all of them


@dataclass(frozen=True)
class Line:
    """name: of the agency, category, area or month; "" where a report has none."""

    name: str
    received: int
    followed_up: int
    closed_by_people: int
    closed_by_system: int

    @property
    def share(self) -> float:
        """Followed up of received, in per cent."""
        return 100 * self.followed_up / self.received if self.received else 0.0


@dataclass(frozen=True)
class Figures:
    """median_days: from verification to the first follow-up, None without any."""

    year: int
    total: Line
    median_days: float | None
    agencies: Sequence[Line]
    categories: Sequence[Line]
    areas: Sequence[Line]
    months: Sequence[Line]


def years(now: datetime) -> range:
    """The years that can be asked for."""
    return range(now.astimezone(ZONE).year, FIRST_YEAR - 1, -1)


def figures(session: Session, year: int) -> Figures:
    """The figures of reports that came in within `year`, in six statements."""
    during = and_(
        visible(GUEST),
        Report.received_at >= datetime(year, 1, 1, tzinfo=ZONE).astimezone(UTC),
        Report.received_at < datetime(year + 1, 1, 1, tzinfo=ZONE).astimezone(UTC),
    )
    sqlite = session.get_bind().dialect.name == "sqlite"
    total = session.execute(select(*_sums()).where(during)).one()
    return Figures(
        year,
        Line("", *(int(n or 0) for n in total)),
        _median_days(session, during, sqlite=sqlite),
        _agencies(session, during),
        _categories(session, during),
        _areas(session, during),
        _months(session, during, sqlite=sqlite),
    )


def _sums() -> tuple[Any, ...]:
    closed = Report.state == State.CLOSED
    by_system = and_(closed, Report.ended_by == EndedBy.SYSTEM)
    return (
        func.count(Report.id),
        func.sum(case((Report.first_follow_up_at.is_not(None), 1), else_=0)),
        func.sum(case((and_(closed, Report.ended_by != EndedBy.SYSTEM), 1), else_=0)),
        func.sum(case((by_system, 1), else_=0)),
    )


def _lines(session: Session, query: Any) -> list[Line]:
    rows = session.execute(query).all()
    return [Line(name or "", *(int(n or 0) for n in counts)) for name, *counts in rows]


def _agencies(session: Session, during: ColumnElement[bool]) -> list[Line]:
    """By the agency directly below the root in which the report lies; "" for the root itself."""
    top, root = aliased(Agency), aliased(Agency)
    above = (
        select(AgencyTree.unit_id, top.name.label("name"))
        .join(top, top.id == AgencyTree.ancestor_id)
        .join(root, and_(root.id == top.parent_id, root.parent_id.is_(None)))
        .subquery()
    )
    query = (
        select(above.c.name, *_sums())
        .select_from(Report)
        .outerjoin(above, above.c.unit_id == Report.holder_id)
        .where(during)
        .group_by(above.c.name)
        .order_by(func.count(Report.id).desc(), above.c.name)
    )
    return _lines(session, query)


def _categories(session: Session, during: ColumnElement[bool]) -> list[Line]:
    main = aliased(Category)
    name = func.coalesce(main.name, Category.name)
    query = (
        select(name, *_sums())
        .select_from(Report)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(main, main.id == Category.parent_id)
        .where(during)
        .group_by(name)
        .order_by(func.count(Report.id).desc(), name)
    )
    return _lines(session, query)


def _areas(session: Session, during: ColumnElement[bool]) -> list[Line]:
    """By province: the first part of an area's code."""
    query = (
        select(Area.name, *_sums())
        .select_from(Report)
        .outerjoin(Area, Area.code == func.substr(Report.area_code, 1, 2))
        .where(during)
        .group_by(Area.name)
        .order_by(func.count(Report.id).desc(), Area.name)
    )
    return _lines(session, query)


def _months(session: Session, during: ColumnElement[bool], *, sqlite: bool) -> list[Line]:
    month: Any
    if sqlite:
        month = func.strftime("%Y-%m", Report.received_at, SQLITE_WIB)
    else:
        month = func.to_char(func.timezone(Zone.WIB.value, Report.received_at), "YYYY-MM")
    within = select(month.label("month"), Report.id).where(during).subquery()
    query = (
        select(within.c.month, *_sums())
        .join(Report, Report.id == within.c.id)
        .group_by(within.c.month)
        .order_by(within.c.month)
    )
    return _lines(session, query)


def _median_days(session: Session, during: ColumnElement[bool], *, sqlite: bool) -> float | None:
    """The middle one, or the mean of the two in the middle."""
    took: Any
    if sqlite:
        took = func.julianday(Report.first_follow_up_at) - func.julianday(Report.verified_at)
    else:
        took = func.extract("epoch", Report.first_follow_up_at - Report.verified_at) / DAY_SECONDS
    answered = and_(during, Report.first_follow_up_at >= Report.verified_at)
    number = session.scalar(select(func.count(Report.id)).where(answered)) or 0
    if not number:
        return None
    middle = select(took).where(answered).order_by(took)
    found = session.scalars(middle.offset((number - 1) // 2).limit(2 - number % 2)).all()
    return float(sum(found)) / len(found)
