"""The chain, the clocks and the requests of a report, in the words of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import Version
from app.access.reports.trail import Trail
from app.access.standing import Standing
from app.models import ReportClock
from app.rules.reports.actions import DEFINITIONS
from app.rules.reports.codes import ClockOutcome, RequestStatus
from app.rules.reports.workdays import Calendar, days_left, deadline
from app.rules.reports.workflow import LIMITS, Action, Clock, DayKind
from app.rules.zones import Zone
from app.services.calendars import calendars_of
from app.services.reports.clocks import pauses_of
from app.views.reports.clock_lines import clock_text
from app.views.reports.request_view import RequestView, request_view
from app.views.reports.timeline import TimelineEntry
from app.views.web import context
from app.views.web.language.i18n import exact, grouped, long_date, short_date, word

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class StayLine:
    """One stay with an agency. behalf: who acts for it while it has no officer. left: None while it is
    in the chain; then how and why it left, and where the report went."""

    agency: str
    at: datetime
    days: int
    holds: bool
    behalf: str
    left_at: datetime | None
    how: str
    why: str
    went_to: str


def stay_lines(
    trail: Trail, entries: Sequence[TimelineEntry], version: Version, now: datetime
) -> list[StayLine]:
    """Every stay so far, in the order in which the report came: who gave it back stays among them.
    version: of the report's texts, in which `entries` are already."""
    top = max((s.position for s in trail.stays if s.left_at is None), default=0)
    return [
        StayLine(
            agency=stay.agency,
            at=stay.at,
            days=((stay.left_at or now) - stay.at).days,
            holds=stay.left_at is None and stay.position == top,
            behalf=stay.acted_by if stay.acted_by_id not in (None, stay.agency_id) else "",
            left_at=stay.left_at,
            how=word(stay.how) if stay.how else "",
            why=_why(trail, entries, version, stay.how, stay.left_at)
            if isinstance(stay.how, Action) and stay.left_at
            else "",
            went_to=stay.went_to,
        )
        for stay in trail.stays
    ]


def _why(trail: Trail, entries: Sequence[TimelineEntry], version: Version, how: Action, at: datetime) -> str:
    """The reason that was given: the asker's of a request that was accepted, else the mover's note."""
    given = [
        version(each.reason)
        for each in trail.requests
        if each.action is how and each.status is RequestStatus.ACCEPTED and each.decided_at == at
    ]
    notes = [each.notes for each in entries if each.kind is DEFINITIONS[how].event and each.at == at]
    return next((reason for reason in given if reason), "") or next(
        (text for note in notes for text in (note.get("reason"), note.get("note")) if text), ""
    )


@dataclass(frozen=True)
class ClockLine:
    """One clock of a report: what it waits for, whose it is, its span, how it stands or ended, and why it
    ends on that day. outcome: as it was decided, never computed anew."""

    what: str
    agency: str
    length: str
    started_at: datetime
    due: str
    outcome: str
    tone: str
    hints: Sequence[str]


def clock_lines(session: Session, trail: Trail, now: datetime) -> list[ClockLine]:
    """Every clock of the report so far, the first one first."""
    calendars = calendars_of(session, {clock.agency_id for clock, _agency in trail.clocks})
    return [_line(clock, agency, calendars[clock.agency_id], now) for clock, agency in trail.clocks]


def _line(clock: ReportClock, agency: str, calendar: Calendar, now: datetime) -> ClockLine:
    kind = LIMITS[clock.kind].kind
    outcome, tone = _outcome(clock, kind, calendar, now)
    last = calendar.local_date(clock.due_at - INSTANT)
    zone = Zone(calendar.zone.key)
    due = _("%(date)s, akhir hari %(zone)s", date=long_date(last), zone=word(zone))
    if zone is not context.actor().zone:
        due = f"{due} ({exact(clock.due_at - INSTANT)})"
    return ClockLine(
        what=word(clock.kind),
        agency=agency,
        length=f"{grouped(clock.days)} {word(kind)}",
        started_at=clock.started_at,
        due=due,
        outcome=outcome,
        tone=tone,
        hints=_hints(clock, kind, calendar, now),
    )


def _outcome(clock: ReportClock, kind: DayKind, calendar: Calendar, now: datetime) -> tuple[str, str]:
    """How it ended, or what is left of it, and its tone. Days are of the clock's own kind."""
    if clock.outcome is None:
        if _stands_still(clock):
            return _("dihentikan sementara selama laporan ditahan"), "held"
        left = days_left(now, clock.due_at, kind, calendar)
        return clock_text(Clock(clock.kind), left), "late" if left < 0 else "info"
    words = word(ClockOutcome(clock.outcome))
    if clock.outcome in (ClockOutcome.EXPIRED, ClockOutcome.PASSED_ON):
        return words, "plain"
    left = days_left(clock.met_at or clock.ended_at or now, clock.due_at, kind, calendar)
    if left < 0:
        late = ngettext("terlambat %(days)s hari", "terlambat %(days)s hari", -left, days=grouped(-left))
        return f"{words}, {late}", "late"
    return words, "done" if clock.outcome is ClockOutcome.MET else "plain"


def _stands_still(clock: ReportClock) -> bool:
    return bool(clock.pauses) and clock.pauses[-1][1] is None


def _hints(clock: ReportClock, kind: DayKind, calendar: Calendar, now: datetime) -> list[str]:
    """When it ended, the pauses, and the days that did not count by name (case A3).

    The due date is the stored one. Where today's calendar would give another, because a day off was
    entered later or the clock came from an agency of another zone, no days are named: they would not add up.
    """
    found = []
    ended = clock.met_at or clock.ended_at
    if ended:
        found.append(_("Berakhir %(time)s.", time=exact(ended)))
    pauses = pauses_of(clock)
    for pause in pauses:
        since, until = exact(pause.since), exact(pause.until) if pause.until else ""
        found.append(
            _("Ditahan %(since)s sampai %(until)s.", since=since, until=until)
            if until
            else _("Ditahan sejak %(since)s.", since=since)
        )
    if kind is DayKind.CALENDAR:
        return found
    over = [pause for pause in pauses if pause.until is not None]
    computed = deadline(clock.started_at, clock.days, kind, calendar, over, now)
    if computed.due_at != clock.due_at:
        found.append(_("Dihitung dengan hari libur dan zona waktu yang berlaku saat itu."))
        return found
    named = [f"{short_date(day)} ({name})" for day, name in computed.skipped if name]
    weekend = len(computed.skipped) - len(named)
    if weekend:
        found.append(
            ngettext("Melewati %(num)s hari akhir pekan.", "Melewati %(num)s hari akhir pekan.", weekend)
        )
    if named:
        found.append(_("Melewati: %(days)s.", days=", ".join(named)))
    return found


def request_views(actor: Actor, mine: Standing, trail: Trail, version: Version) -> list[RequestView]:
    """Every request about the report, the newest first."""
    return [request_view(actor, mine, each, version) for each in reversed(trail.requests)]
