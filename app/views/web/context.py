"""What a request is: who acts in it, and at what time. Made once, then passed down as plain values."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, g, has_request_context, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.access import account_lookup
from app.access.actor import GUEST, Actor, actor_of
from app.extensions import db
from app.models.accounts.security import ours
from app.rules.accounts.roles import Permission

READER = "reader"  # where a request keeps for whom its page is written
LOOKING = frozenset({"GET", "HEAD"})


def reading() -> Session:
    """The request's session, for reading. What is written goes through extensions.transaction().

    On PostgreSQL a page that is only looked at needs no BEGIN and ROLLBACK around each look: two journeys
    to the server less. SQLite keeps its transaction, which is what makes one page of it one picture.
    """
    session = db.session()
    if session.in_transaction() or not has_request_context() or request.method not in LOOKING:
        return session
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    return session


def now() -> datetime:
    """The time of the request, the same from beginning to end, aware UTC."""
    found: datetime | None = g.get("now")
    if found is None:
        found = g.now = datetime.now(UTC)
    return found


def permission_names() -> frozenset[tuple[str, str]]:
    """The (resource, verb) names that the account's roles hold, read once for the request."""
    if "permission_names" not in g:
        signed_in = current_user._get_current_object() if current_user.is_authenticated else None
        g.permission_names = (
            account_lookup.permission_names(reading(), signed_in) if signed_in else frozenset()
        )
    names: frozenset[tuple[str, str]] = g.permission_names
    return names


def permissions() -> frozenset[Permission]:
    return ours(permission_names())


def actor() -> Actor:
    """Who acts in this request: whoever holds a secret link, else the account; GUEST without one."""
    if "acting" in g:
        held: Actor = g.acting
        return held
    return account().as_citizen() if g.get("citizen") else account()


def act_as(holder: Actor) -> None:
    """From here on `holder` of a secret link acts, whoever is signed in at this browser."""
    g.acting = holder
    g.pop(READER, None)


def act_as_citizen() -> None:
    """From here on the account acts without its office, as whoever files a report does.

    The header stays that of the account: it is the same person at the same browser.
    """
    g.citizen = True
    g.pop(READER, None)


def account() -> Actor:
    """The actor that the signed-in account is; GUEST without one."""
    found: Actor | None = g.get("actor")
    if found is None:
        signed_in = current_user.is_authenticated
        found = actor_of(current_user._get_current_object(), permissions()) if signed_in else GUEST
        g.actor = found
    return found


def forget() -> None:
    """Drop what is known of the account: it signs in or out within this request."""
    for name in ("actor", "permission_names", READER):
        g.pop(name, None)


def sms_ready() -> bool:
    """Whether this installation can send to telephones."""
    return bool(current_app.config["LAPOR"].sms != "none")
