"""The history of a report: append-only. Personal text stands apart, so that it can be erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Json, Model, UtcDateTime, code
from app.rules.reports.codes import EventKind, Visibility


class Event(Model):
    """One change of one report. `data` holds keys and codes alone, never what a person wrote."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "ix_event_agency",
            "agency_id",
            "report_id",
            sqlite_where=text("agency_id IS NOT NULL"),
            postgresql_where=text("agency_id IS NOT NULL"),
        ),
        {"comment": "History of reports, append-only"},
    )

    report_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("report.id"), primary_key=True, autoincrement=False, comment="The report"
    )
    seq: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Number within the report, from 1"
    )
    kind: Mapped[EventKind] = mapped_column(code(EventKind), comment="What happened")
    schema_version: Mapped[int] = mapped_column(default=1, server_default="1", comment="Shape of `data`")
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When, UTC")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="Who; NULL for the system and guests"
    )
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="Their agency; NULL for the reporter and the system"
    )
    on_behalf_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="a.n.: the agency without an officer that was acted for"
    )
    visibility: Mapped[Visibility] = mapped_column(code(Visibility), comment="Who may read it")
    data: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="Keys and codes of what changed"
    )


class EventText(Model):
    """What a person wrote with an event: a reason, a note, a text before and after a correction."""

    __tablename__ = "event_text"
    __table_args__ = {"comment": "Erasable text of events"}

    report_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("report.id"), primary_key=True, autoincrement=False, comment="The report"
    )
    seq: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="The event's number"
    )
    name: Mapped[str] = mapped_column(
        Text, primary_key=True, comment="Which text: reason, note, title_before …"
    )
    text: Mapped[str] = mapped_column(Text, comment="What was written")
