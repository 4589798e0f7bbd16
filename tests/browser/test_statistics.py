"""Section 6.9 of the manual, step by step, and the weekly look of section 4.3."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.rules.reports.workflow import Action
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_desk import accessible
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds: the first chart reads a large script


def listen(page: Page) -> list[str]:
    """What the browser complains of from here on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def busy(app: Flask, world: World) -> None:
    """Five reports of A and below, two of B."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=2))
        play.verified("a1")
        play.in_progress("a1")
        play.in_progress("a2")
        closed = play.in_progress("a")
        play.decide(closed, by="pusat", action=Action.CLOSE)
        play.verified("a")
        play.verified("b")
        play.verified("b1")


def test_the_officer_sees_the_chart_of_an_agency_and_a_period(
    app: Flask, busy: None, visit: Callable[..., Visitor]
) -> None:
    officer = visit()
    officer.sign_in("a")
    page, said = officer.page, listen(officer.page)
    # Masuk ke tab MONITOR > Statistik.
    page.get_by_role("link", name="MONITOR").click()
    page.get_by_role("link", name="Statistik", exact=True).click()
    # Pilih sub-tab.
    expect(page.get_by_role("link", name="PENGELOLAAN LAPORAN")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="PEMANFAATAN DATA").click()
    # Masukkan instansi; tentukan periode.
    page.get_by_role("combobox", name="Instansi").fill("Unit A1")
    page.get_by_role("option", name="Unit A1").first.click()
    page.locator("#periode").select_option("semua")
    page.get_by_role("button", name="TAMPILKAN").click()
    # Pilih data dengan menekan judulnya: muncul grafik sesuai instansi dan periode.
    page.get_by_role("link", name="Status Laporan Terdisposisi").click()
    expect(page.locator("[data-drawn=yes] svg.main-svg").first).to_be_visible(timeout=PATIENCE)
    assert re.search(r"data=status.*periode=semua|periode=semua.*data=status", page.url)
    expect(page.get_by_text("Unit A1 · laporan masuk sejak awal (WIB)")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^Belum Ditindaklanjuti"))
    expect(row).to_contain_text("1")
    expect(page.locator("tfoot")).to_contain_text("2")
    accessible(page)
    # A number leads to its list.
    page.locator("tfoot").get_by_role("link", name="2").click()
    expect(page.locator("main article.card")).to_have_count(2)
    page.get_by_role("link", name="Kembali ke statistik").click()
    # The address holds the choice: another title keeps agency and period.
    page.get_by_role("link", name="Area", exact=False).first.click()
    expect(page.locator(".tile")).to_have_count(38)
    expect(page.get_by_text("Unit A1 · laporan masuk sejak awal (WIB)")).to_be_visible()
    expect(page.locator("[data-drawn=yes]")).to_have_count(1, timeout=PATIENCE)
    assert said == [], "neither our policy nor a script complains"


def test_every_title_draws_on_a_phone_too(app: Flask, busy: None, visit: Callable[..., Visitor]) -> None:
    officer = visit(size=PHONE)
    officer.sign_in("a")
    page, said, drawn = officer.page, listen(officer.page), 0
    for side in ("pengelolaan-laporan", "pemanfaatan-data"):
        officer.open(f"/monitor/statistik/{side}/?periode=semua")
        for title in page.locator(".titles__one strong").all_inner_texts():
            page.get_by_role("link", name=title).first.click()
            expect(page.locator("[data-drawn=yes] svg.main-svg").first).to_be_visible(timeout=PATIENCE)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), title
            drawn += 1
    assert drawn == 11
    accessible(page)
    assert said == []


def test_without_a_script_the_table_stands(app: Flask, busy: None, visit: Callable[..., Visitor]) -> None:
    officer = visit(script=False)
    officer.sign_in("a")
    page = officer.page
    officer.open("/monitor/statistik/pengelolaan-laporan/?data=pengelolaan")
    page.locator("#instansi_query").fill("Unit A1")
    page.locator("#periode").select_option("semua")
    page.get_by_role("button", name="TAMPILKAN").click()
    expect(page.get_by_role("cell", name="Unit A1 (langsung)")).to_be_visible()
    expect(page.locator("tfoot")).to_contain_text("2")
    expect(page.locator(".figure")).to_be_hidden()
    with page.expect_download() as file:
        page.get_by_role("link", name="Unduh CSV").click()
    assert file.value.suggested_filename.endswith(".csv")


def test_the_units_below_are_looked_at_and_gone_into(
    app: Flask, busy: None, visit: Callable[..., Visitor]
) -> None:
    officer = visit()
    officer.sign_in("a")
    page, said = officer.page, listen(officer.page)
    page.get_by_role("link", name="MONITOR").click()
    page.get_by_role("link", name="Pemantauan", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^Unit A1"))).to_contain_text("50%")
    accessible(page)
    page.get_by_role("columnheader", name="Total").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Total")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Unit A1").click()
    expect(page.get_by_text("Instansi ini tidak memiliki unit di bawahnya.")).to_be_visible()
    page.get_by_role("link", name="Ke instansi di atasnya").click()
    page.get_by_role("link", name="Surel ringkasan").click()
    page.get_by_role("group", name="Untuk saya").get_by_label("Laporan terlambat").uncheck()
    page.get_by_role("button", name="SIMPAN").click()
    expect(page.get_by_text("Pilihan surel ringkasan disimpan.")).to_be_visible()
    assert said == []
