"""The diff of an edited text: nothing of either text is lost, and only what changed is marked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.diffing import PIECES_MAX, Change, Part, differences

WORDS = st.lists(st.sampled_from(["lampu", "jalan", "padam", " ", "\n", "  ", "é"]), max_size=40).map("".join)


@settings(max_examples=200, deadline=None)
@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_from_the_parts(before: str, after: str) -> None:
    parts = differences(before, after)
    assert "".join(p.text for p in parts if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in parts if p.change is not Change.REMOVED) == after
    assert all(p.text for p in parts)
    if before == after:
        assert all(p.change is Change.SAME for p in parts)


def test_only_the_words_that_changed_are_marked() -> None:
    assert differences("lampu jln padam", "lampu jalan padam") == [
        Part(Change.SAME, "lampu "),
        Part(Change.REMOVED, "jln"),
        Part(Change.ADDED, "jalan"),
        Part(Change.SAME, " padam"),
    ]


def test_a_text_without_measure_is_shown_whole() -> None:
    long = "a " * PIECES_MAX
    assert [part.change for part in differences(long, "b")] == [Change.REMOVED, Change.ADDED]
