"""What a former holder outside the chain still knows: the number, the date, and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import not_own
from app.models import Agency, Disposition, ReportScope
from app.rules.accounts.roles import Resource, Verb


@dataclass(frozen=True)
class FormerHolding:
    id: int
    report_id: int
    left_at: datetime
    went_to: str


def former_holdings(
    session: Session, actor: Actor, *, before: int | None = None, limit: int = 25
) -> list[FormerHolding]:
    """The reports that the actor's agency held once and does not see any more, the last held first.

    `before`: the id of the holding after which a page goes on. Nothing for who reads no reports.
    """
    if not actor.may(Resource.REPORTS, Verb.READ):
        return []
    still = exists().where(
        ReportScope.report_id == Disposition.report_id, ReportScope.agency_id == actor.agency_id
    )
    rows = session.execute(
        select(Disposition.id, Disposition.report_id, Disposition.ended_at, Agency.name)
        .outerjoin(Agency, Agency.id == Disposition.went_to_agency_id)
        .where(Disposition.agency_id == actor.agency_id, Disposition.ended_at.is_not(None), ~still)
        .where(not_own(actor, Disposition.report_id))
        .where(true() if before is None else Disposition.id < before)
        .order_by(Disposition.id.desc())
        .limit(limit)
    )
    return [
        FormerHolding(key, report_id, left_at, name or "")
        for key, report_id, left_at, name in rows
        if left_at
    ]
