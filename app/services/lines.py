"""Standing that outlives the line: who gave a report on keeps it after a move, until the report ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Agency, AgencyTree, Disposition, Report
from app.rules.labels import Upkeep


def leave_line(session: Session, report: Report, now: datetime) -> int:
    """Of a report that ends, agencies that are not above its holder any more leave the chain. It is locked.

    One that is being merged stays until its batch: then another takes its place. Returns how many left.
    """
    session.flush()
    above = select(AgencyTree.ancestor_id).where(AgencyTree.unit_id == report.holder_id)
    merging = select(Agency.id).where(Agency.merged_into_id.is_not(None), Agency.active.is_(True))
    outside = select(Disposition).where(
        Disposition.report_id == report.id,
        Disposition.ended_at.is_(None),
        Disposition.agency_id.not_in(above),
        Disposition.agency_id.not_in(merging),
    )
    left = session.scalars(outside).all()
    for link in left:
        link.ended_at, link.end_action, link.went_to_agency_id = now, Upkeep.MOVED.value, report.holder_id
    session.flush()
    return len(left)
