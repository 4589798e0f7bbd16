"""The one way by which a text of a report comes to a reader: whole, or with personal data masked.

Nothing else calls mask(). Whatever shows, sends or indexes what people wrote asks here for the version of
its reader and passes every text through it: titles, texts, answers, replies, comments, reasons, names of
files. What was chosen to be hidden or shown stands in the report's row and so comes with it, in no statement
of its own; texts themselves are never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from app.access.actor import Actor
from app.access.card_report import AnyReport
from app.access.standing import Chain, standing
from app.rules.reports.full_readers import reads_whole
from app.rules.reports.masking import HIDDEN, DatumKind, DatumPlace, MaskingChoice, doubtful, mask, places
from app.rules.reports.tabs import Basis

MASKED_KEPT, MARKED_KEPT = 4_096, 512  # texts of at most 3,000 characters, in each process
NUMBERS_OF_PEOPLE = frozenset({DatumKind.NIK, DatumKind.KK})
Stored = Sequence[Sequence[str | bool]] | None  # Report.mask_choices


class Concealed(Protocol):
    """A report, or the columns of one by which its texts are masked."""

    @property
    def is_anonymous(self) -> bool: ...

    @property
    def mask_choices(self) -> Stored: ...


class Columns(NamedTuple):
    """What of a report decides how its texts are masked, where no more of it is read."""

    is_anonymous: bool
    mask_choices: Stored


@dataclass(frozen=True)
class Version:
    """Texts of one report as one kind of reader reads them. names: those that people say of themselves
    are masked too."""

    whole: bool = False
    names: bool = False
    choices: tuple[MaskingChoice, ...] = ()

    def __call__(self, text: str) -> str:
        if self.whole or not text:
            return text
        return _masked(text, self.names, self.choices)

    def without(self, text: str) -> str:
        """The same with nothing in the place of what is hidden: for an index of words."""
        return text if self.whole else self(text).replace(HIDDEN, " ")

    def marks(self, text: str) -> tuple[Sequence[DatumPlace], Sequence[DatumPlace]]:
        """What of the text is hidden, and what somebody should decide about, hidden or not."""
        return _marked(text, self.names, self.choices)


@lru_cache(maxsize=MASKED_KEPT)
def _masked(text: str, names: bool, choices: tuple[MaskingChoice, ...]) -> str:
    """Looking through a text takes some milliseconds, and lists show the same ones again and again. What is
    chosen is part of the question, so that an answer is never old."""
    return mask(text, names=names, choices=choices)


@lru_cache(maxsize=MARKED_KEPT)
def _marked(
    text: str, names: bool, choices: tuple[MaskingChoice, ...]
) -> tuple[tuple[DatumPlace, ...], tuple[DatumPlace, ...]]:
    return (
        tuple(places(text, names=names, choices=choices)),
        tuple(doubtful(text, names=names, choices=choices)),
    )


WHOLE = Version(whole=True)
OF_NO_REPORT = Version()  # names of authors, and what is no report yet


def choices_of(stored: Stored) -> tuple[MaskingChoice, ...]:
    """Report.mask_choices as the rules take them."""
    return tuple(MaskingChoice(str(words), bool(hidden)) for words, hidden in stored or ())


def public_version(report: Concealed) -> Version:
    """As everybody reads it. Who said their name in an Anonim report is not told by it."""
    return Version(names=report.is_anonymous, choices=choices_of(report.mask_choices))


def listed(report: Concealed, basis: Basis) -> Version:
    """As officers read it in lists, notifications and passages of a search, its holder too.

    An agency with a copy knows no reporter: a name in the text tells it no more.
    """
    names = report.is_anonymous or basis is Basis.COPY
    return Version(names=names, choices=choices_of(report.mask_choices))


def read_by(actor: Actor, report: AnyReport, chain: Chain, basis: Basis) -> Version:
    """As `actor` reads it on its own page and in files of it: whole, or as in lists (rules/reports/full_readers.py)."""
    if actor.is_system or reads_whole(standing(actor, report, chain).whos):
        return WHOLE
    return listed(report, basis)


def reads_original(version: Version, report: Concealed, basis: Basis) -> bool:
    """Whether what the reporter wrote is shown beside what the desk made of it.

    What the desk took out of an Anonim report may be a name that nothing else finds: it is for who reads the
    report whole. An agency with a copy never reads it.
    """
    return version.whole or (basis is Basis.FULL and not report.is_anonymous)


def without_numbers(text: str) -> str:
    """`text` without a NIK or KK, for letters to the reporter: mail is read by others too."""
    kept, at = [], 0
    for place in places(text):
        if place.kind in NUMBERS_OF_PEOPLE:
            kept += [text[at : place.start], HIDDEN]
            at = place.end
    return "".join([*kept, text[at:]])
