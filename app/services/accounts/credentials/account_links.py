"""Links in mails that let somebody in once: made, delivered, found again, ended.

The token is never stored: it is made at delivery from the row's random nonce and the installation's
secret, so that a repeated delivery carries the same one, and the row keeps its hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import Account, AccountLink
from app.rules.accounts.people import LASTING, LIFETIMES, SEVERAL, LinkPurpose
from app.services import outbox

BATCH = 1_000


@dataclass(frozen=True)
class Delivered:
    """A link that goes out now: its token, whose it is, and the address that it confirms or brings back."""

    token: str
    account: Account
    email: str


def account_stamp(account: Account) -> str:
    """What a link rests on: it dies with the password, the e-mail, the status, and every end of sessions."""
    parts = (account.password, account.email, bool(account.active), account.session_stamp)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def make(
    session: Session,
    account: Account,
    purpose: LinkPurpose,
    now: datetime,
    *,
    nonce: str = "",
    email: str = "",
    **more: Any,
) -> AccountLink:
    """A new link of `purpose`; older ones of that purpose are ended, but for undoings and invitations.

    `email`: the address to confirm or to come back. `more`: columns of the purpose.
    """
    if purpose not in SEVERAL:
        end(session, account.id, purpose)
    link = AccountLink(
        user_id=account.id,
        purpose=purpose,
        nonce=nonce or secrets.token_urlsafe(24),
        stamp=account_stamp(account),
        email=email,
        created_at=now,
        **more,
    )
    session.add(link)
    session.flush()
    return link


def invite(session: Session, account: Account, now: datetime) -> None:
    """Mail a new officer the address and how to get in for the first time."""
    link = make(session, account, LinkPurpose.FIRST, now)
    outbox.put(session, "account_first", f"account_first:{link.id}:{link.nonce}", now, link=link.id)


def deliver(session: Session, link: AccountLink | None, secret: str, now: datetime) -> Delivered | None:
    """What goes into the mail; None when the link is not wanted any more. Its time begins with this."""
    if link is None or not _holds(link, now):
        return None
    token = token_of(link, secret)
    if link.token_hash is None:
        link.token_hash = _hash(token)
        link.expires_at = now + LIFETIMES[link.purpose].time
    return Delivered(token, link.account, link.email)


def find(
    session: Session, token: str, now: datetime, *purposes: LinkPurpose, lock: bool = False
) -> AccountLink | None:
    """The link of a token that somebody brings, if it is still good for one of `purposes`."""
    query = select(AccountLink).where(
        AccountLink.token_hash == _hash(token), AccountLink.purpose.in_(purposes)
    )
    link: AccountLink | None = session.scalar(query)
    if link is not None and lock:
        # The account first, as everywhere; then the link is looked at again: it may be used by now.
        session.get_one(Account, link.user_id, with_for_update=True, populate_existing=True)
        link = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    return link if link is not None and _holds(link, now) else None


def end(session: Session, user_id: int, *purposes: LinkPurpose, besides: AccountLink | None = None) -> None:
    """End the account's links of `purposes`; of all that do not last (LASTING) where none is named.

    Never the one `besides`.
    """
    wanted = purposes or tuple(purpose for purpose in LinkPurpose if purpose not in LASTING)
    gone = delete(AccountLink).where(AccountLink.user_id == user_id, AccountLink.purpose.in_(wanted))
    session.execute(gone if besides is None else gone.where(AccountLink.id != besides.id))


def forget(session: Session, now: datetime) -> int:
    """Remove links that are not good any more, one batch; how many there were."""
    old = select(AccountLink.id).where(AccountLink.expires_at <= now).limit(BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(AccountLink).where(AccountLink.id.in_(keys)))
    return len(keys)


def token_of(link: AccountLink, secret: str) -> str:
    digest = hmac.digest(secret.encode(), f"account-link:{link.id}:{link.nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _holds(link: AccountLink, now: datetime) -> bool:
    if link.expires_at is not None and now >= link.expires_at:
        return False
    if link.purpose is LinkPurpose.UNDO:  # whatever became of the account meanwhile
        return True
    lasts = link.purpose in LASTING
    return bool(link.account.active) and (lasts or link.stamp == account_stamp(link.account))
