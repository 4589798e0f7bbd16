"""A citizen at a browser without scripts: the public form, the code that comes by mail, the secret link."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from itsdangerous import Signer
from werkzeug.test import TestResponse

from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to, text_of

WAITED = 10  # seconds that somebody typed


def opened(app: Flask, waited: int = WAITED) -> str:
    """What a form says of when it was opened."""
    signer = Signer(app.config["LAPOR"].key(), salt="form-opened")
    return signer.sign((datetime.now(UTC) - timedelta(seconds=waited)).isoformat()).decode()


def file_form(person: Person, *, waited: int = WAITED, url: str = "/lapor/") -> dict[str, str]:
    """The hidden fields of a public form that was opened `waited` seconds ago."""
    fields = hidden_fields(person.get(url).get_data(as_text=True))
    return {**fields, "opened": opened(person.app, waited)}


def send_report(person: Person, **typed: Any) -> TestResponse:
    """Fill in the public form and send it."""
    fields = file_form(person)
    given = {"text": "Lampu taman padam.", "name": "Siti", "notify": "y"} if person.name is None else {}
    data = {**fields, "text": "Lampu taman padam.", **given, **typed}
    return person.client.post("/lapor/", data=data, content_type="multipart/form-data")


def read_code(app: Flask, address: str) -> str:
    """The code of the last letter to `address`."""
    found = re.search(r"\b(\d{6})\b", text_of(letters_to(app, address)[-1]))
    assert found is not None
    return found[1]


def open_link(
    app: Flask, visitor: Person, *, address: str = "siti@contoh.example.com", **typed: Any
) -> tuple[str, int]:
    """File without an account; the token of the secret link, and the report's number."""
    page = send_report(visitor, address=address, **typed).location
    done = visitor.send(page, {"code": read_code(app, address)})
    shown = visitor.get(done.location).get_data(as_text=True)
    number, token = re.search(r"#(\d+)", shown), re.search(r"/lacak/#([\w-]{43})", shown)
    assert number is not None
    assert token is not None
    return token[1], int(number[1])
