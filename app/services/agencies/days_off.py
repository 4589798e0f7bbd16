"""Hari Libur: what central admins add to and take from the public holidays, with the clocks that it moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.system.reference import has_own_cuti_bersama
from app.models import Agency, DayOff
from app.rules import text
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services import calendars
from app.services.agencies import backlog
from app.services.agencies.backlog import DeadlinesMoved
from app.services.agencies.derived_rows import Affected
from app.services.system import audit
from app.services.system.reference import begin

KIND = "day_off"
WRONG_DAY = N_("Tulis tanggal antara tahun %(first)s dan %(last)s.")
TAKEN = N_("Sudah ada catatan untuk tanggal dan lingkup ini. Ubah catatan itu.")
UNKNOWN_AGENCY = N_("Pilih instansi yang aktif, atau kosongkan untuk semua instansi.")


@dataclass(frozen=True)
class DayOffEntry:
    """What a form says of a day. agency_id: for it and those below; None for all. works: a day of work."""

    day: date | None
    name: str
    works: bool = False
    agency_id: int | None = None


def add(session: Session, actor: Actor, entry: DayOffEntry, now: datetime) -> DeadlinesMoved:
    """Enter a day; says which running deadlines it moves. Raises Invalid."""
    begin(session, actor)
    row = DayOff(**_checked(session, entry, besides=None))
    session.add(row)
    session.flush()
    audit.note(session, actor, "day_off.added", KIND, row.id, now, **_plain(row))
    return backlog.recompute(session, Affected(row.agency_id, None, row.day, row.day), now)


def change(session: Session, actor: Actor, key: int, entry: DayOffEntry, now: datetime) -> DeadlinesMoved:
    """Change a day; says which running deadlines move. Raises Invalid."""
    begin(session, actor)
    row = _find(session, key)
    before, old_day, old_agency = _plain(row), row.day, row.agency_id
    for name, value in _checked(session, entry, besides=key).items():
        setattr(row, name, value)
    session.flush()
    audit.note(session, actor, "day_off.changed", KIND, key, now, before=before, after=_plain(row))
    affected = Affected(
        row.agency_id if row.agency_id == old_agency else None,
        None,
        min(row.day, old_day),
        max(row.day, old_day),
    )
    return backlog.recompute(session, affected, now)


def remove(session: Session, actor: Actor, key: int, now: datetime) -> DeadlinesMoved:
    """Take a day back: the calendar counts there again."""
    begin(session, actor)
    row = _find(session, key)
    affected = Affected(row.agency_id, None, row.day, row.day)
    audit.note(session, actor, "day_off.removed", KIND, key, now, **_plain(row))
    session.delete(row)
    session.flush()
    return backlog.recompute(session, affected, now)


def lacks_cuti_bersama(session: Session, year: int) -> bool:
    """Whether neither the library nor a central admin knows a cuti bersama of the year (case R7)."""
    return not calendars.joint_leave(year) and not has_own_cuti_bersama(session, year)


def _find(session: Session, key: int) -> DayOff:
    row = session.get(DayOff, key)
    if row is None:
        raise NotFound
    return row


def _checked(session: Session, entry: DayOffEntry, *, besides: int | None) -> dict[str, object]:
    day = entry.day
    if day is None or not calendars.FIRST_YEAR <= day.year <= calendars.LAST_YEAR:
        raise Invalid({"day": Filled(WRONG_DAY, first=calendars.FIRST_YEAR, last=calendars.LAST_YEAR)})
    name = text.clean(entry.name, "name", limit=text.SHORT_MAX, lines=False)
    if entry.agency_id is not None:
        agency = session.get(Agency, entry.agency_id)
        if agency is None or not agency.in_use:
            raise Invalid({"agency": UNKNOWN_AGENCY})
    same = select(DayOff.id).where(DayOff.day == day, DayOff.agency_id.is_not_distinct_from(entry.agency_id))
    found = session.scalar(same)
    if found is not None and found != besides:
        raise Invalid({"day": TAKEN})
    return {"day": day, "name": name, "works": entry.works, "agency_id": entry.agency_id}


def _plain(row: DayOff) -> dict[str, object]:
    """Keys and codes for the audit log; the name is text, and stays out of it."""
    return {"day": row.day.isoformat(), "works": row.works, "agency": row.agency_id}
