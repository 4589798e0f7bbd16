"""The bell: what one officer is told of, and how they want to be mailed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Model, Short, UtcDateTime, code, key
from app.rules.inbox.notifications import Mailing, NoticeGroup
from app.rules.reports.notice_kinds import NoticeKind


class Notification(Model):
    """One thing that one person is told. It names the report alone; what it says is asked when it is read."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("uq_notification_once", "user_id", "kind", "occurrence", unique=True),
        Index("ix_notification_newest", "user_id", "at", "id"),
        Index(
            "ix_notification_unread",
            "user_id",
            "id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notification_reminder",
            "report_id",
            sqlite_where=text("clock_id IS NOT NULL"),
            postgresql_where=text("clock_id IS NOT NULL"),
        ),
        {"comment": "What officers are told by the bell"},
    )

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who is told")
    kind: Mapped[NoticeKind] = mapped_column(code(NoticeKind, "kind"), comment="What is told")
    occurrence: Mapped[str] = mapped_column(
        Short, comment="Names what happened: nobody is told the same of it twice"
    )
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id"), comment="The report that it is about, whose scope is asked at reading"
    )
    clock_id: Mapped[int | None] = mapped_column(
        ForeignKey("report_clock.id"), comment="The clock that it reminds of; it goes when that ends"
    )
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that acted; NULL for the reporter and the system"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When, UTC")
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was opened, UTC")


class NotificationSetting(Model):
    """How somebody wants to be mailed of a group of kinds; without a row as the table of kinds says."""

    __tablename__ = "notification_setting"
    __table_args__ = {"comment": "Mails about notifications, as their readers chose"}

    user_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id"), primary_key=True, comment="Whose choice it is"
    )
    group: Mapped[NoticeGroup] = mapped_column(
        "kinds", code(NoticeGroup, "group"), primary_key=True, comment="The kinds"
    )
    mailing: Mapped[Mailing] = mapped_column(code(Mailing), comment="At once, daily, or never")


class NotificationDigest(Model):
    """How far somebody's daily mail has come."""

    __tablename__ = "notification_digest"
    __table_args__ = {"comment": "The last daily mail of each reader"}

    user_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id"), primary_key=True, comment="Whose mail it is"
    )
    upto_id: Mapped[int] = mapped_column(BigKey, comment="The last notification that it looked at")
    sent_on: Mapped[date] = mapped_column(comment="The day, in the zone of the reader's agency")
