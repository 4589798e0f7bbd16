"""Signing in: one answer and one amount of work for every refusal, whoever is known or not.

A wrong password locks the account for a while after the fifth; an unknown name is counted too, in a
table of its own, so that it costs as much.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.models import Account
from app.services import second_step, tries

FAILURES = 5  # wrong passwords or codes in a row before an account is locked
LOCKED_FOR = timedelta(minutes=15)  # with an end: a lock without one lets anybody shut out anybody


def open_to(account: Account | None, now: datetime) -> bool:
    """Whether somebody may sign in to it now at all."""
    return account is not None and bool(account.active and account.password) and not locked(account, now)


def locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and account.locked_until > now


def record(session: Session, user_id: int, *, right: bool, now: datetime) -> bool:
    """Note a try with a password; whether it lets in.

    With a second step nothing is forgiven before it was taken, or guesses at it would be endless.
    """
    account = _lock(session, user_id)
    # Locked by now: guesses sent all at once are counted one by one, and a lock set meanwhile holds.
    if locked(account, now):
        return False
    if not right:
        _fail(account, now)
    elif not account.totp_nonce:
        _enter(account, now)
    return right


def record_unknown(session: Session, who: str, now: datetime) -> None:
    """The same work for a name that nobody has, is switched off, or locked: a row read and written.

    who: the name, masked.
    """
    tries.look(session, tries.SIGN_IN_UNKNOWN, who)
    tries.count(session, tries.SIGN_IN_UNKNOWN, who, now)


def second(session: Session, user_id: int, code: str, key: str, now: datetime) -> bool:
    """The second step: whether `code` lets in."""
    account = _lock(session, user_id)
    if not open_to(account, now) or not account.totp_nonce:
        return False
    if second_step.takes(session, account, code, key, now):
        _enter(account, now)
        return True
    _fail(account, now)
    return False


def _lock(session: Session, user_id: int) -> Account:
    return session.get_one(Account, user_id, with_for_update=True, populate_existing=True)


def _enter(account: Account, now: datetime) -> None:
    account.fail_login_count, account.locked_until = 0, None
    account.login_count = (account.login_count or 0) + 1
    account.last_login = now.replace(tzinfo=None)


def _fail(account: Account, now: datetime) -> None:
    account.fail_login_count = (account.fail_login_count or 0) + 1
    if account.fail_login_count >= FAILURES:
        account.fail_login_count, account.locked_until = 0, now + LOCKED_FOR
