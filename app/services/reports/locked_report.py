"""How every use case on a report begins: lock it, see that the form still holds, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import get_report
from app.models import Event, Report
from app.rules.errors import Stale
from app.services import idempotency
from app.services.reports.history import changes_since


class StaleForm(Stale):
    """A Stale that carries the events since the form was opened, to be shown with it."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__()
        self.events = events


@dataclass(frozen=True)
class Form:
    """What every changing form carries: the report, the version it showed, and its own random key."""

    report_id: int | None
    version: int
    key: str = ""


def begin(
    session: Session,
    actor: Actor,
    form: Form,
    purpose: str,
    now: datetime,
    *,
    may_be_stale: bool = False,
) -> tuple[Report, bool]:
    """Lock the form's report and see whether the form still holds: (report, False if sent before).

    `purpose` names the use case, in the list of keys that were used. `may_be_stale`: what the form
    does holds whatever happened meanwhile. Raises NotFound, or StaleForm with what has changed since
    the form was opened.
    """
    report = get_report(session, actor, form.report_id, lock=True)
    if not idempotency.claim(session, actor, form.key, f"{purpose}:{report.id}", now):
        return report, False
    events = [] if may_be_stale else changes_since(session, report, form.version)
    if events:
        raise StaleForm(events)
    return report, True
