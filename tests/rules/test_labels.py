"""Every code has its word: walked over the modules, so that a new one cannot be forgotten.

That the words are in both catalogues is tests/architecture/test_catalogues.py's business.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from enum import Enum
from types import ModuleType

import pytest

from app.rules import zones
from app.rules.accounts import genders, roles
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.labels import Labelled
from app.rules.reports import codes, tabs, workflow
from app.rules.reports.actions import ACTION_OF, DEFINITIONS
from app.rules.reports.tabs import DEADLINE_TABS, REACH_LABELS, TAB_OF, Basis, Tab
from app.rules.reports.workflow import OPEN_STATES, REQUESTABLE, Action, State, Verdict

# Codes that no page shows: what check() answers, which columns of a report a row gives, and the names of
# permissions, which are asked for and never read out.
NEVER_SHOWN: set[type[Enum]] = {Verdict, Basis, Resource, Verb}
# Their value is the word.
OWN_WORD: set[type[Enum]] = {Role}
# Numbers, not codes: their words stand beside them.
BESIDE: Mapping[type[Enum], Mapping[Enum, str]] = {tabs.Reach: REACH_LABELS}


def kinds(module: ModuleType) -> list[type[Enum]]:
    """The kinds of code that `module` defines itself."""
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__ == module.__name__
    ]


MODULES = (workflow, codes, tabs, roles, zones, genders)
ALL = [kind for module in MODULES for kind in kinds(module)]


def words_of(kind: type[Enum]) -> dict[Enum, str]:
    if issubclass(kind, Labelled):
        return {code: code.label for code in kind}
    return {code: code.value for code in kind} if kind in OWN_WORD else dict(BESIDE.get(kind, {}))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_code_has_its_word(kind: type[Enum]) -> None:
    words = words_of(kind)
    assert set(words) == (set() if kind in NEVER_SHOWN else set(kind)), (
        f"make {kind.__name__} Labelled, and give every member its word"
    )
    for code, word in words.items():
        assert word, code
        assert word == " ".join(word.split()), code


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_no_two_codes_of_a_kind_share_a_word(kind: type[Enum]) -> None:
    """In a menu nobody could tell them apart."""
    words = words_of(kind)
    assert len({word.casefold() for word in words.values()}) == len(words)


def test_every_kind_with_words_is_walked_here() -> None:
    """Wherever a Labelled stands: its module is one of MODULES, or its catalogue entries are walked anyway."""
    for kind in Labelled.__subclasses__():
        assert all(code.label for code in kind), kind
        assert all(type(code)(code.value) is code for code in kind), "the code alone finds the member"


def test_every_action_writes_an_event_of_its_own() -> None:
    assert set(DEFINITIONS) == set(Action)
    assert set(ACTION_OF.values()) == set(Action)


def test_what_is_asked_for_is_said_in_a_sentence() -> None:
    said = {each.action: each.requested_to for each in DEFINITIONS.values() if each.requested_to}
    assert set(said) == set(REQUESTABLE)
    assert all(words.startswith("Laporan ini sedang diminta untuk ") for words in said.values())
    assert len(set(said.values())) == len(said)


def test_every_classification_says_what_it_is_for() -> None:
    assert set(codes.CLASSIFICATION_HINTS) == set(codes.Classification)


def test_every_state_lies_in_a_tab_of_its_own() -> None:
    assert set(TAB_OF) == set(State)
    assert len(set(TAB_OF.values())) == len(State)
    assert {*TAB_OF.values(), Tab.REQUESTS, Tab.COPIES} == set(Tab)


def test_open_tabs_are_worked_off_by_deadline() -> None:
    assert {TAB_OF[state] for state in OPEN_STATES} | {Tab.REQUESTS} == DEADLINE_TABS


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (State.WAITING, "Terverifikasi"),
        (State.IN_PROGRESS, "Ditindaklanjuti oleh Instansi"),
        (Action.FOLLOW_UP, "Tindak Lanjut"),
        (Action.FORWARD, "Teruskan"),
        (Action.HAND_BACK, "Bukan Wewenang"),
        (codes.RequestStatus.OPEN, "BELUM DIPROSES"),
        (codes.RequestStatus.ACCEPTED, "DITERIMA"),
        (Tab.WAITING, "Belum Ditindaklanjuti"),
        (Tab.PROGRESS, "Sedang Diproses"),
        (Tab.REQUESTS, "Permintaan"),
    ],
)
def test_the_manuals_words(code: Labelled, word: str) -> None:
    assert code.label == word
