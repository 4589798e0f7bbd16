"""Accounts, found for signing in and for each request of a session."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import OWN
from app.models import Account, AccountSession, RoleDemand
from app.models.accounts.account import OpenSession
from app.models.accounts.security import (
    FabRole,
    assoc_user_role,
    permission_pairs,
    permissions_text,
)
from app.models.accounts.security import (
    permission_names as stored_names,
)

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


def by_phone(session: Session, phone: str, *, lock: bool = False) -> Account | None:
    """The account that signs in with this telephone (in E.164 form): a citizen's, or an officer's who was one."""
    query = select(Account).where(Account.username == phone)
    if lock:
        query = query.with_for_update(of=Account).execution_options(populate_existing=True)
    found: Account | None = session.scalar(query)
    return found


@lru_cache(maxsize=1)
def _with_all() -> Select[Account, bool, str, Any, Any, Any, Any]:
    """Built once: every request asks it. A session's row comes with it, if the hash is that of a good one."""
    demanded = exists(
        select(RoleDemand.role_id)
        .join(assoc_user_role, assoc_user_role.c.role_id == RoleDemand.role_id)
        .where(assoc_user_role.c.user_id == Account.id, RoleDemand.second_step.is_(True))
    )
    at_browser = and_(
        AccountSession.user_id == Account.id,
        AccountSession.token_hash == bindparam("token"),
        AccountSession.ended_at.is_(None),
    )
    return (
        select(
            Account,
            demanded,
            permissions_text(Account.id),
            AccountSession.id,
            AccountSession.stamp,
            AccountSession.started_at,
            AccountSession.seen_at,
        )
        .outerjoin(AccountSession, at_browser)
        .where(Account.id == bindparam("key"))
        .options(joinedload(Account.roles), joinedload(Account.agency), joinedload(Account.reporter))
    )


def with_all(session: Session, key: int) -> Account | None:
    """The account with its roles, agency, reporter, and what its roles allow and demand: all in one query."""
    found = of_session(session, key, "")
    return found[0] if found else None


def of_session(session: Session, key: int, token_hash: str) -> tuple[Account, str] | None:
    """The same with the row of a session that nobody has ended, in the same query: its stamp comes beside
    the account, which then tells the session; "" where the hash names none."""
    row = session.execute(_with_all(), {"key": key, "token": token_hash}).unique().one_or_none()
    if row is None:
        return None
    account: Account = row[0]
    account.second_step_demanded = bool(row[1])
    account.permission_names = _held(account, permission_pairs(row[2]))
    if row[3] is None:
        return account, ""
    account.at_browser = OpenSession(row[3], row[5], row[6])
    return account, row[4]


def permission_names(session: Session, account: Account) -> frozenset[tuple[str, str]]:
    """The (resource, verb) names that the account may use, as Flask-AppBuilder writes them."""
    if account.permission_names is None:  # found in another way than with_all()
        held = permission_pairs(session.scalar(select(permissions_text(account.id))))
        account.permission_names = _held(account, held)
    return account.permission_names


OWN_NAMES = frozenset(stored_names(pair)[::-1] for pair in OWN)


def _held(account: Account, of_roles: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """What the roles hold; an officer has own reports besides, as actor_of() says."""
    return of_roles if account.agency_id is None else of_roles | OWN_NAMES


def role_names(session: Session) -> list[str]:
    """The roles of this application, in the order in which they were made."""
    return list(session.scalars(select(FabRole.name).where(FabRole.name.not_in(STOCK)).order_by(FabRole.id)))
