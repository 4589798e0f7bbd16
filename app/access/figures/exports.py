"""Exports, read: by whoever asked for them, while they are still in the agency that they asked for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.orm import Session

from app.access import account_lookup
from app.access.actor import Actor, actor_of
from app.models import Export
from app.models.accounts.security import ours
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import NotFound
from app.rules.figures.exports import ExportState

LISTED = 20
# What an account must be able to read to take a file of this kind away, at the moment when it does.
NEEDS: Mapping[str, frozenset[Resource]] = {
    "reports": frozenset({Resource.REPORTS}),
    "recap": frozenset({Resource.STATISTICS}),
    "recap_named": frozenset({Resource.STATISTICS, Resource.USERS}),  # names officers
}


def may_take(actor: Actor, kind: str) -> bool:
    """Whether this account may have a file of that kind now."""
    return all(actor.may(resource, Verb.READ) for resource in NEEDS[kind])


def own(actor: Actor) -> ColumnElement[bool]:
    """Criterion on Export: those of this account, asked for in the agency where it is now, that it may still read."""
    kinds = [kind for kind in NEEDS if may_take(actor, kind)]
    if actor.user_id is None or actor.agency_id is None or not kinds:
        return false()
    return and_(Export.user_id == actor.user_id, Export.agency_id == actor.agency_id, Export.kind.in_(kinds))


def exports(session: Session, actor: Actor) -> list[Export]:
    """The last ones of this account, the newest first."""
    query = select(Export).where(own(actor), Export.state != ExportState.GONE)
    return list(session.scalars(query.order_by(Export.id.desc()).limit(LISTED)))


def get_export(session: Session, actor: Actor, key: int | None) -> Export:
    """Raises NotFound for absent, foreign and no longer allowed alike."""
    found: Export | None = (
        session.scalar(select(Export).where(Export.id == key, own(actor))) if key is not None else None
    )
    if found is None:
        raise NotFound
    return found


def actor_for(session: Session, user_id: int, agency_id: int) -> Actor | None:
    """Whoever asked for an export, as they are now; None if they may not have it any more."""
    account = account_lookup.with_all(session, user_id)
    if account is None or not account.active:
        return None
    actor = actor_of(account, ours(account_lookup.permission_names(session, account)))
    return actor if actor.agency_id == agency_id else None
