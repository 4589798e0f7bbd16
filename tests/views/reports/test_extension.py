"""Permintaan Perpanjangan Waktu over HTTP: asked for, read, decided, and told to the reporter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.rules.reports.actions import MISSING
from app.rules.reports.workflow import Action, Carry
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.fixture
def report(app: Flask, world: World) -> int:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=3))
        made = play.verified("a")
        play.forward(made, by="a", to="a1")
        return made


def page(person: Person, report: int) -> str:
    return person.get(f"/laporan/{report}/").get_data(as_text=True)


def test_asked_shown_everywhere_and_accepted(app: Flask, sign_in: SignIn, report: int) -> None:
    asker, decider = sign_in("a1"), sign_in("a")
    address = f"/laporan/{report}/permintaan/perpanjangan-waktu/"
    form = asker.get(address).get_data(as_text=True)
    assert "Lama perpanjangan" in form
    assert "10 hari kerja" in form
    assert "11 hari kerja" not in form
    for days in ("", "0", "11", "tiga", "-1"):
        refused = asker.send(address, {"days": days, "reason": "Menunggu hasil uji air."})
        assert refused.status_code == 422, days
        assert "Menunggu hasil uji air." in refused.get_data(as_text=True)
    assert asker.send(address, {"days": "4", "reason": ""}).status_code == 422
    nothing = asker.send(address, {"days": "", "reason": ""}).get_data(as_text=True)
    assert "Isi alasannya." in nothing
    assert str(MISSING[Carry.DAYS]) in nothing, "everything wrong is said at once"
    assert asker.send(address, {"days": "4", "reason": "Menunggu hasil uji air."}).status_code == 303

    for text in (page(asker, report), decider.get("/laporan/kelola/permintaan/").get_data(as_text=True)):
        assert "Laporan ini sedang diminta untuk diperpanjang waktunya" in text
        assert "Lama perpanjangan: 4 hari kerja" in text
        assert "Karena Menunggu hasil uji air." in text
    assert "Perpanjangan Waktu, 4 hari kerja" in page(asker, report), "in the history"

    request = page(decider, report).split("/terima/")[0].rsplit("/", 1)[1]
    done = decider.send(f"/laporan/{report}/permintaan/{request}/terima/", {"answer": "Setuju."})
    assert done.status_code == 303
    after = page(asker, report)
    assert "9 hari kerja" in after, "five and four"
    assert "Waktu tindak lanjut diperpanjang</strong>: 4 hari kerja" in after
    assert "DITERIMA" in after
    assert "Perpanjangan Waktu" not in page(sign_in("b1"), report)


def test_the_delegator_extends_at_once(app: Flask, sign_in: SignIn, report: int) -> None:
    decider = sign_in("a")
    address = f"/laporan/{report}/tindakan/perpanjangan-waktu/"
    assert "Tenggat tindak lanjut mundur" in decider.get(address).get_data(as_text=True)
    done = decider.send(address, {"days": "1", "reason": "Petugas sedang di lapangan."})
    assert done.status_code == 303
    assert "6 hari kerja" in page(decider, report)
    assert sign_in("a1").get(address).status_code == 403


def test_the_reporter_reads_that_it_takes_longer_and_why(
    app: Flask, sign_in: SignIn, world: World, report: int
) -> None:
    with app.app_context():
        Play(world, datetime.now(UTC)).decide(report, by="a", action=Action.EXTEND)
    own = sign_in("warga").get(f"/laporan-saya/{report}/").get_data(as_text=True)
    assert "Waktu tindak lanjut instansi diperpanjang" in own
    assert "Sudah diperiksa." in own
