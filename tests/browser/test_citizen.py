"""A stranger with a phone files, follows, replies to and rates a report: with and without an account, with and
without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.rules.reports.workflow import Action
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.test_desk import accessible
from tests.support.citizen import read_code
from tests.support.papers import plain_pdf
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser
MAIL = "siti@contoh.example.com"
PASSWORD = "delima jangkar perahu kancil"
Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def typed_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test types faster than a person; that machines are refused is another test's."""
    monkeypatch.setattr("app.views.forms.spam_trap.FORM_SECONDS", 0)


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC))


def looks_right(page: Page, *, script: bool) -> None:
    """Nothing beyond the edge of the screen, and nothing that axe-core finds."""
    if script:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, page.url
        accessible(page)


def choose_region(page: Page, *, script: bool) -> None:
    for label, value in (("Provinsi", "35"), ("Kabupaten/Kota", "35.78")):
        chooser = page.get_by_label(label, exact=True)
        if not script and label != "Provinsi":
            page.get_by_role("button", name="Cari & perbarui pilihan").click()
        expect(chooser.locator(f"option[value='{value}']")).to_have_count(1)
        chooser.select_option(value)


def enter_code(app: Flask, page: Page) -> None:
    expect(page.get_by_role("heading", name="Masukkan kode")).to_be_visible()
    page.get_by_label("Kode", exact=True).fill(read_code(app, MAIL))
    page.get_by_role("button", name="LANJUT").click()


