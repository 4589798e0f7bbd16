"""Writing history: one append-only event for each change, and the outbox rows that tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.standing import deed_of
from app.models import Event, EventText, OutboxMessage, Report
from app.rules.reports.codes import EventKind, Visibility
from app.services import stale_months
from app.services.inbox import bell


def record(
    session: Session,
    actor: Actor,
    report: Report,
    kind: EventKind,
    now: datetime,
    *,
    visibility: Visibility = Visibility.PUBLIC,
    data: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    on_behalf_of: int | None = None,
) -> Event:
    """Append an event to the report's history; its number becomes the report's version.

    `data` holds keys and codes; `texts` what a person wrote, kept apart so that it can be erased. An
    outbox row of the same transaction tells of the event after the commit, the bell of the officers
    concerned rings, and the month in which the report came in is marked for the statistics. The report
    is locked.
    """
    report.version = (report.version or 0) + 1
    event = Event(
        report_id=report.id,
        seq=report.version,
        kind=kind,
        at=now,
        user_id=actor.user_id,
        agency_id=deed_of(actor, report),
        on_behalf_of_id=on_behalf_of,
        visibility=visibility,
        data=dict(data or {}),
    )
    session.add(event)
    for name, text in (texts or {}).items():
        if text:
            session.add(EventText(report_id=report.id, seq=event.seq, name=name, text=text))
    session.add(
        OutboxMessage(
            topic=kind.value,
            report_id=report.id,
            dedupe_key=f"event:{report.id}:{event.seq}",
            payload={"seq": event.seq},
            created_at=now,
            available_at=now,
        )
    )
    bell.hear(session, actor, report, event)
    if kind is not EventKind.COMMENTED:
        stale_months.mark(session, report.received_at)
    return event


def changes_since(session: Session, report: Report, version: int) -> list[Event]:
    """The events after `version` that make a form opened then stale: all but comments."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.report_id == report.id, Event.seq > version, Event.kind != EventKind.COMMENTED)
            .order_by(Event.seq)
        )
    )
