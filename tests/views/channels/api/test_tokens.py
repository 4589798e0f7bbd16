"""Tokens: got by partners and by apps, renewed, and dead as soon as what they rest on is."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.extensions import db, transaction
from app.models import Account, ApiClient, ApiCode, ApiToken, AuditEntry
from app.rules.channels.api import SCOPES, ClientKind, Scope
from app.services.accounts import people
from app.services.accounts.credentials import api_tokens
from app.services.accounts.credentials.passwords import end_sessions
from app.services.channels import api_clients
from tests.support.api import BACK, make_client
from tests.support.http import Person
from tests.support.world import PASSWORD, World

SignIn = Callable[[str | None], Person]
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
TOKEN = "/oauth/token"


def consent_url(client_id: str, **more: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": BACK,
        "scope": "own:read own:act desk:read",
        "state": 'a"b',
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }
    return "/oauth/izin/?" + urlencode({k: v for k, v in asked.items() if v})


def code_for(person: Person, client_id: str) -> str:
    answer = person.send(consent_url(client_id), {"izinkan": "y"})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    back = urlsplit(answer.location)
    assert f"{back.scheme}:{back.path}" == BACK
    asked = parse_qs(back.query)
    assert asked["state"] == ['a"b']
    return asked["code"][0]


def exchange(person: Person, client_id: str, code: str, **more: str) -> TestResponse:
    data = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **more,
    }
    return person.client.post(TOKEN, data=data)


def good(app: Flask, token: str) -> bool:
    with app.app_context():
        return api_tokens.holder(db.session(), token, datetime.now(UTC)) is not None


def test_a_partner_gets_a_token_with_its_secret(app: Flask, sign_in: SignIn) -> None:
    client_id, secret = make_client(app, ClientKind.PARTNER)
    caller = sign_in(None).client
    answer = caller.post(TOKEN, data={"grant_type": "client_credentials"}, auth=(client_id, secret))
    assert answer.status_code == 200
    given = answer.json
    assert given["token_type"] == "Bearer"
    assert given["scope"] == "partner:file partner:vouch"
    assert "refresh_token" not in given
    assert answer.headers["Cache-Control"] == "no-store"
    with app.app_context():
        holder = api_tokens.holder(db.session(), given["access_token"], datetime.now(UTC))
        assert holder is not None
        assert holder.account is None
        late = datetime.now(UTC) + timedelta(seconds=given["expires_in"] + 1)
        assert api_tokens.holder(db.session(), given["access_token"], late) is None
        kept = " ".join(str(value) for value in db.session.scalars(select(ApiToken.access_hash)))
        assert given["access_token"] not in kept
        assert api_clients.client_of_key(db.session(), secret).client_id == client_id
        assert api_clients.client_of_key(db.session(), secret + "x") is None


@pytest.mark.parametrize(
    "data",
    [
        {"grant_type": "client_credentials", "client_id": "{id}", "client_secret": "lapor_falsch"},
        {"grant_type": "client_credentials", "client_id": "{id}"},
        {"grant_type": "client_credentials", "client_id": "nobody\0", "client_secret": "x"},
        {"grant_type": 'pass"word', "client_id": "{id}"},
        {"grant_type": "password", "client_id": "{id}", "username": "a", "password": "b"},
        {
            "grant_type": "client_credentials",
            "client_id": "{id}",
            "client_secret": "{secret}",
            "scope": "desk:act",
        },
        {},
    ],
)
def test_no_token_for_anything_else(app: Flask, sign_in: SignIn, data: dict[str, str]) -> None:
    client_id, secret = make_client(app, ClientKind.PARTNER)
    filled = {name: value.format(id=client_id, secret=secret) for name, value in data.items()}
    answer = sign_in(None).client.post(TOKEN, data=filled)
    assert answer.status_code in (400, 401)
    assert "error" in answer.json
    broken = sign_in(None).client.post(TOKEN, data=filled, headers={"Authorization": "Basic /w=="})
    assert broken.status_code in (400, 401)


def test_an_app_gets_tokens_for_who_says_yes(app: Flask, sign_in: SignIn) -> None:
    client_id, _ = make_client(app, ClientKind.ANDROID)
    warga = sign_in("warga")
    page = warga.get(consent_url(client_id))
    text = page.get_data(as_text=True)
    assert "Membaca laporan yang Anda kirim" in text
    assert "instansi Anda" not in text  # asked for, but not a citizen's to give
    assert "id.go.contoh.lapor:" in page.headers["Content-Security-Policy"]
    code = code_for(warga, client_id)
    visitor = sign_in(None)
    assert exchange(visitor, client_id, code, code_verifier="w" * 50).status_code == 400
    given = exchange(visitor, client_id, code).json
    assert given["scope"] == "own:read own:act"
    assert good(app, given["access_token"])
    renewed = visitor.client.post(
        TOKEN,
        data={
            "grant_type": "refresh_token",
            "client_id": client_id,
            "refresh_token": given["refresh_token"],
        },
    )
    assert renewed.status_code == 200
    assert not good(app, given["access_token"])
    assert good(app, renewed.json["access_token"])
    # The first one again: somebody stole it, so both end.
    again = visitor.client.post(
        TOKEN,
        data={"grant_type": "refresh_token", "client_id": client_id, "refresh_token": given["refresh_token"]},
    )
    assert (again.status_code, again.json["error"]) == (400, "invalid_grant")
    assert not good(app, renewed.json["access_token"])


def test_a_code_is_good_once_and_for_minutes(app: Flask, sign_in: SignIn) -> None:
    client_id, _ = make_client(app, ClientKind.IOS)
    warga, visitor = sign_in("warga"), sign_in(None)
    code = code_for(warga, client_id)
    given = exchange(visitor, client_id, code)
    assert given.status_code == 200
    assert exchange(visitor, client_id, code).status_code == 400
    assert not good(app, given.json["access_token"])
    late = code_for(warga, client_id)
    with app.app_context(), transaction() as session:
        session.execute(update(ApiCode).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert exchange(visitor, client_id, late).status_code == 400


def test_consent_needs_the_ordinary_sign_in(app: Flask, sign_in: SignIn) -> None:
    client_id, _ = make_client(app, ClientKind.ANDROID)
    visitor = sign_in(None)
    url = consent_url(client_id)
    sent_on = visitor.get(url)
    assert sent_on.status_code == 302
    assert sent_on.location.startswith("/login/?next=")
    entered = visitor.send(
        sent_on.location, {"username": "akun-a1", "password": PASSWORD}, to=sent_on.location
    )
    assert entered.location == url.replace("%3A%2F", "%3A/") or entered.location == url
    assert "Izinkan LAPOR! Android" in visitor.get(entered.location).get_data(as_text=True)


def test_consent_leads_nowhere_but_to_the_app(app: Flask, sign_in: SignIn) -> None:
    client_id, _ = make_client(app, ClientKind.ANDROID)
    partner, _ = make_client(app, ClientKind.PARTNER)
    person = sign_in("warga")
    assert person.send(consent_url(client_id), {"tolak": "y"}).location.startswith(
        f"{BACK}?error=access_denied"
    )
    for wrong in (
        {"redirect_uri": "https://jahat.example.com/"},
        {"client_id": "nobody"},
        {"client_id": partner},
        {"state": "\x01"},
    ):
        answer = person.get(consent_url(**{"client_id": client_id, **wrong}))
        assert answer.status_code == 400, wrong
    for wrong in ({"code_challenge": ""}, {"code_challenge_method": "plain"}, {"scope": "roles:write"}):
        answer = person.get(consent_url(client_id, **wrong))
        assert answer.status_code == 302, wrong
        assert answer.location.startswith(f"{BACK}?error=invalid_"), wrong
    # Who may do nothing of the desk is asked for what is their own alone.
    asked = sign_in("statistik").get(consent_url(client_id)).get_data(as_text=True)
    assert SCOPES[Scope.OWN_READ].words in asked
    assert SCOPES[Scope.DESK_READ].words not in asked
    assert person.post(consent_url(client_id)).status_code == 302


@pytest.mark.parametrize("what", ["password", "everywhere", "deactivated", "client", "revoked", "scopes"])
def test_tokens_end_with_what_they_rest_on(app: Flask, sign_in: SignIn, world: World, what: str) -> None:
    """Case C23: the next call is refused."""
    client_id, _ = make_client(app, ClientKind.ANDROID)
    code = code_for(sign_in("a1"), client_id)
    visitor = sign_in(None)
    given = exchange(visitor, client_id, code).json
    access, now = given["access_token"], datetime.now(UTC)
    assert good(app, access)
    if what == "revoked":
        data = {"client_id": client_id, "token": given["refresh_token"]}
        assert visitor.client.post("/oauth/revoke", data=data).status_code == 200
    with app.app_context(), transaction() as session:
        account: Account = world.account(session, "a1")
        admin = world.actor(session, "pusat")
        key = session.scalars(select(ApiClient.id).where(ApiClient.client_id == client_id)).one()
        if what == "password":
            account.password = "pbkdf2:new"
        elif what == "everywhere":
            end_sessions(account)
        elif what == "deactivated":
            people.deactivate(session, admin, account.id, now)
        elif what == "client":
            api_clients.set_active(session, admin, key, now, active=False)
            api_clients.set_active(session, admin, key, now, active=True)
        elif what == "scopes":
            facts = api_clients.ClientFacts("Lain", frozenset({Scope.OWN_READ}), (BACK,))
            api_clients.change(session, admin, key, facts, now)
    if what == "scopes":
        with app.app_context():
            # What the client may ask for, of what was given: an officer has own reports as well.
            assert api_tokens.holder(db.session(), access, now).scopes == frozenset({Scope.OWN_READ})
        return
    assert not good(app, access)
    refresh = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": given["refresh_token"]}
    assert visitor.client.post(TOKEN, data=refresh).status_code == 400


def test_central_admins_look_after_the_clients(app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("pusat")
    wrong = admin.send("/pengaturan/mitra/tambah", {"name": "", "kind": "android", "per_minute": "0"})
    assert wrong.status_code == 422
    made = admin.send(
        "/pengaturan/mitra/tambah",
        {"name": "Kota Contoh", "kind": "partner", "scope": ["partner:file"], "per_minute": "90"},
    )
    page = made.get_data(as_text=True)
    assert made.status_code == 200
    secret = page.split("lapor_")[1].split("<")[0]
    with app.app_context():
        client = api_clients.client_of_key(db.session(), f"lapor_{secret}")
        assert (client.name, client.scopes, client.per_minute) == ("Kota Contoh", ["partner:file"], 90)
        key = client.id
    assert secret not in admin.get("/pengaturan/mitra/").get_data(as_text=True)
    renewed = admin.send(f"/pengaturan/mitra/{key}/kunci", {}).get_data(as_text=True)
    new = "lapor_" + renewed.split("lapor_")[1].split("<")[0]
    with app.app_context():
        assert api_clients.client_of_key(db.session(), f"lapor_{secret}") is None
        assert api_clients.client_of_key(db.session(), new).id == key
    changed = admin.send(
        f"/pengaturan/mitra/{key}/ubah",
        {"name": "Kota Lain", "scope": ["partner:file", "partner:vouch"], "per_minute": "91"},
    )
    assert changed.status_code == 303
    assert admin.send(f"/pengaturan/mitra/{key}/status", {}).status_code == 303
    with app.app_context():
        assert api_clients.client_of_key(db.session(), new) is None
        noted = set(
            db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "api_client"))
        )
    assert noted == {
        "api_client.created",
        "api_client.secret_renewed",
        "api_client.changed",
        "api_client.deactivated",
    }
    for other in ("a", "supervisor", "warga"):
        assert sign_in(other).get("/pengaturan/mitra/").status_code == 403
