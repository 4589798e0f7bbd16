"""The life of a report, as one table.

MOVES has one row for each thing that can be done to a report: from which states, what happens to a
hold, who may make the move, who may only ask for it, what it must carry, where the report lies
afterwards and which clock then runs. LIMITS says how long each clock is. Nothing else in the
application decides any of this: services ask `check()`, pages ask `possible()`, and the README's
table is printed from here.

*Who* is a standing towards one report (app/access/standing.py), not a role. Holders form a stack,
the chain of dispositions: the root agency at the bottom, the present holder on top; *the delegator*
is the agency below the top, the one that gave the report away. While the root itself holds the
report there is no delegator, and the root's officers stand in for one.

Source: the manual, sections 3.2 to 3.4 and 6.3 to 6.7; the working rules of LAPOR!'s central desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class State(StrEnum):
    UNVERIFIED = "unverified"  # waits for the central desk to verify it
    INCOMPLETE = "incomplete"  # waits for the reporter to add what is missing
    WAITING = "waiting"  # waits for the holder's first follow-up
    IN_PROGRESS = "in_progress"  # the holder has followed it up, or it was reopened
    CLOSED = "closed"
    ARCHIVED = "archived"


OPEN_STATES = (State.UNVERIFIED, State.INCOMPLETE, State.WAITING, State.IN_PROGRESS)
ENDED_STATES = (State.CLOSED, State.ARCHIVED)


class Action(StrEnum):
    VERIFY = "verify"
    ASK_DETAILS = "ask_details"
    COMPLETE = "complete"
    ARCHIVE = "archive"
    RESTORE = "restore"
    CORRECT = "correct"
    FORWARD = "forward"
    REDIRECT = "redirect"
    FOLLOW_UP = "follow_up"
    REPLY = "reply"
    HAND_BACK = "hand_back"
    HOLD = "hold"
    RELEASE = "release"
    CLOSE = "close"
    AUTO_CLOSE = "auto_close"
    REOPEN = "reopen"
    COMMENT = "comment"


class Who(StrEnum):
    ROOT = "root"  # an officer of the root agency
    HOLDER = "holder"  # an officer of the agency that holds the report
    DELEGATOR = "delegator"  # an officer of the agency that gave it to the holder
    CHAIN = "chain"  # an officer of any agency in the chain above the holder
    REPORTER = "reporter"  # who sent the report
    RECORDER = "recorder"  # an officer of the agency that typed it in for the reporter
    READER = "reader"  # whoever sees the report
    SYSTEM = "system"  # the jobs


class WhileHeld(StrEnum):
    """Whether a held report takes the move, and what becomes of the hold."""

    NEVER = "never"
    KEEPS = "keeps"
    ENDS = "ends"
    ONLY = "only"  # the move is for held reports alone, and ends the hold


class Chain(StrEnum):
    """What the move does to the stack of holders."""

    KEEPS = "keeps"
    PUSHES = "pushes"  # on to a unit below the holder
    CUTS = "cuts"  # back to the mover's own place, then on to the agency that it picks, if another
    POPS = "pops"  # back to the delegator, then on to the agency that it picks, if another


class Clock(StrEnum):
    VERIFICATION = "verification"  # the central desk verifies
    DETAILS = "details"  # the reporter completes
    FOLLOW_UP = "follow_up"  # the holder's first follow-up
    AUTO_CLOSE = "auto_close"  # nobody answered the last follow-up
    TARGET = "target"  # the whole case, by its classification


class DayKind(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Limit:
    """How long a clock runs, in days of `kind`, and what the system does when it runs out.

    `days` is None where central admins keep the number as data (completion targets by
    classification). A clock without `expires_into` only makes the report late.
    """

    days: int | None
    kind: DayKind
    expires_into: Action | None = None


LIMITS: Mapping[Clock, Limit] = {
    Clock.VERIFICATION: Limit(3, DayKind.WORKING),
    Clock.DETAILS: Limit(30, DayKind.CALENDAR, expires_into=Action.ARCHIVE),
    Clock.FOLLOW_UP: Limit(5, DayKind.WORKING),
    Clock.AUTO_CLOSE: Limit(10, DayKind.CALENDAR, expires_into=Action.AUTO_CLOSE),
    Clock.TARGET: Limit(None, DayKind.WORKING),
}

# What a clock waits for: these moves meet it. Any other move that ends it only stops it.
MET_BY: Mapping[Clock, frozenset[Action]] = {
    Clock.VERIFICATION: frozenset({Action.VERIFY, Action.ASK_DETAILS, Action.ARCHIVE}),
    Clock.DETAILS: frozenset({Action.COMPLETE}),
    Clock.FOLLOW_UP: frozenset({Action.FOLLOW_UP}),
    Clock.AUTO_CLOSE: frozenset(),
    Clock.TARGET: frozenset({Action.CLOSE, Action.AUTO_CLOSE}),
}


class Keep(StrEnum):
    """What a move does to the running clock when it starts none."""

    RUNS_ON = "runs_on"
    STANDS_STILL = "stands_still"  # paused: a hold
    GOES_ON = "goes_on"  # the paused one goes on, later by the pause
    STOPS = "stops"


class When(StrEnum):
    """The condition of one line of a move's clock column, looked at before the move."""

    ALWAYS = "always"
    FROM_WAITING = "from_waiting"
    WHILE_HELD = "while_held"
    FOLLOW_UP_OWED = "follow_up_owed"  # the holder's first follow-up is still due
    REPLY_UNANSWERED = "reply_unanswered"  # the reporter wrote last


