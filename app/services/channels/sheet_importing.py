"""Importing a checked Laporan Ringkas: what its names stand for is confirmed, then its rows become reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM, Actor
from app.access.channels.sheet_imports import ids_there, unknown_names
from app.access.tree import root_id
from app.models import Agency, Category, SheetImport, SheetName, SheetRow
from app.rules import text
from app.rules.channels.ringkas import SheetFault, folded
from app.rules.channels.ringkas_words import NameKind, RowOutcome, SheetState
from app.rules.errors import AlreadyDone, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services.agencies import management
from app.services.channels.sheet_checking import KIND, may
from app.services.channels.sheet_filing import Placed, SheetFiler
from app.services.channels.sheet_names import match
from app.services.system import audit

MAKE = 0  # chosen for a name: make it
SETTLED = N_("Impor ini sudah diputuskan. Muat ulang halaman untuk melihat keadaan terbaru.")
CHOOSE = N_("Tentukan untuk setiap nama: buat baru, atau pakai yang sudah ada.")
HAS_FAULTS = N_("%(number)s baris salah. Perbaiki berkasnya, atau setujui bahwa baris itu dilewati.")
NOT_THERE = N_("Pilihan ini tidak ada lagi. Pilih yang lain.")
NOTHING_LEFT = N_("Tidak ada baris yang dapat diimpor.")
LEFT_FOR = timedelta(days=14)  # what nobody confirms goes then, with what it says of people


def locked(session: Session, key: int | None) -> SheetImport:
    """The import, held until the transaction ends. Raises NotFound."""
    query = select(SheetImport).where(SheetImport.id == key).with_for_update()
    found: SheetImport | None = (
        session.scalar(query.execution_options(populate_existing=True)) if key is not None else None
    )
    if found is None:
        raise NotFound
    return found


def confirm(
    session: Session,
    actor: Actor,
    key: int | None,
    choices: Mapping[int, int],
    now: datetime,
    *,
    skip_faults: bool,
) -> SheetImport:
    """A checked file is imported from here on, by the job.

    `choices`: for each name that stands for nothing yet, MAKE or the key of what it stands for. Raises
    AlreadyDone, or Invalid at "skip" and at "name-<key>".
    """
    may(actor)
    row = locked(session, key)
    if row.state is not SheetState.READY:
        raise AlreadyDone(SETTLED)
    errors: dict[str, str] = {}
    if row.refused and not skip_faults:
        errors["skip"] = Filled(HAS_FAULTS, number=row.refused)
    if row.total == row.refused:
        errors["skip"] = NOTHING_LEFT
    unknown = [name for name in unknown_names(session, row.id) if name.kind is not NameKind.AREA]
    for name in unknown:
        errors.update(_wrong(session, name, choices.get(name.id)))
    if errors:
        raise Invalid(errors)
    for name in unknown:
        chosen = choices[name.id]
        name.target_id = chosen if chosen != MAKE else _make(session, actor, name, now)
    row.state, row.skip_faults, row.confirmed_at = SheetState.IMPORTING, skip_faults, now
    made = sum(1 for name in unknown if choices[name.id] == MAKE)
    audit.note(
        session, actor, "sheet_import.confirmed", KIND, row.id, now,
        rows=row.total, refused=row.refused, made=made, mapped=len(unknown) - made,
    )  # fmt: skip
    session.flush()
    return row


def _wrong(session: Session, name: SheetName, chosen: int | None) -> dict[str, str]:
    if chosen is None:
        return {f"name-{name.id}": CHOOSE}
    model = Agency if name.kind is NameKind.AGENCY else Category
    if chosen != MAKE and session.get(model, chosen) is None:
        return {f"name-{name.id}": NOT_THERE}
    return {}


def _make(session: Session, actor: Actor, name: SheetName, now: datetime) -> int:
    """The agency or category of this name, entered now; or made for another row a moment ago."""
    if name.kind is NameKind.CATEGORY:
        return _make_category(session, actor, name.name, now)
    root = root_id(session)
    above = root
    if name.parent and folded(name.parent) != folded(name.name):
        above = match(session, NameKind.AGENCY, "", name.parent) or _make_agency(
            session, actor, name.parent, root, now
        )
    return _make_agency(session, actor, name.name, above, now)


def _make_agency(session: Session, actor: Actor, name: str, above: int, now: datetime) -> int:
    # The same name in other letters is the same agency, also when another row made it a moment ago.
    query = select(Agency.id).where(_named(Agency, name), Agency.parent_id == above)
    found = session.scalar(query.order_by(Agency.active.desc(), Agency.id).limit(1))
    if found is not None:
        return found
    made = management.create(session, name, above, now)
    audit.note(session, actor, "agency.created", management.KIND, made.id, now, parent=above)
    return made.id


def _named(table: type[Agency | Category], name: str) -> ColumnElement[bool]:
    return or_(func.lower(table.name) == name.lower(), table.name == name)


def _make_category(session: Session, actor: Actor, name: str, now: datetime) -> int:
    """A main category that is not offered: it names old reports, and citizens choose from others."""
    query = select(Category.id).where(_named(Category, name), Category.parent_id.is_(None))
    found = session.scalar(query.order_by(Category.id).limit(1))
    if found is not None:
        return found
    made = Category(name=text.clean(name, "name", limit=text.SHORT_MAX, lines=False), retired_at=now)
    session.add(made)
    session.flush()
    audit.note(session, actor, "category.added", "category", made.id, now, parent=None)
    return made.id


def cancel(session: Session, actor: Actor, key: int | None, now: datetime) -> str:
    """Forget a file that is not imported yet: where it was stored, "" if nowhere, for the caller to delete.

    What was imported stays: a report has its own life by then.
    """
    may(actor)
    row = locked(session, key)
    if row.state not in (SheetState.CHECKING, SheetState.READY):
        raise AlreadyDone(SETTLED)
    stored, row.stored_name = row.stored_name, ""
    _end(session, row, SheetState.CANCELLED, now)
    session.execute(delete(SheetRow).where(SheetRow.import_id == row.id))
    session.execute(delete(SheetName).where(SheetName.import_id == row.id))
    audit.note(session, actor, "sheet_import.cancelled", KIND, row.id, now)
    return stored


def _end(session: Session, row: SheetImport, state: SheetState, now: datetime) -> None:
    row.state, row.ended_at, row.claimed_until = state, now, None
    session.flush()


def import_batch(session: Session, now: datetime, *, limit: int) -> tuple[int, int]:
    """Make reports of up to `limit` rows of the oldest confirmed import: (its key, how many rows); (0, 0)
    when there is none.

    One import at a time: a second worker waits here. A row that is done is done within the same
    transaction as its report, so that whatever stops this, the next call goes on.
    """
    query = select(SheetImport).where(SheetImport.state == SheetState.IMPORTING).order_by(SheetImport.id)
    row: SheetImport | None = session.scalar(
        query.limit(1).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        return 0, 0
    waiting = list(
        session.scalars(
            select(SheetRow)
            .where(SheetRow.import_id == row.id, SheetRow.outcome == RowOutcome.WAITING)
            .order_by(SheetRow.number)
            .limit(limit)
        )
    )
    if not waiting:
        _end(session, row, SheetState.DONE, now)
        counts = {"imported": row.imported, "known": row.known, "refused": row.refused}
        audit.note(session, SYSTEM, "sheet_import.finished", KIND, row.id, now, **counts)
        return row.id, 0
    _import(session, SheetFiler(session, row, now), row, waiting)
    return row.id, len(waiting)


def _import(session: Session, filer: SheetFiler, row: SheetImport, waiting: Sequence[SheetRow]) -> None:
    there = ids_there(session, [each.external_id for each in waiting])
    placed: list[tuple[SheetRow, Placed]] = []
    for each in waiting:
        if each.external_id in there:
            each.outcome, each.report_id = RowOutcome.KNOWN, there[each.external_id]
            row.known += 1
            continue
        try:
            placed.append((each, filer.placed(each.number, each.data)))
        except Invalid as refused:
            cell, message = next(iter(refused.errors.items()))
            each.outcome, each.fault = RowOutcome.REFUSED, SheetFault(cell, message).plain()
            row.refused += 1
    reports = filer.file([where for _, where in placed])
    for (each, _), report in zip(placed, reports, strict=True):
        each.outcome, each.report_id = RowOutcome.IMPORTED, report.id
    row.imported += len(reports)
    for each in waiting:
        each.data = {}
    session.flush()


def forget(session: Session, now: datetime) -> int:
    """Cancel what nobody confirmed for long, and what a command that was stopped left behind; how many
    imports that were."""
    left = or_(
        SheetImport.state == SheetState.READY,
        # No job takes up a file that lay on somebody's machine.
        and_(SheetImport.state == SheetState.CHECKING, SheetImport.stored_name == ""),
    )
    old = list(
        session.scalars(
            select(SheetImport)
            .where(left, SheetImport.created_at <= now - LEFT_FOR)
            .limit(10)
            .with_for_update(skip_locked=True)
        )
    )
    for row in old:
        cancel(session, SYSTEM, row.id, now)
    return len(old)
