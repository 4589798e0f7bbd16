"""The life of a report, as one table.

MOVES has one row for each thing that can be done to a report: from which states, what happens to a
hold, who may make the move, who may only ask for it, what it must carry, where the report lies
afterwards and which clock then runs. LIMITS says how long each clock is. Nothing else in the
application decides any of this: services ask `check()`, pages ask `possible()`, and the
table of docs/workflow.md is printed from here.

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

from app.rules.labels import N_, Labelled


class State(Labelled):
    UNVERIFIED = "unverified", N_("Belum Terverifikasi")  # waits for the central desk to verify it
    INCOMPLETE = "incomplete", N_("Menunggu Kelengkapan")  # waits for the reporter to add what is missing
    WAITING = "waiting", N_("Terverifikasi")  # waits for the holder's first follow-up
    IN_PROGRESS = (
        "in_progress",
        N_("Ditindaklanjuti oleh Instansi"),
    )  # the holder has followed it up, or it was reopened
    CLOSED = "closed", N_("Ditutup")
    ARCHIVED = "archived", N_("Diarsipkan")


OPEN_STATES = (State.UNVERIFIED, State.INCOMPLETE, State.WAITING, State.IN_PROGRESS)
ENDED_STATES = (State.CLOSED, State.ARCHIVED)


class Action(Labelled):
    VERIFY = "verify", N_("Verifikasi & Disposisi")
    ASK_DETAILS = "ask_details", N_("Tunda")
    COMPLETE = "complete", N_("Lengkapi")
    ARCHIVE = "archive", N_("Arsipkan")
    RESTORE = "restore", N_("Buka Arsip")
    CORRECT = "correct", N_("Koreksi")
    FORWARD = "forward", N_("Teruskan")
    REDIRECT = "redirect", N_("Ubah Disposisi")
    FOLLOW_UP = "follow_up", N_("Tindak Lanjut")
    REPLY = "reply", N_("Tanggapan Pelapor")
    HAND_BACK = "hand_back", N_("Bukan Wewenang")
    HOLD = "hold", N_("Tahan Laporan")
    RELEASE = "release", N_("Lepas Tahan Laporan")
    EXTEND = "extend", N_("Perpanjangan Waktu")
    CLOSE = "close", N_("Tutup Laporan")
    AUTO_CLOSE = "auto_close", N_("Tutup otomatis")
    REOPEN = "reopen", N_("Buka Laporan")
    COMMENT = "comment", N_("Komentar")


class Who(Labelled):
    ROOT = "root", N_("Admin Pusat")  # an officer of the root agency
    HOLDER = "holder", N_("Instansi pemegang laporan")  # an officer of the agency that holds the report
    DELEGATOR = "delegator", N_("Instansi pendelegasi")  # an officer of the agency that gave it to the holder
    CHAIN = (
        "chain",
        N_("Instansi di atas pemegang dalam rantai disposisi"),
    )  # an officer of any agency in the chain above the holder
    REPORTER = "reporter", N_("Pelapor")  # who sent the report
    RECORDER = (
        "recorder",
        N_("Instansi yang mencatat laporan"),
    )  # an officer of the agency that typed it in for the reporter
    READER = "reader", N_("Siapa pun yang dapat membaca laporan")  # whoever sees the report
    SYSTEM = "system", N_("Sistem")  # the jobs


class WhileHeld(Labelled):
    """Whether a held report takes the move, and what becomes of the hold."""

    NEVER = "never", N_("tidak")
    KEEPS = "keeps", N_("ya, tetap ditahan")
    ENDS = "ends", N_("ya, penahanan berakhir")
    ONLY = "only", N_("hanya bila ditahan")  # the move is for held reports alone, and ends the hold


class Chain(Labelled):
    """What the move does to the stack of holders."""

    KEEPS = "keeps", N_("tetap")
    PUSHES = "pushes", N_("ke unit di bawah pemegang")  # on to a unit below the holder
    CUTS = (
        "cuts",
        N_("kembali ke pengubah, lalu ke instansi pilihannya"),
    )  # back to the mover's own place, then on to the agency that it picks, if another
    POPS = (
        "pops",
        N_("kembali ke pendelegasi, lalu ke instansi pilihannya"),
    )  # back to the delegator, then on to the agency that it picks, if another


class Clock(Labelled):
    VERIFICATION = "verification", N_("Verifikasi")  # the central desk verifies
    DETAILS = "details", N_("Kelengkapan dari pelapor")  # the reporter completes
    FOLLOW_UP = "follow_up", N_("Tindak lanjut pertama")  # the holder's first follow-up
    AUTO_CLOSE = "auto_close", N_("Penutupan otomatis")  # nobody answered the last follow-up
    TARGET = "target", N_("Target penyelesaian")  # the whole case, by its classification


class DayKind(Labelled):
    WORKING = "working", N_("hari kerja")
    CALENDAR = "calendar", N_("hari")


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


class Keep(Labelled):
    """What a move does to the running clock when it starts none."""

    RUNS_ON = "runs_on", N_("berjalan terus")
    STANDS_STILL = "stands_still", N_("dihentikan sementara")  # paused: a hold
    GOES_ON = "goes_on", N_("dilanjutkan")  # the paused one goes on, later by the pause
    LENGTHENS = "lengthens", N_("diperpanjang")  # it runs on, longer by the days that the move carries
    STOPS = "stops", N_("tidak ada")


class When(Labelled):
    """The condition of one line of a move's clock column, looked at before the move."""

    ALWAYS = "always", N_("selalu")
    FROM_WAITING = "from_waiting", N_("belum ditindaklanjuti")
    WHILE_HELD = "while_held", N_("selama ditahan")
    FOLLOW_UP_OWED = (
        "follow_up_owed",
        N_("tindak lanjut pertama masih ditunggu"),
    )  # the holder's first follow-up is still due
    REPLY_UNANSWERED = "reply_unanswered", N_("tanggapan pelapor belum dijawab")  # the reporter wrote last


