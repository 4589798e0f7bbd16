"""What was changed in a text, word by word, for people who judge an edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word and the blanks after it; blanks at the beginning follow an empty word.
UNITS = re.compile(r"(\S+)(\s*)|()(\s+)")
# Words of the old middle times words of the new one that are compared: some 540 of each, more than
# 3,000 characters of prose hold. What cannot be prose (1,500 letters with blanks between) would take
# difflib a minute, for each view of the page; its middle is shown as taken out and put in whole.
WORK_MAX = 300_000

Unit = tuple[str, str]


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class TextPart:
    change: Change
    text: str


def differences(before: str, after: str) -> list[TextPart]:
    """The parts of `before` and `after` in reading order: joined without the added ones they are
    `before`, without the removed ones `after`. What both begin and end with is never compared further;
    the middle is word by word up to WORK_MAX."""
    old, new = _units(before), _units(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    return _joined(
        [
            TextPart(Change.SAME, _text(old[:head])),
            *_middle(old[head : ends[0]], new[head : ends[1]]),
            TextPart(Change.SAME, _text(old[ends[0] :])),
        ]
    )


def _units(text: str) -> list[Unit]:
    return [(word or "", blanks or nothing_before) for word, blanks, _, nothing_before in UNITS.findall(text)]


def _text(units: Sequence[Unit]) -> str:
    return "".join(word + blanks for word, blanks in units)


def _alike(old: Sequence[Unit], new: Sequence[Unit]) -> int:
    """How many units both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )


def _middle(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[TextPart]:
    if len(old) * len(new) > WORK_MAX:
        yield from _replaced(_text(old), _text(new))
        return
    # Words alone are compared, so that a moved line break marks itself and not the word before it.
    # difflib's own rule against frequent words (autojunk) keeps repetitive texts quick.
    matcher = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for (word, blanks), (_, others) in zip(old[a:b], new[c:d], strict=True):
                yield TextPart(Change.SAME, word)
                yield from _replaced(blanks, others)
        else:
            yield from _replaced(_text(old[a:b]), _text(new[c:d]))


def _replaced(old: str, new: str) -> Iterator[TextPart]:
    """`old` by `new`; the blanks that both end with are no change."""
    shared = old[len(old.rstrip()) :]
    if not shared or shared != new[len(new.rstrip()) :]:
        shared = ""
    yield TextPart(Change.REMOVED, old.removesuffix(shared))
    yield TextPart(Change.ADDED, new.removesuffix(shared))
    yield TextPart(Change.SAME, shared)


def _joined(parts: Sequence[TextPart]) -> list[TextPart]:
    """Without empty parts; neighbours of one kind are one."""
    found: list[TextPart] = []
    for part in parts:
        if not part.text:
            continue
        if found and found[-1].change is part.change:
            found[-1] = TextPart(part.change, found[-1].text + part.text)
        else:
            found.append(part)
    return found
