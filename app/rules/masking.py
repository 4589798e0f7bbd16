"""Personal data taken out of a text: wherever the public looks, no text goes out but through mask().

NIK and KK (16 digits), telephone numbers, e-mail addresses and account numbers, in the writings that
people use: run together, in groups, with dots, dashes, blanks or brackets. What only looks like them
stays: report numbers, dates, times, prices, house numbers, numbers of letters and decrees. In doubt a
number goes: what is published once cannot be taken back.
"""

from __future__ import annotations

import re
import unicodedata

HIDDEN = "[disamarkan]"

ID_LENGTH = 16  # NIK and KK
RUN_LEAST = 10  # digits of the shortest account number that is hidden without a word before it
NAMED_LEAST = 6  # digits that are hidden behind a word that says what they are
GROUPS_MOST = 8  # a number is written in no more groups than these
PHONE_LEAST, PHONE_MOST = 9, 15

EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]+\s?(?:@|＠|[\[({]\s?(?:at|et)\s?[\])}])\s?[\w-]+(?:\s?(?:\.|[\[({]\s?(?:dot|titik)\s?[\])}])\s?[\w-]+)+",
    re.IGNORECASE,
)
# What stays although it is made of digits; each must stand alone, not within a longer number.
_ALONE, _ENDS = r"(?<![\w])(?<!\d[.\-])", r"(?![\w])(?![.\-]\d)"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
STAYS = re.compile(
    "|".join(
        (
            r"(?<!\w)#\s?\d{1,9}(?!\d)",
            r"\b(?:rp|idr|usd)[.:]?\s?\d[\d.,]*",
            rf"{_ALONE}(?:19|20)\d\d[-/.]{_MONTH}[-/.]{_DAY}{_ENDS}",
            rf"{_ALONE}{_DAY}[-/.]{_MONTH}[-/.](?:19|20)?\d\d{_ENDS}",
            rf"{_ALONE}[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?{_ENDS}",
            rf"{_ALONE}(?:[01]?\d|2[0-3])[.:][0-5]\d{_ENDS}",
        )
    ),
    re.IGNORECASE,
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_GAP = rf"(?:[{_INVISIBLE}]*(?:\s?[-–‐‑.]\s?|[()]\s?|\s\(|\s)?[{_INVISIBLE}]*)"
_SLASHED = r"(?<![\d/])\(?(?:0|\+?62\s?)8\d\d?/\d{3,4}/\d{3,5}(?![\d/])"
NUMBER = re.compile(rf"{_SLASHED}|(?<!\w)(?:\+|\(\+?)?(?:[oO](?=8)|\d)(?:{_GAP}\d)*(?!\w)")
NAMED = re.compile(
    r"\b(?:no(?:mor)?\.?\s?)?(?:nik|kk|ktp|npwp|sim|rek(?:ening)?|norek|va|virtual account"
    r"|hp|wa|whats?app|telp?|telepon|ponsel|kontak|hubungi)\b\D{0,24}$",
    re.IGNORECASE,
)
_BEFORE = 48  # characters in which a word can say what a number is
_DIGIT_GROUPS = re.compile(r"\d+")
_BLANKS = re.compile(r"(\s+)")


def mask(text: str) -> str:
    """`text` with HIDDEN in the place of personal data; everything else as it was."""
    without = EMAIL.sub(HIDDEN, text)
    kept, at = [], 0
    for stays in STAYS.finditer(without):
        if _named(without[max(0, stays.start() - _BEFORE) : stays.start()]) and not stays[0].startswith("#"):
            continue
        kept.append(_numbers(without, at, stays.start()))
        kept.append(stays[0])
        at = stays.end()
    kept.append(_numbers(without, at, len(without)))
    return "".join(kept)


def _numbers(text: str, begin: int, end: int) -> str:
    """The part of `text` from `begin` to `end` without its personal numbers."""
    found, at = [], begin
    for number in NUMBER.finditer(text, begin, end):
        found.append(text[at : number.start()])
        found.append(_shown(number[0], text[max(0, number.start() - _BEFORE) : number.start()]))
        at = number.end()
    found.append(text[at:end])
    return "".join(found)


def _shown(number: str, before: str) -> str:
    """A number, with its groups, as the public reads it: whole, or hidden."""
    if _named(before) and len(_digits(number)) >= NAMED_LEAST:
        return HIDDEN
    parts = _BLANKS.split(number)  # every second one is white space
    shown, at = [], 0
    while at < len(parts):
        # Several numbers may stand in a row: the longest run that is one comes first.
        ends = range(min(len(parts), at + 2 * GROUPS_MOST - 1), at, -2)
        end = next((end for end in ends if _is_personal("".join(parts[at:end]))), None)
        shown.append(_by_groups(parts[at]) if end is None else HIDDEN)
        at = at + 1 if end is None else end
        if at < len(parts):
            shown.append(parts[at])
            at += 1
    return "".join(shown)


def _digits(number: str) -> str:
    digits = "".join(str(unicodedata.digit(char)) for char in number if char.isdecimal())
    return f"0{digits}" if number[:1] in ("o", "O") else digits


def _is_personal(number: str) -> bool:
    digits = _digits(number)
    if len(digits) == ID_LENGTH or _is_phone(number, digits):
        return True
    return len(digits) >= RUN_LEAST and _is_one(_DIGIT_GROUPS.findall(number))


def _by_groups(number: str) -> str:
    """A number that is none as a whole: a group of it may be one."""
    return _DIGIT_GROUPS.sub(lambda group: HIDDEN if _is_personal(group[0]) else group[0], number)


def _is_phone(number: str, digits: str) -> bool:
    if not PHONE_LEAST <= len(digits) <= PHONE_MOST:
        return False
    return (
        number.lstrip("(").startswith("+")
        or digits.startswith(("0", "62"))
        or (digits.startswith("8") and len(digits) >= RUN_LEAST)
    )


def _is_one(groups: list[str]) -> bool:
    """Whether the groups are one number written apart, not a row of years, prices or sizes."""
    if len(groups) == 1:
        return True
    if all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups):
        return False
    return all(2 <= len(group) <= 5 for group in groups)


def _named(before: str) -> bool:
    return NAMED.search(before) is not None
