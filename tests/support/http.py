"""A signed-in person at a browser without scripts: cookies, forms, and their hidden fields."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse, encode_multipart

from app.extensions import db, transaction
from app.models import Account
from app.services.accounts.credentials import sessions
from app.services.accounts.credentials.passwords import stamp
from app.views.accounts.browsing import TOKEN
from tests.support.world import World

HIDDEN = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'([a-z_-]+)="([^"]*)"')


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden inputs of the page's main part (its last form wins)."""
    main = page.split("<main", 1)[-1]
    found = {}
    for tag in HIDDEN.findall(main):
        attributes = dict(ATTRIBUTE.findall(tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def signed_in(app: Flask, client: FlaskClient, user_id: int) -> str:
    """Begin a session of that account at the client, as signing in does; returns the token that names it."""
    with app.app_context(), transaction() as session:
        mark = stamp(session.get_one(Account, user_id))
        token = sessions.begin(session, user_id, mark, "", datetime.now(UTC))
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie[TOKEN] = str(user_id), True, token
    return token


class Person:
    """`client` of one account; None is a visitor."""

    def __init__(self, app: Flask, name: str | None) -> None:
        self.app, self.name = app, name
        self.client: FlaskClient = app.test_client()
        if name is not None:
            with app.app_context():
                user_id = World.read(db.session()).account(db.session(), name).id
            signed_in(app, self.client, user_id)

    def enter(self, link: str, **more: Any) -> TestResponse:
        """Follow a secret link: its entrance is sent what stands behind the #, as a script or a hand does."""
        page = self.client.get(link.partition("#")[0], **more)
        fields = hidden_fields(page.get_data(as_text=True))
        return self.client.post(link.partition("#")[0], data={**fields, "token": link}, **more)

    def get(self, url: str, **more: Any) -> TestResponse:
        """The page at `url`; of a secret link, what is behind its entrance, or the entrance that refuses it."""
        if "#" in url:
            entered = self.enter(url, **more)
            if entered.status_code != 303:
                return entered
            url = entered.location
        return self.client.get(url, **more)

    def token(self) -> str:
        """A CSRF token of this session."""
        page = self.client.get("/login/" if self.name is None else "/akun/").get_data(as_text=True)
        return unescape(re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1])  # type: ignore[index]

    def post(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """POST with a right CSRF token and nothing else."""
        if "#" in url:
            entered = self.enter(url, **more)
            if entered.status_code != 303:
                return entered
            url = entered.location
        return self.client.post(url, data={"csrf_token": self.token(), **(data or {})}, **more)

    def send(self, url: str, data: dict[str, Any], *, to: str | None = None) -> TestResponse:
        """Open the page at `url`, fill in `data` over its hidden fields, and send the form."""
        if "#" in url:
            url = self.enter(url).location
        page = self.client.get(url)
        assert page.status_code == 200, (url, page.status_code)
        shown = page.get_data(as_text=True)
        # As a browser does: a form with a field for files is sent in parts.
        kind = "multipart/form-data" if 'enctype="multipart/form-data"' in shown else None
        given = {**hidden_fields(shown), **data}
        if kind and all(isinstance(value, str) for value in given.values()):
            # Written here: the client's own writing leaves a file open for what is large.
            boundary, body = encode_multipart(given)
            return self.client.post(to or url, data=body, content_type=f"{kind}; boundary={boundary}")
        return self.client.post(to or url, data=given, content_type=kind)


class QueryCounter:
    """Counts the statements of everything within its `with` block, but for transaction control."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.statements: list[str] = []

    def _note(self, _c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)

    def __enter__(self) -> QueryCounter:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    @property
    def count(self) -> int:
        return len([s for s in self.statements if not s.startswith(("BEGIN", "PRAGMA"))])
