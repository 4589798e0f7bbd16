"""An agency moves and one is merged, as the central desk does it: menu, form, preview, yes, handover list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.extensions import transaction
from app.jobs.reorganising import reorganise
from app.models import Agency
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_agencies import choose, row
from tests.browser.test_desk import accessible
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.browser


def follow(app: Flask, world: World) -> None:
    with app.app_context():
        reorganise(Play(world).now)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_central_desk_moves_and_merges(
    app: Flask, world: World, visit: Callable[..., Visitor], script: bool
) -> None:
    with app.app_context():
        play = Play(world)
        for unit in ("a1", "a2"):
            report = play.verified("a")
            play.forward(report, by="a", to=unit)
    boss = visit(script=script)
    boss.sign_in("pusat")
    page = boss.page

    # Pindahkan, from the menu of a row.
    boss.open(f"/pengaturan/instansi/{world.a}/")
    choose(page, "Unit A1", "Pindahkan")
    page.locator("[name='target_query']").fill("Instansi B")
    if script:
        page.get_by_role("option", name="Instansi B").first.click()
    page.get_by_role("button", name="LIHAT AKIBATNYA").click()
    expect(page.get_by_text("Unit A1 pindah ke bawah Instansi B.")).to_be_visible()
    expect(page.get_by_text("Tidak melihat laporan itu lagi: Instansi A.")).to_be_visible()
    if script:
        accessible(page)
    page.get_by_role("button", name="PINDAHKAN").click()
    expect(row(page, "Unit A1")).to_contain_text("Sedang berjalan")
    follow(app, world)
    page.reload()
    expect(row(page, "Unit A1")).to_contain_text("Selesai")
    if script:
        accessible(page)
    with app.app_context(), transaction() as session:
        assert session.get_one(Agency, world.a1).parent_id == world.b

    # Gabungkan, from the agency's page.
    boss.open(f"/pengaturan/instansi/{world.agencies['a2']}/")
    page.get_by_role("link", name="GABUNGKAN").click()
    page.locator("[name='target_query']").fill("Instansi A")
    if script:
        page.get_by_role("option", name="Instansi A").first.click()
    page.get_by_role("button", name="LIHAT AKIBATNYA").click()
    expect(page.get_by_text("Instansi A menggantikan Unit A2.")).to_be_visible()
    page.get_by_role("button", name="GABUNGKAN").click()
    follow(app, world)
    page.reload()
    with page.expect_download() as taken:
        row(page, "Unit A2").get_by_role("link", name="PDF").click()
    assert taken.value.suggested_filename.endswith(".pdf")

    page.set_viewport_size(PHONE)
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
