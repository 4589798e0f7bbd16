"""What somebody may write at most must fit into the index: a report that cannot be indexed cannot be worked on."""

from __future__ import annotations

import pytest

from app.extensions import transaction
from app.rules.reports.tabs import Basis
from app.search.document import Texts, make
from app.search.engines import engine_of
from tests.support.play import Play
from tests.support.seeking import dispatched


@pytest.mark.parametrize("letter", [0x10000, 0x4E00, 0x1E00, 0x61])
def test_the_longest_words_in_every_script_fit(play: Play, letter: int) -> None:
    report = dispatched(play, "Lampu padam.")
    pieces = [" ".join(f"{_letters(letter, n * 250 + m)}" for m in range(250)) for n in range(60)]
    texts = Texts(report, "Lampu", "padam", "Lampu", "padam", "", frozenset(), pieces)
    documents = make(texts, [(play.world.a, "waiting", Basis.FULL)])
    assert len(documents[0].body) > 2_000
    with transaction() as session:
        engine_of(session).write(session, [report], documents)


def _letters(first: int, number: int) -> str:
    """A word of forty letters that no other number has."""
    digits = f"{number:05}"
    return "".join(chr(first + 10 + int(digit)) for digit in digits) + chr(first + 20) * 35
