"""Files, through the scope of the report that they belong to (cases C2, C19)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import read_by
from app.access.scope import basis_of, visible
from app.access.standing import chains
from app.models import Attachment, Comment, FileState, Report
from app.rules.errors import NotFound
from app.rules.tabs import Basis


def get_file(session: Session, actor: Actor, report_id: int | None, file_id: int | None) -> Attachment:
    """A ready file of exactly this report, if `actor` sees that. Raises NotFound for all else.

    An agency with a copy reads the files as it reads the text; what moderation hid takes its files along.
    What officers say to each other is read by officers alone.
    """
    among_officers = Attachment.comment_id.is_not(None)
    reads_all = actor.agency_id is not None or actor.is_system
    found: Attachment | None = session.scalar(
        select(Attachment)
        .join(Report, Report.id == Attachment.report_id)
        .outerjoin(Comment, Comment.id == Attachment.comment_id)
        .where(
            Attachment.id == file_id,
            Attachment.report_id == report_id,
            Attachment.state == FileState.READY,
            Comment.hidden_at.is_(None),
            true() if reads_all else ~among_officers,
            visible(actor),
        )
    )
    if found is None:
        raise NotFound
    return found


def name_for(session: Session, actor: Actor, file: Attachment) -> str:
    """The name of a file of a report that `actor` was found to read, as they may read it."""
    report, seen = session.execute(select(Report, basis_of(actor)).where(Report.id == file.report_id)).one()
    basis = Basis.COPY if seen is None else Basis(seen)
    return read_by(actor, report, chains(session, [report.id])[report.id], basis)(file.original_name)


@dataclass(frozen=True)
class FileFacts:
    """A ready file as a page lists it."""

    id: int
    report_id: int
    name: str
    content_type: str
    size: int  # bytes
