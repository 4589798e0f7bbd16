"""The audit log: what was changed about accounts, roles, settings and the system, by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Code, Json, Model, UtcDateTime, key


class AuditEntry(Model):
    """One change that is not a report's history. Append-only; `data` holds codes, never what people wrote."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_object_kind_object_id_at", "object_kind", "object_id", "at"),
        {"comment": "Changes of accounts, roles and settings, append-only"},
    )

    id: Mapped[key]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When, UTC")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, comment="Who; NULL for the system and guests"
    )
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), comment="Their agency at the time")
    # No CHECK: each new page adds codes, and an old entry must stay readable when its code is gone.
    action: Mapped[str] = mapped_column(String(64), comment="What was done, a stable code")
    object_kind: Mapped[str] = mapped_column(Code, comment="What kind of thing it was done to")
    object_id: Mapped[int | None] = mapped_column(BigKey, comment="Key of that thing, which may be gone")
    data: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, server_default=text("'{}'"), comment="Keys and codes of what changed"
    )
