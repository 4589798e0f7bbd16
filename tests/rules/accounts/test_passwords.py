"""What a password must be: nothing that a guesser tries first."""

from __future__ import annotations

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from app.rules.accounts import passwords
from app.rules.errors import Invalid

COMMON = FREQUENCY_LISTS["passwords"]
GOOD = (
    "payung-biru-tua-hanyut",
    "kuda lepas dekat jembatan",
    "delima jangkar perahu kancil",
    "merpati kunyit layar sepeda",
)


def refusal(password: str) -> str:
    with pytest.raises(Invalid) as refused:
        passwords.check(password)
    return str(refused.value.errors["password"])


def test_every_breached_password_of_fitting_length_is_refused_by_name() -> None:
    """However it is capitalised, and with what people add to please a rule."""
    long = [word for word in COMMON if len(word) >= passwords.LEAST]
    assert len(long) > 200
    for word in long:
        for typed in (word, word.upper(), word.title(), f"{word}1", f"{word}!", f"{word}2026!", f"1{word}"):
            assert passwords.breached(typed), typed
            assert refusal(typed) == passwords.KNOWN, typed


def test_short_ones_do_not_become_good_by_what_is_added() -> None:
    for word in list(COMMON)[:2_000]:
        if word.isalpha() and len(word) >= passwords.PART_LEAST:
            assert passwords.breached(f"{word}1234567890"), word


@pytest.mark.parametrize(
    "typed", ["passwordpassword", "dragonmonkey!!", "sunshine-princess", "Dragon_Monkey99", "qwertyuiop12"]
)
def test_two_of_them_are_no_password(typed: str) -> None:
    assert refusal(typed) == passwords.KNOWN


@pytest.mark.parametrize("typed", GOOD)
def test_words_that_have_nothing_to_do_with_each_other_are_one(typed: str) -> None:
    assert passwords.check(typed) == typed


def test_a_long_one_is_judged_in_time() -> None:
    assert not passwords.breached("x9" * 500)
