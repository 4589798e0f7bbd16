"""Reporters by their telephone: what a text message may be about."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Agency, QuietPhone, Report, Reporter
from app.rules.accounts.roles import ROLE_MATRIX, Role


def reporter_of_phone(session: Session, phone: str) -> Reporter | None:
    """The reporter who is nothing but this telephone: without a name and without an account.

    An account's telephone was typed, not proved: what comes from it must not end up with a stranger.
    """
    query = select(Reporter).where(
        Reporter.phone == phone, Reporter.user_id.is_(None), Reporter.name == "", Reporter.erased_at.is_(None)
    )
    found: Reporter | None = session.scalar(query.order_by(Reporter.id.desc()).limit(1))
    return found


def sender(session: Session, phone: str, report_id: int | None) -> Actor | None:
    """The reporter of `report_id`, if this telephone sent it; None otherwise, absent and foreign alike.

    Not for what an officer typed in: a number that was heard wrong would open it to somebody else.
    """
    reporter_id = session.scalar(
        select(Reporter.id)
        .join(Report, Report.reporter_id == Reporter.id)
        .where(
            Report.id == report_id,
            Report.recorder_agency_id.is_(None),
            Reporter.phone == phone,
            Reporter.user_id.is_(None),
            Reporter.erased_at.is_(None),
        )
    )
    if reporter_id is None:
        return None
    return Actor(reporter_id=reporter_id, permissions=ROLE_MATRIX[Role.REPORTER])


def is_first_report(session: Session, report: Report) -> bool:
    """Whether the reporter of `report` had sent none before it."""
    earlier = select(Report.id).where(Report.reporter_id == report.reporter_id, Report.id < report.id)
    return session.scalar(earlier.limit(1)) is None


def agency_of_keyword(session: Session, keyword: str) -> int | None:
    """The active agency whose alias is `keyword`; None for none and for more than one."""
    query = select(Agency.id).where(func.upper(Agency.alias) == keyword, Agency.in_use).limit(2)
    found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None


def is_quiet(session: Session, phone: str) -> bool:
    """Whether the telephone asked for no more messages."""
    return session.get(QuietPhone, phone) is not None
