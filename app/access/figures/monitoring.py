"""What a look at the units below needs beside the numbers: what waits now, who was in, who has nobody.

Read as of now, whatever the period: a report that has waited since last year waits today. The caller has
asked whether its reader may look at the agency.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.tree import acting_for, filer, has_units, within
from app.models import Account, Agency, AgencyTree, DigestMute, Report, ReportClock
from app.models.accounts.security import account_may
from app.rules.accounts.roles import Resource, Verb
from app.rules.inbox.digests import Digest
from app.rules.reports.workflow import Clock


@dataclass(frozen=True)
class Now:
    """Of a unit with all below it. waiting: reports that await a first follow-up; late: those overdue.

    oldest: since when the longest has been waiting there. signed_in: the last of its officers' sign-ins.
    unstaffed: active agencies without an active officer.
    """

    waiting: int = 0
    late: int = 0
    oldest: datetime | None = None
    signed_in: datetime | None = None
    unstaffed: int = 0


@dataclass(frozen=True)
class Late:
    """A report whose first follow-up is overdue."""

    report_id: int
    due_at: datetime


def _awaited() -> ColumnElement[bool]:
    """Criterion on ReportClock joined with Report: a first follow-up is owed and the clock does not stand still."""
    return and_(ReportClock.kind == Clock.FOLLOW_UP, ReportClock.outcome.is_(None), Report.held.is_(False))


def _by_unit(agency_id: int, of: Any) -> tuple[Any, Any, ColumnElement[bool], ColumnElement[bool]]:
    """The tree's rows of the agency and of its unit above `of`, with what joins them."""
    asked, unit = aliased(AgencyTree), aliased(AgencyTree)
    level = case((asked.depth == 0, 0), else_=asked.depth - 1)
    return (
        asked,
        unit,
        and_(asked.unit_id == of, asked.ancestor_id == agency_id),
        and_(unit.unit_id == of, unit.depth == level),
    )


def now_of_units(session: Session, agency_id: int, now: datetime) -> Mapping[int, Now]:
    """By unit right below the agency, and the agency itself under its own key; in three statements."""
    waits: dict[int, tuple[int, int, datetime | None]] = {}
    asked, unit, above, below = _by_unit(agency_id, ReportClock.agency_id)
    query = (
        select(
            unit.ancestor_id,
            func.count(),
            func.sum(case((ReportClock.due_at < now, 1), else_=0)),
            func.min(ReportClock.started_at),
        )
        .select_from(ReportClock)
        .join(Report, Report.id == ReportClock.report_id)
        .join(asked, above)
        .join(unit, below)
        .where(_awaited())
        .group_by(unit.ancestor_id)
    )
    for key, waiting, late, oldest in session.execute(query):
        waits[key] = (waiting, int(late or 0), oldest)
    signed_in = dict(_rows(session, _signed_in(agency_id)))
    unstaffed = dict(_rows(session, _unstaffed(agency_id)))
    found = {}
    for key in {*waits, *signed_in, *unstaffed}:
        waiting, late, oldest = waits.get(key, (0, 0, None))
        last = signed_in.get(key)
        found[key] = Now(
            waiting, late, oldest, last.replace(tzinfo=UTC) if last else None, int(unstaffed.get(key, 0))
        )
    return found


def _rows(session: Session, query: Select[Any, Any]) -> list[tuple[int, Any]]:
    return [(key, value) for key, value in session.execute(query)]


def _signed_in(agency_id: int) -> Select[Any, Any]:
    asked, unit, above, below = _by_unit(agency_id, Account.agency_id)
    return (
        select(unit.ancestor_id, func.max(Account.last_login))
        .select_from(Account)
        .join(asked, above)
        .join(unit, below)
        .where(Account.active.is_(True))
        .group_by(unit.ancestor_id)
    )


def _unstaffed(agency_id: int) -> Select[Any, Any]:
    asked, unit, above, below = _by_unit(agency_id, Agency.id)
    return (
        select(unit.ancestor_id, func.count())
        .select_from(Agency)
        .join(asked, above)
        .join(unit, below)
        .where(Agency.active.is_(True), ~account_may(Resource.REPORTS, Verb.ACT, Agency.id))
        .group_by(unit.ancestor_id)
    )


# What the digests tell.


def late_of(
    session: Session, agency_id: int, now: datetime, limit: int, *, reader: int | None = None
) -> tuple[int, list[Late]]:
    """The overdue reports that this agency acts for, its own and those of units without an officer.

    How many they are, and the `limit` that are overdue the longest. reader: the account that is told;
    what it filed itself is left out.
    """
    by = filer(Report.reporter_id)
    mine = and_(within(agency_id, ReportClock.agency_id), acting_for(ReportClock.agency_id, by) == agency_id)
    if reader is not None:
        mine = and_(mine, by != reader)
    query = (
        select(ReportClock.report_id, ReportClock.due_at)
        .join(Report, Report.id == ReportClock.report_id)
        .where(_awaited(), ReportClock.due_at < now, mine)
    )
    number = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(ReportClock.due_at, ReportClock.report_id).limit(limit))
    return number, [Late(key, due) for key, due in rows]


def with_late(session: Session, now: datetime) -> set[int]:
    """The agencies that act for an overdue report."""
    holders = (
        select(ReportClock.agency_id, filer(Report.reporter_id).label("filer"))
        .join(Report, Report.id == ReportClock.report_id)
        .where(_awaited(), ReportClock.due_at < now)
        .distinct()
        .subquery()
    )
    found = session.scalars(select(acting_for(holders.c.agency_id, holders.c.filer)))
    return {key for key in found if key is not None}


def with_waiting_units(session: Session) -> set[int]:
    """The agencies with an officer below which something waits."""
    holders = (
        select(ReportClock.agency_id)
        .join(Report, Report.id == ReportClock.report_id)
        .where(_awaited())
        .distinct()
        .subquery()
    )
    above = (
        select(AgencyTree.ancestor_id)
        .join(holders, holders.c.agency_id == AgencyTree.unit_id)
        .where(AgencyTree.depth > 0)
        .distinct()
        .subquery()
    )
    query = select(above.c.ancestor_id).where(
        account_may(Resource.REPORTS, Verb.ACT, above.c.ancestor_id), has_units(above.c.ancestor_id)
    )
    return set(session.scalars(query))


def officers_of(session: Session, agency_id: int, digest: Digest) -> list[int]:
    """The active accounts of an agency that want this digest; none where the agency does not."""
    muted = select(DigestMute.id).where(
        DigestMute.digest == digest,
        or_(
            DigestMute.user_id == Account.id,
            and_(DigestMute.user_id.is_(None), DigestMute.agency_id == agency_id),
        ),
    )
    query = (
        select(Account.id)
        .where(Account.agency_id == agency_id, Account.active.is_(True), ~muted.exists())
        .order_by(Account.id)
    )
    return list(session.scalars(query))


def mutes_of(session: Session, user_id: int | None, agency_id: int | None) -> tuple[set[Digest], set[Digest]]:
    """The digests that a person does not want, and those that their agency does not."""
    rows = session.execute(
        select(DigestMute.user_id, DigestMute.digest).where(
            or_(
                DigestMute.user_id == user_id,
                and_(DigestMute.user_id.is_(None), DigestMute.agency_id == agency_id),
            )
        )
    ).all()
    return {d for user, d in rows if user is not None}, {d for user, d in rows if user is None}


def unit_names(session: Session, keys: Collection[int]) -> Mapping[int, str]:
    return {
        key: name for key, name in session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(keys)))
    }
