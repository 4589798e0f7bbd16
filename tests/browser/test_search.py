"""Section 6.8 of the manual, step by step, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.support.play import Play
from tests.support.seeking import dispatched
from tests.support.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []


def card(page: Page, number: int):  # type: ignore[no-untyped-def]
    return page.locator("article.card", has_text=f"#{number}")


def test_searching_a_tab(app: Flask, world: World, play: Play, visit: Callable[..., Visitor]) -> None:
    with app.app_context():
        waiting = dispatched(play, "Lampu jalan di Jalan Melati padam.", title="PJU padam")
        progress = dispatched(play, "Lampu taman mati.", title="Taman gelap")
        play.follow_up(progress, by="a")
        dispatched(play, "Sampah menumpuk di pasar.", title="Sampah")
    officer = visit()
    officer.sign_in("a")
    page = officer.page

    # The box of a sub-tab finds what this tab holds, and not what is in progress.
    officer.open("/laporan/kelola/belum-ditindaklanjuti/")
    page.get_by_role("searchbox", name="Cari di tab ini").fill("lampu")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(card(page, waiting)).to_be_visible()
    expect(page.locator("article.card")).to_have_count(1)
    expect(page.locator("mark").first).to_have_text("Lampu")
    page.get_by_role("link", name="Kosongkan pencarian").click()
    expect(page.locator("article.card")).to_have_count(2)


def test_searching_everything(app: Flask, world: World, play: Play, visit: Callable[..., Visitor]) -> None:
    with app.app_context():
        waiting = dispatched(play, "Lampu jalan di Jalan Melati padam.", title="PJU padam")
        progress = dispatched(play, "Lampu taman mati.", title="Taman gelap")
        play.follow_up(progress, by="a")
        rubbish = dispatched(play, "Sampah menumpuk di pasar.", title="Sampah")
        foreign = dispatched(play, "Lampu jalan padam.", to="b")
    officer = visit()
    officer.sign_in("a")
    page = officer.page

    # 1. MONITOR > Pencarian.
    page.get_by_role("link", name="MONITOR").click()
    expect(page.get_by_role("heading", name="Pencarian", exact=True)).to_be_visible()
    accessible(page)

    # 2a. By tracking number; a foreign one is none.
    box = page.get_by_role("searchbox", name="Kata kunci")
    box.fill(f"#{rubbish}")
    page.get_by_role("button", name="CARI").first.click()
    expect(page.locator("article.card")).to_have_count(1)
    expect(card(page, rubbish)).to_be_visible()
    page.get_by_role("searchbox", name="Kata kunci").fill(f"#{foreign}")
    page.get_by_role("button", name="CARI").first.click()
    expect(page.get_by_text("Laporan tidak ditemukan.")).to_be_visible()

    # 2b. By words; the order and the number are chosen at the right of the box.
    page.get_by_role("searchbox", name="Kata kunci").fill("lampu")
    page.get_by_label("Urutkan").select_option("Terlama")
    page.get_by_label("Laporan per halaman").select_option("10")
    page.get_by_role("button", name="CARI").first.click()
    expect(page.locator("article.card")).to_have_count(2)
    assert f"#{waiting}" in page.locator("article.card").first.inner_text()
    accessible(page)

    # Pencarian Lebih Lanjut, and CARI.
    page.get_by_text("Pencarian Lebih Lanjut").click()
    page.get_by_label("Status").select_option("Sedang Diproses")
    page.get_by_role("button", name="CARI").last.click()
    expect(page.locator("article.card")).to_have_count(1)
    expect(card(page, progress)).to_be_visible()
    expect(page.get_by_label("Status")).to_have_value("in_progress")
    accessible(page)

    # The search gets a name, in a dialog over the page, and is found again.
    page.get_by_role("link", name="Simpan pencarian ini").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Nama pencarian").fill("Lampu diproses")
    dialog.get_by_role("button", name="SIMPAN").click()
    expect(page.get_by_text("Pencarian Lampu diproses disimpan.")).to_be_visible()
    officer.open("/monitor/pencarian/")
    page.get_by_text("Pencarian tersimpan").click()
    page.get_by_role("link", name="Lampu diproses", exact=True).click()
    expect(card(page, progress)).to_be_visible()


def test_searching_on_a_phone(app: Flask, world: World, play: Play, visit: Callable[..., Visitor]) -> None:
    with app.app_context():
        report = dispatched(play, "Lampu jalan di Jalan Melati padam.", title="PJU padam")
    officer = visit(size=PHONE)
    officer.sign_in("a")
    officer.open("/monitor/pencarian/")
    page = officer.page
    page.get_by_role("searchbox", name="Kata kunci").fill("PJU")
    page.keyboard.press("Enter")
    expect(card(page, report)).to_be_visible()
    page.get_by_text("Pencarian Lebih Lanjut").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(page)
