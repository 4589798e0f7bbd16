"""Links in mails, passwords and authenticators, as tests of accounts need them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html import unescape

import pyotp
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.extensions import transaction
from app.models import Account, RecoveryCode, Tries
from app.services.accounts.credentials.authenticator import new_nonce, secret_of
from tests.support.http import Person
from tests.support.mail import text_of
from tests.support.world import World

GOOD = "payung-biru-tua-hanyut"
OTHER = "kuda lepas dekat jembatan"


def path_in(letter: EmailMessage) -> str:
    """The path of the link that a letter holds."""
    found = re.search(
        r"^https?://[^/]+(/(?:sandi|email|batalkan|undangan|lepas-verifikasi)/\S+)",
        text_of(letter),
        re.MULTILINE,
    )
    assert found, text_of(letter)
    return found[1]


def change(app: Flask, name: str, **values: object) -> None:
    """Set columns of somebody's account by hand."""
    with app.app_context(), transaction() as session:
        session.execute(update(Account).where(Account.username == f"akun-{name}").values(**values))


def try_password(visitor: Person, name: str, password: str) -> TestResponse:
    return visitor.post("/login/", {"username": name, "password": password})


def with_authenticator(app: Flask, name: str, *codes: str) -> pyotp.TOTP:
    """Give somebody an authenticator (and recovery codes, as their hashes say); it tells the codes."""
    from app.services.accounts.credentials.authenticator import recovery_hash

    nonce = new_nonce()
    with app.app_context(), transaction() as session:
        account = World.read(session).account(session, name)
        account.totp_nonce = nonce
        session.add_all(RecoveryCode(user_id=account.id, code_hash=recovery_hash(code)) for code in codes)
        return pyotp.TOTP(secret_of(account.id, nonce, app.config["SECRET_KEY"]))


def code_now(totp: pyotp.TOTP, later: int = 0) -> str:
    """The code that the authenticator shows now, or `later` steps on."""
    return totp.at(datetime.now(UTC) + timedelta(seconds=30 * later))


def said(answer: TestResponse) -> str:
    """The page's text, as people read it."""
    return unescape(re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True)))


def at(sign_in: Callable[[str | None], Person], address: str, name: str | None = None) -> Person:
    """A person whose requests come from this network address."""
    person = sign_in(name)
    person.client.environ_base["REMOTE_ADDR"] = address
    return person


def later(app: Flask, *, minutes: int) -> None:
    """Time goes on: every window of tries began so much earlier."""
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(Tries)):
            row.since -= timedelta(minutes=minutes)
