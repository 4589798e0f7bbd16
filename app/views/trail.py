"""The chain and the clocks of a report, in the words of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.access.trail import clocks_of
from app.models import ReportClock
from app.rules.labels import ClockOutcome
from app.rules.workflow import LIMITS, Clock
from app.views.i18n import grouped, word

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClockLine:
    """One clock of a report: what it waits for, whose it is, its span, and how it stands or ended.

    due_at: the last moment of the last day. outcome: as it was decided, never computed anew.
    """

    what: str
    agency: str
    length: str
    started_at: datetime
    due_at: datetime
    outcome: str
    late: bool
    paused: bool


def clock_lines(session: Session, report_id: int, now: datetime) -> list[ClockLine]:
    """Every clock of the report so far, the first one first."""
    return [_line(clock, agency, now) for clock, agency in clocks_of(session, report_id)]


def _line(clock: ReportClock, agency: str, now: datetime) -> ClockLine:
    kind = Clock(clock.kind)
    end = clock.met_at or clock.ended_at or now
    paused = bool(clock.pauses) and clock.outcome is None and clock.pauses[-1][1] is None
    over = end - clock.due_at
    late = (
        over > timedelta(0)
        and clock.outcome not in (ClockOutcome.EXPIRED, ClockOutcome.STOPPED)
        and not paused
    )
    words = (
        word(ClockOutcome(clock.outcome))
        if clock.outcome
        else _("dihentikan sementara")
        if paused
        else _("berjalan")
    )
    if late:
        days = over // A_DAY + 1
        words = f"{words}, {ngettext('terlambat %(days)s hari', 'terlambat %(days)s hari', days, days=grouped(days))}"
    return ClockLine(
        what=word(kind),
        agency=agency,
        length=f"{grouped(clock.days)} {word(LIMITS[kind].kind)}",
        started_at=clock.started_at,
        due_at=clock.due_at - timedelta(microseconds=1),
        outcome=words,
        late=late,
        paused=paused,
    )
