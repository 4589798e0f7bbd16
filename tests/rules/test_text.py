"""Text from outside: what no database stores is refused, the rest is stored in one form."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.errors import Invalid
from app.rules.labels import Filled
from app.rules.text import (
    COMPOSED_OF,
    NO_KEY,
    NOT_STORABLE,
    REPORT_TEXT_MAX,
    REQUIRED,
    TOO_LONG,
    choice_of,
    clean,
    key_of,
    storable,
)

SMILE, OLD_LETTER = "\N{SLIGHTLY SMILING FACE}", "\N{JAVANESE LETTER KA}"
ACUTE = "\N{COMBINING ACUTE ACCENT}"


def cleaned(value: object, limit: int = REPORT_TEXT_MAX, *, required: bool = True, lines: bool = True) -> str:
    return clean(value, "text", limit=limit, required=required, lines=lines)


def refusal(value: object, limit: int = REPORT_TEXT_MAX, *, lines: bool = True) -> str:
    with pytest.raises(Invalid) as refused:
        cleaned(value, limit, lines=lines)
    assert list(refused.value.errors) == ["text"]
    return refused.value.errors["text"]


@pytest.mark.parametrize(
    "value",
    ["\0", "lampu\0padam", " \0 ", chr(0xD800), chr(0xDFFF), "lampu \udc80", "\ud83d\ude42"],
    ids=[
        "NUL",
        "NUL inside",
        "NUL alone",
        "first",
        "last",
        "an undecodable byte",
        "two halves of a character",
    ],
)
def test_what_no_database_stores_is_refused(value: str) -> None:
    """PostgreSQL takes neither, and an error while the form is saved would be the citizen's loss."""
    assert refusal(value) == NOT_STORABLE
    assert refusal(value, lines=False) == NOT_STORABLE


@pytest.mark.parametrize("value", ["\ud7ff", "\ue000", SMILE, "\x01", "\N{ZERO WIDTH JOINER}", "\uffff"])
def test_their_neighbours_are_not(value: str) -> None:
    assert cleaned(f"a{value}b") == f"a{value}b"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("satu\r\ndua", "satu\ndua"),
        ("satu\rdua", "satu\ndua"),
        ("satu\ndua", "satu\ndua"),
        ("satu\r\n\r\ndua\r", "satu\n\ndua"),
        ("satu\r\r\ndua", "satu\n\ndua"),
        ("\r\n\t satu \N{NO-BREAK SPACE}\r\n", "satu"),
        ("satu  dua\tiga", "satu  dua\tiga"),
    ],
)
def test_line_ends_are_one_and_the_edges_are_bare(value: str, kept: str) -> None:
    assert cleaned(value) == kept


def test_a_field_of_one_line_has_no_line_ends() -> None:
    assert cleaned(" Lampu\r\n jalan\t\tpadam \N{NO-BREAK SPACE}", lines=False) == "Lampu jalan padam"


@pytest.mark.parametrize("lines", [True, False])
def test_letters_are_composed(lines: bool) -> None:
    assert cleaned(f"Cafe{ACUTE}", lines=lines) == "Café"
    assert cleaned("\N{ANGSTROM SIGN}", lines=lines) == "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}"
    assert cleaned("\N{LATIN SMALL LIGATURE FI}", lines=lines) == "\N{LATIN SMALL LIGATURE FI}"  # no NFKC


@pytest.mark.parametrize("value", [None, "", " ", "\r\n\t", "\N{IDEOGRAPHIC SPACE}"])
def test_nothing_is_refused_where_something_is_required(value: object) -> None:
    assert refusal(value) == REQUIRED
    assert cleaned(value, required=False) == ""


