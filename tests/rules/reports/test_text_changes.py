"""The diff of an edited text: nothing of either text is lost, only what changed is marked, in bounded work."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.reports import text_changes
from app.rules.reports.text_changes import WORK_MAX, Change, TextPart, differences
from app.rules.text import REPORT_TEXT_MAX

WORDS = st.lists(st.sampled_from(["lampu", "jalan", "padam", " ", "\n", "  ", "é"]), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_from_the_parts(before: str, after: str) -> None:
    parts = differences(before, after)
    assert "".join(p.text for p in parts if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in parts if p.change is not Change.REMOVED) == after
    assert all(p.text for p in parts)
    if before == after:
        assert all(p.change is Change.SAME for p in parts)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("lampu jln padam", "lampu jalan padam", "=lampu |-jln|+jalan|= padam"),
        ("lampu padam", "lampu jalan padam", "=lampu |+jalan |=padam"),
        ("lampu padam", "lampu\npadam", "=lampu|- |+\n|=padam"),
        ("Saya Budi. Lampu padam", "Lampu padam", "-Saya Budi. |=Lampu padam"),
        ("", "Judul", "+Judul"),
    ],
)
def test_only_what_changed_is_marked(before: str, after: str, wanted: str) -> None:
    signs = {Change.SAME: "=", Change.REMOVED: "-", Change.ADDED: "+"}
    assert "|".join(signs[p.change] + p.text for p in differences(before, after)) == wanted


@pytest.mark.parametrize("words", ["a b ", "a b c d e ", "".join(chr(0x4E00 + n) + " " for n in range(150))])
def test_the_longest_texts_of_the_shortest_words_take_bounded_work(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    class Counting(SequenceMatcher):  # type: ignore[type-arg]
        def __init__(self, junk: Any, old: list[str], new: list[str]) -> None:
            compared.append(len(old) * len(new))
            super().__init__(junk, old, new)

    monkeypatch.setattr(text_changes, "SequenceMatcher", Counting)
    before = (words * REPORT_TEXT_MAX)[:REPORT_TEXT_MAX]
    shuffled = before.split()
    random.Random(3).shuffle(shuffled)
    after = " ".join(shuffled)
    parts = differences(before, after)
    assert "".join(p.text for p in parts if p.change is not Change.ADDED) == before
    assert all(work <= WORK_MAX for work in compared)
    # A report of ordinary words is compared to its end, however much of it was edited.
    prose = " ".join(f"kata{n:02}" for n in range(REPORT_TEXT_MAX // 7))
    edited = " ".join(f"kata{n:02}" if n % 9 else "lain" for n in range(REPORT_TEXT_MAX // 7))
    assert len(differences(prose, edited)) > 100
    assert 0 < max(compared) <= WORK_MAX


def test_what_lies_beyond_the_bound_is_shown_whole_between_what_stayed() -> None:
    old, new = "a " * 1000, "b " * 1000
    assert differences(f"Awal {old}akhir", f"Awal {new}akhir") == [
        TextPart(Change.SAME, "Awal "),
        TextPart(Change.REMOVED, old.rstrip()),
        TextPart(Change.ADDED, new.rstrip()),
        TextPart(Change.SAME, " akhir"),
    ]
