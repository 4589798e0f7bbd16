"""What a manager of agencies and accounts sees, and what hangs on an agency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.tree import manageable, within
from app.models import Account, Agency, AgencyTree, Report
from app.rules.accounts.roles import Resource, Verb
from app.rules.reports.workflow import ENDED_STATES


@dataclass(frozen=True)
class Size:
    """What an agency has directly: its active accounts and the agencies right below it."""

    admins: int = 0
    children: int = 0


@dataclass(frozen=True)
class Attached:
    """What keeps an agency from being switched off; `open_reports` are those that it holds."""

    open_reports: int
    admins: int
    children: int


@dataclass(frozen=True)
class Offer:
    """An agency in a form's list; `above` is its parent where the name alone would not say which it is."""

    id: int
    name: str
    above: str

    @property
    def label(self) -> str:
        return f"{self.name} — {self.above}" if self.above else self.name


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
    """What hangs on an agency now: the open reports that it holds, active accounts and children."""
    reports = select(func.count()).where(Report.holder_id == agency_id, Report.state.not_in(ENDED_STATES))
    admins = select(func.count()).where(Account.agency_id == agency_id, Account.active.is_(True))
    children = select(func.count()).where(Agency.parent_id == agency_id, Agency.active.is_(True))
    return Attached(session.scalar(reports) or 0, session.scalar(admins) or 0, session.scalar(children) or 0)


def offered(session: Session, actor: Actor, limit: int, *, besides: int | None = None) -> list[Offer]:
    """Active agencies of the actor's subtree that a form offers, at most `limit`; `besides` even if inactive.

    A list that lacks the present one would change it unasked. The nearest come first: in a tree too
    large for a list, the far ones are chosen on their own pages.
    """
    above = aliased(Agency)
    statement = (
        select(Agency.id, Agency.name, above.name, AgencyTree.depth)
        .join(AgencyTree, AgencyTree.unit_id == Agency.id)
        .outerjoin(above, above.id == Agency.parent_id)
        .where(AgencyTree.ancestor_id == actor.agency_id, or_(Agency.in_use, Agency.id == besides))
        .order_by((Agency.id == besides).desc(), AgencyTree.depth, Agency.name)
        .limit(limit)
    )
    return [
        # What stands right below the actor's agency needs no word on where it lies.
        Offer(key, name, parent or "" if depth > 1 else "")
        for key, name, parent, depth in session.execute(statement)
    ]


def managed_agency(session: Session, actor: Actor, key: int | None) -> Agency | None:
    """The agency, if `actor` may read it as a manager; None for absent and foreign alike."""
    found: Agency | None = session.scalar(select(Agency).where(Agency.id == key, manageable_agencies(actor)))
    return found


def units_of(session: Session, agency_id: int, *, after: int | None, limit: int) -> list[Agency]:
    """The agencies right below one, by name; from behind the unit of key `after`, if it is one of them."""
    query = select(Agency).where(Agency.parent_id == agency_id)
    last = session.scalar(query.where(Agency.id == after)) if after is not None else None
    if last is not None:
        query = query.where(Agency.name > last.name)  # names of siblings differ
    return list(session.scalars(query.order_by(Agency.name).limit(limit)))


def accounts_of(session: Session, actor: Actor, agency_id: int, *, limit: int) -> list[Account]:
    """The accounts of an agency that `actor` may read, by name."""
    return list(
        session.scalars(
            select(Account)
            .where(Account.agency_id == agency_id, manageable_accounts(actor))
            .order_by(Account.first_name, Account.id)
            .limit(limit)
        )
    )
