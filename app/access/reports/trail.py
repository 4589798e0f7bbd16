"""The way of a report, read: who has it and had it, who reads along, what was asked, which clocks ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app.access.reports.requests import RequestFacts, requests_of
from app.access.standing import Chain, ChainLink
from app.access.tree import acting_for, filer
from app.models import Agency, Copy, Disposition, Report, ReportClock
from app.rules.reports.codes import Upkeep
from app.rules.reports.workflow import Action


@dataclass(frozen=True)
class Holding:
    """One stay with an agency. left_at None: the agency is in the chain now, at `position`, and
    `acted_by` (key and name) is itself or the nearest ancestor with an officer. how: what took it away."""

    agency_id: int
    agency: str
    position: int
    at: datetime
    left_at: datetime | None
    how: Action | Upkeep | None
    went_to: str
    acted_by_id: int | None
    acted_by: str


@dataclass(frozen=True)
class CopySent:
    agency: str
    sender: str
    at: datetime


@dataclass(frozen=True)
class Trail:
    """stays in their order; copies as sent; requests and clocks, the first one first."""

    stays: Sequence[Holding]
    copies: Sequence[CopySent]
    requests: Sequence[RequestFacts]
    clocks: Sequence[tuple[ReportClock, str]]

    @property
    def chain(self) -> Chain:
        """The live chain, bottom to top, as standing.chains() reads it."""
        live = sorted((s for s in self.stays if s.left_at is None), key=lambda s: s.position)
        return tuple(ChainLink(s.position, s.agency_id, s.acted_by_id) for s in live)


def trail(session: Session, report_id: int) -> Trail:
    """In three statements; the caller has fetched the report through the scope."""
    stays, copies = _stays_and_copies(session, report_id)
    return Trail(stays, copies, requests_of(session, [report_id])[report_id], _clocks(session, report_id))


def _stays_and_copies(session: Session, report_id: int) -> tuple[list[Holding], list[CopySent]]:
    went_to, sender, acting = aliased(Agency), aliased(Agency), aliased(Agency)
    rows: Sequence[Any] = session.execute(
        union_all(
            select(
                literal("stay"),
                Disposition.seq,
                Disposition.agency_id,
                Agency.name,
                Disposition.position,
                Disposition.at,
                Disposition.ended_at,
                Disposition.end_action,
                went_to.name,
                acting.id,
                acting.name,
            )
            .join(Agency, Agency.id == Disposition.agency_id)
            .outerjoin(went_to, went_to.id == Disposition.went_to_agency_id)
            .join(Report, Report.id == Disposition.report_id)
            .outerjoin(
                acting,
                and_(
                    Disposition.ended_at.is_(None),
                    acting.id == acting_for(Disposition.agency_id, filer(Report.reporter_id)),
                ),
            )
            .where(Disposition.report_id == report_id),
            select(
                literal("copy"),
                literal(0),
                Copy.agency_id,
                Agency.name,
                literal(0),
                Copy.at,
                null(),
                null(),
                sender.name,
                null(),
                null(),
            )
            .join(Agency, Agency.id == Copy.agency_id)
            .join(sender, sender.id == Copy.from_agency_id)
            .where(Copy.report_id == report_id),
        )
    ).all()
    stays = [
        Holding(
            row[2], row[3], row[4], row[5], row[6], _how(row[7]) if row[7] else None, row[8] or "", *row[9:]
        )
        for row in sorted(rows, key=lambda row: row[1])
        if row[0] == "stay"
    ]
    copies = [CopySent(row[3], row[8], row[5]) for row in rows if row[0] == "copy"]
    return stays, sorted(copies, key=lambda copy: (copy.at, copy.agency))


def _how(code: str) -> Action | Upkeep:
    return Action(code) if code in set(Action) else Upkeep(code)


def _clocks(session: Session, report_id: int) -> list[tuple[ReportClock, str]]:
    rows = session.execute(
        select(ReportClock, Agency.name)
        .join(Agency, Agency.id == ReportClock.agency_id)
        .where(ReportClock.report_id == report_id)
        .order_by(ReportClock.started_at, ReportClock.id)
    )
    return [(clock, name) for clock, name in rows]
