"""The end of an officer's session in a browser: a warning, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.support.play import Play
from tests.support.world import PASSWORD, World

# On one database: what the browser does knows of none.
pytestmark = [pytest.mark.browser, pytest.mark.postgresql]
TEXT = "Tim kami sudah memeriksa lampu itu dan menggantinya pagi ini."
SOON = 12_000  # milliseconds until the session of these tests has ended


@pytest.fixture
def form(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of an answer, on a site whose sessions end after nine seconds without a request."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        report = play.verified("a")
        play.forward(report, by="a", to="a1")
    monkeypatch.setitem(app.config, "LAPOR", replace(app.config["LAPOR"], officer_idle_minutes=0.15))
    return f"/laporan/{report}/tindak-lanjut/"


def enter(page: Page, name: str) -> None:
    page.get_by_label("Email atau username").fill(f"akun-{name}")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="MASUK").click()


def typed(page: Page) -> Page:
    page.locator("main textarea[name='text']").fill(TEXT)
    return page


def test_whoever_is_warned_stays(visit: Callable[..., Visitor], form: str) -> None:
    visitor = visit()
    visitor.sign_in("a1")
    visitor.open(form)
    page = typed(visitor.page)
    warning = page.get_by_role("dialog", name="Sesi Anda segera berakhir")
    for _ in range(2):
        expect(warning).to_be_visible(timeout=SOON)
        warning.get_by_role("button", name="TETAP MASUK").click()
        expect(warning).to_be_hidden()
    expect(page.locator("main textarea[name='text']")).to_have_value(TEXT)
    page.locator("main form button[type='submit']").first.click()
    page.wait_for_url("**/laporan/kelola/**")


def test_what_was_typed_is_back_after_signing_in_again(visit: Callable[..., Visitor], form: str) -> None:
    visitor = visit(size=PHONE)
    visitor.sign_in("a1")
    visitor.open(form)
    page = typed(visitor.page)
    page.get_by_role("link", name="MASUK LAGI").click(timeout=2 * SOON)
    enter(page, "a1")
    expect(page.locator("main textarea[name='text']")).to_have_value(TEXT)
    page.reload()
    expect(page.locator("main textarea[name='text']")).to_have_value("")


def test_the_next_person_at_the_desk_finds_nothing(visit: Callable[..., Visitor], form: str) -> None:
    visitor = visit()
    visitor.sign_in("a1")
    visitor.open(form)
    page = typed(visitor.page)
    page.get_by_role("link", name="MASUK LAGI").click(timeout=2 * SOON)
    enter(page, "a1b")
    expect(page.locator("main textarea[name='text']")).to_have_value("")
    visitor.open(form)
    expect(page.locator("main textarea[name='text']")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_form_that_is_sent_too_late_waits_for_its_sender(visit: Callable[..., Visitor], form: str) -> None:
    visitor = visit()
    visitor.sign_in("a1")
    visitor.open(form)
    page = typed(visitor.page)
    expect(page.get_by_role("dialog", name="Sesi Anda sudah berakhir")).to_be_visible(timeout=2 * SOON)
    page.keyboard.press("Escape")
    page.locator("main form button[type='submit']").first.click()
    expect(page.get_by_text("Isinya disimpan")).to_be_visible()
    enter(page, "a1")
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.get_by_role("button", name="KIRIM SEKARANG").click()
    page.wait_for_url("**/laporan/kelola/**")
    visitor.open(form.removesuffix("tindak-lanjut/"))
    expect(page.get_by_text(TEXT).first).to_be_visible()
