"""The main job in a browser: an imported complaint goes from Belum Terverifikasi to Ditutup oleh Sistem."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.extensions import db, transaction
from app.intake.complaints import import_complaints
from app.jobs.schedule import expire_clocks
from app.models import Agency, Report
from tests.browser.conftest import PHONE, Visitor
from tests.support.world import World

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve()
INVENTED = HERE.parents[1] / "intake" / "complaints.csv"
# The real complaints, where they lie beside the project; the invented ones have the same shape.
REAL = HERE.parents[3] / "shared" / "data" / "keluhan_surabaya.csv"


def import_some(app: Flask, tmp_path: Path, rows: int = 5) -> int:
    """Import a few complaints, give the first one's agency to officer A1, and say its number."""
    source = REAL if REAL.exists() else INVENTED
    few = tmp_path / "few.csv"
    with source.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        chosen = [row for _, row in zip(range(rows), reader, strict=False)]
        with few.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, fieldnames=reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(chosen)
    with app.app_context():
        result = import_complaints(
            few,
            datetime.now(UTC),
            government="Pemerintah Kota Surabaya",
            regency="35.78",
            transaction=transaction,
        )
        assert (result.added, result.faults) == (rows, [])
        with transaction() as session:
            report = session.query(Report).order_by(Report.id).first()
            assert report is not None
            officer = World.read(session).account(session, "a1")
            officer.agency_id = report.suggested_agency_id
            return report.id


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_arrival_to_closed_by_the_system(
    app: Flask, visit: Callable[..., Visitor], tmp_path: Path, script: bool
) -> None:
    number = import_some(app, tmp_path)
    with app.app_context():
        agency = db.session.get(Agency, db.session.get(Report, number).suggested_agency_id).name

    root = visit(script=script)
    root.sign_in("pusat")
    page = root.page
    expect(page.get_by_role("heading", name="Kelola Laporan")).to_be_visible()
    card = page.locator("article", has_text=f"#{number}").first
    expect(card).to_contain_text("Belum Terverifikasi")
    expect(card).to_contain_text("Terlambat")
    card.get_by_role("link", name="Verifikasi & Disposisi").click()
    page.get_by_label("Judul laporan").fill("Keluhan warga tentang fasilitas kota")
    page.get_by_label("Pengaduan Tidak Berkadar Pengawasan").check()
    # The suggestion of the file is filled in; type it anew, as for any other agency.
    box = page.locator("input[name=agency_query]")
    expect(box).to_have_value(agency)
    box.fill(agency[:14])
    if script:
        page.get_by_role("option").filter(has_text=agency).first.click()
        expect(box).to_have_value(agency)
    else:
        box.fill(agency)
    page.get_by_role("button", name="VERIFIKASI & DISPOSISI").click()
    expect(page.get_by_text(f"didisposisikan ke {agency}")).to_be_visible()

    officer = visit(script=script)
    officer.sign_in("a1")
    page = officer.page
    card = page.locator("article", has_text=f"#{number}").first
    expect(card).to_contain_text("Terverifikasi")
    expect(card).to_contain_text("Harus diproses dalam 5 hari")
    expect(card).to_contain_text(f"Terdisposisi: {agency}")
    card.get_by_role("link", name="Tindak Lanjut 0").click()
    page.locator("textarea").locator("visible=true").fill(
        "Terima kasih. Tim kami memeriksa lokasi besok pagi."
    )
    page.get_by_label("Rahasia").locator("visible=true").check()
    page.get_by_role("button", name="KIRIM").locator("visible=true").click()
    expect(page.get_by_text(f"laporan #{number} terkirim")).to_be_visible()
    card = page.locator("article", has_text=f"#{number}").first
    expect(card).to_contain_text("Ditindaklanjuti oleh Instansi")
    expect(card).to_contain_text("Selesai otomatis dalam 10 hari")
    expect(card).to_contain_text("Tindak Lanjut 1")

    with app.app_context():
        assert expire_clocks(datetime.now(UTC) + timedelta(days=12)) == "moved 1, failed 0"
    officer.open("/laporan/selesai/")
    expect(page.locator("article", has_text=f"#{number}").first).to_contain_text("Ditutup oleh Sistem")
    page.locator("article", has_text=f"#{number}").first.get_by_role("link").first.click()
    expect(page.get_by_text("Terima kasih. Tim kami memeriksa lokasi besok pagi.")).to_be_visible()


def test_signing_in_and_out_as_the_manual_says(app: Flask, visit: Callable[..., Visitor]) -> None:
    """Section 6.2: MASUK, the panel, back to the front page, Panel Admin, out."""
    officer = visit()
    officer.sign_in("a")
    page = officer.page
    officer.open("/")
    page.locator("summary, button").filter(has_text="Petugas A").first.click()
    page.get_by_role("link", name="Panel Admin").first.click()
    page.wait_for_url("**/laporan/kelola/**")
    page.locator("summary, button").filter(has_text="Petugas A").first.click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()
    officer.open("/laporan/kelola/")
    expect(page.get_by_label("Kata sandi").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login/",
        "/laporan/kelola/",
        "/laporan/selesai/",
        "/akun/",
        "/pengaturan/instansi/",
        "/pengaturan/pengguna/",
    ],
)
def test_nothing_is_wider_than_a_phone(app: Flask, visit: Callable[..., Visitor], path: str) -> None:
    officer = visit(size=PHONE)
    if path not in ("/", "/login/"):
        officer.sign_in("a")
    officer.open(path)
    width = officer.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
