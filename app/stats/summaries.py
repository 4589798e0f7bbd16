"""Writing: which agencies have monthly summaries, their first building, and months that changed.

Each function is one step, for a transaction of its own; none of them commits. A building that was
interrupted goes on at the month that it reached.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Insert, bindparam, cast, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.access.figures.statistics import received_between, subtree_sizes
from app.models import Agency, StatDirty, StatMonth, StatUnit
from app.rules.zones import Zone
from app.stats.counting import PeriodEnds, ends_of, statement
from app.stats.facts import LARGE
from app.stats.parts import Dim, Sql
from app.stats.periods import after, month_of, month_range

COUNTED_EVERY = timedelta(days=1)


def choose_units(session: Session, now: datetime, *, large: int = LARGE, anew: bool = False) -> int:
    """Count the reports of every subtree: the root and those with more than `large` have summaries.

    Who is new is built from the beginning; who has become small, or counts its days in another zone,
    loses what it had. anew: everything is built from the beginning. Returns how many have summaries.
    """
    _lock(session)
    sizes = subtree_sizes(session, more_than=large)
    root = session.scalars(select(Agency.id).where(Agency.parent_id.is_(None))).one()
    sizes.setdefault(root, 0)
    zones = {
        key: zone for key, zone in session.execute(select(Agency.id, Agency.zone).where(Agency.id.in_(sizes)))
    }
    first = _first_month(session)
    had = {unit.agency_id: unit for unit in session.scalars(select(StatUnit))}
    for agency_id, unit in had.items():
        if agency_id not in sizes or unit.zone is not zones[agency_id] or anew:
            session.execute(delete(StatMonth).where(StatMonth.agency_id == agency_id))
            session.delete(unit)
    session.flush()
    for agency_id, size in sizes.items():
        kept = had.get(agency_id)
        if kept is None or kept.zone is not zones[agency_id] or anew:
            session.add(
                StatUnit(
                    agency_id=agency_id,
                    zone=zones[agency_id],
                    reports=size,
                    counted_at=now,
                    reached=first,
                    fresh_at=None if first else now,
                )
            )
        else:
            kept.reports, kept.counted_at = size, now
    session.flush()
    return len(sizes)


def must_choose(session: Session, now: datetime) -> bool:
    """Whether it is time to look again which agencies are large."""
    counted = session.scalar(select(func.max(StatUnit.counted_at)))
    return counted is None or now - counted >= COUNTED_EVERY


def _lock(session: Session) -> None:
    """One step at a time, whoever runs it: the job of each consumer, or a command."""
    session.execute(select(StatUnit.agency_id).order_by(StatUnit.agency_id).with_for_update())


def _first_month(session: Session) -> str | None:
    """The month of the oldest report, in the zone where it is the earliest; None: there is nothing to build."""
    oldest, _newest = received_between(session)
    return month_of(oldest, ZoneInfo(Zone.WIB.value)) if oldest else None


def _last_month(session: Session, now: datetime) -> str:
    _oldest, newest = received_between(session)
    return month_of(max(newest or now, now), ZoneInfo(Zone.WIT.value))


def build_step(session: Session, now: datetime) -> str | None:
    """Build the next month of the agencies whose summaries are not complete. The month, or None when all are.

    Those that have reached the same month are built together. The last month ends the building: what
    changed meanwhile was marked, and is made anew by refresh_step().
    """
    _lock(session)
    month: str | None = session.scalar(select(func.min(StatUnit.reached)))
    if month is None:
        return None
    ids = list(session.scalars(select(StatUnit.agency_id).where(StatUnit.reached == month)))
    recompute(session, month, ids)
    following = None if month >= _last_month(session, now) else after(month)
    session.execute(
        update(StatUnit)
        .where(StatUnit.agency_id.in_(ids))
        .values(reached=following, fresh_at=now if following is None else None)
    )
    return month


def refresh_step(session: Session, now: datetime) -> str | None:
    """Make one changed month anew for everybody who has summaries. The month, or None when none is left.

    The marks go first: what is marked while this runs stays marked.
    """
    _lock(session)
    month: str | None = session.scalar(select(StatDirty.month).order_by(StatDirty.id).limit(1))
    if month is None:
        session.execute(update(StatUnit).where(StatUnit.reached.is_(None)).values(fresh_at=now))
        return None
    session.execute(delete(StatDirty).where(StatDirty.month == month))
    # Who is being built has not come to this month yet, or will not come to it again.
    built = or_(StatUnit.reached.is_(None), StatUnit.reached > month)
    ids = list(session.scalars(select(StatUnit.agency_id).where(built)))
    recompute(session, month, ids)
    return month


def is_building(session: Session) -> bool:
    """Whether somebody's summaries are not complete yet."""
    return session.scalar(select(func.min(StatUnit.reached))) is not None


def size(session: Session) -> int:
    """Rows of all summaries."""
    return session.scalar(select(func.count()).select_from(StatMonth)) or 0


def _plan_each_month(session: Session) -> None:
    """PostgreSQL plans anew for each month in this transaction.

    The same statement comes for a hundred months, so that the driver prepares it; a plan that does not know
    the month reads all events, which took forty times as long at three million reports.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config("plan_cache_mode", "force_custom_plan", True)))


def recompute(session: Session, month: str, agency_ids: Collection[int]) -> None:
    """Make the rows of `month` for these agencies anew, each by the days of its own zone."""
    if not agency_ids:
        return
    _plan_each_month(session)
    session.execute(delete(StatMonth).where(StatMonth.month == month, StatMonth.agency_id.in_(agency_ids)))
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    by_zone: dict[Zone, list[int]] = {}
    for agency_id, zone in session.execute(
        select(StatUnit.agency_id, StatUnit.zone).where(StatUnit.agency_id.in_(agency_ids))
    ):
        by_zone.setdefault(zone, []).append(agency_id)
    for zone, ids in by_zone.items():
        ends, values = ends_of([month_range(month, ZoneInfo(zone.value))])
        for dim in Dim:
            session.execute(_fill(dim, ends, is_sqlite), {"agency_ids": ids, "of_month": month, **values})


@lru_cache(maxsize=2 * len(Dim))
def _fill(dim: Dim, ends: tuple[PeriodEnds, ...], is_sqlite: bool) -> Insert:
    """Writes a dimension of a month for some agencies. Built once: composing it takes longer than writing
    a small agency's rows."""
    agency_ids = bindparam("agency_ids", expanding=True, type_=BigInteger())
    sql = Sql(is_sqlite, classes=True)
    found = statement([dim], lambda ancestor: ancestor.in_(agency_ids), ends, sql).subquery()
    same = (found.c.agency_id, found.c.dim, found.c.key)
    n = cast(func.sum(found.c.n), BigInteger)
    month = bindparam("of_month", type_=StatMonth.month.type)
    rows = select(*same[:2], month, same[2], n).group_by(*same)
    return insert(StatMonth.__table__).from_select(["agency_id", "dim", "month", "key", "n"], rows)
