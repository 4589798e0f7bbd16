"""The history of a report in the words that officers read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.history import Happened, history
from app.models import Report
from app.rules.labels import EventKind
from app.rules.workflow import Who
from app.views.files import File
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
    files: Sequence[File]
    notes: Mapping[str, str]


def timeline(session: Session, report: Report) -> list[Entry]:
    """Every event of a report that an officer sees, oldest first."""
    return [
        Entry(
            seq=each.event.seq,
            what=word(EventKind(each.event.kind)),
            at=each.event.at,
            who=each.agency or _party(each),
            officer=each.officer,
            on_behalf_of=each.behalf,
            text=each.text,
            secret=each.secret,
            detail=each.to,
            files=[File.of(file) for file in each.files],
            notes=each.notes,
        )
        for each in history(session, report.id)
    ]


def _party(each: Happened) -> str:
    """Who acted without an agency: the event of a move says in which standing it was made."""
    return word(Who.SYSTEM if each.event.data.get("as") == Who.SYSTEM else Who.REPORTER)
