"""report_scope: who sees a report, in which tab, in which order. Written by access/scope.py alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BigKey, Model, code
from app.rules.reports.tabs import Tab


class ReportScope(Model):
    """One row for each agency that sees a report in a tab; a worklist page is one range of its key."""

    __tablename__ = "report_scope"
    __table_args__ = (
        CheckConstraint("reach IN (0, 1)", name="reach_known"),
        CheckConstraint("basis IN (0, 1)", name="basis_known"),
        Index("uq_report_scope_report", "report_id", "agency_id", "tab", unique=True),
        Index("ix_report_scope_newest", "agency_id", "reach", "tab", "report_id"),
        {"comment": "Which agency sees which report where", "sqlite_with_rowid": False},
    )

    agency_id: Mapped[int] = mapped_column(
        BigKey,
        ForeignKey("agency.id"),
        primary_key=True,
        autoincrement=False,
        comment="The agency that sees it",
    )
    reach: Mapped[int] = mapped_column(
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        comment="0 its own, 1 below it or delegated by it",
    )
    tab: Mapped[Tab] = mapped_column(code(Tab), primary_key=True, comment="The tab that it lies in")
    sort_key: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="Order in the tab (rules/reports/tabs.py), microseconds",
    )
    report_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("report.id"), primary_key=True, autoincrement=False, comment="The report"
    )
    basis: Mapped[int] = mapped_column(SmallInteger, comment="0 full, 1 a copy: no identity of the reporter")
