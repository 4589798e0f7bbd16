"""Large forms are refused before they are read apart; slow connections keep nobody else waiting."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.views.web.bodies import FIELDS_MAX, TAKES_FILES, TEXTS_MAX, URLENCODED
from tests.support.http import Person
from tests.support.world import World
from tests.test_production import fetch, free_port, running, wait_for

SignIn = Callable[[str | None], Person]
VIEWS = Path(__file__).parents[2] / "app" / "views"
EIGHT = 8 * 1024 * 1024
SLOW = 110


def test_no_address_reads_a_large_form_apart(app: Flask, world: World, sign_in: SignIn) -> None:
    person, body = sign_in(None), b"text=" + b"x" * EIGHT
    addresses = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.arguments
    ]
    assert len(addresses) > 20
    for address in addresses:
        began = time.process_time()
        answer = person.client.post(address, data=body, content_type=URLENCODED)
        assert answer.status_code == 413, address
        assert time.process_time() - began < 0.5, address


@pytest.mark.parametrize("body", [b"a&" * FIELDS_MAX, b"a=1&" * FIELDS_MAX, b"x" * (TEXTS_MAX + 1)])
def test_forms_of_many_fields_are_refused_in_words(app: Flask, sign_in: SignIn, body: bytes) -> None:
    answer = sign_in(None).client.post("/lapor/", data=body, content_type=URLENCODED)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 413
    assert "Kiriman terlalu besar" in page
    assert "tulisan Anda masih ada di sana" in page


def test_files_are_taken_where_they_are_asked_for_alone(app: Flask, sign_in: SignIn) -> None:
    from io import BytesIO

    large = {"files": (BytesIO(b"x" * (TEXTS_MAX + 1)), "foto.jpg")}
    assert sign_in(None).client.post("/login/", data=large).status_code == 413
    large = {"files": (BytesIO(b"x" * (TEXTS_MAX + 1)), "foto.jpg")}
    assert sign_in(None).client.post("/lapor/", data=large).status_code != 413
    answer = sign_in(None).client.post(
        "/api/v1/reports", data=b" " * (TEXTS_MAX + 1), content_type="application/json"
    )
    assert answer.status_code == 413


def test_every_view_with_a_field_for_files_is_in_the_table(app: Flask) -> None:
    """By the source: a module of views that takes files has an address in TAKES_FILES."""
    takers = {app.view_functions[endpoint].__module__.rpartition(".")[2] for endpoint in TAKES_FILES}
    assert app.view_functions.keys() >= TAKES_FILES
    through = {"own_report": {"own_reports", "secret_link"}, "move_form": set(), "upload_fields": set()}
    through["browsing"] = set()  # counts the files of a form that came too late, and takes none
    wrong = []
    for path in VIEWS.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "= FilesField(" in source or "request.files" in source or "= FileField(" in source:
            wanted = through.get(path.stem, {path.stem})
            wrong += [path.stem] if not wanted <= takers else []
    assert wrong == [], "say in app/views/web/bodies.py which of its addresses take files"


def test_slow_connections_keep_nobody_else_waiting(tmp_path: Path) -> None:
    port = free_port()
    env = {"LAPOR_INSTANCE": str(tmp_path / "instance"), "PORT": str(port), "LAPOR_DEMO": "0"}
    slow: list[socket.socket] = []
    with running(sys.executable, "run.py", env=env, log=tmp_path / "web.log") as process:
        wait_for(port, process, seconds=120)
        try:
            for _ in range(SLOW):
                each = socket.create_connection(("127.0.0.1", port), timeout=10)
                each.sendall(
                    b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\nX-Slow: "
                )
                slow.append(each)
            began = time.monotonic()
            assert fetch(port, "/tentang/")[0] == 200
            assert time.monotonic() - began < 10
        finally:
            for each in slow:
                each.close()
