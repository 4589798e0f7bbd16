"""What the citizen's side keeps besides reports: codes, comments for the public, and ratings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Json, Model, Short, UtcDateTime, code, key
from app.rules.citizens.forms import CodePurpose, CommentState


class OneTimeCode(Model):
    """A code that confirms a telephone number or an e-mail address, and what waits for it.

    The code itself is nowhere: it is made from the row and the installation's secret, when it is told
    and when it is tried. The row goes when its time is over, and with it what was typed.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (
        CheckConstraint("(email = '') <> (phone = '')", name="one_address"),
        {"comment": "Codes that confirm an address, with what waits for the confirmation; swept"},
    )

    id: Mapped[key]
    token_hash: Mapped[str] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the token in the address of the page that asks for it"
    )
    purpose: Mapped[CodePurpose] = mapped_column(code(CodePurpose), comment="What it confirms")
    email: Mapped[str] = mapped_column(Short, default="", server_default="", comment="The e-mail, or empty")
    phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="The telephone in E.164 form, or empty"
    )
    payload: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="What was typed and waits; emptied when used"
    )
    tries: Mapped[int] = mapped_column(default=0, server_default="0", comment="Wrong codes so far")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was asked for, UTC")
    expires_at: Mapped[datetime] = mapped_column(
        UtcDateTime, index=True, comment="Not good from then on, UTC"
    )
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was right, UTC")
    result: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="Key of what came of it, for a second click"
    )


class PublicComment(Model):
    """A citizen's remark on a public report. The handling agency lets it be read, or not."""

    __tablename__ = "public_comment"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="waiting_until_decided"),
        Index("ix_public_comment_report", "report_id", "state", "id"),
        Index(
            "ix_public_comment_waiting",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        {"comment": "Comments by citizens on public reports, moderated by the handling agency"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, comment="Who wrote it")
    text: Mapped[str] = mapped_column(Text, comment="What it says")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
    state: Mapped[CommentState] = mapped_column(
        code(CommentState), default=CommentState.WAITING, comment="waiting, shown or hidden"
    )
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was moderated, UTC")
    decider_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="The officer who moderated it last"
    )
    decider_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="That officer's agency"
    )


class Rating(Model):
    """What a reporter says of a closed report, once for each time that it was closed (case B10)."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five"),
        Index("uq_rating_closing", "report_id", "closing", unique=True),
        {"comment": "Ratings of closed reports by their reporters"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    closing: Mapped[int] = mapped_column(comment="Number of the event that closed it")
    stars: Mapped[int] = mapped_column(comment="1 to 5")
    solved: Mapped[bool] = mapped_column(comment="Whether the problem is settled for the reporter")
    note: Mapped[str] = mapped_column(Text, default="", server_default="", comment="What they add")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
