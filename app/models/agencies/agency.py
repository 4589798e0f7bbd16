"""The tree of agencies. `agency.parent_id` is its truth, `agency_tree` its closure.

`agency_past_line` keeps the lines of those that hung elsewhere: what an agency did then stays with the
agencies that were above it (rule 10 of docs/architecture.md).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Integer, and_, text, true
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import BigKey, Model, Short, UtcDateTime, code, key
from app.rules.zones import Zone


class Agency(Model):
    """A government office. The one without a parent is the root, "Admin Pusat LAPOR!"."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        Index(
            "uq_agency_one_root",
            text("(parent_id IS NULL)"),
            unique=True,
            sqlite_where=text("parent_id IS NULL"),
            postgresql_where=text("parent_id IS NULL"),
        ),
        Index("uq_agency_name_under_parent", "parent_id", "name", unique=True),
        {"comment": "Government offices, as a tree below the central desk"},
    )

    id: Mapped[key]
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="The agency above; NULL for the root alone"
    )
    name: Mapped[str] = mapped_column(Short, index=True, comment="Full name, public")
    alias: Mapped[str] = mapped_column(
        Short, server_default="", default="", comment="Short name or abbreviation, searched by pickers"
    )
    email: Mapped[str] = mapped_column(
        Short, server_default="", default="", comment="Public e-mail of the office"
    )
    website: Mapped[str] = mapped_column(
        Short, server_default="", default="", comment="Public address on the web"
    )
    phone: Mapped[str] = mapped_column(
        Short, server_default="", default="", comment="Public telephone numbers, as the office writes them"
    )
    address: Mapped[str] = mapped_column(Short, server_default="", default="", comment="Postal address")
    zone: Mapped[Zone] = mapped_column(
        code(Zone),
        default=Zone.WIB,
        server_default=Zone.WIB.value,
        comment="Time zone in which its days are counted",
    )
    active: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="False: kept for history, offered nowhere"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="When it was entered, UTC")
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("agency.id"), comment="The agency that took its place when it was merged or dissolved"
    )

    parent: Mapped[Agency | None] = relationship(remote_side="Agency.id", foreign_keys=[parent_id])

    @hybrid_property
    def in_use(self) -> bool:
        """Whether anything may be given to it: active, and not on its way into another agency."""
        return self.active and self.merged_into_id is None

    @in_use.inplace.expression
    @classmethod
    def _in_use(cls) -> ColumnElement[bool]:
        return and_(cls.active.is_(True), cls.merged_into_id.is_(None))

    def __repr__(self) -> str:
        return self.name


class AgencyTree(Model):
    """One row for each agency and each of its ancestors, itself included (depth 0)."""

    __tablename__ = "agency_tree"
    __table_args__ = (
        CheckConstraint("depth >= 0", name="depth_not_negative"),
        CheckConstraint("(depth = 0) = (ancestor_id = unit_id)", name="depth_zero_is_itself"),
        Index("ix_agency_tree_unit_id_depth", "unit_id", "depth"),
        {"comment": "Closure of the agency tree, kept in the transaction that changes it"},
    )

    ancestor_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="An agency"
    )
    unit_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="The same agency or one below it"
    )
    depth: Mapped[int] = mapped_column(Integer, comment="Levels between the two, 0 for itself")
    since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When the unit came below the ancestor, UTC; NULL: from the beginning"
    )


class AgencyPastLine(Model):
    """One row for each agency that has been moved and each ancestor that it had until then, itself included.

    An act at t belongs to the line with since <= t < until; without one to the present tree.
    """

    __tablename__ = "agency_past_line"
    __table_args__ = (
        CheckConstraint("depth >= 0", name="depth_not_negative"),
        CheckConstraint("(depth = 0) = (ancestor_id = agency_id)", name="depth_zero_is_itself"),
        CheckConstraint("since < until", name="ends_after_it_began"),
        Index("ix_agency_past_line_ancestor_id", "ancestor_id", "agency_id"),
        {"comment": "Lines of ancestors before a move; written once (services/agencies/past_ancestors.py)"},
    )

    agency_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="An agency that was moved"
    )
    until: Mapped[datetime] = mapped_column(
        UtcDateTime, primary_key=True, comment="When its line became another one, UTC"
    )
    ancestor_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("agency.id"), primary_key=True, comment="An agency above it then, or itself"
    )
    via_id: Mapped[int] = mapped_column(
        BigKey,
        ForeignKey("agency.id"),
        comment="The unit of the ancestor in which it lay then; itself at depth 0",
    )
    depth: Mapped[int] = mapped_column(Integer, comment="Levels between the two then, 0 for itself")
    since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When this line began, UTC; NULL: it was the first"
    )
