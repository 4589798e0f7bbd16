"""Passwords: compared, and what rests on them. They are written by new_password.py alone."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from app.access.actor import Actor
from app.models import Account
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_

WRONG_PASSWORD = N_("Kata sandi sekarang tidak cocok.")


def own(session: Session, actor: Actor) -> Account:
    """The actor's account, locked. Raises Forbidden for visitors."""
    if actor.user_id is None:
        raise Forbidden
    return session.get_one(Account, actor.user_id, with_for_update=True, populate_existing=True)


def matches(account: Account, typed: str) -> bool:
    return bool(account.password) and check_password_hash(account.password, typed)


def confirm(account: Account, typed: str) -> None:
    """Raises Invalid at "current" for a wrong password: a session alone changes nothing about signing in."""
    if not matches(account, typed):
        raise Invalid({"current": WRONG_PASSWORD})


def stamp(account: Account) -> str:
    """Ties a session or token to the password it was opened with and to the account's own stamp: a new
    password, and whatever else renews that stamp, ends every other one."""
    return hashlib.sha256(f"{account.password}:{account.session_stamp}".encode()).hexdigest()[:32]


def end_sessions(account: Account) -> None:
    """Every session of the account ends at its next request; the one that does this may be stamped anew."""
    account.session_stamp = secrets.token_hex(16)


def about(account: Account) -> tuple[str, ...]:
    """What others know of the owner."""
    return account.get_full_name(), account.username, account.email
