"""Passwords: compared, set by a link, changed by their owner. A new one ends sessions and links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from app.access.accounts import by_name
from app.access.actor import Actor
from app.models import Account
from app.rules import passwords
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.rules.people import LinkPurpose
from app.services import account_links, audit, outbox

KIND = "account"
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


def replace(session: Session, account: Account, password: str, method: str) -> None:
    """Set a password that its owner chose."""
    account.password = generate_password_hash(password, method=method)
    account.must_change_password = False
    account.fail_login_count, account.locked_until = 0, None
    end_sessions(account)
    session.flush()


def change_own(
    session: Session, actor: Actor, current: str, new: str, again: str, method: str, now: datetime
) -> Account:
    """The owner's change. Raises Invalid at current, password or again."""
    account = own(session, actor)
    confirm(account, current)
    passwords.twice(new, again, about(account))
    if matches(account, new):
        raise Invalid({"password": passwords.UNCHANGED})
    replace(session, account, new, method)
    account_links.end(session, account.id)
    tell(session, actor, account, now)
    return account


def by_link(session: Session, token: str, new: str, again: str, method: str, now: datetime) -> Account:
    """Whoever holds the mailed link sets a password with it, once. Raises NotFound when it is not good."""
    link = account_links.find(session, token, now, LinkPurpose.FIRST, LinkPurpose.FORGOTTEN, lock=True)
    if link is None:
        raise NotFound
    account, first = link.account, link.purpose is LinkPurpose.FIRST
    passwords.twice(new, again, about(account))
    replace(session, account, new, method)
    account_links.end(session, account.id)
    tell(session, Actor(user_id=account.id, agency_id=account.agency_id), account, now, mail=not first)
    return account


def ask_for_link(session: Session, name: str, now: datetime) -> None:
    """Somebody forgot: the same two statements for a known and an unknown name.

    Whether a mail leaves is decided where it is delivered, out of sight of whoever asked.
    """
    account = by_name(session, name)
    once = f"password_forgotten:{secrets.token_urlsafe(24)}"
    outbox.put(session, "password_forgotten", once, now, user=account.id if account else None)
    session.flush()


def about(account: Account) -> tuple[str, ...]:
    """What others know of the owner."""
    return account.get_full_name(), account.username, account.email


def tell(session: Session, actor: Actor, account: Account, now: datetime, *, mail: bool = True) -> None:
    """Note a new password, and mail the owner that there is one."""
    audit.note(session, actor, "account.password_changed", KIND, account.id, now)
    if not mail:
        return
    once = f"password_changed:{account.id}:{account.session_stamp}"
    outbox.put(session, "password_changed", once, now, user=account.id)
