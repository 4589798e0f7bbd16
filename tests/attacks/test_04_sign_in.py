"""Guessing at passwords, codes and keys: counted by place, by place and name, by name; the owner gets in.

The attack: 120 names were tried from one place without a limit; five wrong passwords locked any officer
for 15 minutes, again and again, and nobody saw it; 27 addresses of one /64 were 27 places.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app.access.accounts.failed_sign_ins import NAMES
from app.extensions import transaction
from app.models import Account, FailedSignIn, Tries
from app.rules.channels.api import ClientKind
from app.services.accounts.credentials.failed_sign_ins import WORTH_A_LETTER
from app.services.accounts.sign_in import FAILURES
from app.services.system import attempt_counts, limits
from app.views.accounts.devices import NAME
from tests.support.accounts import (
    GOOD,
    at,
    change,
    code_now,
    later,
    said,
    try_password,
    with_authenticator,
)
from tests.support.api import make_client
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to, text_of
from tests.support.manage import account_row, look, user_id
from tests.support.world import PASSWORD

SignIn = Callable[[str | None], Person]
APP = Path(__file__).parents[2] / "app"
AUDIT = "/pengaturan/catatan/"
ATTACKER, OFFICE = "203.0.113.66", "198.51.100.7"


def device_of(person: Person) -> str:
    cookie = person.client.get_cookie(NAME)
    return cookie.value if cookie is not None else ""


def owner_at_home(sign_in: SignIn, name: str = "akun-a1") -> Person:
    """Somebody who has signed in here before, and out again."""
    person = at(sign_in, OFFICE)
    assert try_password(person, name, PASSWORD).status_code == 302
    person.client.delete_cookie("lapor")
    return person


def test_120_names_from_one_place(app: Flask, sign_in: SignIn) -> None:
    answers = [try_password(at(sign_in, ATTACKER), f"nama{number}", "salah") for number in range(120)]
    statuses = [answer.status_code for answer in answers]
    limit = attempt_counts.SIGN_IN_PLACE.number
    assert statuses == [401] * limit + [429] * (120 - limit)
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert "Terlalu banyak percobaan masuk" in said(answers[-1])
    # Nobody gets in from there with the right password either, and everybody else does.
    assert try_password(at(sign_in, ATTACKER), "akun-a1", PASSWORD).status_code == 429
    assert try_password(at(sign_in, OFFICE), "akun-a1", PASSWORD).status_code == 302
    # It is seen, by whoever may read the audit log.
    for who in ("pusat", "supervisor"):
        page = said(sign_in(who).get(AUDIT))
        assert "Gelombang percobaan masuk" in page
        assert "Percobaan masuk gagal: 121 nama dari 1 tempat, 121 kali" in page
    assert sign_in("a").get(AUDIT).status_code == 403
    later(app, minutes=16)
    assert try_password(at(sign_in, ATTACKER), "akun-a1", PASSWORD).status_code == 302


def test_no_place_and_no_name_stands_in_the_database(app: Flask, sign_in: SignIn) -> None:
    try_password(at(sign_in, ATTACKER), "nama-rahasia", "salah")
    rows = look(
        app,
        lambda s: [
            str([getattr(row, column.key) for column in type(row).__mapper__.column_attrs])
            for model in (FailedSignIn, Tries)
            for row in s.scalars(select(model))
        ],
    )
    assert rows
    assert not [row for row in rows if ATTACKER in row or "nama-rahasia" in row]


def test_27_addresses_of_one_network_are_one_place(app: Flask, sign_in: SignIn) -> None:
    for number in range(27):
        try_password(at(sign_in, f"2001:db8:aa:bb::{number + 1:x}"), "akun-a1", "salah")
    assert try_password(at(sign_in, "2001:db8:aa:bb:ffff::1"), "akun-a1", PASSWORD).status_code == 429
    assert account_row(app, user_id(app, "a1"))["locked_until"] is None
    assert try_password(at(sign_in, "2001:db8:aa:bc::1"), "akun-a1", PASSWORD).status_code == 302
    # The same for every other limit by place, here of forgotten passwords.
    for number in range(attempt_counts.FORGOTTEN_PLACE.number):
        visitor = at(sign_in, f"2001:db8:cc:dd::{number + 1:x}")
        assert visitor.post("/lupa-sandi/", {"username": f"nama{number}"}).status_code == 303
    visitor = at(sign_in, "2001:db8:cc:dd:1::1")
    assert visitor.post("/lupa-sandi/", {"username": "nama"}).status_code == 429


def test_five_wrong_passwords_shut_out_the_guesser_alone(app: Flask, sign_in: SignIn) -> None:
    for _ in range(5):
        assert try_password(at(sign_in, ATTACKER), "akun-a1", "salah").status_code == 401
    assert try_password(at(sign_in, ATTACKER), "akun-a1", "salah").status_code == 429
    assert try_password(at(sign_in, OFFICE), "akun-a1", PASSWORD).status_code == 302


def lock(app: Flask, sign_in: SignIn, name: str = "akun-a1") -> None:
    """Guesses from many places, until the name itself is locked."""
    for number in range(FAILURES):
        try_password(at(sign_in, f"203.0.113.{number}"), name, "salah")
    assert try_password(at(sign_in, "192.0.2.200"), name, PASSWORD).status_code == 401


def test_the_owner_gets_in_from_their_device_while_it_is_locked(app: Flask, sign_in: SignIn) -> None:
    owner = owner_at_home(sign_in)
    stranger = owner_at_home(sign_in, "akun-b1")
    lock(app, sign_in)
    assert try_password(stranger, "akun-a1", PASSWORD).status_code == 401  # another account's device is none
    assert try_password(owner, "akun-a1", PASSWORD).status_code == 302


def test_the_owner_gets_in_behind_an_address_that_guesses(app: Flask, sign_in: SignIn) -> None:
    """An office behind one address: who has signed in from their device before goes on working."""
    owner = owner_at_home(sign_in)
    for number in range(attempt_counts.SIGN_IN_PLACE.number):
        try_password(at(sign_in, OFFICE), f"nama{number}", "salah")
    assert try_password(at(sign_in, OFFICE), "akun-a1", PASSWORD).status_code == 429
    assert try_password(owner, "akun-a1", PASSWORD).status_code == 302


def test_right_passwords_of_one_office_shut_out_nobody(app: Flask, sign_in: SignIn) -> None:
    for _ in range(attempt_counts.SIGN_IN_PLACE.number + 5):
        assert try_password(at(sign_in, OFFICE), "akun-a1", PASSWORD).status_code == 302


def test_a_stolen_device_is_no_means_to_guess_endlessly(app: Flask, sign_in: SignIn) -> None:
    thief = owner_at_home(sign_in)
    lock(app, sign_in)
    for _ in range(attempt_counts.SIGN_IN_DEVICE.number):
        assert try_password(thief, "akun-a1", "salah").status_code == 401
    assert try_password(thief, "akun-a1", PASSWORD).status_code == 401  # it counts as any other by now
    with app.app_context(), transaction() as session:
        session.execute(update(Account).values(locked_until=None))
    for _ in range(attempt_counts.SIGN_IN_PLACE_NAME.number):
        assert try_password(thief, "akun-a1", "salah").status_code in (401, 429)
    assert try_password(thief, "akun-a1", PASSWORD).status_code == 429


def test_the_cookie_of_a_device(app: Flask, sign_in: SignIn) -> None:
    person = at(sign_in, OFFICE)
    assert try_password(person, "akun-a1", "salah").status_code == 401
    assert device_of(person) == ""
    answer = try_password(person, "akun-a1", PASSWORD)
    (header,) = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith(NAME)]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15552000"):
        assert part in header
    assert "akun-a1" not in header
    # It opens nothing.
    alone = at(sign_in, OFFICE)
    alone.client.set_cookie(NAME, device_of(person))
    assert alone.get("/akun/").status_code == 302
    # A new password ends it, and whoever set it keeps a new one.
    elsewhere = owner_at_home(sign_in)
    old = device_of(person)
    fields = hidden_fields(person.get("/akun/kata-sandi/").get_data(as_text=True))
    form = {**fields, "current": PASSWORD, "password": GOOD, "again": GOOD}
    assert person.client.post("/akun/kata-sandi/", data=form).status_code == 303
    assert device_of(person) not in ("", old)
    person.client.delete_cookie("lapor")
    lock(app, sign_in)
    assert try_password(elsewhere, "akun-a1", GOOD).status_code == 401
    assert try_password(person, "akun-a1", GOOD).status_code == 302


@pytest.mark.parametrize("value", ["", "x", "W10.x.y", "." * 4_000])
def test_a_cookie_that_we_did_not_make_is_none(app: Flask, sign_in: SignIn, value: str) -> None:
    lock(app, sign_in)
    forger = at(sign_in, OFFICE)
    forger.client.set_cookie(NAME, value)
    assert try_password(forger, "akun-a1", PASSWORD).status_code == 401


def test_two_officers_share_a_device(app: Flask, sign_in: SignIn) -> None:
    person = owner_at_home(sign_in)
    assert try_password(person, "akun-b1", PASSWORD).status_code == 302
    person.client.delete_cookie("lapor")
    lock(app, sign_in)
    assert try_password(person, "akun-a1", PASSWORD).status_code == 302


def test_the_owner_is_told_once_a_day(app: Flask, sign_in: SignIn) -> None:
    from app.jobs.schedule import tell_of_failures

    now = datetime.now(UTC)
    for _ in range(WORTH_A_LETTER - 1):
        try_password(at(sign_in, ATTACKER), "akun-a1", "salah")
    tell(app, now)
    assert letters_to(app, "a1@contoh.example.com") == []
    for number in range(3):
        try_password(at(sign_in, f"203.0.113.{number}"), "a1@contoh.example.com", "salah")
    tell(app, now)
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert "7 kali" in text_of(letter)
    assert "WIB" in text_of(letter)
    assert "/lupa-sandi/" in text_of(letter)
    for number in range(9):
        try_password(at(sign_in, f"198.51.100.{number}"), "akun-a1", "salah")
    tell(app, now + timedelta(hours=2))
    assert letters_to(app, "a1@contoh.example.com") == []
    with app.app_context(), transaction() as session:
        session.execute(update(FailedSignIn).values(told_at=now - timedelta(hours=21)))
    tell(app, datetime.now(UTC))
    (letter,) = letters_to(app, "a1@contoh.example.com")
    assert "9 kali" in text_of(letter)
    with app.app_context():
        assert tell_of_failures(now + timedelta(days=2)) == "messages 0"


def tell(app: Flask, now: datetime) -> None:
    from app.jobs.schedule import tell_of_failures

    with app.app_context():
        tell_of_failures(now)


def test_one_name_from_many_places_is_a_wave_too(app: Flask, sign_in: SignIn) -> None:
    for number in range(NAMES):
        try_password(at(sign_in, f"203.0.113.{number}"), "akun-a1", "salah")
    page = said(sign_in("supervisor").get(AUDIT))
    assert f"Percobaan masuk gagal: 1 nama dari {NAMES} tempat, {NAMES} kali" in page


def test_what_failed_long_ago_is_forgotten(app: Flask, sign_in: SignIn) -> None:
    from app.jobs.schedule import tidy

    try_password(at(sign_in, ATTACKER), "akun-a1", "salah")
    with app.app_context():
        tidy(datetime.now(UTC) + timedelta(days=31))
    assert look(app, lambda s: s.scalar(select(func.count()).select_from(FailedSignIn))) == 0


def test_known_and_unknown_names_are_refused_alike(app: Flask, sign_in: SignIn) -> None:
    """Also by the numbers at which a place, and a name at a place, are shut out."""
    change(app, "a2", active=False)
    found = {}
    for number, name in enumerate(("akun-a1", "akun-a2", "tidak-ada", "t@x.id", "a1@contoh.example.com")):
        person = at(sign_in, f"203.0.113.{number}")
        answers = [try_password(person, name, "salah") for _ in range(7)]
        found[name] = [(answer.status_code, "Retry-After" in answer.headers) for answer in answers]
    assert {tuple(each) for each in found.values()} == {((401, False),) * 5 + ((429, True),) * 2}


# Every kind of secret that an account or program proves itself with: how a wrong one is sent, and how many
# are looked at. A kind that is not here fails test_every_comparison_is_one_of_these below.


def wrong_code_at_sign_in(app: Flask, sign_in: SignIn) -> TestResponse:
    visitor = at(sign_in, ATTACKER)
    assert try_password(visitor, "akun-a1", PASSWORD).location == "/login/kode/"
    page = visitor.get("/login/kode/").get_data(as_text=True)
    return visitor.client.post("/login/kode/", data={**hidden_fields(page), "code": "000000"})


def wrong_own_password(app: Flask, sign_in: SignIn, page: str = "/akun/kata-sandi/") -> TestResponse:
    form = {"current": "salah", "password": GOOD, "again": GOOD, "email": "x@contoh.example.com", "code": "1"}
    return sign_in("a1").send(page, form)


def wrong_one_time_code(app: Flask, sign_in: SignIn) -> TestResponse:
    with app.app_context(), transaction() as session:
        from app.rules.citizens.forms import CodePurpose
        from app.services.accounts.credentials import codes
        from app.services.accounts.credentials.codes import Address

        address = Address(email="baru@contoh.example.com")
        token = codes.ask(
            session, CodePurpose.REGISTER, address, {"name": "X", "password": "x"}, datetime.now(UTC)
        )
    person = at(sign_in, ATTACKER)
    # The old form of the address leads on to the one without the token.
    return person.send(person.get(f"/kode/{token}/").location, {"code": "1"})


def wrong_client_secret(app: Flask, sign_in: SignIn) -> TestResponse:
    if "client" not in CLIENT:
        CLIENT["client"] = make_client(app, ClientKind.PARTNER)[0]
    data = {"grant_type": "client_credentials"}
    return at(sign_in, ATTACKER).client.post("/oauth/token", data=data, auth=(CLIENT["client"], "lapor_x"))


def wrong_api_key(app: Flask, sign_in: SignIn) -> TestResponse:
    data = {"api_key": "lapor_x", "description": "x"}
    return at(sign_in, ATTACKER).client.post("/open311/v2/requests.json", data=data)


CLIENT: dict[str, str] = {}
KINDS: Mapping[str, tuple[Callable[[Flask, SignIn], TestResponse], int]] = {
    "password": (
        lambda app, sign_in: try_password(at(sign_in, ATTACKER), "akun-a2", "salah"),
        attempt_counts.SIGN_IN_PLACE_NAME.number,
    ),
    "second step": (wrong_code_at_sign_in, attempt_counts.SECOND_STEP.number),
    "own password": (wrong_own_password, attempt_counts.OWN_PASSWORD.number),
    "one-time code": (wrong_one_time_code, limits.CODE_TRIES_PLACE.number),
    "client secret": (wrong_client_secret, attempt_counts.PROGRAM_KEY.number),
    "api key": (wrong_api_key, attempt_counts.PROGRAM_KEY.number),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_guess_ends(app: Flask, sign_in: SignIn, kind: str) -> None:
    guess, number = KINDS[kind]
    CLIENT.clear()
    if kind == "second step":
        with_authenticator(app, "a1")
    for _ in range(number):
        assert guess(app, sign_in).status_code in (401, 403, 422)
    if kind == "second step":  # the account is locked by then, and the password tells no more
        assert try_password(at(sign_in, ATTACKER), "akun-a1", PASSWORD).status_code == 401
        return
    answer = guess(app, sign_in)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "page", ["/akun/email/", "/akun/verifikasi-dua-langkah/", "/akun/verifikasi-dua-langkah/matikan/"]
)
def test_own_passwords_are_counted_together(app: Flask, sign_in: SignIn, page: str) -> None:
    if page.endswith("matikan/"):
        with_authenticator(app, "a1")
    for _ in range(attempt_counts.OWN_PASSWORD.number):
        assert wrong_own_password(app, sign_in).status_code == 422
    assert wrong_own_password(app, sign_in, page).status_code == 429


# Where a secret is compared -> what bounds it. A new place goes in here with its kind, and into KINDS.
COMPARED: Mapping[str, str] = {
    "views/accounts/security_manager.py:sign_in": "password",
    "services/accounts/credentials/passwords.py:matches": "own password",
    "services/accounts/sign_in.py:second": "second step",
    "services/accounts/sign_in.py:proves": "second step",
    "services/accounts/credentials/authenticator.py:step_of": "second step",
    "services/accounts/credentials/codes.py:refusal": "one-time code",
    "views/citizens/codes.py:_try": "one-time code",
    "views/accounts/own_account.py:_try_phone_code": "one-time code",
    "views/channels/api/filing.py:confirm_report": "one-time code",
    "views/channels/oauth/server.py:check_client_secret": "client secret",
    "views/channels/open311.py:_partner": "api key",
    # Of marks that are long and random or signed: nobody guesses them.
    "views/accounts/browsing.py:open_account": "a session's stamp",
    "views/accounts/devices.py:_holds": "a device's mark",
    "services/accounts/credentials/api_tokens.py:_still": "a token's stamp",
    "services/channels/open311.py:report_of_token": "a report's token",
    "services/accounts/letters.py:first": "our own letter",
    "rules/channels/signing.py:signed": "a gateway's signature",
}
COMPARERS = frozenset({"check_password_hash", "compare_digest", "refusal", "client_of_key"})


def test_every_comparison_is_one_of_these() -> None:
    found = set()
    for path in APP.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    called = node.func
                    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                    of = getattr(getattr(called, "value", None), "id", "")
                    if name in COMPARERS or (of == "authenticator" and name == "takes"):
                        found.add(f"{path.relative_to(APP)}:{function.name}")
    assert found == set(COMPARED)
    assert set(KINDS) <= set(COMPARED.values())


def test_who_asks_for_the_own_password_counts_it() -> None:
    """Whoever reads `form.current.data` serves the form by try_own(), which counts before it looks; beside a
    mailed link _count_guess() does."""
    for path in (APP / "views").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            source = ast.unparse(function)
            if "form.current.data" in source:
                assert re.search(r"try_own\(|_count_guess\(", source) or function.name == "change", (
                    f"{path.name}: {function.name}"
                )


@pytest.mark.parametrize(
    ("who", "page", "fields"),
    [
        (None, "/login/", {"username": "username", "password": "current-password"}),
        (None, "/lupa-sandi/", {"username": "username"}),
        (None, "/daftar/", {"password": "new-password", "again": "new-password"}),
        ("a1", "/akun/kata-sandi/", {"current": "current-password", "password": "new-password", "again": "new-password"}),
        ("a1", "/akun/email/", {"current": "current-password"}),
        ("a1", "/akun/verifikasi-dua-langkah/", {"current": "current-password", "code": "one-time-code"}),
    ],
)  # fmt: skip
def test_fields_say_what_they_are_and_take_what_is_pasted(
    app: Flask, sign_in: SignIn, who: str | None, page: str, fields: Mapping[str, str]
) -> None:
    text = sign_in(who).get(page).get_data(as_text=True)
    assert "onpaste" not in text
    for name, wanted in fields.items():
        (tag,) = [tag for tag in text.split("<") if tag.startswith("input") and f'name="{name}"' in tag]
        assert f'autocomplete="{wanted}"' in tag, tag


def test_nothing_typed_is_lost_after_a_refusal(app: Flask, sign_in: SignIn) -> None:
    person = at(sign_in, ATTACKER)
    for _ in range(6):
        answer = person.post("/login/?next=/laporan/kelola/", {"username": "akun-a1", "password": "salah"})
    assert answer.status_code == 429
    page = answer.get_data(as_text=True)
    assert 'value="akun-a1"' in page
    assert "/login/?next=/laporan/kelola/" in page
    assert "salah" not in [field.get("value") for field in [hidden_fields(page)]]
    assert json.dumps(PASSWORD) not in page


def test_a_code_is_taken_from_a_known_device_while_it_is_locked(app: Flask, sign_in: SignIn) -> None:
    owner = owner_at_home(sign_in)
    totp = with_authenticator(app, "a1")
    lock(app, sign_in)
    assert try_password(owner, "akun-a1", PASSWORD).location == "/login/kode/"
    page = owner.get("/login/kode/").get_data(as_text=True)
    answer = owner.client.post("/login/kode/", data={**hidden_fields(page), "code": code_now(totp)})
    assert answer.status_code == 302
    assert owner.get("/akun/").status_code == 200
