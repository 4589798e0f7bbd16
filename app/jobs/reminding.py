"""Reminders of deadlines and daily mails: both within working hours, batch after batch."""

from __future__ import annotations

from datetime import datetime

from app.extensions import transaction
from app.services.inbox.notification_mail import queue_digests
from app.services.reports.reminders import remind_batch, somebody_is_at_work


def remind(now: datetime) -> str:
    """First the reminders, then the mails of the day, which hold them."""
    told = mails = 0
    if somebody_is_at_work(now):
        place: tuple[datetime, int] | None = None
        while True:
            with transaction() as session:
                batch = remind_batch(session, now, place)
            told, place = told + batch.told, batch.last
            if place is None:
                break
        after: int | None = 0
        while after is not None:
            with transaction() as session:
                after, queued = queue_digests(session, now, after)
            mails += queued
    return f"told {told}, mails {mails}"
