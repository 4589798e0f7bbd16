"""What a report's clock says on its card: days left, the date, and why it is that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.access.card_report import AnyReport
from app.rules.reports.workdays import Calendar, days_left
from app.rules.reports.workflow import LIMITS, Clock, DayKind, State
from app.rules.zones import Zone
from app.services.calendars import calendar_of
from app.views.web.language.i18n import exact, grouped, long_date, short_date, word
from app.views.web.language.page_memo import memo
from app.views.web.language.translator import gettext as _
from app.views.web.language.translator import ngettext

NEAR_DAYS = 2  # a clock this near to its end is shown as near


@dataclass(frozen=True)
class DueLine:
    """The clock's line: `text` ("Harus diproses dalam 2 hari"), `date` beside it, `hint` as tooltip."""

    text: str
    date: str
    hint: str
    tone: str


def due_line(session: Session, report: AnyReport, now: datetime) -> DueLine | None:
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
    # A list has few of them: the reports of some days, at the same agencies.
    return memo(("due", clock, left, last, report.holder_id), lambda: _line(clock, left, last, now, calendar))


def _line(clock: Clock, left: int, last: date, now: datetime, calendar: Calendar) -> DueLine:
    kind, zone = LIMITS[clock].kind, word(Zone(calendar.zone.key))
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
            Clock.TARGET: _("Harus selesai hari ini"),
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
    if clock is Clock.TARGET:
        return ngettext(
            "Harus selesai dalam %(days)s hari kerja",
            "Harus selesai dalam %(days)s hari kerja",
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
