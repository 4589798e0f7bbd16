"""DAFTAR and MASUK for citizens, and a forgotten password: nobody learns from a page whose address is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import Account, OneTimeCode, Reporter
from app.rules.accounts.roles import Role
from app.services.accounts.credentials import codes
from tests.support.citizen import file_form, read_code
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to, text_of, with_settings

SignIn = Callable[[str | None], Person]
MAIL = "siti@contoh.example.com"
GOOD = "delima jangkar perahu kancil"
OTHER = "merpati kunyit layar sepeda"


def join(person: Person, **typed: str):  # type: ignore[no-untyped-def]
    fields = file_form(person, url="/daftar/")
    data = {**fields, "name": "Siti", "address": MAIL, "password": GOOD, "again": GOOD, **typed}
    return person.client.post("/daftar/", data=data)


def sign_in_with(app: Flask, name: str, password: str):  # type: ignore[no-untyped-def]
    person = Person(app, None)
    fields = hidden_fields(person.get("/login/").get_data(as_text=True))
    return person, person.client.post("/login/", data={**fields, "username": name, "password": password})


def accounts(app: Flask, mail: str = MAIL) -> list[Account]:
    with app.app_context():
        return list(db.session.scalars(select(Account).where(Account.email == mail)))


def test_from_daftar_to_laporan_saya(app: Flask, sign_in: SignIn) -> None:
    person = sign_in(None)
    asked = join(person, address=f" {MAIL.upper()}")
    assert asked.status_code == 303
    assert accounts(app) == []
    done = person.send(asked.location, {"code": read_code(app, MAIL)})
    assert (done.status_code, done.location) == (303, "/laporan-saya/")
    assert "Laporan Saya" in person.get("/laporan-saya/").get_data(as_text=True)
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.email == MAIL)).one()
        assert [role.name for role in account.roles] == [Role.REPORTER.value]
        assert account.agency_id is None
        reporter = db.session.scalars(select(Reporter).where(Reporter.user_id == account.id)).one()
        assert (reporter.name, reporter.email) == ("Siti", MAIL)
        assert GOOD not in str([row.payload for row in db.session.scalars(select(OneTimeCode))])
    again, answer = sign_in_with(app, MAIL, GOOD)
    assert answer.location == "/laporan-saya/"
    assert again.get("/laporan/kelola/").status_code == 403
    # The page opened once more makes no second account.
    assert person.get(asked.location).location == "/laporan-saya/"
    assert len(accounts(app)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "wajib diisi"),
        ({"name": "x" * 65}, "Terlalu panjang"),
        ({"address": "0812-3456-7890"}, "SMS belum tersedia"),
        ({"address": ""}, "wajib diisi"),
        ({"password": "pendek", "again": "pendek"}, "terlalu pendek"),
        ({"password": "passwordpassword", "again": "passwordpassword"}, "mudah ditebak"),
        ({"again": OTHER}, "tidak sama"),
        ({"website": "x"}, "Situs web"),
        ({"opened": "x"}, "terlalu cepat"),
    ],
)
def test_what_is_refused_is_said(app: Flask, sign_in: SignIn, typed: dict[str, str], said: str) -> None:
    answer = join(sign_in(None), **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert GOOD not in page
    with app.app_context():
        assert db.session.scalars(select(OneTimeCode)).all() == []


@pytest.mark.parametrize("known", ["warga@contoh.example.com", "a@contoh.example.com"])
def test_a_known_address_is_told_by_letter_alone(app: Flask, sign_in: SignIn, known: str) -> None:
    person = sign_in(None)
    unknown, asked = join(person), join(person, address=known)
    assert asked.status_code == unknown.status_code == 303
    pages = [
        person.get(a.location).get_data(as_text=True).replace(m, "")
        for a, m in ((unknown, MAIL), (asked, known))
    ]
    assert len(pages[0]) == len(pages[1])
    (letter,) = letters_to(app, known)
    assert "sudah punya akun" in text_of(letter)
    with app.app_context():
        row = db.session.scalars(select(OneTimeCode).where(OneTimeCode.email == known)).one()
        code = codes.code_of(row, app.config["LAPOR"].key())
    assert code not in text_of(letter)
    # Not even the right code makes a second account.
    assert person.send(asked.location, {"code": code}).status_code == 422
    assert len(accounts(app, known)) == 1


def test_the_old_address_leads_to_the_one_page(app: Flask, sign_in: SignIn) -> None:
    answer = sign_in(None).get("/daftar/lupa-sandi/")
    assert (answer.status_code, answer.location) == (303, "/lupa-sandi/")


@pytest.fixture
def with_sms(app: Flask) -> Iterator[None]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = with_settings(app, sms_gateway="folder")
    yield
    app.config["LAPOR"] = before


def test_an_account_by_telephone(app: Flask, sign_in: SignIn, with_sms: None) -> None:
    person = sign_in(None)
    asked = join(person, address="0812 3456 7890")
    with app.app_context():
        row = db.session.scalars(select(OneTimeCode)).one()
        code = codes.code_of(row, app.config["LAPOR"].key())
    assert person.send(asked.location, {"code": code}).location == "/laporan-saya/"
    for typed in ("0812-3456-7890", "+62 812 3456 7890", "6281234567890"):
        assert sign_in_with(app, typed, GOOD)[1].location == "/laporan-saya/", typed
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.username == "+6281234567890")).one()
        assert account.email.endswith(".invalid")


def test_old_codes_are_swept(app: Flask, sign_in: SignIn) -> None:
    join(sign_in(None))
    with app.app_context():
        from app.jobs.schedule import tidy

        assert "forms 0" in tidy(datetime.now(UTC))
        later = datetime.now(UTC).replace(year=datetime.now(UTC).year + 1)
        tidy(later)
        assert db.session.scalars(select(OneTimeCode)).all() == []
