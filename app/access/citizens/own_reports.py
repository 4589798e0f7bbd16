"""What a citizen filed, as they read it: their own reports, or the one of a secret link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import visible
from app.models import Agency, ArchiveReason, Area, Category, Event, Rating, Report, Reporter, Request
from app.rules.errors import NotFound
from app.rules.reports.codes import EventKind, RequestStatus
from app.rules.reports.workflow import Action

PAGE_SIZE = 20
CLOSINGS = (EventKind.CLOSED, EventKind.AUTO_CLOSED)


@dataclass(frozen=True)
class OwnFacts:
    """A report of one's own, with the names around it."""

    report: Report
    holder: str
    category: str
    area: str
    archive_reason: str


def _facts() -> Any:
    return (
        select(Report, Agency.name, Category.name, Area.name, ArchiveReason.name)
        .join(Agency, Agency.id == Report.holder_id)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(Area, Area.code == Report.area_code)
        .outerjoin(ArchiveReason, ArchiveReason.code == Report.archive_reason)
    )


def _is_citizens(actor: Actor) -> bool:
    """Nobody else has reports of their own here: not a visitor, who sees what is public, nor an officer
    as such; who is both comes without their office (Actor.as_citizen)."""
    return actor.agency_id is None and (actor.reporter_id is not None or actor.link_hash is not None)


def own_reports(
    session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE_SIZE
) -> list[OwnFacts]:
    """The actor's reports with a number below `before`, the newest first."""
    if not _is_citizens(actor):
        return []
    query = _facts().where(visible(actor)).order_by(Report.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Report.id < before)
    return [_made(*row) for row in session.execute(query).all()]


def own_report(session: Session, actor: Actor, report_id: int | None) -> OwnFacts:
    """One of the actor's reports. Raises NotFound for absent and foreign alike."""
    row = None
    if _is_citizens(actor) and report_id is not None:
        row = session.execute(_facts().where(Report.id == report_id, visible(actor))).one_or_none()
    if row is None:
        raise NotFound
    return _made(*row)


def has_filed(session: Session, actor: Actor, report_id: int) -> bool:
    """Whether the actor filed that report, whichever hat they wear."""
    if actor.reporter_id is None:
        return False
    mine = select(Report.id).where(Report.id == report_id, Report.reporter_id == actor.reporter_id)
    return session.scalar(mine) is not None


def linked_report_id(session: Session, actor: Actor) -> int:
    """The report of the secret link that the actor holds. Raises NotFound."""
    found = None
    if actor.link_hash is not None:
        found = session.scalar(select(Report.id).where(visible(actor)))
    if found is None:
        raise NotFound
    return found


def held_by_link(session: Session, actor: Actor, report_id: int) -> Report:
    """The report of the secret link that the actor holds, locked. Raises NotFound."""
    found: Report | None = None
    if actor.link_hash is not None:
        found = session.scalar(
            select(Report)
            .where(Report.id == report_id, visible(actor))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    if found is None:
        raise NotFound
    return found


def of_confirmed_address(
    session: Session, report_id: int | None, email: str, phone: str, *, lock: bool = False
) -> Report | None:
    """A report that was filed without an account, if the address is what its reporter confirmed; else None.

    What officers typed in confirms nothing, so a report that never had a link is not found.
    """
    query = (
        select(Report)
        .join(Reporter, Reporter.id == Report.reporter_id)
        .where(
            Report.id == report_id,
            Reporter.user_id.is_(None),
            Reporter.erased_at.is_(None),
            (Report.link_hash.is_not(None)) | (Report.link_round > 0),
            func.lower(Reporter.email) == email.lower() if email else Reporter.phone == phone,
        )
    )
    if lock:
        query = query.with_for_update(of=Report).execution_options(populate_existing=True)
    found: Report | None = session.scalar(query)
    return found


def _made(
    report: Report, holder: str, category: str | None, area: str | None, reason: str | None
) -> OwnFacts:
    return OwnFacts(report, holder, category or "", area or "", reason or "")


def last_closing(session: Session, report_id: int) -> int | None:
    """The number of the event that closed the report last."""
    found: int | None = session.scalar(
        select(Event.seq)
        .where(Event.report_id == report_id, Event.kind.in_(CLOSINGS))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    return found


def rating_of(session: Session, report_id: int, closing: int | None) -> Rating | None:
    found: Rating | None = session.scalar(
        select(Rating).where(Rating.report_id == report_id, Rating.closing == closing)
    )
    return found


def asked_by_reporter(session: Session, report_id: int) -> list[Action]:
    """What the reporter has asked for and nobody has decided yet."""
    return list(
        session.scalars(
            select(Request.action).where(
                Request.report_id == report_id,
                Request.status == RequestStatus.OPEN,
                Request.asker_agency_id.is_(None),
            )
        )
    )


def reporter_of(session: Session, actor: Actor) -> Reporter | None:
    """The citizen that the account is."""
    return session.get(Reporter, actor.reporter_id) if actor.reporter_id is not None else None


def occurrence(session: Session, report_id: int | None, seq: int) -> tuple[Report, Event, Reporter] | None:
    """An event with its report and the reporter, read anew; None when one of them is not there any more.

    For what the system tells the reporter: whether they are to be told is the caller's to ask.
    """
    row = session.execute(
        select(Report, Event, Reporter)
        .join(Event, (Event.report_id == Report.id) & (Event.seq == seq))
        .join(Reporter, Reporter.id == Report.reporter_id)
        .where(Report.id == report_id, Reporter.erased_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])
