"""Sessions at browsers: a row from signing in until it ends. The cookie holds its random name, the row a hash.

A row is good while it is not ended, its limits hold, and its stamp is the account's: whatever renews that
stamp (a new password, a second step, being taken out) ends every row without touching one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, AccountSession, UnsentForm
from app.rules.accounts.devices import device_names
from app.rules.accounts.roles import Resource, Verb
from app.rules.accounts.sessions import AllLimits
from app.rules.errors import Forbidden, NotFound
from app.services.accounts.credentials.passwords import stamp
from app.services.secret_hash import hash_of

KEPT_FOR = timedelta(days=7)  # an ended row: whoever comes back with it is told, and loses no form
UNSENT_FOR = timedelta(days=1)
UNSENT_MAX = 256 * 1024  # characters of one form
PATH_MAX = 2048
SWEPT_AT_ONCE = 500
# Forms with such a field are not kept: what opens an account lies in no table.
SECRET_FIELDS = frozenset({"password", "current", "again", "code", "secret", "token"})
CSRF = "csrf_token"


def begin(session: Session, user_id: int, mark: str, user_agent: str, now: datetime) -> str:
    """Enter a session; returns the token that names it, kept nowhere else.

    mark: the account's stamp when it was let in; one that was renewed meanwhile makes no session.
    """
    token = secrets.token_urlsafe(32)
    browser, system = device_names(user_agent)
    session.add(
        AccountSession(
            user_id=user_id, token_hash=hash_of(token), stamp=mark, browser=browser, system=system,
            started_at=now, seen_at=now,
        )
    )  # fmt: skip
    session.flush()
    return token


def note(session: Session, session_id: int, now: datetime) -> None:
    """The session had a request."""
    session.execute(update(AccountSession).where(AccountSession.id == session_id).values(seen_at=now))


def end(session: Session, token: str, now: datetime) -> None:
    """End the session that the token names, if it still goes on."""
    _end(session, now, AccountSession.token_hash == hash_of(token))


def end_all(session: Session, user_id: int, now: datetime) -> None:
    """End every session of an account; tokens of the API and links in mails stay."""
    _end(session, now, AccountSession.user_id == user_id)


def end_own(session: Session, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of the actor's sessions. Raises NotFound for absent and foreign."""
    user_id = _owner(actor)
    own = (AccountSession.id == session_id, AccountSession.user_id == user_id)
    if session.scalar(select(AccountSession.id).where(*own)) is None:
        raise NotFound
    _end(session, now, *own)


def end_all_own(session: Session, actor: Actor, now: datetime) -> None:
    end_all(session, _owner(actor), now)


def _owner(actor: Actor) -> int:
    if actor.user_id is None or not actor.may(Resource.ACCOUNT, Verb.WRITE):
        raise Forbidden
    return actor.user_id


def _end(session: Session, now: datetime, *which: object) -> None:
    session.execute(
        update(AccountSession)
        .where(*which, AccountSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=now)
    )


def open_ones(
    session: Session, account: Account, limits: AllLimits, now: datetime
) -> Sequence[AccountSession]:
    """The account's sessions that go on, the one seen last first."""
    found = session.scalars(
        select(AccountSession)
        .where(
            AccountSession.user_id == account.id,
            AccountSession.ended_at.is_(None),
            AccountSession.stamp == stamp(account),
        )
        .order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())
    )
    mine = limits.of(officer=account.agency_id is not None)
    return [row for row in found if not mine.over(row.started_at, row.seen_at, now)]


def keep_unsent(
    session: Session,
    token: str,
    path: str,
    fields: Iterable[tuple[str, str]],
    files: int,
    now: datetime,
) -> bool:
    """Keep a form that arrived when the session named by `token` had ended; whether it was kept.

    Nothing is kept of a form without words, of one with a password or code in it, or of one too large.
    """
    pairs = [[name, value] for name, value in fields if name != CSRF]
    if SECRET_FIELDS & {name for name, _value in pairs} or not any(value.strip() for _name, value in pairs):
        return False
    if sum(len(name) + len(value) for name, value in pairs) > UNSENT_MAX or len(path) > PATH_MAX:
        return False
    row = session.scalar(
        select(AccountSession).where(AccountSession.token_hash == hash_of(token)).with_for_update()
    )
    if row is None:
        return False
    session.merge(UnsentForm(session_id=row.id, path=path, fields=pairs, files=files, kept_at=now))
    session.flush()
    return True


def unsent(session: Session, actor: Actor, token: str, now: datetime) -> UnsentForm | None:
    """The form that the session named by `token` left unsent, for the account whose session it was alone."""
    if actor.user_id is None or not token:
        return None
    found: UnsentForm | None = session.scalar(
        select(UnsentForm)
        .join(AccountSession, AccountSession.id == UnsentForm.session_id)
        .where(
            AccountSession.token_hash == hash_of(token),
            AccountSession.user_id == actor.user_id,
            UnsentForm.kept_at > now - UNSENT_FOR,
        )
    )
    return found


def drop_unsent(session: Session, actor: Actor, token: str, now: datetime) -> None:
    """It is sent now, or thrown away."""
    found = unsent(session, actor, token, now)
    if found is not None:
        session.delete(found)
        session.flush()


def forget(session: Session, now: datetime, limits: AllLimits) -> int:
    """Delete a batch of what ended long ago: forms first, then sessions; returns how many rows went."""
    old_forms = (
        select(UnsentForm.session_id).where(UnsentForm.kept_at <= now - UNSENT_FOR).limit(SWEPT_AT_ONCE)
    )
    dropped = delete(UnsentForm).where(UnsentForm.session_id.in_(old_forms)).returning(UnsentForm.session_id)
    gone = len(session.scalars(dropped).all())
    idle = max(limits.officers.idle, limits.citizens.idle) + KEPT_FOR
    over = (AccountSession.ended_at <= now - KEPT_FOR) | (AccountSession.seen_at <= now - idle)
    old = list(session.scalars(select(AccountSession.id).where(over).limit(SWEPT_AT_ONCE)))
    session.execute(delete(UnsentForm).where(UnsentForm.session_id.in_(old)))
    session.execute(delete(AccountSession).where(AccountSession.id.in_(old)))
    return gone + len(old)
