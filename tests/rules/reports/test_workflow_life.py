"""Every life that a report can have: the table walked from the day of arrival, move after move.

A Life is all that later moves depend on. The walk knows nothing of the database: it shows that the
table alone keeps a report's state, hold, place and clock in step with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pytest

from app.rules.reports.workflow import (
    BY_ACTION,
    ENDED_STATES,
    LIMITS,
    OPEN_STATES,
    Action,
    Chain,
    Clock,
    Keep,
    Situation,
    State,
    Verdict,
    Who,
    check,
    outcome,
    takes,
)


@dataclass(frozen=True)
class Life:
    state: State = State.UNVERIFIED
    held: bool = False
    at_root: bool = True
    clock: Clock | None = Clock.VERIFICATION
    paused: bool = False
    unanswered: bool = False

    @property
    def situation(self) -> Situation:
        owed = self.clock is Clock.FOLLOW_UP
        return Situation(self.state, self.held, self.at_root, owed, self.unanswered)

    @property
    def running(self) -> Clock | None:
        return None if self.paused else self.clock


ARRIVAL = Life()
# Whether the root may hold the report after a move, by what the move does to the chain.
MAY_LIE: Mapping[Chain, Callable[[bool], set[bool]]] = {
    Chain.KEEPS: lambda at_root: {at_root},
    Chain.PUSHES: lambda _: {False},
    Chain.CUTS: lambda _: {True, False},
    Chain.POPS: lambda _: {True, False},
}


def happens(action: Action, life: Life) -> bool:
    """Whether `action` can be made now; what the system makes waits for its clock besides."""
    if BY_ACTION[action].makers == {Who.SYSTEM}:
        return life.running is not None and LIMITS[life.running].expires_into is action
    return takes(action, life.situation)


def after(action: Action, life: Life) -> Iterator[Life]:
    done = outcome(action, life.situation)
    clock, paused = life.clock, life.paused
    if isinstance(done.clock, Clock):
        clock, paused = done.clock, False
    elif done.clock is Keep.STOPS:
        clock, paused = None, False
    elif done.clock is not Keep.RUNS_ON:
        paused = clock is not None and done.clock is Keep.STANDS_STILL
    unanswered = {life.unanswered}
    if action is Action.REPLY:
        unanswered = {done.state is State.IN_PROGRESS}
    elif action is Action.FOLLOW_UP:
        unanswered = {False}
    elif action is Action.REOPEN:
        unanswered = {True, False}  # whether the reporter wrote last, before it was closed
    for at_root in MAY_LIE[BY_ACTION[action].chain](life.at_root):
        for wrote_last in unanswered:
            yield Life(done.state, done.held, at_root, clock, paused, wrote_last)


@lru_cache
def steps(life: Life) -> frozenset[tuple[Action, Life]]:
    return frozenset((a, then) for a in Action if happens(a, life) for then in after(a, life))


@lru_cache
def reachable(start: Life = ARRIVAL) -> frozenset[Life]:
    found, new = {start}, {start}
    while new:
        new = {then for life in new for _, then in steps(life)} - found
        found |= new
    return frozenset(found)


LIVES = sorted(reachable(), key=repr)


def test_every_state_is_reached_from_arrival() -> None:
    assert {life.state for life in LIVES} == set(State)
    assert {life.held for life in LIVES} == {True, False}
    assert {life.clock for life in LIVES} == {None, *Clock} - {Clock.TARGET}


def test_every_action_is_made_in_some_life() -> None:
    assert {action for life in LIVES for action, _ in steps(life)} == set(Action)


def test_no_state_is_a_trap() -> None:
    """From wherever a report is, a person (not only the system) can bring it to every state."""
    for life in LIVES:
        assert {then.state for then in reachable(life)} == set(State), life
        left = {a for a, then in steps(life) if then.state is not life.state and a is not Action.AUTO_CLOSE}
        assert left, life


@pytest.mark.parametrize("state", ENDED_STATES)
def test_what_has_ended_can_be_taken_up_again(state: State) -> None:
    for life in LIVES:
        if life.state is state:
            assert any(then.state in OPEN_STATES for _, then in steps(life)), life


def test_open_and_ended_are_all_states() -> None:
    assert {*OPEN_STATES, *ENDED_STATES} == set(State)
    assert not set(OPEN_STATES) & set(ENDED_STATES)


@pytest.mark.parametrize("clock", [clock for clock, limit in LIMITS.items() if limit.expires_into])
def test_the_system_can_always_make_the_move_of_a_clock_that_runs_out(clock: Clock) -> None:
    """Otherwise the job would fail on the same report every night."""
    action = LIMITS[clock].expires_into
    assert action is not None
    lives = [life for life in LIVES if life.running is clock]
    assert lives
    for life in lives:
        assert check(action, life.situation, {Who.SYSTEM}) is Verdict.ALLOWED, life
    assert {then.state for life in lives for a, then in steps(life) if a is action} <= set(ENDED_STATES)


CLOCK_OF = {
    State.UNVERIFIED: {Clock.VERIFICATION},
    State.INCOMPLETE: {Clock.DETAILS},
    State.WAITING: {Clock.FOLLOW_UP},
    State.IN_PROGRESS: {Clock.FOLLOW_UP, Clock.AUTO_CLOSE, None},
    State.CLOSED: {None},
    State.ARCHIVED: {None},
}


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_clock(state: State) -> None:
    assert {life.clock for life in LIVES if life.state is state} == CLOCK_OF[state]


def test_only_a_hold_or_an_unanswered_reply_leaves_an_open_report_without_a_clock() -> None:
    """Nothing lies about without a date: the manual's two waits are the only ones."""
    for life in LIVES:
        if life.state in OPEN_STATES and life.running is None:
            assert life.held or life.unanswered, life


def test_no_clock_runs_while_held_and_none_stands_still_otherwise() -> None:
    for life in LIVES:
        assert life.running is None if life.held else not life.paused, life


def test_only_what_is_in_progress_is_held() -> None:
    assert {life.state for life in LIVES if life.held} == {State.IN_PROGRESS}


def test_the_central_desks_states_lie_at_the_root() -> None:
    """Where the table says "unverified" it means: held by the root. No row has to say so twice."""
    for life in LIVES:
        if life.state in (State.UNVERIFIED, State.INCOMPLETE, State.ARCHIVED):
            assert life.at_root, life
            assert not life.held, life


def test_an_unanswered_reply_is_never_closed_by_the_system() -> None:
    for life in LIVES:
        if life.unanswered:
            assert Action.AUTO_CLOSE not in {action for action, _ in steps(life)}, life


def test_what_the_holder_owes_stays_owed_until_it_is_done_or_passed_on() -> None:
    """Neither the reporter's words nor a hold make a first follow-up disappear."""
    for life in LIVES:
        for action, then in steps(life):
            if life.clock is Clock.FOLLOW_UP and then.clock is not Clock.FOLLOW_UP:
                ended = then.state in ENDED_STATES
                assert ended or action in {Action.FOLLOW_UP, Action.ASK_DETAILS}, (life, action)


def test_a_hold_and_its_release_bring_back_what_was_owed() -> None:
    owed = Life(State.IN_PROGRESS, at_root=False, clock=Clock.FOLLOW_UP)
    assert owed in LIVES
    (held,) = after(Action.HOLD, owed)
    assert held == replace(owed, held=True, paused=True)
    assert list(after(Action.RELEASE, held)) == [owed]
