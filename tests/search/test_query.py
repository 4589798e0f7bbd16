"""What is typed into a search box: any of it is understood, and none of it fails."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.engine import IndexQuery
from app.search.passages import places
from app.search.postgresql import Window, rising_windows, steps, tsquery, windows
from app.search.query import Synonyms, read
from app.search.sqlite import match
from app.search.words import STOP_WORDS, words, words_in_place

LIST = Synonyms(
    [("PJU", "penerangan jalan umum", "lampu jalan"), ("yg", "yang"), ("tdk", "tidak"), ("e-KTP", "KTP")]
)
ANYTHING = st.one_of(st.text(max_size=400), st.binary(max_size=400).map(lambda raw: raw.decode("latin-1")))
QUERYISH = st.text(alphabet='ab1 -"#\n“”\u0301\0\ud800Ａ٣', max_size=40)


@given(st.one_of(ANYTHING, QUERYISH))
def test_any_bytes_are_a_query(raw: str) -> None:
    query = read(raw, LIST)
    sought = IndexQuery(query.wanted, query.unwanted, (("_a1",),), ("_h1",))
    for text in (tsquery(sought), match(sought)):
        assert "_a1" in text
        assert "\0" not in text
        text.encode()
    for _, _, phrase in places(raw, query.phrases):
        assert phrase in query.phrases
    assert read(raw.encode("utf-8", "replace").decode("utf-8"), LIST).number in (query.number, None)


@given(ANYTHING)
def test_words_hold_letters_and_digits_alone(text: str) -> None:
    found = words(text)
    assert all(word.isalnum() and len(word) <= 40 for word in found)
    assert [word.stem for word in words_in_place(text)] == found
    assert all(text[word.start : word.end] for word in words_in_place(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dilaporkan pelaporan LAPORAN", ["lapor", "lapor", "lapor"]),
        ("menutup penutupan ditutup tutup", ["tutup"] * 4),
        ("penebangan ditebang penerangan", ["tebang", "tebang", "terang"]),
        ("RT 05/RW003 no. 007", ["rt", "5", "rw", "3", "no", "7"]),
        ("RT05", ["rt", "5"]),
        ("0812-3456-7890", ["0812", "3456", "7890"]),
        ("ＫＴＰ café ½", ["ktp", "cafe", "1", "2"]),
        ("٣٥", ["35"]),
        ("yang di dan utk", []),
        ("anak-anak", ["anak", "anak"]),
        ("a_b", ["a", "b"]),
        ("日本", ["日本"]),
        ("", []),
    ],
)
def test_texts_as_words(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("raw", "number", "with_hash"),
    [
        ("#26", 26, True),
        ("26", 26, False),
        ("  # 26 \n", 26, True),
        ("\t26\r\n", 26, False),
        ("#00026", 26, True),
        ("＃２６", 26, True),
        ("#", None, False),
        ("#26a", None, False),
        ("26 27", None, False),
        ("9" * 19, None, False),
        ("-26", None, False),
    ],
)
def test_a_number_alone_is_a_tracking_number(raw: str, number: int | None, with_hash: bool) -> None:
    query = read(raw)
    assert (query.number, query.with_hash) == (number, with_hash)


def test_words_phrases_and_minus() -> None:
    query = read('lampu -padam "jalan di melati" -"air mati" rt05', LIST)
    assert query.wanted == (((("lampu",),),), ((tuple(words("jalan melati")),),), ((("rt", "5"),),))
    assert query.unwanted == (((("padam",),),), ((("air", "mati"),),))
    assert query.name == (), "no agency is called by a phrase"
    assert read("“lampu padam”").wanted == (((("lampu", "padam"),),),)
    assert read('"lampu').wanted == (((("lampu",),),),), "a quote that does not end"


def test_synonyms_of_one_word_and_of_several() -> None:
    pju, long, lamp = ("pju",), tuple(words("penerangan jalan umum")), ("lampu", "jalan")
    assert read("PJU", LIST).wanted == (((pju,), (long,), (lamp,)),)
    assert read("lampu jalan mati", LIST).wanted == (
        ((("lampu",), ("jalan",)), (pju,), (long,)),
        ((("mati",),),),
    )
    assert read("jalan lampu", LIST).wanted == (((("jalan",),),), ((("lampu",),),)), "not in that order"
    assert read("yg tdk", LIST).wanted == (((("tdk",),), (("tidak",),)),)
    assert read('"PJU"', LIST).wanted == (((pju,),),)
    assert read("e-ktp", LIST).wanted == (((("e",), ("ktp",)), (("ktp",),)),)


def test_noise_emptiness_and_too_much() -> None:
    assert read("").empty
    assert not read("").noise
    assert read("yang di").noise
    assert read("!!!").noise
    assert not read("#5").noise
    assert read(" ".join(f"kata{n}x" for n in range(40))).cut
    assert read("lampu " * 200).cut
    assert not read("lampu").cut


def test_stop_words_are_plain() -> None:
    assert all(word == word.lower() and word.isascii() and word.isalpha() for word in STOP_WORDS)
    assert not {"tidak", "belum", "air"} & STOP_WORDS


def edges_of(found: list[Window]) -> list[tuple[int, int]]:
    return [(number << level, (number + 1) << level) for level, number in found]


@given(st.integers(0, 3_000_000), st.integers(0, 3_000_000))
def test_windows_hold_every_number_once(first: int, last: int) -> None:
    edges = edges_of(windows(first, last))
    rising = edges_of(rising_windows(first, last))
    assert all(lower[1] == upper[0] for lower, upper in pairwise(rising))
    if last >= first:
        assert rising[0][0] <= first < rising[0][0] + 4_096 == rising[0][1]
        assert rising[-1][1] > last
    assert all(lower[1] == upper[0] for upper, lower in pairwise(edges)), "falling, no gap"
    if last >= first and last > 0:
        assert edges[0][1] > last
        assert edges[-1][0] <= first
        assert len(edges) < 50 > len(rising)
        assert edges[0][1] - edges[0][0] == 4_096, "a small one first"
    for in_order in (windows(first, last), rising_windows(first, last)):
        asked = steps(in_order)
        assert " | ".join(asked) == " | ".join(f"'_w{level}_{number}'" for level, number in in_order)
        assert len(asked) <= 8, "a rare mark is read whole for each"
        assert not asked or "|" not in asked[0]
