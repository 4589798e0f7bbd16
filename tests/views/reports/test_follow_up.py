"""Tindak Lanjut over HTTP: sent once, kept when refused, shown what has changed (manual 6.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import FollowUp, Report
from app.rules.reports.workflow import State
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.fixture
def report_id(app: Flask, world: World) -> int:
    with app.app_context():
        return Play(world, datetime.now(UTC) - timedelta(hours=1)).verified("a")


def url(report_id: int) -> str:
    return f"/laporan/{report_id}/tindak-lanjut/"


def answers(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context(), transaction() as session:
        return [
            (each.text, each.is_secret) for each in session.scalars(select(FollowUp).order_by(FollowUp.id))
        ]


def test_the_answer_is_kept_and_the_report_moves_on(app: Flask, sign_in: SignIn, report_id: int) -> None:
    officer = sign_in("a")
    done = officer.send(url(report_id), {"text": "Tim kami datang\r\nbesok pagi.", "secret": "y"})
    assert (done.status_code, done.location) == (303, "/laporan/kelola/sedang-diproses/")
    assert answers(app) == [("Tim kami datang\nbesok pagi.", True)]
    page = officer.get(done.location).get_data(as_text=True)
    assert f"laporan #{report_id} terkirim" in page
    assert "Ditindaklanjuti oleh Instansi" in page
    assert "Tim kami datang" in officer.get(f"/laporan/{report_id}/").get_data(as_text=True)


def test_a_second_click_does_nothing_twice(app: Flask, sign_in: SignIn, report_id: int) -> None:
    officer = sign_in("a")
    form = {**hidden_fields(officer.get(url(report_id)).get_data(as_text=True)), "text": "Kami tangani."}
    first = officer.client.post(url(report_id), data=form)
    second = officer.client.post(url(report_id), data=form)
    assert [first.status_code, second.status_code] == [303, 303]
    assert len(answers(app)) == 1


def test_a_stale_form_is_refused_with_what_changed_and_keeps_the_text(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    officer = sign_in("a")
    form = {
        **hidden_fields(officer.get(url(report_id)).get_data(as_text=True)),
        "text": "Jawaban panjang saya.",
    }
    with app.app_context():
        Play(world, datetime.now(UTC)).reply(report_id)
    refused = officer.client.post(url(report_id), data=form)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "Jawaban panjang saya." in page
    assert "Ditanggapi oleh Pelapor" in page
    assert answers(app) == []
    # Sending what the answer shows means: seen, and still meant.
    again = officer.client.post(url(report_id), data={**hidden_fields(page), "text": "Jawaban panjang saya."})
    assert again.status_code == 303
    assert len(answers(app)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "wajib diisi"),
        ("   \n ", "wajib diisi"),
        ("x" * 3001, "Terlalu panjang: 3001 karakter, paling banyak 3000"),
        ("nol \0 di tengah", "karakter yang tidak dapat disimpan"),
        ("M" * 1_000_000, "Terlalu panjang: 1000000 karakter"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    app: Flask, sign_in: SignIn, report_id: int, text: str, message: str
) -> None:
    refused = sign_in("a").send(url(report_id), {"text": text})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert message in page
    assert text.strip("\0 \n")[:40] in page
    assert answers(app) == []


def test_three_thousand_characters_fit(app: Flask, sign_in: SignIn, report_id: int) -> None:
    assert sign_in("a").send(url(report_id), {"text": "é" * 3000}).status_code == 303
    assert answers(app) == [("é" * 3000, False)]


def test_broken_bytes_are_no_error(app: Flask, sign_in: SignIn, report_id: int) -> None:
    officer = sign_in("a")
    fields = hidden_fields(officer.get(url(report_id)).get_data(as_text=True))
    from urllib.parse import urlencode

    body = urlencode(fields).encode() + b"&text=%ED%A0%80%FF"
    done = officer.client.post(url(report_id), data=body, content_type="application/x-www-form-urlencoded")
    assert done.status_code in (303, 422)
    assert "Traceback" not in done.get_data(as_text=True)


def test_without_a_token_nothing_happens(app: Flask, sign_in: SignIn, report_id: int) -> None:
    refused = sign_in("a").client.post(url(report_id), data={"text": "Tanpa token.", "version": "2"})
    assert refused.status_code == 400
    assert "Muat ulang halaman" in refused.get_data(as_text=True)
    assert answers(app) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("a1", 404), ("b", 404), ("pusat", 403), ("supervisor", 403), ("statistik", 403), ("warga", 403)],
)
def test_nobody_else_answers(app: Flask, sign_in: SignIn, report_id: int, who: str, status: int) -> None:
    assert sign_in("a").get(url(report_id)).status_code == 200
    person = sign_in(who)
    assert person.get(url(report_id)).status_code == status
    assert person.post(url(report_id), {"text": "Bukan saya.", "version": "2"}).status_code == status
    assert answers(app) == []


def test_visitors_are_sent_to_sign_in_and_back(app: Flask, sign_in: SignIn, report_id: int) -> None:
    sent = sign_in(None).get(url(report_id))
    assert sent.status_code == 302
    assert sent.location == f"/login/?next=/laporan/{report_id}/tindak-lanjut/"


def test_a_report_that_has_moved_on_is_refused(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    officer = sign_in("a")
    form = {**hidden_fields(officer.get(url(report_id)).get_data(as_text=True)), "text": "Terlambat."}
    with app.app_context():
        Play(world, datetime.now(UTC)).close_own(report_id)
    assert officer.client.post(url(report_id), data=form).status_code in (403, 409)
    with app.app_context(), transaction() as session:
        assert session.get_one(Report, report_id).state is State.CLOSED
    assert answers(app) == []
