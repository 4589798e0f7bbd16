"""Section 6.11 of the manual, step by step; Hari Libur and Peran & Izin once through."""

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


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator("main table.list tr", has_text=name).first


def choose(page: Page, name: str, entry: str) -> None:
    """From the menu of a row."""
    row(page, name).locator("summary").click()
    row(page, name).get_by_role("link", name=entry, exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_agencies_are_entered_changed_and_deleted(
    app: Flask, world: World, visit: Callable[..., Visitor], script: bool
) -> None:
    officer = visit(script=script)
    officer.sign_in("a")
    page = officer.page

    def form():  # type: ignore[no-untyped-def]
        return dialog(page) if script else page.locator("main")

    # 1: PENGATURAN > Manajemen Instansi.
    page.get_by_role("link", name="PENGATURAN").click()
    page.get_by_role("link", name="Manajemen Instansi").click()
    for column in ("Nama", "Jumlah Admin", "Jumlah Instansi", "Status", "Alamat", "Telp"):
        expect(page.get_by_role("columnheader", name=column, exact=True)).to_be_visible()
    # 2a: BUAT INSTANSI, a child of one's own.
    page.get_by_role("link", name="BUAT INSTANSI").click()
    expect(form().locator("[name='parent_query']")).to_have_value("Instansi A")
    form().get_by_label("Nama Instansi").fill("Kantor Cabang Medan")
    form().get_by_label("Telepon").fill("bukan nomor")
    form().get_by_role("button", name="BUAT").click()
    expect(form().get_by_text("Tulis nomor telepon dengan kode wilayahnya")).to_be_visible()
    form().get_by_label("Telepon").fill("(061) 6613317, 6624132")
    form().get_by_role("button", name="BUAT").click()
    expect(page.get_by_text("Instansi Kantor Cabang Medan dibuat.")).to_be_visible()
    # 2b: Instansi Internal, with the parent filled in.
    choose(page, "Kantor Cabang Medan", "Instansi Internal")
    expect(form().locator("[name='parent_query']")).to_have_value("Kantor Cabang Medan")
    form().get_by_label("Nama Instansi").fill("Loket Sibolga")
    form().get_by_role("button", name="BUAT").click()
    expect(row(page, "Loket Sibolga")).to_be_visible()
    # 2c: Ubah, SIMPAN.
    choose(page, "Loket Sibolga", "Ubah")
    form().get_by_label("Nama Instansi").fill("Loket Pematang Siantar")
    form().get_by_role("button", name="SIMPAN").click()
    expect(page.get_by_text("Data instansi Loket Pematang Siantar disimpan.")).to_be_visible()
    # 2d: Hapus: first what hangs on it is said.
    choose(page, "Kantor Cabang Medan", "Hapus")
    expect(form().get_by_text("1 instansi aktif di bawahnya")).to_be_visible()
    form().get_by_role("link", name="TUTUP").click()
    if script:
        expect(dialog(page)).to_have_count(0)
        page.keyboard.press("Escape")
    officer.open("/pengaturan/instansi/")
    choose(page, "Loket Pematang Siantar", "Hapus")
    form().get_by_role("button", name="HAPUS").click()
    expect(page.get_by_text("Instansi Loket Pematang Siantar dinonaktifkan.")).to_be_visible()
    # 3 and 4: DETAIL.
    row(page, "Instansi A").get_by_role("link", name="DETAIL").click()
    for label in ("Nama Instansi", "Alias", "Email", "Website", "Telepon", "Alamat", "Jumlah Admin"):
        expect(page.locator("dt", has_text=label).first).to_be_visible()
    expect(page.get_by_text("1 user")).to_be_visible()
    expect(row(page, "a@contoh.example.com")).to_contain_text("Aktif")
    expect(row(page, "Kantor Cabang Medan")).to_contain_text("(061) 6613317, 6624132")
    page.get_by_role("link", name="UBAH", exact=True).click()
    form().get_by_label("Alias").fill("Divre I")
    form().get_by_role("button", name="SIMPAN").click()
    expect(page.get_by_text("Data instansi Instansi A disimpan.")).to_be_visible()


def test_a_day_off_and_a_role_once_through(app: Flask, world: World, visit: Callable[..., Visitor]) -> None:
    with app.app_context():
        Play(world, datetime.now(UTC) - timedelta(hours=3)).verified("a1")
    tomorrow = (datetime.now(UTC) + timedelta(hours=7)).date()
    tomorrow += timedelta(days={4: 3, 5: 2}.get(tomorrow.weekday(), 1))  # a weekday
    central = visit()
    central.sign_in("pusat")
    page = central.page
    central.open("/pengaturan/hari-libur/")
    page.get_by_role("link", name="TAMBAH").click()
    dialog(page).get_by_label("Tanggal").fill(tomorrow.isoformat())
    dialog(page).get_by_label("Nama hari libur atau alasan").fill("Libur daerah")
    dialog(page).get_by_role("combobox", name="Berlaku untuk instansi ini").fill("instansi a")
    dialog(page).get_by_role("option", name="Instansi A").click()
    dialog(page).get_by_role("button", name="BUAT").click()
    expect(page.get_by_text("Hari libur disimpan. 2 tenggat berjalan berubah.")).to_be_visible()
    expect(row(page, "Libur daerah")).to_contain_text("Instansi A")

    page.get_by_role("link", name="Peran & Izin").click()
    row(page, "Pejabat Penghubung").get_by_role("link", name="Salin").click()
    expect(page.get_by_label("Nama peran")).to_have_value("Salinan Pejabat Penghubung")
    page.get_by_label("Nama peran").fill("Petugas baca")
    page.get_by_role("group", name="Instansi", exact=True).get_by_label("Mengubah").uncheck()
    page.get_by_role("button", name="BUAT").click()
    expect(page.get_by_text("Peran Petugas baca dibuat.")).to_be_visible()
    row(page, "Petugas baca").get_by_role("link", name="Hapus").click()
    dialog(page).get_by_role("button", name="HAPUS").click()
    expect(page.get_by_text("Peran Petugas baca dihapus.")).to_be_visible()
    page.get_by_role("link", name="Catatan Audit").click()
    expect(row(page, "Peran dihapus")).to_contain_text("Petugas PUSAT")
    expect(row(page, "Hari libur ditambahkan")).to_be_visible()


def test_the_pages_of_agencies_and_settings_are_accessible_on_a_phone(
    app: Flask, world: World, visit: Callable[..., Visitor]
) -> None:
    central = visit(size=PHONE)
    central.sign_in("pusat")
    for path in (
        "instansi/",
        f"instansi/{world.a}/",
        "instansi/tambah",
        f"instansi/{world.a3}/ubah",
        f"instansi/{world.a1}/hapus",
        f"instansi/{world.a3}/serah-terima",
        f"instansi/{world.a3}/serah-terima/daftar",
        "hari-libur/",
        "hari-libur/tambah",
        "kategori/",
        "kategori/tambah",
        "alasan-arsip/",
        "alasan-arsip/spam/ubah",
        "target/",
        "target/tambah",
        "peran/",
        "peran/tambah",
        "catatan/",
    ):
        central.open(f"/pengaturan/{path}")
        accessible(central.page)
        wide = central.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide, f"{path} is wider than the phone"
    central.open("/pengaturan/instansi/")
    row(central.page, "Unit A3").locator("summary").click()
    row(central.page, "Unit A3").get_by_role("link", name="Ubah", exact=True).click()
    expect(dialog(central.page)).to_be_visible()
    accessible(central.page)
