"""The way of a report, read: every stay with an agency, and every clock that ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models import Agency, Disposition, ReportClock


@dataclass(frozen=True)
class Stay:
    """One stay with an agency. left_at None: the agency is in the chain now, at `position`."""

    agency: str
    position: int
    at: datetime
    left_at: datetime | None
    went_to: str


def stays(session: Session, report_id: int) -> list[Stay]:
    """Every stay of a report, in their order; the caller has fetched the report through the scope."""
    went_to = aliased(Agency)
    rows = session.execute(
        select(Agency.name, Disposition.position, Disposition.at, Disposition.ended_at, went_to.name)
        .join(Agency, Agency.id == Disposition.agency_id)
        .outerjoin(went_to, went_to.id == Disposition.went_to_agency_id)
        .where(Disposition.report_id == report_id)
        .order_by(Disposition.seq)
    )
    return [Stay(agency, position, at, left, to or "") for agency, position, at, left, to in rows]


def clocks_of(session: Session, report_id: int) -> list[tuple[ReportClock, str]]:
    """Every clock of a report with its agency's name, in the order in which they started."""
    rows = session.execute(
        select(ReportClock, Agency.name)
        .join(Agency, Agency.id == ReportClock.agency_id)
        .where(ReportClock.report_id == report_id)
        .order_by(ReportClock.started_at, ReportClock.id)
    )
    return [(clock, name) for clock, name in rows]
