"""The workflow table in words, for docs/workflow.md: printed from MOVES, so that the page cannot lie.

`python -m app.rules.reports.printed_workflow` writes it anew between the page's two markers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from app.rules.reports import workflow as w

PAGE = Path(__file__).parents[3] / "docs" / "workflow.md"
BEGIN, END = "<!-- workflow:begin -->", "<!-- workflow:end -->"
NOTHING = "–"
COLUMNS = (
    "action (UI)",
    "from",
    "while held",
    "to",
    "who may make it",
    "who may only ask for it",
    "must carry",
    "chain",
    "clock afterwards",
)

WHO: Mapping[w.Who, str] = {
    w.Who.ROOT: "officers of the root agency, Admin Pusat",
    w.Who.HOLDER: "officers of the agency that holds the report",
    w.Who.DELEGATOR: "officers of the agency that gave it to the holder; the root's own while the root holds it",
    w.Who.CHAIN: "officers of any agency in the chain above the holder",
    w.Who.REPORTER: "who sent the report",
    w.Who.RECORDER: "officers of the agency that typed it in for the reporter",
    w.Who.READER: "whoever sees the report",
    w.Who.SYSTEM: "the jobs, when a clock has run out",
}

# English for codes whose own text does not say enough; by their kind first, as in LABELS.
WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    w.WhileHeld: {
        w.WhileHeld.NEVER: "no",
        w.WhileHeld.KEEPS: "yes, stays held",
        w.WhileHeld.ENDS: "yes, ends the hold",
        w.WhileHeld.ONLY: "only then, ends the hold",
    },
    w.Chain: {
        w.Chain.KEEPS: "unchanged",
        w.Chain.PUSHES: "on to a unit below the holder",
        w.Chain.CUTS: "back to the mover, then to the agency picked",
        w.Chain.POPS: "back to the delegator, then to the agency picked",
    },
    w.Clock: {
        w.Clock.DETAILS: "completion",
        w.Clock.FOLLOW_UP: "first follow-up",
        w.Clock.AUTO_CLOSE: "auto-close",
    },
    w.Keep: {
        w.Keep.GOES_ON: "goes on, later by the pause",
        w.Keep.LENGTHENS: "runs on, later by the days carried",
        w.Keep.STOPS: "none",
    },
    w.When: {
        w.When.FOLLOW_UP_OWED: "while a first follow-up is owed",
        w.When.REPLY_UNANSWERED: "while a reply is unanswered",
    },
    w.Carry: {
        w.Carry.TEXT_OR_FILE: "text or file",
        w.Carry.SUGGESTION: "suggested agency",
        w.Carry.CHANGES: "what changes",
    },
    w.DayKind: {
        w.DayKind.WORKING: "working days",
        w.DayKind.CALENDAR: "days",
    },
}


def workflow_table() -> str:
    """MOVES as a Markdown table in English, each action with its Indonesian word on the screen."""
    rows = [COLUMNS, ["---"] * len(COLUMNS), *(_cells(move) for move in w.MOVES)]
    voiding = _listed(_word(move.action) for move in w.MOVES if move.voids_requests)
    return "\n".join(
        [
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
            f"Open requests become void with: {voiding}.",
            "Every move voids the requests whose own move does not start from there any more: a first follow-up,",
            "or a hold, the one for more time.",
            "",
            "An extension moves the deadline itself, by working days of the holder: a first follow-up by the later",
            "day is in time, in the statistics too. It may be asked for and granted again, and after the deadline.",
            "",
            *(f"- *{_word(who)}*: {WHO[who]}" for who in w.Who),
        ]
    )


def refreshed(page: str) -> str:
    """`page` with the table of now between its markers. Raises ValueError where they are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the page needs the lines {BEGIN} and {END}, once each and in this order")
    return f"{before}{begin}\n{workflow_table()}\n{end}{after}"


def main(page: Path = PAGE) -> None:
    """Write the page's table anew, in place."""
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def _cells(move: w.Move) -> Sequence[str]:
    to = "unchanged" if move.to is None else _word(move.to)
    return (
        f"{_word(move.action)} ({move.action.label})",
        "; ".join(_source(source) for source in move.sources),
        _word(move.while_held),
        f"{to}, held" if move.holds else to,
        _whos(move.makers),
        _whos(move.askers),
        _listed(_word(what) for what in move.carries),
        _word(move.chain),
        _clocks(move.clock),
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or NOTHING


def _word(code: StrEnum) -> str:
    return WORDS.get(type(code), {}).get(code) or code.value.replace("_", " ")


def _whos(whos: frozenset[w.Who]) -> str:
    return _listed(_word(who) for who in w.Who if who in whos)


def _source(source: w.From) -> str:
    where = {None: "", True: " at the root", False: " below the root"}[source.at_root]
    only = "" if source.only is None else f" (only {_whos(source.only)})"
    owed = " while a first follow-up is owed" if source.owed else ""
    return f"{_word(source.state)}{where}{owed}{only}"


def _clocks(lines: Sequence[tuple[w.When, w.Clock | w.Keep]]) -> str:
    """The conditions in their order; the last line, which always holds, is the rest of the cases."""
    rest = "otherwise: " if len(lines) > 1 else ""
    return "; ".join(
        (rest if when is w.When.ALWAYS else f"{_word(when)}: ")
        + (_limit(what) if isinstance(what, w.Clock) else _word(what))
        for when, what in lines
    )


def _limit(clock: w.Clock) -> str:
    limit = w.LIMITS[clock]
    then = "" if limit.expires_into is None else f", then {_word(limit.expires_into)} by the system"
    return f"{_word(clock)}, {limit.days} {_word(limit.kind)}{then}"


if __name__ == "__main__":
    main()
