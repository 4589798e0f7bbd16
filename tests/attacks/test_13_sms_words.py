"""A telephone that asks to stay unknown: by the gateway's own address, up to every reader of the report."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.delivering import deliver_outbox
from app.models import Report, Reporter
from app.rules.channels.signing import SIGNATURE_HEADER, TIME_HEADER, signature
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
SECRET = "a secret of the tests alone, which nobody else has"
PHONE = "+6281200000088"
SHOWN = ("81200000088", "1200-0000-88", "0812-0000-0088", "812-0000-0088")


@pytest.fixture
def texts(app: Flask, tmp_path: Path) -> Iterator[Path]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = replace(
        before, instance=tmp_path, secret_key=before.key(), sms_gateway="folder", sms_secret=SECRET
    )
    yield tmp_path / "sms"
    app.config["LAPOR"] = before


def bring(app: Flask, text: str) -> Report:
    body = json.dumps({"id": f"gw:{time.monotonic_ns()}", "from": PHONE, "text": text}).encode()
    moment, signed = signature(SECRET, body, str(int(time.time())))
    headers = {TIME_HEADER: moment, SIGNATURE_HEADER: signed, "Content-Type": "application/json"}
    assert app.test_client().post("/sms/masuk", data=body, headers=headers).json["answer"] == "filed"  # type: ignore[index]
    with app.app_context(), transaction() as session:
        report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        session.expunge(report)
        return report


def heard(app: Flask, texts: Path) -> str:
    """The newest message to the telephone."""
    with app.app_context():
        deliver_outbox(datetime.now(UTC) + timedelta(minutes=1))
    told = [json.loads(path.read_text())["text"] for path in sorted(texts.glob("*.json"))]
    for path in texts.glob("*.json"):
        path.unlink()
    return "\n".join(told)


def in_charge(app: Flask, world: World, report: int) -> None:
    with app.app_context():
        Play(world, datetime.now(UTC) + timedelta(seconds=5)).verify(report, to="a")


@pytest.mark.parametrize(
    ("text", "anonymous", "secret"),
    [
        ("LAPOR ANONIM pungli di loket", True, False),
        ("lapor rahasia pungli di loket", False, True),
        ("Lapor rahasia, anonim: pungli di loket", True, True),
        ("LAPOR anonim dan rahasia pungli di loket", True, True),
    ],
)
def test_the_words_hide_the_sender(
    app: Flask, world: World, sign_in: SignIn, texts: Path, text: str, anonymous: bool, secret: bool
) -> None:
    report = bring(app, text)
    assert (report.text, report.is_anonymous, report.is_secret) == ("pungli di loket", anonymous, secret)
    receipt = heard(app, texts)
    assert f"nomor #{report.id}" in receipt
    assert ("Anonim" in receipt, "Rahasia" in receipt) == (anonymous, secret)
    assert len(receipt) <= 160
    in_charge(app, world, report.id)
    with app.app_context(), transaction() as session:
        session.get_one(Reporter, report.reporter_id).name = "Tanam Benih"
    for who in ("pusat", "a"):
        page = sign_in(who).get(f"/laporan/{report.id}/").get_data(as_text=True)
        # What the desk made of an Anonim report may have left a name out: its original is the holder's.
        assert ("pungli di loket" in page) is (who == "a" or not anonymous)
        assert not any(number in page for number in SHOWN), who
        assert ("Tanam Benih" in page) is not anonymous, who
    public = sign_in(None).get(f"/publik/laporan/{report.id}/")
    assert public.status_code == (404 if secret else 200)
    page = public.get_data(as_text=True)
    assert not any(number in page for number in (*SHOWN, "Tanam Benih"))


def test_who_did_not_ask_is_told_once_how_to(app: Flask, world: World, texts: Path) -> None:
    bring(app, "LAPOR lampu padam")
    first = heard(app, texts)
    assert "LAPOR ANONIM" in first
    bring(app, "LAPOR jalan rusak")
    second = heard(app, texts)
    assert "LAPOR ANONIM" not in second
    assert "tidak ditampilkan" in second


def test_a_sentence_that_begins_with_the_word_stays_whole(app: Flask, world: World, texts: Path) -> None:
    report = bring(app, "LAPOR rahasia umum bahwa ada pungli")
    assert (report.text, report.is_secret) == ("rahasia umum bahwa ada pungli", False)
    # In doubt it is protected.
    assert bring(app, "LAPOR rahasia ada pungli").is_secret


def test_who_types_in_a_call_is_told_what_to_ask(sign_in: SignIn) -> None:
    page = sign_in("b1").get("/laporan/buat/").get_data(as_text=True)
    assert "Tanyakan kepada pelapor, juga di telepon" in page
    assert 'name="is_anonymous"' in page
    assert 'name="is_secret"' in page
