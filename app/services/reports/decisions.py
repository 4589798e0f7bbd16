"""Moves that carry a reason and what a request for them carries: the delegator holds, releases, closes and
reopens; the root restores.

Made from a card's menu by whoever may; asked for through services/reports/requests.py by whoever may only ask.
Source: the manual, 6.6 and 6.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.rules.reports.actions import REASONED
from app.rules.reports.workflow import Action, Carry
from app.services.reports.locked_report import Form, begin
from app.services.reports.payloads import checked, requested
from app.services.reports.transition import Applied, apply


def decide(
    session: Session,
    actor: Actor,
    form: Form,
    action: Action,
    reason: str,
    now: datetime,
    *,
    values: Mapping[Carry, int | None] | None = None,
) -> Applied | None:
    """Make one of the REASONED moves. None for a second click.

    `values`: what it carries beside the reason. An open request for the same move is answered by it.
    Raises ValueError for any other action: those have their own services.
    """
    if action not in REASONED:
        raise ValueError(f"{action} carries more than a request for it")
    report, fresh = begin(session, actor, form, action.value, now)
    if not fresh:
        return None
    cleaned, carried = checked(session, action, reason, values or {})
    return apply(session, actor, report, action, now, requested(action, cleaned, carried))
