"""Moves that carry a reason alone: the delegator holds, releases, closes and reopens; the root restores.

Made from a card's menu by whoever may; asked for through services/reports/requests.py by whoever may only ask.
Source: the manual, 6.6 and 6.7.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.rules import text
from app.rules.reports.workflow import BY_ACTION, Action, Carry
from app.services.reports.locked_report import Form, begin
from app.services.reports.payloads import reasoned
from app.services.reports.transition import Applied, apply

# The moves whose whole content is a reason.
REASONED: tuple[Action, ...] = tuple(a for a, move in BY_ACTION.items() if move.carries == (Carry.REASON,))


def decide(
    session: Session, actor: Actor, form: Form, action: Action, reason: str, now: datetime
) -> Applied | None:
    """Make one of the REASONED moves. None for a second click.

    An open request for the same move is answered by it. Raises ValueError for any other action:
    those have their own services.
    """
    if action not in REASONED:
        raise ValueError(f"{action} carries more than a reason")
    report, fresh = begin(session, actor, form, action.value, now)
    if not fresh:
        return None
    cleaned = text.clean(reason, "reason", limit=text.REPORT_TEXT_MAX)
    return apply(session, actor, report, action, now, reasoned(cleaned))
