"""Half of a NIK on public pages: numbers that letters touch, planted wherever people write, looked for
wherever the public looks. And what only looks like one is still read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import EventText, FollowUp
from app.rules.reports.workflow import Action
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]

WORN = [
    "NIK : 3204111122223333Kecamatan",
    "No HP : 081234567890masih",
    "WA081290002221",
    "+6281234567891Kel. X",
    "No. BPJS: 0001234567890Kelas 2",
    "KK3204111122225555NIK3204111122224444",
    "(022)5891234https://x",
    "0812  9000  2224",
    "0812*9000*2230",
    "0812_9000_1111",
    "0812, 9000, 1112",
    "0812·9000·1113",
    "O812-9OOO-1114",
    "0 8 1 2 9 0 0 0 1 1 1 5",
    "budisurel(a)gmail.com",
    "surelbudi at gmail dot com",
    "budisatu@gmailcom",
    "Paspor A7654321",
    "ditabrak L 9753 QZ",
    "lahir di Bandung 12-03-1991",
    "rek BCA 86420975",
    "akun @tanambenih",
]
STAYS = ["150.000-200.000", "SIM C Rp.100.000", "KTP dicetak pada 12-03-2023", "KTP/123456/ABCDEFG"]
# What nobody outside may read: letters of addresses and plates, and the ends of numbers without their signs.
WORDS = ["budisurel", "surelbudi", "budisatu", "A7654321", "9753 QZ", "12-03-1991", "tanambenih"]
DIGITS = [
    "3204111122223333", "3204111122225555", "3204111122224444", "81234567890", "81234567891", "81290002221",
    "0001234567890", "0225891234", "81290002224", "81290002230", "81290001111", "81290001112", "81290001113",
    "1115", "86420975",
]  # fmt: skip


@pytest.fixture
def told(app: Flask, world: World) -> Mapping[str, int]:
    """open, anonymous: reports with every worn number in title, place, text, answer and history."""
    made = {}
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=3))
        for name in ("open", "anonymous"):
            number = play.verified("a", is_anonymous=name == "anonymous", location="; ".join(WORN[:6]))
            text = "\n".join(WORN + STAYS)
            play.correct(number, by="pusat", title=f"Judul {WORN[0]}", text=f"Pohontumbang {text}")
            play.follow_up(number, by="a")
            play.moderate(play.remark(number, body="; ".join(WORN)), by="a")
            play.decide(number, by="pusat", action=Action.CLOSE)
            made[name] = number
        with transaction() as session:
            for answer in session.scalars(select(FollowUp)):
                answer.text = "Jawaban " + "; ".join(WORN)
            for note in session.scalars(select(EventText)):
                note.text = "Catatan " + "; ".join(WORN)
    return made


def looks(told: Mapping[str, int]) -> list[str]:
    each = [
        address
        for number in told.values()
        for address in (
            f"/publik/laporan/{number}/",
            f"/open311/v2/requests/{number}.json",
            f"/open311/v2/requests/{number}.xml",
            f"/api/v1/reports/{number}",
        )
    ]
    return [
        "/",
        "/publik/laporan/",
        "/publik/laporan/?q=pohontumbang",
        "/publik/umpan.xml",
        "/open311/v2/requests.json",
        "/open311/v2/requests.xml",
        "/api/v1/reports",
        "/api/v1/reports?q=pohontumbang",
        *each,
    ]


def test_no_worn_number_is_read_by_the_public(told: Mapping[str, int], sign_in: SignIn) -> None:
    for who in (None, "warga2"):
        person = sign_in(who)
        for address in looks(told):
            page = person.get(address).get_data(as_text=True)
            found = [word for word in WORDS if word.lower() in page.lower()]
            # Without signs and letters between, a number that went in parts would still be there.
            digits = re.sub(r"[^0-9]+", "", page)
            found += [number for number in DIGITS if number != "1115" and number in digits]
            assert found == [], (who, address)
            assert "1 1 1 5" not in page, (who, address)


def test_what_only_looks_like_one_is_still_read(told: Mapping[str, int], sign_in: SignIn) -> None:
    page = sign_in(None).get(f"/publik/laporan/{told['anonymous']}/").get_data(as_text=True)
    for words in STAYS:
        assert words in page
    assert "og:description" in page
    assert "Kecamatan" in page


def test_the_holder_reads_what_was_written(told: Mapping[str, int], sign_in: SignIn) -> None:
    page = sign_in("a").get(f"/laporan/{told['open']}/").get_data(as_text=True)
    assert "081234567890masih" in page
