"""What tests of Manajemen Pengguna and Manajemen Instansi send, and what they find afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.extensions import db
from app.models import Account, Agency
from tests.support.http import Person

SignIn = Callable[[str | None], Person]
AGENCIES, USERS = "/pengaturan/instansi/", "/pengaturan/pengguna/"


def account_form(**changes: Any) -> dict[str, Any]:
    """A new officer as the form sends it."""
    return {
        "name": "Siti Aminah",
        "username": "siti_aminah",
        "email": "siti@contoh.example.com",
        "phone": "081311122233",
        "gender": "female",
        "birth_date": "1986-12-18",
        "active": "1",
        **changes,
    }


def agency_form(**changes: Any) -> dict[str, Any]:
    """A new agency as the form sends it."""
    return {
        "name": "Unit Baru",
        "alias": "UB",
        "email": "unit@contoh.example.com",
        "website": "https://unit.example.com",
        "phone": "(061) 6613317, 6624132",
        "address": "Jl. Contoh No. 1",
        "zone": "Asia/Makassar",
        **changes,
    }


def look(app: Flask, what: Callable[[Session], Any]) -> Any:
    """What the database holds now."""
    with app.app_context():
        return what(db.session())


def account_row(app: Flask, key: int) -> dict[str, Any]:
    """Every column of an account and the names of its roles, to compare before and after."""

    def read(session: Session) -> dict[str, Any]:
        row = session.get_one(Account, key)
        columns = {column.key: getattr(row, column.key) for column in Account.__mapper__.column_attrs}
        return {**columns, "roles": sorted(role.name for role in row.roles)}

    return dict(look(app, read))


def agency_row(app: Flask, key: int) -> dict[str, Any]:
    def read(session: Session) -> dict[str, Any]:
        row = session.get_one(Agency, key)
        return {column.key: getattr(row, column.key) for column in Agency.__mapper__.column_attrs}

    return dict(look(app, read))


def user_id(app: Flask, name: str) -> int:
    """The key of the account of that short name."""
    return int(
        look(
            app, lambda session: session.scalar(select(Account.id).where(Account.username == f"akun-{name}"))
        )
    )


def found_user(app: Flask, username: str) -> int | None:
    found = look(app, lambda session: session.scalar(select(Account.id).where(Account.username == username)))
    return None if found is None else int(found)


def found_agency(app: Flask, name: str) -> int | None:
    found = look(app, lambda session: session.scalar(select(Agency.id).where(Agency.name == name)))
    return None if found is None else int(found)


def cells(page: str) -> list[list[str]]:
    """The cells of the list's rows."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            unescape(re.sub(r"<[^>]*>", "", cell)).strip()
            for cell in re.findall(r"<td data-label[^>]*>(.*?)</td>", row)
        ]
        for row in body.split("</tr>")
        if "<td" in row
    ]


class Writes:
    """Collects the statements that change something, within its `with` block."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.found: list[str] = []

    def _note(self, _c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.found.append(statement)

    def __enter__(self) -> Writes:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
