"""Any move of an officer by its name: which service makes it, and which of the fields it takes.

The workflow table says what may be done; this table only says who does it. A test holds it against the
workflow table, so that a new move is given its line here. Asking works for every move that has askers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.rules.reports.actions import DEFINITIONS, REASONED
from app.rules.reports.codes import Classification
from app.rules.reports.workflow import REQUESTABLE, Action, Carry
from app.services.reports import decisions, handling, reporter_contributions, requests, verification
from app.services.reports.locked_report import Form

NOT_TAKEN = N_("Tindakan ini tidak menerima kolom ini.")
NOT_MADE = N_("Tindakan ini tidak dibuat dengan cara ini.")


@dataclass(frozen=True)
class Wanted:
    """What a move may bring along; "", None and () are what was not said."""

    text: str = ""
    title: str = ""
    reason: str = ""
    reason_code: str = ""
    agency: int | None = None
    copies: tuple[int, ...] = ()
    category: int | None = None
    classification: Classification | None = None
    area: str = ""
    secret: bool = False
    files: tuple[str, ...] = ()
    values: Mapping[Carry, int] = field(default_factory=dict)  # what a request carries beside its reason

    def said(self) -> frozenset[str]:
        """The fields that hold something."""
        names = (each.name for each in fields(self) if each.name != "values" and getattr(self, each.name))
        return frozenset({*names, *(carry.value for carry in self.values)})


Make = Callable[[Session, Actor, Form, Wanted, datetime], object]


@dataclass(frozen=True)
class Way:
    """make: the service's call. takes: the fields that it reads."""

    make: Make
    takes: frozenset[str]


_FACTS = frozenset({"title", "text", "category", "classification", "area"})


def _verify(s: Session, a: Actor, f: Form, w: Wanted, now: datetime) -> object:
    decision = verification.VerificationData(
        w.title, w.text, w.category, w.classification, w.agency, w.area or None, w.copies
    )
    return verification.verify(s, a, f, decision, now)


def _correct(s: Session, a: Actor, f: Form, w: Wanted, now: datetime) -> object:
    wanted = verification.Correction(
        w.title or None, w.text or None, w.category, w.classification, w.area or None
    )
    return verification.correct(s, a, f, wanted, now)


def asks_with(action: Action) -> frozenset[str]:
    """The fields that asking for `action` takes."""
    return frozenset({"reason", *(each.name for each in DEFINITIONS[action].fields)})


def _reasoned(action: Action) -> Way:
    return Way(
        lambda s, a, f, w, now: decisions.decide(s, a, f, action, w.reason, now, values=w.values),
        asks_with(action),
    )


MAKES: Mapping[Action, Way] = {
    Action.VERIFY: Way(_verify, _FACTS | {"agency", "copies"}),
    Action.ASK_DETAILS: Way(
        lambda s, a, f, w, now: verification.ask_details(s, a, f, w.text, now), frozenset({"text"})
    ),
    Action.ARCHIVE: Way(
        lambda s, a, f, w, now: verification.archive(s, a, f, w.reason_code, w.text, now),
        frozenset({"reason_code", "text"}),
    ),
    Action.CORRECT: Way(_correct, _FACTS),
    Action.FORWARD: Way(
        lambda s, a, f, w, now: handling.forward(s, a, f, w.agency, now, copy_ids=w.copies),
        frozenset({"agency", "copies"}),
    ),
    Action.REDIRECT: Way(
        lambda s, a, f, w, now: verification.redirect(s, a, f, w.agency, now, note=w.text, copy_ids=w.copies),
        frozenset({"agency", "copies", "text"}),
    ),
    Action.FOLLOW_UP: Way(
        lambda s, a, f, w, now: handling.follow_up(s, a, f, w.text, now, secret=w.secret, files=w.files),
        frozenset({"text", "secret", "files"}),
    ),
    Action.COMMENT: Way(
        lambda s, a, f, w, now: handling.comment(s, a, f, w.text, now, files=w.files),
        frozenset({"text", "files"}),
    ),
    # For the reporter, by those whose agency typed the report in.
    Action.REPLY: Way(
        lambda s, a, f, w, now: reporter_contributions.reply(s, a, f, w.text, now, files=w.files),
        frozenset({"text", "files"}),
    ),
    Action.COMPLETE: Way(
        lambda s, a, f, w, now: reporter_contributions.complete(s, a, f, w.text, now, files=w.files),
        frozenset({"text", "files"}),
    ),
    **{action: _reasoned(action) for action in REASONED},
}
# Made in no other way than these.
ELSEWHERE: Mapping[Action, str] = {
    Action.HAND_BACK: "by accepting its request; a delegator's own way is REDIRECT",
    Action.AUTO_CLOSE: "by the jobs",
}


def make(session: Session, actor: Actor, form: Form, action: Action, wanted: Wanted, now: datetime) -> object:
    """Make `action` on the form's report. Raises Invalid for what it does not take or lacks, Forbidden,
    NotFromHere, StaleForm, NotFound."""
    way = MAKES.get(action)
    if way is None:
        raise Invalid({"action": NOT_MADE})
    _only(wanted, way.takes)
    if not actor.may(*DEFINITIONS[action].needs):
        raise Forbidden
    return way.make(session, actor, form, wanted, now)


def ask(session: Session, actor: Actor, form: Form, action: Action, wanted: Wanted, now: datetime) -> object:
    """Ask for `action` instead of making it; see requests.ask()."""
    if action not in REQUESTABLE:
        raise Invalid({"action": NOT_MADE})
    _only(wanted, asks_with(action))
    return requests.ask(session, actor, form, action, now, reason=wanted.reason, values=wanted.values)


def _only(wanted: Wanted, takes: frozenset[str]) -> None:
    foreign = wanted.said() - takes
    if foreign:
        raise Invalid(dict.fromkeys(sorted(foreign), NOT_TAKEN))
