"""Reports, their chain of holders, and the agencies that have a copy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Code, JsonOrNull, Model, Short, UtcDateTime, code, key
from app.rules.reports.codes import Channel, Classification, EndedBy
from app.rules.reports.workflow import Clock, State


class Report(Model):
    """One complaint. Its key is the tracking number (#26). Who wrote it stands in `reporter`.

    `state`, `held`, the holder and the running clock change in services/reports/transition.py alone. What the
    reporter wrote is never changed; the central desk edits `title` and `text` beside it.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("NOT held OR state = 'in_progress'", name="held_only_in_progress"),
        CheckConstraint(
            "(ended_at IS NULL) = (state NOT IN ('closed', 'archived'))", name="ended_when_ended"
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("(archive_reason IS NULL) = (state <> 'archived')", name="archived_with_reason"),
        CheckConstraint("(clock_kind IS NULL) = (clock_due_at IS NULL)", name="clock_has_due_time"),
        CheckConstraint(
            "clock_kind <> 'auto_close' OR (state = 'in_progress' AND NOT held)",
            name="auto_close_only_in_progress",
        ),
        CheckConstraint("clock_kind <> 'details' OR state = 'incomplete'", name="details_only_incomplete"),
        CheckConstraint(
            "state NOT IN ('waiting', 'in_progress') OR (classification IS NOT NULL AND category_id IS NOT NULL AND verified_at IS NOT NULL)",
            name="verified_completely",
        ),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        CheckConstraint("(external_source IS NULL) = (external_id IS NULL)", name="external_id_with_source"),
        Index("uq_report_external", "external_source", "external_id", unique=True),
        Index("ix_report_holder", "holder_id", "state", "received_at", "id"),
        Index("ix_report_category_received", "category_id", "received_at"),
        Index("ix_report_area_received", "area_code", "received_at"),
        Index(
            "ix_report_expiring",
            "clock_kind",
            "clock_due_at",
            sqlite_where=text("clock_kind IN ('auto_close', 'details')"),
            postgresql_where=text("clock_kind IN ('auto_close', 'details')"),
        ),
        {"comment": "Complaints; the key is the tracking number", "sqlite_autoincrement": True},
    )

    id: Mapped[key]
    version: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="Rises with each change; a stale form is refused by it"
    )
    state: Mapped[State] = mapped_column(
        code(State), comment="Where it is in its life (rules/reports/workflow.py)"
    )
    held: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Auto-close stands still"
    )
    received_at: Mapped[datetime] = mapped_column(
        UtcDateTime, index=True, comment="When it reached LAPOR!, UTC"
    )
    source: Mapped[Channel] = mapped_column(code(Channel), comment="The channel by which it came")
    client_id: Mapped[int | None] = mapped_column(
        ForeignKey("api_client.id"), comment="The program that sent it by the API"
    )
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("reporter.id"), comment="Who sent it")
    is_anonymous: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="Anonim: identity hidden from the public and the agencies",
    )
    is_secret: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Rahasia: not shown to the public"
    )
    link_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the secret link's token"
    )
    link_round: Mapped[int] = mapped_column(
        default=0,
        server_default="0",
        comment="How often its secret link was ended: each is made from this count",
    )

    original_title: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="As the reporter wrote it, never changed"
    )
    original_text: Mapped[str] = mapped_column(Text, comment="As the reporter wrote it, never changed")
    title: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="As edited by the central desk"
    )
    text: Mapped[str] = mapped_column(Text, comment="As edited by the central desk")
    mask_choices: Mapped[list[tuple[str, bool]] | None] = mapped_column(
        JsonOrNull, comment="The choices that hold, [words, hidden] each (mask_choice), for every reader"
    )
    classification: Mapped[Classification | None] = mapped_column(
        code(Classification), comment="Set at verification"
    )
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), comment="Topic")
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), comment="Smallest known area")
    location: Mapped[str] = mapped_column(Short, default="", server_default="", comment="Place in words")
    suggested_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that the reporter or channel named"
    )

    holder_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), comment="Top of the chain; the agency that holds it"
    )
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="Last verification, UTC")
    first_follow_up_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="First follow-up of any agency, UTC"
    )
    last_follow_up_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Last follow-up of any agency, UTC"
    )
    last_reply_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Last reply of the reporter, UTC"
    )
    reply_unanswered: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="The reporter wrote last"
    )
    clock_kind: Mapped[Clock | None] = mapped_column(
        code(Clock), comment="The running clock (report_clock), cached"
    )
    clock_due_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When the running clock runs out, UTC"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When closed or archived, UTC")
    ended_by: Mapped[EndedBy | None] = mapped_column(code(EndedBy), comment="Who closed or archived it")
    archive_reason: Mapped[str | None] = mapped_column(
        ForeignKey("archive_reason.code"), comment="Why it was archived"
    )
    follow_up_count: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="Follow-ups, for the card"
    )
    comment_count: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="Comments, for the card"
    )
    rating: Mapped[int | None] = mapped_column(comment="The reporter's rating, 1 to 5")
    recorder_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that typed it in for the reporter"
    )
    recorder_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="The officer who typed it in"
    )
    external_source: Mapped[str | None] = mapped_column(
        Short, comment="The file or system that it was imported from"
    )
    external_id: Mapped[str | None] = mapped_column(Short, comment="Its id there")


Index("ix_report_reporter", Report.reporter_id, Report.id)


class Disposition(Model):
    """One stay of a report with an agency. The rows without an end are the chain, by position."""

    __tablename__ = "disposition"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position_not_negative"),
        CheckConstraint("(position = 0) = (from_agency_id IS NULL)", name="only_the_root_has_no_giver"),
        Index("uq_disposition_seq", "report_id", "seq", unique=True),
        Index(
            "uq_disposition_live_position",
            "report_id",
            "position",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_disposition_live_agency",
            "report_id",
            "agency_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"comment": "The chain of holders of each report, past and present"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    seq: Mapped[int] = mapped_column(comment="Number within the report, from 1")
    position: Mapped[int] = mapped_column(comment="Height in the stack; 0 is the root")
    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="The agency that received it"
    )
    from_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that gave it"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Since when, UTC")
    by_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="The officer who gave it; NULL for the system"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it left the chain, UTC")
    end_action: Mapped[str | None] = mapped_column(Code, comment="The move that took it away")
    went_to_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="Where it went then, for the former holder's note"
    )


class Copy(Model):
    """An agency that reads along: the substance, without the reporter's identity."""

    __tablename__ = "report_copy"
    __table_args__ = {"comment": "Agencies with a copy (Salinan) of a report"}

    report_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("report.id"), primary_key=True, comment="The report"
    )
    agency_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, index=True, comment="The agency that reads along"
    )
    from_agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that sent the copy"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was sent, UTC")
