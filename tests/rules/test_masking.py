"""What the public must not read in a text, in the writings that people use, and what must stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.masking import HIDDEN, mask

GOES = [
    # NIK and KK
    "3578012304960001",
    "3578 0123 0496 0001",
    "357801 230496 0001",
    "35.78.01.230496.0001",
    "12.03.01.230496.0001",
    "3578-0123-0496-0001",
    "３５７８０１２３０４９６０００１",
    "3578\u200b0123\u200b0496\u200b0001",
    # telephones
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "0812.3456.7890",
    "08 12 34 56 78 90",
    "O81234567890",
    "0812/3456/7890",
    "+62 812-3456-7890",
    "+6281234567890",
    "6281234567890",
    "81234567890",
    "(031) 5678901",
    "031-5678901",
    "(+62) 812 3456 7890",
    "+44 20 7946 0958",
    # e-mail
    "budi.santoso@contoh.example.com",
    "budi@contoh.co.id",
    "BUDI_S+lapor@CONTOH.ORG",
    "budi(at)contoh.com",
    "budi [at] contoh [dot] com",
    "budi @ contoh.com",
    # accounts
    "1234567890",
    "123456789012345",
    "1234 5678 9012 345",
    "123-00-0123456-7",
]


@pytest.mark.parametrize("planted", GOES)
@pytest.mark.parametrize(
    "sentence", ["{}", "Saya di {} mohon dibantu.", "({}), terima kasih", "data:{};", "A\n{}\nB"]
)
def test_personal_data_goes(planted: str, sentence: str) -> None:
    if planted == "123-00-0123456-7":
        planted = f"rekening {planted}"
    masked = mask(sentence.format(planted))
    assert HIDDEN in masked
    assert sum(char.isdecimal() for char in masked) == 0
    assert "contoh" not in masked.lower()
    for word in ("mohon dibantu", "terima kasih", "data:"):
        assert (word in sentence) == (word in masked)


@pytest.mark.parametrize(
    "planted",
    [
        "NIK: 357801230496",
        "No. KK 35780123049600012",
        "no rek BCA 4567 890",
        "rekening Bank Contoh 456789",
        "WA 812345",
        "No HP saya: 0812 345",
        "telp. 5678901",
        "NIK 357.801.230",
    ],
)
def test_a_word_before_it_tells_what_a_shorter_number_is(planted: str) -> None:
    assert HIDDEN in mask(planted)
    assert not any(char.isdecimal() for char in mask(planted))


STAYS = [
    "Laporan #1381584 belum dijawab, begitu juga #26.",
    "Sejak 17/08/2026 pukul 08.30 sampai 2026-08-19 10:15.",
    "17-08-2026, 17.08.26, 17 Agustus 2026",
    "Harganya Rp 1.500.000.000 atau Rp2500000000, bukan 15.000 seperti tahun 2025.",
    "anggaran sebesar 1.500.000.000 rupiah",
    "Rp. 150.000,00",
    "Jalan Melati No. 12-14 RT 03 RW 05, kode pos 60231",
    "Blok C5/12 gang 3 nomor 7",
    "Surat nomor 440/0123/2026 dan SK 800/1234/2026",
    "Hubungi 112, 110 atau call center 1500-046 dan SMS 1708",
    "tahun 2024 2025 2026",
    "saya bayar 150000 200000 lalu 75000",
    "Koordinat -7.25747, 112.75209",
    "Blok L 12 B, bus TJ 0123",
    "ukuran 120 x 240 cm, 3 unit, 50%",
    "Suhu 36,5 derajat; 1,5 miliar",
    "PP 53/2010 pasal 4 ayat 2",
]


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == text


def test_several_things_in_one_text() -> None:
    text = "Saya Budi (NIK 3578012304960001, HP 0812-3456-7890, budi@contoh.com) bayar Rp 150.000 pada 17/08/2026, lihat #26."
    masked = mask(text)
    assert masked.count(HIDDEN) == 3
    assert masked.endswith("bayar Rp 150.000 pada 17/08/2026, lihat #26.")


@pytest.mark.parametrize(
    "first", ["3578012304960001", "0812-7777-8888", "081234567890", "9988776655443", "0812 3456 7890"]
)
@pytest.mark.parametrize(
    "second", ["3578012304960001", "0812-7777-8888", "+62 812-7777-8888", "9988776655443"]
)
@pytest.mark.parametrize("between", [" ", ", ", "\n", " / "])
def test_numbers_that_stand_side_by_side_go_both(first: str, second: str, between: str) -> None:
    masked = mask(f"Data {first}{between}{second} saya")
    assert not any(char.isdecimal() for char in masked)


def test_a_date_before_a_number_does_not_hide_it_nor_the_other_way_round() -> None:
    assert mask("17/08/2026 081234567890") == f"17/08/2026 {HIDDEN}"
    assert mask("081234567890 17/08/2026") == f"{HIDDEN} 17/08/2026"


@given(st.text(max_size=400))
def test_it_always_answers_and_twice_is_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="0123456789 .-()+/@a", max_size=200))
def test_digits_in_every_order(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize("unit", ["1 ", "08-", "a.", "@", "a@", "(", "+0", "Rp1.", "1.000", "nik ", "a at "])
def test_long_texts_of_one_kind_come_to_an_end(unit: str) -> None:
    assert mask(unit * 3_000) is not None
