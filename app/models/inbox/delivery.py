"""What leaves after a commit, and what must not happen twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Code, Json, Model, Short, UtcDateTime, key


class OutboxMessage(Model):
    """A message to be told, written in the transaction of its event and sent after it.

    `payload` holds keys alone; text and addresses are looked up at delivery, when secrecy and
    standing are asked again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "available_at",
            "id",
            sqlite_where=text("sent_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND dead_at IS NULL"),
        ),
        Index(
            "ix_outbox_told",
            "sent_at",
            sqlite_where=text("sent_at IS NOT NULL"),
            postgresql_where=text("sent_at IS NOT NULL"),
        ),
        Index(
            "ix_outbox_dead",
            "dead_at",
            sqlite_where=text("dead_at IS NOT NULL"),
            postgresql_where=text("dead_at IS NOT NULL"),
        ),
        {"comment": "Messages to be sent after the commit of what caused them"},
    )

    id: Mapped[key]
    topic: Mapped[str] = mapped_column(Code, comment="What is to be told")
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id"), index=True, comment="The report that it is about"
    )
    dedupe_key: Mapped[str] = mapped_column(
        Short, unique=True, comment="Names the occurrence: the same one is never queued twice"
    )
    payload: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="Keys and codes"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was queued, UTC")
    available_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Not to be tried before, UTC")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0", comment="Tries so far")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was told, UTC")
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was given up, UTC")
    last_error: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="Kind of the last failure, no personal data"
    )


class IdempotencyKey(Model):
    """A form or call that was carried out: a second one with the same key does nothing more."""

    __tablename__ = "idempotency_key"
    __table_args__ = {"comment": "Keys of forms and calls that were carried out"}

    key: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Random key of the form or call")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), comment="Whose it was")
    purpose: Mapped[str] = mapped_column(Short, comment="What was done with it")
    result: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="Key of what came of it"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When, UTC")


class JobRun(Model):
    """The last run of each job of the schedule."""

    __tablename__ = "job_run"
    __table_args__ = {"comment": "Last run of each job"}

    job: Mapped[str] = mapped_column(Short, primary_key=True, comment="Name in the schedule")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Start of the last run, UTC")
    ended_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="End of the last run that succeeded, UTC"
    )
    result: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="What it did, in numbers"
    )
    error: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="Kind of the last failure"
    )
