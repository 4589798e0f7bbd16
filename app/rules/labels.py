"""How words are marked for translation, and how a code carries the word that people read for it.

Codes are stable English text in the database; people read their labels, in the manual's Indonesian.
N_ marks words for the catalogue, so that English stands in translations/en and a test finds a missing
one. Views translate with `_(code.label)`; nothing else gives a code its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self


def N_(message: str) -> str:
    """Mark `message` for translation; it is translated where it is shown."""
    return message


class Filled(str):
    """A marked message with the numbers that its translation is to be filled with."""

    params: Mapping[str, object]

    def __new__(cls, message: str, **params: object) -> Filled:
        made = super().__new__(cls, message)
        made.params = params
        return made


class Labelled(StrEnum):
    """Codes with words. A member is written NAME = "code", N_("Kata"): value "code", label "Kata"."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        made = str.__new__(cls, code)
        made._value_ = code
        made.label = label
        return made
