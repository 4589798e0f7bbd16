"""Every code has its word: walked over the modules, so that a new one cannot be forgotten.

That the words are in both catalogues is tests/architecture/test_catalogues.py's business.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from enum import Enum, StrEnum
from types import ModuleType

import pytest

from app.rules import labels
from app.rules.accounts import roles
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.labels import EVENT_OF, LABELS, REQUESTED_TO, label
from app.rules.reports import tabs, workflow
from app.rules.reports.tabs import DEADLINE_TABS, ORDER_LABELS, REACH_LABELS, TAB_LABELS, TAB_OF, Basis, Tab
from app.rules.reports.workflow import OPEN_STATES, REQUESTABLE, Action, State, Verdict

# Codes that no page shows: what check() answers, which columns of a report a row gives, and the names of
# permissions, which are asked for and never read out.
NEVER_SHOWN: set[type[Enum]] = {Verdict, Basis, Resource, Verb}
# Their value is the word.
OWN_WORD: set[type[Enum]] = {Role}
BESIDE_THE_TABLE: Mapping[type[Enum], Mapping[Enum, str]] = {
    tabs.Tab: TAB_LABELS,
    tabs.Reach: REACH_LABELS,
    tabs.Order: ORDER_LABELS,
}


def kinds(module: ModuleType) -> list[type[Enum]]:
    """The kinds of code that `module` defines itself."""
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Enum) and kind.__module__ == module.__name__
    ]


ALL = [kind for module in (workflow, labels, tabs, roles) for kind in kinds(module)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_code_has_its_word(kind: type[Enum]) -> None:
    if kind in NEVER_SHOWN:
        assert kind not in LABELS
        return
    if kind in OWN_WORD:
        words = {code: code.value for code in kind}
    else:
        words = BESIDE_THE_TABLE[kind] if kind in BESIDE_THE_TABLE else LABELS.get(kind, {})
    assert set(words) == set(kind), f"give every member of {kind.__name__} its word, and no other"
    for code, word in words.items():
        assert word, code
        assert word == " ".join(word.split()), code


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_no_two_codes_of_a_kind_share_a_word(kind: type[Enum]) -> None:
    """In a menu nobody could tell them apart."""
    words = BESIDE_THE_TABLE.get(kind) or LABELS.get(kind, {})
    assert len({word.casefold() for word in words.values()}) == len(words)


def test_the_tables_hold_nothing_else() -> None:
    assert set(LABELS) == set(kinds(workflow) + kinds(labels)) - NEVER_SHOWN
    assert {*LABELS, *BESIDE_THE_TABLE, *NEVER_SHOWN, *OWN_WORD} == set(ALL)


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_label_finds_the_word_of_the_right_kind(kind: type[StrEnum]) -> None:
    """ "closed" is a state, an event and a tab: the kind decides, not the text."""
    assert [label(code) for code in kind] == [LABELS[kind][code] for code in kind]


def test_a_code_of_a_wrong_kind_has_no_label() -> None:
    with pytest.raises(KeyError):
        label(Verdict.ALLOWED)
    with pytest.raises(KeyError):
        label(Tab.CLOSED)


def test_every_action_writes_an_event_of_its_own() -> None:
    assert set(EVENT_OF) == set(Action)
    assert len(set(EVENT_OF.values())) == len(EVENT_OF)


def test_what_is_asked_for_is_said_in_a_sentence() -> None:
    assert set(REQUESTED_TO) == set(REQUESTABLE)
    assert all(words.startswith("Laporan ini sedang diminta untuk ") for words in REQUESTED_TO.values())
    assert len(set(REQUESTED_TO.values())) == len(REQUESTED_TO)


def test_every_classification_says_what_it_is_for() -> None:
    assert set(labels.CLASSIFICATION_HINTS) == set(labels.Classification)


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
        (labels.RequestStatus.OPEN, "BELUM DIPROSES"),
        (labels.RequestStatus.ACCEPTED, "DITERIMA"),
        (Tab.WAITING, "Belum Ditindaklanjuti"),
        (Tab.PROGRESS, "Sedang Diproses"),
        (Tab.REQUESTS, "Permintaan"),
    ],
)
def test_the_manuals_words(code: StrEnum, word: str) -> None:
    assert (TAB_LABELS.get(code) if isinstance(code, Tab) else label(code)) == word
