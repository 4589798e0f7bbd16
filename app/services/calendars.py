"""The working days of an agency: public holidays and cuti bersama, and what central admins correct.

Source of the holidays: the package `holidays`, Indonesia, categories public and government.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import Agency, AgencyTree, DayOff
from app.rules.workdays import Calendar

FIRST_YEAR, LAST_YEAR = 2010, 2045
CATEGORIES = ("public", "government")


@lru_cache(maxsize=1)
def national() -> Mapping[date, str]:
    """Every known public holiday and cuti bersama of Indonesia, by date, with its Indonesian name."""
    found = holidays.country_holidays(
        "ID", years=range(FIRST_YEAR, LAST_YEAR + 1), categories=CATEGORIES, language="id"
    )
    return dict(found.items())


def calendar_of(session: Session, agency_id: int) -> Calendar:
    """The agency's calendar. A correction for a nearer agency wins over one for a wider circle.

    Kept for the length of the session's transaction: one report asks for it several times.
    """
    kept: dict[int, Calendar] = session.info.setdefault("calendars", {})
    if agency_id not in kept:
        kept[agency_id] = _read(session, agency_id)
    return kept[agency_id]


def forget(session: Session) -> None:
    """Read calendars anew: days off have changed, or a new transaction begins."""
    session.info.pop("calendars", None)


def _read(session: Session, agency_id: int) -> Calendar:
    zone = session.scalars(select(Agency.zone).where(Agency.id == agency_id)).one()
    rows = session.execute(
        select(DayOff.day, DayOff.name, DayOff.works)
        .outerjoin(
            AgencyTree, (AgencyTree.ancestor_id == DayOff.agency_id) & (AgencyTree.unit_id == agency_id)
        )
        .where(or_(DayOff.agency_id.is_(None), AgencyTree.unit_id.is_not(None)))
        # National first, then from the top of the tree down: the last one written wins.
        .order_by(DayOff.agency_id.is_not(None), AgencyTree.depth.desc())
    )
    free, works = dict(national()), set[date]()
    for day, name, is_worked in rows:
        if is_worked:
            works.add(day)
            free.pop(day, None)
        else:
            works.discard(day)
            free[day] = name
    return Calendar(ZoneInfo(zone.value), free, frozenset(works))
