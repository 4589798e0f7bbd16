"""The session at this browser: begun when somebody signs in, renewed with their password, left, or run out.

The cookie names a row of account_session by a random value; what the row says decides. Nothing of the
session before signing in goes on in the one after it but what CARRIED lists.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from flask import Flask, current_app, g, request, session
from flask_login import current_user, logout_user

from app.access import account_lookup
from app.extensions import session_limits, transaction
from app.models import Account
from app.rules.accounts.sessions import Limits
from app.services.accounts.credentials import sessions
from app.services.accounts.credentials.passwords import stamp
from app.services.secret_hash import hash_of
from app.views.web import context
from app.views.web.language.i18n import CHOSEN

TOKEN = "session"  # where the cookie keeps the name of its row
UNSENT = "unsent"  # and that of an ended one which left a form unsent; good for its own account alone
CARRIED = frozenset({CHOSEN, UNSENT})
# Modules of this room whose forms hold passwords and codes: what is typed there is never kept.
SECRET_FORMS = frozenset(
    {
        "authenticator",
        "mailed_links",
        "own_account",
        "own_apps",
        "own_sessions",
        "security_manager",
        "sign_in",
    }
)
LOGIN_KEYS = frozenset({"_user_id", "_fresh", "_id"})  # Flask-Login's own, written just before


def limits_of(account: Account) -> Limits:
    return session_limits().of(officer=account.agency_id is not None)


def begin(account: Account) -> None:
    """Go on as `account` in a session that nobody knew before; the one that this browser had ends."""
    user_id, mark = account.id, stamp(account)
    before = session.get(TOKEN)
    with transaction() as writing:
        if before:
            sessions.end(writing, before, context.now())
        told = str(request.user_agent)
        token = sessions.begin(writing, user_id, mark, told, context.now())
    _renew(CARRIED | LOGIN_KEYS)
    session[TOKEN] = token
    context.forget()


def leave() -> None:
    """Sign out: the row ends, so that a copy of the cookie opens nothing."""
    token = session.get(TOKEN)
    if token:
        with transaction() as writing:
            sessions.end(writing, token, context.now())
    logout_user()
    _renew(frozenset({CHOSEN}))
    context.forget()


def _renew(kept: frozenset[str]) -> None:
    staying = {name: session[name] for name in kept if name in session}
    session.clear()
    session.update(staying)
    # Flask-WTF keeps the token of this request: the next form needs one of the new session.
    g.pop("csrf_token", None)


def open_account(user_id: int) -> Account | None:
    """The account of the cookie's session, if that goes on: one statement for both."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    found = account_lookup.of_session(context.reading(), user_id, hash_of(token))
    if found is None:
        return None
    account, mark = found
    here = account.at_browser
    if here is None or not account.active or not hmac.compare_digest(mark, stamp(account)):
        return None
    return None if limits_of(account).over(here.started_at, here.seen_at, context.now()) else account


def had_session() -> bool:
    """Whether somebody had signed in at this browser, and did not sign out."""
    return isinstance(session.get(TOKEN), str)


def keep_unsent() -> bool:
    """Keep the form of this request for whoever had signed in here; whether it was kept.

    It carried the token of that session's forms, so it was written on a page of ours.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__module__", "").removeprefix(f"{__package__}.") in SECRET_FORMS:
        return False
    files = sum(1 for file in request.files.values() if file.filename)
    path = request.full_path.rstrip("?")
    with transaction() as writing:
        kept = sessions.keep_unsent(
            writing, session[TOKEN], path, request.form.items(multi=True), files, context.now()
        )
    if kept:
        session[UNSENT] = session[TOKEN]
    return kept


def stale(account: Account) -> bool:
    """Whether it is time to note that this session is used."""
    here = account.at_browser
    return here is not None and limits_of(account).stale(here.seen_at, context.now())


def left(account: Account) -> timedelta:
    """How long the session lasts after this request, as it will be noted."""
    here, now = account.at_browser, context.now()
    if here is None:
        return timedelta()
    return limits_of(account).left(here.started_at, now if stale(account) else here.seen_at, now)


def init_app(app: Flask) -> None:
    def session_seconds() -> int:
        """How long the session of this page lasts without another request."""
        return int(left(current_user).total_seconds())

    app.jinja_env.globals.update(session_seconds=session_seconds)
