"""What a report is after each move: its state, its hold and its clock, for each line of the clock column."""

from __future__ import annotations

from itertools import product

import pytest

from app.rules.reports.workflow import (
    MOVES,
    Action,
    Clock,
    Keep,
    Move,
    Outcome,
    Situation,
    State,
    When,
    outcome,
)

WAITING, IN_PROGRESS = State.WAITING, State.IN_PROGRESS
# At the first follow-up's turn: dispatched, or reopened.
DISPATCHED = Situation(WAITING, follow_up_owed=True)
REOPENED = Situation(IN_PROGRESS, follow_up_owed=True)
FOLLOWED_UP = Situation(IN_PROGRESS)
HELD = Situation(IN_PROGRESS, held=True)
HELD_OWING = Situation(IN_PROGRESS, held=True, follow_up_owed=True)
REPLIED = Situation(IN_PROGRESS, reply_unanswered=True)
HELD_REPLIED = Situation(IN_PROGRESS, held=True, reply_unanswered=True)
HELD_OWING_REPLIED = Situation(IN_PROGRESS, held=True, follow_up_owed=True, reply_unanswered=True)
NEW, INCOMPLETE = Situation(State.UNVERIFIED, at_root=True), Situation(State.INCOMPLETE, at_root=True)
CLOSED, ARCHIVED = Situation(State.CLOSED), Situation(State.ARCHIVED, at_root=True)

# action, before, then: state, held, clock.
CASES: tuple[tuple[str, Situation, State, bool, Clock | Keep], ...] = (
    ("verify", NEW, WAITING, False, Clock.FOLLOW_UP),
    ("ask_details", NEW, State.INCOMPLETE, False, Clock.DETAILS),
    ("ask_details", DISPATCHED, State.INCOMPLETE, False, Clock.DETAILS),
    ("complete", INCOMPLETE, State.UNVERIFIED, False, Clock.VERIFICATION),
    ("archive", INCOMPLETE, State.ARCHIVED, False, Keep.STOPS),
    ("restore", ARCHIVED, State.UNVERIFIED, False, Clock.VERIFICATION),
    ("correct", NEW, State.UNVERIFIED, False, Keep.RUNS_ON),
    ("correct", HELD, IN_PROGRESS, True, Keep.RUNS_ON),
    ("correct", CLOSED, State.CLOSED, False, Keep.RUNS_ON),
    # Passed on before anybody answered: the five days do not begin again with each unit.
    ("forward", DISPATCHED, WAITING, False, Keep.RUNS_ON),
    ("forward", FOLLOWED_UP, WAITING, False, Clock.FOLLOW_UP),
    ("forward", HELD, WAITING, False, Clock.FOLLOW_UP),
    ("forward", REPLIED, WAITING, False, Clock.FOLLOW_UP),
    ("redirect", DISPATCHED, WAITING, False, Clock.FOLLOW_UP),
    ("redirect", HELD, WAITING, False, Clock.FOLLOW_UP),
    ("follow_up", DISPATCHED, IN_PROGRESS, False, Clock.AUTO_CLOSE),
    ("follow_up", REPLIED, IN_PROGRESS, False, Clock.AUTO_CLOSE),
    ("follow_up", HELD, IN_PROGRESS, True, Keep.STOPS),
    ("follow_up", HELD_OWING, IN_PROGRESS, True, Keep.STOPS),
    ("reply", DISPATCHED, WAITING, False, Keep.RUNS_ON),
    ("reply", REOPENED, IN_PROGRESS, False, Keep.RUNS_ON),
    ("reply", FOLLOWED_UP, IN_PROGRESS, False, Keep.STOPS),
    ("reply", HELD, IN_PROGRESS, True, Keep.STOPS),
    ("reply", HELD_OWING, IN_PROGRESS, True, Keep.RUNS_ON),
    ("hand_back", DISPATCHED, WAITING, False, Clock.FOLLOW_UP),
    ("hand_back", HELD, WAITING, False, Clock.FOLLOW_UP),
    ("hold", FOLLOWED_UP, IN_PROGRESS, True, Keep.STANDS_STILL),
    ("hold", REOPENED, IN_PROGRESS, True, Keep.STANDS_STILL),
    ("release", HELD, IN_PROGRESS, False, Clock.AUTO_CLOSE),
    ("release", HELD_REPLIED, IN_PROGRESS, False, Keep.STOPS),
    ("release", HELD_OWING, IN_PROGRESS, False, Keep.GOES_ON),
    ("release", HELD_OWING_REPLIED, IN_PROGRESS, False, Keep.GOES_ON),
    ("extend", DISPATCHED, WAITING, False, Keep.LENGTHENS),
    ("extend", REOPENED, IN_PROGRESS, False, Keep.LENGTHENS),
    ("close", DISPATCHED, State.CLOSED, False, Keep.STOPS),
    ("close", HELD, State.CLOSED, False, Keep.STOPS),
    ("auto_close", FOLLOWED_UP, State.CLOSED, False, Keep.STOPS),
    ("reopen", CLOSED, IN_PROGRESS, False, Clock.FOLLOW_UP),
    ("comment", DISPATCHED, WAITING, False, Keep.RUNS_ON),
    ("comment", HELD, IN_PROGRESS, True, Keep.RUNS_ON),
)


@pytest.mark.parametrize(("name", "before", "state", "held", "clock"), CASES)
def test_outcome(name: str, before: Situation, state: State, held: bool, clock: Clock | Keep) -> None:
    assert outcome(Action(name), before) == Outcome(state, held, clock)


def _line(move: Move, before: Situation) -> When:
    """The condition under which `outcome` answered, found from the answer and the situation alone."""
    told = {
        When.FROM_WAITING: before.state is WAITING,
        When.WHILE_HELD: before.held,
        When.FOLLOW_UP_OWED: before.follow_up_owed,
        When.REPLY_UNANSWERED: before.reply_unanswered,
    }
    return next((when for when, _ in move.clock if told.get(when)), When.ALWAYS)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)
def test_every_line_of_the_clock_column_has_a_case(move: Move) -> None:
    seen = {_line(move, before) for name, before, *_ in CASES if name == move.action}
    missing = [when for when, _ in move.clock if when not in seen]
    assert not missing, f"add a case for {move.action} {missing} to CASES"


@pytest.mark.parametrize("action", Action)
def test_there_is_an_outcome_everywhere(action: Action) -> None:
    """Who holds the report makes no difference to what it is afterwards, and nothing but a hold holds it."""
    for state, held, at_root, owed, unanswered in product(State, *[(False, True)] * 4):
        done = outcome(action, Situation(state, held, at_root, owed, unanswered))
        assert done == outcome(action, Situation(state, held, not at_root, owed, unanswered))
        if done.held and not held:
            assert action is Action.HOLD
