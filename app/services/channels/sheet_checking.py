"""Checking a Laporan Ringkas: every row is read and set down before the first report is made."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.channels.sheet_imports import ids_there
from app.models import SheetImport, SheetName, SheetRow
from app.rules import text
from app.rules.accounts.roles import Resource, Verb
from app.rules.channels.ringkas import (
    COLUMNS,
    EXTRA_MAX,
    RowReader,
    SheetFault,
    folded,
    header_faults,
    plain_text,
)
from app.rules.channels.ringkas_words import NameKind, RowOutcome, SheetState
from app.rules.errors import Forbidden, Invalid
from app.rules.figures.export_dates import generated
from app.rules.labels import N_
from app.rules.zones import Zone
from app.services.channels.sheet_names import Places, match
from app.services.channels.workbook import Unreadable
from app.services.system import audit

KIND = "sheet_import"
HEADER_WITHIN = 50  # rows in which the headings must have come
ATTEMPTS_MAX = 5  # a file whose check ends the worker each time is not tried for ever
CLAIMED_FOR = timedelta(minutes=3)  # much longer than a batch takes
NAMES_MAX = 5_000

NO_HEADER = N_("Baris judul kolom yang diawali “Tracking ID” tidak ditemukan. Ini bukan Laporan Ringkas.")
NEVER_DONE = N_(
    "Pemeriksaan berkas ini berkali-kali terhenti. Pisahkan menjadi beberapa berkas, lalu coba lagi."
)
NO_ROWS = N_("Berkas ini tidak berisi satu pun laporan.")
TWICE = N_("Tracking ID ini sudah ada di baris %(row)s.")
TOO_MANY_NAMES = N_("Berkas ini menyebut terlalu banyak instansi, kategori, atau wilayah yang berbeda.")

Numbered = tuple[int, tuple[object, ...]]


class SheetLost(Exception):
    """Another worker checks this file by now."""


@dataclass(frozen=True)
class SheetClaim:
    """One worker's hold on a file that is being checked."""

    import_id: int
    attempt: int
    zone: Zone
    stored_name: str


@dataclass
class CheckedSheet:
    """What is counted while a file is checked; written down at its end."""

    states: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    names: Counter[tuple[NameKind, str, str]] = field(default_factory=Counter)
    generated_at: datetime | None = None


