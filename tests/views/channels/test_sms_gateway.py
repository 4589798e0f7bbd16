"""The address that gateways call: signed or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import transaction
from app.models import Report
from app.rules.channels.signing import DRIFT, SIGNATURE_HEADER, TIME_HEADER, signature

SECRET = "a secret of the tests alone, which nobody else has"
URL = "/sms/masuk"
MESSAGE = {"id": "gw:1", "from": "081200000001", "text": "LAPOR lampu padam"}


@pytest.fixture
def gateway(app: Flask) -> Iterator[Flask]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = replace(before, sms_secret=SECRET)
    yield app
    app.config["LAPOR"] = before


def bring(app: Flask, body: bytes, *, secret: str = SECRET, at: float | None = None) -> Any:
    moment, signed = signature(secret, body, str(int(time.time() if at is None else at)))
    headers = {TIME_HEADER: moment, SIGNATURE_HEADER: signed, "Content-Type": "application/json"}
    return app.test_client().post(URL, data=body, headers=headers)


def number(app: Flask) -> int:
    with app.app_context(), transaction() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def test_a_signed_message_is_taken_once(gateway: Flask) -> None:
    body = json.dumps(MESSAGE).encode()
    for _ in range(2):
        answer = bring(gateway, body)
        assert (answer.status_code, answer.json) == (200, {"taken": True, "answer": "filed"})
    assert number(gateway) == 1


def test_who_does_not_know_the_secret_brings_nothing(gateway: Flask) -> None:
    body = json.dumps(MESSAGE).encode()
    client = gateway.test_client()
    assert bring(gateway, body, secret="guessed").status_code == 401
    assert bring(gateway, body, at=time.time() - DRIFT - 5).status_code == 401
    assert bring(gateway, body, at=time.time() + DRIFT + 5).status_code == 401
    assert client.post(URL, data=body).status_code == 401
    moment, signed = signature(SECRET, body)
    for headers in ({TIME_HEADER: "9" * 5000, SIGNATURE_HEADER: signed}, {TIME_HEADER: "x"}):
        assert client.post(URL, data=body, headers=headers).status_code == 401
    changed = client.post(URL, data=body + b" ", headers={TIME_HEADER: moment, SIGNATURE_HEADER: signed})
    assert changed.status_code == 401
    assert client.get(URL).status_code == 405
    assert number(gateway) == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b'{"id": "1"}', b'{"id": 1, "from": "0812", "text": "x"}',
     b'{"id": "", "from": "081200000001", "text": "LAPOR x"}', b"\xff\xfe", b"[" * 9_000],
)  # fmt: skip
def test_what_cannot_be_read_is_said(gateway: Flask, body: bytes) -> None:
    assert bring(gateway, body).status_code == 400
    assert number(gateway) == 0


def test_a_large_body_is_refused(gateway: Flask) -> None:
    assert bring(gateway, b" " * 30_000).status_code == 413


def test_any_text_is_taken(gateway: Flask) -> None:
    for index, text in enumerate(("LAPOR a\0b", "LAPOR \ud800x", "LAPOR 😀", "\x00")):
        body = json.dumps({**MESSAGE, "id": f"gw:{index}", "text": text}).encode()
        assert bring(gateway, body).status_code == 200, text


def test_without_a_secret_there_is_no_such_address(app: Flask) -> None:
    assert bring(app, json.dumps(MESSAGE).encode(), secret="").status_code == 404
