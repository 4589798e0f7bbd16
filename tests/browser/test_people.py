"""Sections 6.1, 6.2 and 6.10 of the manual, step by step: an admin is made, gets in, and is taken away."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.test_desk import accessible
from tests.support.accounts import GOOD, code_now, path_in
from tests.support.mail import letters_to
from tests.support.world import PASSWORD

pytestmark = pytest.mark.browser
JOHN = "john_doe@lapor.example.com"


def sound(visitor: Visitor) -> None:
    """Readable for everybody, and no wider than the screen."""
    accessible(visitor.page)
    wide = visitor.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wide, visitor.page.url


def menu(visitor: Visitor, entry: str) -> None:
    visitor.page.get_by_role("link", name="PENGATURAN").click()
    visitor.page.get_by_role("link", name=entry).click()


def form_of(visitor: Visitor) -> Locator:
    """The form that lies before the reader, on its page or in a dialog over the list."""
    return visitor.page.locator("form.panel").last


def fill_in_john(visitor: Visitor) -> None:
    page = form_of(visitor)
    page.get_by_label("Nama Lengkap").fill("John Doe")
    page.get_by_label("Username").fill("john_doe")
    page.get_by_label("Email").fill(JOHN)
    page.get_by_label("Telepon").fill("081311122233")
    page.get_by_label("Jenis Kelamin").select_option(label="Laki-Laki")
    page.get_by_label("Tanggal Lahir").fill("1976-12-18")
    page.get_by_label("Status").select_option(label="Aktif")


def follow(visitor: Visitor, link: str, *, script: bool) -> None:
    """Open the link of a letter; without a script it is pasted at its entrance."""
    visitor.follow(link, script=script)
    if script:
        sound(visitor)


@pytest.mark.parametrize(
    ("script", "size"), [(True, DESK), (False, DESK), (True, PHONE)], ids=["script", "no-script", "phone"]
)
def test_an_admin_is_registered_signs_in_and_is_removed(
    app: Flask, visit: Callable[..., Visitor], script: bool, size: dict[str, int]
) -> None:
    # 6.10: TAMBAH ADMIN, "Daftar Baru".
    chief = visit(script=script, size=size)
    chief.sign_in("a1")
    menu(chief, "Manajemen Pengguna")
    page = chief.page
    expect(page.get_by_text("Petugas A1 (Anda)")).to_be_visible()
    expect(page.get_by_role("img", name="Sedang daring").first).to_be_visible()
    if script:
        sound(chief)
    page.get_by_role("link", name="TAMBAH ADMIN").click()
    expect(page.locator("dialog[open]")).to_have_count(int(script))
    expect(page.get_by_role("link", name="Daftar Baru")).to_have_attribute("aria-current", "page")
    expect(form_of(chief).get_by_label("Peran").locator("option:checked")).to_have_text("Pejabat Penghubung")
    fill_in_john(chief)
    if script:
        sound(chief)
    page.get_by_role("button", name="BUAT").click()
    expect(page.get_by_text(f"Surat untuk masuk dikirim ke {JOHN}.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="John Doe")
    expect(row).to_contain_text("Aktif")

    # 6.1: the mail, and a password of one's own.
    (letter,) = letters_to(app, JOHN)
    john = visit(script=script, size=size)
    follow(john, path_in(letter), script=script)
    john.page.get_by_label("Kata sandi baru").fill("pendek")
    john.page.get_by_label("Tulis sekali lagi").fill("pendek")
    john.page.get_by_role("button", name="SIMPAN").click()
    expect(john.page.get_by_text("gunakan paling sedikit 12 karakter")).to_be_visible()
    for label in ("Kata sandi baru", "Tulis sekali lagi"):
        john.page.get_by_label(label).fill(GOOD)
    john.page.get_by_role("button", name="SIMPAN").click()
    john.page.wait_for_url("**/login/")

    # 6.2: MASUK by e-mail and password, the admin pages, back to the front page, Panel Admin.
    john.sign_in("john", GOOD, email=JOHN)
    john.open("/")
    john.page.locator("summary.menu__button").click()
    john.page.get_by_role("link", name="Panel Admin").last.click()
    john.page.wait_for_url("**/laporan/kelola/**")

    # 6.10 b: UBAH, SIMPAN; 6.10 c: HAPUS, and a yes.
    menu(chief, "Manajemen Pengguna")
    row.get_by_role("link", name="UBAH").click()
    form_of(chief).get_by_label("Nama Lengkap").fill("John Doe Baru")
    form_of(chief).get_by_role("button", name="SIMPAN").click()
    expect(row).to_contain_text("John Doe Baru")
    row.get_by_role("link", name="HAPUS").click()
    expect(page.get_by_text("hilang dari daftar ini")).to_be_visible()
    if script:
        sound(chief)
    form_of(chief).get_by_role("button", name="HAPUS").click()
    expect(page.get_by_text("John Doe Baru dihapus dari daftar admin.")).to_be_visible()
    expect(row).to_have_count(0)
    john.open("/laporan/kelola/")
    john.page.wait_for_url("**/login/**")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_a_registered_user_is_made_an_admin(
    app: Flask, visit: Callable[..., Visitor], size: dict[str, int]
) -> None:
    chief = visit(size=size)
    chief.sign_in("a")
    menu(chief, "Manajemen Pengguna")
    page = chief.page
    page.get_by_role("link", name="TAMBAH ADMIN").click()
    expect(page.get_by_label("Tanggal Lahir")).to_be_visible()
    page.get_by_role("link", name="Dari Pengguna Terdaftar").click()
    expect(page.locator("dialog[open]")).to_have_count(1)
    search = page.get_by_label("Email atau nomor telepon lengkap, atau nama pelapor instansi Anda")
    search.fill("wa")
    page.get_by_role("button", name="Cari").last.click()
    expect(page.get_by_text("Tulis paling sedikit 3 karakter.")).to_be_visible()
    search.fill("warga2@contoh")
    page.get_by_role("button", name="Cari").last.click()
    expect(page.get_by_text("Tulis alamat email yang lengkap")).to_be_visible()
    search.fill("warga2@contoh.example.com")
    page.get_by_role("button", name="Cari").last.click()
    expect(page.get_by_role("radio")).to_have_count(1)
    expect(page.get_by_text("w•••@c•••.com")).to_be_visible()
    sound(chief)
    page.get_by_text("Warga WARGA2").click()
    form_of(chief).get_by_label("Instansi").select_option(label="Unit A1")
    page.get_by_role("button", name="JADIKAN ADMIN").click()
    expect(page.get_by_text("Undangan dikirim kepada Warga WARGA2.")).to_be_visible()
    expect(page.get_by_role("heading", name="Undangan yang menunggu jawaban")).to_be_visible()
    sound(chief)
    (letter,) = letters_to(app, "warga2@contoh.example.com")
    officer = visit(size=size)
    officer.open(path_in(letter))
    expect(officer.page.get_by_text("Masuk dahulu dengan akun yang diundang")).to_be_visible()
    sound(officer)
    officer.sign_in("warga2", lands="**/laporan-saya/**")
    officer.open(path_in(letter))
    expect(officer.page.get_by_text("Unit A1")).to_be_visible()
    sound(officer)
    officer.page.get_by_role("button", name="TERIMA").click()
    expect(officer.page.get_by_role("heading", name="Kelola Laporan")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_a_forgotten_password_and_an_authenticator(
    app: Flask, visit: Callable[..., Visitor], size: dict[str, int]
) -> None:
    officer = visit(size=size)
    page = officer.page
    officer.open("/login/")
    page.get_by_role("link", name="Lupa kata sandi?").click()
    page.get_by_label("Email atau username").fill("akun-a1")
    sound(officer)
    page.get_by_role("button", name="KIRIM", exact=True).click()
    expect(page.get_by_text("Jika ada akun aktif dengan email atau username itu")).to_be_visible()
    (letter,) = letters_to(app, "a1@contoh.example.com")
    officer.open(path_in(letter))
    for label in ("Kata sandi baru", "Tulis sekali lagi"):
        page.get_by_label(label).fill(GOOD)
    page.get_by_role("button", name="SIMPAN").click()
    page.wait_for_url("**/login/")
    officer.open(path_in(letter))
    expect(page.get_by_role("heading", name="Tautan tidak berlaku lagi")).to_be_visible()
    sound(officer)
    officer.sign_in("a1", GOOD)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_an_authenticator_and_ones_own_data(
    app: Flask, visit: Callable[..., Visitor], size: dict[str, int]
) -> None:
    officer = visit(size=size)
    page = officer.page
    officer.sign_in("a1")
    officer.open("/akun/")
    sound(officer)
    page.get_by_role("link", name="PASANG").click()
    secret = page.locator(".authenticator__key").inner_text().replace(" ", "")
    sound(officer)
    page.get_by_label("Kode 6 angka dari aplikasi").fill(code_now(pyotp.TOTP(secret)))
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_role("button", name="AKTIFKAN").click()
    expect(page.get_by_text("Verifikasi dua langkah aktif.")).to_be_visible()
    sound(officer)
    code = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="SUDAH SAYA SIMPAN").click()
    expect(page.get_by_text("Kode cadangan yang belum dipakai: 10")).to_be_visible()
    page.locator("summary.menu__button").click()
    page.get_by_role("button", name="Keluar").click()

    officer.open("/login/")
    page.get_by_label("Email atau username").fill("akun-a1")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="MASUK").click()
    page.wait_for_url("**/login/kode/**")
    sound(officer)
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="MASUK").click()
    page.wait_for_url("**/laporan/kelola/**")

    # The profile and the password, as their owner changes them.
    officer.open("/akun/")
    page.get_by_role("link", name="UBAH PROFIL").click()
    sound(officer)
    page.get_by_role("button", name="SIMPAN").click()
    page.get_by_role("link", name="GANTI TELEPON").click()
    sound(officer)
    page.get_by_label("Nomor telepon baru").fill("081311122233")
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_role("button", name="LANJUT").click()
    expect(page.get_by_text("+6281311122233")).to_be_visible()
    page.get_by_role("link", name="UBAH KATA SANDI").click()
    sound(officer)
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_label("Kata sandi baru").fill(GOOD)
    page.get_by_label("Tulis sekali lagi").fill(GOOD)
    page.get_by_role("button", name="SIMPAN").click()
    expect(page.get_by_text("Kata sandi diubah. Sesi lain sudah dikeluarkan.")).to_be_visible()


def test_a_central_admin_demands_the_second_step(app: Flask, visit: Callable[..., Visitor]) -> None:
    central, officer = visit(), visit()
    officer.sign_in("a1")
    central.sign_in("pusat")
    menu(central, "Keamanan Masuk")
    sound(central)
    central.page.get_by_label("Pejabat Penghubung").check()
    central.page.get_by_role("button", name="SIMPAN").click()
    expect(central.page.get_by_text("Pengaturan disimpan.")).to_be_visible()
    officer.open("/laporan/kelola/")
    officer.page.wait_for_url("**/akun/verifikasi-dua-langkah/")
    expect(officer.page.get_by_text("Peran Anda mewajibkan verifikasi dua langkah.")).to_be_visible()
