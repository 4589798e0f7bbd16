"""What a reader can do with a report now, as the buttons under its card (manual 6.3 to 6.7).

The workflow table says what is possible, the account's permissions what is open at all; the definitions of
the actions say in which order, with which words and where it leads. A test walks every action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.actor import Actor
from app.access.card_report import AnyReport
from app.rules.reports.actions import DEFINITIONS, Definition, DeskButton
from app.rules.reports.workflow import Action, Verdict
from app.views.web.language.page_memo import memo, shape
from app.views.web.language.translator import gettext as _

# In the order of the definitions: a row under the card, and the rest under "Lainnya".
ROW: tuple[tuple[Definition, DeskButton], ...] = tuple(
    (each, door) for each in DEFINITIONS.values() for door in each.doors if door.row
)
MORE: tuple[tuple[Definition, DeskButton], ...] = tuple(
    (each, door) for each in DEFINITIONS.values() for door in each.doors if not door.row
)


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
    def is_open(what: Definition, door: DeskButton) -> bool:
        if (what.action is Action.FORWARD and not forwardable) or (door.recorder and not recorded):
            return False
        return actions.get(what.action) is door.verdict and actor.may(*what.needs)

    row = [pair for pair in ROW if is_open(*pair)]
    more = [pair for pair in MORE if is_open(*pair)]
    return Buttons(
        tuple(
            _button(*pair, counts, first=index == 0 and pair[0].action is not Action.COMMENT)
            for index, pair in enumerate(row)
        ),
        tuple(_button(*pair, counts) for pair in more),
    )


COUNTED = tuple({door.counts: None for _what, door in ROW + MORE if door.counts})


def _button(what: Definition, door: DeskButton, counts: Mapping[str, int], *, first: bool = False) -> Button:
    slug = {"slug": door.slug} if door.slug else {}
    return Button(
        _(door.words or what.action.label),
        shape(door.endpoint, **slug),
        door.over_page,
        counts[door.counts] if door.counts else None,
        first,
    )
