"""A forgotten password: one way for everybody, past no second step, and everything old ends.

The attack: a code to the address of an account set a new password at /daftar/lupa-sandi/, although the
account had an authenticator; old sessions and links went on, and nobody was told.
"""

from __future__ import annotations

import ast
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.delivering import deliver_outbox
from app.models import (
    Account,
    AccountLink,
    ApiClient,
    ApiCode,
    ApiToken,
    AuditEntry,
    OneTimeCode,
    OutboxMessage,
)
from app.rules.accounts.people import LinkPurpose
from app.rules.channels.api import ClientKind, Scope
from app.services.accounts.credentials import account_links, api_tokens, codes, new_password
from app.services.system import attempt_counts
from tests.support.accounts import GOOD, change, code_now, said, try_password, with_authenticator
from tests.support.http import Person
from tests.support.mail import letters_to, text_of, with_settings
from tests.support.manage import account_row, look
from tests.support.world import PASSWORD, World

SignIn = Callable[[str | None], Person]
APP = Path(__file__).parents[2] / "app"
PHONE, TYPED = "+6281200001111", "0812-0000-1111"
RECOVERY = "abcd-efgh-ijkl-mnop"
CHANNELS = ("mail", "text message")


@pytest.fixture(autouse=True)
def with_sms(app: Flask) -> Iterator[None]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = with_settings(app, sms_gateway="folder")
    yield
    app.config["LAPOR"] = before


def forgot(app: Flask, person: Person, channel: str) -> str:
    """Ask as "warga" did who forgot, prove the channel; the path of the page that sets a password."""
    if channel == "mail":
        assert person.post("/lupa-sandi/", {"username": "warga@contoh.example.com"}).status_code == 303
        (letter,) = letters_to(app, "warga@contoh.example.com")
        return "/sandi/" + text_of(letter).split("/sandi/", 1)[1].split()[0]
    change(app, "warga", username=PHONE, phone=PHONE)
    asked = person.post("/lupa-sandi/", {"username": TYPED})
    assert asked.status_code == 303
    proven = person.send(asked.location, {"code": code_of(app)})
    assert proven.status_code == 303
    assert proven.location.startswith("/sandi/")
    return str(proven.location)


def code_of(app: Flask) -> str:
    with app.app_context(), transaction() as session:
        row = session.scalars(select(OneTimeCode).order_by(OneTimeCode.id.desc())).first()
        assert row is not None
        return codes.code_of(row, app.config["LAPOR"].key())


def warga(app: Flask) -> int:
    with app.app_context(), transaction() as session:
        return World.read(session).account(session, "warga").id


def send(person: Person, page: str, **typed: str):  # type: ignore[no-untyped-def]
    return person.send(page, {"password": GOOD, "again": GOOD, **typed})


def texts(app: Flask) -> list[str]:
    folder = app.config["LAPOR"].instance / "sms"
    for old in folder.glob("*") if folder.exists() else ():
        old.unlink()
    with app.app_context():
        deliver_outbox(datetime.now(UTC))
    return [path.read_text(encoding="utf-8") for path in folder.glob("*")] if folder.exists() else []


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_second_step_is_asked_whatever_the_channel(app: Flask, sign_in: SignIn, channel: str) -> None:
    person, key = sign_in(None), warga(app)
    totp = with_authenticator(app, "warga", RECOVERY)
    before = account_row(app, key)["password"]
    page = forgot(app, person, channel)
    assert "verifikasi dua langkah" in said(person.get(page))
    for wrong in ({}, {"code": ""}, {"code": "000000"}):
        answer = send(person, page, **wrong)
        assert answer.status_code == 422
        assert "Kode tidak cocok" in said(answer)
        assert account_row(app, key)["password"] == before
    assert person.get("/laporan-saya/").status_code == 302
    assert send(person, page, code=code_now(totp)).status_code == 303
    assert account_row(app, key)["password"] != before
    # Nobody is in by it: the sign-in asks for both steps.
    assert person.get("/laporan-saya/").status_code == 302


