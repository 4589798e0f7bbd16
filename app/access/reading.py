"""What the cards of a worklist show, read for all of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import visible
from app.models import Agency, ArchiveReason, Area, Category, Report, Reporter, Request
from app.rules.labels import RequestStatus


@dataclass(frozen=True)
class CardFacts:
    """A report with the names around it; "" where there is none. reporter: never of an anonymous one."""

    report: Report
    holder: str
    category: str
    area: str
    reporter: str
    archive_reason: str


def card_facts(session: Session, actor: Actor, report_ids: Collection[int]) -> Mapping[int, CardFacts]:
    """The facts of those of `report_ids` that `actor` sees."""
    rows = session.execute(
        select(Report, Agency.name, Category.name, Area.name, Reporter.name, ArchiveReason.name)
        .join(Agency, Agency.id == Report.holder_id)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(Area, Area.code == Report.area_code)
        # The identity of an anonymous reporter is not even read.
        .outerjoin(Reporter, (Reporter.id == Report.reporter_id) & Report.is_anonymous.is_(False))
        .outerjoin(ArchiveReason, ArchiveReason.code == Report.archive_reason)
        .where(Report.id.in_(report_ids), visible(actor))
    )
    return {row[0].id: CardFacts(row[0], *(name or "" for name in row[1:])) for row in rows}


@dataclass(frozen=True)
class Asked:
    """A request with the name of the agency that it suggests."""

    request: Request
    suggestion: str


def last_requests(session: Session, report_ids: Collection[int]) -> Mapping[int, Asked]:
    """The request of each report that is of interest: an open one, else the last decided."""
    suggested = select(Agency.name).where(Agency.id == Request.suggested_agency_id).scalar_subquery()
    rows = session.execute(
        select(Request, suggested)
        .where(Request.report_id.in_(report_ids), Request.status != RequestStatus.VOID)
        .order_by(Request.report_id, Request.status == RequestStatus.OPEN, Request.id)
    )
    return {request.report_id: Asked(request, name or "") for request, name in rows}
