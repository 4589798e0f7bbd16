"""How people get a new password: by a link or code when it was forgotten, by the first link, or as its owner.

One way for everybody: a channel of the account is proven (a mailed link, or a code to the telephone that
is exchanged for such a link), then the authenticator is asked for, then new_password.put() ends all that
the old one had opened. Nobody is signed in by it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.access.account_lookup import by_name, by_phone
from app.access.actor import Actor
from app.models import Account, OneTimeCode
from app.rules.accounts import passwords as rules
from app.rules.accounts.people import LinkPurpose
from app.rules.citizens.forms import CodePurpose
from app.rules.errors import Invalid, NotFound
from app.services import outbox
from app.services.accounts import sign_in
from app.services.accounts.credentials import account_links, codes, passwords
from app.services.accounts.credentials.codes import Address
from app.services.accounts.credentials.new_password import put, tell
from app.services.system import audit

KIND = "account"
SET_BY_LINK = (LinkPurpose.FIRST, LinkPurpose.FORGOTTEN)


@dataclass(frozen=True)
class Typed:
    """What a page asks for. code: of the authenticator, or a recovery code; "" without one."""

    password: str
    again: str
    code: str = ""


def ask_for_link(session: Session, name: str, now: datetime) -> None:
    """Somebody forgot: the same two statements for a known and an unknown name.

    Whether a mail leaves is decided where it is delivered, out of sight of whoever asked.
    """
    account = by_name(session, name)
    dedupe_key = f"password_forgotten:{secrets.token_urlsafe(24)}"
    outbox.put(session, "password_forgotten", dedupe_key, now, user=account.id if account else None)
    session.flush()


def ask_for_code(session: Session, phone: str, now: datetime) -> str:
    """The same for a telephone: the token of the page that asks for the code, whoever has the number."""
    return codes.ask(session, CodePurpose.PASSWORD, Address(phone=phone), {}, now)


def exchange(session: Session, row: OneTimeCode, secret: str, now: datetime) -> str:
    """The right code was typed: the token of the link that it is worth.

    Raises Invalid at code when no active account has the telephone: nobody was sent that code.
    """
    account = by_phone(session, row.phone, lock=True) if row.phone else None
    if account is None or not account.active:
        raise Invalid({"code": codes.WORN_OUT})
    link = account_links.make(session, account, LinkPurpose.FORGOTTEN, now)
    ready = account_links.deliver(session, link, secret, now)
    assert ready is not None, "it was made just now"
    codes.use(row, str(account.id), now)
    return ready.token


def by_link(
    session: Session, token: str, typed: Typed, method: str, key: str, now: datetime
) -> Account | None:
    """Whoever holds a link sets a password with it, once.

    None when the account has an authenticator and its code is wrong, or was wrong too often: that is
    counted as at sign-in, so the caller commits it. Raises NotFound when the link is not good, Invalid
    at password or again. `key`: the installation's, of which authenticators' secrets are made.
    """
    link = account_links.find(session, token, now, *SET_BY_LINK, lock=True)
    if link is None:
        raise NotFound
    account, first = link.account, link.purpose is LinkPurpose.FIRST
    rules.twice(typed.password, typed.again, passwords.about(account))
    if account.totp_nonce and not sign_in.proves(session, account, typed.code, key, now):
        return None
    put(session, account, generate_password_hash(typed.password, method=method), now)
    actor = Actor(user_id=account.id, agency_id=account.agency_id)
    audit.note(session, actor, "account.password_changed", KIND, account.id, now)
    if not first:
        tell(session, account, now)
    return account


def change_own(
    session: Session, actor: Actor, current: str, typed: Typed, method: str, now: datetime
) -> Account:
    """The owner's change of a password that they know. Raises Invalid at current, password or again."""
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    rules.twice(typed.password, typed.again, passwords.about(account))
    if passwords.matches(account, typed.password):
        raise Invalid({"password": rules.UNCHANGED})
    put(session, account, generate_password_hash(typed.password, method=method), now)
    audit.note(session, actor, "account.password_changed", KIND, account.id, now)
    tell(session, account, now)
    return account
