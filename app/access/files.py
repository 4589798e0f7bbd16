"""Files, through the scope of the report that they belong to (cases C2, C19)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import visible
from app.models import Attachment, Comment, FileState, Report
from app.rules.errors import NotFound

# What a file came with: ("follow_up", key), ("reply", key), ("comment", key), or ("report", key).
Parent = tuple[str, int]


def get_file(session: Session, actor: Actor, report_id: int | None, file_id: int | None) -> Attachment:
    """A ready file of exactly this report, if `actor` sees that. Raises NotFound for all else.

    An agency with a copy reads the files as it reads the text; what moderation hid takes its files along.
    """
    found: Attachment | None = session.scalar(
        select(Attachment)
        .join(Report, Report.id == Attachment.report_id)
        .outerjoin(Comment, Comment.id == Attachment.comment_id)
        .where(
            Attachment.id == file_id,
            Attachment.report_id == report_id,
            Attachment.state == FileState.READY,
            Comment.hidden_at.is_(None),
            visible(actor),
        )
    )
    if found is None:
        raise NotFound
    return found


def files_of(session: Session, report_id: int) -> Mapping[Parent, list[Attachment]]:
    """The ready files of a report that the caller has fetched through the scope, by what they came with."""
    found: dict[Parent, list[Attachment]] = {}
    for file in session.scalars(
        select(Attachment)
        .where(Attachment.report_id == report_id, Attachment.state == FileState.READY)
        .order_by(Attachment.id)
    ):
        parents = (
            ("follow_up", file.follow_up_id),
            ("reply", file.reply_id),
            ("comment", file.comment_id),
            ("report", file.report_id),
        )
        kind, key = next((kind, key) for kind, key in parents if key is not None)
        found.setdefault((kind, key), []).append(file)
    return found
