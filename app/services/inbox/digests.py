"""Mails that sum up what waits: the agency's late reports on working mornings, the units below weekly.

One mail a morning to each officer of an agency, none when there is nothing; on the first working morning
of the week both parts stand in the same mail (manual 4.3; case A4). Everything is asked at delivery: what
one officer has settled meanwhile is told to nobody (case F7), and yesterday's digest is not sent today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access.account_lookup import permission_names
from app.access.accounts.addresses import recipient
from app.access.actor import Actor
from app.access.figures.monitoring import (
    late_of,
    mutes_of,
    now_of_units,
    officers_of,
    unit_names,
    with_late,
    with_waiting_units,
)
from app.models import Account, Agency, DigestMute, OutboxMessage
from app.models.accounts.security import ours
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import Forbidden
from app.rules.inbox.digests import EVENING, MORNING, Digest, due
from app.rules.reports.workdays import days_between
from app.rules.reports.workflow import DayKind
from app.rules.zones import Zone
from app.services import outbox
from app.services.calendars import calendar_of, calendars_of
from app.services.inbox.mail.letter import Letter, Site, write

AGENCY_TOPIC, MAIL_TOPIC = "digest", "digest_mail"
REPORTS_SHOWN, UNITS_SHOWN = 20, 30
AT_ONCE = 1_000  # agencies within one statement


@dataclass(frozen=True)
class LateLine:
    """A late report in a letter: its number and by how many working days."""

    report_id: int
    days: int


@dataclass(frozen=True)
class UnitLine:
    """A unit in a letter, with all below it."""

    name: str
    waiting: int
    late: int
    unstaffed: int


def plan(session: Session, now: datetime) -> int:
    """Queue today's digest of each agency whose morning has come and who has something to hear of.

    Safe to run as often as one likes: a day's digest of an agency is queued once. Returns how many.
    """
    if not any(_is_day(now, ZoneInfo(zone.value)) for zone in Zone):
        return 0
    late, above = with_late(session, now), with_waiting_units(session)
    concerned = sorted(late | above)
    return sum(
        _plan(session, concerned[first : first + AT_ONCE], late, above, now)
        for first in range(0, len(concerned), AT_ONCE)
    )


def _is_day(now: datetime, zone: ZoneInfo) -> bool:
    return MORNING <= now.astimezone(zone).hour < EVENING


def _plan(session: Session, agency_ids: Sequence[int], late: set[int], above: set[int], now: datetime) -> int:
    wanted = {}
    calendars = calendars_of(session, agency_ids)
    for agency_id in agency_ids:
        calendar = calendars[agency_id]
        if not _is_day(now, calendar.zone):
            continue
        local = now.astimezone(calendar.zone)
        digests = due(local.date(), calendar.is_working)
        weekly = Digest.WEEKLY in digests and agency_id in above
        if weekly or (Digest.DAILY in digests and agency_id in late):
            wanted[f"{AGENCY_TOPIC}:{agency_id}:{local.date()}"] = (agency_id, local.date(), weekly)
    known = set(
        session.scalars(
            select(OutboxMessage.dedupe_key).where(
                OutboxMessage.topic == AGENCY_TOPIC, OutboxMessage.dedupe_key.in_(wanted)
            )
        )
    )
    for dedupe_key, (agency_id, day, weekly) in wanted.items():
        if dedupe_key not in known:
            outbox.put(
                session, AGENCY_TOPIC, dedupe_key, now, agency=agency_id, day=day.isoformat(), weekly=weekly
            )
    return len(wanted.keys() - known)


def hear(session: Session, row: OutboxMessage, _site: Site, now: datetime) -> None:
    """A handler of the outbox: queue one letter for each officer of the agency; nobody is told here."""
    agency_id, day = row.payload["agency"], row.payload["day"]
    wanting = {user for digest in Digest for user in officers_of(session, agency_id, digest)}
    for user in sorted(wanting):
        dedupe_key = f"{MAIL_TOPIC}:{user}:{day}"
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == dedupe_key)) is None:
            outbox.put(
                session, MAIL_TOPIC, dedupe_key, row.created_at, user=user, agency=agency_id, day=day,
                weekly=row.payload["weekly"],
            )  # fmt: skip


def letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The letter to one officer, from what is true now; None when there is nothing, or not for them any more."""
    agency_id = row.payload["agency"]
    found = recipient(session, row.payload["user"], row.created_at)
    account = found.account if found is not None else None
    if found is None or account is None or account.agency_id != agency_id or not _handles(session, account):
        return None
    calendar = calendar_of(session, agency_id)
    if now.astimezone(calendar.zone).date() != date.fromisoformat(row.payload["day"]):
        return None
    mine, agencys = mutes_of(session, account.id, agency_id)
    number, late = (
        (0, [])
        if Digest.DAILY in mine | agencys
        else late_of(session, agency_id, now, REPORTS_SHOWN, reader=account.id)
    )
    lines = [LateLine(each.report_id, _days_late(each.due_at, now, agency_id, session)) for each in late]
    wants_units = row.payload["weekly"] and Digest.WEEKLY not in mine | agencys
    units = _units(session, agency_id, now) if wants_units else []
    if not lines and not units:
        return None
    agency = session.get_one(Agency, agency_id)
    subject = f"Ringkasan mingguan {agency.name}" if units else f"{number} laporan terlambat di {agency.name}"
    return write(
        "digest",
        found.name,
        found.email,
        subject,
        site,
        agency=agency.name,
        number=number,
        late=lines,
        units=units[:UNITS_SHOWN],
        more_units=max(0, len(units) - UNITS_SHOWN),
    )


