"""The definitions of the actions against the workflow table: nothing is left out, nothing is said twice."""

from __future__ import annotations

import pytest

from app.rules.reports.actions import (
    ACTION_OF,
    BY_SLUG,
    DEFINITIONS,
    MISSING,
    OWN_ACTS,
    REASONED,
    REQUEST_FIELDS,
    UNCOUNTED,
    WORK_OF,
    Definition,
)
from app.rules.reports.codes import EventKind
from app.rules.reports.workflow import BY_ACTION, REQUESTABLE, Action, Carry, Verdict, Who

each = pytest.mark.parametrize("what", DEFINITIONS.values(), ids=lambda what: what.action)


def test_one_definition_for_each_action_with_an_event_of_its_own() -> None:
    assert list(DEFINITIONS) == list(dict.fromkeys(DEFINITIONS))
    assert set(DEFINITIONS) == set(Action) == set(ACTION_OF.values())
    assert len(ACTION_OF) == len(DEFINITIONS)


def test_every_kind_of_event_is_counted_or_it_is_said_why_not() -> None:
    assert WORK_OF.keys() | UNCOUNTED.keys() == set(EventKind), "give it a work, or a reason in `uncounted`"
    assert WORK_OF.keys().isdisjoint(UNCOUNTED)
    assert all(UNCOUNTED.values())


def test_what_a_move_carries_has_words_for_when_it_is_missing() -> None:
    assert set(MISSING) == set(Carry)
    assert len(set(MISSING.values())) == len(MISSING)


@each
def test_what_is_asked_for_says_so_and_nothing_else_does(what: Definition) -> None:
    asked_for = what.action in REQUESTABLE
    assert bool(what.requested_to) == asked_for
    assert bool(what.asking) == asked_for
    assert any(door.verdict is Verdict.ASK for door in what.doors) == asked_for
    assert asked_for or not what.fields
    if what.own is not None and what.own.verdict is Verdict.ASK:
        assert asked_for
        assert what.own.waiting, "the reporter's page says that the request is open"


@each
def test_the_fields_of_a_request_are_what_the_move_carries(what: Definition) -> None:
    carries = set(BY_ACTION[what.action].carries)
    assert {field.carry for field in what.fields} <= carries
    if what.asking is not None:
        assert carries == {field.carry for field in what.fields} | ({Carry.REASON} & carries)


@each
def test_who_makes_it_at_the_desk_has_a_door_or_it_is_said_why_not(what: Definition) -> None:
    officers = BY_ACTION[what.action].makers - {Who.REPORTER, Who.SYSTEM}
    door = any(door.verdict is Verdict.ALLOWED for door in what.doors)
    assert door != bool(what.no_door)
    assert door <= bool(officers)


@each
def test_a_dialog_of_its_own_has_an_address_and_words_for_both(what: Definition) -> None:
    reasoned = what.action in REASONED
    assert bool(what.slug) == bool(what.making) == reasoned
    for words in filter(None, (what.making, what.asking)):
        assert "%(id)s" in words.done


def test_addresses_and_names_are_somebodys_alone() -> None:
    assert len(BY_SLUG) == sum(bool(what.slug) for what in DEFINITIONS.values())
    assert all(slug == act.slug for slug, act in OWN_ACTS.items())
    assert len({field.name for field in REQUEST_FIELDS}) == len(REQUEST_FIELDS)
    assert len({field.key for field in REQUEST_FIELDS}) == len(REQUEST_FIELDS)
