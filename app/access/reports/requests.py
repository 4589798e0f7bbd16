"""Requests, read: everything that a card, a page or a call tells of one, in one statement for many reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.rows import read_columns
from app.access.scope import visible
from app.models import Account, Agency, Report, Request
from app.rules.errors import NotFound
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import Action


class Party(NamedTuple):
    """Who asked or decided: agency, whom it acted for, officer; "" where there is none. An asker without
    an agency is the reporter, who is nobody's name."""

    agency: str
    behalf: str
    officer: str


class RequestFacts(NamedTuple):
    """One request. carried: numbers by name; suggestion: the agency that it suggests, or ""."""

    id: int
    report_id: int
    action: Action
    status: RequestStatus
    reason: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None
    asker_agency_id: int | None
    asker_user_id: int | None
    carried: Mapping[str, int]
    suggestion: str
    asker: Party
    decider: Party

    @property
    def open(self) -> bool:
        return self.status is RequestStatus.OPEN


COLUMNS = RequestFacts._fields[:11]  # of Request, by their names there


def requests_of(session: Session, report_ids: Collection[int]) -> Mapping[int, list[RequestFacts]]:
    """Every request about each report, the first one first."""
    found: dict[int, list[RequestFacts]] = {report_id: [] for report_id in report_ids}
    for row in read_columns(session, _requests(), {"report_ids": list(report_ids)}):
        columns, names = row[: len(COLUMNS)], [name or "" for name in row[len(COLUMNS) :]]
        suggestion, asker, asker_behalf, *asking, decider, decider_behalf, first, last = names
        asked_by = Party(asker, asker_behalf, " ".join(filter(None, asking)))
        decided_by = Party(decider, decider_behalf, " ".join(filter(None, (first, last))))
        each = RequestFacts._make((*columns, suggestion, asked_by, decided_by))
        found[each.report_id].append(each)
    return found


def on_card(asked: Sequence[RequestFacts]) -> list[RequestFacts]:
    """Of a report's requests in their order, those on its card: all open ones, else the last that was
    decided. What became void is history alone."""
    alive = [each for each in asked if each.status is not RequestStatus.VOID]
    return [each for each in alive if each.open] or alive[-1:]


@lru_cache(maxsize=1)
def _requests() -> Select[*tuple[Any, ...]]:
    asker, asker_behalf, decider, decider_behalf, suggested = (aliased(Agency) for _ in range(5))
    asking, deciding = aliased(Account), aliased(Account)
    return (
        select(
            *(getattr(Request, name) for name in COLUMNS),
            suggested.name,
            asker.name,
            asker_behalf.name,
            asking.first_name,
            asking.last_name,
            decider.name,
            decider_behalf.name,
            deciding.first_name,
            deciding.last_name,
        )
        .outerjoin(suggested, suggested.id == Request.suggested_agency_id)
        .outerjoin(asker, asker.id == Request.asker_agency_id)
        # Officers alone: a reporter who asks is nobody's name.
        .outerjoin(asking, and_(asking.id == Request.asker_user_id, Request.asker_agency_id.is_not(None)))
        .outerjoin(asker_behalf, asker_behalf.id == Request.on_behalf_of_id)
        .join(decider, decider.id == Request.decider_agency_id)
        .outerjoin(deciding, deciding.id == Request.decider_user_id)
        .outerjoin(decider_behalf, decider_behalf.id == Request.decided_for_id)
        .where(Request.report_id.in_(bindparam("report_ids", expanding=True)))
        .order_by(Request.id)
    )


def get_request(session: Session, actor: Actor, report_id: int | None, request_id: int | None) -> Request:
    """The request, if it belongs to this report and `actor` sees that. Raises NotFound."""
    request: Request | None = session.scalar(
        select(Request)
        .join(Report, Report.id == Request.report_id)
        .where(Request.id == request_id, Request.report_id == report_id, visible(actor))
    )
    if request is None:
        raise NotFound
    return request