def bring(
    session: Session, actor: Actor, file_name: str, stored_name: str, zone: Zone, now: datetime
) -> SheetImport:
    """Take a file in: it waits to be checked. `stored_name`: "" for one that the command reads itself."""
    may(actor)
    name = text.clean(text.storable(file_name)[-text.SHORT_MAX :], "file", limit=text.SHORT_MAX, lines=False)
    row = SheetImport(
        file_name=name, stored_name=stored_name, zone=zone, state=SheetState.CHECKING, user_id=actor.user_id,
        created_at=now, summary={},
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.note(session, actor, "sheet_import.brought", KIND, row.id, now, zone=zone.value)
    return row


def may(actor: Actor) -> None:
    """Imports are a central power. Raises Forbidden."""
    if not actor.is_system and not actor.may(Resource.SETTINGS, Verb.WRITE):
        raise Forbidden


def new_name() -> str:
    """A random name for a file in the storage."""
    return secrets.token_hex(32)


def claim(session: Session, now: datetime, import_id: int | None = None) -> SheetClaim | None:
    """Take the file that waits longest to be checked, or this one; None if there is none.

    What an interrupted check set down goes first: it begins anew.
    """
    query = select(SheetImport).where(SheetImport.state == SheetState.CHECKING)
    if import_id is None:
        free = or_(SheetImport.claimed_until.is_(None), SheetImport.claimed_until <= now)
        query = query.where(free, SheetImport.stored_name != "")
    else:
        query = query.where(SheetImport.id == import_id)
    row: SheetImport | None = session.scalar(
        query.order_by(SheetImport.id).limit(1).with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempt += 1
    row.claimed_until = now + CLAIMED_FOR
    row.total = row.known = row.refused = 0
    session.execute(delete(SheetRow).where(SheetRow.import_id == row.id))
    session.execute(delete(SheetName).where(SheetName.import_id == row.id))
    session.flush()
    return SheetClaim(row.id, row.attempt, Zone(row.zone), row.stored_name)


def _held(session: Session, held: SheetClaim) -> SheetImport:
    row: SheetImport | None = session.scalar(
        select(SheetImport)
        .where(
            SheetImport.id == held.import_id,
            SheetImport.attempt == held.attempt,
            SheetImport.state == SheetState.CHECKING,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise SheetLost
    return row


def begin(rows: Iterator[Numbered], zone: Zone, now: datetime, counted: CheckedSheet) -> RowReader:
    """Read up to the headings. Raises Unreadable with the cell when they are not the export's."""
    for number, values in islice(rows, HEADER_WITHIN):
        cells = [plain_text(value) for value in values]
        if folded(cells[0]) == folded(COLUMNS[0]):
            wrong = header_faults(number, cells)
            if wrong:
                raise Unreadable(wrong[0])
            extra = [_heading(cell, at) for at, cell in enumerate(cells[len(COLUMNS) :], start=1)]
            return RowReader(zone, now, extra[:EXTRA_MAX])
        if folded(cells[0]).startswith("tanggal generate"):
            said = next((value for value in values[1:] if value not in (None, "")), cells[0])
            at = generated(said, zone)
            counted.generated_at = at if at is not None and at <= now else None
    raise Unreadable(SheetFault("A1", NO_HEADER))


def _heading(cell: str, at: int) -> str:
    try:
        return text.clean(cell, "heading", limit=text.SHORT_MAX, lines=False)
    except Invalid:
        return f"#{len(COLUMNS) + at}"


def stage(
    session: Session,
    held: SheetClaim,
    reader: RowReader,
    batch: Sequence[Numbered],
    counted: CheckedSheet,
    now: datetime,
) -> None:
    """Set a batch of rows down, as far as they can be read. Raises Lost, or Unreadable for the file."""
    row = _held(session, held)
    row.claimed_until = now + CLAIMED_FOR
    read = [(number, *reader.read(number, values)) for number, values in batch]
    ids = [data["id"] for _, data, _ in read if data["id"]]
    there = ids_there(session, ids)
    earlier = {
        key: number
        for key, number in session.execute(
            select(SheetRow.external_id, SheetRow.number).where(
                SheetRow.import_id == row.id, SheetRow.external_id.in_(ids)
            )
        )
    }
    lines = []
    for number, data, faults in read:
        key = data["id"]
        if key and key in earlier:
            faults.append(SheetFault(f"A{number}", TWICE, {"row": earlier[key]}))
        elif key:
            earlier[key] = number
        outcome = RowOutcome.REFUSED if faults else RowOutcome.WAITING
        if not faults and key in there:
            outcome = RowOutcome.KNOWN
        waits = outcome is RowOutcome.WAITING
        row.total += 1
        row.refused += outcome is RowOutcome.REFUSED
        row.known += outcome is RowOutcome.KNOWN
        if waits:
            _count(counted, data)
        lines.append(
            {
                "import_id": row.id,
                "number": number,
                "external_id": key,
                "outcome": outcome,
                "report_id": there.get(key) if outcome is RowOutcome.KNOWN else None,
                "data": data if waits else {},
                "fault": faults[0].plain() if faults else None,
            }
        )
    session.execute(insert(SheetRow), lines)


def _count(counted: CheckedSheet, data: dict[str, object]) -> None:
    state = ":".join(str(data[name]) for name in ("state", "by") if data[name])
    counted.states["blocked" if data["blocked"] else state] += 1
    if data["channel"]:
        counted.channels[str(data["channel"])] += 1
    if data["agency"]:
        counted.names[NameKind.AGENCY, str(data["parent"]), str(data["agency"])] += 1
    if data["category"]:
        counted.names[NameKind.CATEGORY, "", str(data["category"])] += 1
    places = data["areas"]
    assert isinstance(places, list)
    words = ", ".join(part for part in places[:3] if part)[: text.SHORT_MAX]
    if words:
        counted.names[NameKind.AREA, "", words] += 1
    if len(counted.names) > NAMES_MAX:
        raise Unreadable(SheetFault("", TOO_MANY_NAMES))


def finish(session: Session, held: SheetClaim, counted: CheckedSheet, now: datetime) -> None:
    """Every row was read: match the names, and wait for a person's word. Raises Unreadable without a row."""
    row = _held(session, held)
    if not row.total:
        raise Unreadable(SheetFault("", NO_ROWS))
    places = Places(session)
    for (kind, parent, name), number in sorted(counted.names.items()):
        if kind is NameKind.AREA:
            # Only what is not known is worth telling.
            if places.knows(name.split(", ")):
                continue
            target = None
        else:
            target = match(session, kind, parent, name)
        session.add(
            SheetName(import_id=row.id, kind=kind, parent=parent, name=name, rows=number, target_id=target)
        )
    row.summary = {"states": dict(counted.states), "channels": dict(counted.channels.most_common(50))}
    row.generated_at = counted.generated_at
    row.state, row.stored_name, row.claimed_until = SheetState.READY, "", None


def refuse(session: Session, held: SheetClaim, fault: SheetFault, now: datetime) -> None:
    """The file cannot be taken: nothing of it stays but why."""
    row = _held(session, held)
    session.execute(delete(SheetRow).where(SheetRow.import_id == row.id))
    session.execute(delete(SheetName).where(SheetName.import_id == row.id))
    row.total = row.known = row.refused = 0
    row.fault, row.state, row.stored_name, row.ended_at = fault.plain(), SheetState.REFUSED, "", now
