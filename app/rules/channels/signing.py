"""How machines that share a secret sign what they send: HMAC-SHA256 over the time and the body."""

from __future__ import annotations

import hashlib
import hmac
import time

TIME_HEADER, SIGNATURE_HEADER = "X-Lapor-Time", "X-Lapor-Signature"
SECONDS_MAX = 12  # digits
DRIFT = 300  # seconds that the two clocks may differ; after them a recorded message is worth nothing


def signature(secret: str, body: bytes, at: str | None = None) -> tuple[str, str]:
    """(time, signature) of `body`: seconds since 1970, and the hexadecimal digest."""
    at = at or str(int(time.time()))
    return at, hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(secret: str, body: bytes, at: str, given: str, now: float) -> bool:
    """Whether `given` is the signature of `body` made at `at`, not longer ago than DRIFT."""
    if not secret or not (at.isascii() and at.isdecimal() and len(at) <= SECONDS_MAX):
        return False
    if abs(now - int(at)) > DRIFT:
        return False
    return hmac.compare_digest(signature(secret, body, at)[1].encode(), given.encode())
