"""Statuses and types as an export writes them."""

from __future__ import annotations

import pytest

from app.rules.channels.ringkas_words import STATUSES, written_status, written_type


@pytest.mark.parametrize(
    ("is_anonymous", "is_secret", "words"),
    [(False, False, ""), (True, False, "Anonim"), (False, True, "Rahasia"), (True, True, "Anonim|Rahasia")],
)
def test_the_type_of_a_report(is_anonymous: bool, is_secret: bool, words: str) -> None:
    assert written_type(is_anonymous=is_anonymous, is_secret=is_secret) == words


@pytest.mark.parametrize("words", STATUSES)
def test_a_status_that_is_written_is_read_again(words: str) -> None:
    ending = STATUSES[words]
    written = written_status(ending)
    assert {key.casefold(): value for key, value in STATUSES.items()}[written.casefold()] == ending
