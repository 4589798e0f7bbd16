"""Tokens of the API: given out, found at each call, renewed, taken back. They are kept as hashes alone.

A token of an account carries its stamp: a new password, sign-out everywhere and whatever else ends the
account's sessions ends its tokens too, and a deactivated account or client is refused at the next call.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from app.access.account_lookup import with_all
from app.access.actor import Actor
from app.models import Account, ApiClient, ApiCode, ApiToken
from app.rules.channels import api
from app.rules.channels.api import CODE_LIFETIME, REFRESH_LIFETIME, Scope
from app.rules.text import storable
from app.services.accounts.credentials.passwords import stamp
from app.services.secret_hash import hash_of
from app.services.system import audit

BATCH = 1_000


@dataclass(frozen=True)
class Holder:
    """Who calls: by which client, for which account (None: the client itself), and with which scopes."""

    client: ApiClient
    account: Account | None
    scopes: frozenset[Scope]


@dataclass(frozen=True)
class NewToken:
    """What an authorization server gives out; `refresh` is "" where none goes along."""

    access: str
    refresh: str
    scopes: Collection[str]
    lifetime: int  # seconds, of the access token


def client(session: Session, client_id: str) -> ApiClient | None:
    """The active client of a public name."""
    found: ApiClient | None = session.scalar(
        select(ApiClient).where(ApiClient.client_id == storable(client_id), ApiClient.active.is_(True))
    )
    return found


def holder(session: Session, access: str, now: datetime) -> Holder | None:
    """Who holds this access token, if it is good now; None for every other."""
    token = session.scalar(
        select(ApiToken)
        .where(ApiToken.access_hash == hash_of(access))
        .options(joinedload(ApiToken.client))
        .execution_options(populate_existing=True)
    )
    if token is None or token.revoked_at is not None or token.expires_at <= now or not token.client.active:
        return None
    # Narrowed to what the client may have by now.
    scopes = api.known(token.scopes) & api.known(token.client.scopes)
    if token.user_id is None:
        return Holder(token.client, None, scopes)
    account = with_all(session, token.user_id)
    return Holder(token.client, account, scopes) if _still(account, token.stamp) else None


def _still(account: Account | None, mark: str) -> bool:
    """Whether an account still is who said yes."""
    return account is not None and bool(account.active) and secrets.compare_digest(stamp(account), mark)


def give_code(
    session: Session,
    code: str,
    client_key: int,
    account: Account,
    scopes: Collection[Scope],
    redirect_uri: str,
    challenge: str,
    now: datetime,
) -> None:
    """Note that `account` said yes to an app; `code` is what the app shows for it."""
    session.add(
        ApiCode(
            code_hash=hash_of(code),
            client_id=client_key,
            user_id=account.id,
            scopes=[scope.value for scope in scopes],
            redirect_uri=redirect_uri,
            challenge=challenge,
            stamp=stamp(account),
            family=secrets.token_hex(16),
            expires_at=now + CODE_LIFETIME,
        )
    )
    session.flush()


def find_code(session: Session, code: str, client_key: int, now: datetime) -> ApiCode | None:
    """The code of this client, locked, if it is good. One that is shown twice ends what came of it."""
    row = session.scalar(
        select(ApiCode)
        .where(ApiCode.code_hash == hash_of(code), ApiCode.client_id == client_key)
        .with_for_update(of=ApiCode)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    if row.used_at is not None:
        _revoke(session, row.family, now)
        return None
    return row if row.expires_at > now and _still(row.account, row.stamp) else None


def find_refresh(session: Session, refresh: str, now: datetime) -> ApiToken | None:
    """The row of a refresh token, locked, if it is good. One that is shown twice ends its family."""
    row = session.scalar(
        select(ApiToken)
        .where(ApiToken.refresh_hash == hash_of(refresh))
        .with_for_update(of=ApiToken)
        .execution_options(populate_existing=True)
    )
    if row is None or row.revoked_at is not None or row.ends_at <= now:
        return None
    if row.refreshed_at is not None:
        _revoke(session, row.family, now)
        return None
    return row if _still(row.account, row.stamp) else None


def save(
    session: Session,
    given: NewToken,
    client_key: int,
    account: Account | None,
    came_of: ApiCode | ApiToken | None,
    now: datetime,
) -> None:
    """Keep a token that is given out now. `came_of`: the code or the token that it was exchanged for."""
    expires = now + api.ACCESS_LIFETIME
    session.add(
        ApiToken(
            access_hash=hash_of(given.access),
            refresh_hash=hash_of(given.refresh) if given.refresh else None,
            family=came_of.family if came_of is not None else secrets.token_hex(16),
            client_id=client_key,
            user_id=account.id if account is not None else None,
            scopes=list(given.scopes),
            stamp=stamp(account) if account is not None else "",
            created_at=now,
            expires_at=expires,
            ends_at=now + REFRESH_LIFETIME if given.refresh else expires,
        )
    )
    session.flush()


def find(session: Session, token: str) -> ApiToken | None:
    """The row of an access or a refresh token, whether good or not."""
    hashed = hash_of(token)
    found: ApiToken | None = session.scalar(
        select(ApiToken).where(or_(ApiToken.access_hash == hashed, ApiToken.refresh_hash == hashed)).limit(1)
    )
    return found


def revoke(session: Session, token: ApiToken, now: datetime) -> None:
    """Take back a token and all that came of the same consent: its owner signs out of the app."""
    _revoke(session, token.family, now)


def revoke_of_client(session: Session, client_key: int, now: datetime) -> None:
    """Take back every token and code of a client."""
    _end(session, ApiToken.client_id == client_key, now)
    session.execute(delete(ApiCode).where(ApiCode.client_id == client_key))


def revoke_of_account(session: Session, user_id: int, now: datetime) -> None:
    """Take back every token and code that acts for an account."""
    _end(session, ApiToken.user_id == user_id, now)
    session.execute(delete(ApiCode).where(ApiCode.user_id == user_id))


def _revoke(session: Session, family: str, now: datetime) -> None:
    _end(session, ApiToken.family == family, now)


def _end(session: Session, which: object, now: datetime) -> None:
    session.execute(
        update(ApiToken).where(which, ApiToken.revoked_at.is_(None)).values(revoked_at=now)  # type: ignore[arg-type]
    )


def forget(session: Session, now: datetime) -> int:
    """Remove what is not good any more, one batch; how many rows there were."""
    gone = 0
    # The first of a family that lives on tells since when there is consent.
    first = select(func.min(ApiToken.id)).group_by(ApiToken.family).having(func.max(ApiToken.ends_at) > now)
    for model, over in (
        (ApiToken, and_(ApiToken.ends_at <= now, ApiToken.id.not_in(first))),
        (ApiCode, ApiCode.expires_at <= now),
    ):
        keys = list(session.scalars(select(model.id).where(over).limit(BATCH)))
        session.execute(delete(model).where(model.id.in_(keys)))
        gone += len(keys)
    return gone


@dataclass(frozen=True)
class AppConsent:
    """An app that may act for an account. since: the first consent that still holds. last: when it was
    given a token last, which an app asks for every hour that it is used."""

    client: ApiClient
    scopes: frozenset[Scope]
    since: datetime
    last: datetime


def consents(session: Session, account: Account, now: datetime) -> list[AppConsent]:
    """The apps that hold good tokens of `account`, by name."""
    rows = list(
        session.scalars(
            select(ApiToken)
            .join(ApiToken.client)
            .where(
                ApiToken.user_id == account.id,
                ApiToken.stamp == stamp(account),
                ApiToken.revoked_at.is_(None),
                ApiToken.refreshed_at.is_(None),
                ApiToken.ends_at > now,
                ApiClient.active.is_(True),
            )
            .options(joinedload(ApiToken.client))
            .order_by(ApiClient.name, ApiToken.id)
        )
    )
    begun: dict[str, datetime] = {
        family: at
        for family, at in session.execute(
            select(ApiToken.family, func.min(ApiToken.created_at))
            .where(ApiToken.family.in_({row.family for row in rows}))
            .group_by(ApiToken.family)
        )
    }
    found = []
    for client in dict.fromkeys(row.client for row in rows):
        own = [row for row in rows if row.client_id == client.id]
        scopes = api.known(scope for row in own for scope in row.scopes) & api.known(client.scopes)
        since, last = min(begun[row.family] for row in own), max(row.created_at for row in own)
        found.append(AppConsent(client, scopes, since, last))
    return found


def withdraw(session: Session, actor: Actor, client_key: int, now: datetime) -> None:
    """The signed-in account takes back what it gave an app: every token, and a code on its way."""
    owned = ApiToken.client_id == client_key, ApiToken.user_id == actor.user_id
    _end(session, and_(*owned), now)
    session.execute(delete(ApiCode).where(ApiCode.client_id == client_key, ApiCode.user_id == actor.user_id))
    audit.note(session, actor, "api_client.consent_withdrawn", "api_client", client_key, now)
