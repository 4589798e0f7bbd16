"""What Open311 asks: categories as services, and public reports as requests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.access.citizens import public_reports
from app.access.citizens.public_reports import PublicFacts
from app.models import Category, FollowUp, Report
from app.rules.channels.open311 import Question
from app.rules.errors import NotFound


@dataclass(frozen=True)
class Service:
    """A category that is offered. group: the wider one, or itself."""

    code: int
    name: str
    group: str


def services(session: Session, code: int | None = None) -> list[Service]:
    """Every category that is offered, or the one of this key, by group and name."""
    main = aliased(Category)
    query = (
        select(Category.id, Category.name, func.coalesce(main.name, Category.name))
        .outerjoin(main, main.id == Category.parent_id)
        .where(Category.retired_at.is_(None), main.retired_at.is_(None))
        .order_by(func.coalesce(main.name, Category.name), Category.parent_id.is_not(None), Category.name)
    )
    if code is not None:
        query = query.where(Category.id == code)
    return [Service(*row) for row in session.execute(query)]


def service(session: Session, code: int | None) -> Service:
    """The service of this code. Raises NotFound."""
    found = services(session, code) if code is not None else []
    if not found:
        raise NotFound
    return found[0]


def updated() -> ColumnElement[datetime]:
    """When something that everybody may know happened to a report last. A secret follow-up has no time here."""
    told = (
        select(func.max(FollowUp.at))
        .where(FollowUp.report_id == Report.id, FollowUp.is_secret.is_(False))
        .correlate(Report)
        .scalar_subquery()
    )
    return func.coalesce(Report.ended_at, told, Report.verified_at, Report.received_at)


def updates(session: Session, report_ids: Collection[int]) -> Mapping[int, datetime]:
    """updated() of each of these reports."""
    rows = session.execute(select(Report.id, updated()).where(Report.id.in_(report_ids)))
    return {key: at for key, at in rows}


def requests(session: Session, asked: Question) -> list[PublicFacts]:
    """The page of public reports that was asked for, the newest first; empty beyond the last."""
    criteria: list[ColumnElement[bool]] = [Report.state.in_(asked.states)]
    if asked.ids is not None:
        criteria.append(Report.id.in_(asked.ids))
    if asked.codes is not None:
        criteria.append(Report.category_id.in_(asked.codes))
    for column, at, earlier in (
        (Report.received_at, asked.begins, False),
        (Report.received_at, asked.ends, True),
        (updated(), asked.updated_after, False),
        (updated(), asked.updated_before, True),
    ):
        if at is not None:
            criteria.append(column <= at if earlier else column >= at)
    offset = (asked.page - 1) * asked.page_size
    return public_reports.narrowed(session, criteria, offset=offset, limit=asked.page_size)
