"""Files, through the scope of the report that they belong to (cases C2, C19)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import OF_NO_REPORT, Version, read_by
from app.access.scope import basis_of, visible
from app.access.standing import chains
from app.models import Attachment, Comment, FileState, Report
from app.rules.attachments.files import name_for_others, name_for_sender, shown_name
from app.rules.errors import NotFound
from app.rules.reports.tabs import Basis


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


def name_of(file: Attachment, *, to_reporter: bool = False) -> str:
    """The name under which a file is had. to_reporter: the reader is the reporter of its report."""
    return _named(file.original_name, file.number, file.content_type, to_reporter=to_reporter)


def name_for(session: Session, actor: Actor, file: Attachment) -> str:
    """The same for an officer who was found to read the report of the file."""
    if file.number is not None or file.report_id is None:
        return name_of(file)
    report, seen = session.execute(select(Report, basis_of(actor)).where(Report.id == file.report_id)).one()
    basis = Basis.COPY if seen is None else Basis(seen)
    version = read_by(actor, report, chains(session, [report.id])[report.id], basis)
    return version(shown_name(file.original_name))


def _named(original: str, number: int | None, content_type: str, *, to_reporter: bool) -> str:
    """A reporter's file by its number, or for themselves by its own name; an officer's by its own, masked."""
    if number is None:
        path = PurePosixPath(name_for_others(original, None, content_type))
        return f"{OF_NO_REPORT(path.stem)}{path.suffix}"
    named = name_for_sender if to_reporter else name_for_others
    return named(original, number, content_type)


@dataclass(frozen=True)
class FileFacts:
    """A file as a page lists it. name: for everybody; senders_name: for the reporter of the report alone;
    officers_name: as an officer gave it, "" for a reporter's file.

    state: ready, or checking or refused, when there is nothing to be had (yet, or any more).
    """

    id: int
    report_id: int
    name: str
    content_type: str
    size: int  # bytes
    senders_name: str = field(default="", repr=False)
    officers_name: str = field(default="", repr=False)
    state: FileState = FileState.READY

    @classmethod
    def of(
        cls,
        key: int,
        report_id: int,
        original: str,
        number: int | None,
        content_type: str,
        size: int,
        state: FileState,
    ) -> FileFacts:
        return cls(
            key,
            report_id,
            _named(original, number, content_type, to_reporter=False),
            content_type,
            size,
            _named(original, number, content_type, to_reporter=True),
            shown_name(original) if number is None else "",
            state,
        )

    def read_by(self, version: Version) -> str:
        """The name for a reader of that version of the report: who reads it whole reads an officer's whole."""
        return version(self.officers_name) if self.officers_name else self.name

    def for_reporter(self) -> FileFacts:
        """As the reporter of its report sees it: with the name that they gave it."""
        return replace(self, name=self.senders_name or self.name)


# Files that a page lists; what waits for its form or was erased is not spoken of.
LISTED = (FileState.READY, FileState.CHECKING, FileState.REFUSED)
