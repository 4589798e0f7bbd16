"""Who knows the old password signs in at the very moment in which the owner sets a new one.

The password is compared outside of any lock, which takes a while. The try was let in with the old password, and
its session was stamped with the new one: it outlived the reset that was to end it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.security import generate_password_hash

from app.extensions import transaction
from app.models import Account
from app.rules.channels.api import ClientKind
from app.services.accounts.credentials import new_password, passwords
from app.views.accounts import security_manager
from app.views.accounts import sign_in as page
from tests.support.accounts import GOOD, code_now, try_password, with_authenticator
from tests.support.api import make_client
from tests.support.databases import CHEAP_HASH
from tests.support.http import Person
from tests.support.world import PASSWORD, World
from tests.views.channels.api.test_tokens import consent_url

SignIn = Callable[[str | None], Person]


def a_new_password(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        account = World.read(session).account(session, "a1")
        hashed = generate_password_hash(GOOD, method=CHEAP_HASH)
        new_password.put(session, account, hashed, datetime.now(UTC))


def all_sessions_ended(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        passwords.end_sessions(World.read(session).account(session, "a1"))


ENDS = [a_new_password, all_sessions_ended]


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, happens: Callable[[], None], *, after: bool
) -> list[str]:
    """Before or after that function is called for the first time, something happens; what has."""
    real, seen = getattr(owner, name), list[str]()

    def both(*given: Any, **named: Any) -> Any:
        if seen:
            return real(*given, **named)
        seen.append(name)
        if not after:
            happens()
        result = real(*given, **named)
        if after:
            happens()
        return result

    monkeypatch.setattr(owner, name, both)
    return seen


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (security_manager, "check_password_hash", True),
        (security_manager.LaporSecurityManager, "get_user_by_id", False),
    ],
)
def test_a_password_that_ends_meanwhile_lets_nobody_in(
    app: Flask,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    after: bool,
    ends: Callable[[Flask], None],
) -> None:
    thief = sign_in(None)
    seen = meanwhile(monkeypatch, owner, name, lambda: ends(app), after=after)
    assert try_password(thief, "akun-a1", PASSWORD).status_code == 401
    assert seen
    assert thief.get("/akun/").status_code == 302


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize(("owner", "name"), [(page, "admit"), (page, "with_all")])
def test_nor_does_the_second_step_behind_it(
    app: Flask,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    ends: Callable[[Flask], None],
) -> None:
    totp, thief = with_authenticator(app, "a1"), sign_in(None)
    assert try_password(thief, "akun-a1", PASSWORD).status_code == 302
    page_of_code = "/login/kode/"
    thief.get(page_of_code)
    real, happened = page.SignIn._pending, list[bool]()

    def pending(view: page.SignIn) -> Account | None:
        """What is asked first is right still; the end comes behind it."""
        found = real(view)
        if not happened:
            happened.append(True)
            meanwhile(monkeypatch, owner, name, lambda: ends(app), after=False)
        return found

    monkeypatch.setattr(page.SignIn, "_pending", pending)
    answer = thief.post(page_of_code, {"code": code_now(totp)})
    assert happened
    assert answer.status_code == 401
    monkeypatch.setattr(page.SignIn, "_pending", real)
    assert thief.get("/akun/").status_code == 302


def test_what_was_right_all_the_time_lets_in(app: Flask, sign_in: SignIn) -> None:
    totp, owner = with_authenticator(app, "a1"), sign_in(None)
    assert try_password(owner, "akun-a1", PASSWORD).status_code == 302
    assert owner.post("/login/kode/", {"code": code_now(totp)}).status_code == 302
    assert owner.get("/akun/").status_code == 200


@pytest.mark.parametrize("ends", ENDS)
def test_nor_does_a_yes_to_an_app_outlive_it(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, ends: Callable[[Flask], None]
) -> None:
    """The yes of a session that ends at that moment would be an app's power over the account from then on."""
    thief = sign_in("a1")
    page_of_app = consent_url(make_client(app, ClientKind.ANDROID)[0])
    assert thief.get(page_of_app).status_code == 200
    seen = meanwhile(
        monkeypatch, security_manager.LaporSecurityManager, "get_user_by_id", lambda: ends(app), after=False
    )
    answer = thief.send(page_of_app, {"izinkan": "y"})
    assert seen
    assert "code=" not in str(answer.location)
