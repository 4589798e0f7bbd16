"""Citizens with an account, as whoever makes admins finds them (manual 6.10)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account
from app.models.security import FabRole
from app.rules.errors import Forbidden
from app.rules.roles import Resource, Role, Verb

KEY_MAX = 2**31 - 1  # of an account's key: a larger one would be an error of the database
SHOWN = 10  # more are no help: whoever looks for somebody writes more of their name


def citizen() -> ColumnElement[bool]:
    """Criterion on Account: an active one of no agency, with a citizen's role and no other."""
    return and_(
        Account.active.is_(True),
        Account.agency_id.is_(None),
        Account.roles.any(FabRole.name == Role.REPORTER.value),
        ~Account.roles.any(FabRole.name != Role.REPORTER.value),
    )


def search(session: Session, actor: Actor, words: str) -> list[Account]:
    """Up to SHOWN citizens whose name contains `words`, or whose e-mail or number begins with them.

    Raises Forbidden for whoever may not enter accounts.
    """
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    found = [
        Account.first_name.icontains(words, autoescape=True),
        func.lower(Account.email).startswith(words.lower(), autoescape=True),
    ]
    digits = "".join(char for char in words if char.isascii() and char.isdecimal())
    if digits and len(digits) >= len(words.replace(" ", "").lstrip("+")):
        # 0813…, 62813… and +62813… are written for one number.
        national = digits.removeprefix("62") if digits.startswith("62") else digits.lstrip("0")
        found.append(Account.phone.startswith(f"+62{national}"))
        found.append(Account.phone.startswith(f"+{digits}"))
    query = select(Account).where(citizen(), or_(*found)).order_by(Account.first_name, Account.id)
    return list(session.scalars(query.limit(SHOWN)))


def find(session: Session, user_id: int | None) -> Account | None:
    """The citizen of that key, locked; None for whoever is none, or none any more."""
    if user_id is None or user_id > KEY_MAX:
        return None
    query = select(Account).where(Account.id == user_id, citizen()).with_for_update(of=Account)
    account: Account | None = session.scalar(query.execution_options(populate_existing=True))
    return account
