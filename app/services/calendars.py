"""The working days of an agency: public holidays and cuti bersama, and what central admins correct.

Source of the holidays: the package `holidays`, Indonesia, categories public and government.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.access.rows import read_columns
from app.models import Agency, AgencyTree, DayOff
from app.rules.reports.workdays import Calendar
from app.rules.zones import Zone

FIRST_YEAR, LAST_YEAR = 2010, 2045
CATEGORIES = ("public", "government")


@lru_cache(maxsize=1)
def national() -> dict[date, str]:
    """Every known public holiday and cuti bersama of Indonesia, by date, with its Indonesian name."""
    found = holidays.country_holidays(
        "ID", years=range(FIRST_YEAR, LAST_YEAR + 1), categories=CATEGORIES, language="id"
    )
    return dict(found.items())


@lru_cache(maxsize=8)
def joint_leave(year: int) -> frozenset[date]:
    """The cuti bersama of a year that the library knows: none before the government's decree."""
    found = holidays.country_holidays("ID", years=year, categories=("government",), language="id")
    return frozenset(found)


def calendar_of(session: Session, agency_id: int) -> Calendar:
    """The agency's calendar; see calendars_of()."""
    return calendars_of(session, [agency_id])[agency_id]


def calendars_of(session: Session, agency_ids: Iterable[int]) -> Mapping[int, Calendar]:
    """The calendars of agencies. A correction for a nearer agency wins over one for a wider circle.

    Kept for the length of the session's transaction: one report asks for its own several times.
    """
    kept: dict[int, Calendar] = session.info.setdefault("calendars", {})
    missing = set(agency_ids) - kept.keys()
    if missing:
        kept.update(_read(session, missing))
    return kept


def forget(session: Session) -> None:
    """Read calendars anew: days off have changed, or a new transaction begins."""
    session.info.pop("calendars", None)


def _read(session: Session, agency_ids: Collection[int]) -> Mapping[int, Calendar]:
    """One query: each agency with the days off that concern it, the widest circle first."""
    zones: dict[int, Zone] = {}
    free: dict[int, dict[date, str]] = {}
    works: dict[int, set[date]] = {}
    for agency_id, zone, day, name, is_worked in read_columns(
        session, _corrections(), {"agency_ids": list(agency_ids)}
    ):
        if agency_id not in zones:
            zones[agency_id], free[agency_id], works[agency_id] = zone, {}, set()
        if day is None:
            continue
        if is_worked:
            works[agency_id].add(day)
            free[agency_id].pop(day, None)
        else:
            works[agency_id].discard(day)
            free[agency_id][day] = name
    return {
        agency_id: Calendar(
            ZoneInfo(zone.value), ChainMap(free[agency_id], national()), frozenset(works[agency_id])
        )
        for agency_id, zone in zones.items()
    }


@lru_cache(maxsize=1)
def _corrections() -> Select[*tuple[Any, ...]]:
    return (
        select(Agency.id, Agency.zone, DayOff.day, DayOff.name, DayOff.works)
        .join(AgencyTree, AgencyTree.unit_id == Agency.id)
        .outerjoin(
            DayOff,
            or_(
                DayOff.agency_id == AgencyTree.ancestor_id,
                # National ones once, not for each ancestor.
                and_(DayOff.agency_id.is_(None), AgencyTree.depth == 0),
            ),
        )
        .where(Agency.id.in_(bindparam("agency_ids", expanding=True)))
        # National first, then from the top of the tree down: the last one written wins.
        .order_by(Agency.id, DayOff.agency_id.is_not(None), AgencyTree.depth.desc())
    )
