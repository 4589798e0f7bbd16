"""The citizen's side: its codes and their words, and what a form of theirs must be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from app.rules.labels import N_

STARS = (1, 2, 3, 4, 5)
CODE_DIGITS = 6
CODE_TRIES = 5  # wrong codes, then a new one has to be asked for
CODE_LIFETIME = timedelta(minutes=30)  # a mail may be slow, and a phone's owner slower
FORM_SECONDS = 3  # nobody types a report faster; a machine does
FORM_LIFETIME = timedelta(hours=24)


class CodePurpose(StrEnum):
    """What a one-time code confirms."""

    FILING = "filing"  # a report without an account
    REGISTER = "register"
    PASSWORD = "password"
    PHONE = "phone"  # a new telephone of an account, by its signed-in owner alone
    LINK = "link"  # a new secret link to a report


class CommentState(StrEnum):
    """A citizen's comment is read by the handling agency before the public reads it."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class NotifyBy(StrEnum):
    """How a reporter wants to be told of their reports."""

    EMAIL = "email"
    SMS = "sms"
    NONE = "none"


STAR_WORDS: Mapping[int, str] = {
    1: N_("Sangat tidak puas"),
    2: N_("Tidak puas"),
    3: N_("Cukup"),
    4: N_("Puas"),
    5: N_("Sangat puas"),
}
