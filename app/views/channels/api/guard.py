"""Who calls: a token and its scopes, or the secret token of one report. No cookie opens anything here.

An operation that declares neither scopes nor that it is open stays shut (app/views/gate.py).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from flask import Response, current_app, g, request

from app.access import account_lookup
from app.access.actor import GUEST, Actor, actor_of
from app.access.citizens.own_reports import linked_report_id
from app.extensions import transaction
from app.models.accounts.security import ours
from app.rules.channels.api import CITIZENS, SCOPES, SOURCES, ClientKind, Scope
from app.rules.errors import NotFound
from app.rules.labels import N_
from app.rules.reports.codes import Channel
from app.rules.text import key_of
from app.services.accounts.credentials import api_tokens
from app.services.citizens.secret_links import holder_of
from app.services.repeated_calls import key_of_call
from app.services.system import attempt_counts
from app.services.system.attempt_counts import AttemptLimit, masked
from app.services.system.limits import TooMany
from app.views.channels.api.problems import RefusedCall
from app.views.web import context
from app.views.web.limiting import here

BEARER = "bearer"
LINK_HEADER = "Report-Token"
KEY_HEADER = "Idempotency-Key"
KEY_LENGTH = 128
KEY_PATTERN = "^[!-~]+$"  # for readers of the description too: printed ASCII without a space
PLACE_PER_MINUTE = 300
MINUTE = timedelta(minutes=1)
NO_TOKEN = N_("Panggilan ini memerlukan token yang berlaku.")
NO_SCOPE = N_("Token ini tidak memiliki izin untuk panggilan ini.")
NO_PERMISSION = N_("Akun ini tidak memiliki wewenang untuk panggilan ini.")
FIRST_STEP = N_("Akun ini harus lebih dahulu masuk lewat situs untuk melengkapi keamanannya.")
BAD_KEY = N_("Idempotency-Key harus 1 sampai 128 karakter ASCII tanpa spasi.")


@dataclass(frozen=True)
class Caller:
    """who: names the caller for limits and keys, to nobody else. client_id, kind: of its program, None
    for the holder of a report's token. scopes: what the token is good for now."""

    who: str
    client_id: int | None = None
    kind: ClientKind | None = None
    scopes: frozenset[Scope] = frozenset()

    @property
    def source(self) -> Channel:
        return SOURCES[self.kind] if self.kind is not None else Channel.WEBSITE


def caller() -> Caller:
    found: Caller = g.caller
    return found


def admit_everybody() -> None:
    """An open operation: counted by the place that it comes from."""
    context.act_as(GUEST)
    g.caller = Caller(f"place:{here()}")
    _count(PLACE_PER_MINUTE)


def admit(scopes: Sequence[Scope], *, link: bool) -> None:
    """Find out who calls, and that they may: with one of `scopes`, or, where `link`, a report's token.

    Raises Refused (401, 403), NotFound for a report's token that is none, TooMany.
    """
    if link and LINK_HEADER in request.headers and "Authorization" not in request.headers:
        _admit_link(request.headers[LINK_HEADER])
        return
    holder = api_tokens.holder(context.reading(), _token(), context.now())
    if holder is None:
        admit_everybody()  # whoever tries tokens is counted by their place: each token is another one
        raise _unauthorized("invalid_token")
    account, client = holder.account, holder.client
    who = f"client:{client.id}:{account.id if account else ''}"
    g.caller = Caller(who, client.id, ClientKind(client.kind), holder.scopes)
    per_minute = client.per_minute
    actor = GUEST
    if account is not None:
        if account.must_change_password or (account.second_step_demanded and not account.totp_nonce):
            raise RefusedCall(403, "first-step", FIRST_STEP)
        names = account_lookup.permission_names(context.reading(), account)
        actor = actor_of(account, ours(names))
    # What is a citizen's alone is done without the office that the account may have besides.
    context.act_as(actor.as_citizen() if CITIZENS.issuperset(scopes) else actor)
    _count(per_minute)
    good = [scope for scope in scopes if scope in holder.scopes]
    if not good:
        wanted = " ".join(scope.value for scope in scopes)
        header = f'Bearer error="insufficient_scope", scope="{wanted}"'
        raise RefusedCall(403, "insufficient-scope", NO_SCOPE, {"WWW-Authenticate": header})
    if not any(SCOPES[scope].needs in actor.permissions or SCOPES[scope].needs is None for scope in good):
        raise RefusedCall(403, "forbidden", NO_PERMISSION)


def _admit_link(token: str) -> None:
    holder: Actor = holder_of(token)
    try:
        linked = linked_report_id(context.reading(), holder)
    except NotFound:
        admit_everybody()
        raise
    g.caller = Caller(f"link:{holder.link_hash}")
    context.act_as(holder)
    _count(PLACE_PER_MINUTE)
    if linked != ((request.view_args or {}).get("number") or key_of(request.args.get("report"))):
        raise NotFound


def _token() -> str:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != BEARER or not token.strip():
        raise _unauthorized("")
    return token.strip()


def _unauthorized(error: str) -> RefusedCall:
    header = f'Bearer error="{error}"' if error else "Bearer"
    return RefusedCall(401, "unauthorized", NO_TOKEN, {"WWW-Authenticate": header})


def _count(per_minute: int) -> None:
    """One call more; in a transaction of its own, so that a refusal counts as well."""
    who = masked(current_app.config["LAPOR"].key(), caller().who)
    with transaction() as session:
        g.rate = attempt_counts.counted(session, AttemptLimit("api", per_minute, MINUTE), who, context.now())
    if not g.rate.within:
        raise TooMany


def idempotency_key() -> str:
    """The key of this call, as it is kept; "" for a call without one. Raises Refused (400)."""
    raw = request.headers.get(KEY_HEADER)
    if raw is None:
        return ""
    if len(raw) > KEY_LENGTH or not re.fullmatch(KEY_PATTERN, raw):
        raise RefusedCall(400, "unreadable", BAD_KEY)
    return key_of_call(caller().who, raw)


def digest() -> str:
    """Of what is called, and with which content."""
    content = hashlib.sha256(request.get_data(cache=True)).hexdigest()
    return f"{request.method} {request.path}"[:120] + f" {content}"


def told(response: Response) -> Response:
    """How many calls are left, and never a copy in anybody's cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    rate = g.get("rate")
    if rate is not None:
        seconds = max(0, ceil((rate.ends - context.now()).total_seconds()))
        window = int(rate.limit.time.total_seconds())
        response.headers["RateLimit-Policy"] = f'"api";q={rate.limit.number};w={window}'
        response.headers["RateLimit"] = f'"api";r={rate.left};t={seconds}'
        if response.status_code == TooMany.status:
            response.headers["Retry-After"] = str(seconds)
    elif response.status_code == TooMany.status:
        response.headers["Retry-After"] = str(int(MINUTE.total_seconds()))
    return response
