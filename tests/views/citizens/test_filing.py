"""Filing by the public form: with an account, and with a name and an address that a code confirms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from app.extensions import db, transaction
from app.models import Attachment, OneTimeCode, OutboxMessage, Report, Reporter
from app.rules.citizens.forms import CODE_TRIES, NotifyBy
from app.services.accounts.credentials import codes
from app.services.secret_hash import hash_of
from app.services.system import attempt_counts, limits
from tests.support.citizen import file_form, open_link, read_code, send_report
from tests.support.http import Person
from tests.support.mail import letters_to, text_of, with_settings

SignIn = Callable[[str | None], Person]
MAIL = "siti@contoh.example.com"


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def reports(app: Flask) -> list[Report]:
    with app.app_context():
        return list(db.session.scalars(select(Report).order_by(Report.id)))


def test_a_visitor_files_with_a_confirmed_address(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    asked = send_report(
        visitor, text="Jalan berlubang di depan pasar. NIK 3578012304960001.", address=f" {MAIL.upper()} "
    )
    assert asked.status_code == 303
    assert reports(app) == []
    page = visitor.get(asked.location)
    shown = page.get_data(as_text=True)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Jalan berlubang" in shown
    assert "3578012304960001" not in shown
    code = read_code(app, MAIL)
    wrong = visitor.send(asked.location, {"code": str((int(code) + 1) % 10**6).zfill(6)})
    assert wrong.status_code == 422
    assert "sisa percobaan: 4" in wrong.get_data(as_text=True)
    done = visitor.send(asked.location, {"code": f" {code[:3]} {code[3:]} "})
    assert done.status_code == 303
    (report,) = reports(app)
    assert done.location == f"/lacak/{report.id}/?terkirim=1"
    page = visitor.get(done.location).get_data(as_text=True)
    (token,) = set(re.findall(r"/lacak/#([\w-]{43})<", page))
    assert report.link_hash == hash_of(token)
    assert (report.original_text[:15], report.state, report.recorder_agency_id) == (
        "Jalan berlubang",
        "unverified",
        None,
    )
    with app.app_context():
        reporter = db.session.get(Reporter, report.reporter_id)
        assert reporter is not None
        assert (reporter.name, reporter.email, reporter.phone, reporter.notify_by) == (
            "Siti",
            MAIL,
            "",
            NotifyBy.EMAIL,
        )
        assert db.session.scalars(select(OneTimeCode.payload)).one() == {}
    assert sign_in(None).get(done.location).status_code == 404
    page = sign_in(None).get(f"/lacak/#{token}")
    assert page.status_code == 200
    assert f"#{report.id}" in page.get_data(as_text=True)
    # A second click leads to the same report; so does the page opened again.
    assert visitor.get(asked.location).location == done.location
    assert len(reports(app)) == 1


def test_the_token_stands_nowhere_in_the_database(app: Flask, sign_in: SignIn) -> None:
    token, _number = open_link(app, sign_in(None))
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert token not in str(tuple(row)), table.name
        row = db.session.scalars(select(OneTimeCode)).one()
        assert codes.code_of(row, app.config["LAPOR"].key()) not in str(row.__dict__)


def test_a_code_wears_out_and_runs_out(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    page = send_report(visitor, address=MAIL).location
    code = read_code(app, MAIL)
    for _ in range(CODE_TRIES):
        assert visitor.send(page, {"code": "x"}).status_code == 422
    assert visitor.send(page, {"code": code}).status_code == 422
    assert reports(app) == []
    page = send_report(visitor, address=MAIL).location
    code = read_code(app, MAIL)
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(OneTimeCode)):
            row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert visitor.get(page).status_code == 404
    assert visitor.client.post(page, data={"csrf_token": visitor.token(), "code": code}).status_code == 404
    assert reports(app) == []


def test_a_code_is_sent_once_more_and_stays_the_same(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    page = send_report(visitor, address=MAIL).location
    code = read_code(app, MAIL)
    assert visitor.send(page, {"resend": "1"}).status_code == 303
    assert read_code(app, MAIL) == code
    for _ in range(limits.CODE_ADDRESS.number):
        answer = visitor.send(page, {"resend": "1"})
    assert answer.status_code == 429


def test_codes_ask_for_their_token_although_no_referrer_comes(app: Flask, sign_in: SignIn) -> None:
    """Browsers send none from a page behind a secret; over https that must be enough."""
    visitor = sign_in(None)
    page = send_report(visitor, address=MAIL).location
    code = read_code(app, MAIL)
    assert visitor.client.post(page, data={"code": code}).status_code == 400
    assert reports(app) == []
    app.config["WTF_CSRF_SSL_STRICT"] = True
    try:
        over_https = {"base_url": "https://localhost"}
        shown = visitor.get(page, **over_https).get_data(as_text=True)
        fields = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)[1]}  # type: ignore[index]
        done = visitor.client.post(page, data={**fields, "code": code}, **over_https)
        assert done.status_code == 303
    finally:
        app.config["WTF_CSRF_SSL_STRICT"] = False


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "wajib diisi"),
        ({"text": "x" * 3_001}, "3001"),
        ({"text": "a\0b"}, "tidak dapat disimpan"),
        ({"name": ""}, "wajib diisi"),
        ({"name": "x" * 256}, "Terlalu panjang"),
        ({"address": ""}, "wajib diisi"),
        ({"address": "bukan@alamat"}, "email yang lengkap"),
        ({"address": "0812 3456 7890"}, "SMS belum tersedia"),
        ({"address": "Siti"}, "email yang lengkap"),
        ({"category": "999999"}, "ategori"),
        ({"location": "x" * 256}, "Terlalu panjang"),
        ({"website": "http://spam.example.com"}, "Situs web"),
        ({"opened": ""}, "terlalu cepat"),
        ({"opened": "2026-01-01T00:00:00+00:00.x"}, "terlalu cepat"),
    ],
)
def test_what_is_refused_is_said_and_kept(
    app: Flask, sign_in: SignIn, typed: dict[str, str], said: str
) -> None:
    visitor = sign_in(None)
    good = {"text": "Lampu taman padam.", "name": "Siti", "address": MAIL, "location": "Jalan Melati"}
    answer = send_report(visitor, **{**good, **typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    for name in good.keys() - typed.keys():
        assert good[name] in page
    assert count(app, OneTimeCode) == 0


def test_too_quick_is_refused_and_then_taken(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    fields = file_form(visitor, waited=0)
    answer = visitor.client.post("/lapor/", data={**fields, "text": "Cepat.", "name": "S", "address": MAIL})
    assert answer.status_code == 422
    assert "Cepat." in answer.get_data(as_text=True)


def test_floods_stop(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    few = limits.AttemptLimit("filing_place", 2, timedelta(hours=1))
    monkeypatch.setattr(limits, "FILING_PLACE", few)
    visitor = sign_in(None)
    assert send_report(visitor, address="a@contoh.example.com").status_code == 303
    assert send_report(visitor, address="b@contoh.example.com").status_code == 303
    answer = send_report(visitor, text="Tulisan saya.", address="c@contoh.example.com")
    assert answer.status_code == 429
    assert "Tulisan saya." in answer.get_data(as_text=True)
    with app.app_context(), transaction() as session:
        assert attempt_counts.forget(session, datetime.now(UTC) + timedelta(days=3)) >= 1
    assert send_report(visitor, address="c@contoh.example.com").status_code == 303


@pytest.fixture
def with_sms(app: Flask) -> Iterator[None]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = with_settings(app, sms_gateway="folder")
    yield
    app.config["LAPOR"] = before


def test_a_telephone_where_sms_can_be_sent(app: Flask, sign_in: SignIn, with_sms: None) -> None:
    visitor = sign_in(None)
    assert "Email atau nomor telepon" in visitor.get("/lapor/").get_data(as_text=True)
    answer = send_report(visitor, address="0812-3456-7890")
    assert answer.status_code == 303
    with app.app_context():
        row = db.session.scalars(select(OneTimeCode)).one()
        assert (row.email, row.phone) == ("", "+6281234567890")
        message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "sms_code")).one()
        assert message.payload == {"code": row.id}
        code = codes.code_of(row, app.config["LAPOR"].key())
    assert visitor.send(answer.location, {"code": code}).status_code == 303
    assert len(reports(app)) == 1


def test_where_sms_is_not_set_up_the_page_says_so(sign_in: SignIn) -> None:
    for url in ("/", "/lapor/"):
        page = sign_in(None).get(url).get_data(as_text=True)
        assert "SMS belum tersedia" in page
        assert "Alamat email" in page


def test_a_citizen_with_an_account_files_at_once(app: Flask, sign_in: SignIn) -> None:
    citizen = sign_in("warga")
    assert 'name="address"' not in citizen.get("/").get_data(as_text=True)
    fields = file_form(citizen)
    data = {**fields, "text": "Pohon tumbang.", "is_secret": "y", "province": "35", "regency": "35.78"}
    answer = citizen.client.post("/lapor/", data=data)
    again = citizen.client.post("/lapor/", data=data)
    (report,) = reports(app)
    assert answer.location == again.location == f"/laporan-saya/{report.id}/?terkirim=1"
    assert (report.is_secret, report.is_anonymous, report.area_code, report.link_hash) == (
        True,
        False,
        "35.78",
        None,
    )
    assert citizen.get(answer.location).status_code == 200


def test_an_officer_files_as_a_citizen_and_is_told_so(app: Flask, sign_in: SignIn) -> None:
    officer = sign_in("a")
    assert "Ketik laporan" not in officer.get("/").get_data(as_text=True)
    assert "Anda melapor sebagai warga" in officer.get("/lapor/").get_data(as_text=True)
    assert "Anda melapor sebagai warga" not in sign_in("warga").get("/lapor/").get_data(as_text=True)
    assert officer.post("/lapor/", {"text": "x"}).status_code == 422  # too quick for a person
    assert reports(app) == []


def photo(with_place: bool = True) -> io.BytesIO:
    out = io.BytesIO()
    picture = Image.new("RGB", (30, 20), "red")
    exif = picture.getexif()
    exif[0x010E] = "rumah saya"
    picture.save(out, "JPEG", exif=exif)
    return io.BytesIO(out.getvalue())


def test_files_come_along_and_a_refusal_says_that_they_are_chosen_again(app: Flask, sign_in: SignIn) -> None:
    """Nothing of a visitor is stored before all else is in order (tests/attacks/test_12_kept_files.py)."""
    visitor = sign_in(None)
    chosen = [(photo(), "foto.jpg"), (photo(), "foto.jpg")]
    refused = send_report(visitor, text="", address=MAIL, files=chosen)
    page = refused.get_data(as_text=True)
    assert "Pilih lagi lampiran Anda" in page
    assert count(app, Attachment) == 0
    answer = send_report(visitor, address=MAIL, files=[(photo(), "foto.jpg"), (photo(), "foto.jpg")])
    assert answer.status_code == 303
    assert visitor.send(answer.location, {"code": read_code(app, MAIL)}).status_code == 303
    with app.app_context():
        files = list(db.session.scalars(select(Attachment)))
        assert {(f.state, f.original_name) for f in files} == {("ready", "foto.jpg")}
        (number,) = {f.report_id for f in files}
        assert number is not None
        token = db.session.get(Report, number)
        assert token is not None
    bad = send_report(visitor, address=MAIL, text="Isi.", files=[(io.BytesIO(b"<html>"), "x.jpg")])
    assert bad.status_code == 422
    assert "Isi." in bad.get_data(as_text=True)


def test_a_visitor_cannot_take_a_file_of_an_account(app: Flask, sign_in: SignIn) -> None:
    citizen = sign_in("warga")
    page = send_report(citizen, text="", files=[(photo(), "foto.jpg")]).get_data(as_text=True)
    (kept,) = re.findall(r'name="files_kept" value="(\w+)"', page)
    shown = send_report(sign_in(None), text="", address=MAIL, files_kept=[kept]).get_data(as_text=True)
    assert kept not in shown


def test_regions_are_chosen_without_a_script(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    fields = file_form(visitor)
    page = visitor.client.post(
        "/lapor/", data={**fields, "text": "Isi.", "province": "35", "reload": "1"}
    ).get_data(as_text=True)
    assert '<option value="35.78">' in page
    assert "Isi." in page
    assert count(app, OneTimeCode) == 0
    listed = visitor.get("/publik/wilayah?induk=35.78")
    assert "Cache-Control" in listed.headers
    assert {"code", "name"} == set(listed.json[0])


def test_letters_carry_the_code_alone(app: Flask, sign_in: SignIn) -> None:
    send_report(sign_in(None), text="Rahasia sekali.", name="Siti Aminah", address=MAIL)
    (letter,) = letters_to(app, MAIL)
    said = text_of(letter)
    assert "Rahasia sekali" not in said
    assert re.search(r"\b\d{6}\b", said)
