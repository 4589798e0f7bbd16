"""The handover list: open reports in which another agency took the place of one that is gone, or that moved.

An agency is gone when it was deactivated, merged or dissolved. One that moved keeps its reports: they have
another line above them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.public_text import Columns, listed
from app.access.scope import basis_of, visible
from app.access.tree import within
from app.models import Agency, Disposition, Reorganisation, Report
from app.models.base import UtcDateTime
from app.rules.agencies.reorganisation import ReorganisationKind
from app.rules.reports.codes import Upkeep
from app.rules.reports.tabs import Basis
from app.rules.reports.workflow import ENDED_STATES, State


@dataclass(frozen=True)
class HandedOver:
    """at: when its place was taken, by `successor`. holder: who holds the report now. due: its deadline.

    Of a move: when it took effect, and the new parent.
    """

    report_id: int
    title: str
    state: State
    held: bool
    received_at: datetime
    due: datetime | None
    at: datetime | None
    successor: str
    holder: str


GONE = (Upkeep.DEACTIVATED, Upkeep.MERGED, Upkeep.DISSOLVED)


def handed_over(
    session: Session, actor: Actor, agency_id: int, *, after: int, limit: int
) -> list[HandedOver]:
    """Those that `actor` sees, by number, from behind `after`."""
    successor, holder = aliased(Agency), aliased(Agency)
    query = (
        _reports(holder, Disposition.ended_at, successor.name)
        .join(Disposition, Disposition.report_id == Report.id)
        .join(successor, successor.id == Disposition.went_to_agency_id)
        .where(
            Disposition.agency_id == agency_id,
            Disposition.end_action.in_([each.value for each in GONE]),
        )
    )
    return _listed(session, actor, query, after, limit)


@dataclass(frozen=True)
class Handing:
    """Whose reports went where: read from a reorganisation before its transaction ends."""

    kind: ReorganisationKind
    agency_id: int
    target_id: int
    at: datetime


def handing_of(found: Reorganisation) -> Handing:
    return Handing(found.kind, found.agency_id, found.target_id, found.began_at or found.effective_at)


def handed_over_by(
    session: Session, actor: Actor, what: Handing, *, after: int, limit: int
) -> list[HandedOver]:
    """The handover list of a reorganisation, in the same order. Of a move: of the agency and all below it."""
    if what.kind is not ReorganisationKind.MOVE:
        return handed_over(session, actor, what.agency_id, after=after, limit=limit)
    target, holder = aliased(Agency), aliased(Agency)
    query = (
        _reports(holder, literal(what.at, UtcDateTime), target.name)
        .join(target, target.id == what.target_id)
        .where(within(what.agency_id, Report.holder_id), _was_there(what))
    )
    return _listed(session, actor, query, after, limit)


def _was_there(what: Handing) -> ColumnElement[bool]:
    """Criterion on Report: what moved had it when it moved. What it was given since was handed over by nobody."""
    return exists().where(
        Disposition.report_id == Report.id,
        within(what.agency_id, Disposition.agency_id),
        Disposition.at <= what.at,
        or_(Disposition.ended_at.is_(None), Disposition.ended_at >= what.at),
    )


def _reports(holder: Any, at: Any, successor: Any) -> Any:
    return select(
        Report.id,
        Report.title,
        Report.state,
        Report.held,
        Report.received_at,
        Report.clock_due_at,
        at,
        successor,
        holder.name,
    ).join(holder, holder.id == Report.holder_id)


def _listed(session: Session, actor: Actor, query: Any, after: int, limit: int) -> list[HandedOver]:
    query = query.where(Report.state.not_in(ENDED_STATES), Report.id > after, visible(actor))
    query = query.add_columns(Report.is_anonymous, Report.mask_choices, basis_of(actor)).order_by(Report.id)
    return [_row(*row) for row in session.execute(query.limit(limit))]


def _row(key: int, title: str, *facts: Any) -> HandedOver:
    *shown, is_anonymous, choices, seen = facts
    basis = Basis.COPY if seen is None else Basis(seen)
    version = listed(Columns(is_anonymous, choices), basis)
    return HandedOver(key, version(title), *shown)
