"""Exports that take a while: what was asked for, how far the file is, and where it lies for a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Code, Json, Model, Short, UtcDateTime, code, key
from app.rules.figures.exports import ExportForm, ExportState


class Export(Model):
    """One file for one account, in the scope of its agency at the time; nobody else ever gets it."""

    __tablename__ = "export"
    __table_args__ = (
        Index("ix_export_state", "state", "id"),
        Index("ix_export_user", "user_id", "id"),
        {"comment": "Files that a job makes for somebody to take away", "sqlite_autoincrement": True},
    )

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who asked, and alone may take it")
    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), comment="Their agency then; in another one they do not get it"
    )
    kind: Mapped[str] = mapped_column(Code, comment="What is in it, a stable code")
    form: Mapped[ExportForm] = mapped_column(code(ExportForm), comment="The kind of file")
    file_name: Mapped[str] = mapped_column(Short, comment="The name that it is saved under")
    selection: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="What was asked for; emptied when it is gone"
    )
    state: Mapped[ExportState] = mapped_column(code(ExportState), comment="Where it stands")
    fault: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="Why there is no file, in words to be translated"
    )
    rows: Mapped[int] = mapped_column(default=0, server_default="0", comment="Rows that are written")
    stored_name: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Random name in the storage, or empty"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was asked for, UTC")
    attempt: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="How often it was begun: tells two workers apart"
    )
    claimed_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="A worker writes it until then, UTC"
    )
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When the file is deleted, UTC")
