"""The settings that central admins changed at run time."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SystemSetting
from app.rules.errors import Invalid
from app.rules.system.settings import RUNTIME


def chosen(session: Session) -> Mapping[str, int | str]:
    """Values by name. One that a newer or older version does not know, or would not take, is left out."""
    found: dict[str, int | str] = {}
    for name, raw in session.execute(select(SystemSetting.name, SystemSetting.value)):
        bound = RUNTIME.get(name)
        if bound is None:
            continue
        try:
            found[name] = bound.read(name, raw)
        except Invalid:
            continue
    return found
