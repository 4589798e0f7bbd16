"""Requests (Permintaan): somebody asks for a move that another has to make."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Json, Model, UtcDateTime, code, key
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import Action


class Request(Model):
    """One request. At most one open one of a kind per report; a decided one stays decided."""

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="open_until_decided"),
        CheckConstraint("status <> 'rejected' OR length(answer) > 0", name="rejected_with_reason"),
        Index(
            "uq_request_one_open",
            "report_id",
            "action",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        {"comment": "Requests for moves that their askers may not make"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True, comment="The report")
    action: Mapped[Action] = mapped_column(code(Action), comment="The move that is asked for")
    status: Mapped[RequestStatus] = mapped_column(code(RequestStatus), comment="open, or how it ended")
    asker_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that asks; NULL for the reporter"
    )
    asker_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), comment="Who asks")
    on_behalf_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="a.n.: the agency without an officer that is asked for"
    )
    decider_agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="The agency that decides: the delegator at the time"
    )
    suggested_agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="Saran Instansi of a hand-back"
    )
    carried: Mapped[dict[str, int]] = mapped_column(
        Json,
        default=dict,
        server_default=text("'{}'"),
        comment="What else this kind of request carries, by name",
    )
    reason: Mapped[str] = mapped_column(Text, default="", server_default="", comment="The asker's reason")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it ended, UTC")
    decider_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), comment="Who decided")
    decided_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="a.n.: the decider without an officer that was decided for"
    )
    answer: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="The decider's reason, shown to the asker"
    )
