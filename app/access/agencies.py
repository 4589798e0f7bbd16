"""The tree of agencies, read: subtrees, ancestors, and who has an officer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, Agency, AgencyTree
from app.models.security import account_may
from app.rules.errors import NotFound
from app.rules.roles import Resource, Verb


def within(agency_id: int | None, column: Any = Agency.id) -> ColumnElement[bool]:
    """Criterion: `column` is the agency or one below it. Without an agency nothing is (case C21)."""
    if agency_id is None:
        return false()
    units = select(AgencyTree.unit_id).where(AgencyTree.ancestor_id == agency_id)
    found: ColumnElement[bool] = column.in_(units)
    return found


def manageable(actor: Actor, resource: Resource) -> ColumnElement[bool]:
    """Criterion on Agency: those that `actor` may read as a manager, own and below."""
    if actor.is_system:
        return true()
    return within(actor.agency_id) if actor.may(resource, Verb.READ) else false()


def root_id(session: Session) -> int:
    """The key of the root agency. Raises NotFound before the installation is seeded."""
    found = session.scalar(select(Agency.id).where(Agency.parent_id.is_(None)))
    if found is None:
        raise NotFound
    return found


def ancestors(session: Session, agency_ids: Collection[int]) -> Mapping[int, list[int]]:
    """For each agency its ancestors, nearest first, itself excluded."""
    rows = session.execute(
        select(AgencyTree.unit_id, AgencyTree.ancestor_id)
        .where(AgencyTree.unit_id.in_(agency_ids), AgencyTree.depth > 0)
        .order_by(AgencyTree.unit_id, AgencyTree.depth)
    )
    found: dict[int, list[int]] = {agency_id: [] for agency_id in agency_ids}
    for unit, ancestor in rows:
        found[unit].append(ancestor)
    return found


def is_below(session: Session, unit_id: int, ancestor_id: int, *, strictly: bool = False) -> bool:
    depth = session.scalar(
        select(AgencyTree.depth).where(AgencyTree.ancestor_id == ancestor_id, AgencyTree.unit_id == unit_id)
    )
    return depth is not None and (depth > 0 or not strictly)


def acting(session: Session, agency_ids: Collection[int]) -> Mapping[int, int]:
    """For each agency the one that acts for it: itself, or the nearest ancestor with an active officer.

    An agency without an officer anywhere above it is missing from the answer.
    """
    staffed = account_may(Resource.REPORTS, Verb.ACT, AgencyTree.ancestor_id)
    ranked = (
        select(
            AgencyTree.unit_id,
            AgencyTree.ancestor_id,
            func.row_number()
            .over(partition_by=AgencyTree.unit_id, order_by=AgencyTree.depth)
            .label("nearness"),
        )
        .where(AgencyTree.unit_id.in_(agency_ids), staffed)
        .subquery()
    )
    nearest = select(ranked.c.unit_id, ranked.c.ancestor_id).where(ranked.c.nearness == 1)
    return {unit: ancestor for unit, ancestor in session.execute(nearest)}


def officer_ids(session: Session, agency_id: int) -> list[int]:
    """The active accounts of one agency, any role."""
    return list(
        session.scalars(select(Account.id).where(Account.agency_id == agency_id, Account.active.is_(True)))
    )
