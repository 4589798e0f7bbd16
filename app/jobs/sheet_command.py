"""`flask lapor import-ringkas`: the page's steps in one go, on a file of this machine."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.access.actor import SYSTEM
from app.access.channels import sheet_imports
from app.extensions import transaction
from app.jobs.importing import IMPORTED_AT_ONCE, check
from app.models import SheetImport, SheetName, SheetRow
from app.rules.channels.ringkas import SheetFault
from app.rules.channels.ringkas_words import NameKind, SheetState
from app.rules.errors import Invalid
from app.rules.figures.cells import cell
from app.rules.labels import Filled
from app.rules.zones import Zone
from app.services.channels import sheet_checking, sheet_importing

SAID_EVERY = 5_000  # rows
HEADINGS = ("row", "tracking_id", "result", "report", "cell", "reason")
Say = Callable[[str], None]


class SheetStopped(Exception):
    """Nothing was imported; the message says why."""


def words_of(fault: SheetFault) -> str:
    """ "Sel F12: …", in Indonesian."""
    said = fault.message % fault.params if fault.params else fault.message
    return f"Sel {fault.cell}: {said}" if fault.cell else said


def import_sheet(
    path: Path,
    zone: Zone,
    say: Say,
    *,
    confirmed: bool,
    make: bool,
    skip_faults: bool,
    results: Path | None,
) -> None:
    """Check `path`, tell what is in it, and import it if that is `confirmed`. Raises SheetStopped."""
    now = datetime.now(UTC)
    with transaction() as session:
        key = sheet_checking.bring(session, SYSTEM, path.name, "", zone, now).id
    with transaction() as session:
        held = sheet_checking.claim(session, now, key)
    assert held is not None, "nobody else checks a file that lies here"
    with path.open("rb") as file:
        check(held, file, now)
    with transaction() as session:
        row = sheet_imports.get_import(session, key)
        if row.state is SheetState.REFUSED:
            raise SheetStopped(words_of(SheetFault.of(row.fault or {})))
        unknown = _tell(
            say, row, sheet_imports.faulty(session, key), sheet_imports.unknown_names(session, key)
        )
    if not confirmed:
        _cancel(key, now)
        raise SheetStopped("Checked only; nothing was imported. Add --yes to import it.")
    try:
        choices = dict.fromkeys(unknown, sheet_importing.MAKE) if make else {}
        with transaction() as session:
            sheet_importing.confirm(session, SYSTEM, key, choices, now, skip_faults=skip_faults)
    except Invalid as refused:
        _cancel(key, now)
        raise SheetStopped(_reasons(refused)) from refused
    _import(say, key, now)
    if results is not None:
        write_results(results, key)


def _cancel(key: int, now: datetime) -> None:
    with transaction() as session:
        sheet_importing.cancel(session, SYSTEM, key, now)


def _tell(say: Say, row: SheetImport, faulty: list[SheetRow], unknown: list[SheetName]) -> list[int]:
    say(f"rows: {row.total}, already there: {row.known}, wrong: {row.refused}")
    for each in faulty:
        say(f"  {words_of(SheetFault.of(each.fault or {}))}")
    for name in unknown:
        where = f" (below {name.parent})" if name.parent else ""
        say(f"unknown {name.kind.value}: {name.name}{where}, {name.rows} rows")
    return [name.id for name in unknown if name.kind is not NameKind.AREA]


def _reasons(refused: Invalid) -> str:
    said = {
        message % message.params if isinstance(message, Filled) else message
        for message in refused.errors.values()
    }
    hint = "--make makes unknown agencies and categories, --skip-faults leaves wrong rows out."
    return f"{' '.join(sorted(said))} ({hint})"


def _import(say: Say, key: int, now: datetime) -> None:
    rows = said = 0
    while True:
        with transaction() as session:
            found, number = sheet_importing.import_batch(session, now, limit=IMPORTED_AT_ONCE)
            state = sheet_imports.get_import(session, key).state
        rows += number
        if rows >= said + SAID_EVERY:
            said = rows
            say(f"  {rows} rows done")
        if not found or state is SheetState.DONE:
            break
    with transaction() as session:
        row = sheet_imports.get_import(session, key)
        say(f"imported: {row.imported}, already there: {row.known}, refused: {row.refused}")


def write_results(path: Path, key: int) -> None:
    """What became of each row, as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file, transaction() as session:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in sheet_imports.results(session, key):
            fault = SheetFault.of(row.fault) if row.fault else None
            values = (row.number, row.external_id, row.outcome.value, row.report_id or "")
            writer.writerow(
                [
                    cell(value)
                    for value in (*values, fault.cell if fault else "", words_of(fault) if fault else "")
                ]
            )
