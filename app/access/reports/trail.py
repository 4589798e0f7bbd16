"""The way of a report, read: who has it and had it, who reads along, what was asked, which clocks ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app.access.reports.cards import Asked, asked_of
from app.access.standing import Chain, ChainLink
from app.access.tree import acting_for, filer
from app.models import Account, Agency, Copy, Disposition, Report, ReportClock, Request
from app.rules.reports.codes import RequestStatus, Upkeep
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
class Wish:
    """A request with the names around it; "" where there is none. asker "": the reporter."""

    request: Request
    suggestion: str
    asker: str
    asker_officer: str
    asker_behalf: str
    decider: str
    decider_officer: str
    decider_behalf: str


@dataclass(frozen=True)
class Trail:
    """stays in their order; copies as sent; requests and clocks, the first one first."""

    stays: Sequence[Holding]
    copies: Sequence[CopySent]
    requests: Sequence[Wish]
    clocks: Sequence[tuple[ReportClock, str]]

    @property
    def chain(self) -> Chain:
        """The live chain, bottom to top, as standing.chains() reads it."""
        live = sorted((s for s in self.stays if s.left_at is None), key=lambda s: s.position)
        return tuple(ChainLink(s.position, s.agency_id, s.acted_by_id) for s in live)

    @property
    def asked(self) -> list[Asked]:
        """The requests that a card may show: what became void is history alone."""
        return [
            asked_of(w.request, w.suggestion)
            for w in self.requests
            if w.request.status is not RequestStatus.VOID
        ]


def trail(session: Session, report_id: int) -> Trail:
    """In three statements; the caller has fetched the report through the scope."""
    stays, copies = _stays_and_copies(session, report_id)
    return Trail(stays, copies, _requests(session, report_id), _clocks(session, report_id))


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


def _requests(session: Session, report_id: int) -> list[Wish]:
    asker, asker_behalf, decider, decider_behalf, suggested = (aliased(Agency) for _ in range(5))
    asking, deciding = aliased(Account), aliased(Account)
    rows = session.execute(
        select(
            Request,
            suggested.name,
            asker.name,
            asking,
            asker_behalf.name,
            decider.name,
            deciding,
            decider_behalf.name,
        )
        .outerjoin(suggested, suggested.id == Request.suggested_agency_id)
        .outerjoin(asker, asker.id == Request.asker_agency_id)
        # Officers alone: a reporter who asks is nobody's name.
        .outerjoin(asking, and_(asking.id == Request.asker_user_id, Request.asker_agency_id.is_not(None)))
        .outerjoin(asker_behalf, asker_behalf.id == Request.on_behalf_of_id)
        .join(decider, decider.id == Request.decider_agency_id)
        .outerjoin(deciding, deciding.id == Request.decider_user_id)
        .outerjoin(decider_behalf, decider_behalf.id == Request.decided_for_id)
        .where(Request.report_id == report_id)
        .order_by(Request.id)
    )
    return [
        Wish(
            request,
            to or "",
            by or "",
            officer.get_full_name() if officer else "",
            by_behalf or "",
            decides,
            who.get_full_name() if who else "",
            for_whom or "",
        )
        for request, to, by, officer, by_behalf, decides, who, for_whom in rows
    ]


def _clocks(session: Session, report_id: int) -> list[tuple[ReportClock, str]]:
    rows = session.execute(
        select(ReportClock, Agency.name)
        .join(Agency, Agency.id == ReportClock.agency_id)
        .where(ReportClock.report_id == report_id)
        .order_by(ReportClock.started_at, ReportClock.id)
    )
    return [(clock, name) for clock, name in rows]
