"""What anybody may read: verified reports that are not secret, and comments that were let through.

Whoever is signed in reads here as a visitor does: an officer's page of the same report is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.access.actor import GUEST
from app.access.scope import visible
from app.access.tree import within
from app.models import Account, Agency, Area, Category, PublicComment, Report, Reporter
from app.models.base import UtcDateTime
from app.rules.citizens.forms import CommentState
from app.rules.errors import NotFound
from app.rules.reports.codes import Channel

PAGE_SIZE = 20
COMMENTS_SHOWN = 200


@dataclass(frozen=True)
class PublicPlace:
    """Where a page ended: the next one begins with what is older."""

    received_at: datetime
    report_id: int


@dataclass(frozen=True)
class PublicFilter:
    """What a list is narrowed to: an agency and those below, a category and its parts, an area and its parts."""

    agency_id: int | None = None
    category_id: int | None = None
    area_code: str = ""

    def criteria(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [visible(GUEST)]
        if self.agency_id is not None:
            found.append(within(self.agency_id, Report.holder_id))
        if self.category_id is not None:
            parts = select(Category.id).where(
                or_(Category.id == self.category_id, Category.parent_id == self.category_id)
            )
            found.append(Report.category_id.in_(parts))
        if self.area_code:
            found.append(
                or_(
                    Report.area_code == self.area_code,
                    Report.area_code.startswith(f"{self.area_code}.", autoescape=True),
                )
            )
        return found


EVERYTHING = PublicFilter()


@dataclass(frozen=True)
class PublicFacts:
    """A report with the names around it. reporter: "" of an anonymous one, and of one that somebody else
    typed in, brought or imported: its reporter agreed to nothing here."""

    report: Report
    holder: str
    category: str
    area: str
    reporter: str

    @property
    def place(self) -> PublicPlace:
        return PublicPlace(self.report.received_at, self.report.id)


def _facts() -> Any:
    said_so = and_(
        Reporter.id == Report.reporter_id,
        Report.is_anonymous.is_(False),
        Report.recorder_agency_id.is_(None),
        Report.external_id.is_(None),
        Report.source != Channel.PARTNER,
    )
    wider = aliased(Area)
    area = Area.name.concat(", ").concat(wider.name)
    return (
        select(Report, Agency.name, Category.name, area, Area.name, Reporter.name)
        .join(Agency, Agency.id == Report.holder_id)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(Area, Area.code == Report.area_code)
        .outerjoin(wider, wider.code == Area.parent_code)
        .outerjoin(Reporter, said_so)
    )


def newest(
    session: Session,
    wanted: PublicFilter = EVERYTHING,
    *,
    before: PublicPlace | None = None,
    limit: int = PAGE_SIZE,
) -> list[PublicFacts]:
    """Up to `limit` public reports after `before`, the newest first."""
    query = _facts().where(*wanted.criteria())
    if before is not None:
        here = tuple_(literal(before.received_at, UtcDateTime), literal(before.report_id))
        query = query.where(tuple_(Report.received_at, Report.id) < here)
    query = query.order_by(Report.received_at.desc(), Report.id.desc()).limit(limit)
    return [_made(*row) for row in session.execute(query).all()]


def narrowed(
    session: Session, criteria: Sequence[ColumnElement[bool]], *, offset: int, limit: int
) -> list[PublicFacts]:
    """Up to `limit` public reports that meet `criteria` (on Report), the newest first, after `offset` of them."""
    query = _facts().where(visible(GUEST), *criteria)
    query = query.order_by(Report.received_at.desc(), Report.id.desc()).offset(offset).limit(limit)
    return [_made(*row) for row in session.execute(query).all()]


def public_report(session: Session, report_id: int | None) -> PublicFacts:
    """The report, if everybody may read it. Raises NotFound for all else."""
    row = session.execute(_facts().where(Report.id == report_id, visible(GUEST))).one_or_none()
    if row is None:
        raise NotFound
    return _made(*row)


def _made(
    report: Report, holder: str, category: str | None, wide: str | None, area: str | None, name: str | None
) -> PublicFacts:
    return PublicFacts(report, holder, category or "", wide or area or "", name or "")


@dataclass(frozen=True)
class Remark:
    """A comment that the public reads. name: of whoever wrote it."""

    text: str
    name: str
    at: datetime


def remarks(session: Session, report_id: int) -> list[Remark]:
    """The comments that were let through, oldest first. The caller has fetched the report."""
    rows = session.execute(
        select(PublicComment.text, Account.first_name, PublicComment.at)
        .join(Account, Account.id == PublicComment.user_id)
        .where(PublicComment.report_id == report_id, PublicComment.state == CommentState.SHOWN)
        .order_by(PublicComment.id)
        .limit(COMMENTS_SHOWN)
    )
    return [Remark(*row) for row in rows]


def category_options(session: Session) -> Sequence[tuple[str, str]]:
    """The main categories, to narrow a list to."""
    rows = session.execute(
        select(Category.id, Category.name)
        .where(Category.parent_id.is_(None), Category.retired_at.is_(None))
        .order_by(Category.name)
    )
    return [(str(key), name) for key, name in rows]


def agency_options(session: Session) -> Sequence[tuple[str, str]]:
    """The agencies directly below the root, to narrow a list to."""
    above = aliased(Agency)
    rows = session.execute(
        select(Agency.id, Agency.name)
        .join(above, and_(above.id == Agency.parent_id, above.parent_id.is_(None)))
        .where(Agency.in_use)
        .order_by(Agency.name)
    )
    return [(str(key), name) for key, name in rows]
