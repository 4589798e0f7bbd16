"""A report as a card: everything that its template shows, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import Line, basis, visible
from app.access.standing import Chain, chains, situation, standing
from app.models import Agency, ArchiveReason, Area, Category, Report, Reporter, Request
from app.rules.labels import ANSWERED_BY_REPORTER, HELD, REQUESTED_TO, EndedBy, RequestStatus
from app.rules.tabs import Basis
from app.rules.workdays import Calendar, days_left
from app.rules.workflow import LIMITS, Action, Clock, DayKind, State, Verdict, possible
from app.services.calendars import calendar_of, calendars_of
from app.views.i18n import exact, grouped, long_date, short_date, word

NEAR_DAYS = 2  # a clock this near to its end is shown as near


@dataclass(frozen=True)
class Chip:
    """tone: info, done, near, late, held or plain; the words say it too, never the colour alone."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class DueLine:
    """The clock's line: `text` ("Harus diproses dalam 2 hari"), `date` beside it, `hint` as tooltip."""

    text: str
    date: str
    hint: str
    tone: str


@dataclass(frozen=True)
class RequestLine:
    """ "Laporan ini sedang diminta untuk ditahan" with its status, both reasons and the suggestion."""

    text: str
    status: str
    reason: str
    answer: str
    suggestion: str


@dataclass(frozen=True)
class Card:
    """What a card shows. `actions`: what this reader may do now; ALLOWED to make, ASK to ask for."""

    id: int
    version: int
    reporter: str
    initials: str
    source: str
    states: tuple[Chip, ...]
    due: DueLine | None
    late: bool
    received_at: datetime
    holder: str
    title: str
    text: str
    category: str
    area: str
    is_secret: bool
    is_anonymous: bool
    follow_ups: int
    comments: int
    request: RequestLine | None
    actions: Mapping[Action, Verdict]
    state: State

    def allows(self, action: str) -> bool:
        return self.actions.get(Action(action)) is Verdict.ALLOWED


def cards(session: Session, actor: Actor, lines: Sequence[Line], now: datetime) -> list[Card]:
    """The cards of worklist lines, in their order."""
    ids = [line.report_id for line in lines]
    seen = {line.report_id: line.basis for line in lines}
    return _cards(session, actor, ids, seen, now)


def card(session: Session, actor: Actor, report: Report, now: datetime) -> Card:
    """The card of one report that the actor sees."""
    return _cards(session, actor, [report.id], basis(session, actor, [report.id]), now)[0]


def _cards(
    session: Session, actor: Actor, ids: Sequence[int], seen: Mapping[int, Basis], now: datetime
) -> list[Card]:
    if not ids:
        return []
    rows = session.execute(
        select(Report, Agency.name, Category.name, Area.name, Reporter.name, ArchiveReason.name)
        .join(Agency, Agency.id == Report.holder_id)
        .outerjoin(Category, Category.id == Report.category_id)
        .outerjoin(Area, Area.code == Report.area_code)
        # The identity of an anonymous reporter is not even read.
        .outerjoin(Reporter, (Reporter.id == Report.reporter_id) & Report.is_anonymous.is_(False))
        .outerjoin(ArchiveReason, ArchiveReason.code == Report.archive_reason)
        .where(Report.id.in_(ids), visible(actor))
    ).all()
    found = {row[0].id: row for row in rows}
    present = [report_id for report_id in ids if report_id in found]
    by_report: Mapping[int, Chain] = chains(session, present)
    calendars_of(session, {row[0].holder_id for row in found.values()})
    requests = _requests(session, present)
    made = []
    for report_id in present:
        report, holder, category, area, name, reason = found[report_id]
        may = possible(
            situation(report, by_report[report_id]), standing(actor, report, by_report[report_id]).whos
        )
        due = due_line(session, report, now)
        who = _reporter_name(report, name, seen.get(report_id, Basis.COPY))
        made.append(
            Card(
                id=report.id,
                version=report.version,
                reporter=who,
                initials=_initials(who) if name else "?",
                source=word(report.source),
                states=state_chips(report, reason),
                due=due,
                late=due is not None and due.tone == "late",
                received_at=report.received_at,
                holder=holder,
                title=report.title or _("Laporan tanpa judul"),
                text=report.text,
                category=category or "",
                area=area or "",
                is_secret=report.is_secret,
                is_anonymous=report.is_anonymous,
                follow_ups=report.follow_up_count,
                comments=report.comment_count,
                request=requests.get(report_id),
                actions=may,
                state=State(report.state),
            )
        )
    return made


def _requests(session: Session, ids: Sequence[int]) -> Mapping[int, RequestLine]:
    """The last request of each report that is of interest: an open one, else the last decided."""
    suggested = select(Agency.name).where(Agency.id == Request.suggested_agency_id).scalar_subquery()
    rows = session.execute(
        select(Request, suggested)
        .where(Request.report_id.in_(ids), Request.status != RequestStatus.VOID)
        .order_by(Request.report_id, (Request.status == RequestStatus.OPEN), Request.id)
    )
    return {
        request.report_id: RequestLine(
            text=_(REQUESTED_TO[request.action]),
            status=word(request.status),
            reason=request.reason,
            answer=request.answer,
            suggestion=name or "",
        )
        for request, name in rows
    }


