"""Files that are taken away, button by button: a list, a long one as a job, a report, a recap, the public figures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from app.exports import stored_exports
from app.jobs import exporting
from app.rules.channels.ringkas import COLUMNS
from app.rules.reports.workflow import Action
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_desk import accessible
from tests.browser.test_statistics import PATIENCE, listen
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def reports(app: Flask, world: World) -> list[int]:
    """Three of A1 that wait, and one that was closed, one secret."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=2))
        made = [play.verified("a1") for _ in range(3)]
        play.decide(play.in_progress("a1"), by="pusat", action=Action.CLOSE)
        play.verified("b1", is_secret=True)
        return made


def taken(page: Page, button: Locator) -> tuple[str, Path]:
    """Press it; the file's name and where it lies."""
    with page.expect_download() as waited:
        button.click()
    return waited.value.suggested_filename, Path(waited.value.path())


def make_one(app: Flask) -> None:
    """What the consumer of jobs does."""
    with app.app_context():
        assert exporting.make_next(datetime.now(UTC))


def ids_of(lines: list[list[str]]) -> list[str]:
    at = next(n for n, line in enumerate(lines) if line[: len(COLUMNS)] == list(COLUMNS))
    return sorted(line[0] for line in lines[at + 1 :])


def ids_in(file: Path) -> list[str]:
    return ids_of(list(csv.reader(file.read_text("utf-8-sig").splitlines())))


def test_a_list_a_long_one_and_a_report(
    app: Flask, reports: list[int], visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = sorted(str(key) for key in reports)
    officer = visit()
    officer.sign_in("a1")
    page = officer.page
    officer.open("/laporan/kelola/belum-ditindaklanjuti/")
    name, file = taken(page, page.get_by_role("link", name="Unduh CSV"))
    assert name.startswith("laporan-ringkas-belum-ditindaklanjuti-")
    assert ids_in(file) == wanted
    name, file = taken(page, page.get_by_role("link", name="Unduh XLSX"))
    rows = load_workbook(file.rename(file.with_suffix(".xlsx")), read_only=True).active
    assert ids_of([[str(cell or "") for cell in row] for row in rows.iter_rows(values_only=True)]) == wanted  # type: ignore[union-attr]
    # A long one: it is asked, made by a job, and had from its page, which follows it.
    monkeypatch.setattr(stored_exports, "SHORT", 1)
    page.get_by_role("link", name="Unduh CSV").click()
    page.get_by_role("button", name="BUAT BERKAS").click()
    expect(page.get_by_text("Sedang dibuat")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    make_one(app)
    name, file = taken(page, page.get_by_role("link", name="UNDUH", exact=True))
    assert ids_in(file) == wanted
    # A report as PDF.
    officer.open(f"/laporan/{reports[0]}/")
    name, file = taken(page, page.get_by_role("link", name="Unduh PDF"))
    assert name == f"laporan-{reports[0]}.pdf"
    assert file.read_bytes()[:5] == b"%PDF-"


def test_a_recap_with_its_pictures(
    app: Flask, reports: list[int], visit: Callable[..., Visitor], world: World
) -> None:
    officer = visit(size=PHONE)
    officer.sign_in("a")
    # The month in which the reports came, in the zone of their agency.
    page, month = officer.page, f"{datetime.now(UTC) - timedelta(days=2) + timedelta(hours=7):%Y-%m}"
    officer.open("/monitor/statistik/")
    page.get_by_role("link", name="Rekap bulanan (PDF)").click()
    accessible(page)
    page.get_by_label("Bulan").select_option(month)
    page.get_by_role("button", name="BUAT REKAP").click()
    expect(page.get_by_text("Sedang dibuat")).to_be_visible()
    make_one(app)
    name, file = taken(page, page.get_by_role("link", name="UNDUH", exact=True))
    assert name == f"rekap-lapor-{world.a}-{month}.pdf"
    content = file.read_bytes()
    assert content[:5] == b"%PDF-"
    assert content.count(b"/Subtype /Image") >= 5, "pictures of its charts"
    officer.open("/ekspor/")
    expect(page.get_by_role("link", name=name)).to_be_visible()


def test_everybody_reads_the_public_figures(
    app: Flask, reports: list[int], visit: Callable[..., Visitor], world: World
) -> None:
    visitor = visit(size=PHONE)
    page, said = visitor.page, listen(visitor.page)
    visitor.open("/")
    page.get_by_role("link", name="STATISTIK").first.click()
    page.get_by_label("Tanggal laporan masuk").select_option("semua")
    page.locator("#instansi").select_option(label="Instansi A")
    page.get_by_role("button", name="TAMPILKAN").click()
    assert f"instansi={world.a}&periode=semua" in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistik: Instansi A")
    expect(page.locator("[data-drawn=yes]")).to_have_count(4, timeout=PATIENCE)
    expect(page.locator(".tile")).to_have_count(38)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(page)
    name, file = taken(page, page.get_by_role("link", name="Unduh CSV: Instansi"))
    assert name == f"lapor-statistik-{world.a}-instansi-semua.csv"
    lines = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert ["Instansi", "Unit A1", "4", "1", "25.0", "1", "0"] in lines
    page.get_by_role("link", name="Unit A1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statistik: Unit A1")
    assert said == []
    # Without a script the tables stand; a secret report is in none of them.
    plain = visit(script=False)
    plain.open(f"/statistik/?instansi={world.b}&periode=semua")
    expect(plain.page.get_by_role("row", name="Belum ditindaklanjuti")).to_contain_text("0")
    expect(plain.page.get_by_text("Tidak ada laporan dalam periode ini.").first).to_be_visible()
    expect(plain.page.locator(".figure")).to_have_count(0)
