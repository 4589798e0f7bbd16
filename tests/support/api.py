"""Programs that call the API in tests: clients, tokens without the way to them, and calls."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.actor import SYSTEM
from app.extensions import db, transaction
from app.models import ApiClient
from app.rules.channels import api
from app.rules.channels.api import ClientKind, Scope
from app.services.accounts.credentials import api_tokens
from app.services.channels import api_clients
from app.services.channels.api_clients import ClientFacts
from tests.support.world import World

NAMES = {
    ClientKind.ANDROID: "LAPOR! Android",
    ClientKind.IOS: "LAPOR! iOS",
    ClientKind.PARTNER: "Kota Contoh",
}
BACK = "id.go.contoh.lapor:/masuk"


def make_client(
    app: Flask, kind: ClientKind, *, scopes: frozenset[Scope] | None = None, per_minute: int = 6_000
) -> tuple[str, str]:
    """The client of this kind, entered by a central admin: its public name and its secret."""
    with app.app_context():
        world = World.read(db.session())
        actor = world.actor(db.session(), "pusat")
        with transaction(actor) as session:
            facts = ClientFacts(
                name=f"{NAMES[kind]} {secrets.token_hex(2)}",
                scopes=frozenset(api.for_kind(kind)) if scopes is None else scopes,
                redirect_uris=(BACK,),
                per_minute=per_minute,
            )
            made, secret = api_clients.create(session, actor, kind, facts, datetime.now(UTC))
            return made.client_id, secret


def give_token(
    app: Flask, client_id: str, name: str | None, *, scopes: frozenset[Scope] | None = None
) -> str:
    """An access token of this client for an account of the world, None for the client itself."""
    access = secrets.token_urlsafe(16)
    with app.app_context(), transaction(SYSTEM) as session:
        client = session.scalars(select(ApiClient).where(ApiClient.client_id == client_id)).one()
        account = World.read(session).account(session, name) if name else None
        given = scopes if scopes is not None else api.known(client.scopes)
        api_tokens.save(
            session,
            api_tokens.NewToken(access, "", [scope.value for scope in given], 3_600),
            client.id,
            account,
            None,
            datetime.now(UTC),
        )
    return access


class Program:
    """A program that calls with one token, None for no token; cookies it has none."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        return self.client.open(
            f"/api/v1{path}", method=method, headers={**self.headers, **(headers or {})}, **more
        )

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.call("POST", path, data=json.dumps(body), content_type="application/json", **more)
