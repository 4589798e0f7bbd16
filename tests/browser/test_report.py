"""The report page in a browser: folded on a phone, whole on paper and without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.rules.reports.workflow import Action
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.test_desk import accessible
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser
SHOWN = "[...document.querySelectorAll('[data-fold] > :not(summary)')].map(e => e.checkVisibility({contentVisibilityAuto: true}))"


def rich(play: Play) -> int:
    """Forwarded, given back, corrected, held, released, asked to be closed, with a copy and a file."""
    report = play.verified("a", copies=("b",), text="Lampu jln di dpn balai desa pdam.")
    play.forward(report, by="a", to="a1")
    play.accept(play.ask(report, by="a1", action=Action.HAND_BACK, suggest="a2"), by="a")
    play.later(days=7)
    play.follow_up(report, by="a2")
    play.reply(report)
    play.attach(report, by="a2")
    play.correct(report, by="pusat", text="Lampu jalan di depan balai desa mati.")
    play.accept(play.ask(report, by="a2", action=Action.HOLD), by="a")
    play.later(days=2)
    play.decide(report, by="a", action=Action.RELEASE)
    play.reject(play.ask(report, by="a2", action=Action.CLOSE), by="a")
    return report


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_phone_folds_what_is_looked_up_and_paper_shows_it(
    app: Flask, world: World, visit: Callable[..., Visitor], size: dict[str, int], script: bool
) -> None:
    with app.app_context():
        report = rich(Play(world, datetime.now(UTC) - timedelta(days=20)))
    officer = visit(size=size, script=script)
    officer.sign_in("a2")
    officer.open(f"/laporan/{report}/")
    page = officer.page
    deadlines = page.get_by_text("Tindak lanjut pertama · Unit A2")
    history = page.locator(".history__entry").last
    expect(history).to_be_visible()
    if size is PHONE and script:
        expect(deadlines).not_to_be_visible()
        page.locator("summary", has_text="Tenggat").click()
    expect(deadlines).to_be_visible()
    if script:
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide
        page.reload()
        page.emulate_media(media="print")
        for part in page.locator("[data-fold] > :not(summary)").all():
            expect(part).to_be_visible()  # paper's style may come after this line
        assert set(page.evaluate(SHOWN)) == {True}
        expect(page.locator(".sub-menu")).not_to_be_visible()
        expect(page.locator(".actions")).not_to_be_visible()
