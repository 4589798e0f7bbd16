"""Text messages: what came in, so that the same one is taken once and answered once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Short, UtcDateTime, code, key
from app.rules.channels.sms import Answer, Command


class SmsMessage(Model):
    """A message to 1708. Its text lives on in the report alone; the row goes after some days."""

    __tablename__ = "sms_message"
    __table_args__ = (
        Index("ix_sms_message_phone", "phone", "at"),
        {"comment": "Text messages that came in, kept for some days"},
    )

    id: Mapped[key]
    gateway_id: Mapped[str] = mapped_column(
        Short, unique=True, comment="The gateway's name for it: delivered twice, it is one message"
    )
    phone: Mapped[str] = mapped_column(String(32), comment="Telephone that sent it, in E.164 form")
    command: Mapped[Command] = mapped_column(code(Command), comment="What it asked for")
    answer: Mapped[Answer] = mapped_column(code(Answer), comment="What is answered")
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id"), index=True, comment="The report that it is about"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When it came in, UTC")


class QuietPhone(Model):
    """A telephone that wants no messages: BERHENTI puts it here, MULAI takes it away."""

    __tablename__ = "quiet_phone"
    __table_args__ = {"comment": "Telephones that asked for no more messages"}

    phone: Mapped[str] = mapped_column(String(32), primary_key=True, comment="In E.164 form")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it asked, UTC")
