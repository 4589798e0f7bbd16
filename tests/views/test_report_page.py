"""The report page: the whole way of a report, its clocks, and what the desk changed in its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask

from app.rules.workflow import Action
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


def section(page: str, heading: str) -> str:
    """The text of the folding section under `heading`, without tags."""
    part = page.split(f"<h2>{heading}</h2>", 1)[1].split("</details>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_who_had_it_and_gave_it_back_stays_in_the_chain(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=3))
        report = play.verified("a")
        play.later(hours=2)
        play.forward(report, by="a", to="a1")
        request = play.ask(report, by="a1", action=Action.HAND_BACK, suggest="a2")
        play.later(hours=2)
        play.accept(request, by="a", to="a2")
        play.follow_up(report, by="a2")
    page = sign_in("a2").get(f"/laporan/{report}/").get_data(as_text=True)
    chain = section(page, "Rantai disposisi")
    assert "Umur laporan 3 hari." in chain
    order = [chain.index(name) for name in ("Admin Pusat LAPOR!", "Instansi A", "Unit A1", "Unit A2")]
    assert order == sorted(order)
    assert re.search(r"Unit A1 · .* dilepas .* → Unit A2", chain)
    clocks = section(page, "Tenggat")
    assert re.search(r"Verifikasi · Admin Pusat LAPOR! · 3 hari kerja terpenuhi", clocks)
    assert re.search(r"Tindak lanjut pertama · Unit A2 · 5 hari kerja terpenuhi", clocks)
    assert re.search(r"Penutupan otomatis · Unit A2 · 10 hari berjalan", clocks)
    assert "WIB" in clocks


def test_a_late_clock_says_by_how_many_days(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        report = Play(world, datetime.now(UTC) - timedelta(days=30)).verified("a")
    page = sign_in("a").get(f"/laporan/{report}/").get_data(as_text=True)
    assert re.search(r"5 hari kerja berjalan, terlambat \d+ hari", section(page, "Tenggat"))


def test_an_edited_text_is_shown_as_what_was_removed_and_added(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.verified("a", text="Lampu jln di depan balai desa padam.")
        plain = play.file(text="Tidak disunting.")
    page = sign_in("a").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "Teks asli dan suntingan" in page
    removed = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<del>(.*?)</del>", page, re.S)]
    added = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<ins>(.*?)</ins>", page, re.S)]
    assert any("jln" in part for part in removed)
    assert any("jalan" in part for part in added)
    assert "Teks asli dan suntingan" not in sign_in("pusat").get(f"/laporan/{plain}/").get_data(as_text=True)


def test_the_form_shows_what_an_edit_would_change(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        report = Play(world, datetime.now(UTC) - timedelta(hours=2)).file(text="Lampu jln padam.")
    root = sign_in("pusat")
    url = f"/laporan/{report}/verifikasi/"
    assert "Yang berubah" not in root.get(url).get_data(as_text=True)
    looked = root.send(url, {"text": "Lampu jalan padam.", "reload": "1"}).get_data(as_text=True)
    assert "Yang berubah" in looked
    assert "<ins>" in looked
