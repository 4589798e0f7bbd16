"""Sessions at browsers: one row from signing in until it ends, and what a session that ended left unsent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Json, Model, UtcDateTime, key


class AccountSession(Model):
    """One browser that signed in. It is good while `stamp` is the account's, and until it ends."""

    __tablename__ = "account_session"
    __table_args__ = (
        Index("ix_account_session_user", "user_id", "id"),
        {"comment": "Sessions of accounts at browsers; ended ones are swept", "sqlite_autoincrement": True},
    )

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Who signed in")
    token_hash: Mapped[str] = mapped_column(
        String(64), unique=True, comment="SHA-256 of the random value by which the cookie names this row"
    )
    stamp: Mapped[str] = mapped_column(
        String(32), comment="Digest of password and stamp of the account at sign-in: it dies with either"
    )
    browser: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Its browser by name, or empty"
    )
    system: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="Its operating system by name, or empty"
    )
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was signed in, UTC")
    seen_at: Mapped[datetime] = mapped_column(
        UtcDateTime, index=True, comment="Its last request, to a few minutes, UTC"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it was ended, UTC, or NULL")


class UnsentForm(Model):
    """A form that arrived when its session had ended: kept for its sender, who signs in and sends it."""

    __tablename__ = "unsent_form"
    __table_args__ = {"comment": "Forms that came after the end of their session; swept after a day"}

    session_id: Mapped[int] = mapped_column(
        ForeignKey("account_session.id", ondelete="CASCADE"),
        primary_key=True,
        comment="The session that had ended: it keeps one form, the latest",
    )
    path: Mapped[str] = mapped_column(String(2048), comment="Where it was sent to, on this site")
    fields: Mapped[Any] = mapped_column(Json, comment="Pairs of field and value; never a password or code")
    files: Mapped[int] = mapped_column(comment="How many files came with it, which are not kept")
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, comment="When it arrived, UTC")
