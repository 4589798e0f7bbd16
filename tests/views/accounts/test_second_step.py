"""The second step of signing in, recovery codes, and the demand for it by role."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.models import Account, AuditEntry, RecoveryCode
from app.rules.accounts.roles import Role
from app.services.accounts.credentials.authenticator import CODES
from app.services.system import attempt_counts
from tests.support.accounts import change, code_now, path_in, said, try_password, with_authenticator
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to
from tests.support.manage import USERS, SignIn, account_row, look, user_id
from tests.support.world import PASSWORD

SETUP, DEMANDS = "/akun/verifikasi-dua-langkah/", "/pengaturan/keamanan-masuk/"
RECOVERY = "abcd-efgh-ijkl-mnop"


def first_step(visitor: Person, name: str = "akun-a1") -> None:
    """The right password: the code is asked for, and nobody is signed in."""
    answer = try_password(visitor, name, PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/kode/")
    assert visitor.get(USERS).status_code == 302
    assert visitor.get("/login/kode/").status_code == 200


def second_step(visitor: Person, code: str) -> int:
    page = visitor.get("/login/kode/")
    return visitor.client.post(
        "/login/kode/", data={**hidden_fields(page.get_data(as_text=True)), "code": code}
    ).status_code


def demand(app: Flask, sign_in: SignIn, *roles: Role) -> None:
    answer = sign_in("pusat").send(DEMANDS, {"role": [role.value for role in roles]})
    assert answer.status_code == 303


def set_up(app: Flask, person: Person, name: str) -> str:
    """Set an authenticator up by its page; returns the page with the recovery codes."""
    from pyotp import TOTP

    page = person.get(SETUP).get_data(as_text=True)
    key = re.search(r'authenticator__key">([A-Z2-7 ]+)<', page)
    assert key
    assert "<svg" in page
    code = code_now(TOTP(key[1].replace(" ", "")))
    hidden = hidden_fields(page)
    for wrong in ({"code": "000000", "current": PASSWORD}, {"code": code, "current": "salah"}):
        answer = person.client.post(SETUP, data={**hidden, **wrong})
        assert answer.status_code == 422
        assert key[1] in answer.get_data(as_text=True)  # the same key, so that nobody scans anew
        assert account_row(app, user_id(app, name))["totp_nonce"] == ""
    answer = person.client.post(SETUP, data={**hidden, "code": code, "current": PASSWORD})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_authenticator_is_set_up_and_asked_for(app: Flask, sign_in: SignIn) -> None:
    elsewhere, own = sign_in("a1"), sign_in("a1")
    codes = re.findall(r"<code>([a-z2-7-]+)</code>", set_up(app, own, "a1"))
    assert len(set(codes)) == CODES
    assert own.get(USERS).status_code == 200
    assert elsewhere.get(USERS).status_code == 302  # a session from before had one step alone
    assert not [code for code in codes if code in own.get("/akun/").get_data(as_text=True)]
    stored = look(app, lambda s: s.scalars(select(RecoveryCode.code_hash)).all())
    assert len(stored) == CODES
    assert not set(codes) & set(stored)
    visitor = sign_in(None)
    first_step(visitor)
    assert second_step(visitor, codes[0].upper().replace("-", " ")) == 302
    assert visitor.get(USERS).status_code == 200
    assert f"belum dipakai: {CODES - 1}" in said(visitor.get("/akun/"))
    again = sign_in(None)
    first_step(again)
    assert second_step(again, codes[0]) == 401  # once
    assert second_step(again, codes[1]) == 302


def test_a_code_works_once_and_only_near_its_time(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1")
    visitor = sign_in(None)
    first_step(visitor)
    assert second_step(visitor, code_now(totp, 5)) == 401
    assert second_step(visitor, code_now(totp, -5)) == 401
    code = code_now(totp)
    assert second_step(visitor, f"{code[:3]} {code[3:]}") == 302
    other = sign_in(None)
    first_step(other)
    assert second_step(other, code) == 401
    assert second_step(other, code_now(totp, 1)) == 302


def test_the_second_page_is_nobodys_without_the_first(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1")
    visitor = sign_in(None)
    assert visitor.get("/login/kode/").headers["Location"] == "/login/"
    answer = visitor.post("/login/kode/", {"code": code_now(totp)})
    assert answer.headers["Location"] == "/login/"
    assert visitor.get(USERS).status_code == 302
    first_step(visitor)
    change(app, "a1", session_stamp="changed meanwhile")
    assert visitor.get("/login/kode/").headers["Location"] == "/login/"
    assert visitor.get(USERS).status_code == 302
    late = sign_in(None)
    first_step(late)
    with late.client.session_transaction() as cookie:
        cookie["pending"] = [*cookie["pending"][:2], "2020-01-01T00:00:00+00:00"]
    assert late.get("/login/kode/").headers["Location"] == "/login/"
    assert "Waktu untuk menulis kode sudah habis" in said(late.get("/login/"))


def test_guesses_at_the_code_lock_and_the_password_forgives_none(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1")
    for _ in range(attempt_counts.SECOND_STEP.number):
        visitor = sign_in(None)
        first_step(visitor)  # the right password each time: it must not begin the count anew
        assert second_step(visitor, "000000") == 401
    assert account_row(app, user_id(app, "a1"))["locked_until"] is not None
    visitor = sign_in(None)
    assert try_password(visitor, "akun-a1", PASSWORD).status_code == 401
    assert visitor.get("/login/kode/").status_code == 302
    waiting = sign_in(None)  # and a page that stood open does not open the door either
    with waiting.client.session_transaction() as cookie:
        from app.services.accounts.credentials.passwords import stamp
        from tests.support.world import World

        with app.app_context():
            from app.extensions import db

            row = World.read(db.session()).account(db.session(), "a1")
            from datetime import UTC, datetime

            cookie["pending"] = [row.id, stamp(row), datetime.now(UTC).isoformat()]
    assert second_step(waiting, code_now(totp)) == 429


def test_it_is_turned_off_and_renewed_by_whoever_knows_the_password(app: Flask, sign_in: SignIn) -> None:
    with_authenticator(app, "a1", RECOVERY)
    own = sign_in("a1")
    for page in ("kode-cadangan/", "matikan/"):
        assert own.send(f"{SETUP}{page}", {"current": "salah"}).status_code == 422
    renewed = own.send(f"{SETUP}kode-cadangan/", {"current": PASSWORD})
    assert renewed.get_data(as_text=True).count("<li><code>") == CODES
    visitor = sign_in(None)
    first_step(visitor)
    assert second_step(visitor, RECOVERY) == 401
    assert own.send(f"{SETUP}matikan/", {"current": PASSWORD}).status_code == 303
    assert own.get(USERS).status_code == 200
    assert look(app, lambda s: s.scalar(select(func.count()).select_from(RecoveryCode))) == 0
    assert try_password(sign_in(None), "akun-a1", PASSWORD).headers["Location"] != "/login/kode/"


def test_a_role_may_demand_it_before_anything_else(app: Flask, sign_in: SignIn) -> None:
    assert sign_in("a").get(DEMANDS).status_code == 403
    assert sign_in("supervisor").post(DEMANDS, {"role": Role.OFFICER.value}).status_code == 403
    officer, coordinator = sign_in("a1"), sign_in("a")
    demand(app, sign_in, Role.OFFICER)
    for page in (USERS, "/laporan/kelola/", "/akun/", "/akun/kata-sandi/", f"{USERS}tambah"):
        answer = officer.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, SETUP), page
    assert coordinator.get(USERS).status_code == 200
    assert "mewajibkan" in said(officer.get(SETUP))
    assert officer.get("/").status_code == 200
    set_up(app, officer, "a1")
    assert officer.get(USERS).status_code == 200
    refused = officer.send(f"{SETUP}matikan/", {"current": PASSWORD})
    assert refused.status_code == 422
    assert "tidak dapat dimatikan" in said(refused)
    demand(app, sign_in)
    assert officer.send(f"{SETUP}matikan/", {"current": PASSWORD}).status_code == 303
    noted = look(app, lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    assert noted == [
        "role.second_step_demanded",
        "account.second_step_enabled",
        "role.second_step_left_free",
        "account.second_step_disabled",
    ]


def test_an_admin_above_has_the_owner_written_to_who_does_without_it(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1", RECOVERY)
    inside, key = sign_in("a1"), user_id(app, "a1")
    page = f"{USERS}{key}/atur-ulang-verifikasi"
    assert inside.get(page).status_code == 403  # nobody their own: a session alone must not do
    assert inside.post(page).status_code == 403
    assert sign_in("b").post(page).status_code == 404
    assert page in sign_in("a").get(f"{USERS}{key}/").get_data(as_text=True)
    assert sign_in("a").get(page).status_code == 200
    assert account_row(app, key)["totp_nonce"]  # asking is not doing
    assert sign_in("a").post(page).status_code == 303
    assert account_row(app, key)["totp_nonce"]  # a manager alone opens nothing
    assert inside.get(USERS).status_code == 200
    (letter,) = letters_to(app, "a1@contoh.example.com")
    link = path_in(letter)
    assert sign_in(None).post(link, {"current": "salah-sekali-ini"}).status_code == 422
    assert account_row(app, key)["totp_nonce"]
    assert sign_in(None).post(link, {"current": PASSWORD}).status_code == 303
    assert sign_in(None).post(link, {"current": PASSWORD}).status_code == 410
    row = account_row(app, key)
    assert (row["totp_nonce"], row["totp_step"]) == ("", None)
    assert inside.get(USERS).status_code == 302
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert letter["Subject"] == "Verifikasi dua langkah Anda dilepas"
    visitor = sign_in(None)
    assert try_password(visitor, "akun-a1", PASSWORD).headers["Location"] != "/login/kode/"
    assert visitor.get(USERS).status_code == 200
    assert totp.secret not in str(row)


@pytest.mark.parametrize("code", ["", " ", "a\0b", "x" * 65, "٠١٢٣٤٥", "\ud83d\ude00", "-1", "0" * 64])
def test_an_odd_code_is_refused_like_any_other(app: Flask, sign_in: SignIn, code: str) -> None:
    with_authenticator(app, "a1", RECOVERY)
    visitor = sign_in(None)
    first_step(visitor)
    assert second_step(visitor, code.encode("utf-8", "replace").decode()) in (401, 422)


def test_the_secret_is_not_in_the_database(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1")
    row = look(
        app, lambda s: s.scalars(select(Account).where(Account.username == "akun-a1")).one().totp_nonce
    )
    assert totp.secret.lower() not in row.lower()
    assert len(totp.secret) == 32
