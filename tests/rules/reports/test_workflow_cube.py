"""Every state x held x at the root x action x standing, against who may do what in plain conditions.

The conditions are read off the design by person, the table of the code by move: the same fault in
both would have to be made twice, in two ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

import pytest

from app.rules.reports.workflow import Action, Situation, State, Verdict, Who, check, possible, takes
from tests.support.standings import producible


class At(NamedTuple):
    state: State
    held: bool
    at_root: bool
    owed: bool = False  # a first follow-up is due

    @property
    def live(self) -> bool:
        return self.state in (State.WAITING, State.IN_PROGRESS)

    @property
    def below(self) -> bool:
        return self.live and not self.at_root

    @property
    def running(self) -> bool:
        """In progress, and not held."""
        return self.is_("in_progress") and not self.held

    @property
    def at_the_desk(self) -> bool:
        """With the central desk, before any agency has it."""
        early = self.is_("unverified") or self.is_("incomplete") or (self.is_("waiting") and self.at_root)
        return early and not self.held

    def is_(self, state: str) -> bool:
        return self.state == state


Rule = Callable[[At], bool]

MAKE: Mapping[tuple[str, str], Rule] = {
    # The central desk.
    ("verify", "root"): lambda at: at.is_("unverified") and not at.held,
    ("ask_details", "root"): lambda at: at.at_the_desk and not at.is_("incomplete"),
    ("archive", "root"): lambda at: at.at_the_desk,
    ("restore", "root"): lambda at: at.is_("archived") and not at.held,
    ("correct", "root"): lambda at: not at.is_("archived"),
    # Who gave the report to its holder, or stands above the holder in the chain.
    ("correct", "delegator"): lambda at: not at.is_("archived"),
    ("hand_back", "delegator"): lambda at: at.below,
    ("hold", "delegator"): lambda at: at.running,
    ("release", "delegator"): lambda at: at.is_("in_progress") and at.held,
    ("close", "delegator"): lambda at: at.is_("in_progress"),
    ("extend", "delegator"): lambda at: at.below and at.owed and not at.held,
    ("reopen", "delegator"): lambda at: at.is_("closed") and not at.held,
    ("redirect", "chain"): lambda at: at.below,
    # The holder.
    ("forward", "holder"): lambda at: at.live,
    ("follow_up", "holder"): lambda at: at.live,
    # The reporter, and an officer who writes down what the reporter says.
    ("complete", "reporter"): lambda at: at.is_("incomplete") and not at.held,
    ("complete", "recorder"): lambda at: at.is_("incomplete") and not at.held,
    ("archive", "reporter"): lambda at: at.at_the_desk,
    ("reply", "reporter"): lambda at: at.live,
    ("reply", "recorder"): lambda at: at.live,
    ("close", "reporter"): lambda at: at.live,
    # The jobs.
    ("archive", "system"): lambda at: at.is_("incomplete") and not at.held,
    ("auto_close", "system"): lambda at: at.running,
    # Whoever sees it.
    ("comment", "reader"): lambda at: not at.is_("archived"),
}

ASK: Mapping[tuple[str, str], Rule] = {
    ("hand_back", "holder"): lambda at: at.below,
    ("hold", "holder"): lambda at: at.running,
    ("release", "holder"): lambda at: at.is_("in_progress") and at.held,
    ("close", "holder"): lambda at: at.is_("in_progress"),
    ("extend", "holder"): lambda at: at.below and at.owed and not at.held,
    ("reopen", "holder"): lambda at: at.is_("closed") and not at.held,
    ("reopen", "reporter"): lambda at: at.is_("closed") and not at.held,
    ("reopen", "recorder"): lambda at: at.is_("closed") and not at.held,
    ("restore", "reporter"): lambda at: at.is_("archived") and not at.held,
    ("restore", "recorder"): lambda at: at.is_("archived") and not at.held,
}


def may(rules: Mapping[tuple[str, str], Rule], action: Action, at: At) -> frozenset[Who]:
    return frozenset(Who(who) for (name, who), rule in rules.items() if name == action and rule(at))


def oracle(action: Action, at: At, standing: frozenset[Who]) -> Verdict:
    makers = may(MAKE, action, at)
    if standing & makers:
        return Verdict.ALLOWED
    if standing & may(ASK, action, at):
        return Verdict.ASK
    return Verdict.NOT_YOURS if makers else Verdict.NOT_FROM_HERE


def everywhere() -> Iterator[At]:
    return (At(*each) for each in product(State, (False, True), (False, True), (False, True)))


def standings(at: At) -> list[frozenset[Who]]:
    """Each Who alone, and every combination that somebody can really have."""
    return sorted({frozenset({who}) for who in Who} | producible(at_root=at.at_root), key=sorted)


def situation(at: At) -> Situation:
    return Situation(at.state, held=at.held, at_root=at.at_root, follow_up_owed=at.owed)


@pytest.mark.parametrize("action", Action)
def test_check_says_what_the_design_says(action: Action) -> None:
    wrong = [
        (at, sorted(standing), check(action, situation(at), standing), oracle(action, at, standing))
        for at in everywhere()
        for standing in standings(at)
        if check(action, situation(at), standing) is not oracle(action, at, standing)
    ]
    assert not wrong


@pytest.mark.parametrize("state", State)
def test_possible_lists_what_check_allows_and_nothing_else(state: State) -> None:
    for at in everywhere():
        for standing in standings(at) if at.state is state else ():
            told = {action: oracle(action, at, standing) for action in Action}
            shown = {a: v for a, v in told.items() if v in (Verdict.ALLOWED, Verdict.ASK)}
            assert possible(situation(at), standing) == shown, (at, standing)


@pytest.mark.parametrize("action", Action)
def test_takes_means_that_somebody_may_make_it(action: Action) -> None:
    for at in everywhere():
        assert takes(action, situation(at)) is bool(may(MAKE, action, at)), at


@pytest.mark.parametrize("action", Action)
def test_whoever_may_make_a_move_is_never_told_to_ask(action: Action) -> None:
    """Over all that somebody can be at once: asking oneself and then accepting it decides nothing."""
    for at in everywhere():
        for standing in producible(at_root=at.at_root):
            alone = {check(action, situation(at), {who}) for who in standing}
            if Verdict.ALLOWED in alone:
                assert check(action, situation(at), standing) is Verdict.ALLOWED, (at, standing)


@pytest.mark.parametrize("action", Action)
def test_what_may_be_asked_for_can_be_made_by_somebody_else(action: Action) -> None:
    """A request that nobody could accept would lie in no one's Permintaan."""
    for at in everywhere():
        for standing in producible(at_root=at.at_root):
            if check(action, situation(at), standing) is Verdict.ASK:
                others = producible(at_root=at.at_root) - {standing}
                deciders = [s for s in others if check(action, situation(at), s) is Verdict.ALLOWED]
                assert deciders, (at, standing)


def test_no_standing_at_all_allows_nothing() -> None:
    for at in everywhere():
        assert possible(situation(at), ()) == {}


def test_the_standings_that_people_can_have() -> None:
    """What the cube rests on: at the root its officers are holder and delegator in one, below they are not."""
    at_root, below = producible(at_root=True), producible(at_root=False)
    assert not any(Who.CHAIN in standing for standing in at_root)
    assert all((Who.HOLDER in standing) == (Who.DELEGATOR in standing) for standing in at_root)
    assert all(Who.CHAIN in standing for standing in below if standing & {Who.DELEGATOR, Who.ROOT})
    for standing in at_root | below:
        # One hat: towards one's own report one is a citizen, and the jobs are nobody else.
        assert Who.REPORTER not in standing or standing <= {Who.REPORTER, Who.READER}
        assert Who.SYSTEM not in standing or standing == {Who.SYSTEM}
    assert frozenset(Who) == frozenset().union(*at_root, *below)
