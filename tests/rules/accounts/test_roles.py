"""What a role may be given, and who may give it."""

from __future__ import annotations

from app.rules.accounts.roles import (
    ASKED,
    CENTRAL_POWERS,
    KEPT,
    Resource,
    Role,
    Verb,
    built_in,
    choosable,
    completed,
    is_central,
    may_give,
)

OWN = (Resource.OWN_REPORTS, Verb.ACT)
SETTINGS = (Resource.SETTINGS, Verb.WRITE)
REPORTS = (Resource.REPORTS, Verb.ACT)


def test_a_role_of_the_code_is_known_by_its_name() -> None:
    assert built_in("Pelapor") is Role.REPORTER
    assert built_in("Lain") is None


def test_roles_that_many_have_get_no_central_power() -> None:
    assert {resource for resource, _ in choosable(Role.REPORTER)} == {Resource.OWN_REPORTS, Resource.ACCOUNT}
    assert {resource for resource, _ in choosable(Role.OFFICER)} & CENTRAL_POWERS == set()
    assert REPORTS in choosable(Role.OFFICER)
    assert choosable("Lain") == choosable(Role.SUPERVISOR) == ASKED


def test_a_role_is_completed_with_reading_and_what_it_keeps() -> None:
    reading = (Resource.REPORTS, Verb.READ)
    assert completed("Lain", frozenset({REPORTS})) == {REPORTS, reading}
    assert completed("Lain", frozenset()) == frozenset()
    assert completed(Role.OFFICER, frozenset({SETTINGS})) == frozenset()
    assert completed(Role.CENTRAL, frozenset()) >= KEPT[Role.CENTRAL]


def test_nobody_gives_what_they_do_not_hold() -> None:
    assert may_give(frozenset({REPORTS}), [REPORTS, OWN])
    assert not may_give(frozenset({REPORTS}), [REPORTS, SETTINGS])


def test_a_central_power_makes_a_role_central() -> None:
    assert is_central([REPORTS, SETTINGS])
    assert not is_central([REPORTS])