class Carry(StrEnum):
    """What a move cannot be made or asked for without."""

    TITLE = "title"
    AGENCY = "agency"
    CATEGORY = "category"
    CLASSIFICATION = "classification"
    TEXT = "text"
    TEXT_OR_FILE = "text_or_file"
    REASON = "reason"
    REASON_CODE = "reason_code"
    SUGGESTION = "suggestion"
    CHANGES = "changes"


@dataclass(frozen=True)
class Source:
    """A state that a move starts from; `only` narrows it to some of those who may make the move."""

    state: State
    at_root: bool | None = None  # True: only while the root holds it; False: only below the root
    only: frozenset[Who] | None = None


@dataclass(frozen=True)
class Move:
    action: Action
    sources: tuple[Source, ...]
    while_held: WhileHeld
    to: State | None  # None: the state stays what it is
    makers: frozenset[Who]
    askers: frozenset[Who]
    carries: tuple[Carry, ...]
    clock: tuple[tuple[When, Clock | Keep], ...]  # the first line whose condition holds
    chain: Chain = Chain.KEEPS
    holds: bool = False  # the report is held afterwards
    voids_requests: bool = False  # open requests become void

    def from_state(self, state: State) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.state is state)


def _from(*states: State, at_root: bool | None = None) -> tuple[Source, ...]:
    return tuple(Source(state, at_root) for state in states)


def _clock(always: Clock | Keep, **conditions: Clock | Keep) -> tuple[tuple[When, Clock | Keep], ...]:
    return (*((When(when), what) for when, what in conditions.items()), (When.ALWAYS, always))


NOBODY: frozenset[Who] = frozenset()
_MAKES = frozenset

