"""Both engines find the same: each is held against what a person would find by reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from app.extensions import db, transaction
from app.models import Report
from app.rules.reports.tabs import Basis
from app.search.document import Document, documents
from app.search.find import SearchOrder, understood
from app.search.query import Choice, Phrase, SearchQuery
from tests.support.play import Play
from tests.support.seeking import Seat

VOCABULARY = (
    "lampu", "jalan", "Jalanan", "padam", "dipadamkan", "yang", "di", "PJU", "tdk", "tidak", "RT05", "RT", "5",
    "05", "melati", "Café", "cafe", "日本", "2026", "081234567", "e-KTP", "KTP", "menumpuk", "tumpukan", "-", "_",
    "'", '"', "\\", "&", "|", "!", ":*", "<->", "NEAR", "AND", "OR", "NOT", "title:", "_a1", "(", ")", "*", "^",
)  # fmt: skip


def holds(text: Sequence[str], phrase: Phrase) -> bool:
    return any(tuple(text[at : at + len(phrase)]) == phrase for at in range(len(text)))


def found_by_reading(document: Document, query: SearchQuery) -> bool:
    def any_of(choice: Choice) -> bool:
        return any(
            all(holds(document.title, phrase) or holds(document.body, phrase) for phrase in together)
            for together in choice
        )

    return all(any_of(choice) for choice in query.wanted) and not any(map(any_of, query.unwanted))


def typed(dice: Random) -> str:
    parts = []
    for _ in range(dice.randrange(1, 5)):
        word = dice.choice(VOCABULARY)
        if dice.random() < 0.3:
            word = f'"{word} {dice.choice(VOCABULARY)}"'
        parts.append(f"-{word}" if dice.random() < 0.2 else word)
    return " ".join(parts)


def test_what_an_engine_finds_is_what_reading_finds(play: Play, seat: Callable[[str], Seat]) -> None:
    dice = Random(6)
    made = [play.verified("a") for _ in range(24)]
    with transaction() as session:
        for report in made:
            row = session.get_one(Report, report)
            row.title = " ".join(dice.choices(VOCABULARY, k=dice.randrange(0, 4)))
            row.text = " ".join(dice.choices(VOCABULARY, k=dice.randrange(1, 12)))
            row.original_text = row.text if dice.random() < 0.5 else " ".join(dice.choices(VOCABULARY, k=6))
    there = documents(db.session(), made)
    a = seat("a")
    hits = misses = 0
    for _ in range(250):
        raw = typed(dice)
        query = understood(db.session(), raw)
        if query.number is not None:
            continue
        wanted = [
            report
            for report in reversed(made)
            if not query.noise and found_by_reading(there[report, Basis.FULL], query)
        ]
        assert a.ids(raw) == wanted, raw
        assert sorted(a.ids(raw, order=SearchOrder.BEST)) == sorted(wanted), raw
        hits, misses = hits + bool(wanted), misses + (not wanted)
    assert min(hits, misses) > 40, "the dice try both"
