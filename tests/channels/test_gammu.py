"""A report by text message, through gammu's real daemon in both directions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from app.extensions import transaction
from app.jobs.delivering import deliver_outbox
from app.models import Report
from app.rules.reports.codes import Channel
from tests.support.gammu import Telephone
from tests.support.play import Play
from tests.support.world import World

SECRET = "a secret of the tests alone, which nobody else has"
SENDER = "+6281200000001"


@pytest.fixture
def telephone(app: Flask, tmp_path: Path) -> Iterator[Telephone]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made = Telephone(tmp_path, f"http://127.0.0.1:{server.server_port}/sms/masuk", SECRET.replace(" ", "-"))
    before = app.config["LAPOR"]
    app.config["LAPOR"] = replace(
        before, sms_gateway="gammu", sms_gammu_config=str(made.config), sms_secret=made.secret
    )
    made.start()
    yield made
    made.stop()
    app.config["LAPOR"] = before
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


def reports(app: Flask) -> list[Report]:
    with app.app_context(), transaction() as session:
        found = list(session.scalars(select(Report).order_by(Report.id)))
        session.expunge_all()
        return found


def test_a_report_comes_in_is_answered_and_followed(app: Flask, world: World, telephone: Telephone) -> None:
    first, second = "LAPOR lampu jalan di depan pasar padam sejak ", "Senin malam, warga takut lewat."
    telephone.arrive(SENDER, first, second)
    telephone.until(lambda: len(reports(app)) == 1)
    (report,) = reports(app)
    # Two parts on the air are one message and one report.
    assert (report.source, report.text) == (Channel.SMS, (first + second).removeprefix("LAPOR "))
    with app.app_context():
        deliver_outbox(datetime.now(UTC))
    telephone.until(lambda: len(telephone.sent()) == 1)
    assert f"nomor #{report.id}" in telephone.sent()[0]
    with app.app_context():
        play = Play(world, datetime.now(UTC))
        play.verify(report.id, to="a")
        play.follow_up(report.id, by="a")
    telephone.arrive(SENDER, f"BALAS {report.id} masih padam")
    telephone.until(lambda: reports(app)[0].reply_unanswered)
    with app.app_context():
        deliver_outbox(datetime.now(UTC))
    # Beside what was told of the report meanwhile.
    telephone.until(lambda: any("sudah diteruskan" in each for each in telephone.sent()[1:]))


def test_what_comes_in_while_the_site_is_away_waits(app: Flask, telephone: Telephone) -> None:
    away = replace(app.config["LAPOR"], sms_secret="another secret, so that the site refuses what comes")
    here, app.config["LAPOR"] = app.config["LAPOR"], away
    telephone.arrive(SENDER, "LAPOR jembatan patah")
    spool = telephone.folder / "spool"
    telephone.until(lambda: spool.is_dir() and len(list(spool.glob("*.json"))) == 1)
    assert reports(app) == []
    app.config["LAPOR"] = here
    telephone.arrive(SENDER, "LAPOR jalan longsor")
    telephone.until(lambda: len(reports(app)) == 2)
    assert [report.text for report in reports(app)] == ["jembatan patah", "jalan longsor"]
    telephone.until(lambda: list(spool.iterdir()) == [])
