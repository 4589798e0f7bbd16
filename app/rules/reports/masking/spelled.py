"""Numbers that are spelled out, digit by digit: "nol delapan satu dua …"."""

from __future__ import annotations

import re

from app.rules.reports.masking.kinds import DatumKind, DatumPlace, FoundDatum

LEAST = 8  # words for single digits in a row: nobody counts like that
_WORDS = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|(?:de)?lapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine)"
_GAP = r"[\s,.;:/_-]{0,4}"
_SPELLED = re.compile(
    rf"(?<![a-z]){_WORDS}(?:{_GAP}(?:{_WORDS}|[0-9]{{1,4}}(?![0-9]))){{{LEAST - 1},31}}", re.IGNORECASE
)
_WORD = re.compile(_WORDS, re.IGNORECASE)


def spelled(text: str) -> list[FoundDatum]:
    """The numbers of a folded text of which most digits are words."""
    return [
        FoundDatum(DatumPlace(*match.span(), DatumKind.NUMBER))
        for match in _SPELLED.finditer(text)
        if len(_WORD.findall(match[0])) >= LEAST
    ]
