"""Text messages as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.channels.sms import (
    NUMBERED,
    TREATED,
    TREATED_FIRST,
    WORDED,
    WORDS,
    WORDS_OF_ANSWERS,
    Answer,
    Command,
    SmsCommand,
    read,
    receipt,
)

FILE, HELP = Command.FILE, Command.HELP


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("LAPOR jalan berlubang", SmsCommand(FILE, "jalan berlubang")),
        ("lapor: jalan berlubang", SmsCommand(FILE, "jalan berlubang")),
        ("  Lapor\njalan\nberlubang ", SmsCommand(FILE, "jalan\nberlubang")),
        ("Laporkan lampu padam", SmsCommand(FILE, "lampu padam")),
        ("LAPOR ANONIM jalan rusak", SmsCommand(FILE, "jalan rusak", is_anonymous=True)),
        ("lapor rahasia: pungli di kantor", SmsCommand(FILE, "pungli di kantor", is_secret=True)),
        ("Lapor Anonim Rahasia\npungli", SmsCommand(FILE, "pungli", is_anonymous=True, is_secret=True)),
        ("LAPOR RAHASIA, ANONIM. pungli", SmsCommand(FILE, "pungli", is_anonymous=True, is_secret=True)),
        ("LAPOR anonim dan rahasia pungli", SmsCommand(FILE, "pungli", is_anonymous=True, is_secret=True)),
        ("BPJS rahasia kartu mati", SmsCommand(FILE, "kartu mati", keyword="BPJS", is_secret=True)),
        ("lapor rahasia umum bahwa ada pungli", SmsCommand(FILE, "rahasia umum bahwa ada pungli")),
        ("LAPOR RAHASIA UMUM ada pungli", SmsCommand(FILE, "RAHASIA UMUM ada pungli")),
        ("LAPOR anonim rahasia umum pungli", SmsCommand(FILE, "rahasia umum pungli", is_anonymous=True)),
        ("LAPOR RAHASIA: umum tahu ada pungli", SmsCommand(FILE, "umum tahu ada pungli", is_secret=True)),
        ("LAPOR rahasia ada pungli", SmsCommand(FILE, "ada pungli", is_secret=True)),
        ("LAPOR jalan anonim rusak", SmsCommand(FILE, "jalan anonim rusak")),
        ("LAPOR rahasianya bocor", SmsCommand(FILE, "rahasianya bocor")),
        ("LAPOR ANONIM", SmsCommand(HELP)),
        ("LAPOR RAHASIA ANONIM.", SmsCommand(HELP)),
        ("ANONIM jalan rusak", SmsCommand(FILE, "jalan rusak", keyword="ANONIM")),
        ("BPJS kartu saya mati", SmsCommand(FILE, "kartu saya mati", keyword="BPJS")),
        ("bandung sampah menumpuk", SmsCommand(FILE, "sampah menumpuk", keyword="BANDUNG")),
        ("STATUS 26", SmsCommand(Command.STATUS, report_id=26)),
        ("status #26.", SmsCommand(Command.STATUS, report_id=26)),
        ("cek# 26", SmsCommand(Command.STATUS, report_id=26)),
        ("BALAS 26 belum juga diperbaiki", SmsCommand(Command.REPLY, "belum juga diperbaiki", 26)),
        ("balas #26: 3 lubang lagi", SmsCommand(Command.REPLY, "3 lubang lagi", 26)),
        ("TUTUP 26", SmsCommand(Command.CLOSE, report_id=26)),
        ("Selesai 26 terima kasih", SmsCommand(Command.CLOSE, "terima kasih", 26)),
        ("BUKA 26 rusak lagi", SmsCommand(Command.REOPEN, "rusak lagi", 26)),
        ("BERHENTI", SmsCommand(Command.STOP)),
        ("Stop.", SmsCommand(Command.STOP)),
        ("Stop pungutan di sekolah", SmsCommand(FILE, "pungutan di sekolah", keyword="STOP")),
        ("mulai", SmsCommand(Command.START)),
        ("BANTUAN", SmsCommand(HELP)),
        ("LAPOR", SmsCommand(HELP)),
        ("BPJS", SmsCommand(HELP)),
        ("STATUS", SmsCommand(HELP)),
        ("STATUS dua puluh enam", SmsCommand(HELP)),
        ("STATUS ٢٦", SmsCommand(HELP)),
        ("STATUS 1234567890123456789", SmsCommand(HELP)),
        ("BALAS 26", SmsCommand(HELP)),
        ("BUKA 26", SmsCommand(HELP)),
        ("", SmsCommand(HELP)),
        (" \n ", SmsCommand(HELP)),
        ("???", SmsCommand(HELP)),
    ],
)
def test_a_message_is_read_as_it_was_meant(body: str, wanted: SmsCommand) -> None:
    assert read(body) == wanted


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_understood_however_it_is_written(word: str) -> None:
    command = WORDS[word]
    body = f"{word.title()} {'26 ' if command in NUMBERED else ''}{'isi' if command in WORDED else ''}"
    assert read(body).command is command


@given(st.text(max_size=200))
def test_any_text_is_read(body: str) -> None:
    message = read(body)
    assert (message.report_id is not None) == (message.command in NUMBERED)
    assert message.text or message.command not in WORDED


@pytest.mark.parametrize("is_anonymous", [False, True])
@pytest.mark.parametrize("is_secret", [False, True])
def test_a_receipt_says_how_a_report_is_treated(is_anonymous: bool, is_secret: bool) -> None:
    treated = TREATED[(is_anonymous, is_secret)]
    filed = WORDS_OF_ANSWERS[Answer.FILED]
    assert receipt(is_anonymous=is_anonymous, is_secret=is_secret, first=False) == f"{filed} {treated}"
    # Who said how to be treated knows the ways already.
    first = treated if is_anonymous or is_secret else TREATED_FIRST
    assert receipt(is_anonymous=is_anonymous, is_secret=is_secret, first=True) == f"{filed} {first}"
