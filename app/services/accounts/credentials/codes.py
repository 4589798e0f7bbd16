"""One-time codes: they confirm that a telephone number or an e-mail address is that of who typed it.

The code is never stored: it is made from the row and the installation's secret, when it is told and
when it is tried. A row takes a few wrong codes, and then none.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import OneTimeCode
from app.rules.accounts import contact
from app.rules.citizens.forms import CODE_DIGITS, CODE_LIFETIME, CODE_TRIES, CodePurpose
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services import outbox
from app.services.secret_hash import hash_of

MAIL_TOPIC = "mail_code"
SMS_TOPIC = "sms_code"  # carried by the SMS gateway, where the installation has one
BATCH = 1_000
OWN = (CodePurpose.PHONE,)
KEPT = timedelta(hours=24)  # a second click on an old page still finds what came of it

NO_SMS = N_("SMS belum tersedia di situs ini. Tulis alamat email.")
WRONG = N_("Kode tidak cocok. Periksa kembali pesan terakhir yang Anda terima; sisa percobaan: %(left)s.")
WORN_OUT = N_("Kode ini tidak berlaku lagi. Kembali ke halaman sebelumnya dan minta kode baru.")


@dataclass(frozen=True)
class Address:
    """One of the two; the other is empty."""

    email: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return self.email or self.phone


def address_of(typed: object, field: str, *, sms: bool) -> Address:
    """What was typed, as an e-mail if it has an @, else as a telephone number. Raises Invalid at `field`.

    `sms`: whether the installation can send to a telephone.
    """
    raw = str(typed or "").strip()
    if "@" in raw or not raw or not sms:
        if raw and "@" not in raw and any(char.isdecimal() for char in raw):
            raise Invalid({field: NO_SMS})
        return Address(email=contact.email(raw, field))
    return Address(phone=contact.phone(raw, field))


def ask(
    session: Session,
    purpose: CodePurpose,
    address: Address,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    token: str = "",
) -> str:
    """Queue a code to `address`, with what waits for it; the token of the page that asks for it."""
    token = token or secrets.token_urlsafe(24)
    row = OneTimeCode(
        token_hash=hash_of(token),
        purpose=purpose,
        email=address.email,
        phone=address.phone,
        payload=dict(payload),
        tries=0,
        created_at=now,
        expires_at=now + CODE_LIFETIME,
    )
    session.add(row)
    session.flush()
    send(session, row, now)
    return token


def send(session: Session, row: OneTimeCode, now: datetime) -> None:
    """Queue the code of `row`, once more if need be: it stays the same."""
    topic = MAIL_TOPIC if row.email else SMS_TOPIC
    outbox.put(session, topic, f"code:{row.id}:{secrets.token_hex(4)}", now, code=row.id)


def code_of(row: OneTimeCode, secret: str) -> str:
    made = hmac.new(secret.encode(), f"code:{row.id}:{row.token_hash}".encode(), hashlib.sha256).digest()
    return str(int.from_bytes(made[:8]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def find(
    session: Session, token: str, now: datetime, *, lock: bool = False, own: bool = False
) -> OneTimeCode:
    """The row that the page of `token` asks a code for. Raises NotFound when its time is over.

    `own`: one for something about the account that is signed in; no other page takes those.
    """
    query = select(OneTimeCode).where(
        OneTimeCode.token_hash == hash_of(token),
        OneTimeCode.purpose.in_(OWN) if own else OneTimeCode.purpose.not_in(OWN),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row: OneTimeCode | None = session.scalar(query)
    if row is None or (row.used_at is None and row.expires_at <= now):
        raise NotFound
    return row


def refusal(row: OneTimeCode, typed: str, secret: str) -> Invalid | None:
    """None if `typed` is the row's code; else what to tell, and one try less. The caller commits that."""
    if row.tries >= CODE_TRIES:
        return Invalid({"code": WORN_OUT})
    digits = "".join(char for char in typed if char.isdecimal() and char.isascii())
    if hmac.compare_digest(digits.encode(), code_of(row, secret).encode()):
        return None
    row.tries += 1
    left = CODE_TRIES - row.tries
    return Invalid({"code": Filled(WRONG, left=left) if left else WORN_OUT})


def use(row: OneTimeCode, result: str, now: datetime) -> None:
    """It was right: what waited is done, and forgotten here."""
    row.used_at, row.result, row.payload = now, result, {}


def forget(session: Session, now: datetime) -> int:
    """Remove rows whose time is long over, one batch; how many there were."""
    old = select(OneTimeCode.id).where(OneTimeCode.expires_at <= now - KEPT).limit(BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(OneTimeCode).where(OneTimeCode.id.in_(keys)))
    return len(keys)
