"""Links in mails: the first password, a forgotten one, a new e-mail. Good once, for a time, for one account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.extensions import transaction
from app.models import AccountLink, AuditEntry, OutboxMessage
from app.rules.accounts.people import LIFETIMES, LinkPurpose
from app.services.system import attempt_counts
from app.views.accounts.mailed_links import ASKED, TOO_OFTEN
from tests.support.accounts import GOOD, OTHER, change, path_in, said, try_password
from tests.support.databases import CHEAP_HASH
from tests.support.http import QueryCounter
from tests.support.mail import letters_to, text_of, with_settings
from tests.support.manage import USERS, SignIn, account_form, account_row, found_user, look, user_id
from tests.support.world import PASSWORD, World

NEW = "siti@contoh.example.com"
A1 = "a1@contoh.example.com"


def enter(app: Flask, sign_in: SignIn, world: World, **changes: object) -> int:
    assert sign_in("a").post(f"{USERS}tambah", account_form(agency=world.a1, **changes)).status_code == 303
    return found_user(app, "siti_aminah") or 0


def ask(sign_in: SignIn, name: str) -> int:
    return sign_in(None).post("/lupa-sandi/", {"username": name}).status_code


def passwords_form(password: str = GOOD, again: str | None = None) -> dict[str, str]:
    return {"password": password, "again": password if again is None else again}


def test_a_new_officer_sets_a_password_by_the_link_of_the_mail(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    key = enter(app, sign_in, world)
    (letter,) = letters_to(app, NEW)
    assert "siti_aminah" in text_of(letter)
    assert "Unit A1" in text_of(letter)
    assert "3 hari" in text_of(letter)
    assert letter["From"].addresses[0].addr_spec == "lapor@localhost"
    assert path_in(letter) in letter.get_body(("html",)).get_content()
    link, visitor = path_in(letter), sign_in(None)
    assert visitor.get(link).status_code == 200
    assert visitor.get(link).status_code == 200  # a look does not use it up
    headers = visitor.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert visitor.post(link, passwords_form("pendek")).status_code == 422
    assert visitor.post(link, passwords_form(GOOD, OTHER)).status_code == 422
    assert visitor.post(link, passwords_form("siti_aminah-1986")).status_code == 422
    assert visitor.post(link, passwords_form()).status_code == 303
    assert account_row(app, key)["must_change_password"] is False
    assert try_password(visitor, "siti_aminah", GOOD).status_code == 302
    assert visitor.get(USERS).status_code == 200
    # Once: neither the page nor the form opens again.
    assert sign_in(None).get(link).status_code == 410
    assert sign_in(None).post(link, passwords_form(OTHER)).status_code == 410
    assert try_password(sign_in(None), "siti_aminah", OTHER).status_code == 401
    assert letters_to(app, NEW) == []  # nobody is told of their own first password


def test_no_link_and_no_token_lies_in_the_database(app: Flask, sign_in: SignIn, world: World) -> None:
    enter(app, sign_in, world)
    (letter,) = letters_to(app, NEW)
    token = path_in(letter).rsplit("#", 1)[1]
    assert len(token) >= 40
    rows = look(
        app,
        lambda session: [
            str([getattr(row, column.key) for column in type(row).__mapper__.column_attrs])
            for model in (AccountLink, OutboxMessage, AuditEntry)
            for row in session.scalars(select(model))
        ],
    )
    assert rows
    assert not [row for row in rows if token in row or NEW in row]


def test_a_first_password_by_mail_must_be_changed_before_anything_else(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    kept = app.config["LAPOR"]
    app.config["LAPOR"] = with_settings(app, first_password="mail", password_method=CHEAP_HASH)
    try:
        key = enter(app, sign_in, world)
        (letter,) = letters_to(app, NEW)
    finally:
        app.config["LAPOR"] = kept
    found = re.search(r"Kata sandi pertama Anda: (\S+)", text_of(letter))
    assert found
    assert "/sandi/" not in text_of(letter)
    visitor = sign_in(None)
    assert try_password(visitor, NEW, found[1]).status_code == 302
    for page in (USERS, "/laporan/kelola/", "/akun/", "/akun/profil/", f"{USERS}{key}/"):
        answer = visitor.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/kata-sandi/"), page
    page = visitor.get("/akun/kata-sandi/")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert token
    form = {"csrf_token": token[1], "current": found[1], **passwords_form()}
    entered = visitor.client.post(f"{USERS}tambah", data={"csrf_token": token[1], **account_form()})
    assert (entered.status_code, entered.headers["Location"]) == (302, "/akun/kata-sandi/")
    same = visitor.client.post("/akun/kata-sandi/", data={**form, **passwords_form(found[1])})
    assert same.status_code == 422  # the mailed one is no new one
    assert visitor.client.post("/akun/kata-sandi/", data=form).status_code == 303
    assert visitor.get(USERS).status_code == 200


def test_a_first_password_that_went_to_a_wrong_address_opens_nothing(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    kept = app.config["LAPOR"]
    app.config["LAPOR"] = with_settings(app, first_password="mail", password_method=CHEAP_HASH)
    try:
        key = enter(app, sign_in, world, email="salah@contoh.example.com")
        (wrong,) = letters_to(app, "salah@contoh.example.com")
        form = account_form(agency=world.a1)
        assert sign_in("a").post(f"{USERS}{key}/ubah", form).status_code == 303
        lost = re.search(r"Kata sandi pertama Anda: (\S+)", text_of(wrong))
        assert lost
        assert try_password(sign_in(None), "siti_aminah", lost[1]).status_code == 401
        (letter,) = letters_to(app, NEW)
    finally:
        app.config["LAPOR"] = kept
    found = re.search(r"Kata sandi pertama Anda: (\S+)", text_of(letter))
    assert found
    assert found[1] != lost[1]
    assert try_password(sign_in(None), "siti_aminah", found[1]).status_code == 302


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown(app: Flask, sign_in: SignIn) -> None:
    change(app, "a2", active=False)
    names = (A1, "akun-a1", "akun-a2", "tidak-ada", "tidak@ada.example.com", "'; --", "a\0b")
    answers, statements = set(), set()
    for name in names:
        visitor = sign_in(None)
        token = visitor.token()
        with QueryCounter(app) as counter:
            answer = visitor.client.post("/lupa-sandi/", data={"csrf_token": token, "username": name})
        answers.add((answer.status_code, answer.headers["Location"]))
        kinds = [re.sub(r"\s+", " ", statement)[:40] for statement in counter.statements]
        statements.add((counter.count, tuple(kinds)))
        assert ASKED in said(visitor.get("/lupa-sandi/"))
    assert len(answers) == 1
    assert len(statements) == 1, statements
    assert look(app, lambda s: s.scalar(select(func.count()).select_from(OutboxMessage))) == len(names)
    assert len(letters_to(app, A1)) == 1  # the second in two minutes is one too many
    assert letters_to(app, "a2@contoh.example.com") == []


def test_the_link_for_a_forgotten_password_works_once_and_ends_sessions(app: Flask, sign_in: SignIn) -> None:
    inside = sign_in("a1")
    assert inside.get(USERS).status_code == 200
    assert ask(sign_in, "akun-a1") == 303
    (letter,) = letters_to(app, A1)
    assert try_password(sign_in(None), "akun-a1", PASSWORD).status_code == 302  # asking changes nothing
    change(app, "a1", locked_until=datetime.now(UTC) + timedelta(minutes=9))
    assert sign_in(None).post(path_in(letter), passwords_form()).status_code == 303
    assert inside.get(USERS).status_code == 302
    assert try_password(sign_in(None), "akun-a1", PASSWORD).status_code == 401
    assert try_password(sign_in(None), "akun-a1", GOOD).status_code == 302  # the lock is gone as well
    assert sign_in(None).get(path_in(letter)).status_code == 410
    (told,) = letters_to(app, A1)
    assert told["Subject"] == "Kata sandi LAPOR! Anda diubah"


@pytest.mark.parametrize(
    "what", ["time", "password", "email", "status", "sessions", "newer", "removed", "other"]
)
def test_a_link_dies_with_what_it_rests_on(app: Flask, sign_in: SignIn, what: str) -> None:
    assert ask(sign_in, A1) == 303
    (letter,) = letters_to(app, A1)
    link = path_in(letter)
    assert sign_in(None).get(link).status_code == 200
    if what == "time":
        with app.app_context(), transaction() as session:
            row = session.scalars(select(AccountLink)).one()
            assert row.expires_at - datetime.now(UTC) <= LIFETIMES[LinkPurpose.FORGOTTEN].time
            row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    elif what == "password":
        own = sign_in("a1")
        assert (
            own.send("/akun/kata-sandi/", {"current": PASSWORD, **passwords_form(OTHER)}).status_code == 303
        )
    elif what == "email":
        change(app, "a1", email="lain@contoh.example.com")
    elif what == "status":
        change(app, "a1", active=False)
    elif what == "sessions":
        change(app, "a1", session_stamp="x")
    elif what == "newer":
        with app.app_context(), transaction() as session:
            session.execute(update(AccountLink).values(created_at=datetime.now(UTC) - timedelta(minutes=3)))
        assert ask(sign_in, A1) == 303
        assert len(letters_to(app, A1)) == 1
    elif what == "removed":
        assert sign_in("a").post(f"{USERS}{user_id(app, 'a1')}/hapus").status_code == 303
    else:  # one letter more or less
        link = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert sign_in(None).get(link).status_code == 410
    assert sign_in(None).post(link, passwords_form()).status_code == 410


@pytest.mark.parametrize("off", ["status", "email", "password"])
def test_what_is_not_wanted_any_more_is_not_sent(app: Flask, sign_in: SignIn, world: World, off: str) -> None:
    key = enter(app, sign_in, world)
    with app.app_context(), transaction() as session:
        from app.models import Account

        row = session.get_one(Account, key)
        if off == "status":
            row.active = False
        elif off == "email":
            row.email = "lain@contoh.example.com"
        else:
            row.password = "x"
    assert letters_to(app, NEW) == []
    assert letters_to(app, "lain@contoh.example.com") == []


def test_a_link_of_one_kind_opens_no_other_door(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    assert (
        own.send("/akun/email/", {"email": "baru@contoh.example.com", "current": PASSWORD}).status_code == 303
    )
    (letter,) = letters_to(app, "baru@contoh.example.com")
    token = path_in(letter).rsplit("#", 1)[1]
    assert sign_in(None).get(f"/sandi/#{token}").status_code == 410
    assert sign_in(None).post(f"/sandi/#{token}", passwords_form()).status_code == 410
    assert sign_in(None).get(f"/sandi/{token}").location == "/sandi/"
    assert sign_in(None).get(f"/email/#{token}").status_code == 200


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5_000, "%F0%9F%98%80", "..%2F", "'"])
def test_a_token_that_is_none_is_answered_in_words(app: Flask, sign_in: SignIn, token: str) -> None:
    for page in (f"/sandi/{token}", f"/email/{token}"):
        assert sign_in(None).get(page).status_code in (303, 404), page
    for page in (f"/sandi/#{token}", f"/email/#{token}"):
        assert sign_in(None).get(page).status_code in (410, 422), page


def test_one_place_does_not_ask_without_end(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    for number in range(attempt_counts.FORGOTTEN_PLACE.number):
        assert visitor.post("/lupa-sandi/", {"username": f"nama{number}"}).status_code == 303
    answer = visitor.post("/lupa-sandi/", {"username": A1})
    assert answer.status_code == 429
    assert TOO_OFTEN in said(answer)
    assert letters_to(app, A1) == []


def test_one_name_gets_three_letters_an_hour_and_the_same_answer(app: Flask, sign_in: SignIn) -> None:
    for number in range(5):
        assert ask(sign_in, A1) == 303
        with app.app_context(), transaction() as session:
            session.execute(update(AccountLink).values(created_at=datetime.now(UTC) - timedelta(minutes=3)))
        assert len(letters_to(app, A1)) == (1 if number < attempt_counts.FORGOTTEN_NAME.number else 0)


def test_an_email_is_changed_by_whoever_reads_it(app: Flask, sign_in: SignIn) -> None:
    own, key = sign_in("a1"), user_id(app, "a1")
    for form, field in (
        ({"email": "baru@contoh.example.com", "current": "salah"}, "cocok"),
        ({"email": "tidak lengkap", "current": PASSWORD}, "email"),
        ({"email": A1, "current": PASSWORD}, "sudah alamat"),
    ):
        answer = own.send("/akun/email/", form)
        assert answer.status_code == 422, form
        assert field in said(answer), form
    assert (
        own.send("/akun/email/", {"email": " Baru@Contoh.example.com", "current": PASSWORD}).status_code
        == 303
    )
    assert account_row(app, key)["email"] == A1  # not yet
    (asked,) = letters_to(app, A1)  # this delivers both; the folder keeps the last run's
    assert asked["Subject"] == "Permintaan mengganti email LAPOR!"
    assert (
        own.send("/akun/email/", {"email": "baru@contoh.example.com", "current": PASSWORD}).status_code == 303
    )
    (letter,) = letters_to(app, "baru@contoh.example.com")
    assert sign_in(None).post(path_in(letter), {}).status_code == 303
    assert account_row(app, key)["email"] == "baru@contoh.example.com"
    assert sign_in(None).post(path_in(letter), {}).status_code == 410
    noted = look(app, lambda s: s.scalars(select(AuditEntry.action).where(AuditEntry.object_id == key)).all())
    assert noted == ["account.email_changed"]


def test_an_address_that_is_taken_is_told_at_that_address_alone(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    answers = []
    for address in ("b1@contoh.example.com", "tidak-ada@contoh.example.com"):
        answer = own.send("/akun/email/", {"email": address, "current": PASSWORD})
        answers.append(
            (answer.status_code, answer.headers["Location"], said(own.get("/akun/")).replace(address, "X"))
        )
    assert answers[0] == answers[1]
    assert (
        own.send("/akun/email/", {"email": "b1@contoh.example.com", "current": PASSWORD}).status_code == 303
    )
    (letter,) = letters_to(app, "b1@contoh.example.com")
    assert letter["Subject"] == "Alamat email ini sudah dipakai"
    assert "/email/" not in text_of(letter)


def test_an_address_that_was_taken_meanwhile_is_refused(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    assert (
        own.send("/akun/email/", {"email": "baru@contoh.example.com", "current": PASSWORD}).status_code == 303
    )
    (letter,) = letters_to(app, "baru@contoh.example.com")
    change(app, "b1", email="baru@contoh.example.com")
    assert sign_in(None).post(path_in(letter), {}).status_code == 422
    assert account_row(app, user_id(app, "a1"))["email"] == A1


def test_the_pages_of_links_and_accounts_want_their_token(app: Flask, sign_in: SignIn) -> None:
    """A GET asks, and a POST without the form's token does nothing."""
    assert ask(sign_in, A1) == 303
    (letter,) = letters_to(app, A1)
    key = user_id(app, "a1")
    change(app, "a1", locked_until=datetime.now(UTC) + timedelta(minutes=9))
    pages = {
        None: ["/lupa-sandi/", path_in(letter), "/login/", "/login/kode/"],
        "a": [
            "/akun/profil/", "/akun/email/", "/akun/kata-sandi/", "/akun/verifikasi-dua-langkah/",
            f"{USERS}dari-terdaftar/", f"{USERS}{key}/buka-kunci", f"{USERS}{key}/hapus",
        ],
        "pusat": ["/pengaturan/keamanan-masuk/"],
    }  # fmt: skip
    before = account_row(app, key)
    for name, addresses in pages.items():
        for address in addresses:
            person = sign_in(name)
            person.get(address)
            for token in (None, "", "forged"):
                data = {"username": "akun-a1", "role": "Pejabat Penghubung", **passwords_form()}
                answer = person.client.post(
                    address, data={**data, **({"csrf_token": token} if token else {})}
                )
                assert answer.status_code == 400, (address, token)
    assert account_row(app, key) == before
