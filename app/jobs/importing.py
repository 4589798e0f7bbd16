"""Imports of Laporan Ringkas: the file is checked, then its rows become reports, batch by batch.

The command runs the same functions. Whatever stops them, the next run goes on: a check begins anew, an
import with the next row.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import IO

from app.extensions import storage, transaction
from app.rules.channels.ringkas import SheetFault
from app.services.channels import sheet_checking as checking
from app.services.channels import sheet_importing as importing
from app.services.channels.workbook import NOT_XLSX, Unreadable, rows_of

CHECKED_AT_ONCE = 500
IMPORTED_AT_ONCE = 200
RUN_SECONDS = 40  # of importing; then other jobs have their turn, and the next minute goes on
IN_MEMORY = 1_000_000


def import_sheets(now: datetime) -> str:
    """One file checked, if one waits; rows imported until the time is up or there are none."""
    checked = check_next(now)
    until, rows = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < until:
        with transaction() as session:
            found, number = importing.import_batch(session, now, limit=IMPORTED_AT_ONCE)
        rows += number
        if not found:
            break
    return f"checked {int(checked)}, imported {rows}"


def check_next(now: datetime) -> bool:
    """Check the file that waits longest; whether there was one."""
    with transaction() as session:
        held = checking.claim(session, now)
    if held is None:
        return False
    if held.attempt > checking.ATTEMPTS_MAX:
        with transaction() as session:
            checking.refuse(session, held, SheetFault("", checking.NEVER_DONE), now)
        storage().delete(held.stored_name)
        return True
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        try:
            with storage().open(held.stored_name) as stored:
                shutil.copyfileobj(stored, file)
        except FileNotFoundError:
            with transaction() as session:
                checking.refuse(session, held, SheetFault("", NOT_XLSX), now)
            return True
        file.seek(0)
        ended = check(held, file, now)
    if ended:
        storage().delete(held.stored_name)
    return True


def check(held: checking.SheetClaim, file: IO[bytes], now: datetime) -> bool:
    """Read the whole file and set its rows down; what cannot be taken is refused with its cell.

    False when another worker checks it by now, which still needs the file.
    """
    counted = checking.CheckedSheet()
    try:
        with rows_of(file) as rows:
            reader = checking.begin(rows, held.zone, now, counted)
            for batch in _batches(rows):
                with transaction() as session:
                    checking.stage(session, held, reader, batch, counted, datetime.now(UTC))
        with transaction() as session:
            checking.finish(session, held, counted, now)
    except Unreadable as unreadable:
        with transaction() as session:
            checking.refuse(session, held, unreadable.fault, now)
    except checking.SheetLost:
        return False
    return True


def _batches(rows: Iterator[checking.Numbered]) -> Iterator[list[checking.Numbered]]:
    while batch := list(islice(rows, CHECKED_AT_ONCE)):
        yield batch
