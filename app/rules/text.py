"""Text as it comes in from outside, made fit to be stored: no other module cleans input."""

from __future__ import annotations

import unicodedata

from app.rules.errors import Invalid
from app.rules.labels import N_, Filled

REPORT_TEXT_MAX = 3_000  # characters, said on every form before it is reached
TITLE_MAX = 170
SHORT_MAX = 255
SURROGATES = range(0xD800, 0xE000)
COMPOSED_OF = 4  # code points that NFC makes one of, at most

REQUIRED = N_("Kolom ini wajib diisi.")
TOO_LONG = N_("Terlalu panjang: %(length)s karakter, paling banyak %(limit)s.")
NOT_STORABLE = N_("Berisi karakter yang tidak dapat disimpan. Hapus karakter tersebut, lalu kirim lagi.")
NUMBER_LENGTH = 18  # digits of the largest key that both databases hold
NO_KEY = 0  # keys begin at 1


def clean(value: object, field: str, *, limit: int, required: bool = True, lines: bool = True) -> str:
    """`value` with LF line ends, composed letters (NFC) and no white space around it.

    `lines=False` folds all white space to single blanks. Raises Invalid at `field` for a missing or
    too long text and for characters that no database stores (NUL, lone surrogates).
    """
    text = str(value or "")
    if any(char == "\0" or ord(char) in SURROGATES for char in text):
        raise Invalid({field: NOT_STORABLE})
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not lines:
        text = " ".join(text.split())
    if required and not text:
        raise Invalid({field: REQUIRED})
    # The time that composing takes grows with the square of a run of accents: not before it can fit.
    if len(text) <= limit * COMPOSED_OF:
        text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Invalid({field: Filled(TOO_LONG, length=len(text), limit=limit)})
    return text


def storable(value: str) -> str:
    """`value` without the characters that no database stores, for what is looked up, never kept."""
    return "".join(char for char in value if char != "\0" and ord(char) not in SURROGATES)


def key_of(value: object) -> int | None:
    """A database key from outside, or None for whatever is not one."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= NUMBER_LENGTH else None


def choice_of(value: object) -> int | None:
    """A key chosen from a list: None for no choice, NO_KEY, which nothing has, for what is no key."""
    return None if not str(value or "").strip() else key_of(value) or NO_KEY
