"""TAMBAH ADMIN > Dari Pengguna Terdaftar, HAPUS, and what a manager does about somebody's way in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import transaction
from app.models import AccountLink, Tries
from app.models.accounts.security import FabRole
from app.rules.accounts.roles import Role
from app.services.system import attempt_counts
from tests.support.accounts import change, path_in, said, try_password
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.manage import USERS, SignIn, account_form, account_row, found_user, user_id
from tests.support.world import PASSWORD, World

PAGE = f"{USERS}dari-terdaftar/"
FOUND = 'name="chosen"'


def search(person: Person, typed: str) -> TestResponse:
    return person.post(PAGE, {"q": typed, "do": "search"})


def test_a_citizen_is_found_and_asked_and_says_yes(app: Flask, sign_in: SignIn, world: World) -> None:
    a, key, citizen = sign_in("a"), user_id(app, "warga"), sign_in("warga")
    assert citizen.get(USERS).status_code == 403
    assert PAGE in a.get(f"{USERS}tambah").get_data(as_text=True)
    page = search(a, "warga@contoh.example.com")
    assert page.status_code == 200
    assert page.get_data(as_text=True).count(FOUND) == 1
    assert "w•••@c•••.com" in said(page)
    form = {
        "q": "warga@contoh.example.com",
        "do": "promote",
        "chosen": key,
        "agency": world.a1,
        "role": "OFFICER",
    }
    before = account_row(app, key)
    assert a.post(PAGE, form).status_code == 303
    assert account_row(app, key) == before  # nothing yet: it is theirs to say yes
    assert citizen.get(USERS).status_code == 403
    (letter,) = letters_to(app, "warga@contoh.example.com")
    assert letter["Subject"] == "Undangan menjadi admin LAPOR!"
    assert "Unit A1" in text_of(letter)
    assert Role.OFFICER.value in text_of(letter)
    page = path_in(letter)
    assert "Unit A1" in said(citizen.get(page))
    assert Role.OFFICER.value in said(citizen.get(page))
    assert citizen.post(page, {"answer": "yes"}).status_code == 303
    row = account_row(app, key)
    assert (row["agency_id"], row["roles"]) == (world.a1, [Role.OFFICER.value])
    assert citizen.get(USERS).status_code == 200  # in the session in which they said so
    assert citizen.post(page, {"answer": "yes"}).status_code == 410  # once
    # A second click finds no citizen any more.
    again = a.post(PAGE, form)
    assert again.status_code == 422
    assert "Pilih satu pengguna" in said(again)


def test_nobody_else_is_made_an_admin(app: Flask, sign_in: SignIn, world: World) -> None:
    a, key = sign_in("a"), user_id(app, "warga")
    form = {
        "q": "warga@contoh.example.com",
        "do": "promote",
        "chosen": key,
        "agency": world.a1,
        "role": "OFFICER",
    }
    for changes in (
        {"chosen": user_id(app, "b1")},
        {"chosen": user_id(app, "a2")},
        {"chosen": user_id(app, "pusat")},
        {"chosen": ""},
        {"chosen": "1' OR 1"},
        {"chosen": 987_654_321_987},
        {"q": "warga2@contoh.example.com"},  # who was not looked for is not reached by a key
        {"q": "Warga"},
        {"q": ""},
        {"agency": world.b1},
        {"agency": world.root},
        {"agency": "x"},
        {"role": "CENTRAL"},
        {"role": "SUPERVISOR"},
        {"role": "ADMIN"},
    ):
        before = {name: account_row(app, user_id(app, name)) for name in ("warga", "b1", "a2", "pusat")}
        answer = a.post(PAGE, {**form, **changes})
        if changes == {"agency": "x"}:  # no agency: one's own, as for a new account
            assert answer.status_code == 303
            with app.app_context(), transaction() as session:
                assert session.query(AccountLink).one().agency_id == world.a
            continue
        assert answer.status_code == 422, changes
        assert {name: account_row(app, user_id(app, name)) for name in before} == before, changes
        with app.app_context(), transaction() as session:
            session.query(Tries).delete()


def test_a_search_is_short_of_nothing_but_three_letters_and_a_limit(app: Flask, sign_in: SignIn) -> None:
    a1 = sign_in("a1")
    for typed in ("", "wa", "  w  "):
        answer = search(a1, typed)
        assert answer.status_code == 422
        assert "paling sedikit 3 karakter" in said(answer)
    for typed in ("<script>", "a\0bc", "%%%", "'; --", "x" * 255):
        answer = search(a1, typed)
        assert answer.status_code == 200, typed
        assert FOUND not in answer.get_data(as_text=True)
        assert "<script>" not in answer.get_data(as_text=True).split("<main", 1)[1]
    for _ in range(attempt_counts.CITIZEN_SEARCH.number - 8):
        assert search(a1, "Warga").status_code == 200
    answer = search(a1, "Warga")
    assert answer.status_code == 422
    assert "Terlalu banyak pencarian" in said(answer)
    assert FOUND not in answer.get_data(as_text=True)
    assert search(sign_in("a"), "Warga").status_code == 200  # nobody else is held up
    assert a1.get(f"{PAGE}?q=Warga&do=search").get_data(as_text=True).count(FOUND) == 0  # no address tells


def test_a_new_admin_is_for_the_agency_that_the_address_names(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    a = sign_in("a")
    for page in (f"{USERS}tambah", PAGE):
        for asked, chosen in ((world.a2, world.a2), (world.b1, None), ("x", world.a), ("", world.a)):
            shown = a.get(f"{page}?instansi={asked}").get_data(as_text=True)
            if page == PAGE:
                shown = a.post(
                    f"{page}?instansi={asked}", {"q": "warga@contoh.example.com", "do": "search"}
                ).get_data(as_text=True)
            assert "Unit B1" not in shown
            assert (f'value="{chosen}" selected' in shown) is (chosen is not None), (page, asked)


def test_a_removed_admin_is_out_at_once_and_out_of_the_list(app: Flask, sign_in: SignIn) -> None:
    officer, a, key = sign_in("a1"), sign_in("a"), user_id(app, "a1")
    page = f"{USERS}{key}/hapus"
    assert "Petugas A1" in said(a.get(page))
    assert officer.get(USERS).status_code == 200
    assert a.post(page).status_code == 303
    assert officer.get(USERS).status_code == 302
    assert "Petugas A1 dihapus dari daftar admin." in said(a.get(USERS))
    assert "Petugas A1 " not in said(a.get(USERS))
    assert try_password(sign_in(None), "akun-a1", PASSWORD).status_code == 401
    for address in (page, f"{USERS}{key}/", f"{USERS}{key}/ubah"):
        assert a.get(address).status_code == 404
        assert sign_in("pusat").get(address).status_code == 404
    back = account_form(username="akun-a1", email="a1@contoh.example.com")
    assert a.post(f"{USERS}tambah", back).status_code == 303
    assert found_user(app, "akun-a1") != key


def test_a_statistician_is_entered_at_the_root_by_the_form(app: Flask, sign_in: SignIn, world: World) -> None:
    pusat = sign_in("pusat")
    form = account_form(agency=world.root, role="STATISTICIAN")
    assert pusat.post(f"{USERS}tambah", form).status_code == 303
    row = account_row(app, found_user(app, "siti_aminah") or 0)
    assert (row["roles"], row["agency_id"]) == ([Role.STATISTICIAN.value], world.root)


def test_a_role_that_central_admins_made_is_on_their_form_alone(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context(), transaction() as session:
        session.add(FabRole(name="OFFICER"))  # a name that is a code of ours
    key = user_id(app, "a1")
    assert "=OFFICER" not in sign_in("a").get(f"{USERS}tambah").get_data(as_text=True)
    page = sign_in("pusat").get(f"{USERS}{key}/ubah").get_data(as_text=True)
    assert 'value="OFFICER" selected' in page
    form = account_form(username="akun-a1", email="a1@contoh.example.com", role="=OFFICER")
    assert sign_in("a").post(f"{USERS}{key}/ubah", form).status_code == 422
    assert sign_in("pusat").post(f"{USERS}{key}/ubah", form).status_code == 303
    assert account_row(app, key)["roles"] == ["OFFICER"]
    page = sign_in("pusat").get(f"{USERS}{key}/ubah").get_data(as_text=True)
    assert 'value="=OFFICER" selected' in page
    assert sign_in("pusat").post(f"{USERS}{key}/ubah", {**form, "role": "OFFICER"}).status_code == 303
    assert account_row(app, key)["roles"] == [Role.OFFICER.value]


def test_a_lock_is_lifted_by_whoever_manages_the_account(app: Flask, sign_in: SignIn) -> None:
    key = user_id(app, "a1")
    page = f"{USERS}{key}/buka-kunci"
    a = sign_in("a")
    assert a.get(page).status_code == 403
    change(app, "a1", locked_until=datetime.now(UTC) + timedelta(minutes=9))
    assert try_password(sign_in(None), "akun-a1", PASSWORD).status_code == 401
    assert page in a.get(f"{USERS}{key}/").get_data(as_text=True)
    assert "Terkunci sampai" in said(a.get(f"{USERS}{key}/"))
    assert sign_in("b").post(page).status_code == 404
    assert a.post(page).status_code == 303
    assert try_password(sign_in(None), "akun-a1", PASSWORD).status_code == 302


def test_the_first_mail_is_sent_again(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    assert a.post(f"{USERS}tambah", account_form(agency=world.a1)).status_code == 303
    key = found_user(app, "siti_aminah")
    page = f"{USERS}{key}/kirim-ulang"
    assert len(letters_to(app, "siti@contoh.example.com")) == 1
    assert page in a.get(f"{USERS}{key}/").get_data(as_text=True)
    assert a.post(page).status_code == 303
    assert len(letters_to(app, "siti@contoh.example.com")) == 1
    assert sign_in("b").post(page).status_code == 404
    assert a.post(f"{USERS}{user_id(app, 'a2')}/kirim-ulang").status_code == 403
