"""Clocks: one row per holder and kind; the running one is cached on the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Json, Model, UtcDateTime, code, key
from app.rules.reports.codes import ClockOutcome
from app.rules.reports.workflow import Clock


class ReportClock(Model):
    """A deadline and how it ended. Once it has an outcome it is never computed anew."""

    __tablename__ = "report_clock"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="outcome_when_ended"),
        CheckConstraint("(outcome = 'met') = (met_at IS NOT NULL)", name="met_when_met"),
        Index(
            "uq_report_clock_running",
            "report_id",
            unique=True,
            sqlite_where=text("outcome IS NULL AND kind <> 'target'"),
            postgresql_where=text("outcome IS NULL AND kind <> 'target'"),
        ),
        Index(
            "uq_report_clock_target",
            "report_id",
            unique=True,
            sqlite_where=text("outcome IS NULL AND kind = 'target'"),
            postgresql_where=text("outcome IS NULL AND kind = 'target'"),
        ),
        Index(
            "ix_report_clock_running_due",
            "kind",
            "due_at",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
        {"comment": "Deadlines of reports, running and decided"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True, comment="The report")
    kind: Mapped[Clock] = mapped_column(code(Clock), comment="What is awaited")
    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="The agency whose clock and calendar it is"
    )
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Start, UTC; its local date is day 0")
    days: Mapped[int] = mapped_column(comment="Length in days of its kind")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="End of the last day, UTC")
    pauses: Mapped[list[Any]] = mapped_column(
        Json, default=list, server_default="[]", comment="[[since, until or null], ...] ISO times, UTC"
    )
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When what was awaited came, UTC")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it stopped for good, UTC")
    reminded: Mapped[int] = mapped_column(
        SmallInteger,
        default=0,
        server_default="0",
        comment="What its agency was reminded of: 0 nothing, 1 that it runs out, 2 that it did",
    )
    outcome: Mapped[ClockOutcome | None] = mapped_column(
        code(ClockOutcome), comment="How it ended; NULL while it runs or stands still"
    )
