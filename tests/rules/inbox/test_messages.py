"""Pointers to reports within messages."""

from __future__ import annotations

import pytest

from app.rules.inbox.messages import pieces, pointed_at


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Lihat #26, lalu #7.", [("Lihat ", None), ("#26", 26), (", lalu ", None), ("#7", 7), (".", None)]),
        ("#26", [("#26", 26)]),
        ("tanpa", [("tanpa", None)]),
        ("", []),
        ("a#1 ##2 /#3 &#39; #4x", [("a#1 ##2 /#3 &#39; #4x", None)]),
    ],
)
def test_a_text_is_cut_at_its_pointers(text: str, cut: list[tuple[str, int | None]]) -> None:
    assert list(pieces(text)) == cut
    assert "".join(words for words, _ in pieces(text)) == text


def test_the_reports_that_texts_point_at() -> None:
    assert pointed_at(["#26 dan #7", "#26", "#0", "tanpa"]) == {26, 7}
    assert pointed_at([]) == frozenset()
