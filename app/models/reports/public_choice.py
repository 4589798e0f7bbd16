"""What people decided about words of a report: hidden from the public although nothing found them, or shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, UtcDateTime, key


class MaskChoice(Model):
    """One choice. The last one about the same words holds; earlier ones stay, with who made them.

    The words are personal: they stand here and in the report's own row alone, and go with the report.
    """

    __tablename__ = "mask_choice"
    __table_args__ = (
        Index("ix_mask_choice_report", "report_id", "id"),
        {"comment": "Words of reports that somebody hid from the public, or showed to it"},
    )

    id: Mapped[key]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), comment="The report")
    words: Mapped[str] = mapped_column(Text, comment="The words, as they stand in the report")
    hidden: Mapped[bool] = mapped_column(comment="Hidden from the public; else shown although masked before")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), comment="Who chose")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), comment="Their agency then")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
