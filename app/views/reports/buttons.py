"""What a reader can do with a report now, as the buttons under its card (manual 6.3 to 6.7).

The workflow table says what is possible, the account's permissions what is open at all; this table
says in which order, with which words and where it leads. A test walks every action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.actor import Actor
from app.access.card_report import AnyReport
from app.rules.accounts.roles import Permission, Resource, Verb
from app.rules.labels import N_
from app.rules.reports.dialogs import ASKING, MAKING, SLUGS
from app.rules.reports.workflow import Action, Verdict
from app.views.web.language.page_memo import memo, shape
from app.views.web.language.translator import gettext as _

HANDLE: Permission = (Resource.REPORTS, Verb.ACT)
DESK: Permission = (Resource.VERIFICATION, Verb.ACT)


@dataclass(frozen=True)
class Way:
    """One way to make a move, or to ask for it: where it leads, its words, and what it counts."""

    action: Action
    verdict: Verdict
    endpoint: str
    words: str
    needs: Permission = HANDLE
    slug: str = ""
    counts: str = ""  # the report's column that is shown beside the words
    dialog: bool = True
    recorder: bool = False  # for those alone whose agency typed the report in


def _move(action: Action, endpoint: str, **more: object) -> Way:
    return Way(action, Verdict.ALLOWED, endpoint, action.label, **more)  # type: ignore[arg-type]


# In a row under the card; the first is the one that is most likely meant.
ROW: tuple[Way, ...] = (
    _move(Action.VERIFY, "Verification.verify", needs=DESK, dialog=False),
    _move(Action.FOLLOW_UP, "Handling.follow_up", counts="follow_up_count"),
    _move(Action.COMMENT, "Handling.comment", counts="comment_count"),
    _move(Action.FORWARD, "Handling.forward"),
    Way(Action.HAND_BACK, Verdict.ASK, "Handling.hand_back", Action.HAND_BACK.label),
)

# Under "Lainnya".
MORE: tuple[Way, ...] = (
    Way(Action.REPLY, Verdict.ALLOWED, "Recording.reply", N_("Catat Tanggapan Pelapor")),
    # On a closed report an answer that is recorded asks for reopening.
    Way(Action.REOPEN, Verdict.ASK, "Recording.reply", N_("Catat Tanggapan Pelapor"), recorder=True),
    Way(Action.COMPLETE, Verdict.ALLOWED, "Recording.complete", N_("Catat Kelengkapan")),
    _move(Action.ASK_DETAILS, "Verification.ask_details", needs=DESK),
    _move(Action.ARCHIVE, "Verification.archive", needs=DESK),
    *(Way(a, Verdict.ALLOWED, "Deciding.make", MAKING[a].menu, slug=SLUGS[a]) for a in SLUGS),
    *(Way(a, Verdict.ASK, "Deciding.ask", ASKING[a].menu, slug=SLUGS[a]) for a in SLUGS),
    _move(Action.REDIRECT, "Correcting.redirect"),
    _move(Action.CORRECT, "Correcting.correct", dialog=False),
)

# Possible for some, yet no button of the desk: the reporter's own, the system's, and those that
# "Ubah Disposisi" does for a delegator.
NO_BUTTON: Mapping[tuple[Action, Verdict], str] = {
    (Action.AUTO_CLOSE, Verdict.ALLOWED): "the system's",
    (Action.HAND_BACK, Verdict.ALLOWED): "a delegator decides on the request, or uses Ubah Disposisi",
}


@dataclass(frozen=True)
class Button:
    """url: with PLACE for the report's number (page_memo.py). dialog: whether a script may show it over the
    page; count: None where nothing is counted."""

    label: str
    url: str
    dialog: bool
    count: int | None = None
    first: bool = False


@dataclass(frozen=True)
class Buttons:
    row: tuple[Button, ...] = ()
    more: tuple[Button, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.row or self.more)


def buttons(
    actor: Actor,
    report: AnyReport,
    actions: Mapping[Action, Verdict],
    *,
    forwardable: bool,
    recorded: bool = False,
) -> Buttons:
    """The buttons of `report` for `actor`, who may do `actions`. forwardable: a unit lies below its
    holder; recorded: the actor's agency typed it in."""
    counts = {name: getattr(report, name) for name in COUNTED}
    key = ("buttons", actor, *actions.items(), forwardable, recorded, *counts.values())
    return memo(key, lambda: _buttons(actor, actions, counts, forwardable=forwardable, recorded=recorded))


def _buttons(
    actor: Actor,
    actions: Mapping[Action, Verdict],
    counts: Mapping[str, int],
    *,
    forwardable: bool,
    recorded: bool,
) -> Buttons:
    def open_to(way: Way) -> bool:
        if (way.action is Action.FORWARD and not forwardable) or (way.recorder and not recorded):
            return False
        return actions.get(way.action) is way.verdict and actor.may(*way.needs)

    row = [way for way in ROW if open_to(way)]
    more = [way for way in MORE if open_to(way)]
    return Buttons(
        tuple(_button(way, counts, first=index == 0 and way is not COMMENT) for index, way in enumerate(row)),
        tuple(_button(way, counts) for way in more),
    )


COMMENT = next(way for way in ROW if way.action is Action.COMMENT)
COUNTED = tuple({way.counts: None for way in ROW + MORE if way.counts})


def _button(way: Way, counts: Mapping[str, int], *, first: bool = False) -> Button:
    slug = {"slug": way.slug} if way.slug else {}
    return Button(
        _(way.words),
        shape(way.endpoint, **slug),
        way.dialog,
        counts[way.counts] if way.counts else None,
        first,
    )
