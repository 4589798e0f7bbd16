"""Imports of Laporan Ringkas, read: for the pages of central admins and for what must not come in twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Agency, Category, Report, SheetImport, SheetName, SheetRow
from app.rules.channels.ringkas import SOURCE_NAME
from app.rules.channels.ringkas_words import NameKind, RowOutcome
from app.rules.errors import NotFound

LISTED = 50
FAULTS_SHOWN = 20
ROWS_SHOWN = 5
BATCH = 500


@dataclass(frozen=True)
class ImportResult:
    """What became of one row."""

    number: int
    external_id: str
    outcome: RowOutcome
    report_id: int | None
    fault: Mapping[str, Any] | None


def ids_there(session: Session, ids: Sequence[str]) -> Mapping[str, int]:
    """Those of these Tracking IDs that were imported before, with their reports."""
    rows = session.execute(
        select(Report.external_id, Report.id).where(
            Report.external_source == SOURCE_NAME, Report.external_id.in_(ids)
        )
    )
    return {str(external): int(key) for external, key in rows}


def imports(session: Session) -> list[SheetImport]:
    """The last imports, the newest first."""
    return list(session.scalars(select(SheetImport).order_by(SheetImport.id.desc()).limit(LISTED)))


def get_import(session: Session, key: int | None) -> SheetImport:
    """Raises NotFound."""
    found = session.get(SheetImport, key) if key is not None else None
    if found is None:
        raise NotFound
    return found


def faulty(session: Session, import_id: int, *, limit: int = FAULTS_SHOWN) -> list[SheetRow]:
    """The first rows that were refused."""
    query = select(SheetRow).where(SheetRow.import_id == import_id, SheetRow.outcome == RowOutcome.REFUSED)
    return list(session.scalars(query.order_by(SheetRow.number).limit(limit)))


def waiting(session: Session, import_id: int, *, limit: int = ROWS_SHOWN) -> list[SheetRow]:
    """The first rows that are still to become reports."""
    query = select(SheetRow).where(SheetRow.import_id == import_id, SheetRow.outcome == RowOutcome.WAITING)
    return list(session.scalars(query.order_by(SheetRow.number).limit(limit)))


def unknown_names(session: Session, import_id: int) -> list[SheetName]:
    """The names that stand for nothing yet, by kind."""
    query = select(SheetName).where(SheetName.import_id == import_id, SheetName.target_id.is_(None))
    return list(session.scalars(query.order_by(SheetName.kind, SheetName.parent, SheetName.name)))


def name_of(session: Session, kind: NameKind, key: int) -> str:
    """The name of an agency or category, "" for none."""
    table = Agency if kind is NameKind.AGENCY else Category
    return session.scalar(select(table.name).where(table.id == key)) or ""


def results(session: Session, import_id: int) -> Iterator[ImportResult]:
    """Every row in its order, batch by batch, with what became of it."""
    after = 0
    columns = (SheetRow.number, SheetRow.external_id, SheetRow.outcome, SheetRow.report_id, SheetRow.fault)
    while True:
        query = select(*columns).where(SheetRow.import_id == import_id, SheetRow.number > after)
        rows = [ImportResult(*row) for row in session.execute(query.order_by(SheetRow.number).limit(BATCH))]
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].number
