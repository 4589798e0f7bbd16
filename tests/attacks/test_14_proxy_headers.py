"""A header that no proxy is said to set changes no page that others read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, request
from werkzeug.test import Client

from app import _behind
from config import Settings, UnsafeSettings
from tests.support.play import Play
from tests.support.world import World

EVIL = "evil.example"
# By request: nonces and names of one answer, and the token of the form that signs in.
OF_ONE_ANSWER = re.compile(r'nonce="[^"]*"|name="csrf_token"[^>]*>')
HOSTILE: tuple[Mapping[str, str], ...] = (
    {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-Forwarded-Prefix": "/\\evil"},
    {"X-Script-Name": f"//{EVIL}"},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Host": f"{EVIL}, localhost"},
    {"X-Forwarded-Host": f"localhost, //{EVIL}"},
    {"X-Forwarded-Host": f"{EVIL}:8080"},
    {"X-Forwarded-Host": f" {EVIL} {EVIL}"},
    {"X-Forwarded-Port": "6666"},
    {"X-Forwarded-For": f"{EVIL}, 203.0.113.7, 198.51.100.1"},
    {"X-Forwarded-Server": EVIL},
    {"X-Host": EVIL},
    {"Forwarded": f"for=203.0.113.7;host={EVIL};proto=https"},
    {"X-Real-IP": "203.0.113.7"},
    {"X-Original-URL": "/laporan/kelola/"},
    {"X-Rewrite-URL": "/laporan/kelola/"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Method-Override": "POST"},
    {"X-Request-Id": f"<script src=//{EVIL}>"},
    {"Host": EVIL},
    {"Host": f"{EVIL}:8080"},
)


@pytest.fixture
def scene(world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=5))


@pytest.fixture
def proxied(app: Flask) -> Iterator[Client]:
    """The application behind one proxy, as production has it."""
    kept = app.config["LAPOR"]
    app.config["LAPOR"] = replace(kept, proxies=1)
    try:
        yield Client(_behind(app.wsgi_app, app.config["LAPOR"]), use_cookies=False)
    finally:
        app.config["LAPOR"] = kept


def pages(app: Flask, world: World, number: int) -> list[str]:
    """Every public address that may be kept by others, found by its answer's own words."""
    found = []
    filled = {"report_id": str(number), "number": str(number), "suffix": "json", "code": str(world.category)}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not set(rule.arguments) <= filled.keys():
            continue
        address = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda name: filled[name[1]], rule.rule)
        answer = app.test_client().get(address)  # a session would make the page its own
        answer.get_data()
        if answer.headers.get("Cache-Control", "").startswith("public"):
            found.append(address)
    return found


def test_no_header_of_a_visitor_changes_a_public_page(
    app: Flask, world: World, scene: Play, proxied: Client
) -> None:
    with app.app_context():
        number = scene.in_progress("a")
    walked = pages(app, world, number)
    assert len(walked) >= 6, walked
    for address in walked:
        body = OF_ONE_ANSWER.sub("", proxied.get(address).get_data(as_text=True))
        for headers in HOSTILE:
            answer = proxied.get(address, headers=headers)
            assert answer.status_code == 200, (address, headers)
            assert OF_ONE_ANSWER.sub("", answer.get_data(as_text=True)) == body, (address, headers)
            assert EVIL not in str(answer.headers), (address, headers)


def test_what_the_proxy_sets_is_believed_and_no_more(app: Flask) -> None:
    seen = []

    def look(environ: dict[str, object], start: object) -> list[bytes]:
        with app.request_context(environ):
            seen.append((request.remote_addr, request.scheme, request.host, request.script_root))
        start("200 OK", [])  # type: ignore[operator]
        return [b""]

    headers = {
        "X-Forwarded-For": "203.0.113.66, 203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": EVIL,
        "X-Forwarded-Prefix": f"//{EVIL}",
    }
    told = Settings(proxies=1)
    for settings in (Settings(), told, replace(told, proxy_headers=("for", "proto", "host"))):
        Client(_behind(look, settings)).get("/", headers=headers)  # type: ignore[arg-type]
    assert seen == [
        (None, "http", "localhost", ""),
        ("203.0.113.9", "https", "localhost", ""),
        ("203.0.113.9", "https", EVIL, ""),
    ]


def test_a_prefix_is_what_the_installation_names(app: Flask) -> None:
    client = Client(_behind(app.wsgi_app, Settings(prefix="/pengaduan")))
    for address in ("/tentang/", "/pengaduan/tentang/"):
        page = client.get(address, headers={"X-Forwarded-Prefix": f"//{EVIL}"})
        assert page.status_code == 200
        assert 'href="/pengaduan/publik/laporan/"' in page.get_data(as_text=True)
        assert EVIL not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "change",
    [
        {"LAPOR_PROXY_HEADERS": "for,prefix"},
        {"LAPOR_PREFIX": f"//{EVIL}"},
        {"LAPOR_PREFIX": "pengaduan"},
        {"LAPOR_PREFIX": "/pengaduan", "LAPOR_BASE_URL": "https://lapor.example.com"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(change: Mapping[str, str]) -> None:
    with pytest.raises(UnsafeSettings):
        Settings.from_environment(change)
