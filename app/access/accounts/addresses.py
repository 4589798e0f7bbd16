"""The addresses of accounts: which one a letter goes to, and which are taken.

A letter goes to the address that its reader had when it was caused. Between a cause and its delivery an
address can change: whoever changes it must not get what was meant for the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.models import Account, AccountLink, FormerAddress
from app.rules.accounts.contact import is_reachable
from app.rules.accounts.people import LinkPurpose

KEPT = timedelta(days=30)  # no letter waits longer: the outbox gives up before, and a person looks then
BATCH = 1_000


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to, and where."""

    account: Account
    email: str

    @property
    def name(self) -> str:
        return self.account.get_full_name()


def recipient(session: Session, key: int | None, caused: datetime) -> Recipient | None:
    """The account that may be written to now about what was caused at `caused`: there, active, with an
    address then."""
    account = session.get(Account, key, populate_existing=True) if key is not None else None
    if account is None or not account.active:
        return None
    email = _at(session, account.id, caused, account.email, account.phone)[0]
    return Recipient(account, email) if is_reachable(email) else None


def phone_at(session: Session, account: Account, caused: datetime) -> str:
    """The account's telephone of that time."""
    return _at(session, account.id, caused, account.email, account.phone)[1]


def _at(session: Session, user_id: int, caused: datetime, email: str, phone: str) -> tuple[str, str]:
    """E-mail and telephone at that time: of the first change since, else those of now."""
    row = session.execute(
        select(FormerAddress.email, FormerAddress.phone)
        .where(FormerAddress.user_id == user_id, FormerAddress.until > caused)
        .order_by(FormerAddress.until, FormerAddress.id)
        .limit(1)
    ).one_or_none()
    return (email, phone) if row is None else (row[0], row[1])


def leave(session: Session, user_id: int, email: str, phone: str, now: datetime) -> None:
    """Note the addresses that an account has had until now."""
    session.add(FormerAddress(user_id=user_id, email=email, phone=phone, until=now))


def come_back(session: Session, user_id: int, since: datetime) -> None:
    """Forget the addresses of a change at `since` that was undone, and of all later ones: what was caused
    meanwhile goes to the one that came back."""
    session.execute(
        delete(FormerAddress).where(FormerAddress.user_id == user_id, FormerAddress.until >= since)
    )


def taken(session: Session, email: str, besides: int | None = None) -> bool:
    """Whether another account than `besides` has the e-mail, or can still have it back."""
    wanted = email.lower()
    had = exists(
        select(AccountLink.id).where(
            AccountLink.purpose == LinkPurpose.UNDO,
            func.lower(AccountLink.email) == wanted,
            _other(AccountLink.user_id, besides),
        )
    )
    there = exists(select(Account.id).where(func.lower(Account.email) == wanted, _other(Account.id, besides)))
    return bool(session.scalar(select(or_(there, had))))


def phone_taken(session: Session, phone: str, besides: int | None = None) -> bool:
    """Whether another account than `besides` signs in with the telephone, or can do so again: who signs in
    with one now, and has an undoing that brings this one back."""
    can = exists(
        select(AccountLink.id)
        .join(Account, Account.id == AccountLink.user_id)
        .where(
            AccountLink.purpose == LinkPurpose.UNDO,
            AccountLink.phone == phone,
            Account.username == Account.phone,
            _other(AccountLink.user_id, besides),
        )
    )
    does = exists(select(Account.id).where(Account.username == phone, _other(Account.id, besides)))
    return bool(session.scalar(select(or_(does, can))))


def _other(column: Any, besides: int | None) -> ColumnElement[bool]:
    return column != besides if besides is not None else column.is_not(None)  # type: ignore[no-any-return]


def forget(session: Session, now: datetime) -> int:
    """Empty the addresses that no letter goes to any more, one batch; how many there were."""
    old = select(FormerAddress.id).where(
        FormerAddress.until <= now - KEPT, or_(FormerAddress.email != "", FormerAddress.phone != "")
    )
    keys = list(session.scalars(old.limit(BATCH)))
    session.execute(update(FormerAddress).where(FormerAddress.id.in_(keys)).values(email="", phone=""))
    return len(keys)