class Carry(Labelled):
    """What a move cannot be made or asked for without."""

    TITLE = "title", N_("judul")
    AGENCY = "agency", N_("instansi")
    CATEGORY = "category", N_("kategori")
    CLASSIFICATION = "classification", N_("klasifikasi")
    TEXT = "text", N_("teks")
    TEXT_OR_FILE = "text_or_file", N_("teks atau lampiran")
    REASON = "reason", N_("alasan")
    REASON_CODE = "reason_code", N_("kode alasan")
    SUGGESTION = "suggestion", N_("saran instansi")
    DAYS = "days", N_("jumlah hari")
    CHANGES = "changes", N_("perubahan")


@dataclass(frozen=True)
class From:
    """A state that a move starts from; `only` narrows it to some of those who may make the move."""

    state: State
    at_root: bool | None = None  # True: only while the root holds it; False: only below the root
    only: frozenset[Who] | None = None
    owed: bool = False  # True: only while the holder's first follow-up is still due


@dataclass(frozen=True)
class Move:
    action: Action
    sources: tuple[From, ...]
    while_held: WhileHeld
    to: State | None  # None: the state stays what it is
    makers: frozenset[Who]
    askers: frozenset[Who]
    carries: tuple[Carry, ...]
    clock: tuple[tuple[When, Clock | Keep], ...]  # the first line whose condition holds
    chain: Chain = Chain.KEEPS
    holds: bool = False  # the report is held afterwards
    voids_requests: bool = False  # open requests become void

    def from_state(self, state: State) -> tuple[From, ...]:
        return tuple(source for source in self.sources if source.state is state)


def _from(*states: State, at_root: bool | None = None) -> tuple[From, ...]:
    return tuple(From(state, at_root) for state in states)


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
            From(State.UNVERIFIED, only=frozenset({Who.ROOT, Who.REPORTER})),
            From(State.INCOMPLETE),
            From(State.WAITING, at_root=True, only=frozenset({Who.ROOT, Who.REPORTER})),
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
        Action.EXTEND,
        # Below the root alone: nobody grants time to themselves. While held, the clock stands still anyway.
        sources=(
            From(State.WAITING, at_root=False, owed=True),
            From(State.IN_PROGRESS, at_root=False, owed=True),
        ),
        while_held=WhileHeld.NEVER,
        to=None,
        makers=_MAKES({Who.DELEGATOR}),
        askers=_MAKES({Who.HOLDER}),
        carries=(Carry.REASON, Carry.DAYS),
        clock=_clock(Keep.LENGTHENS),
    ),
    Move(
        Action.CLOSE,
        sources=(
            From(State.IN_PROGRESS),
            From(State.WAITING, only=frozenset({Who.REPORTER})),
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
        if source.owed and not situation.follow_up_owed:
            continue
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
