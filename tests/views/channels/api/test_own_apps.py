"""Aplikasi yang terhubung: everybody sees the apps that they let in, and shuts out their own alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from app.extensions import db, transaction
from app.models import ApiClient, ApiToken, AuditEntry
from app.rules.channels.api import REFRESH_LIFETIME, ClientKind
from app.services.accounts.credentials import api_tokens
from tests.support.api import make_client
from tests.support.http import Person
from tests.support.world import World
from tests.views.channels.api.test_tokens import TOKEN, code_for, exchange, good

SignIn = Callable[[str | None], Person]


def test_somebody_takes_back_what_they_gave_and_nobody_elses(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client_id, _ = make_client(app, ClientKind.ANDROID)
    visitor, warga, officer = sign_in(None), sign_in("warga"), sign_in("a1")
    given = exchange(visitor, client_id, code_for(warga, client_id)).json
    others = exchange(visitor, client_id, code_for(officer, client_id)).json
    with app.app_context():
        key, name = db.session.execute(select(ApiClient.id, ApiClient.name)).one()
    page = warga.get("/akun/aplikasi/").get_data(as_text=True)
    assert name in page
    assert "Membaca laporan yang Anda kirim" in page
    assert "instansi Anda" not in page
    assert name not in sign_in("b").get("/akun/aplikasi/").get_data(as_text=True)
    other = sign_in("b")
    assert other.get(f"/akun/aplikasi/{key}/cabut").status_code == 404
    assert other.send("/akun/profil/", {}, to=f"/akun/aplikasi/{key}/cabut").status_code == 404
    on_its_way = code_for(warga, client_id)
    assert warga.send(f"/akun/aplikasi/{key}/cabut", {}).status_code == 303
    assert not good(app, given["access_token"])
    refresh = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": given["refresh_token"]}
    assert visitor.client.post(TOKEN, data=refresh).status_code == 400
    assert exchange(visitor, client_id, on_its_way).status_code == 400
    assert good(app, others["access_token"])
    assert name not in warga.get("/akun/aplikasi/").get_data(as_text=True).split("Izin ")[0]
    assert warga.get(f"/akun/aplikasi/{key}/cabut").status_code == 404
    with app.app_context():
        actions = select(AuditEntry.action).where(AuditEntry.object_id == key)
        assert "api_client.consent_withdrawn" in set(db.session.scalars(actions))


def test_since_when_an_app_is_let_in_outlives_its_first_token(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client_id, _ = make_client(app, ClientKind.IOS)
    visitor, warga = sign_in(None), sign_in("warga")
    given = exchange(visitor, client_id, code_for(warga, client_id)).json
    now = datetime.now(UTC)
    with app.app_context(), transaction() as session:
        session.execute(
            update(ApiToken).values(created_at=now - REFRESH_LIFETIME * 2, ends_at=now + timedelta(minutes=5))
        )
    refresh = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": given["refresh_token"]}
    assert visitor.client.post(TOKEN, data=refresh).status_code == 200
    later = now + timedelta(days=1)
    with app.app_context(), transaction() as session:
        api_tokens.forget(session, later)
        (found,) = api_tokens.consents(session, world.account(session, "warga"), later)
        assert found.since == now - REFRESH_LIFETIME * 2
        assert found.last >= now
