"""Writing the audit log: one entry for each change that is not a report's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import AuditEntry
from app.services.inbox import bell

# Of what is noted about an account, what its owner is told by the bell when somebody else did it.
TOLD = frozenset({"account.agency_changed", "account.roles_changed", "account.name_changed",
                  "account.username_changed", "account.phone_changed", "account.second_step_reset",
                  "account.promoted"})  # fmt: skip


def note(
    session: Session,
    actor: Actor,
    action: str,
    kind: str,
    key: int | None,
    now: datetime,
    **data: Any,
) -> None:
    """Append an entry: `actor` did `action` to the `kind` of that `key`. `data`: keys and codes alone.

    Codes read "thing.done", as in "account.email_changed"; kinds are names of tables' things.
    """
    session.add(
        AuditEntry(
            at=now,
            user_id=actor.user_id,
            agency_id=actor.agency_id,
            action=action,
            object_kind=kind,
            object_id=key,
            data=data,
        )
    )
    if key is not None and action in TOLD:
        bell.account_changed(session, actor, key, now)
