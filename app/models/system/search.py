"""What searching keeps beside its index: words that mean the same, and searches that an account saved.

The index itself, report_search, is no model: PostgreSQL has a table with a tsvector, SQLite an FTS5 table.
Migrations make it, app/search alone reads and writes it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Short, UtcDateTime, key

QUERY_MAX = 2_000


class Synonym(Model):
    """A group of words that mean the same; each finds the others."""

    __tablename__ = "search_synonym"
    __table_args__ = {"comment": "Words that mean the same in a search"}

    id: Mapped[key]
    words: Mapped[str] = mapped_column(Short, unique=True, comment="The words, with commas between them")


class SavedSearch(Model):
    """A search that an account gave a name."""

    __tablename__ = "saved_search"
    __table_args__ = (
        Index("uq_saved_search_name", "user_id", "name", unique=True),
        {"comment": "Searches that accounts saved"},
    )

    id: Mapped[key]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), comment="Whose it is")
    name: Mapped[str] = mapped_column(Short, comment="What they call it")
    query: Mapped[str] = mapped_column(
        String(QUERY_MAX), comment="What stands behind the ? of its address, for nobody else's eyes"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When, UTC")
