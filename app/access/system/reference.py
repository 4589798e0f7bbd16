"""What central admins look after: days off, categories, reasons, targets; and what of the year is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Agency, Category, DayOff
from app.rules.accounts.roles import Resource, Verb

CUTI_BERSAMA = "cuti bersama"


def central(actor: Actor) -> ColumnElement[bool]:
    """Criterion for tables of the whole installation: every row for those who may read its settings."""
    return true() if actor.is_system or actor.may(Resource.SETTINGS, Verb.READ) else false()


def main_categories(session: Session) -> list[tuple[int, str]]:
    """Categories that may have others below them, by name."""
    rows = session.execute(
        select(Category.id, Category.name)
        .where(Category.parent_id.is_(None), Category.retired_at.is_(None))
        .order_by(Category.name)
    )
    return [(key, name) for key, name in rows]


def category_names(session: Session, keys: Collection[int | None]) -> Mapping[int, str]:
    rows = session.execute(select(Category.id, Category.name).where(Category.id.in_(keys)))
    return {key: name for key, name in rows}


def agency_names(session: Session, keys: Collection[int | None]) -> Mapping[int, str]:
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(keys)))
    return {key: name for key, name in rows}


def has_own_cuti_bersama(session: Session, year: int) -> bool:
    """Whether a national day off of that name was entered for the year."""
    found = session.scalar(
        select(DayOff.id)
        .where(
            DayOff.agency_id.is_(None),
            DayOff.works.is_(False),
            DayOff.day.between(date(year, 1, 1), date(year, 12, 31)),
            func.lower(DayOff.name).contains(CUTI_BERSAMA),
        )
        .limit(1)
    )
    return found is not None
