"""Addresses of e-mail and names of accounts, as people write and disguise them."""

from __future__ import annotations

import re

from app.rules.reports.masking.folding import UNSEEN
from app.rules.reports.masking.kinds import DatumKind, DatumPlace, FoundDatum

LOCAL_MOST, DOMAIN_MOST = 64, 80
_ENDINGS = r"com|co|net|org|id|info|biz|edu|gov|go|ac|sch|or|web|my|me|io|uk|sg|us|au|jp|asia|xyz|site|online|example|email|cloud|dev|app"
_PROVIDERS = (
    r"gmail|gmai|gmial|gmil|yahoo|ymail|yaho|hotmail|outlook|icloud|rocketmail|live|protonmail|proton|mail"
)
_SIGN = re.compile(
    rf"[\s{UNSEEN}]{{0,2}}(?:@|[\[({{<]\s?(?:at|et|a|@)\s?[\])}}>]|\*at\*|_at_|-at-){{1}}[\s{UNSEEN}]{{0,2}}",
    re.IGNORECASE,
)
_DOT = r"(?:\s?[\[({<]\s?(?:dot|titik|\.)\s?[\])}>]\s?|\s{1,2}(?:dot|titik)\s{1,2}|\.)"
_LOCAL = re.compile(rf"[\w.+%'{UNSEEN}-]{{1,{LOCAL_MOST}}}\Z")
_WORD = r"[\w-]{1,40}"
# An ending stops where the case changes: "contoh.comMohon", "CONTOH.COMmohon".
_END = rf"(?-i:(?:{_ENDINGS})(?![a-z])|(?:{_ENDINGS.upper()})(?![A-Z])|(?:{'|'.join(end.title() for end in _ENDINGS.split('|'))})(?![a-z]))"
_REST = r"(?:\.(?-i:[a-z][\w-]{1,39}|(?:ID|CO|UK|COM|Id)[\w-]{0,39})){0,3}"
_DOMAIN = re.compile(
    rf"(?:{_WORD}?{_DOT}){{1,4}}{_END}(?:{_DOT}(?:co|id|uk|sg|au|my)(?-i:(?![a-z])))?{_REST}"
    rf"|(?:{_PROVIDERS})\s?[.,]?\s?(?:com|co\.\s?id){_REST}"
    rf"|{_WORD}(?:{_DOT}{_WORD}){{1,4}}"
    rf"|{_WORD}\s?\.\s?{_END}(?:\s?\.\s?id(?-i:(?![a-z])))?"
    rf"|{_WORD}",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"(?:{_DOT}|\s?\.\s?){_END}", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?<![\w.+-])[\w.+%'-]{{2,{LOCAL_MOST}}}\s{{1,2}}(?:at|et|add|ad)\s{{1,2}}[\w-]{{2,40}}(?:\s{{0,2}}(?:[.,]\s{{0,2}}(?:{_ENDINGS})\b|[\[({{]?\b(?:dot|titik)\b[\])}}]?\s{{0,2}}(?:{_ENDINGS})(?:\.(?:id|com))?)){{1,3}}",
    re.IGNORECASE,
)
# The sign is lost: "budi.santoso gmail.com".
_LOST = re.compile(
    rf"(?<![\w.+-])[\w.+%'-]{{3,{LOCAL_MOST}}}\s?(?<![/.])\b(?:{_PROVIDERS})\s?(?:\.|\s(?:dot|titik))\s?(?:com|co\.id|id)(?-i:(?![a-z]))",
    re.IGNORECASE,
)
_GLUED = re.compile(
    rf"(?<![\w.+@/-])[\w.+%'-]{{3,{LOCAL_MOST}}}(?:gmail|yahoo|hotmail|outlook)\.(?:com|co\.id)(?-i:(?![a-z]))",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@])@\s?(?!rp\b|rp[0-9])[a-z_][\w.]{1,29}(?<!\.)", re.IGNORECASE)
_NETWORK = re.compile(
    r"(?<![a-z])(?:ig|instagram|tiktok|twitter|fb|facebook|telegram|line)\s{0,2}(?:saya\s{0,2})?[:=]\s{0,2}@?([a-z_][\w.]{2,29})(?<!\.)",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?<![a-z])(?:t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|tiktok\.com|twitter\.com|x\.com|linkedin\.com/in)"
    r"/@?([a-z_][\w.-]{2,49})(?<![.-])",
    re.IGNORECASE,
)


def contacts(text: str) -> list[FoundDatum]:
    """The e-mail addresses and names of accounts in a folded text."""
    found = [FoundDatum(place) for place in _signed(text)]
    for pattern in (_SPOKEN, _LOST, _GLUED):
        found += [FoundDatum(DatumPlace(*match.span(), DatumKind.EMAIL)) for match in pattern.finditer(text)]
    found += [
        FoundDatum(DatumPlace(*match.span(), DatumKind.HANDLE, sure=False))
        for match in _HANDLE.finditer(text)
    ]
    for pattern in (_NETWORK, _PROFILE):
        found += [
            FoundDatum(DatumPlace(*match.span(1), DatumKind.HANDLE, sure=False))
            for match in pattern.finditer(text)
        ]
    return found


def _signed(text: str) -> list[DatumPlace]:
    """What stands on both sides of a sign for "at"."""
    places: list[DatumPlace] = []
    for sign in _SIGN.finditer(text):
        local = _LOCAL.search(text[max(0, sign.start() - LOCAL_MOST) : sign.start()])
        domain = _DOMAIN.match(text, sign.end(), min(len(text), sign.end() + DOMAIN_MOST))
        if local is None or domain is None:
            continue
        dotted = re.search(r"\.|dot|titik", domain[0], re.IGNORECASE)
        tight = sign[0].strip() == sign[0]
        provider = re.match(rf"(?:{_PROVIDERS})", domain[0], re.IGNORECASE)
        price = re.match(r"(?:rp)?[0-9.,]+(?:rb|ribu|jt|k)?\Z", domain[0], re.IGNORECASE)
        bracket_a = re.fullmatch(r"\s*[\[({<]\s?a\s?[\])}>]\s*", sign[0], re.IGNORECASE)
        # "akun @nama.orang": a blank before the sign, and no ending that addresses have.
        if sign[0][0].isspace() and not (provider or _ENDED.search(domain[0])):
            continue
        if price or not (dotted or provider or (tight and not bracket_a)):
            continue
        places.append(DatumPlace(sign.start() - len(local[0]), domain.end(), DatumKind.EMAIL))
    return places
