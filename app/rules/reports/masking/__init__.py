"""Personal data taken out of a text: wherever the public looks, no text goes out but through mask().

What goes: NIK and KK, numbers of telephones, accounts, insurances, taxes and passports, licence plates, days
of birth, e-mail addresses, names of accounts, and names where the reporter asked to stay unknown; in the
writings that people and worn exports produce. What only looks like them stays: amounts, dates, times, numbers
of letters, reports and houses. A verifier's choices go before both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.rules.reports.masking.contacts import contacts
from app.rules.reports.masking.folding import UNSEEN, fold
from app.rules.reports.masking.kinds import HIDDEN, DatumKind, DatumPlace, FoundDatum, MaskingChoice
from app.rules.reports.masking.names import names as find_names
from app.rules.reports.masking.numbers import numbers
from app.rules.reports.masking.papers import papers
from app.rules.reports.masking.spelled import spelled

__all__ = ["HIDDEN", "DatumKind", "DatumPlace", "MaskingChoice", "doubtful", "mask", "places"]

ROUNDS = 6  # of looking at what is left between the places; two are the rule


def places(text: str, *, names: bool = False, choices: Sequence[MaskingChoice] = ()) -> list[DatumPlace]:
    """What mask() hides in `text`, by its beginning; no two places overlap.

    names: whether introduced names go as well. choices: what a verifier has decided; words that they hide
    go wherever they stand, and words that they show are shown where they hold no more than one place.
    """
    found = [each.place for each in _look(text, names) if each.hidden]
    shown = list(_occurrences(text, (choice.text for choice in choices if not choice.hidden)))
    kept = [place for place in found if not _is_shown(place, found, shown)]
    chosen = _occurrences(text, (choice.text for choice in choices if choice.hidden))
    return _apart([*kept, *(DatumPlace(start, end, DatumKind.CHOSEN) for start, end in chosen)])


def doubtful(text: str, *, names: bool = False, choices: Sequence[MaskingChoice] = ()) -> list[DatumPlace]:
    """What a verifier is asked about: places that are hidden in doubt, and numbers and names that are shown.

    Which of them are hidden at present is what places() says. What a choice has decided is asked no more.
    """
    found = _look(text, names)
    certain = [(each.place.start, each.place.end) for each in found if each.place.sure and each.hidden]
    settled = [*certain, *_occurrences(text, (choice.text for choice in choices))]
    asked = [each.place for each in found if not (each.place.sure and each.hidden)]
    return _apart(p for p in asked if not any(start <= p.start and p.end <= end for start, end in settled))


def mask(text: str, *, names: bool = False, choices: Sequence[MaskingChoice] = ()) -> str:
    """`text` with HIDDEN in each of its places(); everything else as it was."""
    shown, at = [], 0
    for place in places(text, names=names, choices=choices):
        shown += [text[at : place.start], HIDDEN]
        at = place.end
    return "".join([*shown, text[at:]])


def _look(text: str, names: bool) -> list[FoundDatum]:
    """Everything that is found, also in what is left once the places are taken out.

    A text that is masked twice is the text that is masked once: what a place had kept apart from what stands
    beside it is looked at again without it.
    """
    folded = fold(text)
    if UNSEEN not in folded:
        return _look_whole(text, folded, names)
    # However much of it stands between two digits, what nobody sees parts nothing.
    seen = [index for index, char in enumerate(folded) if char != UNSEEN]
    plain, plain_folded = ("".join(map(each.__getitem__, seen)) for each in (text, folded))
    ends = [*seen[1:], len(text)]
    return [
        FoundDatum(DatumPlace(seen[p.start], ends[p.end - 1], p.kind, p.sure), hidden=each.hidden)
        for each in _look_whole(plain, plain_folded, names)
        for p in (each.place,)
    ]


def _look_whole(text: str, folded: str, names: bool) -> list[FoundDatum]:
    found: list[FoundDatum] = []
    pending = _segments(text)
    for _ in range(ROUNDS):
        left: list[tuple[int, int]] = []
        for begin, end in pending:
            here = _look_at(text[begin:end], folded[begin:end], names)
            found += [_moved(each, begin) for each in here]
            hidden = _apart([_moved(each, begin).place for each in here if each.hidden])
            if hidden:
                bounds = [begin, *(bound for place in hidden for bound in (place.start, place.end)), end]
                left += [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
        pending = left
    return found


def _look_at(text: str, folded: str, names: bool) -> list[FoundDatum]:
    introduced = [FoundDatum(each.place, hidden=names) for each in find_names(text)]
    return [*contacts(folded), *papers(text, folded), *numbers(folded), *spelled(folded), *introduced]


def _segments(text: str) -> list[tuple[int, int]]:
    """The parts of a text that nothing has been taken out of."""
    at, parts = 0, []
    for part in text.split(HIDDEN):
        parts.append((at, at + len(part)))
        at += len(part) + len(HIDDEN)
    return [(begin, end) for begin, end in parts if begin < end]


def _moved(found: FoundDatum, by: int) -> FoundDatum:
    place = found.place
    return FoundDatum(DatumPlace(place.start + by, place.end + by, place.kind, place.sure), found.hidden)


def _apart(found: Iterable[DatumPlace]) -> list[DatumPlace]:
    """Sorted, and what overlaps as one place of the first's kind."""
    apart: list[DatumPlace] = []
    for place in sorted(found, key=lambda each: (each.start, -each.end)):
        if apart and place.start < apart[-1].end:
            last = apart.pop()
            apart.append(DatumPlace(last.start, max(last.end, place.end), last.kind, last.sure or place.sure))
        else:
            apart.append(place)
    return apart


def _occurrences(text: str, words: Iterable[str]) -> Iterable[tuple[int, int]]:
    for word in words:
        at = text.find(word) if word else -1
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + len(word))


def _is_shown(place: DatumPlace, found: Sequence[DatumPlace], shown: Sequence[tuple[int, int]]) -> bool:
    for start, end in shown:
        if start <= place.start and place.end <= end:
            return all(each == place or not (each.start < end and start < each.end) for each in found)
    return False
