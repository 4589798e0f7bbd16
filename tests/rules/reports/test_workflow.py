"""The workflow table as an object: each cell against the design's table, and what holds for every row."""

from __future__ import annotations

from collections import Counter

import pytest

from app.rules.reports.workflow import (
    BY_ACTION,
    LIMITS,
    MET_BY,
    MOVES,
    REQUESTABLE,
    Action,
    Clock,
    Limit,
    Move,
    State,
    Who,
)
from tests.support.design import ROWS, Row


def people(whos: frozenset[Who], between: str = ", ") -> str:
    return between.join(who for who in Who if who in whos)


def in_words(move: Move) -> Row:
    where = {None: "", True: " at the root", False: " below the root"}
    more = {"held": move.holds, "requests void": move.voids_requests}
    return Row(
        sources=", ".join(
            source.state
            + where[source.at_root]
            + (" while owed" if source.owed else "")
            + (f" by {people(source.only, ' or ')}" if source.only else "")
            for source in move.sources
        ),
        held=move.while_held,
        to=move.to or "unchanged",
        who=people(move.makers),
        ask=people(move.askers),
        carries=", ".join(move.carries),
        clock=", ".join(what if when == "always" else f"{when}: {what}" for when, what in move.clock),
        chain=move.chain,
        more=", ".join(what for what, happens in more.items() if happens),
    )


each_move = pytest.mark.parametrize("move", MOVES, ids=lambda move: move.action)


def test_one_row_for_each_action() -> None:
    assert Counter(move.action for move in MOVES) == Counter(Action)
    assert set(ROWS) == set(Action)
    assert {move.action: move for move in MOVES} == BY_ACTION


@each_move
def test_every_cell_is_the_designs(move: Move) -> None:
    assert in_words(move)._asdict() == ROWS[move.action]._asdict()


def test_the_clocks_are_as_long_as_the_manual_says() -> None:
    assert {
        "verification": Limit(3, "working"),
        "details": Limit(30, "calendar", "archive"),
        "follow_up": Limit(5, "working"),
        "auto_close": Limit(10, "calendar", "auto_close"),
        "target": Limit(None, "working"),
    } == LIMITS


def test_what_meets_a_clock() -> None:
    assert {
        "verification": {"verify", "ask_details", "archive"},
        "details": {"complete"},
        "follow_up": {"follow_up"},
        "auto_close": set(),
        "target": {"close", "auto_close"},
    } == MET_BY


@each_move
def test_every_clock_that_a_move_starts_has_its_days(move: Move) -> None:
    """Completion targets have none here: they are data, and no move starts them."""
    started = [what for _, what in move.clock if isinstance(what, Clock)]
    assert all(LIMITS[clock].days for clock in started)


def test_every_clock_but_the_target_is_started_by_a_move() -> None:
    started = {what for move in MOVES for _, what in move.clock if isinstance(what, Clock)}
    assert started == set(Clock) - {Clock.TARGET}


@pytest.mark.parametrize("clock", [clock for clock, limit in LIMITS.items() if limit.expires_into])
def test_what_an_expired_clock_leads_to_is_the_systems_to_make(clock: Clock) -> None:
    action = LIMITS[clock].expires_into
    assert action is not None
    assert Who.SYSTEM in BY_ACTION[action].makers


def test_the_system_makes_nothing_but_what_a_clock_leads_to() -> None:
    made = {move.action for move in MOVES if Who.SYSTEM in move.makers}
    assert made == {limit.expires_into for limit in LIMITS.values() if limit.expires_into}


@each_move
def test_nobody_both_asks_for_a_move_and_makes_it(move: Move) -> None:
    assert not move.makers & move.askers


@each_move
def test_somebody_may_make_what_others_ask_for(move: Move) -> None:
    assert move.makers
    assert Who.SYSTEM not in move.askers


@each_move
def test_every_source_is_somebodys_and_stands_once(move: Move) -> None:
    assert len({source.state for source in move.sources}) == len(move.sources)
    assert all(source.only is None or source.only & move.makers for source in move.sources)


@each_move
def test_the_last_line_of_a_clock_column_always_holds(move: Move) -> None:
    """Otherwise outcome() would have no answer in some situation, or a line that is never read."""
    conditions = [when for when, _ in move.clock]
    assert conditions.index("always") == len(conditions) - 1
    assert len(set(conditions)) == len(conditions)


def test_requests_are_for_the_rows_that_somebody_asks_for() -> None:
    assert set(REQUESTABLE) == {Action(name) for name, row in ROWS.items() if row.ask}
    assert len(set(REQUESTABLE)) == len(REQUESTABLE)


def test_a_move_that_leaves_the_state_names_another() -> None:
    """`to` is None for a state that stays, so that a row says at a glance whether it moves anything."""
    for move in MOVES:
        assert move.to is None or any(source.state is not move.to for source in move.sources)
    assert {move.to for move in MOVES} == {None, *State}
