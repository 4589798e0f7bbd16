"""What a manager of agencies and accounts sees, and what hangs on an agency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.agencies import manageable, within
from app.models import Account, Agency, AgencyTree, Disposition, Report
from app.rules.roles import Resource, Verb
from app.rules.workflow import ENDED_STATES


@dataclass(frozen=True)
class Size:
    """What an agency has directly: its active accounts and the agencies right below it."""

    admins: int = 0
    children: int = 0


@dataclass(frozen=True)
class Attached:
    """What keeps an agency from being switched off; each part is counted."""

    open_reports: int
    admins: int
    children: int


def manageable_agencies(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Agency: those that `actor` may read as a manager, own and below."""
    return manageable(actor, Resource.AGENCIES)


def manageable_accounts(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Account: those of the agencies where `actor` may read accounts, own and below."""
    if actor.is_system:
        return true()
    return within(actor.agency_id, Account.agency_id) if actor.may(Resource.USERS, Verb.READ) else false()


def sizes(session: Session, agency_ids: Collection[int]) -> Mapping[int, Size]:
    """The size of each agency, in two queries for all."""
    admins = (
        select(Account.agency_id, func.count())
        .where(Account.agency_id.in_(agency_ids), Account.active.is_(True))
        .group_by(Account.agency_id)
    )
    children = (
        select(Agency.parent_id, func.count())
        .where(Agency.parent_id.in_(agency_ids))
        .group_by(Agency.parent_id)
    )
    people = {key: number for key, number in session.execute(admins)}
    units = {key: number for key, number in session.execute(children)}
    return {key: Size(people.get(key, 0), units.get(key, 0)) for key in agency_ids}


def attached(session: Session, agency_id: int) -> Attached:
    """What hangs on an agency now: open reports in whose chain it stands, active accounts and children."""
    reports = (
        select(func.count())
        .select_from(Disposition)
        .join(Report, Report.id == Disposition.report_id)
        .where(
            Disposition.agency_id == agency_id,
            Disposition.ended_at.is_(None),
            Report.state.not_in(ENDED_STATES),
        )
    )
    admins = select(func.count()).where(Account.agency_id == agency_id, Account.active.is_(True))
    children = select(func.count()).where(Agency.parent_id == agency_id, Agency.active.is_(True))
    return Attached(session.scalar(reports) or 0, session.scalar(admins) or 0, session.scalar(children) or 0)


def offered(session: Session, actor: Actor, limit: int) -> list[tuple[Agency, int]]:
    """Active agencies of the actor's subtree that a form offers, with their depth, at most `limit`.

    The nearest come first: in a tree too large for a list, the far ones are chosen on their own pages.
    """
    statement = (
        select(Agency, AgencyTree.depth)
        .join(AgencyTree, AgencyTree.unit_id == Agency.id)
        .where(AgencyTree.ancestor_id == actor.agency_id, Agency.active.is_(True))
        .order_by(AgencyTree.depth, Agency.name)
        .limit(limit)
    )
    return [(agency, depth) for agency, depth in session.execute(statement)]
