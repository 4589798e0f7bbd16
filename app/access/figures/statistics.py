"""Whose statistics somebody may read, and the lists that a number leads to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import PAGE_SIZE, reports_of
from app.access.tree import manageable, within
from app.models import Agency, AgencyTree, Category, Report
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import NotFound
from app.rules.reports.codes import Channel, Classification, EndedBy
from app.rules.reports.workflow import State


def statistics_agency(session: Session, actor: Actor, key: int | None) -> Agency:
    """The agency whose figures are asked for: the actor's own or one below it, active or not.

    Raises NotFound for absent and foreign alike, and for who reads no statistics.
    """
    query = select(Agency).where(Agency.id == key, manageable(actor, Resource.STATISTICS))
    found: Agency | None = session.scalar(query) if key is not None else None
    if found is None:
        raise NotFound
    return found


def names_officers(actor: Actor) -> bool:
    """Whether this reader sees who an officer is: those who may read the accounts of the agency."""
    return actor.may(Resource.USERS, Verb.READ)


def listed(
    session: Session,
    actor: Actor,
    agency_id: int,
    criteria: Sequence[ColumnElement[bool]],
    *,
    after: tuple[datetime, int] | None,
    limit: int = PAGE_SIZE,
) -> list[tuple[int, datetime]]:
    """The reports that a number counted, the newest first: key and time of receipt of up to `limit`.

    Those that the agency or a unit below holds now, of those that `actor` sees. after: where the page
    before ended.
    """
    query = reports_of(actor).where(within(agency_id, Report.holder_id), *criteria)
    if after is not None:
        at, key = after
        query = query.where((Report.received_at < at) | and_(Report.received_at == at, Report.id < key))
    query = query.order_by(Report.received_at.desc(), Report.id.desc()).limit(limit)
    found = session.execute(query.with_only_columns(Report.id, Report.received_at))
    return [(key, at) for key, at in found]


def received_in(start: datetime | None, end: datetime | None) -> list[ColumnElement[bool]]:
    """Criteria: came in from `start`, before `end`; None is open."""
    found = [] if start is None else [Report.received_at >= start]
    return found if end is None else [*found, Report.received_at < end]


def in_states(states: frozenset[State], ended_by: frozenset[EndedBy]) -> list[ColumnElement[bool]]:
    """Criteria: in one of `states` and, if somebody is named, ended by one of `ended_by`."""
    found: list[ColumnElement[bool]] = [Report.state.in_(states)] if states != frozenset(State) else []
    return [*found, Report.ended_by.in_(ended_by)] if ended_by else found


def of_class(kind: str, key: str | None) -> list[ColumnElement[bool]]:
    """Criteria: of that classification, source, area (province) or main category; None: without one.

    Raises NotFound for a key that is none.
    """
    if kind == "area":
        if key is None:
            return [Report.area_code.is_(None)]
        return [(Report.area_code == key) | Report.area_code.startswith(f"{key}.", autoescape=True)]
    if kind == "kategori":
        if key is None:
            return [Report.category_id.is_(None)]
        below = select(Category.id).where((Category.id == int(key)) | (Category.parent_id == int(key)))
        return [Report.category_id.in_(below)]
    try:
        if kind == "klasifikasi":
            return [Report.classification == Classification(key) if key else Report.classification.is_(None)]
        return [Report.source == Channel(key or "")]
    except ValueError as error:
        raise NotFound from error


def directly(agency_id: int) -> list[ColumnElement[bool]]:
    """Criteria: held by the agency itself."""
    return [Report.holder_id == agency_id]


def subtree_sizes(session: Session, *, more_than: int) -> dict[int, int]:
    """The agencies that hold, with all below them, more than so many reports, and how many."""
    held = select(Report.holder_id, func.count().label("n")).group_by(Report.holder_id).subquery()
    total = func.sum(held.c.n)
    rows = session.execute(
        select(AgencyTree.ancestor_id, total)
        .join(held, held.c.holder_id == AgencyTree.unit_id)
        .group_by(AgencyTree.ancestor_id)
        .having(total > more_than)
    )
    return {key: int(n) for key, n in rows}


def received_between(session: Session) -> tuple[datetime | None, datetime | None]:
    """When the oldest and the newest report came in; None without any."""
    # Two statements: each is one look into the index.
    return (
        session.scalar(select(func.min(Report.received_at))),
        session.scalar(select(func.max(Report.received_at))),
    )


def received_with(session: Session, category_id: int) -> tuple[datetime | None, datetime | None]:
    """When the oldest and the newest report of a category came in; None without any."""
    having = Report.category_id == category_id
    return (
        session.scalar(select(func.min(Report.received_at)).where(having)),
        session.scalar(select(func.max(Report.received_at)).where(having)),
    )


def received_below(session: Session, agency_ids: Collection[int]) -> tuple[datetime | None, datetime | None]:
    """When the oldest and the newest report came in that these agencies or those below hold; None without any."""
    units = select(AgencyTree.unit_id).where(AgencyTree.ancestor_id.in_(agency_ids))
    first, last = func.min(Report.received_at), func.max(Report.received_at)
    oldest, newest = session.execute(select(first, last).where(Report.holder_id.in_(units))).one()
    return oldest, newest