MOVES: tuple[Move, ...] = (
    Move(
        Action.VERIFY,
        sources=_from(State.UNVERIFIED),
        while_held=WhileHeld.NEVER,
        to=State.WAITING,
        makers=_MAKES({Who.ROOT}),
        askers=NOBODY,
        carries=(Carry.TITLE, Carry.AGENCY, Carry.CATEGORY, Carry.CLASSIFICATION),
        clock=_clock(Clock.FOLLOW_UP),
        chain=Chain.CUTS,
    ),
    Move(
        Action.ASK_DETAILS,
        sources=(*_from(State.UNVERIFIED), *_from(State.WAITING, at_root=True)),
        while_held=WhileHeld.NEVER,
        to=State.INCOMPLETE,
        makers=_MAKES({Who.ROOT}),
        askers=NOBODY,
        carries=(Carry.TEXT,),
        clock=_clock(Clock.DETAILS),
    ),
    Move(
        Action.COMPLETE,
        sources=_from(State.INCOMPLETE),
        while_held=WhileHeld.NEVER,
        to=State.UNVERIFIED,
        makers=_MAKES({Who.REPORTER, Who.RECORDER}),
        askers=NOBODY,
        carries=(Carry.TEXT_OR_FILE,),
        clock=_clock(Clock.VERIFICATION),
    ),
    Move(
        Action.ARCHIVE,
        sources=(
            # The system archives only what the reporter left incomplete past the details clock.
            Source(State.UNVERIFIED, only=frozenset({Who.ROOT, Who.REPORTER})),
            Source(State.INCOMPLETE),
            Source(State.WAITING, at_root=True, only=frozenset({Who.ROOT, Who.REPORTER})),
        ),
        while_held=WhileHeld.NEVER,
        to=State.ARCHIVED,
        makers=_MAKES({Who.ROOT, Who.REPORTER, Who.SYSTEM}),
        askers=NOBODY,
        carries=(Carry.REASON_CODE, Carry.TEXT),
        clock=_clock(Keep.STOPS),
        voids_requests=True,
    ),
    Move(
        Action.RESTORE,
        sources=_from(State.ARCHIVED),
        while_held=WhileHeld.NEVER,
        to=State.UNVERIFIED,
        makers=_MAKES({Who.ROOT}),
        askers=_MAKES({Who.REPORTER, Who.RECORDER}),
        carries=(Carry.REASON,),
        clock=_clock(Clock.VERIFICATION),
    ),
    Move(
        Action.CORRECT,
        sources=_from(*OPEN_STATES, State.CLOSED),
        while_held=WhileHeld.KEEPS,
        to=None,
        makers=_MAKES({Who.ROOT, Who.DELEGATOR}),
        askers=NOBODY,
        carries=(Carry.CHANGES,),
        clock=_clock(Keep.RUNS_ON),
    ),
    Move(
        Action.FORWARD,
        sources=_from(State.WAITING, State.IN_PROGRESS),
        while_held=WhileHeld.ENDS,
        to=State.WAITING,
        makers=_MAKES({Who.HOLDER}),
        askers=NOBODY,
        carries=(Carry.AGENCY,),
        clock=_clock(Clock.FOLLOW_UP, from_waiting=Keep.RUNS_ON),
        chain=Chain.PUSHES,
        voids_requests=True,
    ),
    Move(
        Action.REDIRECT,
        sources=_from(State.WAITING, State.IN_PROGRESS, at_root=False),
        while_held=WhileHeld.ENDS,
        to=State.WAITING,
        makers=_MAKES({Who.CHAIN}),
        askers=NOBODY,
        carries=(Carry.AGENCY,),
        clock=_clock(Clock.FOLLOW_UP),
        chain=Chain.CUTS,
        voids_requests=True,
    ),
    Move(
        Action.FOLLOW_UP,
        sources=_from(State.WAITING, State.IN_PROGRESS),
        while_held=WhileHeld.KEEPS,
        to=State.IN_PROGRESS,
        makers=_MAKES({Who.HOLDER}),
        askers=NOBODY,
        carries=(Carry.TEXT,),
        clock=_clock(Clock.AUTO_CLOSE, while_held=Keep.STOPS),
    ),
    Move(
        Action.REPLY,
        sources=_from(State.WAITING, State.IN_PROGRESS),
        while_held=WhileHeld.KEEPS,
        to=None,
        makers=_MAKES({Who.REPORTER, Who.RECORDER}),
        askers=NOBODY,
        carries=(Carry.TEXT_OR_FILE,),
        # A first follow-up that is due, at the start or after reopening, stays due.
        clock=_clock(Keep.STOPS, follow_up_owed=Keep.RUNS_ON),
    ),
    Move(
        Action.HAND_BACK,
        sources=_from(State.WAITING, State.IN_PROGRESS, at_root=False),
        while_held=WhileHeld.ENDS,
        to=State.WAITING,
        makers=_MAKES({Who.DELEGATOR}),
        askers=_MAKES({Who.HOLDER}),
        carries=(Carry.SUGGESTION,),
        clock=_clock(Clock.FOLLOW_UP),
        chain=Chain.POPS,
        voids_requests=True,
    ),
    Move(
        Action.HOLD,
        sources=_from(State.IN_PROGRESS),
        while_held=WhileHeld.NEVER,
        to=None,
        makers=_MAKES({Who.DELEGATOR}),
        askers=_MAKES({Who.HOLDER}),
        carries=(Carry.REASON,),
        clock=_clock(Keep.STANDS_STILL),
        holds=True,
    ),
    Move(
        Action.RELEASE,
        sources=_from(State.IN_PROGRESS),
        while_held=WhileHeld.ONLY,
        to=None,
        makers=_MAKES({Who.DELEGATOR}),
        askers=_MAKES({Who.HOLDER}),
        carries=(Carry.REASON,),
        # A report that was reopened and then held still owes its follow-up.
        clock=_clock(Clock.AUTO_CLOSE, follow_up_owed=Keep.GOES_ON, reply_unanswered=Keep.STOPS),
    ),
    Move(
        Action.CLOSE,
        sources=(
            Source(State.IN_PROGRESS),
            Source(State.WAITING, only=frozenset({Who.REPORTER})),
        ),
        while_held=WhileHeld.ENDS,
        to=State.CLOSED,
        makers=_MAKES({Who.DELEGATOR, Who.REPORTER}),
        askers=_MAKES({Who.HOLDER}),
        carries=(Carry.REASON,),
        clock=_clock(Keep.STOPS),
        voids_requests=True,
    ),
    Move(
        Action.AUTO_CLOSE,
        sources=_from(State.IN_PROGRESS),
        while_held=WhileHeld.NEVER,
        to=State.CLOSED,
        makers=_MAKES({Who.SYSTEM}),
        askers=NOBODY,
        carries=(),
        clock=_clock(Keep.STOPS),
        voids_requests=True,
    ),
    Move(
        Action.REOPEN,
        sources=_from(State.CLOSED),
        while_held=WhileHeld.NEVER,
        to=State.IN_PROGRESS,
        makers=_MAKES({Who.DELEGATOR}),
        askers=_MAKES({Who.HOLDER, Who.REPORTER, Who.RECORDER}),
        carries=(Carry.REASON,),
        clock=_clock(Clock.FOLLOW_UP),
    ),
    Move(
        Action.COMMENT,
        sources=_from(*OPEN_STATES, State.CLOSED),
        while_held=WhileHeld.KEEPS,
        to=None,
        makers=_MAKES({Who.READER}),
        askers=NOBODY,
        carries=(Carry.TEXT,),
        clock=_clock(Keep.RUNS_ON),
    ),
)

