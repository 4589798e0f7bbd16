"""Salinan: agencies that read along, without the reporter's identity (manual 6.4; case I10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import rewrite
from app.models import Agency, Copy, Report
from app.rules.errors import Invalid
from app.services.reports.transition import AGENCY_INACTIVE


def send_copies(
    session: Session, actor: Actor, report: Report, agency_ids: Iterable[int], now: datetime
) -> None:
    """Salinan: let other agencies read along. The holder needs none; a second copy is the first one."""
    wanted = set(agency_ids) - {report.holder_id}
    if not wanted:
        return
    present = set(session.scalars(select(Copy.agency_id).where(Copy.report_id == report.id)))
    active = set(session.scalars(select(Agency.id).where(Agency.id.in_(wanted), Agency.in_use)))
    if wanted - active:
        raise Invalid({"copies": AGENCY_INACTIVE})
    for agency_id in wanted - present:
        session.add(Copy(report_id=report.id, agency_id=agency_id, from_agency_id=actor.agency_id, at=now))
    rewrite(session, report)
