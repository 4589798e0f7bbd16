"""The 38 provinces as equal tiles, laid out about as the archipelago lies: code -> (column, row, letters)."""

from __future__ import annotations

from collections.abc import Mapping

TILES: Mapping[str, tuple[int, int, str]] = {
    "11": (1, 1, "ACE"),
    "12": (2, 2, "SUMUT"),
    "13": (2, 3, "SUMBAR"),
    "14": (3, 3, "RIAU"),
    "21": (4, 2, "KEPRI"),
    "15": (3, 4, "JAMBI"),
    "16": (4, 4, "SUMSEL"),
    "19": (5, 4, "BABEL"),
    "17": (3, 5, "BKL"),
    "18": (4, 5, "LPG"),
    "36": (5, 6, "BTN"),
    "31": (6, 6, "DKI"),
    "32": (6, 7, "JABAR"),
    "33": (7, 7, "JATENG"),
    "34": (7, 8, "DIY"),
    "35": (8, 7, "JATIM"),
    "51": (9, 7, "BALI"),
    "52": (10, 7, "NTB"),
    "53": (11, 7, "NTT"),
    "61": (6, 3, "KALBAR"),
    "62": (7, 3, "KALTENG"),
    "63": (7, 4, "KALSEL"),
    "64": (8, 3, "KALTIM"),
    "65": (8, 2, "KALTARA"),
    "71": (11, 2, "SULUT"),
    "75": (10, 2, "GTO"),
    "72": (10, 3, "SULTENG"),
    "76": (9, 4, "SULBAR"),
    "73": (9, 5, "SULSEL"),
    "74": (10, 4, "SULTRA"),
    "82": (12, 2, "MALUT"),
    "81": (12, 4, "MALUKU"),
    "96": (13, 3, "PBD"),
    "92": (14, 3, "PB"),
    "94": (14, 4, "PATENG"),
    "91": (15, 4, "PAPUA"),
    "95": (15, 5, "PAPEG"),
    "93": (15, 6, "PASEL"),
}
STEPS = 4  # shades of a tile; one without a report has none


def shade(number: float, most: float) -> int:
    """The shade of a tile, 0 to STEPS, by its part of the largest number."""
    return min(STEPS, 1 + int(STEPS * number / most)) if number and most else 0
