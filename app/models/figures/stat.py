"""Monthly summaries of large agencies: numbers alone, made anew from the reports whenever one changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Code, Model, UtcDateTime, code, key
from app.rules.inbox.digests import Digest
from app.rules.zones import Zone

Month = String(7)
StatKey = String(64)


class StatUnit(Model):
    """An agency so large that it has summaries. It has them only once `reached` is empty."""

    __tablename__ = "stat_unit"
    __table_args__ = {"comment": "Agencies whose statistics are read from stat_month"}

    agency_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, autoincrement=False, comment="The agency"
    )
    zone: Mapped[Zone] = mapped_column(code(Zone), comment="In which its months were cut")
    reports: Mapped[int] = mapped_column(BigInteger, comment="Reports in its subtree when last counted")
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When they were counted, UTC")
    reached: Mapped[str | None] = mapped_column(
        Month, comment="The month that is to be built next, YYYY-MM; NULL when all are"
    )
    fresh_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Every change up to then is counted, UTC"
    )


class StatMonth(Model):
    """How many reports, acts or minutes of one kind, among those received in a month."""

    __tablename__ = "stat_month"
    __table_args__ = {
        "comment": "Summaries by agency, dimension, month of receipt and key",
        "sqlite_with_rowid": False,
    }

    agency_id: Mapped[int] = mapped_column(
        BigKey,
        ForeignKey("agency.id"),
        primary_key=True,
        autoincrement=False,
        comment="The agency, with all below it",
    )
    dim: Mapped[str] = mapped_column(Code, primary_key=True, comment="What is counted (app/stats/parts.py)")
    month: Mapped[str] = mapped_column(Month, primary_key=True, comment="YYYY-MM in the agency's zone")
    key: Mapped[str] = mapped_column(StatKey, primary_key=True, comment="The class within the dimension")
    n: Mapped[int] = mapped_column(BigInteger, comment="How many; minutes in dimensions of sums")


class StatDirty(Model):
    """A month in which something changed. Rows are only added, so that no writer waits for another."""

    __tablename__ = "stat_dirty"
    __table_args__ = {"comment": "Months whose summaries are to be made anew"}

    id: Mapped[key]
    month: Mapped[str] = mapped_column(Month, index=True, comment="Month of receipt, YYYY-MM")


class DigestMute(Model):
    """A digest that an agency, or one person, does not want."""

    __tablename__ = "digest_mute"
    __table_args__ = (
        Index(
            "uq_digest_mute_agency",
            "agency_id",
            "digest",
            unique=True,
            sqlite_where=text("user_id IS NULL"),
            postgresql_where=text("user_id IS NULL"),
        ),
        Index("uq_digest_mute_user", "user_id", "digest", unique=True),
        {"comment": "Digests that are not sent, for an agency or for one person"},
    )

    id: Mapped[key]
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="For all its officers; NULL for one person"
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), comment="For this person; NULL for an agency"
    )
    digest: Mapped[Digest] = mapped_column(code(Digest), comment="Which one")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Since when, UTC")