@pytest.mark.parametrize("letter", ["a", "é", OLD_LETTER, SMILE, f"e{ACUTE}"])
def test_the_limit_counts_characters_as_a_person_does(letter: str) -> None:
    """Not bytes, not halves outside the basic plane, and a composed letter once."""
    kept = cleaned(f"  {letter * REPORT_TEXT_MAX}\r\n")
    assert len(kept) == REPORT_TEXT_MAX == 3_000
    assert unicodedata.is_normalized("NFC", kept)
    assert refusal(letter * (REPORT_TEXT_MAX + 1)) == TOO_LONG


def test_line_ends_count_once() -> None:
    assert len(cleaned("a" + "\r\n" * (REPORT_TEXT_MAX - 2) + "b")) == REPORT_TEXT_MAX


def test_a_letter_that_composing_takes_apart_counts_as_what_is_stored() -> None:
    """NFC writes some letters as two: what is counted is what the column has to hold."""
    letter = "\N{DEVANAGARI LETTER QA}"
    assert len(cleaned(letter * (REPORT_TEXT_MAX // 2))) == REPORT_TEXT_MAX
    assert refusal(letter * (REPORT_TEXT_MAX // 2 + 1)) == TOO_LONG


def test_a_refusal_says_how_long_it_was_and_how_long_it_may_be() -> None:
    message = refusal("a" * 1_000_000)
    assert isinstance(message, Filled)
    assert message % message.params == "Terlalu panjang: 1000000 karakter, paling banyak 3000."


@pytest.mark.parametrize("value", ["a" * 1_000_000, SMILE * 250_000, "\r\n" * 500_000 + "a"])
def test_a_megabyte_is_taken_where_it_may_be(value: str) -> None:
    assert cleaned(value, limit=1_000_000) == value.strip()


def test_a_megabyte_of_blanks_is_nothing() -> None:
    assert refusal(" " * 1_000_000) == REQUIRED


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing(value: str, lines: bool) -> None:
    try:
        once = cleaned(value, limit=10_000, required=False, lines=lines)
    except Invalid:
        assert "\0" in value
    else:
        assert cleaned(once, limit=10_000, required=False, lines=lines) == once
        assert once == once.strip()
        assert "\r" not in once
        once.encode()


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_looked_up_can_always_be_sent_to_a_database(value: str) -> None:
    kept = storable(value)
    assert "\0" not in kept
    kept.encode()
    assert len(kept) == sum(char != "\0" and not "\ud800" <= char <= "\udfff" for char in value)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("26", 26),
        (" 26 ", 26),
        ("26\r\n", 26),
        ("0026", 26),
        (26, 26),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("1" * 20, None),
        ("9" * 1_000_000, None),
        ("", None),
        (" ", None),
        (None, None),
        ("abc", None),
        ("26a", None),
        ("#26", None),
        ("2 6", None),
        ("-1", None),
        (-1, None),
        ("+26", None),
        ("1_000", None),
        ("1e3", None),
        ("2.6", None),
        (2.6, None),
        (True, None),
        ("26\0", None),
        ("१", None),
        ("٢٦", None),
        ("²", None),
        ("２６", None),
        ("\ud800", None),
    ],
)
def test_key_of(value: object, key: int | None) -> None:
    assert key_of(value) == key


@given(st.integers(1, 10**18 - 1))
def test_every_key_is_found_again(key: int) -> None:
    assert key_of(key) == key_of(str(key)) == key


def test_a_megabyte_of_accents_is_refused_before_it_is_composed() -> None:
    """Putting a run of accents in order takes the square of its length: hours, for one form sent by anybody."""
    assert refusal("a" + "\u0301\u0327" * 250_000) == TOO_LONG
    assert (
        max(len(unicodedata.normalize("NFD", chr(code))) for code in range(sys.maxunicode + 1)) == COMPOSED_OF
    )


@pytest.mark.parametrize(
    ("value", "key"), [("", None), (None, None), (" ", None), ("7", 7), ("x", NO_KEY), ("0", NO_KEY), (3, 3)]
)
def test_a_choice_is_a_key_none_or_one_that_nothing_has(value: object, key: int | None) -> None:
    assert choice_of(value) == key