def _handles(session: Session, account: Account) -> bool:
    """Whether the account may handle reports: who reads figures alone is not told of single reports."""
    return (Resource.REPORTS, Verb.ACT) in ours(permission_names(session, account))


def _days_late(due_at: datetime, now: datetime, agency_id: int, session: Session) -> int:
    calendar = calendar_of(session, agency_id)
    last_day = calendar.local_date(due_at - timedelta(seconds=1))  # it ended at 24:00
    return days_between(last_day, calendar.local_date(now), DayKind.WORKING, calendar)


def _units(session: Session, agency_id: int, now: datetime) -> list[UnitLine]:
    """The units right below in which something waits, the latest first."""
    found = {
        key: each
        for key, each in now_of_units(session, agency_id, now).items()
        if key != agency_id and each.waiting
    }
    names = unit_names(session, found)
    lines = [UnitLine(names[key], each.waiting, each.late, each.unstaffed) for key, each in found.items()]
    return sorted(lines, key=lambda line: (-line.late, -line.waiting, line.name))


def mute(
    session: Session,
    actor: Actor,
    mine: frozenset[Digest],
    agencys: frozenset[Digest] | None,
    now: datetime,
) -> None:
    """Write down which digests `actor` does not want, and which their whole agency does not.

    agencys: None leaves the agency's as they are; only who may change the agency changes them. Raises
    Forbidden.
    """
    if actor.agency_id is None or not actor.may(Resource.REPORTS, Verb.ACT):
        raise Forbidden
    if agencys is not None and not actor.may(Resource.AGENCIES, Verb.WRITE):
        raise Forbidden
    session.execute(delete(DigestMute).where(DigestMute.user_id == actor.user_id))
    session.add_all(DigestMute(user_id=actor.user_id, digest=each, at=now) for each in sorted(mine))
    if agencys is not None:
        session.execute(
            delete(DigestMute).where(DigestMute.user_id.is_(None), DigestMute.agency_id == actor.agency_id)
        )
        session.add_all(
            DigestMute(agency_id=actor.agency_id, digest=each, at=now) for each in sorted(agencys)
        )


# For the table of topics.
TOPICS: Mapping[str, Callable[[Session, OutboxMessage, Site, datetime], Letter | None]] = {
    AGENCY_TOPIC: hear,
    MAIL_TOPIC: letter,
}
