"""Accounts, found for signing in and for each request of a session."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from app.models import Account
from app.models.security import permission_rows


def by_name(session: Session, name: str) -> Account | None:
    """The account of a username, else of an e-mail, whichever way it is capitalised."""
    wanted = name.strip().lower()
    for column in (Account.username, Account.email):
        found: Account | None = (
            session.scalar(select(Account).where(func.lower(column) == wanted)) if wanted else None
        )
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1)
def _with_all() -> Select[Account]:
    """Built once: every request asks it."""
    return (
        select(Account)
        .where(Account.id == bindparam("key"))
        .options(joinedload(Account.roles), joinedload(Account.agency), joinedload(Account.reporter))
    )


def with_all(session: Session, key: int) -> Account | None:
    """The account with its roles, agency and reporter: all that makes its actor, in one query."""
    return session.scalars(_with_all(), {"key": key}).unique().one_or_none()


def permission_names(session: Session, role_ids: Collection[int]) -> frozenset[tuple[str, str]]:
    """The (resource, verb) names that roles hold, as Flask-AppBuilder writes them."""
    if not role_ids:
        return frozenset()
    rows = session.execute(_permission_rows(tuple(sorted(role_ids))))
    return frozenset((menu, permission) for menu, permission in rows)


_permission_rows = lru_cache(maxsize=64)(permission_rows)


def recipient(session: Session, key: int | None) -> Account | None:
    """The account that may be written to now: there, active, with an address."""
    account = session.get(Account, key, populate_existing=True) if key is not None else None
    return account if account is not None and account.active and account.email else None
