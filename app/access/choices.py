"""The lists that forms choose from: categories, areas, and agencies by type-ahead.

Agency names are public: pickers list every active agency, whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.agencies import acting_for, within
from app.models import Agency, Area, Category
from app.rules.text import storable

FOUND_MAX = 12
LEVELS = 3


@dataclass(frozen=True)
class AgencyOption:
    """One agency of a picker; `path` names the agency above it, `staffed` whether it has an officer."""

    id: int
    name: str
    path: str
    staffed: bool

    @property
    def label(self) -> str:
        return f"{self.name} — {self.path}" if self.path else self.name


def find_agencies(
    session: Session, query: str, *, below: int | None = None, limit: int = FOUND_MAX
) -> list[AgencyOption]:
    """Active agencies whose name or alias holds every word of `query`, best first.

    `below` narrows to an agency and what lies below it.
    """
    words = storable(query).lower().split()[:8]
    if not words:
        return []
    name, alias, above = func.lower(Agency.name), func.lower(Agency.alias), aliased(Agency)
    first = words[0]
    rank = case(
        (or_(name == " ".join(words), alias == " ".join(words)), 0),
        (or_(name.startswith(first, autoescape=True), alias.startswith(first, autoescape=True)), 1),
        else_=2,
    )
    statement = (
        select(Agency.id, Agency.name, above.name, acting_for(Agency.id))
        .outerjoin(above, above.id == Agency.parent_id)
        .where(Agency.active.is_(True))
        .order_by(rank, func.length(Agency.name), Agency.name)
        .limit(limit)
    )
    for word in words:
        statement = statement.where(
            or_(name.contains(word, autoescape=True), alias.contains(word, autoescape=True))
        )
    if below is not None:
        statement = statement.where(within(below))
    rows = session.execute(statement).all()
    return [AgencyOption(key, own, path or "", acts == key) for key, own, path, acts in rows]


def category_choices(session: Session) -> list[tuple[str, str]]:
    """Every category that is offered, "Main > Sub", in order."""
    main = aliased(Category)
    rows = session.execute(
        select(Category.id, Category.name, main.name)
        .outerjoin(main, main.id == Category.parent_id)
        .where(Category.retired_at.is_(None), main.retired_at.is_(None))
        .order_by(func.coalesce(main.name, Category.name), Category.parent_id.is_not(None), Category.name)
    )
    return [(str(i), f"{above} > {name}" if above else name) for i, name, above in rows]


def areas_below(session: Session, code: str | None) -> list[tuple[str, str]]:
    """The areas directly in `code`; None: the provinces; an unknown or empty one has none."""
    if code == "":
        return []
    rows = session.execute(
        select(Area.code, Area.name)
        .where(Area.parent_code.is_(None) if code is None else Area.parent_code == storable(code))
        .order_by(Area.name)
    )
    return [(c, n) for c, n in rows]


def area_path(code: str | None) -> Sequence[str]:
    """Province, regency and district of a code, "" where it does not reach so far."""
    parts = (code or "").split(".") if code else []
    return [".".join(parts[: level + 1]) if len(parts) > level else "" for level in range(LEVELS)]
