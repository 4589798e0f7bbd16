"""Sections 6.12 and 6.13 of the manual, step by step: two officers of one agency at their own browsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_desk import accessible, dialog
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(minutes=3))


def bell(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("[data-bell]")


def envelope(page: Page):  # type: ignore[no-untyped-def]
    return page.locator(".dots__link[href='/pesan/']")


def dot(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f"[data-dot='{name}']")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_bell(app: Flask, play: Play, visit: Callable[..., Visitor], script: bool) -> None:
    """Section 6.12."""
    first, second = visit(script=script), visit(script=script)
    first.sign_in("a1")
    second.sign_in("a1b")
    expect(dot(first.page, "notifications")).to_be_hidden()
    with app.app_context():
        report = play.verified("a")
        play.forward(report, by="a", to="a1")
    for visitor in (first, second):
        visitor.page.reload()
        expect(dot(visitor.page, "notifications")).to_be_visible()
        expect(bell(visitor.page)).to_have_attribute("aria-label", "Notifikasi: 1 belum dibaca")
    page = first.page
    bell(page).click()
    told = page.get_by_role("link", name=f"Laporan #{report} didisposisikan ke instansi Anda.")
    expect(told).to_be_visible()
    if script:
        expect(page).to_have_url(first.site + "/laporan/kelola/belum-ditindaklanjuti/")
        accessible(page)
        page.keyboard.press("Escape")
        expect(told).to_be_hidden()
        bell(page).click()
    page.get_by_role("link", name="Lihat Semuanya").click()
    page.wait_for_url("**/notifikasi/")
    page.get_by_label("Jenis").select_option("Disposisi diterima")
    page.get_by_role("button", name="Tampilkan").click()
    told.click()
    page.wait_for_url(f"**/laporan/{report}/")
    expect(dot(page, "notifications")).to_be_hidden()
    second.page.reload()
    expect(dot(second.page, "notifications")).to_be_visible()
    second.open("/notifikasi/")
    second.page.get_by_role("button", name="Tandai semua sudah dibaca").click()
    expect(second.page.get_by_text("Semua notifikasi ditandai sudah dibaca.")).to_be_visible()
    expect(dot(second.page, "notifications")).to_be_hidden()


def test_new_ones_appear_without_reloading(app: Flask, play: Play, visit: Callable[..., Visitor]) -> None:
    officer = visit()
    officer.page.clock.install()
    officer.sign_in("a1")
    page = officer.page
    expect(dot(page, "notifications")).to_be_hidden()
    with app.app_context():
        play.forward(play.verified("a"), by="a", to="a1")
        play.write("a", to=("a1",))
    with page.expect_response("**/notifikasi/jumlah"):
        page.clock.fast_forward(70_000)
    expect(dot(page, "notifications")).to_be_visible()
    expect(dot(page, "messages")).to_be_visible()
    expect(envelope(page)).to_have_attribute("aria-label", "Pesan: 1 belum dibaca")


def test_messages(app: Flask, world: World, visit: Callable[..., Visitor]) -> None:
    """Section 6.13."""
    sender, first, second = visit(), visit(), visit()
    sender.sign_in("a")
    page = sender.page
    envelope(page).click()
    page.wait_for_url("**/pesan/")
    page.get_by_role("link", name="Tulis Pesan").click()
    form = dialog(page)
    expect(form.get_by_role("heading", name="Tulis Pesan")).to_be_visible()
    expect(form.get_by_label("Kirim Pesan Ke Seluruh Instansi ?")).not_to_be_checked()
    accessible(page)
    receiver = form.get_by_role("combobox", name="Pilih Instansi Yang Akan dikirim Pesan *")
    receiver.click()
    expect(form.get_by_role("option", name="Admin Pusat LAPOR!")).to_be_visible()  # directly above
    form.get_by_role("option", name="Unit A1").click()
    form.get_by_label("Judul Pesan").fill("Kualitas Pelayanan")
    form.get_by_label("Isi Pesan *").fill("Tetap pertahankan kualitas pelayanan yang diberikan.")
    form.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("Pesan terkirim.")).to_be_visible()

    first.sign_in("a1")
    second.sign_in("a1b")
    for visitor in (first, second):
        expect(dot(visitor.page, "messages")).to_be_visible()
        envelope(visitor.page).click()
        visitor.page.get_by_role("link", name="Kualitas Pelayanan").click()
        expect(visitor.page.get_by_text("Tetap pertahankan kualitas pelayanan")).to_be_visible()
        expect(visitor.page.locator("main").get_by_text("Instansi A").first).to_be_visible()
    first.page.reload()
    expect(dot(first.page, "messages")).to_be_visible()  # opening is not reading
    first.page.get_by_role("button", name="Tandai menjadi sudah terbaca").click()
    expect(dot(first.page, "messages")).to_be_hidden()
    second.page.reload()
    expect(dot(second.page, "messages")).to_be_hidden()
    expect(second.page.get_by_text("Ditandai sudah terbaca oleh Petugas A1")).to_be_visible()
    second.page.get_by_label("Tulis balasan pesan…").fill("Terima kasih.")
    second.page.get_by_role("button", name="BALAS").click()
    expect(second.page.get_by_text("Balasan terkirim.")).to_be_visible()
    page.reload()
    expect(dot(page, "messages")).to_be_visible()


def test_an_announcement_to_all(app: Flask, world: World, visit: Callable[..., Visitor]) -> None:
    sender, first, second = visit(), visit(), visit()
    sender.sign_in("a")
    page = sender.page
    sender.open("/pesan/")
    page.get_by_role("link", name="Tulis Pesan").click()
    form = dialog(page)
    form.get_by_label("Kirim Pesan Ke Seluruh Instansi ?").check()
    form.get_by_label("Isi Pesan *").fill("Libur bersama hari Jumat.")
    form.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("Pesan terkirim.")).to_be_visible()
    first.sign_in("a1")
    second.sign_in("a1b")
    first.open("/pesan/?jenis=pengumuman")
    expect(dot(first.page, "messages")).to_be_visible()
    first.page.get_by_role("link", name="Libur bersama").click()
    expect(first.page.get_by_text("Ini merupakan pesan pengumuman.")).to_be_visible()
    expect(first.page.get_by_role("button", name="BALAS")).to_have_count(0)
    first.page.get_by_role("button", name="Tandai menjadi sudah terbaca").click()
    second.page.reload()
    expect(dot(second.page, "messages")).to_be_hidden()


def test_the_pages_are_accessible_on_a_phone(
    app: Flask, play: Play, world: World, visit: Callable[..., Visitor]
) -> None:
    with app.app_context():
        play.forward(play.verified("a"), by="a", to="a1")
        play.write("a", to=("a1",), files=play.upload("a", "jadwal.txt", b"jadwal"))
        play.write("a", to_all=True)
    officer = visit(size=PHONE)
    officer.sign_in("a1")
    page = officer.page
    bell(page).click()
    expect(page.get_by_role("link", name="Lihat Semuanya")).to_be_visible()
    accessible(page)
    for path in (
        "/notifikasi/",
        "/notifikasi/terbaru/",
        "/notifikasi/pengaturan/",
        "/pesan/",
        "/pesan/tulis/",
        "/pesan/?jenis=pengumuman",
    ):
        officer.open(path)
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{path} is wider than the phone"
    officer.open("/pesan/")
    page.get_by_role("link", name="Jadwal petugas").click()
    expect(page.get_by_role("button", name="BALAS")).to_be_visible()
    accessible(page)
