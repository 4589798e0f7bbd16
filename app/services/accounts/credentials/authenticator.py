"""The second step of signing in: codes of an authenticator (RFC 6238) and recovery codes for the day it is lost.

The authenticator's secret is not stored: it is made from the account's nonce and the installation's
secret key. A stolen database holds none; a new secret key asks everybody to set up anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models import Account, RecoveryCode

ISSUER = "LAPOR!"
SECRET_BYTES = 20  # of SHA-1's block, as RFC 4226 asks
DRIFT = (-1, 0, 1)  # steps of 30 seconds that a telephone's clock may be off
CODES = 10
CODE_BYTES = 10  # 80 bits: a plain hash of it cannot be guessed


def new_nonce() -> str:
    return secrets.token_hex(16)


def secret_of(user_id: int, nonce: str, key: str) -> str:
    """The authenticator's secret in base 32, from the account, its nonce and the installation's key."""
    digest = hmac.digest(key.encode(), f"second-step:{user_id}:{nonce}".encode(), "sha256")
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def address_of(account: Account, nonce: str, key: str) -> str:
    """The otpauth: address that an authenticator reads as a picture."""
    totp = pyotp.TOTP(secret_of(account.id, nonce, key))
    return totp.provisioning_uri(name=account.email, issuer_name=ISSUER)


def takes(session: Session, account: Account, code: str, key: str, now: datetime) -> bool:
    """Whether `code` is the authenticator's present one or an unused recovery code; either works once.

    The account must be locked by the caller.
    """
    step = step_of(secret_of(account.id, account.totp_nonce, key), code, account.totp_step, now)
    if step is not None:
        account.totp_step = step
        return True
    used = session.scalar(
        delete(RecoveryCode)
        .where(RecoveryCode.user_id == account.id, RecoveryCode.code_hash == recovery_hash(code))
        .returning(RecoveryCode.id)
    )
    return used is not None


def codes_left(session: Session, account: Account) -> int:
    query = select(func.count()).where(RecoveryCode.user_id == account.id)
    return session.scalar(query) or 0


def step_of(secret: str, code: str, last: int | None, now: datetime) -> int | None:
    """The time step that `code` belongs to, if it is near now and later than `last`."""
    totp, typed = pyotp.TOTP(secret), "".join(code.split())
    for drift in DRIFT:
        step = totp.timecode(now) + drift
        right = hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        if right and (last is None or step > last):
            return step
    return None


def new_codes(session: Session, account: Account) -> Sequence[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == account.id))
    codes = [_written(secrets.token_bytes(CODE_BYTES)) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=account.id, code_hash=recovery_hash(code)) for code in codes)
    session.flush()
    return codes


def _written(value: bytes) -> str:
    text = base64.b32encode(value).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def recovery_hash(code: str) -> str:
    """Of the letters alone: hyphens, blanks and capitals are a matter of writing."""
    letters = "".join(char for char in code.lower() if char.isalnum())
    return hashlib.sha256(letters.encode(errors="replace")).hexdigest()
