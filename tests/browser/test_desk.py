"""Sections 6.3 to 6.7 of the manual, step by step, by two people at their own browsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from app.rules.reports.workflow import Action
from tests.browser.conftest import PHONE, Visitor
from tests.support.papers import plain_pdf
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser
PDF = plain_pdf()


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def card(page: Page, number: int):  # type: ignore[no-untyped-def]
    return page.locator("main > article", has_text=f"#{number}").first


def dialog(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("dialog[open]")


def accessible(page: Page) -> None:
    """No violation that axe-core finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []


def test_follow_up_with_a_file_then_forward_with_copies(
    app: Flask, world: World, play: Play, visit: Callable[..., Visitor]
) -> None:
    """Sections 6.3 and 6.4."""
    with app.app_context():
        number, other = play.verified("a"), play.verified("a")
    officer = visit()
    officer.sign_in("a")
    page = officer.page
    card(page, number).get_by_role("link", name="Tindak Lanjut 0").click()
    expect(dialog(page).get_by_role("heading", name="Tindak Lanjut")).to_be_visible()
    dialog(page).get_by_label("Tindak Lanjut").fill("Tim kami datang besok.")
    dialog(page).get_by_label("Lampiran", exact=True).set_input_files(
        {"name": "surat tugas.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    dialog(page).get_by_label("Rahasia").check()
    dialog(page).get_by_role("button", name="KIRIM").click()
    expect(page.get_by_text("terkirim. Laporan berada di Sedang Diproses")).to_be_visible()
    expect(card(page, number)).to_contain_text("Ditindaklanjuti oleh Instansi")
    officer.open(f"/laporan/{number}/")
    expect(page.get_by_role("link", name="surat tugas.pdf")).to_be_visible()

    officer.open("/laporan/kelola/belum-ditindaklanjuti/")
    card(page, other).get_by_role("link", name="Teruskan").click()
    unit = dialog(page).get_by_role("combobox", name="Teruskan ke Unit:")
    unit.click()
    dialog(page).get_by_role("option", name="Unit A1").click()
    dialog(page).get_by_role("combobox", name="Salinan ke Unit Eksternal").fill("unit b")
    dialog(page).get_by_role("option", name="Unit B1").click()
    dialog(page).get_by_role("button", name="TERUSKAN").click()
    expect(page.get_by_text(f"Laporan #{other} diteruskan.")).to_be_visible()
    reader = visit()
    reader.sign_in("b1")
    reader.open("/laporan/salinan/")
    expect(card(reader.page, other)).to_be_visible()


def test_hand_back_asked_and_accepted(
    app: Flask, world: World, play: Play, visit: Callable[..., Visitor]
) -> None:
    """Section 6.5."""
    with app.app_context():
        number = play.verified("a")
        play.forward(number, by="a", to="a1")
    asker, decider = visit(), visit()
    asker.sign_in("a1")
    card(asker.page, number).get_by_role("link", name="Bukan Wewenang").click()
    dialog(asker.page).get_by_role("combobox", name="Saran Instansi").fill("unit a2")
    dialog(asker.page).get_by_role("option", name="Unit A2").click()
    expect(dialog(asker.page)).to_contain_text("Klik Ya jika Anda yakin laporan ini bukan wewenang Anda!")
    dialog(asker.page).get_by_role("button", name="YA").click()
    expect(card(asker.page, number)).to_contain_text("BELUM DIPROSES")
    decider.sign_in("a")
    decider.open("/laporan/kelola/permintaan/")
    card(decider.page, number).get_by_role("link", name="TERIMA").click()
    expect(dialog(decider.page).get_by_role("combobox", name="Dialihkan ke Instansi:")).to_have_value(
        "Unit A2"
    )
    dialog(decider.page).get_by_role("button", name="TERIMA").click()
    expect(decider.page.get_by_text(f"Permintaan untuk laporan #{number} diterima.")).to_be_visible()
    other = visit()
    other.sign_in("a2")
    expect(card(other.page, number)).to_contain_text("Terdisposisi: Unit A2")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_hold_and_close_are_asked_for(
    app: Flask, world: World, play: Play, visit: Callable[..., Visitor], script: bool
) -> None:
    """Sections 6.6 and 6.7: hold accepted, close rejected."""
    with app.app_context():
        number = play.verified("a")
        play.forward(number, by="a", to="a1")
        play.follow_up(number, by="a1")
    asker, decider = visit(script=script), visit(script=script)
    asker.sign_in("a1")
    decider.sign_in("a")
    for entry, question, label in (
        ("Permintaan Tahan Laporan", "Apakah Anda yakin ingin meminta tahan laporan ini?", "Alasan tahan:"),
        ("Permintaan Tutup Laporan", "Apakah Anda yakin ingin meminta tutup laporan ini?", "Alasan tutup:"),
    ):
        asker.open("/laporan/kelola/sedang-diproses/")
        card(asker.page, number).locator("summary", has_text="Lainnya").click()
        asker.page.get_by_role("link", name=entry).first.click()
        form = dialog(asker.page) if script else asker.page.locator("main")
        expect(form.get_by_role("heading", name=question)).to_be_visible()
        form.get_by_label(label).fill("Masih diusut.")
        form.get_by_role("button", name="YA").click()
        expect(card(asker.page, number)).to_contain_text("BELUM DIPROSES")
        decider.open("/laporan/kelola/permintaan/")
        ends = "TERIMA" if "Tahan" in entry else "TOLAK"
        card(decider.page, number).get_by_role("link", name=ends).click()
        form = dialog(decider.page) if script else decider.page.locator("main")
        if ends == "TOLAK":
            form.get_by_label("Alasan penolakan").fill("Belum selesai.")
        form.get_by_role("button", name=ends).click()
        expect(decider.page.get_by_text(f"Permintaan untuk laporan #{number}")).to_be_visible()
    asker.open(f"/laporan/{number}/")
    expect(asker.page.locator("main > article")).to_contain_text("Laporan ditahan")
    expect(asker.page.locator("main > article")).to_contain_text("Jawaban: Belum selesai.")


def test_the_pages_of_the_desk_are_accessible_on_a_phone(
    app: Flask, world: World, play: Play, visit: Callable[..., Visitor]
) -> None:
    with app.app_context():
        number, new = play.in_progress("a"), play.file()
        play.ask(number, by="a", action=Action.HOLD)
        play.attach(number, by="a")
    root = visit(size=PHONE)
    root.sign_in("pusat")
    for path in (
        "/laporan/kelola/permintaan/",
        "/laporan/kelola/belum-terverifikasi/",
        "/laporan/salinan/",
        "/laporan/selesai/",
        "/laporan/buat/",
        f"/laporan/{number}/",
        f"/laporan/{number}/komentar/",
        f"/laporan/{number}/koreksi/",
        f"/laporan/{number}/ubah-disposisi/",
        f"/laporan/{number}/tindakan/tutup/",
        f"/laporan/{new}/verifikasi/",
        f"/laporan/{new}/tunda/",
        f"/laporan/{new}/arsipkan/",
    ):
        root.open(path)
        accessible(root.page)
        wide = root.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide, f"{path} is wider than the phone"
    officer = visit(size=PHONE)
    officer.sign_in("a")
    for tail in ("tindak-lanjut", "teruskan", "bukan-wewenang"):
        officer.open("/laporan/kelola/sedang-diproses/")
        officer.page.locator(f"a[href='/laporan/{number}/{tail}/']").first.click()
        expect(dialog(officer.page)).to_be_visible()
        accessible(officer.page)
