"""Whose public figures a visitor may ask for: those of every active agency, whose names everybody may read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models import Agency, AgencyTree
from app.rules.errors import NotFound


def figures_agency(session: Session, key: int | None) -> Agency:
    """The agency, or the root, which is the whole country, for None. Raises NotFound for one not active."""
    whose = Agency.parent_id.is_(None) if key is None else Agency.id == key
    found: Agency | None = session.scalar(select(Agency).where(whose, Agency.active))
    if found is None:
        raise NotFound
    return found


def offered(session: Session) -> Sequence[tuple[int, str]]:
    """The agencies right below the root, by name: what a list can offer."""
    root = aliased(Agency)
    query = (
        select(Agency.id, Agency.name)
        .join(root, root.id == Agency.parent_id)
        .where(root.parent_id.is_(None), Agency.active)
        .order_by(Agency.name)
    )
    return [(key, name) for key, name in session.execute(query)]


def above(session: Session, agency_id: int) -> Sequence[tuple[int, str]]:
    """Those above an agency but for the root, the highest first."""
    query = (
        select(Agency.id, Agency.name)
        .join(AgencyTree, AgencyTree.ancestor_id == Agency.id)
        .where(AgencyTree.unit_id == agency_id, AgencyTree.depth > 0, Agency.parent_id.is_not(None))
        .order_by(AgencyTree.depth.desc())
    )
    return [(key, name) for key, name in session.execute(query)]
