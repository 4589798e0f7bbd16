"""Akun saya, the cost of a wrong sign-in, and the green dot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.models import AuditEntry
from app.services.system import attempt_counts
from tests.support.accounts import GOOD, OTHER, change, said, try_password
from tests.support.http import QueryCounter
from tests.support.mail import letters_to
from tests.support.manage import USERS, SignIn, account_row, cells, look, user_id
from tests.support.world import PASSWORD

PROFILE = {"name": "Siti Aminah", "gender": "female", "birth_date": "1986-12-18"}


@pytest.mark.parametrize("name", ["pusat", "a1", "statistik", "warga"])
def test_everybody_changes_their_own_data(app: Flask, sign_in: SignIn, name: str) -> None:
    own, key = sign_in(name), user_id(app, name)
    before = account_row(app, key)
    more = {
        "roles": "1",
        "agency": "1",
        "active": "0",
        "email": "x@x.id",
        "phone": "0813 1112 2233",
        "username": "lain",
        "password": "x",
    }
    assert own.send("/akun/profil/", {**PROFILE, **more}).status_code == 303
    page = said(own.get("/akun/"))
    assert "Siti Aminah" in page
    assert "+6281311122233" not in page  # it has a form of its own, which asks the password
    after = account_row(app, key)
    for kept in ("email", "phone", "username", "password", "agency_id", "active", "roles"):
        assert after[kept] == before[kept], kept
    noted = look(app, lambda s: s.scalars(select(AuditEntry.action).where(AuditEntry.object_id == key)).all())
    assert [action.removeprefix("account.") for action in noted] == [
        "name_changed", "gender_changed", "birth_date_changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 65},
        {"name": "a\0b"},
        {"birth_date": "31-12-1999"},
        {"birth_date": "2999-01-01"},
        {"birth_date": "1899-12-31"},
    ],
)
def test_what_cannot_be_is_said_at_its_field(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    own = sign_in("a1")
    answer = own.send("/akun/profil/", {**PROFILE, **wrong})
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.get_data(as_text=True)
    assert account_row(app, user_id(app, "a1"))["first_name"] == "Petugas A1"


def test_a_new_password_ends_the_other_sessions_and_no_more(app: Flask, sign_in: SignIn) -> None:
    here, elsewhere, colleague = sign_in("a1"), sign_in("a1"), sign_in("a1b")
    for form in (
        {"current": "salah", "password": GOOD, "again": GOOD},
        {"current": PASSWORD, "password": "pendek", "again": "pendek"},
        {"current": PASSWORD, "password": "indonesia2026", "again": "indonesia2026"},
        {"current": PASSWORD, "password": GOOD, "again": OTHER},
        {"current": PASSWORD, "password": PASSWORD, "again": PASSWORD},
        {"current": "", "password": GOOD, "again": GOOD},
    ):
        answer = here.send("/akun/kata-sandi/", form)
        assert answer.status_code == 422, form
        for typed in (GOOD, PASSWORD):
            assert f'value="{typed}"' not in answer.get_data(as_text=True)
    assert elsewhere.get(USERS).status_code == 200
    form = {"current": PASSWORD, "password": GOOD, "again": GOOD}
    assert here.send("/akun/kata-sandi/", form).status_code == 303
    assert here.get(USERS).status_code == 200
    assert elsewhere.get(USERS).status_code == 302
    assert colleague.get(USERS).status_code == 200
    assert try_password(sign_in(None), "akun-a1", GOOD).status_code == 302
    (told,) = letters_to(app, "a1@contoh.example.com")
    assert told["Subject"] == "Kata sandi LAPOR! Anda diubah"


def test_a_session_left_open_is_no_means_to_guess_a_password(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    for _ in range(attempt_counts.OWN_PASSWORD.number):
        assert (
            own.send("/akun/kata-sandi/", {"current": "salah", "password": GOOD, "again": GOOD}).status_code
            == 422
        )
    answer = own.send("/akun/kata-sandi/", {"current": PASSWORD, "password": GOOD, "again": GOOD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Terlalu banyak kata sandi yang salah" in said(answer)
    email = own.send("/akun/email/", {"current": PASSWORD, "email": "x@contoh.example.com"})
    assert "Terlalu banyak kata sandi yang salah" in said(email)
    assert sign_in("a1b").send("/akun/email/", {"current": PASSWORD, "email": "x@x.id"}).status_code == 303


def test_nobody_has_strangers_written_to_without_end(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    for number in range(attempt_counts.OWN_EMAIL.number):
        form = {"current": PASSWORD, "email": f"orang{number}@contoh.example.com"}
        assert own.send("/akun/email/", form).status_code == 303
    for _ in range(2):
        refused = own.send("/akun/email/", {"current": PASSWORD, "email": "lagi@contoh.example.com"})
        assert refused.status_code == 422
        assert "Terlalu banyak permintaan mengganti email" in said(refused)
    assert letters_to(app, "lagi@contoh.example.com") == []


def test_a_wrong_sign_in_costs_the_same_for_every_name(app: Flask, sign_in: SignIn) -> None:
    """As many statements of each kind, one comparison and one commit: time tells nothing."""
    change(app, "a2", active=False)
    change(app, "b1", locked_until=datetime.now(UTC) + timedelta(minutes=5))
    change(app, "b", password=None)
    counts = {}
    for name in ("akun-a1", "a1b@contoh.example.com", "akun-a2", "akun-b1", "akun-b", "tidak-ada", "t@x.id"):
        for turn in range(2):  # the first and the following: a row made, a row changed
            visitor = sign_in(None)
            token = visitor.token()
            with QueryCounter(app) as counter:
                data = {"csrf_token": token, "username": name, "password": "salah"}
                assert visitor.client.post("/login/", data=data).status_code == 401
            verbs = [statement.split()[0] for statement in counter.statements]
            reads = sum(verb == "SELECT" for verb in verbs)
            writes = sum(verb in ("INSERT", "UPDATE") for verb in verbs)
            counts[name, turn] = (reads, writes)
    assert len(set(counts.values())) == 1, counts
    # Of the place, of the name here, of the name anywhere, and of what its owner is told.
    assert next(iter(counts.values()))[1] == 4


def test_the_dot_shows_who_is_at_work(app: Flask, sign_in: SignIn) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    for name in ("a1", "a1b"):
        change(app, name, seen_at=long_ago)
    officer = sign_in("a1")
    assert officer.get("/").status_code == 200
    assert account_row(app, user_id(app, "a1"))["seen_at"] == long_ago
    assert officer.get("/laporan/selesai/").status_code == 200
    seen = account_row(app, user_id(app, "a1"))["seen_at"]
    assert datetime.now(UTC) - seen < timedelta(minutes=1)
    assert officer.get("/laporan/selesai/").status_code == 200
    assert account_row(app, user_id(app, "a1"))["seen_at"] == seen  # not written for each request
    page = sign_in("a1").get(USERS).get_data(as_text=True)
    rows = dict(re.findall(r'<span class="dot( dot--on)?"[^>]*></span> ([^<]+)</span>', page)[::-1])
    assert rows == {" dot--on": "Petugas A1 (Anda)", "": "Petugas A1B"}
    assert [row[0] for row in cells(page)] == ["Petugas A1 (Anda)", "Petugas A1B"]
