"""The history of a report as officers read it: events in order, with what people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.models import Account, Agency, Event, EventText, FollowUp, Report
from app.rules.labels import EventKind, Visibility
from app.views.i18n import word


@dataclass(frozen=True)
class Entry:
    """One line of the history. who: agency, "Pelapor" or "Sistem"; officer: for officers' eyes alone."""

    seq: int
    what: str
    at: datetime
    who: str
    officer: str
    on_behalf_of: str
    text: str
    secret: bool
    detail: str
    notes: Mapping[str, str]


def timeline(session: Session, actor: Actor, report: Report) -> list[Entry]:
    """Every event of a report that an officer sees, oldest first."""
    behalf, to = aliased(Agency), aliased(Agency)
    rows = session.execute(
        select(Event, Agency.name, behalf.name, Account.first_name, Account.last_name)
        .outerjoin(Agency, Agency.id == Event.agency_id)
        .outerjoin(behalf, behalf.id == Event.on_behalf_of_id)
        .outerjoin(Account, (Account.id == Event.user_id) & Account.agency_id.is_not(None))
        .where(Event.report_id == report.id)
        .order_by(Event.seq)
    ).all()
    texts: dict[int, dict[str, str]] = {}
    for item in session.scalars(select(EventText).where(EventText.report_id == report.id)):
        texts.setdefault(item.seq, {})[item.name] = item.text
    answers = {
        answer.seq: answer
        for answer in session.scalars(select(FollowUp).where(FollowUp.report_id == report.id))
    }
    agency_ids = {row[0].data.get("agency") for row in rows} - {None}
    named = session.execute(select(to.id, to.name).where(to.id.in_(agency_ids)))
    names = {agency_id: name for agency_id, name in named}
    made = []
    for event, agency, on_behalf, first, last in rows:
        answer = answers.get(event.data.get("follow_up", 0))
        made.append(
            Entry(
                seq=event.seq,
                what=word(EventKind(event.kind)),
                at=event.at,
                who=agency or _party(event),
                officer=f"{first or ''} {last or ''}".strip(),
                on_behalf_of=on_behalf or "",
                text=answer.text if answer else "",
                secret=event.visibility is Visibility.REPORTER,
                detail=names.get(event.data.get("agency"), ""),
                notes=texts.get(event.seq, {}),
            )
        )
    return made


def _party(event: Event) -> str:
    from app.rules.workflow import Who

    by_reporter = event.kind in (EventKind.RECEIVED, EventKind.REPLIED, EventKind.COMPLETED)
    return word(Who.REPORTER if by_reporter or event.user_id is not None else Who.SYSTEM)
