"""The searches that an account saved; nobody else's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import SavedSearch
from app.rules.errors import NotFound


def saved_searches(session: Session, actor: Actor) -> list[SavedSearch]:
    """By name."""
    if actor.user_id is None:
        return []
    return list(
        session.scalars(
            select(SavedSearch).where(SavedSearch.user_id == actor.user_id).order_by(SavedSearch.name)
        )
    )


def get_saved_search(session: Session, actor: Actor, key: int | None) -> SavedSearch:
    """Raises NotFound for absent and another's alike."""
    found: SavedSearch | None = session.scalar(
        select(SavedSearch).where(SavedSearch.id == key, SavedSearch.user_id == actor.user_id)
    )
    if found is None or actor.user_id is None:
        raise NotFound
    return found