BY_ACTION: Mapping[Action, Move] = {move.action: move for move in MOVES}

# A request names a move that some may only ask for; at most one open request of a kind per report.
REQUESTABLE: tuple[Action, ...] = tuple(move.action for move in MOVES if move.askers)


@dataclass(frozen=True)
class Situation:
    """All that the rules look at in a report. `at_root`: the root agency itself holds it."""

    state: State
    held: bool = False
    at_root: bool = False
    follow_up_owed: bool = False
    reply_unanswered: bool = False


class Verdict(StrEnum):
    ALLOWED = "allowed"
    NOT_FROM_HERE = "not_from_here"  # the report's state does not take the move, for anybody
    NOT_YOURS = "not_yours"  # it does, but not from this standing
    ASK = "ask"  # it does, and this standing may ask for it


@dataclass(frozen=True)
class Outcome:
    """What a report is after a move. `clock`: a clock that starts now, or what the running one does."""

    state: State
    held: bool
    clock: Clock | Keep


def _takes(move: Move, situation: Situation, whos: frozenset[Who]) -> frozenset[Who]:
    """Those of `whos` for whom `move` can start from `situation`."""
    if situation.held and move.while_held is WhileHeld.NEVER:
        return NOBODY
    if not situation.held and move.while_held is WhileHeld.ONLY:
        return NOBODY
    found: set[Who] = set()
    for source in move.from_state(situation.state):
        if source.at_root is None or source.at_root == situation.at_root:
            found |= whos if source.only is None else whos & source.only
    return frozenset(found)


def takes(action: Action, situation: Situation) -> bool:
    """Whether anybody at all may make `action` from `situation`."""
    move = BY_ACTION[action]
    return bool(_takes(move, situation, move.makers))


def check(action: Action, situation: Situation, standing: Iterable[Who]) -> Verdict:
    """Whether somebody with `standing` may make `action` now, may ask for it, or neither."""
    move, mine = BY_ACTION[action], frozenset(standing)
    makers, askers = _takes(move, situation, move.makers), _takes(move, situation, move.askers)
    if makers & mine:
        return Verdict.ALLOWED
    if askers & mine:
        return Verdict.ASK
    return Verdict.NOT_YOURS if makers else Verdict.NOT_FROM_HERE


def possible(situation: Situation, standing: Iterable[Who]) -> Mapping[Action, Verdict]:
    """Every action that somebody with `standing` may make (ALLOWED) or ask for (ASK) now."""
    return _possible(situation, frozenset(standing))


@lru_cache(maxsize=4_096)
def _possible(situation: Situation, mine: frozenset[Who]) -> Mapping[Action, Verdict]:
    """Kept: a list asks for few situations many times, and the table does not change."""
    verdicts = {move.action: check(move.action, situation, mine) for move in MOVES}
    return MappingProxyType({a: v for a, v in verdicts.items() if v in (Verdict.ALLOWED, Verdict.ASK)})


def outcome(action: Action, situation: Situation) -> Outcome:
    """What the report is after `action`; the caller has checked that it may be made."""
    move = BY_ACTION[action]
    holds = {
        When.ALWAYS: True,
        When.FROM_WAITING: situation.state is State.WAITING,
        When.WHILE_HELD: situation.held,
        When.FOLLOW_UP_OWED: situation.follow_up_owed,
        When.REPLY_UNANSWERED: situation.reply_unanswered,
    }
    return Outcome(
        state=situation.state if move.to is None else move.to,
        held=move.holds or (situation.held and move.while_held is WhileHeld.KEEPS),
        clock=next(what for when, what in move.clock if holds[when]),
    )