def file_without_an_account(app: Flask, citizen: Visitor, *, script: bool) -> tuple[int, str]:
    """The report's number, and the secret link that its reporter is given."""
    page = citizen.page
    citizen.open("/")
    for words in ("TENTANG LAPOR!", "LAPORAN", "STATISTIK", "MASUK", "DAFTAR"):
        expect(page.get_by_role("link", name=words, exact=True).first).to_be_visible()
    expect(page.get_by_placeholder("Ketik laporan Anda...")).to_be_visible()
    looks_right(page, script=script)
    page.get_by_label("Isi laporan").fill("Lampu taman padam. Hubungi saya di 0812-3456-7890.")
    page.get_by_label("Anonim").check()
    choose_region(page, script=script)
    page.get_by_label("Lokasi (jalan, patokan)").fill("Taman Melati")
    page.get_by_label("Nama Anda", exact=True).fill("Siti Aminah")
    page.get_by_role("button", name="LAPOR!").click()
    # What was forgotten is said, and nothing is lost.
    expect(page.get_by_text("Kolom ini wajib diisi.")).to_be_visible()
    expect(page.get_by_label("Isi laporan")).to_have_value(re.compile("Lampu taman padam"))
    expect(page.get_by_label("Kabupaten/Kota")).to_have_value("35.78")
    looks_right(page, script=script)
    page.get_by_label("Alamat email").fill(MAIL)
    page.get_by_role("button", name="LAPOR!").click()
    expect(page.get_by_text("Yang dapat dibaca publik")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("0812-3456-7890")
    looks_right(page, script=script)
    enter_code(app, page)
    expect(page.get_by_text("Simpan alamat rahasia ini")).to_be_visible()
    looks_right(page, script=script)
    number = int(re.search(r"#(\d+)", page.get_by_text("Nomornya").inner_text())[1])  # type: ignore[index]
    link = page.locator(".secret-link a").get_attribute("href")
    assert link is not None
    return number, link


def reply_after_a_bad_file(page: Page, *, script: bool) -> None:
    expect(page.get_by_text("Sedang kami tangani.")).to_be_visible()
    looks_right(page, script=script)
    page.get_by_role("link", name="Beri tanggapan").click()
    looks_right(page, script=script)
    page.get_by_label("Tanggapan Anda").fill("Masih gelap.")
    page.get_by_label("Lampiran", exact=True).set_input_files(
        {"name": "bukan gambar.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}
    )
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("bukan berkas .jpg yang utuh")).to_be_visible()
    expect(page.get_by_label("Tanggapan Anda")).to_have_value("Masih gelap.")
    page.get_by_label("Lampiran", exact=True).set_input_files([])
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("Tanggapan Anda terkirim.")).to_be_visible()
    expect(page.get_by_text("Masih gelap.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_without_an_account(app: Flask, play: Play, visit: Visit, script: bool) -> None:
    number, link = file_without_an_account(app, visit(size=PHONE, script=script), script=script)
    with app.app_context():
        play.now = datetime.now(UTC)
        play.verify(number, to="a")
        play.follow_up(number, by="a", secret=True)

    # Another day, at another phone: the link alone is enough.
    again = visit(size=PHONE, script=script)
    page = again.page
    again.follow(link, script=script)
    reply_after_a_bad_file(page, script=script)
    with app.app_context():
        play.now = datetime.now(UTC)
        play.follow_up(number, by="a")
        play.decide(number, by="pusat", action=Action.CLOSE)
    again.follow(link, script=script)
    expect(page.get_by_text("Ditutup oleh Admin")).to_be_visible()
    page.get_by_role("link", name="Beri penilaian").click()
    looks_right(page, script=script)
    page.get_by_label("Belum").check()
    page.get_by_label("2 — Tidak puas").check()
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("menunggu keputusan instansi")).to_be_visible()

    # What the world reads of it.
    stranger = visit(size=PHONE, script=script)
    stranger.open("/publik/laporan/")
    looks_right(stranger.page, script=script)
    stranger.page.get_by_role("link", name="Lampu jalan padam").click()
    expect(stranger.page.get_by_text("Anonim")).to_be_visible()
    looks_right(stranger.page, script=script)
    for kept in ("Siti", "Masih gelap", "0812"):
        expect(stranger.page.locator("body")).not_to_contain_text(kept)


def register_and_file(app: Flask, citizen: Visitor, *, script: bool) -> int:
    """The number of the new account's first report."""
    page = citizen.page
    citizen.open("/daftar/")
    looks_right(page, script=script)
    page.get_by_label("Nama Anda", exact=True).fill("Siti Aminah")
    page.get_by_label("Alamat email").fill(MAIL)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_label("Tulis lagi kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="DAFTAR").click()
    enter_code(app, page)
    expect(page.get_by_text("Anda belum punya laporan")).to_be_visible()
    looks_right(page, script=script)
    page.get_by_role("link", name="Buat Laporan").first.click()
    page.get_by_label("Isi laporan").fill("Pohon tumbang di jalan.")
    page.get_by_label("Lampiran", exact=True).set_input_files(
        {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": plain_pdf()}
    )
    page.get_by_label("Rahasia").check()
    page.get_by_role("button", name="LAPOR!").click()
    sent = page.get_by_text("Nomornya")
    expect(sent).to_be_visible()
    number = int(re.search(r"#(\d+)", sent.inner_text())[1])  # type: ignore[index]
    expect(page.get_by_role("link", name="laporan.pdf")).to_be_visible()
    looks_right(page, script=script)
    return number


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_with_an_account(app: Flask, play: Play, visit: Visit, script: bool) -> None:
    citizen = visit(size=PHONE, script=script)
    page = citizen.page
    number = register_and_file(app, citizen, script=script)
    with app.app_context():
        play.now = datetime.now(UTC)
        play.ask_details(number)
    citizen.open("/laporan-saya/")
    page.get_by_role("link", name=f"Laporan #{number}").click()
    expect(page.get_by_text("Di jalan apa, dan sejak kapan?")).to_be_visible()
    page.get_by_role("link", name="Lengkapi").click()
    page.get_by_label("Keterangan tambahan").fill("Jalan Kenanga, sejak pagi.")
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("Laporan Anda diperiksa lagi.")).to_be_visible()
    with app.app_context():
        play.now = datetime.now(UTC)
        play.verify(number, to="a")
        play.follow_up(number, by="a")
    citizen.open(f"/laporan-saya/{number}/")
    page.get_by_role("link", name="Tutup laporan").click()
    page.get_by_label("Mengapa laporan ditutup?").fill("Sudah dibersihkan.")
    page.get_by_role("button", name="TUTUP LAPORAN").click()
    expect(page.get_by_text("Laporan Anda ditutup.")).to_be_visible()
    page.get_by_role("link", name="Beri penilaian").click()
    page.get_by_label("Sudah").check()
    page.get_by_label("5 — Sangat puas").check()
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("Penilaian Anda: 5 dari 5.")).to_be_visible()
    # Signed out and in again: MASUK leads a citizen to Laporan Saya.
    page.locator(".menu__button").click()
    page.get_by_role("button", name="Keluar").click()
    citizen.open("/login/")
    looks_right(page, script=script)
    page.get_by_label("Email atau username").fill(MAIL)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="MASUK").click()
    page.wait_for_url("**/laporan-saya/")


