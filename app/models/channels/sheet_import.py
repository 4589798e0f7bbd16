"""Imports of Laporan Ringkas: the file, its rows on their way to reports, and the names that it uses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Json, JsonOrNull, Model, Short, UtcDateTime, code, key
from app.rules.channels.ringkas_words import NameKind, RowOutcome, SheetState
from app.rules.zones import Zone


class SheetImport(Model):
    """One file. It is checked whole before the first report is made."""

    __tablename__ = "sheet_import"
    __table_args__ = {"comment": "Imports of Laporan Ringkas"}

    id: Mapped[key]
    file_name: Mapped[str] = mapped_column(Short, comment="Name as the sender gave it")
    stored_name: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Where the file lies until it is checked, or empty"
    )
    zone: Mapped[Zone] = mapped_column(code(Zone), comment="Zone of the times in it that name none")
    state: Mapped[SheetState] = mapped_column(code(SheetState), index=True, comment="Where it stands")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Who brought it; NULL for the command"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was brought, UTC")
    attempt: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="How often its check was begun: tells two workers apart"
    )
    claimed_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="A worker checks it until then, UTC"
    )
    generated_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When the file was made, as it says itself, UTC"
    )
    total: Mapped[int] = mapped_column(default=0, server_default="0", comment="Rows that were read")
    imported: Mapped[int] = mapped_column(default=0, server_default="0", comment="Rows that became reports")
    known: Mapped[int] = mapped_column(default=0, server_default="0", comment="Rows that were there already")
    refused: Mapped[int] = mapped_column(default=0, server_default="0", comment="Rows that were refused")
    summary: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="How many rows of each status"
    )
    fault: Mapped[dict[str, Any] | None] = mapped_column(
        JsonOrNull, comment="Why the file was refused, with the cell"
    )
    skip_faults: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Confirmed although some rows are refused"
    )
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was confirmed, UTC")
    ended_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When it was done, refused or cancelled, UTC"
    )


class SheetRow(Model):
    """One row of a file: what it says until it is a report, and what became of it."""

    __tablename__ = "sheet_row"
    __table_args__ = (
        Index("ix_sheet_row_outcome", "import_id", "outcome", "number"),
        Index("ix_sheet_row_external_id", "import_id", "external_id"),
        {"comment": "Rows of imported files; what they say goes when it is done"},
    )

    import_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("sheet_import.id"), primary_key=True, autoincrement=False, comment="The file"
    )
    number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="Row in the file, from 1"
    )
    external_id: Mapped[str] = mapped_column(Short, comment="Its Tracking ID, without #")
    outcome: Mapped[RowOutcome] = mapped_column(code(RowOutcome), comment="What became of it")
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), comment="The report that it is")
    data: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="What it says; emptied when it is done"
    )
    fault: Mapped[dict[str, Any] | None] = mapped_column(
        JsonOrNull, comment="Why it was refused, with the cell"
    )


class SheetName(Model):
    """A name of an agency, category or area in a file, and what it stands for here."""

    __tablename__ = "sheet_name"
    __table_args__ = (
        Index("uq_sheet_name_name", "import_id", "kind", "parent", "name", unique=True),
        {"comment": "Names in imported files, matched, mapped or to be made"},
    )

    id: Mapped[key]
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"), comment="The file")
    kind: Mapped[NameKind] = mapped_column(code(NameKind), comment="What is named")
    parent: Mapped[str] = mapped_column(Short, comment="The agency above it in the file, or empty")
    name: Mapped[str] = mapped_column(Short, comment="The name in the file")
    rows: Mapped[int] = mapped_column(comment="In how many rows it stands")
    target_id: Mapped[int | None] = mapped_column(
        BigKey, comment="Key of the agency or category that it stands for; NULL while nobody knows"
    )
