"""What the cards of a worklist show, read for all of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.card_report import COLUMNS, CardReport
from app.access.rows import read_columns
from app.access.scope import basis_of, visible
from app.access.standing import chains, standing
from app.access.tree import has_units
from app.models import Agency, ApiClient, ArchiveReason, Area, Category, Report, Reporter
from app.rules.channels.api import ClientKind
from app.rules.errors import NotFound
from app.rules.reports.tabs import Basis
from app.rules.reports.workflow import Who

R = TypeVar("R", Report, CardReport)
OF_REPORT = len(COLUMNS)


class Facts(NamedTuple, Generic[R]):
    """A report with the names around it; "" where there is none. reporter: never of an anonymous one."""

    report: R
    holder: str
    category: str
    area: str
    reporter: str
    archive_reason: str
    recorder: str
    forwardable: bool  # the holder has a unit below it
    basis: Basis
    partner: str = ""  # whose system sent it by the API


def card_facts(
    session: Session, actor: Actor, report_ids: Collection[int]
) -> Mapping[int, Facts[CardReport]]:
    """What cards show of those of `report_ids` that `actor` sees."""
    found = read_columns(session, _card_facts(actor), {"report_ids": list(report_ids)})
    return {row[0]: _facts(CardReport._make(row[:OF_REPORT]), row[OF_REPORT:]) for row in found}


def whole_facts(session: Session, actor: Actor, report_ids: Collection[int]) -> Mapping[int, Facts[Report]]:
    """The same with the whole reports."""
    found = session.execute(_whole_facts(actor), {"report_ids": list(report_ids)})
    return {row[0].id: _facts(row[0], row[1:]) for row in found}


def report_facts(session: Session, actor: Actor, report_id: int | None) -> Facts[Report]:
    """The facts of one report. Raises NotFound for absent and unseen alike."""
    found = whole_facts(session, actor, [report_id]).get(report_id) if report_id is not None else None
    if found is None:
        raise NotFound
    return found


def _facts(report: R, around: Sequence[Any]) -> Facts[R]:
    """`around`: what stands beside the report in _around()'s statement."""
    holder, category, area, name, reason, recorder, units, basis, partner = around
    return Facts(
        report,
        holder,
        category or "",
        area or "",
        name or "",
        reason or "",
        recorder or "",
        units,
        Basis.COPY if basis is None else Basis(basis),
        partner or "",
    )


# Built once for an actor, for any reports: composing them costs more than their answers.
@lru_cache(maxsize=256)
def _card_facts(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _around(actor, *COLUMNS)


@lru_cache(maxsize=256)
def _whole_facts(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _around(actor, Report)


def _around(actor: Actor, *report: Any) -> Select[*tuple[Any, ...]]:
    """What is asked of the report itself, and the names around it."""
    recorder = aliased(Agency)
    return (
        select(
            *report,
            Agency.name,
            Category.name,
            Area.name,
            Reporter.name,
            ArchiveReason.name,
            recorder.name,
            has_units(Report.holder_id),
            basis_of(actor),
            ApiClient.name,
        )
        .join(Agency, Agency.id == Report.holder_id)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(Area, Area.code == Report.area_code)
        # The identity of an anonymous reporter is not even read.
        .outerjoin(Reporter, (Reporter.id == Report.reporter_id) & Report.is_anonymous.is_(False))
        .outerjoin(ArchiveReason, ArchiveReason.code == Report.archive_reason)
        .outerjoin(recorder, recorder.id == Report.recorder_agency_id)
        .outerjoin(ApiClient, (ApiClient.id == Report.client_id) & (ApiClient.kind == ClientKind.PARTNER))
        .where(Report.id.in_(bindparam("report_ids", expanding=True)), visible(actor))
    )


def delegator_id(session: Session, report_id: int) -> int:
    """The agency that gave the report to its present holder; the holder itself where there is none."""
    chain = chains(session, [report_id])[report_id]
    return chain[-2].agency_id if len(chain) > 1 else chain[-1].agency_id


def chain_place(session: Session, actor: Actor, report: Report) -> int | None:
    """The agency of the chain at which `actor` stands above the holder; None if it does not."""
    link = standing(actor, report, chains(session, [report.id])[report.id]).at.get(Who.CHAIN)
    return link.agency_id if link else None
