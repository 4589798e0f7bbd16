"""Reorganisations of the tree: asked for, planned for a day, and how far their reports have followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Json, Model, Short, UtcDateTime, code, key
from app.rules.agencies.reorganisation import ReorganisationKind, Stage


class Reorganisation(Model):
    """An agency that goes below another one, or is merged into one. At most one open one for each agency."""

    __tablename__ = "reorganisation"
    __table_args__ = (
        CheckConstraint("agency_id <> target_id", name="two_agencies"),
        CheckConstraint(
            "(began_at IS NOT NULL) OR stage IN ('planned', 'cancelled')", name="began_when_running"
        ),
        CheckConstraint("(ended_at IS NULL) = (stage IN ('planned', 'running'))", name="ended_when_ended"),
        Index(
            "uq_reorganisation_one_open",
            "agency_id",
            unique=True,
            sqlite_where=text("stage IN ('planned', 'running')"),
            postgresql_where=text("stage IN ('planned', 'running')"),
        ),
        Index("ix_reorganisation_stage", "stage", "effective_at"),
        {"comment": "Moves, mergers and dissolutions of agencies"},
    )

    id: Mapped[key]
    kind: Mapped[ReorganisationKind] = mapped_column(
        code(ReorganisationKind, "kind"), comment="Moved, merged or dissolved"
    )
    stage: Mapped[Stage] = mapped_column(code(Stage), comment="Where it stands")
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="The agency that it is about")
    target_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), comment="The new parent, or the agency that takes its place"
    )
    former_parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="What it lay below when it took effect"
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who asked for it")
    by_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), comment="Their agency then")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was asked for, UTC")
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="From when on it holds, UTC")
    began_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When the tree was changed, UTC; NULL: it was not"
    )
    ended_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When its last report had followed, or it was cancelled, UTC"
    )
    units: Mapped[list[Any]] = mapped_column(
        Json,
        default=list,
        server_default=text("'[]'"),
        comment="Keys of the agencies that got other agencies above them, each with what lies below it",
    )
    reports: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="Reports that it concerned when it took effect"
    )
    done: Mapped[int] = mapped_column(default=0, server_default="0", comment="Reports that have followed")
    reached: Mapped[int] = mapped_column(
        BigKey,
        default=0,
        server_default="0",
        comment="The last report that has followed: batches go on after it",
    )
    fault: Mapped[str] = mapped_column(
        Short,
        default="",
        server_default="",
        comment="Why it could not take effect, in words to be translated",
    )