def test_a_recovery_code_is_a_second_step_too(app: Flask, sign_in: SignIn) -> None:
    person = sign_in(None)
    with_authenticator(app, "warga", RECOVERY)
    page = forgot(app, person, "mail")
    assert send(person, page, code=RECOVERY).status_code == 303


@pytest.mark.parametrize("channel", CHANNELS)
def test_wrong_codes_are_counted_and_lock_as_at_sign_in(app: Flask, sign_in: SignIn, channel: str) -> None:
    person, key = sign_in(None), warga(app)
    totp = with_authenticator(app, "warga")
    page = forgot(app, person, channel)
    for _ in range(attempt_counts.SECOND_STEP.number):
        assert send(person, page, code="000000").status_code == 422
    assert account_row(app, key)["locked_until"] is not None
    assert send(person, page, code=code_now(totp)).status_code == 422
    change_by_key(app, key, locked_until=None)
    assert send(person, page, code=code_now(totp)).status_code == 422  # the count holds by itself


def change_by_key(app: Flask, key: int, **values: object) -> None:
    with app.app_context(), transaction() as session:
        account = session.get_one(Account, key)
        for name, value in values.items():
            setattr(account, name, value)


@pytest.mark.parametrize("channel", CHANNELS)
def test_all_that_the_old_password_opened_ends(app: Flask, sign_in: SignIn, channel: str) -> None:
    inside, person, key = sign_in("warga"), sign_in(None), warga(app)
    assert inside.get("/laporan-saya/").status_code == 200
    page = forgot(app, person, channel)
    now = datetime.now(UTC)
    with app.app_context(), transaction() as session:
        account = session.get_one(Account, key)
        client = ApiClient(
            client_id="android-x", name="Aplikasi", kind=ClientKind.ANDROID, scopes=[], redirect_uris=[],
            active=True, created_at=now,
        )  # fmt: skip
        session.add(client)
        session.flush()
        token = api_tokens.NewToken("access", "refresh", [Scope.OWN_READ.value], 3600)
        api_tokens.save(session, token, client.id, account, None, now)
        api_tokens.give_code(
            session, secrets.token_hex(8), client.id, account, [], "id.go.contoh:/x", "c", now
        )
        other = account_links.make(session, account, LinkPurpose.EMAIL, now, email="baru@contoh.example.com")
        account_links.deliver(session, other, "secret", now)
    assert send(person, page).status_code == 303
    assert inside.get("/laporan-saya/").status_code == 302
    assert (
        look(app, lambda s: s.scalars(select(AccountLink.id).where(AccountLink.user_id == key)).all()) == []
    )
    assert look(app, lambda s: s.scalars(select(ApiCode.id).where(ApiCode.user_id == key)).all()) == []
    (revoked,) = look(
        app, lambda s: s.scalars(select(ApiToken.revoked_at).where(ApiToken.user_id == key)).all()
    )
    assert revoked is not None
    assert person.get(page).status_code == 410
    name = PHONE if channel == "text message" else "warga@contoh.example.com"
    assert try_password(sign_in(None), name, PASSWORD).status_code == 401
    assert try_password(sign_in(None), name, GOOD).location == "/laporan-saya/"


def test_the_owner_is_told_by_every_address_and_it_is_noted(app: Flask, sign_in: SignIn) -> None:
    person, key = sign_in(None), warga(app)
    assert send(person, forgot(app, person, "text message")).status_code == 303
    noted = look(
        app,
        lambda s: s.scalars(
            select(AuditEntry.action).where(AuditEntry.object_id == key, AuditEntry.object_kind == "account")
        ).all(),
    )
    assert noted == ["account.password_changed"]
    (text,) = [text for text in texts(app) if "baru saja diubah" in text]
    assert "/lupa-sandi/" in text
    told = look(
        app,
        lambda s: set(
            s.scalars(select(OutboxMessage.topic).where(OutboxMessage.topic.like("%password_changed"))).all()
        ),
    )
    assert told == {new_password.MAIL_TOPIC, new_password.SMS_TOPIC}


