"""A text as it is looked at: each character in its plainest form, at the same place as before.

Digits of all scripts become 0 to 9, wide letters plain ones, all dashes one, all blanks one; letters that
a scanner or a hasty hand has put for digits become digits where the digits around them say so.
"""

from __future__ import annotations

import re
import unicodedata

UNSEEN = "\u200b"  # stands for every character without a width
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069")
_DOTS = frozenset("·•∙‧・․。")
_LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
# All of the letters in a row look like digits and stand beside one, or between two groups of digits.
_LETTER, _SIGN = r"[^\W0-9_]", rf"[-._*/ {UNSEEN}]"
_AMONG_DIGITS = re.compile(
    rf"(?<=[0-9])[OolISB|]{{1,5}}(?!{_LETTER})"
    rf"|(?<!{_LETTER})(?!BS?I|SIB)[OolISB|]{{1,4}}(?=[0-9])"
    rf"|(?:(?<=[0-9]{_SIGN})|(?<=[0-9]{_SIGN}{{2}})|(?<=[0-9]{_SIGN}{{3}}))[OolISB|]{{1,4}}(?={_SIGN}{{1,3}}[0-9])"
)
# "WAO812…", "bpjsO001…": the letter before the digits of a number, behind a word.
_BEFORE_DIGITS = re.compile(r"[oO](?=8[0-9OolI]{2}[-. ]?[0-9OolI]{2})|(?<=[a-z])O(?=[0-9]{6})")


def fold(text: str) -> str:
    """`text`, as long as it was, in plain characters."""
    plain = text if text.isascii() else "".join(map(_plain, text))
    plain = _BEFORE_DIGITS.sub("0", plain)
    # Twice: a letter beside a letter that has become a digit stands beside a digit now.
    return _AMONG_DIGITS.sub(_digits, _AMONG_DIGITS.sub(_digits, plain))


def _digits(letters: re.Match[str]) -> str:
    return letters[0].translate(_LOOKS_LIKE)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char in _UNSEEN:
        return UNSEEN
    if char in _DOTS:
        return "."
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Pd" or char == "−":
        return "-"
    if category == "Zs":
        return " "
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
