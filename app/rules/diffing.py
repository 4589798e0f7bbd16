"""What was changed in a text, word by word, for people who judge an edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

PIECES = re.compile(r"\s+|[^\s]+")
PIECES_MAX = 4000  # of each text; a text of 3,000 characters has fewer


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Part:
    change: Change
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts of `before` and `after` in reading order: joined without the added ones they are
    `before`, without the removed ones `after`. Texts beyond PIECES_MAX pieces are shown whole."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > PIECES_MAX:
        return [part for part in (Part(Change.REMOVED, before), Part(Change.ADDED, after)) if part.text]
    return list(_parts(old, new))


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part(Change.SAME, "".join(old[a:b]))
            continue
        if a < b:
            yield Part(Change.REMOVED, "".join(old[a:b]))
        if c < d:
            yield Part(Change.ADDED, "".join(new[c:d]))
