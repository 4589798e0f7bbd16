"""Accounts of people: who gives which role where, what a person's data must be, and what changed of it.

Who may give a role to whom is GRANTS in rules/accounts/roles.py; where a role has its place is PLACES here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.accounts import contact
from app.rules.accounts.roles import Role, grantable
from app.rules.errors import Invalid
from app.rules.labels import N_

FIRST_BIRTH = date(1900, 1, 1)
SEARCH_MIN = 3  # characters of a search among citizens
PHONE_END = 3  # digits of a telephone that a list shows
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


class SoughtBy(StrEnum):
    """What somebody is looked for by."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True)
class PersonSought:
    """What is looked for among citizens; addresses in the form in which accounts have them."""

    by: SoughtBy
    words: str


def sought(typed: str) -> PersonSought:
    """What `typed` looks for among citizens: a whole e-mail, a whole telephone, or a name.

    Raises Invalid at "q" for less than SEARCH_MIN characters, and for a part of an address: parts would
    list whoever has it.
    """
    words = " ".join(typed.split())
    if len(words) < SEARCH_MIN:
        raise Invalid({"q": SEARCH_SHORT})
    if "@" in words:
        return PersonSought(SoughtBy.EMAIL, contact.email(words, "q"))
    if contact.PHONE.fullmatch(words):
        return PersonSought(SoughtBy.PHONE, contact.phone(words, "q"))
    return PersonSought(SoughtBy.NAME, words)


HIDDEN = "•••"


def masked_email(address: str) -> str:
    """An e-mail that whoever knows it recognises: "b•••@d•••.id"; "" for an account without one."""
    local, at, domain = address.rpartition("@")
    if not at or not contact.is_reachable(address):
        return ""
    return f"{local[:1]}{HIDDEN}@{domain[:1]}{HIDDEN}.{domain.rpartition('.')[2]}"


def masked_phone(number: str) -> str:
    """The last three digits of a telephone; "" without one."""
    return f"{HIDDEN}{number[-PHONE_END:]}" if number else ""


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