@pytest.mark.parametrize(
    ("email", "phone", "username", "topics"),
    [
        ("a@contoh.example.com", "", "nama", ["password_changed"]),
        ("a@contoh.example.com", PHONE, "nama", ["password_changed"]),
        ("a@contoh.example.com", PHONE, PHONE, ["password_changed", "sms_password_changed"]),
        ("x@tanpa-email.invalid", PHONE, PHONE, ["sms_password_changed"]),
        ("x@tanpa-email.invalid", PHONE, "nama", ["sms_password_changed"]),
        ("x@tanpa-email.invalid", "", "nama", []),
    ],
)
def test_by_which_addresses_an_owner_is_told(
    email: str, phone: str, username: str, topics: list[str]
) -> None:
    account = Account(email=email, phone=phone, username=username)
    assert new_password.channels(account) == topics


@pytest.mark.parametrize("typed", [TYPED, "0812-9999-0000", "0812-0000-2222"])
def test_a_page_tells_nothing_of_who_has_a_telephone(app: Flask, sign_in: SignIn, typed: str) -> None:
    """A known, an unknown, and a switched-off one: the same page, and five wrong codes wear it out."""
    change(app, "warga", username=PHONE, phone=PHONE)
    change(app, "warga2", username="+6281200002222", active=False)
    person = sign_in(None)
    asked = person.post("/lupa-sandi/", {"username": typed})
    assert asked.status_code == 303
    assert "Masukkan kode" in said(person.get(asked.location))
    assert any("Kode LAPOR!" in text for text in texts(app)) == (typed == TYPED)
    if typed != TYPED:  # not even the right code opens what is not there
        answer = person.send(asked.location, {"code": code_of(app)})
        assert answer.status_code == 422
        assert "tidak berlaku lagi" in said(answer)


def test_codes_and_letters_are_counted_and_what_was_typed_stays(app: Flask, sign_in: SignIn) -> None:
    person = sign_in(None)
    for _ in range(5):
        assert person.post("/lupa-sandi/", {"username": TYPED}).status_code == 303
    answer = person.post("/lupa-sandi/", {"username": TYPED})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert f'value="{TYPED}"' in answer.get_data(as_text=True)


def test_the_old_page_sets_nothing(app: Flask, sign_in: SignIn) -> None:
    """As it was written: address and code at /daftar/lupa-sandi/, then a password on the page of the code."""
    person, key = sign_in(None), warga(app)
    with_authenticator(app, "warga")
    before = account_row(app, key)["password"]
    asked = person.post("/daftar/lupa-sandi/", {"address": "warga@contoh.example.com"})
    assert (asked.status_code, asked.location) == (303, "/lupa-sandi/")
    assert look(app, lambda s: s.scalars(select(OneTimeCode)).all()) == []
    change(app, "warga", username=PHONE, phone=PHONE)
    asked = person.post("/lupa-sandi/", {"username": TYPED})
    person.send(asked.location, {"code": code_of(app), "password": GOOD, "again": GOOD})
    assert account_row(app, key)["password"] == before
    assert person.get("/laporan-saya/").status_code == 302


def test_one_function_alone_writes_passwords() -> None:
    """Every assignment to `.password` or `password=` of an Account in the application: give it to
    new_password.put(), which ends sessions, tokens, links and locks. Demo and bulk data are made before
    anybody signs in."""
    made_before = {"demo", "scale"}
    writers = set()
    for path in APP.rglob("*.py"):
        name = path.relative_to(APP)
        if name.parts[0] in made_before:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                flat = [each for target in targets for each in ast.walk(target)]
                if any(isinstance(each, ast.Attribute) and each.attr == "password" for each in flat):
                    writers.add(str(name))
            if isinstance(node, ast.Call) and (
                (isinstance(node.func, ast.Name) and node.func.id in ("Account", "setattr"))
                or (isinstance(node.func, ast.Attribute) and node.func.attr == "values")
            ):
                given = {word.arg for word in node.keywords} | {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant)
                }
                if "password" in given:
                    writers.add(str(name))
    # mail/carriers.py holds the mail server's own.
    assert writers - {"services/inbox/mail/carriers.py"} == {"services/accounts/credentials/new_password.py"}
    assert "put" in dir(new_password)
