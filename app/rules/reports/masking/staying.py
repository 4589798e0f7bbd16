"""What stays although it is made of digits: amounts, dates, times, addresses, letters, tracking numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Why(Enum):
    """How firmly it stays."""

    FIRM = auto()  # whatever word stands before it
    FORM = auto()  # by its form alone: a word before it may say that it is personal


@dataclass(frozen=True)
class StayingText:
    start: int
    end: int
    why: Why


_DAY, _MONTH, _YEAR = r"(?:[0-2]?[0-9]|3[01])", r"(?:1[0-2]|0?[1-9])", r"(?:19|20)[0-9]{2}"
_BEFORE, _AFTER = r"(?<![0-9])(?<![0-9][.,])", r"(?![0-9])(?![.,][0-9])"
_TO = r"\s{0,2}(?:-|/|~|s/?d\.?|sampai(?: dengan)?|hingga)\s{0,2}"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,(?:[0-9]{1,2}(?![0-9])|-))?|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{2})?"
_PLAIN = r"[1-9][0-9]{0,11}(?:,[0-9]{1,2}(?![0-9]))?"
_MONEY = r"(?<![a-z])(?:rp|idr|usd|\$)[.:\s]{0,3}"
_AMOUNT = rf"(?:{_DOTTED}|{_PLAIN}){_AFTER}(?!-[0-9])"
_TIME = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?:[.:][0-5][0-9])?"
_UNITS = r"ribu|rebu|rb|juta|jt|miliar|milyar|milliar|triliun|rupiah|perak|persen|%|k(?:wh|m|g)?(?![a-z])|meter|watt|orang|jiwa|liter|ton"
_TRACKED = r"(?:laporan|pengaduan|aduan|keluhan|ti(?:c)?ket|resi|tracking|lacak|lapor|pelaporan)"

_FIRM = re.compile(
    "|".join(
        (
            r"(?<!\w)#\s?[1-9][0-9]{0,8}(?![0-9])",
            rf"{_MONEY}{_AMOUNT}(?:{_TO}(?:{_MONEY})?{_AMOUNT})?",
            rf"(?<![0-9])(?<![0-9][-/.]){_YEAR}\s?([-/.])\s?{_MONTH}\s?\1\s?{_DAY}(?![0-9])",
            rf"(?<![0-9]){_DAY}\s?([-/.])\s?{_MONTH}\s?\2\s?{_YEAR}(?![0-9])",
            rf"(?<![0-9]){_DAY} {_MONTH} {_YEAR}(?![0-9])(?! ?[0-9])",
            r"(?<![a-z])r\.?[tw]\.?\s{0,2}[.:/]?\s{0,2}[0-9]{1,3}(?:\s{0,2}[-/.,]\s{0,2}(?:r\.?w\.?\s{0,2}[.:]?\s{0,2})?[0-9]{1,3}(?![0-9]))?",
            r"(?<![a-z])rt\s{0,2}/\s{0,2}rw\.?\s{0,2}:?\s{0,2}[0-9]{1,3}(?:\s{0,2}[-/.,]\s{0,2}[0-9]{1,3}(?![0-9]))?",
            r"kode\s?pos\s{0,2}[.:]?\s{0,2}[0-9]{5}(?![0-9])",
            r"(?<![0-9])1500[-. ]{0,3}[0-9]{3}(?![0-9])",
            rf"(?<![a-z]){_TRACKED}(?:\s(?:saya|kami|sebelumnya|ini))?[\s.:]{{0,3}}(?:no(?:mor)?|dengan nomor|id|kode)?[\s.:#]{{0,4}}(?!0|62)[0-9]{{4,14}}(?![0-9])",
            r"(?<![0-9.])-?(?:[0-9]|1[01])\.[0-9]{3,16}\s{0,2}[,; ]\s{0,2}(?:9[5-9]|1[0-4][0-9])\.[0-9]{3,16}(?![0-9])",
        )
    ),
    re.IGNORECASE,
)
_FORM = re.compile(
    "|".join(
        (
            rf"(?<![0-9])(?<![0-9][-./*_])(?:{_DOTTED}|[1-9][0-9]{{0,8}}(?:,[0-9]{{1,2}})?)\s{{0,2}}(?:{_UNITS})",
            r"(?<![0-9])(?<![0-9][-./*_])[1-9][0-9]{5,11}\s{0,2}rupiah",
            rf"{_BEFORE}(?:{_DOTTED}){_AFTER}{_TO}(?:{_DOTTED}){_AFTER}(?!-[0-9])",
            rf"{_BEFORE}(?<![0-9]-)(?:{_DOTTED}){_AFTER}(?!-[0-9])",
            rf"{_BEFORE}(?<![0-9]-){_TIME}{_TO}{_TIME}{_AFTER}(?!-[0-9])",
            rf"{_BEFORE}(?<![0-9]-){_TIME}{_AFTER}(?!-[0-9])",
            rf"{_BEFORE}(?<![0-9][-/]){_DAY}\s?([-/.])\s?{_MONTH}\s?\1\s?[0-9]{{2}}(?![0-9])(?![-/.][0-9])(?! {{1,2}}[0-9]{{2}}(?![0-9.:]))",
            rf"(?<![0-9])(?:{_YEAR}[-/ ,]{{1,2}}){{1,9}}{_YEAR}(?![0-9])",
        )
    ),
    re.IGNORECASE,
)
# Numbers of letters and decrees: parts between slashes.
_SLASHED = re.compile(r"(?<![\w./-])[\w.-]{1,24}(?:\s?/\s?[\w.-]{1,24}){1,9}")
_LETTER = re.compile(r"[A-Za-z]")
_LONG = re.compile(r"[0-9]{9}")
_CALLED = re.compile(r"0[0-9]{2,3}|\+?62")
_SAYS = re.compile(
    r"(?:surat|sk|keputusan|perda|perwali|perbup|pergub|permen\w*|nota dinas|edaran|nomor register|berkas)\b[^0-9]{0,20}$",
    re.IGNORECASE,
)
_WORDS_BEFORE = re.compile(
    r"\A(?:(?:no|nomor)?[.:]?(?:nik|kk|ktp|npwp|bpjs|hp|wa|whatsapp|te?lp|telepon|rek|rekening|no|nomor)[.:]?\s?/?\s?)+(?=[+0-9])",
    re.IGNORECASE,
)


def staying(text: str) -> list[StayingText]:
    """Where numbers stand in a folded text that stay, by their beginning; they may overlap."""
    found = [StayingText(*match.span(), Why.FIRM) for match in _FIRM.finditer(text)]
    found += [StayingText(*match.span(), Why.FORM) for match in _FORM.finditer(text)]
    found += [
        StayingText(*match.span(), Why.FIRM)
        for match in _SLASHED.finditer(text)
        if _is_of_a_letter(match[0], text[max(0, match.start() - 32) : match.start()])
    ]
    return sorted(found, key=lambda stay: (stay.start, stay.end))


def _is_of_a_letter(slashed: str, before: str) -> bool:
    """`440/0123/2026`, `B-12/KOM/2026`: no telephone, nothing long, more than one number."""
    # "No.HP/WA0812…", "HP/WA/5678901": words that say what a number is are no part of it.
    number = _WORDS_BEFORE.sub("", slashed)
    parts = [part.strip(" .-") for part in number.split("/")]
    if len(parts) == 1:
        return False
    if any(_LONG.search(part) or sum(map(str.isdigit, part)) > 9 for part in parts):
        return False
    said = _SAYS.search(before) is not None
    if len(parts) > 5 and all(len(part) <= 2 for part in parts):
        return False  # one number, digit by digit
    parts[0] = re.sub(r"\A[A-Za-z]+[.:]?(?=08[1-9])", "", parts[0])
    called = _CALLED.match(parts[0]) and sum(map(str.isdigit, slashed)) >= 9
    # What a word runs into behind the last part is no part of it.
    if called and not said and all(re.match(r"[0-9]{2}|[0-9][A-Za-z]*\Z", part) for part in parts):
        return all(part.isdigit() for part in parts[:-1]) is False
    if not any(map(str.isdigit, number)):
        return False
    return len(parts) > 2 or said or any(_LETTER.search(part) for part in parts)
