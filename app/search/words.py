"""Texts as words: the one tokenizer, for what is indexed and for what is searched, on both databases.

A word is folded (NFKC, lower case, no accents) and brought to its Indonesian stem, so that dilaporkan,
pelaporan and laporan are one. Words that stand everywhere are left out and leave no gap: a phrase holds
across them. Letters and digits are words of their own ("RT05" is rt, 5); small numbers lose their leading
zeros.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

WORD_MAX = 40  # characters of a word that count
SMALL_NUMBER = 3  # digits up to which leading zeros do not count
SWALLOWING = ("men", "pen")
VOWELS = tuple("aeiou")
KNOWN_WORDS = 200_000  # remembered: a nation's complaints use some ten thousand again and again

STOP_WORDS = frozenset(  # one to read, not a hundred quotes
    """
    ada adalah agar akan aku apa apakah atas atau bagi bahwa banyak beliau beserta bisa boleh buat bukan
    dalam dan dapat dari daripada demi dengan di dia guna hanya harus hingga ia ialah ini itu jadi jika juga
    kalau kami kamu karena ke kepada kita lagi lah lalu maka masih mereka mohon namun oleh pada para per
    pun saat saja sama sampai sangat saya se sebab sebagai sebuah secara sedang seperti serta setelah
    sudah supaya tapi telah tentang terhadap terima kasih tersebut tetapi tolong untuk walau yaitu yakni yang
    bapak ibu pak bu min kak
    yg dgn utk dlm pd sdh udh krn dr jg tsb thd spy dg sy
    """.split()  # noqa: SIM905
)

_RUN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_NAME = re.compile(r"[^\W_]+")
_PART = re.compile(r"\d+|[^\W\d_]+")
_stemmer = snowballstemmer.stemmer("indonesian")
_stemming = Lock()  # the stemmer keeps its word in itself


@dataclass(frozen=True)
class Word:
    """A word of a text as it counts, and where it stands there (characters)."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=KNOWN_WORDS)
def stems(run: str) -> tuple[str, ...]:
    """The words of a run of letters and digits, without those that stand everywhere."""
    return tuple(stem for part in _PART.findall(folded(run)) if (stem := _stem(part)))


def folded(text: str) -> str:
    """In lower case, without accents, in the plain form of each letter."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def names(text: str) -> list[str]:
    """The words of a name as they are written, folded, without those that stand everywhere."""
    return [name for name in _NAME.findall(folded(text)) if name not in STOP_WORDS]


def _stem(part: str) -> str:
    if part[0].isdecimal():
        digits = "".join(str(unicodedata.decimal(char)) for char in part)
        return str(int(digits)) if len(digits) <= SMALL_NUMBER else digits[:WORD_MAX]
    if part in STOP_WORDS:
        return ""
    if not part.isascii():
        return part[:WORD_MAX]
    part = part[:WORD_MAX]
    with _stemming:
        found: str = _stemmer.stemWord(part)
    # Before a vowel men- and pen- have swallowed a t (menutup, penutupan: tutup); Snowball leaves it away.
    swallowed = part[:3] in SWALLOWING and found[:1] in VOWELS and part[3:].startswith(found)
    return f"t{found}" if swallowed else found


def words(text: str) -> list[str]:
    """The words of a text in their order."""
    return [stem for run in _RUN.findall(text) for stem in stems(run)]


def words_in_place(text: str) -> Iterator[Word]:
    """The words of a text with their places, for marking them."""
    for run in _RUN.finditer(text):
        for stem in stems(run.group()):
            yield Word(stem, run.start(), run.end())
