"""The tree of agencies, read: subtrees, ancestors, and who has an officer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, false, func, select, true
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.models import Account, Agency, AgencyTree, Reporter
from app.models.accounts.security import account_may
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import NotFound


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


def top_agency(session: Session, agency_id: int) -> int | None:
    """The agency directly below the root that `agency_id` is or lies in; None for the root itself.

    What lies in it is "Internal" to the agency, everything else "Eksternal".
    """
    found: int | None = session.scalar(
        select(AgencyTree.ancestor_id)
        .join(Agency, Agency.id == AgencyTree.ancestor_id)
        .where(AgencyTree.unit_id == agency_id, Agency.parent_id == root_id(session))
    )
    return found


def has_units(agency_id: Any) -> ColumnElement[bool]:
    """Criterion: an active agency lies directly below `agency_id` (a column)."""
    unit = aliased(Agency)
    return (
        select(unit.id)
        .where(unit.parent_id == agency_id, unit.active.is_(True))
        .correlate_except(unit)
        .exists()
    )


def filer(reporter_id: Any) -> ColumnElement[int]:
    """The account of a reporter (a column, or a key) if it is an officer's now; 0 for everybody else."""
    officer = aliased(Account)
    found = (
        select(Reporter.user_id)
        .join(officer, officer.id == Reporter.user_id)
        .where(Reporter.id == reporter_id, officer.agency_id.is_not(None))
        .correlate_except(Reporter, officer)
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


def acting_for(agency_id: Any, besides: Any = None) -> ScalarSelect[int]:
    """Who acts for an agency (a column): itself, or the nearest ancestor with an active officer, or NULL.

    besides: of one report, its filer() (a column): nobody handles what they filed themselves.
    """
    tree = aliased(AgencyTree)
    return (
        select(tree.ancestor_id)
        .where(tree.unit_id == agency_id, account_may(Resource.REPORTS, Verb.ACT, tree.ancestor_id, besides))
        .order_by(tree.depth)
        .limit(1)
        .correlate_except(tree)
        .scalar_subquery()
    )
