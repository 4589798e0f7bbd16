"""Accounts, found for signing in and for each request of a session."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models import Account, RoleDemand
from app.models.security import FabRole, assoc_user_role, permission_pairs, permissions_text

STOCK = frozenset({"Admin", "Public"})  # Flask-AppBuilder's own, which nobody holds here


def by_name(session: Session, name: str) -> Account | None:
    """The account of a username, else of an e-mail, whichever way it is capitalised.

    One query for every name: how many there are would tell what a name is.
    """
    wanted = name.strip().lower()
    username = func.lower(Account.username)
    found: Account | None = session.scalar(
        select(Account)
        .where(or_(username == wanted, func.lower(Account.email) == wanted))
        .order_by((username == wanted).desc())
        .limit(1)
    )
    return found


@lru_cache(maxsize=1)
def _with_all() -> Select[Account, bool, str]:
    """Built once: every request asks it."""
    demanded = exists(
        select(RoleDemand.role_id)
        .join(assoc_user_role, assoc_user_role.c.role_id == RoleDemand.role_id)
        .where(assoc_user_role.c.user_id == Account.id, RoleDemand.second_step.is_(True))
    )
    return (
        select(Account, demanded, permissions_text(Account.id))
        .where(Account.id == bindparam("key"))
        .options(joinedload(Account.roles), joinedload(Account.agency), joinedload(Account.reporter))
    )


def with_all(session: Session, key: int) -> Account | None:
    """The account with its roles, agency, reporter, and what its roles allow and demand: all in one query."""
    row = session.execute(_with_all(), {"key": key}).unique().one_or_none()
    if row is None:
        return None
    account: Account = row[0]
    account.second_step_demanded = bool(row[1])
    account.permission_names = permission_pairs(row[2])
    return account


def permission_names(session: Session, account: Account) -> frozenset[tuple[str, str]]:
    """The (resource, verb) names that the account's roles hold, as Flask-AppBuilder writes them."""
    if account.permission_names is None:  # found in another way than with_all()
        account.permission_names = permission_pairs(session.scalar(select(permissions_text(account.id))))
    return account.permission_names


def role_names(session: Session) -> list[str]:
    """The roles of this application, in the order in which they were made."""
    return list(session.scalars(select(FabRole.name).where(FabRole.name.not_in(STOCK)).order_by(FabRole.id)))
