"""Categories, archive reasons and completion targets: changed by central admins, written into the audit log."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.figures.statistics import received_with
from app.models import Agency, ArchiveReason, Category, CompletionTarget
from app.rules import text
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.rules.reports.codes import Classification
from app.services import stale_months
from app.services.system import audit

CODE_MAX = 28  # leaves room for a number that tells two apart
DAYS_MAX, POSITION_MAX = 1_000, 999
LAST_DAY = date(2100, 1, 1)

NAME_TAKEN = N_("Nama ini sudah dipakai.")
OWN_PARENT = N_("Kategori tidak dapat berada di bawah dirinya sendiri.")
TOO_DEEP = N_("Kategori hanya dua tingkat: pilih kategori utama sebagai induknya.")
HAS_CHILDREN = N_("Kategori ini masih mempunyai subkategori, jadi tidak dapat menjadi subkategori.")
LAST_REASON = N_("Ini alasan terakhir yang ditawarkan. Tambahkan alasan lain dahulu.")
WRONG_NUMBER = N_("Tulis angka antara 1 dan %(limit)s.")
NO_CLASSIFICATION = N_("Pilih klasifikasi.")
ONLY_AHEAD = N_("Tanggal mulai berlaku harus setelah hari ini: target yang sudah berlaku tidak diubah.")
TARGET_TAKEN = N_("Sudah ada target untuk klasifikasi dan tanggal ini.")
IN_FORCE = N_("Target ini sudah berlaku. Tambahkan target baru dengan tanggal mulai yang lain.")


def begin(session: Session, actor: Actor) -> None:
    """Who may change settings; one after the other, so that two do not enter the same thing at once."""
    if not actor.may(Resource.SETTINGS, Verb.WRITE):
        raise Forbidden
    session.execute(select(Agency.id).where(Agency.parent_id.is_(None)).with_for_update(key_share=True))


def add_category(session: Session, actor: Actor, parent_id: int | None, name: str, now: datetime) -> Category:
    """Enter a category: a main one, or one below a main one. Raises Invalid."""
    begin(session, actor)
    row = Category(name=_category_name(session, name, parent_id), parent_id=_main(session, parent_id))
    session.add(row)
    session.flush()
    audit.note(session, actor, "category.added", "category", row.id, now, parent=row.parent_id)
    return row


def change_category(
    session: Session,
    actor: Actor,
    key: int,
    parent_id: int | None,
    name: str,
    now: datetime,
    *,
    offered: bool,
) -> Category:
    """Rename, move, retire or bring back a category; its reports keep it. Raises Invalid."""
    begin(session, actor)
    row = session.get(Category, key)
    if row is None:
        raise NotFound
    if parent_id == key:
        raise Invalid({"parent": OWN_PARENT})
    if parent_id != row.parent_id:
        if parent_id is not None and session.scalar(select(Category.id).where(Category.parent_id == key)):
            raise Invalid({"parent": HAS_CHILDREN})
        _main(session, parent_id)
    before = {"parent": row.parent_id, "offered": row.retired_at is None}
    row.name = _category_name(session, name, parent_id, besides=key)
    if parent_id != row.parent_id:
        stale_months.mark_between(session, *received_with(session, key))
    row.parent_id = parent_id
    row.retired_at = None if offered else row.retired_at or now
    session.flush()
    after = {"parent": parent_id, "offered": offered}
    audit.note(session, actor, "category.changed", "category", key, now, before=before, after=after)
    return row


def retire_category(session: Session, actor: Actor, key: int, now: datetime) -> Category:
    """Offer it no more; what lies below a main one goes with it."""
    begin(session, actor)
    row = session.get(Category, key)
    if row is None:
        raise NotFound
    if row.retired_at is None:
        row.retired_at = now
        audit.note(session, actor, "category.retired", "category", key, now)
    return row


def _main(session: Session, parent_id: int | None) -> int | None:
    parent = session.get(Category, parent_id) if parent_id is not None else None
    if parent_id is not None and (parent is None or parent.parent_id is not None or parent.retired_at):
        raise Invalid({"parent": TOO_DEEP})
    return parent_id


def _category_name(session: Session, name: str, parent_id: int | None, *, besides: int | None = None) -> str:
    wanted = text.clean(name, "name", limit=text.SHORT_MAX, lines=False)
    query = select(Category.id).where(
        Category.name == wanted, Category.parent_id.is_not_distinct_from(parent_id)
    )
    found = session.scalar(query)
    if found is not None and found != besides:
        raise Invalid({"name": NAME_TAKEN})
    return wanted


def add_reason(
    session: Session, actor: Actor, name: str, position: int | None, now: datetime
) -> ArchiveReason:
    """Enter a reason for archiving; its code is made from its first words and never changes."""
    begin(session, actor)
    wanted = _reason_name(session, name)
    row = ArchiveReason(
        code=_code(session, wanted), name=wanted, position=_number(position, "position", POSITION_MAX)
    )
    session.add(row)
    session.flush()
    audit.note(session, actor, "archive_reason.added", "archive_reason", None, now, code=row.code)
    return row


def change_reason(
    session: Session,
    actor: Actor,
    code: str,
    name: str,
    position: int | None,
    now: datetime,
    *,
    offered: bool,
) -> ArchiveReason:
    """Change its words or place, retire it or bring it back: archived reports show the new words."""
    begin(session, actor)
    row = session.get(ArchiveReason, code)
    if row is None:
        raise NotFound
    row.name = _reason_name(session, name, besides=code)
    row.position = _number(position, "position", POSITION_MAX)
    if not offered:
        _keep_a_reason(session, row)
    row.retired_at = None if offered else row.retired_at or now
    session.flush()
    audit.note(
        session, actor, "archive_reason.changed", "archive_reason", None, now, code=code, offered=offered
    )
    return row


def retire_reason(session: Session, actor: Actor, code: str, now: datetime) -> ArchiveReason:
    begin(session, actor)
    row = session.get(ArchiveReason, code)
    if row is None:
        raise NotFound
    _keep_a_reason(session, row)
    if row.retired_at is None:
        row.retired_at = now
        audit.note(session, actor, "archive_reason.retired", "archive_reason", None, now, code=code)
    return row


def _keep_a_reason(session: Session, row: ArchiveReason) -> None:
    others = select(ArchiveReason.code).where(
        ArchiveReason.code != row.code, ArchiveReason.retired_at.is_(None)
    )
    if session.scalar(others.limit(1)) is None:
        raise Invalid({"offered": LAST_REASON})


def _reason_name(session: Session, name: str, *, besides: str = "") -> str:
    wanted = text.clean(name, "name", limit=text.SHORT_MAX, lines=False)
    found = session.scalar(select(ArchiveReason.code).where(ArchiveReason.name == wanted))
    if found is not None and found != besides:
        raise Invalid({"name": NAME_TAKEN})
    return wanted


def _code(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:CODE_MAX] or "alasan"
    taken = set(session.scalars(select(ArchiveReason.code).where(ArchiveReason.code.startswith(stem))))
    return next(code for n in range(len(taken) + 1) if (code := f"{stem}_{n}" if n else stem) not in taken)


def add_target(
    session: Session,
    actor: Actor,
    classification: Classification | None,
    working_days: int | None,
    valid_from: date | None,
    now: datetime,
) -> CompletionTarget:
    """Enter a target for what is verified from a day to come on. Raises Invalid."""
    begin(session, actor)
    if classification is None:
        raise Invalid({"classification": NO_CLASSIFICATION})
    days = _number(working_days, "working_days", DAYS_MAX)
    day = _ahead(actor, valid_from, now)
    same = select(CompletionTarget.id).where(
        CompletionTarget.classification == classification, CompletionTarget.valid_from == day
    )
    if session.scalar(same) is not None:
        raise Invalid({"valid_from": TARGET_TAKEN})
    row = CompletionTarget(classification=classification, working_days=days, valid_from=day)
    session.add(row)
    session.flush()
    audit.note(
        session, actor, "completion_target.added", "completion_target", row.id, now,
        classification=classification.value, days=days, valid_from=day.isoformat(),
    )  # fmt: skip
    return row


def change_target(
    session: Session, actor: Actor, key: int, working_days: int | None, now: datetime
) -> CompletionTarget:
    """Change one that is not in force yet. Raises Invalid."""
    begin(session, actor)
    row = _target_ahead(session, actor, key, now)
    row.working_days = _number(working_days, "working_days", DAYS_MAX)
    audit.note(
        session, actor, "completion_target.changed", "completion_target", key, now, days=row.working_days
    )
    return row


def remove_target(session: Session, actor: Actor, key: int, now: datetime) -> None:
    """Remove one that is not in force yet. Raises Invalid."""
    begin(session, actor)
    row = _target_ahead(session, actor, key, now)
    audit.note(session, actor, "completion_target.removed", "completion_target", key, now)
    session.delete(row)


def _target_ahead(session: Session, actor: Actor, key: int, now: datetime) -> CompletionTarget:
    row = session.get(CompletionTarget, key)
    if row is None:
        raise NotFound
    if not is_ahead(actor, row.valid_from, now):
        raise Invalid({"working_days": IN_FORCE})
    return row


def is_ahead(actor: Actor, day: date, now: datetime) -> bool:
    """Whether a day lies after today, on the actor's wall calendar."""
    return day > now.astimezone(actor.timezone).date()


def _ahead(actor: Actor, day: date | None, now: datetime) -> date:
    if day is None or not is_ahead(actor, day, now) or day > LAST_DAY:
        raise Invalid({"valid_from": ONLY_AHEAD})
    return day


def _number(value: int | None, field: str, limit: int) -> int:
    if value is None or not 1 <= value <= limit:
        raise Invalid({field: Filled(WRONG_NUMBER, limit=limit)})
    return value