def test_a_draft_stays_in_the_browser_until_it_is_sent(app: Flask, visit: Visit) -> None:
    citizen = visit(size=PHONE)
    page = citizen.page
    citizen.open("/")
    page.get_by_label("Isi laporan").fill("Jalan berlubang sejak Mei.")
    citizen.open("/tentang/")
    citizen.open("/")
    expect(page.get_by_label("Isi laporan")).to_have_value("Jalan berlubang sejak Mei.")
    page.get_by_role("button", name="Kosongkan").click()
    citizen.open("/")
    expect(page.get_by_label("Isi laporan")).to_have_value("")
    page.get_by_label("Isi laporan").fill("Jalan berlubang sejak Juni.")
    page.get_by_label("Nama Anda", exact=True).fill("Siti")
    page.get_by_label("Alamat email").fill(MAIL)
    page.get_by_role("button", name="LAPOR!").click()
    enter_code(app, page)
    expect(page.get_by_text("Nomornya")).to_be_visible()
    citizen.open("/")
    expect(page.get_by_label("Isi laporan")).to_have_value("")


def test_the_position_is_read_when_it_is_asked_for(app: Flask, visit: Visit) -> None:
    citizen = visit(size=PHONE)
    page = citizen.page
    page.add_init_script(
        "window.asked = 0; navigator.geolocation.getCurrentPosition = (take) => { window.asked++; take({coords: {latitude: -7.2574719, longitude: 112.7520883}}); }"
    )
    citizen.open("/")
    page.get_by_label("Isi laporan").fill("Isi.")
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Gunakan posisi saya").click()
    expect(page.get_by_label("Lokasi (jalan, patokan)")).to_have_value("-7.25747, 112.75209")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_public_pages_look_right(app: Flask, play: Play, visit: Visit, size: dict[str, int]) -> None:
    with app.app_context():
        number = play.in_progress("a")
        remark = play.remark(number)
    stranger = visit(size=size)
    for path in (
        "/",
        "/tentang/",
        "/statistik/",
        "/daftar/",
        "/lupa-sandi/",
        "/publik/laporan/",
        f"/publik/laporan/{number}/",
    ):
        stranger.open(path)
        looks_right(stranger.page, script=True)
    officer = visit(size=size)
    officer.sign_in("a")
    for path in ("/laporan/komentar-publik/", f"/laporan/komentar-publik/{remark}/"):
        officer.open(path)
        looks_right(officer.page, script=True)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("path", ["/", "/lapor/", "/daftar/"])
def test_nobody_sees_the_field_for_machines(
    app: Flask, visit: Visit, size: dict[str, int], path: str
) -> None:
    visitor = visit(size=size)
    visitor.open(path)
    trap = visitor.page.locator("input[name=website]")
    box = trap.bounding_box()
    assert box is None or box["x"] + box["width"] < 0, box
