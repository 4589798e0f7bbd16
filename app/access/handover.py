"""The handover list: open reports in which another agency took the place of a deactivated one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.scope import visible
from app.models import Agency, Disposition, Report
from app.rules.labels import Upkeep
from app.rules.workflow import ENDED_STATES, State


@dataclass(frozen=True)
class HandedOver:
    """at: when its place was taken, by `successor`. holder: who holds the report now. due: its deadline."""

    report_id: int
    title: str
    state: State
    held: bool
    received_at: datetime
    due: datetime | None
    at: datetime | None
    successor: str
    holder: str


def handed_over(
    session: Session, actor: Actor, agency_id: int, *, after: int, limit: int
) -> list[HandedOver]:
    """Those that `actor` sees, by number, from behind `after`."""
    successor, holder = aliased(Agency), aliased(Agency)
    rows = session.execute(
        select(
            Report.id,
            Report.title,
            Report.state,
            Report.held,
            Report.received_at,
            Report.clock_due_at,
            Disposition.ended_at,
            successor.name,
            holder.name,
        )
        .join(Disposition, Disposition.report_id == Report.id)
        .join(successor, successor.id == Disposition.went_to_agency_id)
        .join(holder, holder.id == Report.holder_id)
        .where(
            Disposition.agency_id == agency_id,
            Disposition.end_action == Upkeep.DEACTIVATED.value,
            Report.state.not_in(ENDED_STATES),
            Report.id > after,
            visible(actor),
        )
        .order_by(Report.id)
        .limit(limit)
    )
    return [HandedOver(*row) for row in rows]
