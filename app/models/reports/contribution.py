"""What people add to a report: follow-ups, replies, comments, attachments. All erasable."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Short, UtcDateTime, code, key


class FollowUp(Model):
    """An agency's answer to the reporter (Tindak Lanjut)."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("uq_follow_up_seq", "report_id", "seq", unique=True),
        Index("ix_follow_up_agency", "agency_id", "user_id", "at"),
        {"comment": "Follow-ups by agencies"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    seq: Mapped[int] = mapped_column(comment="Number within the report, from 1")
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="The agency that answers")
    on_behalf_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="a.n.: the agency without an officer that it answers for"
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id"), comment="The officer, never shown to the public"
    )
    text: Mapped[str] = mapped_column(Text, comment="What it says")
    is_secret: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Rahasia: for the reporter and officers alone"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")


class Reply(Model):
    """The reporter's answer, their completion, or their word on a closed report."""

    __tablename__ = "reply"
    __table_args__ = (
        Index("uq_reply_seq", "report_id", "seq", unique=True),
        {"comment": "Answers by reporters"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    seq: Mapped[int] = mapped_column(comment="Number within the report, from 1")
    text: Mapped[str] = mapped_column(Text, comment="What it says")
    recorder_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="The officer who recorded it for the reporter"
    )
    recorder_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="That officer's agency"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")


class Comment(Model):
    """A remark by whoever sees the report."""

    __tablename__ = "report_comment"
    __table_args__ = (
        Index("ix_report_comment_report", "report_id", "id"),
        {"comment": "Comments"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who wrote it")
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="Their agency; NULL for a citizen"
    )
    text: Mapped[str] = mapped_column(Text, comment="What it says")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When moderation hid it, UTC")


class FileState(StrEnum):
    PENDING = "pending"  # the row is there, the file may not be
    CHECKING = "checking"  # its form was sent; the virus scanner has still to look at it
    READY = "ready"
    REFUSED = "refused"  # the scanner found something: the bytes are deleted
    GONE = "gone"  # swept or erased


class Attachment(Model):
    """A file. It belongs to a report, to one follow-up, reply or comment of it, or to a message."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "(follow_up_id IS NOT NULL AND reply_id IS NULL AND comment_id IS NULL)"
            " OR (follow_up_id IS NULL AND reply_id IS NOT NULL AND comment_id IS NULL)"
            " OR (follow_up_id IS NULL AND reply_id IS NULL)",
            name="one_parent",
        ),
        CheckConstraint(
            "report_id IS NOT NULL OR post_id IS NOT NULL OR state <> 'ready'", name="ready_has_owner"
        ),
        CheckConstraint("size >= 0", name="size_not_negative"),
        Index(
            "ix_attachment_pending",
            "created_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_attachment_checking",
            "id",
            sqlite_where=text("state = 'checking'"),
            postgresql_where=text("state = 'checking'"),
        ),
        {"comment": "Files; the bytes stand in the storage under a random name"},
    )

    id: Mapped[key]
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id"),
        index=True,
        comment="The report whose scope guards the file; NULL while it is still to be filed",
    )
    uploader_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Who uploaded it, and alone may send it; NULL for a guest"
    )
    follow_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("follow_up.id"), comment="The follow-up that it came with"
    )
    reply_id: Mapped[int | None] = mapped_column(
        ForeignKey("reply.id"), comment="The reply that it came with"
    )
    comment_id: Mapped[int | None] = mapped_column(
        ForeignKey("report_comment.id"), comment="The comment that it came with"
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id"), index=True, comment="The message between agencies that it came with"
    )
    state: Mapped[FileState] = mapped_column(
        code(FileState), comment="pending, checking, ready, refused or gone"
    )
    stored_name: Mapped[str] = mapped_column(String(64), unique=True, comment="Random name in the storage")
    original_name: Mapped[str] = mapped_column(Short, comment="Name as the sender gave it")
    number: Mapped[int | None] = mapped_column(
        comment="Number among the reporter's files of the report, from 1: their name for everybody else"
    )
    unscanned: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="Whether the virus scanner has still to look at it",
    )
    content_type: Mapped[str] = mapped_column(Short, comment="Type, decided by the content")
    size: Mapped[int] = mapped_column(comment="Bytes")
    sha256: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Hash of the stored bytes"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
