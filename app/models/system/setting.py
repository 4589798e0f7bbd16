"""Settings of the system that central admins change while it runs."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Code, Model


class SystemSetting(Model):
    """A value that stands before the environment's. What may be set is rules/system/settings.py's business."""

    __tablename__ = "system_setting"
    __table_args__ = {"comment": "Settings changed at run time; without a row the environment's holds"}

    name: Mapped[str] = mapped_column(Code, primary_key=True, comment="Which setting, as in config.py")
    value: Mapped[str] = mapped_column(String(64), comment="Its value as text")
