"""What reporters are told by mail: what is news, to whom, and what no mail holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db, transaction
from app.models import Account, OutboxMessage, Report, Reporter
from app.rules.citizens.forms import NotifyBy
from app.rules.reports.workflow import Action
from tests.support.citizen import open_link
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World

WARGA = "warga@contoh.example.com"


@pytest.fixture
def scene(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=30))


def told(app: Flask, address: str = WARGA) -> list[str]:
    """The letters since the last look, as subject and text."""
    return [f"{letter['Subject']}\n{text_of(letter)}" for letter in letters_to(app, address)]


def one(app: Flask) -> str:
    (letter,) = told(app)
    return letter


def test_each_step_is_one_letter(app: Flask, scene: Play) -> None:
    with app.app_context():
        number = scene.file()
    assert f"nomor #{number}" in one(app)
    with app.app_context():
        scene.ask_details(number)
    assert "Di jalan apa, dan sejak kapan?" in one(app)
    with app.app_context():
        scene.complete(number)
    assert told(app) == []
    with app.app_context():
        scene.verify(number, to="a")
    assert "diteruskan ke Instansi A" in one(app)
    with app.app_context():
        scene.forward(number, by="a", to="a1")
        scene.comment(number, by="a1")
        scene.ask(number, by="a1", action=Action.HAND_BACK, suggest="a2")
    assert told(app) == []
    with app.app_context():
        scene.follow_up(number, by="a1")
    letter = one(app)
    assert "Unit A1 menindaklanjuti" in letter
    assert "Sedang kami tangani." in letter
    assert f"/laporan-saya/{number}/" in letter
    assert "Petugas" not in letter
    with app.app_context():
        scene.reply(number)
        scene.decide(number, by="a", action=Action.CLOSE)
    letter = one(app)
    assert "Sudah diperiksa." in letter
    assert "Apakah masalah Anda sudah terselesaikan?" in letter
    with app.app_context():
        request = _asks_for_reopening(scene, number)
    assert told(app) == []
    with app.app_context():
        scene.accept(request, by="a")
    assert "dibuka kembali" in one(app)  # the move tells it, not the decision as well


def _asks_for_reopening(scene: Play, number: int) -> int:
    return scene.ask(number, by="warga", action=Action.REOPEN)


def test_the_end_by_others_is_told_and_ones_own_is_not(app: Flask, scene: Play) -> None:
    with app.app_context():
        gone, withdrawn, closed, timed = (
            scene.file(),
            scene.file(),
            scene.in_progress("a"),
            scene.in_progress("a"),
        )
    told(app)
    with app.app_context():
        scene.withdraw_own(withdrawn)
        scene.close_own(closed)
    assert told(app) == []
    with app.app_context():
        scene.archive(gone)
    letter = one(app)
    assert "Alasan: " in letter
    assert "Tidak dapat ditindaklanjuti." in letter
    with app.app_context():
        scene.later(days=12)
        scene.run_jobs()
    letter = one(app)
    assert f"#{timed}" in letter
    assert "ditutup otomatis" in letter


def test_a_rejected_request_is_told_with_its_answer(app: Flask, scene: Play) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        scene.decide(number, by="pusat", action=Action.CLOSE)
        request = _asks_for_reopening(scene, number)
    told(app)
    with app.app_context():
        scene.reject(request, by="pusat")
    assert "Belum perlu." in one(app)


@pytest.mark.parametrize(("report_secret", "answer_secret"), [(True, False), (False, True)])
def test_no_mail_holds_a_secret(app: Flask, scene: Play, *, report_secret: bool, answer_secret: bool) -> None:
    with app.app_context():
        number = scene.verified("a", is_secret=report_secret)
    told(app)
    with app.app_context():
        scene.follow_up(number, by="a", secret=answer_secret)
    letter = one(app)
    assert "Sedang kami tangani." not in letter
    assert "hanya dapat dibaca di LAPOR!" in letter


def test_secrecy_is_asked_for_at_delivery(app: Flask, scene: Play) -> None:
    with app.app_context():
        number = scene.verified("a")
    told(app)
    with app.app_context():
        scene.follow_up(number, by="a")
        with transaction() as session:
            session.get_one(Report, number).is_secret = True
    assert "Sedang kami tangani." not in one(app)


@pytest.mark.parametrize("change", ["none", "off", "erased"])
def test_who_is_not_to_be_told_is_not(app: Flask, scene: Play, change: str) -> None:
    with app.app_context():
        number = scene.verified("a")
    assert len(told(app)) == 2
    with app.app_context():
        scene.follow_up(number, by="a")
        with transaction() as session:
            reporter = session.scalars(select(Reporter).where(Reporter.email == WARGA)).one()
            if change == "none":
                reporter.notify_by = NotifyBy.NONE
            elif change == "off":
                session.get_one(Account, reporter.user_id).active = False
            else:
                reporter.erased_at = scene.now
    assert told(app) == []


def test_a_telephone_is_told_by_its_own_channel(app: Flask, scene: Play) -> None:
    with app.app_context():
        with transaction() as session:
            reporter = session.scalars(select(Reporter).where(Reporter.email == WARGA)).one()
            reporter.notify_by, reporter.phone = NotifyBy.SMS, "+6281234567890"
        number = scene.file()
    assert told(app) == []
    with app.app_context():
        row = db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "sms_report")).one()
        assert row.payload == {"report": number, "seq": 1}


def test_a_visitor_is_led_back_by_the_secret_link(
    app: Flask, scene: Play, sign_in: Callable[[str | None], Person]
) -> None:
    mail = "siti@contoh.example.com"
    token, number = open_link(app, sign_in(None), address=mail)
    (receipt,) = told(app, mail)
    assert f"/lacak/#{token}" in receipt
    scene.now = datetime.now(UTC)
    with app.app_context():
        scene.verify(number, to="a")
        # A link that was made with another secret is not told: it would not open.
        with transaction() as session:
            session.get_one(Report, number).link_hash = "0" * 64
    (letter,) = told(app, mail)
    assert "/lacak/" not in letter


def test_an_event_is_told_once_however_often_it_is_heard(app: Flask, scene: Play) -> None:
    with app.app_context():
        scene.file()
    assert len(told(app)) == 1
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "received")):
            row.sent_at = None
    assert told(app) == []
