"""What programs choose from: categories, areas and agencies, as anybody may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.access.choices import areas_below
from app.models import Agency, ArchiveReason, Area, Category


@dataclass(frozen=True)
class CategoryFacts:
    id: int
    name: str
    parent: int | None


@dataclass(frozen=True)
class AreaFacts:
    """parts: whether it has areas of its own below it."""

    code: str
    name: str
    parts: bool


@dataclass(frozen=True)
class AgencyFacts:
    id: int
    name: str
    parent: int | None


@dataclass(frozen=True)
class ReasonFacts:
    code: str
    name: str


def categories(session: Session) -> list[CategoryFacts]:
    """Every category that is offered, main ones first."""
    main = aliased(Category)
    rows = session.execute(
        select(Category.id, Category.name, Category.parent_id)
        .outerjoin(main, main.id == Category.parent_id)
        .where(Category.retired_at.is_(None), main.retired_at.is_(None))
        .order_by(Category.parent_id.is_not(None), Category.name, Category.id)
    )
    return [CategoryFacts(*row) for row in rows]


def areas(session: Session, parent: str | None) -> list[AreaFacts]:
    """The areas directly in `parent`; None: the provinces."""
    found = areas_below(session, parent)
    inner = aliased(Area)
    codes = [code for code, _name in found]
    whole = set(
        session.scalars(
            select(Area.code).where(Area.code.in_(codes), exists().where(inner.parent_code == Area.code))
        )
    )
    return [AreaFacts(code, name, code in whole) for code, name in found]


def agencies(session: Session, *, after: int = 0, limit: int = 100) -> list[AgencyFacts]:
    """Active agencies with a key above `after`, by key: their names are public."""
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.parent_id)
        .where(Agency.in_use, Agency.id > after)
        .order_by(Agency.id)
        .limit(limit)
    )
    return [AgencyFacts(*row) for row in rows]


def archive_reasons(session: Session) -> Sequence[ReasonFacts]:
    """The reasons for archiving that are offered."""
    rows = session.execute(
        select(ArchiveReason.code, ArchiveReason.name)
        .where(ArchiveReason.retired_at.is_(None))
        .order_by(ArchiveReason.position)
    )
    return [ReasonFacts(*row) for row in rows]
