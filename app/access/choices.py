"""The lists that forms choose from: categories, areas, and agencies by type-ahead.

Agency names are public: pickers list every active agency, whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.tree import acting_for, within
from app.models import Agency, AgencyTree, ArchiveReason, Area, Category
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


@dataclass(frozen=True)
class Among:
    """Where a picker looks. `within`: that agency and below; `below`: only below it; `outside`: what
    lies in neither; `also`: that one besides those below. All empty: every active agency."""

    within: int | None = None
    below: int | None = None
    outside: int | None = None
    also: int | None = None

    def criteria(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [Agency.in_use.expression]
        if self.within is not None:
            found.append(within(self.within))
        if self.below is not None:
            below = and_(within(self.below), Agency.id != self.below)
            found.append(below if self.also is None else or_(below, Agency.id == self.also))
        if self.outside is not None:
            found.append(~within(self.outside))
        return found


ANYWHERE = Among()


def find_agencies(
    session: Session, query: str, *, among: Among = ANYWHERE, limit: int = FOUND_MAX
) -> list[AgencyOption]:
    """Active agencies whose name or alias holds every word of `query`, best first.

    Without a word: the nearest units of `among.below`, if that is where the picker looks.
    """
    words = storable(query).lower().split()[:8]
    if not words:
        above = agency_options(session, [among.also] if among.also is not None else [])
        return [*above, *_nearest(session, among, limit)] if among.below is not None else []
    name, alias = func.lower(Agency.name), func.lower(Agency.alias)
    first = words[0]
    rank = case(
        (or_(name == " ".join(words), alias == " ".join(words)), 0),
        (or_(name.startswith(first, autoescape=True), alias.startswith(first, autoescape=True)), 1),
        else_=2,
    )
    holding = [or_(name.contains(w, autoescape=True), alias.contains(w, autoescape=True)) for w in words]
    return _options(
        session,
        _options_query()
        .where(*among.criteria(), *holding)
        .order_by(rank, func.length(Agency.name), Agency.name)
        .limit(limit),
    )


def _nearest(session: Session, among: Among, limit: int) -> list[AgencyOption]:
    tree = aliased(AgencyTree)
    return _options(
        session,
        _options_query()
        .join(tree, (tree.unit_id == Agency.id) & (tree.ancestor_id == among.below))
        .where(*among.criteria())
        .order_by(tree.depth, Agency.name)
        .limit(limit),
    )


def agency_options(
    session: Session, agency_ids: Collection[int], among: Among = ANYWHERE
) -> list[AgencyOption]:
    """Those of these agencies that are active and lie where the picker looks, by name."""
    if not agency_ids:
        return []
    return _options(
        session,
        _options_query().where(Agency.id.in_(agency_ids), *among.criteria()).order_by(Agency.name),
    )


def _options_query() -> Select[int, str, str, int]:
    above = aliased(Agency)
    return select(Agency.id, Agency.name, above.name, acting_for(Agency.id)).outerjoin(
        above, above.id == Agency.parent_id
    )


def _options(session: Session, query: Select[int, str, str, int]) -> list[AgencyOption]:
    return [
        AgencyOption(key, own, path or "", acts == key) for key, own, path, acts in session.execute(query)
    ]


def archive_reasons(session: Session) -> list[tuple[str, str]]:
    """The reasons for archiving that are offered: code and words (Indonesian), in order."""
    rows = session.execute(
        select(ArchiveReason.code, ArchiveReason.name)
        .where(ArchiveReason.retired_at.is_(None))
        .order_by(ArchiveReason.position)
    )
    return [(code, name) for code, name in rows]


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
