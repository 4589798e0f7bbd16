"""Which reports a transaction changed, for what is derived from them and made anew at its end.

Noted whenever the session writes a report, or a row that belongs to one; scope.rewrite() notes its own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from app.models import Attachment, Category, Comment, FileState, FollowUp, Reply, Report, Request

CHANGED = "lapor_changed_reports"
MOVED = "lapor_moved_categories"
BELONGING = (FollowUp, Reply, Comment, Attachment, Request)


def note_changed(session: Session, report_id: int) -> None:
    session.info.setdefault(CHANGED, set()).add(report_id)


def take_changed(session: Session) -> set[int]:
    """The keys of the reports that were changed since this was last asked."""
    found: set[int] = session.info.pop(CHANGED, set())
    return found


def take_moved(session: Session) -> set[int]:
    """The keys of the categories that went below another one since this was last asked."""
    found: set[int] = session.info.pop(MOVED, set())
    return found


def _to_come(row: Any) -> bool:
    """A file that is still on its way belongs to nothing yet."""
    return isinstance(row, Attachment) and row.state is FileState.PENDING


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Report):
            note_changed(session, row.id)
        elif isinstance(row, BELONGING) and row.report_id is not None and not _to_come(row):
            note_changed(session, row.report_id)
        elif isinstance(row, Category) and inspect(row).attrs.parent_id.history.has_changes():
            session.info.setdefault(MOVED, set()).add(row.id)
