"""Passports, licence plates, days of birth."""

from __future__ import annotations

import re

from app.rules.reports.masking.kinds import DatumKind, DatumPlace, FoundDatum, words

_PASSPORT = re.compile(r"(?:(?<![A-Za-z0-9])[A-Za-z]{1,2}|(?<=[a-z])[A-Z]{1,2})[\s.-]?[0-9]{7}(?![0-9])")
_CALLED_PASSPORT = re.compile(
    r"(?:paspor|passport|pasport)[^0-9]{0,24}?(?<![a-z])([a-z]{1,2}\s?[0-9]{6,7})(?![0-9])", re.IGNORECASE
)
_NO_PASSPORT = frozenset({"no", "rp", "rt", "rw", "km", "pp", "hp", "wa", "id", "kk"})
# Where vehicles are registered; the letters that plates begin with.
_PLACES = r"A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNRTW]|E[ABD]|K[BHTU]|P[ABGSTY]|[ABDEFGHKLMNPRSTWZ]"
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9/])({_PLACES})([ .-]?)([0-9]{{1,4}})([ .-]?)([A-Z]{{1,3}})(?![A-Za-z0-9/])"
)
_SMALL_PLATE = re.compile(
    rf"(?<![a-z0-9/])({_PLACES})([ .-]?)([0-9]{{1,4}})([ .-]?)([a-z]{{1,3}})(?![a-z0-9/])", re.IGNORECASE
)
_VEHICLE = re.compile(
    r"(?:plat(?:\s?nomor)?|nopol|no\.?\s?pol(?:isi)?|nomor\s?polisi|nomor\s?kendaraan|kendaraan|motor|mobil|truk|truck|angkot|bus|bis|bemo|avanza|vario|beat|pick ?up|taksi|taxi|ber\s?plat|nomer polisi)"
    r"\b[^0-9\n]{0,24}\Z",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?:blok?k?|bl|gang|gg|no|nomor|rumah|kav(?:ling)?|jl|jln|jalan|lantai|lt|tower|kamar|type|tipe|pasal|ruang|rt|rw|kelas|jalur|gedung|pos|gate|halte|koridor|perum\w*|komplek\w*|griya|permai|indah|asri|cluster|unit|dusun|sektor|zona)"
    r"[.\s:-]{0,3}\Z",
    re.IGNORECASE,
)
_COMMON = words(
    "DI KE RT RW NO TH KM DAN YG ADA MB GB TB KG CM MM JL GG TGL THN BLN HR JAM WIB WITA WIT SD SMP SMA TK S SAMPAI UNTUK DARI KK ORG JT RB M X PCS BH PER SDH BLM TDK INI ITU"
    " PM AM KWH VA L ML LT HA W V A PAX"
)
_MONTHS = r"jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|agu?s?(?:tus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|nop(?:ember)?|des(?:ember)?"
_BIRTH = re.compile(
    r"(?:(?<![a-z])(?:t\.?\s?t\.?\s?l\.?|tempat\s?[/,&]?\s?(?:dan\s)?(?:tanggal|tgl)\.?\s?lahir|(?:tanggal|tgl|tg)\.?\s?(?:lahir|lhr)|(?:ke)?lahir(?:an)?|lhr|born|birth|dob)|(?-i:(?<=[a-z])(?:TTL|Tgl Lahir|Tanggal Lahir|Lahir)))"
    r"[^0-9\n]{0,40}?\n?[^0-9\n]{0,12}?"
    rf"([0-3]?[0-9]\s{{0,2}}(?:[-/.,*_ ]\s{{0,2}}(?:[01]?[0-9]|(?:{_MONTHS}))|(?:{_MONTHS}))\s{{0,2}}[-/.,*_ ]?\s{{0,2}}(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9])"
    r"|(?:19|20)[0-9]{2}\s?[-/.]\s?[01]?[0-9]\s?[-/.]\s?[0-3]?[0-9](?![0-9])|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}(?![0-9])|[0-9]{6}(?![0-9]))",
    re.IGNORECASE,
)


def papers(text: str, folded: str) -> list[FoundDatum]:
    """The passports and plates of a text, and the days of birth that a word stands before.

    Letters of plates and passports are read in `text`, before any of them became a digit.
    """
    found = [FoundDatum(DatumPlace(*match.span(1), DatumKind.BIRTH)) for match in _BIRTH.finditer(folded)]
    found += [
        FoundDatum(DatumPlace(*match.span(1), DatumKind.PASSPORT))
        for match in _CALLED_PASSPORT.finditer(text)
    ]
    for match in _PASSPORT.finditer(text):
        if match[0].rstrip("0123456789 .-\n").lower() not in _NO_PASSPORT:
            found.append(
                FoundDatum(DatumPlace(*match.span(), DatumKind.PASSPORT, sure=match[0][0].isupper()))
            )
    return found + _plates(text)


def _plates(text: str) -> list[FoundDatum]:
    found = []
    for match in _SMALL_PLATE.finditer(text):
        letters = match[5].upper()
        before = text[max(0, match.start() - 40) : match.start()]
        said = _VEHICLE.search(before) is not None
        if said and letters not in _COMMON:
            found.append(FoundDatum(DatumPlace(*match.span(), DatumKind.PLATE)))
            continue
        if _PLATE.fullmatch(match[0]) is None or letters in _COMMON or _HOUSE.search(before):
            continue
        # Blocks of houses are written with one or two digits: those are asked about.
        found.append(
            FoundDatum(DatumPlace(*match.span(), DatumKind.PLATE, sure=False), hidden=len(match[3]) >= 3)
        )
    return found
