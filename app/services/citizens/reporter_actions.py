"""What reporters do with their own report, by the move that it makes or asks for (rules/reports/actions.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import get_report
from app.rules.errors import NotFromHere
from app.rules.reports.workflow import Action, State
from app.services.reports import reporter_contributions, requests
from app.services.reports.locked_report import Form


def act(
    session: Session,
    actor: Actor,
    form: Form,
    action: Action,
    text: str,
    now: datetime,
    *,
    files: Sequence[str] = (),
) -> object:
    """Do one of the OWN_ACTS. None for a second click. Raises what the services raise."""
    match action:
        case Action.COMPLETE:
            return reporter_contributions.complete(session, actor, form, text, now, files=files)
        case Action.CLOSE:
            return reporter_contributions.close(session, actor, form, text, now)
        case Action.ARCHIVE:
            return reporter_contributions.withdraw(session, actor, form, text, now)
        case Action.RESTORE:
            return requests.ask(session, actor, form, Action.RESTORE, now, reason=text)
        case Action.REOPEN:
            # An answer to a closed report asks for reopening by itself.
            if get_report(session, actor, form.report_id, lock=True).state is not State.CLOSED:
                raise NotFromHere
    return reporter_contributions.reply(session, actor, form, text, now, files=files)
