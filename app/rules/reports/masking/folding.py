"""A text as it is looked at: each character in its plainest form, at the same place as before.

Digits of all scripts become 0 to 9, wide letters plain ones, all dashes one, all blanks one; letters that
a scanner or a hasty hand has put for digits become digits where the digits around them say so. What nobody
sees stands as UNSEEN, and so does all of a writing of HTML but the character that it means.
"""

from __future__ import annotations

import html
import re
import unicodedata

UNSEEN = "\u200b"  # stands for every character without a width
# Formats, marks on top of or around a letter; and letters and signs that are drawn as nothing.
_UNSEEN_KINDS = frozenset({"Cf", "Me", "Mn"})
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_DOTS = frozenset("·•∙‧・․。…")
_NO_SIGNS = frozenset("°×÷±")  # of measures; other signs and pictures part groups like a dash
# Letters of other scripts that are drawn like Latin ones.
_ALIKE = dict(zip("ОоІіЅѕВАаЕеРрСсХхУуМТНКΟοΙΒΑΕΡΤΧ", "OoIiSsBAaEePpCcXxYyMTHKOoIBAEPTX", strict=True))
_ENTITY = re.compile(r"&(?:amp;)?(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,12});")
_ESCAPED = re.compile(
    r"%(?:2[0-9A-Fa-f]|3[A-Fa-f]|40|5[B-Fb-f]|60|7[B-Eb-e])"
)  # a sign in an address of the web
_TAG = re.compile(
    r"</?(?:b|i|u|p|br|hr|div|span|strong|em|font|li|ul|ol|td|tr|th|table|h[1-6])(?:\s[^<>]{0,80})?/?>",
    re.IGNORECASE,
)
_LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
# All of the letters in a row look like digits and stand beside one, or between two groups of digits.
_LETTER, _SIGN = r"[^\W0-9_]", rf"[-._*/ {UNSEEN}]"
_AMONG_DIGITS = re.compile(
    rf"(?<=[0-9])[OolISB|]{{1,5}}(?!{_LETTER})"
    rf"|(?<!{_LETTER})(?!BS?I|SIB)[OolISB|]{{1,4}}(?=[0-9])"
    rf"|(?:(?<=[0-9]{_SIGN})|(?<=[0-9]{_SIGN}{{2}})|(?<=[0-9]{_SIGN}{{3}}))(?!\| )[OolISB|]{{1,4}}(?={_SIGN}{{1,3}}[0-9])"
)
# "WAO812…", "bpjsO001…": the letter before the digits of a number, behind a word.
_BEFORE_DIGITS = re.compile(r"[oO](?=8[0-9OolI]{2}[-. ]?[0-9OolI]{2})|(?<=[a-z])O(?=[0-9]{6})")


def fold(text: str) -> str:
    """`text`, as long as it was, in plain characters."""
    plain = _TAG.sub(_tag, _ENTITY.sub(_entity, text)) if "&" in text or "<" in text else text
    plain = _ESCAPED.sub(_escaped, plain) if "%" in plain else plain
    plain = plain if plain.isascii() else "".join(map(_plain, plain))
    plain = _BEFORE_DIGITS.sub("0", plain)
    # Twice: a letter beside a letter that has become a digit stands beside a digit now.
    return _AMONG_DIGITS.sub(_digits, _AMONG_DIGITS.sub(_digits, plain))


def _digits(letters: re.Match[str]) -> str:
    return letters[0].translate(_LOOKS_LIKE)


def _entity(written: re.Match[str]) -> str:
    """`&#64;`, `&nbsp;`, `&amp;#64;`: the character, and nothing that is seen up to where the writing ends."""
    meant = html.unescape(html.unescape(written[0]))
    return meant + UNSEEN * (len(written[0]) - 1) if len(meant) == 1 else written[0]


def _escaped(written: re.Match[str]) -> str:
    """`%20`, `%2D`: the sign, and nothing that is seen."""
    return chr(int(written[0][1:], 16)) + UNSEEN * 2


def _tag(written: re.Match[str]) -> str:
    return " " + UNSEEN * (len(written[0]) - 1)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if char in _UNSEEN or category in _UNSEEN_KINDS:
        return UNSEEN
    if char in _DOTS:
        return "."
    if (digit := unicodedata.digit(char, -1)) >= 0:  # in a ring, with a dot, as an exponent, or plain
        return str(digit)
    if category == "Zs":
        return " "
    if category in ("Pd", "Sm", "So") and char not in _NO_SIGNS:
        wide = unicodedata.normalize("NFKC", char)
        return wide if len(wide) == 1 and wide.isascii() else "-"
    if char in _ALIKE:
        return _ALIKE[char]
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
