"""Where pages lead back to stays on the site, whatever is asked for; what a log says of an error names nobody."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from app import incidents
from app.extensions import db
from app.rules.local_paths import PATH_MAX, local_path, path_of
from tests.support.http import Person
from tests.support.world import World

SignIn = Callable[[str | None], Person]
ROOT = Path(__file__).parents[2] / "app"
EVIL = "evil.example"
NIK = "3578012304960001"
LEADERS = ("next", "back", "kembali", "redirect", "url", "return_to")
HOSTILE = [
    *(f"{lead}{EVIL}" for lead in (
        "//", "///", "////", "/\\", "\\\\", "\\/", "/\\/", "http://", "https://", "HTTPS://", "http:", "https:",
        "http:/", "ftp://", "javascript://", "data:text/html,", "javascript:alert(1)//", "//user@", "/./\\",
        "/.//", "/..//", "/%2f/", "/%2F%2F", "/%5c", "/%5C%5C", "/%252f/", "/%255c", "%2f%2f", "%5c%5c",
        "/\uff0f", "\uff0f\uff0f", "/\uff3c", "/\u2044", "/\u2215", "/\u29f5", "/\u3000/", "/\u2028/", "/\u2029/",
        "/\u00a0/", "/\u200b/", "/\u202e/", "/\ufeff/", "/;//", "?//", "#//", ".", "@", ":", "///\\", "/ /", " //",
    )),
    *(f"/{chr(code)}//{EVIL}" for code in (*range(33 - 1), 0x7F, 0x85)),
    *(f"/%{code:02X}//{EVIL}" for code in (0, 9, 10, 13, 27, 32, 127)),
    f"/\r\nLocation: https://{EVIL}", "/%0d%0aSet-Cookie: x=1", "/\ud800", "/x" * PATH_MAX, "/[", "//[", "http://[::1",
    f"/\n//{EVIL}", f"/laporan/\r\n\r\n<script>//{EVIL}", "", " ", "\0", "/\0", "[]", "null", f"['//{EVIL}']",
]  # fmt: skip


def stays(location: str | None) -> bool:
    """Whether a browser that follows this stays on the site."""
    if location is None:
        return True
    parts = urlsplit(location)
    plain = all(ord(char) >= 32 for char in location)
    return plain and not parts.netloc and not parts.scheme and not location.startswith(("//", "/\\", "\\"))


def test_there_are_a_hundred_of_them() -> None:
    assert len(HOSTILE) >= 100


@pytest.mark.parametrize(
    "path", ["/", "/laporan/selesai/?jenis=a&cakupan=bawahan", "/a?next=https%3A%2F%2Fx", "/é"]
)
def test_a_path_of_ours_is_taken(path: str) -> None:
    assert local_path(path) == path
    assert path_of(f"https://lapor.example{path}", "lapor.example") == path


@pytest.mark.parametrize("wanted", [*HOSTILE, None, ["/"], 7])
def test_no_other_is(wanted: object) -> None:
    assert stays(local_path(wanted))
    assert EVIL not in local_path(wanted) or local_path(wanted).startswith(("/;", "/."))
    assert path_of(wanted, EVIL) == "" or stays(path_of(wanted, EVIL))


def test_hostile_ways_back_lead_nowhere(app: Flask, world: World, sign_in: SignIn) -> None:
    visitor, officer = sign_in(None), sign_in("a")
    for wanted in HOSTILE:
        typed = quote(wanted, safe="", errors="surrogatepass")
        for person, address in ((visitor, "/bahasa/en"), (officer, "/login/"), (visitor, "/login/kode/")):
            for query in (f"?next={typed}", f"?next={typed}&next[]={typed}"):
                answer = person.get(f"{address}{query}")
                assert answer.status_code < 400, (address, wanted)
                assert stays(answer.headers.get("Location")), (address, wanted)
                assert "Set-Cookie: x=1" not in str(answer.headers)
        page = visitor.get(f"/login/?next={typed}")
        assert page.status_code == 200, wanted
    dead = visitor.client.get("/bahasa/en?next=%2F%0A%2F%2Fevil")
    assert dead.location == "/"


def test_no_address_of_the_map_is_led_astray(app: Flask, world: World, sign_in: SignIn) -> None:
    """Every page that is opened without a key, with each name that a way back could have."""
    addresses = sorted(
        {
            rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and not rule.arguments
        }
    )
    officer = sign_in("pusat")
    for wanted in (f"//{EVIL}", f"/\n//{EVIL}", f"https://{EVIL}"):
        query = "&".join(f"{name}={quote(wanted, safe='')}" for name in LEADERS)
        for address in addresses:
            answer = officer.get(f"{address}?{query}", headers={"Referer": f"http://[{EVIL}//"})
            answer.get_data()
            assert answer.status_code < 500, address
            assert stays(answer.headers.get("Location")), address


def test_every_way_back_goes_through_the_one_function() -> None:
    """By the source: what a request names is redirected to by local_path() or path_of() alone."""
    outside = re.compile(r"request\.(?:args|form|values|referrer|headers|cookies)|\.data\b")
    named = re.compile(
        rf"request\.(?:args|form|values)(?:\.get\(|\[)'(?:{'|'.join(LEADERS)})'|request\.referrer"
    )
    wrong = []
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        safe = {
            id(inner)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("local_path", "path_of")
            for inner in ast.walk(call)
        }
        for node in ast.walk(tree):
            if id(node) in safe or not isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
                continue
            said = ast.unparse(node)
            leads = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "redirect"
            leads = leads and not said.startswith("redirect(url_for(")
            if (leads and outside.search(said) and "local_path(" not in said) or named.fullmatch(
                said.rstrip(")")
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {said}")
    assert wrong == [], "lead there by app.rules.local_paths"


def broken_by(app: Flask, monkeypatch: pytest.MonkeyPatch, error: Callable[[], object]) -> None:
    monkeypatch.setitem(app.view_functions, "FrontPage.about", error)


def database_error() -> None:
    db.session.execute(
        text("INSERT INTO area (code, name) VALUES (:code, :name)"), {"code": None, "name": NIK}
    )


def value_error() -> None:
    raise ValueError(f"cannot read {NIK}") from KeyError(NIK)


@pytest.mark.parametrize("error", [value_error, database_error])
def test_an_error_is_found_by_its_code_and_tells_nothing(
    app: Flask,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Callable[[], object],
) -> None:
    broken_by(app, monkeypatch, error)
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get(
            f"/tentang/?q={NIK}", headers={"X-Request-Id": f"id-of-the-visitor-{NIK}"}
        )
    page, code = answer.get_data(as_text=True), answer.headers["X-Request-Id"]
    assert answer.status_code == 500
    assert re.fullmatch(r"[0-9a-f]{12}", code)
    assert "Kode kejadian:" in page
    assert f"<code>{code}</code>" in page
    assert code in caplog.text
    assert error.__name__ in caplog.text  # the frame where it happened
    assert "Error" in caplog.text
    for kept in (NIK, "DETAIL", "?q=", "cannot read"):
        assert kept not in caplog.text, kept


def test_every_answer_has_a_name_and_a_proxys_is_believed_where_it_is_said_to_give_one(app: Flask) -> None:
    from dataclasses import replace

    client, given = app.test_client(), {"X-Request-Id": "0123456789abcdef0123456789abcdef"}
    assert client.get("/tentang/", headers=given).headers["X-Request-Id"] != given["X-Request-Id"]
    kept = app.config["LAPOR"]
    try:
        app.config["LAPOR"] = replace(kept, proxies=1, proxy_headers=("for", "request-id"))
        assert client.get("/tentang/", headers=given).headers["X-Request-Id"] == given["X-Request-Id"]
        for strange in ("short", "x" * 65, "with blank in it", "<b>12345678"):
            told = client.get("/tentang/", headers={"X-Request-Id": strange}).headers["X-Request-Id"]
            assert told != strange
    finally:
        app.config["LAPOR"] = kept


@pytest.mark.parametrize("logger", ["huey", "waitress", "gunicorn.error", "app.jobs.delivering"])
def test_no_library_writes_a_message_of_an_error(caplog: pytest.LogCaptureFixture, logger: str) -> None:
    incidents.install()
    log = logging.getLogger(logger)
    with caplog.at_level(logging.ERROR):
        try:
            value_error()
        except ValueError as error:
            log.exception("Unhandled exception in task %s", "kirim_surat")
            log.error("failed: %s", error)  # noqa: TRY400 - an error as an argument
    assert NIK not in caplog.text
    assert "which came of:" in caplog.text
    assert "value_error" in caplog.text
    assert "failed: ValueError" in caplog.text


def test_servers_write_addresses_without_tokens(caplog: pytest.LogCaptureFixture) -> None:
    incidents.install()
    with caplog.at_level(logging.ERROR):
        logging.getLogger("waitress").error(
            "Exception while serving %s", f"/lacak/{'Aa0_-' * 9}/?api_key=rahasia"
        )
    assert "/lacak/…/" in caplog.text
    assert "Aa0_-" not in caplog.text
    assert "rahasia" not in caplog.text
