"""Buat Laporan in a browser, at a desk and on a phone, with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.test_desk import accessible

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_officer_types_in_what_a_letter_says(
    app: Flask, visit: Callable[..., Visitor], size: dict[str, int], script: bool
) -> None:
    officer = visit(size=size, script=script)
    officer.sign_in("b1")
    page = officer.page
    page.get_by_role("link", name="Buat Laporan").click()
    expect(page.get_by_role("heading", name="Buat Laporan")).to_be_visible()
    page.get_by_label("Saluran asal laporan").select_option("Pos Surat")
    page.get_by_role("textbox", name="Nama pelapor").fill("Pelapor Uji")
    page.get_by_label("Nomor telepon pelapor").fill("nomor")
    page.get_by_label("Judul laporan").fill("Jembatan rusak")
    page.get_by_label("Isi laporan").fill("Papan jembatan patah.\nAnak sekolah memutar jauh.")
    page.get_by_label("Rahasia").check()
    page.get_by_role("button", name="BUAT LAPORAN").click()
    # Refused for the telephone alone; everything else is still there.
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Isi laporan")).to_have_value(
        "Papan jembatan patah.\nAnak sekolah memutar jauh."
    )
    expect(page.get_by_label("Rahasia")).to_be_checked()
    if script:
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
    page.get_by_label("Nomor telepon pelapor").fill("0812 0000 0000")
    page.get_by_role("button", name="BUAT LAPORAN").click()
    expect(page.get_by_text(re.compile(r"Laporan tercatat dengan nomor #\d+"))).to_be_visible()
    expect(page.get_by_role("heading", name="Jembatan rusak")).to_be_visible()
    page.get_by_role("link", name="Buat Laporan").click()
    expect(page.get_by_role("link", name=re.compile("Jembatan rusak"))).to_be_visible()
