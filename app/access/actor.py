"""Who acts: a plain, frozen value that views and jobs make once and pass down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from app.models import Account
from app.rules.accounts.roles import CITIZENS, ROLE_MATRIX, Permission, Resource, Role, Verb
from app.rules.zones import Zone


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

    def as_citizen(self) -> Actor:
        """The same person without their office: towards what they filed themselves an officer is a
        citizen like any other. Whoever has no office stays as they are."""
        if self.agency_id is None:
            return self
        return replace(
            self,
            agency_id=None,
            agency_name="",
            at_root=False,
            roles=frozenset({Role.REPORTER.value}),
            permissions=frozenset(pair for pair in self.permissions if pair[0] in CITIZENS) | OWN,
        )


OWN = frozenset(pair for pair in ROLE_MATRIX[Role.REPORTER] if pair[0] is Resource.OWN_REPORTS)
SYSTEM = Actor(is_system=True)
GUEST = Actor()


def actor_of(account: Account, permissions: frozenset[Permission]) -> Actor:
    """The actor that an account is, with what its roles allow.

    An office takes nothing from a citizen: no role has to be ticked for an officer's own reports.
    """
    agency = account.agency
    if agency is not None:
        permissions |= OWN
    return Actor(
        user_id=account.id,
        agency_id=agency.id if agency else None,
        agency_name=agency.name if agency else "",
        name=account.get_full_name(),
        at_root=agency is not None and agency.parent_id is None,
        roles=frozenset(role.name for role in account.roles),
        permissions=permissions,
        # Officers too: towards what they filed as citizens they are reporters and nothing else.
        reporter_id=account.reporter.id if account.reporter else None,
        zone=agency.zone if agency else Zone.WIB,
    )