def _reporter_name(report: Report, name: str | None, how: Basis) -> str:
    """A copy shows no identity; an anonymous report shows none to anybody (case I8)."""
    if report.is_anonymous:
        return _("Anonim")
    if how is Basis.COPY:
        return _("Pelapor")
    return name or _("Tanpa nama")


def _initials(name: str) -> str:
    parts = [part for part in name.split() if part]
    return "".join(part[0] for part in parts[:2]).upper() or "?"


def state_chips(report: Report, archive_reason: str | None = None) -> tuple[Chip, ...]:
    """The state in the manual's words: who ended it, whether the reporter answered, whether it is held."""
    state = State(report.state)
    if state in (State.CLOSED, State.ARCHIVED):
        by = word(EndedBy(report.ended_by)) if report.ended_by else ""
        chips = [Chip(f"{word(state)} {by}".strip(), "done" if state is State.CLOSED else "plain")]
        if archive_reason:
            chips.append(Chip(_(archive_reason)))
        return tuple(chips)
    tone = {State.WAITING: "info", State.IN_PROGRESS: "done"}.get(state, "plain")
    text = _(ANSWERED_BY_REPORTER) if report.reply_unanswered else word(state)
    chips = [Chip(text, "info" if report.reply_unanswered else tone)]
    if report.held:
        chips.append(Chip(_(HELD), "held"))
    return tuple(chips)


def due_line(session: Session, report: Report, now: datetime) -> DueLine | None:
    """What the clock says: days left in its own kind of day, the date, and why it is that date."""
    if report.held:
        return DueLine(_("Penutupan otomatis dihentikan selama laporan ditahan"), "", "", "held")
    if report.clock_due_at is None or report.clock_kind is None:
        if State(report.state) is State.IN_PROGRESS and report.last_reply_at is not None:
            calendar = calendar_of(session, report.holder_id)
            days = (calendar.local_date(now) - calendar.local_date(report.last_reply_at)).days
            text = ngettext(
                "Menunggu tanggapan instansi, %(days)s hari",
                "Menunggu tanggapan instansi, %(days)s hari",
                days,
                days=grouped(days),
            )
            return DueLine(text, "", exact(report.last_reply_at), "near")
        return None
    clock = Clock(report.clock_kind)
    kind = LIMITS[clock].kind
    calendar = calendar_of(session, report.holder_id)
    left = days_left(now, report.clock_due_at, kind, calendar)
    last = calendar.local_date(report.clock_due_at - timedelta(microseconds=1))
    zone = word_of_zone(calendar)
    return DueLine(
        text=clock_text(clock, left),
        date=_("%(date)s, akhir hari %(zone)s", date=short_date(last), zone=zone),
        hint=_hint(now, last, kind, calendar),
        tone="late"
        if left < 0
        else "near"
        if left <= NEAR_DAYS and clock is not Clock.AUTO_CLOSE
        else "info",
    )


def word_of_zone(calendar: Calendar) -> str:
    from app.rules.labels import Zone

    return word(Zone(calendar.zone.key))


def clock_text(clock: Clock, left: int) -> str:
    """ "Harus diproses dalam 2 hari", "... hari ini", "Terlambat 1 hari" (labels of the clocks)."""
    if left < 0:
        return ngettext("Terlambat %(days)s hari", "Terlambat %(days)s hari", -left, days=grouped(-left))
    if left == 0:
        return {
            Clock.VERIFICATION: _("Harus diverifikasi hari ini"),
            Clock.DETAILS: _("Diarsipkan otomatis hari ini bila tidak dilengkapi"),
            Clock.FOLLOW_UP: _("Harus diproses hari ini"),
            Clock.AUTO_CLOSE: _("Selesai otomatis hari ini"),
        }[clock]
    if clock is Clock.VERIFICATION:
        return ngettext(
            "Harus diverifikasi dalam %(days)s hari kerja",
            "Harus diverifikasi dalam %(days)s hari kerja",
            left,
            days=grouped(left),
        )
    if clock is Clock.DETAILS:
        return ngettext(
            "Menunggu kelengkapan, sisa %(days)s hari",
            "Menunggu kelengkapan, sisa %(days)s hari",
            left,
            days=grouped(left),
        )
    if clock is Clock.FOLLOW_UP:
        return ngettext(
            "Harus diproses dalam %(days)s hari",
            "Harus diproses dalam %(days)s hari",
            left,
            days=grouped(left),
        )
    return ngettext(
        "Selesai otomatis dalam %(days)s hari",
        "Selesai otomatis dalam %(days)s hari",
        left,
        days=grouped(left),
    )


def _hint(now: datetime, last: date, kind: DayKind, calendar: Calendar) -> str:
    """The tooltip: the kind of day, and the days that do not count by name (case A3)."""
    if kind is DayKind.CALENDAR:
        return _("Dihitung dalam hari kalender, sampai %(date)s.", date=long_date(last))
    day, named = calendar.local_date(now), []
    while day < last:
        day += timedelta(days=1)
        if not calendar.is_working(day) and day in calendar.holidays:
            named.append(f"{short_date(day)} ({calendar.holidays[day]})")
    text = _("Dihitung dalam hari kerja, sampai %(date)s.", date=long_date(last))
    return f"{text} {_('Melewati: %(days)s.', days=', '.join(named))}" if named else text
