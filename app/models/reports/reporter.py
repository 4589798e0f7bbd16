"""The reporter's identity, apart from the report from the first migration on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Short, UtcDateTime, code, key
from app.rules.citizens.forms import NotifyBy


class Reporter(Model):
    """Who sent a report. Erasing a person empties this row; their reports stay."""

    __tablename__ = "reporter"
    __table_args__ = {"comment": "Identity of reporters, erasable, never joined for an anonymous report"}

    id: Mapped[key]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), unique=True, comment="Their account, if they have one"
    )
    name: Mapped[str] = mapped_column(Short, default="", server_default="", comment="Name as given")
    email: Mapped[str] = mapped_column(
        Short, default="", server_default="", comment="E-mail in lower case, or empty"
    )
    phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", index=True, comment="Telephone in E.164 form, or empty"
    )
    notify_by: Mapped[NotifyBy] = mapped_column(
        code(NotifyBy),
        default=NotifyBy.EMAIL,
        server_default=NotifyBy.EMAIL.value,
        comment="How they want to be told of their reports",
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When first seen, UTC")
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When the person was erased, UTC")
