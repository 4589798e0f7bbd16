"""Settings of the system, changed by central admins and written into the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import SystemSetting
from app.rules.system.settings import check
from app.services.system import audit
from app.services.system.reference import begin


def change(
    session: Session, actor: Actor, values: Mapping[str, str], present: Mapping[str, object], now: datetime
) -> list[str]:
    """Keep what differs from `present`; the names of what changed. Raises Invalid."""
    begin(session, actor)
    changed = {name: value for name, value in check(values).items() if value != present.get(name)}
    for name, value in changed.items():
        session.merge(SystemSetting(name=name, value=str(value)))
    if changed:
        before = {name: present.get(name) for name in changed}
        audit.note(session, actor, "setting.changed", "setting", None, now, before=before, after=changed)
    return list(changed)
