"""Choices that no list offers, in each form that offers categories and areas: refused, never dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.extensions import transaction
from app.models import Report
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.pages

SignIn = Callable[[str | None], Person]
CATEGORY, AREA = "Kategori ini tidak tersedia.", "Wilayah ini tidak dikenal."
TYPED = {"source": "letter", "title": "Jembatan rusak", "text": "Papan jembatan patah."}


@pytest.fixture
def forms(app: Flask, world: World) -> dict[str, tuple[str, dict[str, str]]]:
    """The pages that offer them, with what is typed there beside."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        new, given = play.file(), play.verified("a")
    facts = {**TYPED, "classification": "unsupervised", "category": str(world.category)}
    return {
        "record": ("/laporan/buat/", TYPED),
        "verify": (f"/laporan/{new}/verifikasi/", {**facts, "agency": str(world.a)}),
        "correct": (f"/laporan/{given}/koreksi/", facts),
    }


@pytest.mark.parametrize("form", ["record", "verify", "correct"])
@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        *(({"category": key}, CATEGORY) for key in ("-1", "1e3", "0", "987654", "9" * 30, "satu", "٣")),
        ({"province": "35", "regency": "11.01"}, AREA),
        ({"province": "35", "area": "35.78.06"}, AREA),
        ({"regency": "35.78"}, AREA),
        ({"area": "35.78.06"}, AREA),
        ({"province": "35", "regency": "35.78", "area": "35.07.01"}, AREA),
        ({"province": "3"}, AREA),
        ({"province": "35", "regency": "35."}, AREA),
    ],
)
def test_it_is_said_at_the_field_and_nothing_is_done(
    app: Flask,
    sign_in: SignIn,
    forms: dict[str, tuple[str, dict[str, str]]],
    form: str,
    chosen: dict[str, str],
    words: str,
) -> None:
    url, typed = forms[form]
    with app.app_context(), transaction() as session:
        before = [(each.id, each.version) for each in session.query(Report).order_by(Report.id)]
    refused = sign_in("pusat").send(url, {**typed, **chosen})
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    with app.app_context(), transaction() as session:
        assert [(each.id, each.version) for each in session.query(Report).order_by(Report.id)] == before
