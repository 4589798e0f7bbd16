"""The door: guessing, locking, redirecting, staying in. Every refusal looks the same from outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from app.extensions import transaction
from app.models import Account
from app.services.accounts.sign_in import FAILURES
from app.services.system import attempt_counts
from app.views.accounts.browsing import TOKEN
from tests.support.accounts import at, later
from tests.support.databases import CHEAP_HASH
from tests.support.http import Person
from tests.support.manage import USERS, SignIn, account_row, user_id
from tests.support.world import PASSWORD

IN, REFUSED, TOO_MANY = 302, 401, 429


def attempt(visitor: Person, username: str, password: str, query: str = "") -> TestResponse:
    return visitor.post(f"/login/{query}", {"username": username, "password": password})


def change(app: Flask, name: str, **values: object) -> None:
    with app.app_context(), transaction() as session:
        session.execute(update(Account).where(Account.username == f"akun-{name}").values(**values))


def neutral(answer: TestResponse, name: str) -> str:
    """The page without what differs between any two pages, and without the name that was typed."""
    page = answer.get_data(as_text=True).replace(name, "NAME")
    return re.sub(r'(nonce|name="csrf_token"[^>]*value)="[^"]*"', "", page)


@pytest.mark.parametrize(
    "name", ["akun-a1", "AKUN-A1", " akun-a1 ", "a1@contoh.example.com", "A1@Contoh.example.COM"]
)
def test_username_and_email_open_the_door(app: Flask, sign_in: SignIn, name: str) -> None:
    visitor = sign_in(None)
    assert attempt(visitor, name, PASSWORD).status_code == IN
    assert visitor.get("/akun/").status_code == 200


def test_known_and_unknown_names_are_answered_alike(app: Flask, sign_in: SignIn) -> None:
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == IN
    change(app, "a2", active=False)
    change(app, "b1", locked_until=datetime.now(UTC) + timedelta(minutes=5))
    change(app, "b", password=None)
    answers = {
        name: attempt(sign_in(None), name, "salah")
        for name in ("akun-a1", "akun-a2", "akun-b1", "akun-b", "tidak-ada", "tidak@ada.example.com")
    }
    assert {answer.status_code for answer in answers.values()} == {REFUSED}
    assert len({neutral(answer, name) for name, answer in answers.items()}) == 1
    # With the right password too: who is locked or switched off learns no more than a stranger.
    for name in ("akun-a2", "akun-b1"):
        right = attempt(sign_in(None), name, PASSWORD)
        assert right.status_code == REFUSED
        assert neutral(right, name) == neutral(answers["tidak-ada"], "tidak-ada")


def test_five_failures_shut_out_a_place_from_a_name_and_time_lets_it_in(app: Flask, sign_in: SignIn) -> None:
    number = attempt_counts.SIGN_IN_PLACE_NAME.number
    for _ in range(number - 1):
        assert attempt(sign_in(None), "akun-a1", "salah").status_code == REFUSED
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == IN  # four are forgiven
    assert account_row(app, user_id(app, "a1"))["fail_login_count"] == 0

    for _ in range(number):
        assert attempt(sign_in(None), "akun-a1", "salah").status_code == REFUSED
    refused = attempt(sign_in(None), "akun-a1", PASSWORD, "?next=/akun/")
    assert refused.status_code == TOO_MANY
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    page = refused.get_data(as_text=True)
    assert "Terlalu banyak percobaan masuk" in page
    assert 'value="akun-a1"' in page
    assert "next=/akun/" in page
    assert PASSWORD not in page
    assert account_row(app, user_id(app, "a1"))["locked_until"] is None  # nobody elsewhere is shut out
    assert attempt(sign_in(None), "akun-a2", PASSWORD).status_code == IN  # and nobody else here
    later(app, minutes=16)
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == IN


def test_guesses_from_many_places_lock_a_name_and_time_unlocks(app: Flask, sign_in: SignIn) -> None:
    for number in range(FAILURES):
        answer = attempt(at(sign_in, f"192.0.2.{number}"), "a1@contoh.example.com", "salah")
        assert answer.status_code == REFUSED
    stranger = at(sign_in, "198.51.100.7")
    assert attempt(stranger, "akun-a1", PASSWORD).status_code == REFUSED
    locked_until = account_row(app, user_id(app, "a1"))["locked_until"]
    assert timedelta(minutes=14) < locked_until - datetime.now(UTC) <= timedelta(minutes=15)
    assert attempt(sign_in(None), "akun-a2", PASSWORD).status_code == IN  # nobody else is shut out
    change(app, "a1", locked_until=datetime.now(UTC) - timedelta(seconds=1))
    assert attempt(stranger, "akun-a1", PASSWORD).status_code == IN
    assert account_row(app, user_id(app, "a1"))["locked_until"] is None


def test_who_is_in_stays_in_while_the_door_is_locked(app: Flask, sign_in: SignIn) -> None:
    """A lock keeps guessers out; it is no means to throw an officer out of their work."""
    officer = sign_in(None)
    assert attempt(officer, "akun-a1", PASSWORD).status_code == IN
    for _ in range(FAILURES):
        attempt(sign_in(None), "akun-a1", "salah")
    assert officer.get(USERS).status_code == 200


def test_a_lock_set_while_a_guess_is_on_its_way_holds(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guesses sent all at once pass the first look; the lock is asked for again before anybody is let in."""
    from app.views.accounts import security_manager

    checked = security_manager.check_password_hash

    def slow(stored: str, given: str) -> bool:
        change(app, "a1", locked_until=datetime.now(UTC) + timedelta(minutes=5))
        return bool(checked(stored, given))

    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == IN
    monkeypatch.setattr(security_manager, "check_password_hash", slow)
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == REFUSED


