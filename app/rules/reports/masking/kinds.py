"""What is found in a text: where it stands, what it is, and what a verifier has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HIDDEN = "[disamarkan]"


class DatumKind(StrEnum):
    NIK = "nik"
    KK = "kk"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"  # at a bank
    BPJS = "bpjs"
    NPWP = "npwp"
    PASSPORT = "passport"
    PLATE = "plate"
    BIRTH = "birth"
    HANDLE = "handle"  # of an account on a social network
    NAME = "name"
    NUMBER = "number"  # some other personal number
    CHOSEN = "chosen"  # by the verifier


@dataclass(frozen=True)
class DatumPlace:
    """`text[start:end]` is personal data; where it is not `sure`, the verifier is asked."""

    start: int
    end: int
    kind: DatumKind
    sure: bool = True


@dataclass(frozen=True)
class MaskingChoice:
    """A verifier's decision on exact words of the text: hidden wherever they stand, or shown."""

    text: str
    hidden: bool


@dataclass(frozen=True)
class FoundDatum:
    """A place, and whether it is hidden when nobody has decided anything about it."""

    place: DatumPlace
    hidden: bool = True


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one line of text."""
    return frozenset(text.split())
