"""Accounts of people: who gives which role where, what a person's data must be, and what changed of it.

Who may give a role to whom is GRANTS in rules/roles.py; where a role has its place is PLACES here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.roles import Role, grantable

FIRST_BIRTH = date(1900, 1, 1)
SEARCH_MIN = 3  # characters of a search among citizens
WRONG_BIRTH = N_("Tanggal lahir harus antara tahun 1900 dan hari ini.")
SEARCH_SHORT = N_("Tulis paling sedikit 3 karakter.")


class Place(StrEnum):
    """Where in the tree of agencies somebody with a role works."""

    ROOT = "root"
    BELOW = "below"
    ANYWHERE = "anywhere"
    NOWHERE = "nowhere"


# An officer or coordinator of the root would reach everything by mistake; central roles elsewhere, nothing.
PLACES: Mapping[Role, Place] = {
    Role.OFFICER: Place.BELOW,
    Role.COORDINATOR: Place.BELOW,
    Role.CENTRAL: Place.ROOT,
    Role.SUPERVISOR: Place.ROOT,
    Role.STATISTICIAN: Place.ANYWHERE,
    Role.REPORTER: Place.NOWHERE,
}


def fits(role: Role, *, at_root: bool) -> bool:
    """Whether `role` has its place in the root agency, or in one below it."""
    place = PLACES[role]
    return place is Place.ANYWHERE or place is (Place.ROOT if at_root else Place.BELOW)


def offered(roles: frozenset[str]) -> list[Role]:
    """The roles that somebody holding `roles` (names) gives to accounts of agencies."""
    allowed = grantable(roles)
    return [role for role in Role if role in allowed and PLACES[role] is not Place.NOWHERE]


def birth_date(day: date | None, today: date) -> date | None:
    """`day`, if somebody living can be born then. Raises Invalid at "birth_date"."""
    if day is not None and not FIRST_BIRTH <= day <= today:
        raise Invalid({"birth_date": WRONG_BIRTH})
    return day


def search_words(typed: str) -> str:
    """What is searched for among citizens. Raises Invalid at "q" for less than SEARCH_MIN characters."""
    words = " ".join(typed.split())
    if len(words) < SEARCH_MIN:
        raise Invalid({"q": SEARCH_SHORT})
    return words


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names of the fields whose values differ, in their order (case I5)."""
    return [name for name, value in before.items() if after[name] != value]


class LinkPurpose(StrEnum):
    """What a link in a mail is for."""

    FIRST = "first_password"
    FORGOTTEN = "password"
    EMAIL = "email"  # makes a new address the account's
    UNDO = "undo"  # takes a change of e-mail, telephone or second step back
    INVITATION = "invitation"  # a citizen says yes to working for an agency
    SECOND_STEP = "second_step"  # whoever lost their authenticator does without it


# These outlive a new password, a new e-mail and the end of sessions: a thief would cause all of them. What
# an invitation rests on is asked anew at the yes.
LASTING = frozenset({LinkPurpose.UNDO, LinkPurpose.INVITATION})
# Of all others a newer link of the purpose ends the older ones of the account.
SEVERAL = frozenset({LinkPurpose.UNDO, LinkPurpose.INVITATION})


@dataclass(frozen=True)
class Lifetime:
    """How long a link works from its first delivery, and how it is said."""

    time: timedelta
    words: str


LIFETIMES: Mapping[LinkPurpose, Lifetime] = {
    # A mail that arrives on a Friday is read on a Monday.
    LinkPurpose.FIRST: Lifetime(timedelta(days=3), "3 hari"),
    LinkPurpose.FORGOTTEN: Lifetime(timedelta(hours=1), "1 jam"),
    LinkPurpose.EMAIL: Lifetime(timedelta(days=1), "24 jam"),
    LinkPurpose.UNDO: Lifetime(timedelta(days=7), "7 hari"),
    LinkPurpose.INVITATION: Lifetime(timedelta(days=7), "7 hari"),
    LinkPurpose.SECOND_STEP: Lifetime(timedelta(days=1), "24 jam"),
}
