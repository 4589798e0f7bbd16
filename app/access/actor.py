"""Who acts: a plain, frozen value that views and jobs make once and pass down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Account, Agency, Reporter
from app.rules.labels import Zone
from app.rules.roles import Permission, Resource, Verb


@dataclass(frozen=True)
class Actor:
    """user_id and agency_id: keys, None for guests and the system; at_root: an officer of the root.

    permissions: what the account's roles allow. reporter_id: the citizen that this account is.
    link_hash: the hash of a secret link's token that a guest holds. zone: for dates on the screen.
    """

    user_id: int | None = None
    agency_id: int | None = None
    agency_name: str = ""
    name: str = ""
    at_root: bool = False
    roles: frozenset[str] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    reporter_id: int | None = None
    link_hash: str | None = None
    zone: Zone = Zone.WIB
    is_system: bool = False

    def may(self, resource: Resource, verb: Verb) -> bool:
        return (resource, verb) in self.permissions

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone.value)

    @property
    def is_officer(self) -> bool:
        """Whether this account handles reports for an agency."""
        return self.agency_id is not None and self.may(Resource.REPORTS, Verb.ACT)


SYSTEM = Actor(is_system=True)
GUEST = Actor()


def actor_of(
    session: Session, account: Account, roles: frozenset[str], permissions: frozenset[Permission]
) -> Actor:
    """The actor that a signed-in account is, with what the gate already knows of its roles."""
    agency = session.get(Agency, account.agency_id) if account.agency_id else None
    actor = Actor(user_id=account.id, name=account.get_full_name(), roles=roles, permissions=permissions)
    if agency is not None:
        return replace(
            actor,
            agency_id=agency.id,
            agency_name=agency.name,
            at_root=agency.parent_id is None,
            zone=agency.zone,
        )
    reporter = session.scalar(select(Reporter.id).where(Reporter.user_id == account.id))
    return replace(actor, reporter_id=reporter)
