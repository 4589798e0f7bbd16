"""Messages between agencies (manual 6.13): their limits and words, and pointers to reports in their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.rules.labels import N_
from app.rules.text import key_of

TEXT_MAX = 3_000  # characters, as of everything that officers write
RECEIVERS_MAX = 50  # chosen one by one; all below are one announcement
WANTED_MAX = 100  # characters of a search

CHOOSE = N_("Pilih instansi yang akan dikirimi pesan.")
NOT_YOURS = N_("Pilih instansi di bawah instansi Anda, atau instansi pengelola langsung di atasnya.")
NOBODY_BELOW = N_("Tidak ada instansi di bawah instansi Anda. Pilih instansi pengelola di atasnya.")
NO_ANSWER = N_("Ini merupakan pesan pengumuman.")
INACTIVE = N_("Instansi ini tidak aktif lagi, sehingga pesan tidak dapat dibalas.")

POINTER = re.compile(r"(?<![\w#&/])#(\d{1,18})\b")


def pointed_at(texts: Iterable[str]) -> frozenset[int]:
    """The reports that texts point at by their number: "#26"."""
    keys = (key_of(found) for text in texts for found in POINTER.findall(text))
    return frozenset(key for key in keys if key)


def pieces(text: str) -> Iterator[tuple[str, int | None]]:
    """`text` cut at its pointers: (words, None), or (pointer, number of the report)."""
    end = 0
    for found in POINTER.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], None
        yield found[0], int(found[1])
        end = found.end()
    if end < len(text):
        yield text[end:], None
