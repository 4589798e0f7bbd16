"""What reports refer to: categories, areas, archive reasons, days off, completion targets."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Code, Model, Short, UtcDateTime, code, key
from app.rules.reports.codes import Classification


class Category(Model):
    """A topic of complaints. Retired ones keep their reports and are offered no more."""

    __tablename__ = "category"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index("uq_category_name_under_parent", "parent_id", "name", unique=True),
        Index(
            "uq_category_main_name",
            "name",
            unique=True,
            sqlite_where=text("parent_id IS NULL"),
            postgresql_where=text("parent_id IS NULL"),
        ),
        {"comment": "Topics of complaints, as a tree"},
    )

    id: Mapped[key]
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("category.id"), index=True, comment="The wider topic; NULL for a main one"
    )
    name: Mapped[str] = mapped_column(Short, comment="Name on the screen")
    retired_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Since when it is offered no more, UTC"
    )

    parent: Mapped[Category | None] = relationship(remote_side="Category.id")

    def __repr__(self) -> str:
        return self.name


class Area(Model):
    """A province, regency or city, or district, by its Kemendagri code (11, 11.01, 11.01.01)."""

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("level IN (1, 2, 3)", name="level_known"),
        CheckConstraint("(level = 1) = (parent_code IS NULL)", name="only_provinces_stand_alone"),
        {"comment": "Administrative areas; data idn-area-data, ODbL 1.0"},
    )

    code: Mapped[str] = mapped_column(String(16), primary_key=True, comment="Kemendagri code with dots")
    parent_code: Mapped[str | None] = mapped_column(
        ForeignKey("area.code"), index=True, comment="The area that it lies in"
    )
    level: Mapped[int] = mapped_column(comment="1 province, 2 regency or city, 3 district")
    name: Mapped[str] = mapped_column(Short, comment="Official name")


class ArchiveReason(Model):
    """Why a report was archived: one code each, shown to the reporter."""

    __tablename__ = "archive_reason"
    __table_args__ = {"comment": "Reasons for archiving a report"}

    code: Mapped[str] = mapped_column(Code, primary_key=True, comment="Stable code")
    name: Mapped[str] = mapped_column(Short, comment="Words shown to the reporter, Indonesian")
    position: Mapped[int] = mapped_column(comment="Order in lists")
    retired_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Since when it is offered no more, UTC"
    )


class DayOff(Model):
    """A correction of the calendar: a holiday added, or one worked through, for all or for a subtree."""

    __tablename__ = "day_off"
    __table_args__ = (
        Index("uq_day_off_day_agency", "day", "agency_id", unique=True),
        Index(
            "uq_day_off_national",
            "day",
            unique=True,
            sqlite_where=text("agency_id IS NULL"),
            postgresql_where=text("agency_id IS NULL"),
        ),
        {"comment": "Additions to and removals from the public holidays"},
    )

    id: Mapped[key]
    day: Mapped[date] = mapped_column(index=True, comment="The day")
    agency_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="For this agency and those below; NULL for all"
    )
    name: Mapped[str] = mapped_column(Short, comment="Name of the holiday, or why work is done")
    works: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="True: a working day although the calendar frees it",
    )


class CompletionTarget(Model):
    """By when the whole case should be done, by classification, valid from a date of verification."""

    __tablename__ = "completion_target"
    __table_args__ = (
        CheckConstraint("working_days BETWEEN 1 AND 1000", name="one_to_1000_days"),
        Index("uq_completion_target_from", "classification", "valid_from", unique=True),
        {"comment": "Completion targets by classification"},
    )

    id: Mapped[key]
    classification: Mapped[Classification] = mapped_column(code(Classification), comment="Kind of report")
    working_days: Mapped[int] = mapped_column(comment="Working days from verification")
    valid_from: Mapped[date] = mapped_column(comment="First date of verification that it holds for")
