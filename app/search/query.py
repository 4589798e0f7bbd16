"""What somebody typed into a search box, read: words, "phrases", -minus, a tracking number.

Whatever was typed gives a Query, if only an empty one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.search.words import names, words

TEXT_MAX = 300  # characters of a query that count
TERMS_MAX = 16
NUMBER = re.compile(r"(#?)\s*(\d{1,18})")
PIECE = re.compile(r'(-?)"([^"]*)"?|(\S+)')
QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'))

Phrase = tuple[str, ...]  # words in a row; mostly one
Together = tuple[Phrase, ...]  # all of these; mostly one
Choice = tuple[Together, ...]  # any of these


def one(phrase: Phrase) -> Choice:
    return ((phrase,),)


class Synonyms:
    """Groups of words that mean the same: PJU, penerangan jalan umum, lampu jalan."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._starting: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
        self._noise: set[str] = set()
        for group in groups:
            read = [tuple(words(member)) for member in group]
            members = tuple(dict.fromkeys(phrase for phrase in read if phrase))
            if len(members) < len(set(read)):
                # One of them is a word that stands everywhere, so the others are too.
                self._noise.update(phrase[0] for phrase in members if len(phrase) == 1)
                continue
            for phrase in members:
                self._starting.setdefault(phrase[0], []).append((phrase, members))
        for known in self._starting.values():
            known.sort(key=lambda each: -len(each[0]))

    def choices(self, found: Sequence[str]) -> list[Choice]:
        """Words in a row as choices: where the longest known member stands, any of its group.

        Words that were typed without quotes need not stand side by side: lampu jalan finds them apart too.
        """
        made: list[Choice] = []
        at = 0
        while at < len(found):
            known = self._starting.get(found[at], ())
            taken = next((each for each in known if tuple(found[at : at + len(each[0])]) == each[0]), None)
            if taken is not None:
                apart = tuple((word,) for word in taken[0])
                made.append((apart, *((phrase,) for phrase in taken[1] if phrase != taken[0])))
                at += len(taken[0])
                continue
            if found[at] not in self._noise:
                made.append(one((found[at],)))
            at += 1
        return made


NO_SYNONYMS = Synonyms()


@dataclass(frozen=True)
class SearchQuery:
    """wanted: each of these choices must be found; unwanted: none of them.

    number: the tracking number, if that is all there is; with_hash: it can mean nothing else. name: the
    plain words as written, by which an agency may be called. cut: there was more than counts.
    """

    text: str = ""
    wanted: tuple[Choice, ...] = ()
    unwanted: tuple[Choice, ...] = ()
    number: int | None = None
    with_hash: bool = False
    name: tuple[str, ...] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was typed."""
        return not self.text

    @property
    def noise(self) -> bool:
        """Something was typed, but nothing that could be looked for."""
        return bool(self.text) and not self.wanted and not self.unwanted and not self.with_hash

    @property
    def phrases(self) -> frozenset[Phrase]:
        """What is to be marked where it is found."""
        return frozenset(phrase for choice in self.wanted for together in choice for phrase in together)


def read(raw: str, synonyms: Synonyms = NO_SYNONYMS) -> SearchQuery:
    """Never raises."""
    text = " ".join(unicodedata.normalize("NFKC", raw[: TEXT_MAX * 4]).translate(QUOTES).split())
    text = "".join(char for char in text if char.isprintable())
    cut, text = len(text) > TEXT_MAX or len(raw) > TEXT_MAX * 4, text[:TEXT_MAX]
    number = NUMBER.fullmatch(text)
    if number is not None and number[1]:
        return SearchQuery(text, number=int(number[2]), with_hash=True)
    wanted, unwanted, name, quoted = _pieces(text, synonyms)
    cut = cut or len(wanted) + len(unwanted) > TERMS_MAX
    return SearchQuery(
        text,
        tuple(wanted[:TERMS_MAX]),
        tuple(unwanted[:TERMS_MAX]),
        number=int(number[2]) if number is not None else None,
        name=() if quoted else tuple(name[:TERMS_MAX]),
        cut=cut,
    )


def _pieces(text: str, synonyms: Synonyms) -> tuple[list[Choice], list[Choice], list[str], bool]:
    wanted: list[Choice] = []
    unwanted: list[Choice] = []
    plain: list[str] = []  # words in a row, among which synonyms of several words are looked for
    name: list[str] = []
    quoted = False

    def settle() -> None:
        wanted.extend(synonyms.choices(plain))
        plain.clear()

    for minus, phrase, piece in PIECE.findall(text):
        if not piece:
            quoted = True
            found = tuple(words(phrase))
            if found:
                settle()
                (unwanted if minus else wanted).append(one(found))
        elif len(piece) > 1 and piece.startswith("-"):
            found = tuple(words(piece[1:]))
            if len(found) == 1:
                unwanted.extend(synonyms.choices(found))
            elif found:
                unwanted.append(one(found))
        else:
            found = tuple(words(piece))
            name.extend(names(piece))
            if len(found) == 1:
                plain.extend(found)
            elif found:  # RT05, e-KTP: what is written together stands together
                settle()
                wanted.extend(synonyms.choices(found) if _is_known(synonyms, found) else [one(found)])
    settle()
    return list(dict.fromkeys(wanted)), list(dict.fromkeys(unwanted)), name, quoted


def _is_known(synonyms: Synonyms, found: Phrase) -> bool:
    return len(synonyms.choices(found)) == 1
