"""Mitra API: the programs that may call, entered by central admins. A secret is told once and kept as a hash."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import ApiClient
from app.rules import text
from app.rules.accounts.roles import Resource, Verb, may_give
from app.rules.channels import api
from app.rules.channels.api import ClientKind, Scope
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services.accounts.credentials import api_tokens
from app.services.secret_hash import hash_of
from app.services.system import audit

KIND = "api_client"
ADDRESSES_MAX = 5
CHOOSE_KIND = N_("Pilih jenis mitra.")
CHOOSE_SCOPE = N_("Pilih sekurangnya satu izin.")
NO_ADDRESS = N_("Aplikasi memerlukan sekurangnya satu alamat kembali.")
TOO_MANY_ADDRESSES = N_("Paling banyak %(limit)s alamat kembali.")
BAD_ADDRESS = N_(
    "Alamat kembali harus https://…, skema milik aplikasi seperti id.go.contoh.aplikasi:/masuk, atau http://127.0.0.1/…"
)
NOT_YOURS = N_("Pilih hanya izin atas hal yang boleh Anda lakukan sendiri.")
BAD_NUMBER = N_("Tulis bilangan dari 1 sampai %(limit)s.")
NAME_TAKEN = N_("Sudah ada mitra dengan nama ini.")


@dataclass(frozen=True)
class ClientFacts:
    """What a central admin writes about a client."""

    name: str
    scopes: frozenset[Scope]
    redirect_uris: tuple[str, ...] = ()
    per_minute: int | None = api.PER_MINUTE


def client_of_key(session: Session, key: str) -> ApiClient | None:
    """The active partner whose secret this is; None for anything else.

    A secret is long and random, so that its hash alone finds it.
    """
    found: ApiClient | None = session.scalar(
        select(ApiClient).where(ApiClient.secret_hash == hash_of(key), ApiClient.active.is_(True))
    )
    return found


def create(
    session: Session, actor: Actor, kind: ClientKind | None, facts: ClientFacts, now: datetime
) -> tuple[ApiClient, str]:
    """Enter a client: itself and its secret, "" for an app. Raises Forbidden, or Invalid with all at once."""
    _may(actor)
    if kind is None:
        raise Invalid({"kind": CHOOSE_KIND})
    checked = _checked(session, actor, kind, facts)
    secret = _new_secret() if kind is ClientKind.PARTNER else ""
    client = ApiClient(
        client_id=f"{kind.value}-{secrets.token_hex(8)}",
        kind=kind,
        secret_hash=hash_of(secret) if secret else None,
        secret_at=now if secret else None,
        active=True,
        created_at=now,
        **checked,
    )
    session.add(client)
    session.flush()
    audit.note(
        session, actor, "api_client.created", KIND, client.id, now, sort=kind.value, scopes=client.scopes
    )
    return client, secret


def change(session: Session, actor: Actor, key: int | None, facts: ClientFacts, now: datetime) -> ApiClient:
    """Change name, scopes, addresses and limit. What its tokens may do narrows at once."""
    _may(actor)
    client = _locked(session, key)
    before = {name: getattr(client, name) for name in ("name", "scopes", "redirect_uris", "per_minute")}
    after = _checked(session, actor, ClientKind(client.kind), facts, besides=client)
    changed = sorted(name for name, value in after.items() if before[name] != value)
    if changed:
        for name, value in after.items():
            setattr(client, name, value)
        audit.note(
            session, actor, "api_client.changed", KIND, client.id, now, fields=changed, scopes=client.scopes
        )
    session.flush()
    return client


def rotate(session: Session, actor: Actor, key: int | None, now: datetime) -> tuple[ApiClient, str]:
    """A new secret for a partner; the old one and every token end at once. Raises NotFound for an app."""
    _may(actor)
    client = _locked(session, key)
    if client.kind is not ClientKind.PARTNER:
        raise NotFound
    secret = _new_secret()
    client.secret_hash, client.secret_at = hash_of(secret), now
    api_tokens.revoke_of_client(session, client.id, now)
    audit.note(session, actor, "api_client.secret_renewed", KIND, client.id, now)
    session.flush()
    return client, secret


def set_active(session: Session, actor: Actor, key: int | None, now: datetime, *, active: bool) -> ApiClient:
    """Let a client call, or shut it out: its tokens end, and do not come back."""
    _may(actor)
    client = _locked(session, key)
    if client.active != active:
        client.active = active
        if not active:
            api_tokens.revoke_of_client(session, client.id, now)
        done = "activated" if active else "deactivated"
        audit.note(session, actor, f"api_client.{done}", KIND, client.id, now)
    session.flush()
    return client


def _may(actor: Actor) -> None:
    if not actor.may(Resource.SETTINGS, Verb.WRITE):
        raise Forbidden


def _new_secret() -> str:
    return f"lapor_{secrets.token_urlsafe(32)}"


def _locked(session: Session, key: int | None) -> ApiClient:
    if key is None:
        raise NotFound
    query = select(ApiClient).where(ApiClient.id == key).with_for_update()
    found: ApiClient | None = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def _checked(
    session: Session, actor: Actor, kind: ClientKind, facts: ClientFacts, *, besides: ApiClient | None = None
) -> dict[str, object]:
    errors: dict[str, str] = {}
    name = ""
    try:
        name = text.clean(facts.name, "name", limit=text.SHORT_MAX, lines=False)
    except Invalid as refused:
        errors.update(refused.errors)
    if name and _taken(session, name, besides.id if besides else None):
        errors["name"] = NAME_TAKEN
    scopes = [scope.value for scope in api.for_kind(kind) if scope in facts.scopes]
    if not scopes:
        errors["scopes"] = CHOOSE_SCOPE
    elif not may_give(actor.permissions, api.needed(set(scopes) - set(besides.scopes if besides else ()))):
        errors["scopes"] = NOT_YOURS
    addresses = _addresses(kind, facts.redirect_uris, errors)
    if facts.per_minute is None or not 1 <= facts.per_minute <= api.PER_MINUTE_MAX:
        errors["per_minute"] = Filled(BAD_NUMBER, limit=api.PER_MINUTE_MAX)
    if errors:
        raise Invalid(errors)
    return {"name": name, "scopes": scopes, "redirect_uris": addresses, "per_minute": facts.per_minute}


def _addresses(kind: ClientKind, typed: Iterable[str], errors: dict[str, str]) -> list[str]:
    """Where an app may be called back; a partner has nobody who would come back."""
    if kind is ClientKind.PARTNER:
        return []
    addresses = list(dict.fromkeys(each.strip() for each in typed if each.strip()))
    if not addresses:
        errors["redirect_uris"] = NO_ADDRESS
    elif len(addresses) > ADDRESSES_MAX:
        errors["redirect_uris"] = Filled(TOO_MANY_ADDRESSES, limit=ADDRESSES_MAX)
    elif not all(api.calls_back(address) for address in addresses):
        errors["redirect_uris"] = BAD_ADDRESS
    return addresses


def _taken(session: Session, name: str, besides: int | None) -> bool:
    rows = session.execute(select(ApiClient.id, ApiClient.name))
    return any(other.casefold() == name.casefold() and key != besides for key, other in rows)
