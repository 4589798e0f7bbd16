"""The one place that tells the statistics of large agencies that a month has changed.

Rows are only added, and removed by the job that makes the month anew (app/stats/summaries.py): two
writers never wait for each other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.models import StatDirty
from app.rules.zones import Zone


def mark_between(session: Session, first: datetime | None, last: datetime | None) -> None:
    """Something has changed that many reports have in common, which came in from `first` to `last`."""
    if first is None or last is None:
        return
    for at in (first, last):
        mark(session, at)
    month = first.replace(day=15)
    while month < last:
        mark(session, month)
        month = (month.replace(day=1) + timedelta(days=32)).replace(day=15)


def mark(session: Session, received_at: datetime) -> None:
    """What is counted of a report that came in then has changed, in this transaction.

    At the turn of a month the three zones disagree on which month it was: both are marked.
    """
    for month in sorted({f"{received_at.astimezone(ZoneInfo(zone.value)):%Y-%m}" for zone in Zone}):
        session.add(StatDirty(month=month))
