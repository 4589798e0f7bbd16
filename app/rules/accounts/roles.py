"""Roles and what each may touch: the outer gate, before any standing towards a report is asked.

A permission is a resource and a verb, by fixed names that no class name can change. The matrix here
is what a new installation starts with; central admins change it in the database afterwards, so code
asks `Actor.may()`, never for a role's name. What a role may do to a report beyond that is the
workflow table's business. Source: the manual, 4.3, 6.1, 6.10 and 6.11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.rules.labels import N_


class Verb(StrEnum):
    READ = "read"
    WRITE = "write"
    ACT = "act"


class Resource(StrEnum):
    REPORTS = "reports"  # worklists and report pages; ACT: handle, forward, ask, decide
    VERIFICATION = "verification"  # the central desk's queue; ACT: verify, archive
    OWN_REPORTS = "own_reports"  # what a citizen filed
    STATISTICS = "statistics"
    USERS = "users"
    AGENCIES = "agencies"
    ROLES = "roles"
    SETTINGS = "settings"
    AUDIT = "audit"  # the audit log, with waves of failed sign-ins
    ACCOUNT = "account"  # one's own account


class Role(StrEnum):
    """Its value is the role's name in the database and on the screen."""

    OFFICER = N_("Pejabat Penghubung")
    COORDINATOR = N_("Admin Koordinator")
    CENTRAL = N_("Admin Pusat")
    SUPERVISOR = N_("Supervisor")
    STATISTICIAN = N_("Statistikawan")
    REPORTER = N_("Pelapor")


Permission = tuple[Resource, Verb]


def _may(resource: Resource, *verbs: Verb) -> frozenset[Permission]:
    return frozenset((resource, verb) for verb in verbs)


_ACCOUNT = _may(Resource.ACCOUNT, Verb.READ, Verb.WRITE)
_OFFICER = (
    _ACCOUNT
    | _may(Resource.REPORTS, Verb.READ, Verb.ACT)
    | _may(Resource.STATISTICS, Verb.READ)
    | _may(Resource.USERS, Verb.READ, Verb.WRITE)
    | _may(Resource.AGENCIES, Verb.READ, Verb.WRITE)
)

ROLE_MATRIX: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: _OFFICER,
    Role.COORDINATOR: _OFFICER,
    Role.CENTRAL: _OFFICER
    | _may(Resource.VERIFICATION, Verb.READ, Verb.ACT)
    | _may(Resource.ROLES, Verb.READ, Verb.WRITE)
    | _may(Resource.SETTINGS, Verb.READ, Verb.WRITE)
    | _may(Resource.AUDIT, Verb.READ),
    Role.SUPERVISOR: _ACCOUNT
    | _may(Resource.REPORTS, Verb.READ)
    | _may(Resource.VERIFICATION, Verb.READ)
    | _may(Resource.STATISTICS, Verb.READ)
    | _may(Resource.USERS, Verb.READ, Verb.WRITE)
    | _may(Resource.AGENCIES, Verb.READ)
    | _may(Resource.AUDIT, Verb.READ),
    Role.STATISTICIAN: _ACCOUNT | _may(Resource.STATISTICS, Verb.READ),
    Role.REPORTER: _ACCOUNT | _may(Resource.OWN_REPORTS, Verb.READ, Verb.ACT),
}

# Who may give which role to somebody within their own subtree. Within that nobody gives a power that they do
# not hold themselves (may_give): a Supervisor reads and handles nothing, so no officer is theirs to make.
GRANTS: Mapping[Role, frozenset[Role]] = {
    Role.OFFICER: frozenset({Role.OFFICER}),
    Role.COORDINATOR: frozenset({Role.OFFICER, Role.COORDINATOR}),
    Role.CENTRAL: frozenset(Role),
    Role.SUPERVISOR: frozenset({Role.STATISTICIAN}),
    Role.STATISTICIAN: frozenset(),
    Role.REPORTER: frozenset(),
}


def grantable(roles: frozenset[str]) -> frozenset[Role]:
    """The roles that somebody holding `roles` (names) may give to others."""
    return frozenset().union(*(GRANTS[role] for role in Role if role.value in roles))


# What some page or service asks for: a tick for anything else would promise what nobody keeps.
ASKED: frozenset[Permission] = frozenset().union(*ROLE_MATRIX.values())
# Nobody gives what they do not hold: what Admin Pusat lost, nobody could ever give back.
KEPT: Mapping[Role, frozenset[Permission]] = {Role.CENTRAL: ROLE_MATRIX[Role.CENTRAL]}
CENTRAL_POWERS = frozenset({Resource.VERIFICATION, Resource.ROLES, Resource.SETTINGS, Resource.AUDIT})
# Officers give these to others, and citizens have one by themselves: no central power may hang on them.
GIVEN_WIDELY = frozenset({Role.OFFICER, Role.COORDINATOR, Role.STATISTICIAN, Role.REPORTER})
# What is one's own: everybody who registers has it, so that it is no power to give away.
CITIZENS = frozenset({Resource.OWN_REPORTS, Resource.ACCOUNT})
# Whoever holds these signs in with a second step where the installation demands it; roles with a central
# power that were made later are asked for the same as Admin Pusat.
SECOND_STEP_BY_DEFAULT = frozenset({Role.CENTRAL, Role.SUPERVISOR})


def built_in(name: str) -> Role | None:
    """The role of the code that has this name: it is neither renamed nor deleted."""
    return next((role for role in Role if role.value == name), None)


def choosable(name: str) -> frozenset[Permission]:
    """The permissions that a role of this name may be given."""
    role = built_in(name)
    if role is Role.REPORTER:
        return frozenset(pair for pair in ASKED if pair[0] in CITIZENS)
    if role in GIVEN_WIDELY:
        return frozenset(pair for pair in ASKED if pair[0] not in CENTRAL_POWERS)
    return ASKED


def completed(name: str, wanted: frozenset[Permission]) -> frozenset[Permission]:
    """What a role of this name then holds: `wanted` within what may be chosen, with what it keeps.

    Whoever changes or handles something sees it too.
    """
    role = built_in(name)
    held = (wanted & choosable(name)) | (KEPT.get(role, frozenset()) if role else frozenset())
    return held | frozenset((resource, Verb.READ) for resource, _ in held)


def may_give(held: frozenset[Permission], given: Iterable[Permission]) -> bool:
    """Whether somebody who holds `held` may give `given` away: nothing in it that they do not hold themselves."""
    return all(pair in held or pair[0] in CITIZENS for pair in given)


def is_central(held: Iterable[Permission]) -> bool:
    """Whether a central power is among these: such a role has its place in the root agency alone."""
    return any(resource in CENTRAL_POWERS for resource, _verb in held)