def test_a_new_password_ends_every_session(app: Flask, sign_in: SignIn) -> None:
    one, two = sign_in(None), sign_in(None)
    for visitor in (one, two):
        assert attempt(visitor, "akun-a1", PASSWORD).status_code == IN
        assert visitor.get(USERS).status_code == 200
    other = sign_in(None)
    assert attempt(other, "akun-a2", PASSWORD).status_code == IN

    change(app, "a1", password=generate_password_hash("Sandi-Baru-2026", method=CHEAP_HASH))
    for visitor in (one, two):
        assert visitor.get(USERS).status_code == 302
        assert visitor.post(f"{USERS}tambah", {}).status_code in (302, 400)
    assert other.get(USERS).status_code == 200
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == REFUSED
    assert attempt(sign_in(None), "akun-a1", "Sandi-Baru-2026").status_code == IN


def test_an_account_switched_off_is_out_and_back_when_on(app: Flask, sign_in: SignIn) -> None:
    officer = sign_in("a1")
    assert officer.get(USERS).status_code == 200
    change(app, "a1", active=False)
    assert officer.get(USERS).status_code == 302
    change(app, "a1", active=True)
    assert officer.get(USERS).status_code == 200


def test_a_session_that_this_server_did_not_make_is_none(app: Flask, sign_in: SignIn) -> None:
    a, b = sign_in("a"), sign_in(None)
    assert a.get("/akun/").status_code == 200
    cookie = a.client.get_cookie("lapor")
    assert cookie is not None
    for value in (cookie.value[:-3] + "abc", "x", "", "." + cookie.value):
        b.client.set_cookie("lapor", value)
        assert b.get("/akun/").status_code == 302, value
    change(app, "b", password=generate_password_hash("Sandi-Lain-2026", method=CHEAP_HASH))
    for changes in (
        {"_user_id": "999999"},
        {TOKEN: "x"},
        {TOKEN: ""},
        {TOKEN: None},
        {TOKEN: ["x"]},
        {"_user_id": str(user_id(app, "b"))},
    ):
        with a.client.session_transaction() as kept:
            before = dict(kept)
            kept.update(changes)
        assert a.get("/akun/").status_code == 302, changes
        with a.client.session_transaction() as kept:
            kept.clear()
            kept.update(before)
    assert a.get("/akun/").status_code == 200


