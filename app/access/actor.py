"""Who acts: a plain, frozen value that views and jobs make once and pass down."""

from __future__ import annotations

from dataclasses import dataclass
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
    agency_id, agency, parent_id, zone, reporter_id = session.execute(
        select(Agency.id, Agency.name, Agency.parent_id, Agency.zone, Reporter.id)
        .select_from(Account)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .outerjoin(Reporter, Reporter.user_id == Account.id)
        .where(Account.id == account.id)
    ).one()
    return Actor(
        user_id=account.id,
        agency_id=agency_id,
        agency_name=agency or "",
        name=account.get_full_name(),
        at_root=agency_id is not None and parent_id is None,
        roles=roles,
        permissions=permissions,
        # Officers too: towards what they filed as citizens they are reporters and nothing else.
        reporter_id=reporter_id,
        zone=zone or Zone.WIB,
    )
