"""Exports that take a while: written batch by batch within the scope of whoever asked, then stored for a day."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

from flask import current_app
from flask_babel import force_locale, gettext

from app.access.actor import Actor
from app.access.figures.exports import actor_for, may_take
from app.exports import stored_exports
from app.exports.files import IN_MEMORY, write
from app.exports.pictures import chromium_of, pictures
from app.exports.recap import recap_pdf
from app.exports.recap_content import content
from app.exports.ringkas import sheet
from app.exports.selections import Selection
from app.extensions import db, storage, transaction
from app.rules.errors import NotFound
from app.rules.labels import N_
from app.search.engine import TooSlow
from app.stats.words import Speech

RUN_SECONDS = 40  # after which no other export is begun: other jobs have their turn
ENDED_AT_ONCE = 50
TOO_SLOW = N_("Pencarian ini terlalu lama, jadi dihentikan.")


class TooLong(Exception):
    """More rows than a file may have."""


def make_exports(now: datetime) -> str:
    """Write those that wait, one after the other, until the time is up; then delete what had its day."""
    until, made = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < until and make_next(datetime.now(UTC)):
        made += 1
    return f"made {made}, deleted {delete_ended(now)}"


def make_next(now: datetime) -> bool:
    """Write the export that waits longest; whether there was one."""
    with transaction() as session:
        held = stored_exports.claim(session, now)
    if held is None:
        return False
    if held.attempt > stored_exports.TRIES:
        return True
    try:
        _make(held, now)
    except stored_exports.ExportLost:
        return True
    return True


def _make(held: stored_exports.ExportClaim, now: datetime) -> None:
    actor = actor_for(db.session(), held.user_id, held.agency_id)
    if actor is None or not may_take(actor, held.kind):
        _fail(held, stored_exports.NOT_ALLOWED, now)
        return
    try:
        name, rows = MAKERS[held.kind](held, actor, now)
    except TooLong:
        _fail(held, stored_exports.TOO_LONG, now)
    except TooSlow:
        _fail(held, TOO_SLOW, now)
    except NotFound:
        _fail(held, stored_exports.NOT_ALLOWED, now)
    else:
        try:
            with transaction() as session:
                stored_exports.finish(session, held, name, rows, datetime.now(UTC))
        except BaseException:
            storage().delete(name)  # nobody would ever know of it
            raise


def _fail(held: stored_exports.ExportClaim, fault: str, now: datetime) -> None:
    with transaction() as session:
        stored_exports.fail(session, held, fault, now)


def _reports(held: stored_exports.ExportClaim, actor: Actor, now: datetime) -> tuple[str, int]:
    """A Laporan Ringkas; the name that it is stored under, and how many reports are in it."""
    what, session, counted = Selection.of(held.selection), db.session(), _Counted(held)
    batches = counted.of(what.batches(session, actor, now))
    rows = sheet(session, actor, batches, now, title=what.title, period=what.period)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        write(held.form, rows, file, now)
        file.seek(0)
        name = stored_exports.new_name()
        storage().put_stream(name, file)
    return name, counted.rows


class _Counted:
    """Passes batches on, tells how far it is, and keeps the hold on the export."""

    def __init__(self, held: stored_exports.ExportClaim) -> None:
        self.held, self.rows = held, 0

    def of(self, batches: Iterable[Sequence[int]]) -> Iterator[Sequence[int]]:
        for batch in batches:
            if self.rows + len(batch) > stored_exports.ROWS_MAX:
                raise TooLong
            yield batch
            self.rows += len(batch)
            # It ends the transaction that was read in: no picture of the database grows old.
            with transaction() as session:
                stored_exports.progress(session, self.held, self.rows, datetime.now(UTC))


def _recap(held: stored_exports.ExportClaim, actor: Actor, now: datetime) -> tuple[str, int]:
    """The recap of one agency and month; the name that it is stored under, and its rows."""
    what, session = held.selection, db.session()

    def draw(figures: Sequence[str], language: str) -> list[bytes]:
        # The hold begins anew, and nothing of the database is held while Chromium works.
        with transaction() as writing:
            stored_exports.progress(writing, held, 0, datetime.now(UTC))
        return pictures(figures, chromium_of(current_app.config["LAPOR"].chromium), language)

    with force_locale(what["language"]):
        found, rows = content(
            session,
            actor,
            what["agency"],
            what["month"],
            now,
            Speech(what["language"], gettext),
            draw,
            names_officers=held.kind == "recap_named",
        )
    with transaction() as writing:
        stored_exports.progress(writing, held, rows, datetime.now(UTC))
    name = stored_exports.new_name()
    storage().put_stream(name, BytesIO(recap_pdf(found)))
    return name, rows


MAKERS = {"reports": _reports, "recap": _recap, "recap_named": _recap}


def delete_ended(now: datetime) -> int:
    """Delete the files whose day is over: the bytes first, so that no file outlives its row."""
    store, number = storage(), 0
    while True:
        with transaction() as session:
            batch = stored_exports.ended(session, now, limit=ENDED_AT_ONCE)
            for row in batch:
                if row.stored_name:
                    store.delete(row.stored_name)
                stored_exports.forget(session, row)
        if not batch:
            return number
        number += len(batch)
