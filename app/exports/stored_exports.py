"""Exports that a job makes: asked for, written by one worker at a time, kept for a day, deleted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.figures.exports import may_take
from app.models import Export
from app.rules.errors import Forbidden, Invalid
from app.rules.figures.exports import ExportForm, ExportState
from app.rules.labels import N_
from app.services.system import audit

AUDIT_KIND = "export"
KEPT_FOR = timedelta(hours=24)
CLAIMED_FOR = timedelta(minutes=3)  # much longer than a batch takes
TRIES = 3
WAITING_MAX = 3  # of one account at a time
SHORT = 1_000  # rows that are sent at once
ROWS_MAX = 500_000

TOO_MANY = N_("Masih ada berkas Anda yang sedang dibuat. Tunggu sampai selesai.")
TOO_LONG = N_("Daftar ini terlalu panjang untuk satu berkas. Persempit dengan rentang tanggal di Pencarian.")
NOT_ALLOWED = N_("Akun Anda tidak lagi boleh mengambil data ini.")
FAILED = N_("Berkas ini tidak dapat dibuat. Coba lagi.")


class ExportLost(Exception):
    """Another worker writes this export by now, or it is gone."""


@dataclass(frozen=True)
class ExportClaim:
    """One worker's hold on an export. asked_at: its time."""

    id: int
    attempt: int
    user_id: int
    agency_id: int
    kind: str
    form: ExportForm
    selection: dict[str, Any]
    asked_at: datetime


def note_taken(
    session: Session,
    actor: Actor,
    what: str,
    form: ExportForm,
    rows: int,
    now: datetime,
    key: int | None = None,
) -> None:
    """Who took how many rows of what: nothing of what is in them."""
    audit.note(session, actor, "export.taken", AUDIT_KIND, key, now, what=what, form=form.value, rows=rows)


def ask(
    session: Session,
    actor: Actor,
    kind: str,
    form: ExportForm,
    file_name: str,
    selection: dict[str, Any],
    now: datetime,
) -> Export:
    """Have a file made. Raises Forbidden, or Invalid at "export" when too many of them wait."""
    if actor.agency_id is None or not may_take(actor, kind):
        raise Forbidden
    waits = select(func.count()).where(Export.user_id == actor.user_id, Export.state == ExportState.WAITING)
    if (session.scalar(waits) or 0) >= WAITING_MAX:
        raise Invalid({"export": TOO_MANY})
    row = Export(
        user_id=actor.user_id,
        agency_id=actor.agency_id,
        kind=kind,
        form=form,
        file_name=file_name,
        selection=selection,
        state=ExportState.WAITING,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def claim(session: Session, now: datetime) -> ExportClaim | None:
    """Take the export that waits longest; None if there is none. One that failed too often is given up."""
    free = or_(Export.claimed_until.is_(None), Export.claimed_until <= now)
    row: Export | None = session.scalar(
        select(Export)
        .where(Export.state == ExportState.WAITING, free)
        .order_by(Export.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempt += 1
    row.claimed_until, row.rows = now + CLAIMED_FOR, 0
    if row.attempt > TRIES:
        row.state, row.fault, row.expires_at = ExportState.FAILED, FAILED, now + KEPT_FOR
    session.flush()
    return ExportClaim(
        row.id,
        row.attempt,
        row.user_id,
        row.agency_id,
        row.kind,
        ExportForm(row.form),
        dict(row.selection),
        row.created_at,
    )


def _held(session: Session, held: ExportClaim) -> Export:
    row: Export | None = session.scalar(
        select(Export)
        .where(Export.id == held.id, Export.attempt == held.attempt, Export.state == ExportState.WAITING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ExportLost
    return row


def progress(session: Session, held: ExportClaim, rows: int, now: datetime) -> None:
    """So many rows are written. Raises Lost."""
    row = _held(session, held)
    row.rows, row.claimed_until = rows, now + CLAIMED_FOR
    session.flush()


def finish(session: Session, held: ExportClaim, stored_name: str, rows: int, now: datetime) -> None:
    """The file lies under `stored_name` and may be taken for a day. Raises Lost."""
    row = _held(session, held)
    row.state, row.rows, row.stored_name, row.expires_at = (
        ExportState.READY,
        rows,
        stored_name,
        now + KEPT_FOR,
    )
    session.flush()


def fail(session: Session, held: ExportClaim, fault: str, now: datetime) -> None:
    """There will be no file; fault: why, marked for translation. Raises Lost."""
    row = _held(session, held)
    row.state, row.fault, row.expires_at = ExportState.FAILED, fault, now + KEPT_FOR
    session.flush()


def new_name() -> str:
    """A random name for a file in the storage."""
    return secrets.token_hex(32)


def ended(session: Session, now: datetime, *, limit: int) -> list[Export]:
    """Exports whose day is over; the caller deletes the files first, then calls forget()."""
    query = select(Export).where(Export.state != ExportState.GONE, Export.expires_at <= now)
    return list(session.scalars(query.order_by(Export.id).limit(limit).with_for_update(skip_locked=True)))


def forget(session: Session, row: Export) -> None:
    """The file is deleted; what was asked for goes with it."""
    row.state, row.stored_name, row.selection = ExportState.GONE, "", {}
    session.flush()
