"""Writing a password: put() is the only place that does; tell() lets its owner know.

Whoever sets a password ends all that the old one had opened: sessions, tokens and codes of apps, links in
mails, known devices, the lock.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Account, AccountLink
from app.rules.accounts.contact import is_reachable
from app.services import outbox
from app.services.accounts.credentials import account_links, api_tokens, failed_sign_ins, passwords

MAIL_TOPIC, SMS_TOPIC = "password_changed", "sms_password_changed"


def put(
    session: Session,
    account: Account,
    hashed: str | None,
    now: datetime,
    *,
    must_change: bool = False,
    keep: AccountLink | None = None,
) -> None:
    """Give the account this password (hashed; None: none at all), and end all that the old one had opened.

    must_change: its owner did not choose it. keep: the link by which it is told, which lives on.
    """
    account.password, account.must_change_password = hashed, must_change
    failed_sign_ins.forgive(session, account)
    passwords.end_sessions(account)
    session.flush()
    api_tokens.revoke_of_account(session, account.id, now)
    account_links.end(session, account.id, besides=keep)
    if keep is not None:
        keep.stamp = account_links.account_stamp(account)


def tell(session: Session, account: Account, now: datetime) -> None:
    """The owner learns of it by every address that is theirs."""
    for topic in channels(account):
        outbox.put(session, topic, f"{topic}:{account.id}:{account.session_stamp}", now, user=account.id)


def channels(account: Account) -> list[str]:
    """The topics by which an owner is told: by mail, and by text message where the telephone is the name
    that they sign in with, or their only address."""
    mailed = is_reachable(account.email)
    texted = bool(account.phone) and (account.phone == account.username or not mailed)
    return [MAIL_TOPIC] * mailed + [SMS_TOPIC] * texted