TRICKS = (
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
    "/%09/evil.example", "/\t/evil.example", "/\n/evil.example", "https:evil.example", "https:///evil.example",
    "https://evil.example", "http://localhost.evil.example/", "http://localhost@evil.example/",
    "javascript:alert(1)", "data:text/html,x", " //evil.example", "/..//evil.example", "/.//evil.example",
    "%2F%2Fevil.example", "//evil%E3%80%82example", "/\u3002/evil.example", "?next=//evil.example", "\0//evil.example",
)  # fmt: skip


def test_after_signing_in_nobody_is_sent_to_another_site(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    answer = visitor.client.post(
        "/login/",
        query_string={"next": USERS},
        data={"csrf_token": visitor.token(), "username": "akun-a1", "password": PASSWORD},
    )
    assert (answer.status_code, answer.headers["Location"]) == (IN, USERS)
    for trick in TRICKS:
        visitor = sign_in(None)
        data = {"csrf_token": visitor.token(), "username": "akun-a1", "password": PASSWORD}
        for answer in (
            visitor.client.post("/login/", query_string={"next": trick}, data=data),
            visitor.client.get("/login/", query_string={"next": trick}),  # signed in by now
        ):
            assert answer.status_code == IN, trick
            target = answer.headers["Location"]
            assert re.match(r"/(?![/\\])", target), (trick, target)
            assert not re.search(r"[\t\r\n\\]", target), (trick, target)


def test_a_host_of_the_clients_choice_is_no_reason_to_go_there(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    token = visitor.token()
    answer = visitor.client.post(
        "/login/",
        query_string={"next": "https://evil.example/x"},
        data={"csrf_token": token, "username": "akun-a1", "password": PASSWORD},
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert answer.status_code == IN
    assert "evil.example" not in answer.headers["Location"]


def test_signing_in_and_out_needs_a_token_and_a_post(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    data = {"username": "akun-a1", "password": PASSWORD}
    assert visitor.client.post("/login/", data=data).status_code == 400
    assert visitor.client.get("/login/", query_string=data).status_code == 200
    assert visitor.get("/akun/").status_code == 302
    assert visitor.post("/login/", data).status_code == IN

    assert visitor.get("/logout/").status_code == 405
    assert visitor.client.post("/logout/").status_code == 400
    assert visitor.get("/akun/").status_code == 200
    visitor.name = "a1"  # by now: its token stands on the pages of an account
    assert visitor.post("/logout/").status_code == 302
    assert visitor.get("/akun/").status_code == 302


@pytest.mark.parametrize("name", ["a\0b", "\0", "x" * 400, "'; --", "%", "\u202e", "akun-a1\0"])
def test_hostile_names_are_refused_like_any_other(app: Flask, sign_in: SignIn, name: str) -> None:
    for data in ((name, "salah"), ("akun-a2", name)):
        assert attempt(sign_in(None), *data).status_code in (REFUSED, 422), data
    assert attempt(sign_in(None), "akun-a2", PASSWORD).status_code == IN


def test_a_huge_password_costs_nothing(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    assert attempt(visitor, "akun-a1", "x" * 1_001).status_code == 422
    assert attempt(visitor, "akun-a1", PASSWORD).status_code == IN


def test_signing_in_leaves_its_traces(app: Flask, sign_in: SignIn) -> None:
    before = account_row(app, user_id(app, "a1"))
    assert attempt(sign_in(None), "akun-a1", PASSWORD).status_code == IN
    after = account_row(app, user_id(app, "a1"))
    assert (after["login_count"] or 0) == (before["login_count"] or 0) + 1
    assert after["last_login"] is not None


def test_two_accounts_never_answer_to_one_name(app: Flask) -> None:
    """A username that is another's e-mail would shut them out: usernames have no @."""
    with app.app_context(), transaction() as session:
        names = session.scalars(select(Account.username)).all()
    assert not [name for name in names if "@" in name]
