"""Standing that outlives the line: who gave a report on keeps it after a move, until the report ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models import Agency, AgencyTree, Disposition, Report
from app.rules.reports.codes import Upkeep


def leave_lines(session: Session, reports: Collection[Report], now: datetime) -> int:
    """Of reports that end, agencies that are not above the holder any more leave the chain. They are locked.

    One that is being merged stays until its batch: then another takes its place. Returns how many left.
    """
    if not reports:
        return 0
    session.flush()
    above = exists().where(
        AgencyTree.unit_id == Report.holder_id, AgencyTree.ancestor_id == Disposition.agency_id
    )
    merging = exists().where(
        Agency.id == Disposition.agency_id, Agency.merged_into_id.is_not(None), Agency.active.is_(True)
    )
    outside = (
        select(Disposition, Report.holder_id)
        .join(Report, Report.id == Disposition.report_id)
        .where(
            Report.id.in_([report.id for report in reports]),
            Disposition.ended_at.is_(None),
            ~above,
            ~merging,
        )
    )
    left = session.execute(outside).all()
    for link, holder_id in left:
        link.ended_at, link.end_action, link.went_to_agency_id = now, Upkeep.MOVED.value, holder_id
    session.flush()
    return len(left)
