"""Where a hit holds what was looked for: a passage of the best text, with the words to be marked.

Only texts that the reader of this hit may see on the report's page are looked at: a copy's reader not the
reporter's own text, nobody a comment that moderation hid. Each is masked, as in every list, for its holder too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.public_text import Columns, Version, listed, reads_original
from app.access.scope import visible
from app.models import Report
from app.rules.labels import N_
from app.rules.reports.tabs import Basis
from app.search.document import pieces_query
from app.search.engine import Hit
from app.search.query import Phrase, SearchQuery
from app.search.words import Word, words_in_place

BEFORE, AFTER = 60, 180  # characters around the first word that is marked


class PassageKind(StrEnum):
    TEXT = "text"
    TITLE = "title"
    LOCATION = "location"
    FOLLOW_UP = "follow_up"
    REPLY = "reply"
    COMMENT = "comment"
    ORIGINAL = "original"


KIND_LABELS: Mapping[PassageKind, str] = {
    PassageKind.TEXT: N_("Isi laporan"),
    PassageKind.TITLE: N_("Judul laporan"),
    PassageKind.LOCATION: N_("Lokasi"),
    PassageKind.FOLLOW_UP: N_("Tindak lanjut"),
    PassageKind.REPLY: N_("Tanggapan pelapor"),
    PassageKind.COMMENT: N_("Komentar"),
    PassageKind.ORIGINAL: N_("Teks asli dari pelapor"),
}


@dataclass(frozen=True)
class Passage:
    """parts: text and whether it is marked, in order, as it was written: whoever shows it escapes it."""

    kind: PassageKind
    parts: Sequence[tuple[str, bool]]


def passages(
    session: Session, actor: Actor, hits: Sequence[Hit], query: SearchQuery
) -> Mapping[int, Passage]:
    """The best passage of each hit; none for one that was found by its number or its holder's name."""
    if not hits or not query.wanted:
        return {}
    texts = _texts(session, actor, {hit.report_id: hit.basis for hit in hits})
    found = {}
    for report_id, candidates in texts.items():
        best = _best(candidates, query)
        if best is not None:
            found[report_id] = best
    return found


def _texts(
    session: Session, actor: Actor, bases: Mapping[int, Basis]
) -> Mapping[int, list[tuple[PassageKind, str]]]:
    keys = sorted(bases)
    found: dict[int, list[tuple[PassageKind, str]]] = {}
    originals: dict[int, list[tuple[PassageKind, str]]] = {}
    versions: dict[int, Version] = {}
    for key, title, text, location, original_title, original_text, anonymous, choices in session.execute(
        select(
            Report.id,
            Report.title,
            Report.text,
            Report.location,
            Report.original_title,
            Report.original_text,
            Report.is_anonymous,
            Report.mask_choices,
        ).where(Report.id.in_(keys), visible(actor))
    ):
        columns = Columns(anonymous, choices)
        version = versions[key] = listed(columns, bases[key])
        found[key] = [
            (PassageKind.TEXT, version(text)),
            (PassageKind.TITLE, version(title)),
            (PassageKind.LOCATION, version(location)),
        ]
        if reads_original(version, columns, bases[key]):
            originals[key] = [
                (PassageKind.ORIGINAL, version(theirs))
                for theirs, ours in ((original_text, text), (original_title, title))
                if theirs != ours
            ]
    for key, kind, _number, text in session.execute(pieces_query(keys)):
        if text and key in found:
            found[key].append((PassageKind(kind[1:]), versions[key](text)))
    return {key: [*texts, *originals.get(key, ())] for key, texts in found.items()}


def _best(texts: Iterable[tuple[PassageKind, str]], query: SearchQuery) -> Passage | None:
    """The passage with the most different words that were looked for; of equal ones the first."""
    best, most = None, 0
    for kind, text in texts:
        if not text:
            continue
        spans = places(text, query.phrases)
        different = len({phrase for _, _, phrase in spans})
        if different > most:
            best, most = Passage(kind, _cut(text, [(start, end) for start, end, _ in spans])), different
    return best


def places(text: str, phrases: frozenset[Phrase]) -> list[tuple[int, int, Phrase]]:
    """Where phrases stand in a text: each of their words, start and end in characters."""
    found: dict[tuple[int, int], Phrase] = {}
    there: list[Word] = list(words_in_place(text))
    stems = [word.stem for word in there]
    for phrase in phrases:
        for at in range(len(stems) - len(phrase) + 1):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                for word in there[at : at + len(phrase)]:
                    found.setdefault((word.start, word.end), phrase)
    return [(start, end, phrase) for (start, end), phrase in sorted(found.items())]


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    first = max(0, spans[0][0] - BEFORE)
    if first:
        blank = text.find(" ", first, spans[0][0])
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), max(spans[0][1], spans[0][0] + AFTER))
    if last < len(text):
        blank = text.rfind(" ", spans[0][1], last)
        last = blank if blank >= 0 else last
    parts: list[tuple[str, bool]] = [("…", False)] if first else []
    at = first
    for start, end in spans:
        if end > last:
            break
        parts += [(_in_one_line(text[at:start]), False), (text[start:end], True)]
        at = end
    parts.append((_in_one_line(text[at:last]), False))
    if last < len(text):
        parts.append(("…", False))
    return [part for part in parts if part[0]]


def _in_one_line(text: str) -> str:
    """Line ends and runs of blanks as one blank, at the edges too."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"
