"""Many reports that equal one, row by row: for tests in which their number counts and not how they came."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import Notification, OutboxMessage, Report

# What was told of a report is told once.
TOLD = (OutboxMessage.__table__, Notification.__table__)


def alike(session: Session, report_id: int, number: int) -> list[int]:
    """The keys of `number` more reports with the same rows in every table that names the report."""
    report = Report.__table__
    session.flush()
    row = dict(session.execute(select(report).where(report.c.id == report_id)).mappings().one())
    del row["id"]
    keys = list(session.scalars(insert(Report).returning(Report.id), [row] * number))
    for table in report.metadata.sorted_tables:
        if "report_id" not in table.c or table in TOLD:
            continue
        own = [column for column in table.c if not (column.primary_key and column.name == "id")]
        rows = session.execute(select(*own).where(table.c.report_id == report_id)).mappings().all()
        if rows:
            session.execute(insert(table), [{**each, "report_id": key} for key in keys for each in rows])
    return keys
