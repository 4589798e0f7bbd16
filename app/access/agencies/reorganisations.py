"""Reorganisations, read: what an agency is in the tree, what one would concern, and which there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.agencies.scope_loss import units_below
from app.access.tree import ancestors, manageable
from app.models import (
    Account,
    Agency,
    AgencyTree,
    ConversationSide,
    Copy,
    Reorganisation,
    Report,
    Request,
)
from app.rules.accounts.roles import Resource
from app.rules.agencies.reorganisation import (
    OPEN_STAGES,
    ReorganisationKind,
    ReorganisedUnit,
    Stage,
    may_reorganise,
)
from app.rules.errors import NotFound
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import ENDED_STATES

LISTED = 50


def unit(
    session: Session, agency_id: int | None, *, besides: int | None = None, receives: bool = False
) -> ReorganisedUnit | None:
    """The agency as the rules look at it; None if there is none. besides: a reorganisation that is not busy.

    receives: as the target of one. Others may come into it meanwhile, as on a day for which several are planned.
    """
    agency = session.get(Agency, agency_id, populate_existing=True) if agency_id is not None else None
    if agency is None:
        return None
    height = select(func.max(AgencyTree.depth)).where(AgencyTree.ancestor_id == agency.id)
    officers = select(func.count()).where(Account.agency_id == agency.id, Account.active.is_(True))
    return ReorganisedUnit(
        id=agency.id,
        line=tuple(ancestors(session, [agency.id])[agency.id]),
        height=session.scalar(height) or 0,
        active=agency.active and agency.merged_into_id is None,
        busy=is_busy(session, agency.id, besides=besides, receives=receives),
        officers=session.scalar(officers) or 0,
    )


def is_busy(session: Session, agency_id: int, *, besides: int | None = None, receives: bool = False) -> bool:
    """Whether an open reorganisation is about the agency, or (unless it receives) brings another into it now."""
    comes_in = and_(
        Reorganisation.target_id == agency_id,
        Reorganisation.stage == Stage.RUNNING,
        Reorganisation.kind != ReorganisationKind.MOVE,
    )
    moves = and_(Reorganisation.agency_id == agency_id, Reorganisation.stage.in_(OPEN_STAGES))
    what = moves if receives else or_(moves, comes_in)
    found = select(Reorganisation.id).where(what, Reorganisation.id != (besides or 0)).limit(1)
    return session.scalar(found) is not None


def children(session: Session, agency_id: int) -> list[int]:
    return list(session.scalars(select(Agency.id).where(Agency.parent_id == agency_id).order_by(Agency.id)))


def clashing_name(session: Session, unit_ids: list[int], parent_id: int) -> str | None:
    """The name that one of these agencies shares with another one below `parent_id`, or of them, if any does."""
    names = select(Agency.name).where(Agency.id.in_(unit_ids))
    twice: str | None = session.scalar(names.group_by(Agency.name).having(func.count() > 1).limit(1))
    if twice is not None:
        return twice
    found: str | None = session.scalar(
        select(Agency.name)
        .where(Agency.parent_id == parent_id, Agency.name.in_(names), Agency.id.not_in(unit_ids))
        .limit(1)
    )
    return found


@dataclass(frozen=True)
class Concerned:
    """What a reorganisation takes along, in numbers. units: below the agency, itself not counted.

    For a move all of its subtree counts; a merger concerns the agency's own.
    """

    units: int
    officers: int
    reports: int
    open_reports: int
    copies: int
    requests: int
    conversations: int


def what_is_concerned(session: Session, kind: ReorganisationKind, agency_id: int) -> Concerned:
    if kind is ReorganisationKind.MOVE:
        units: Select[int] = units_below([agency_id])
    else:
        units = select(Agency.id).where(Agency.id == agency_id)
    held = select(func.count()).where(Report.holder_id.in_(units))
    asked = Request.decider_agency_id.in_(units) | Request.asker_agency_id.in_(units)
    numbers = [
        session.scalar(query) or 0
        for query in (
            select(func.count()).where(AgencyTree.ancestor_id == agency_id, AgencyTree.depth > 0),
            select(func.count()).where(Account.agency_id.in_(units), Account.active.is_(True)),
            held,
            held.where(Report.state.not_in(ENDED_STATES)),
            select(func.count()).where(Copy.agency_id.in_(units)),
            select(func.count()).where(Request.status == RequestStatus.OPEN, asked),
            select(func.count(ConversationSide.conversation_id.distinct())).where(
                ConversationSide.agency_id.in_(units)
            ),
        )
    ]
    return Concerned(*numbers)


def readable(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Reorganisation: those of agencies that `actor` manages, or that went where they do."""
    mine = select(Agency.id).where(manageable(actor, Resource.AGENCIES))
    return or_(Reorganisation.agency_id.in_(mine), Reorganisation.target_id.in_(mine))


def reorganisations(
    session: Session, actor: Actor, *, open_only: bool = False, limit: int = LISTED
) -> list[Reorganisation]:
    """Those that `actor` may read, the newest first."""
    query = select(Reorganisation).where(readable(actor))
    if open_only:
        query = query.where(Reorganisation.stage.in_(OPEN_STAGES))
    return list(session.scalars(query.order_by(Reorganisation.id.desc()).limit(limit)))


def get_reorganisation(session: Session, actor: Actor, key: int | None) -> Reorganisation:
    """Raises NotFound for absent and foreign alike."""
    found: Reorganisation | None = (
        session.scalar(select(Reorganisation).where(Reorganisation.id == key, readable(actor)))
        if key is not None
        else None
    )
    if found is None:
        raise NotFound
    return found


def cancellable(session: Session, actor: Actor, found: Collection[Reorganisation]) -> frozenset[int]:
    """The keys of those that `actor` may cancel while they are planned: of agencies strictly below the own one.

    Whoever reads of one may not cancel it yet: so does the target.
    """
    if not may_reorganise(actor.permissions, actor.roles):
        return frozenset()
    above = ancestors(session, {each.agency_id for each in found})
    return frozenset(each.id for each in found if actor.agency_id in above[each.agency_id])


def due(session: Session, now: object) -> int | None:
    """The key of the next planned one whose time has come."""
    found: int | None = session.scalar(
        select(Reorganisation.id)
        .where(Reorganisation.stage == Stage.PLANNED, Reorganisation.effective_at <= now)
        .order_by(Reorganisation.effective_at, Reorganisation.id)
        .limit(1)
    )
    return found


def is_running(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Reorganisation.stage == Stage.RUNNING))))
