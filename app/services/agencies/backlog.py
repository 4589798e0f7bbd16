"""What follows a change of agencies or the calendar for many reports: at once for some, later for the rest.

The first batch is done with the change itself. Where there is more, a row of the outbox goes on with
it, batch after batch: a crash loses nothing, and no transaction holds every report of the country.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import OutboxMessage, ReportClock
from app.services import calendars, outbox
from app.services.agencies import derived_rows, succession
from app.services.agencies.derived_rows import Affected

AT_ONCE = 500  # reports or clocks within one transaction
DEADLINES, DELEGATORS = "recompute_deadlines", "replace_delegators"


@dataclass(frozen=True)
class DeadlinesMoved:
    """now: deadlines that were moved already. later: clocks that are looked at within minutes."""

    now: int
    later: int


def recompute(session: Session, affected: Affected, now: datetime, *, after: int = 0) -> DeadlinesMoved:
    """Compute the affected running clocks anew."""
    calendars.forget(session)
    session.flush()
    checked = derived_rows.recompute_deadlines(session, after, now, affected, limit=AT_ONCE)
    later = 0
    if checked.last is not None and checked.seen == AT_ONCE:
        left = select(func.count()).where(ReportClock.id > checked.last, *affected.criteria())
        later = session.scalar(left) or 0
    if later:
        outbox.put(
            session, DEADLINES, f"{DEADLINES}:{now.isoformat()}:{affected}:{checked.last}", now,
            after=checked.last, **_plain(affected),
        )  # fmt: skip
    return DeadlinesMoved(len(checked.wrong), later)


def replace_delegator(session: Session, agency_id: int, now: datetime) -> None:
    """The parent of a deactivated agency takes its place where it gave reports on."""
    done = succession.replace_delegator(session, agency_id, now, limit=AT_ONCE)
    if len(done) == AT_ONCE:
        outbox.put(session, DELEGATORS, f"{DELEGATORS}:{agency_id}:{now.isoformat()}", now, agency=agency_id)


def go_on_with_deadlines(session: Session, row: OutboxMessage, _site: object, now: datetime) -> None:
    """A handler of the outbox; nobody is told."""
    payload = row.payload
    affected = Affected(
        below=payload["below"],
        agency=payload["agency"],
        since=_day(payload["since"]),
        until=_day(payload["until"]),
    )
    recompute(session, affected, now, after=payload["after"])


def go_on_with_delegators(session: Session, row: OutboxMessage, _site: object, now: datetime) -> None:
    """A handler of the outbox; nobody is told."""
    replace_delegator(session, row.payload["agency"], now)


def _plain(affected: Affected) -> dict[str, Any]:
    return {
        "below": affected.below,
        "agency": affected.agency,
        "since": affected.since.isoformat() if affected.since else None,
        "until": affected.until.isoformat() if affected.until else None,
    }


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
