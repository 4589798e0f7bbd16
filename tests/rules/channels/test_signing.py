"""Signatures between machines that share a secret."""

from __future__ import annotations

import hashlib
import hmac
import time

import pytest

from app.rules.channels.signing import DRIFT, signature, signed

AT, BODY, SECRET = "1780000000", b"pengirim=081", "rahasia"
GIVEN = hmac.new(b"rahasia", b"1780000000.pengirim=081", hashlib.sha256).hexdigest()


def test_a_signature_holds_time_and_body() -> None:
    assert signature(SECRET, BODY, AT) == (AT, GIVEN)
    before = int(time.time())
    at, _ = signature(SECRET, BODY)
    assert before <= int(at) <= time.time()


@pytest.mark.parametrize("apart", [-DRIFT, 0, DRIFT])
def test_what_was_signed_lately_is_taken(apart: int) -> None:
    assert signed(SECRET, BODY, AT, GIVEN, int(AT) + apart)


@pytest.mark.parametrize(
    ("secret", "body", "at", "given", "apart"),
    [
        ("", BODY, AT, hmac.new(b"", b"1780000000.pengirim=081", hashlib.sha256).hexdigest(), 0),
        ("lain", BODY, AT, GIVEN, 0),
        (SECRET, b"pengirim=082", AT, GIVEN, 0),
        (SECRET, BODY, "1780000001", GIVEN, 0),
        (SECRET, BODY, AT, "é", 0),
        (SECRET, BODY, AT, GIVEN, DRIFT + 1),
        (SECRET, BODY, AT, GIVEN, -DRIFT - 1),
        (SECRET, BODY, "kemarin", GIVEN, 0),
        (SECRET, BODY, "١٢", GIVEN, 0),
        (SECRET, BODY, "1" * 13, GIVEN, 0),
    ],
)
def test_all_else_is_refused(secret: str, body: bytes, at: str, given: str, apart: int) -> None:
    assert not signed(secret, body, at, given, int(AT) + apart)


def test_the_longest_time_is_read() -> None:
    at = "1" * 12
    assert signed(SECRET, BODY, at, signature(SECRET, BODY, at)[1], int(at))
