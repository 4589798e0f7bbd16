"""Nobody becomes more than they are: roles, one's own account, other people's passwords, over HTTP."""

from __future__ import annotations

import pytest
from flask import Flask

from app.rules.accounts.roles import Role
from app.services.accounts import people
from tests.support.manage import (
    AGENCIES,
    USERS,
    SignIn,
    account_form,
    account_row,
    agency_form,
    agency_row,
    found_agency,
    found_user,
    user_id,
)
from tests.support.world import PASSWORD, World


def test_a_new_officer_can_be_entered_but_not_sign_in_yet(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    answer = a.client.post(
        f"{USERS}tambah",
        data={"csrf_token": a.token(), **account_form(agency=world.a1)},
        follow_redirects=True,
    )
    assert "Akun dibuat. Surat untuk masuk dikirim ke siti@contoh.example.com." in answer.get_data(
        as_text=True
    )
    row = account_row(app, found_user(app, "siti_aminah") or 0)
    assert row["roles"] == [Role.OFFICER.value]
    assert (row["first_name"], row["phone"], row["active"]) == ("Siti Aminah", "+6281311122233", True)
    assert row["password"] is None
    assert row["must_change_password"] is True
    assert row["created_by_fk"] == user_id(app, "a")
    for password in ("", " ", "None", "!", PASSWORD, "siti_aminah"):
        visitor = sign_in(None)
        answer = visitor.post("/login/", {"username": "siti_aminah", "password": password})
        assert answer.status_code in (401, 422), password
        assert visitor.get(USERS).status_code == 302


GRANTS = {
    "a1": {Role.OFFICER},
    "a": {Role.OFFICER, Role.COORDINATOR},
    "pusat": {Role.OFFICER, Role.COORDINATOR, Role.STATISTICIAN},
    "supervisor": {Role.STATISTICIAN},
}


@pytest.mark.parametrize("name", GRANTS)
def test_a_role_is_given_by_whom_it_may_be_given(
    app: Flask, sign_in: SignIn, world: World, name: str
) -> None:
    person = sign_in(name)
    for role in Role:
        form = account_form(
            agency=world.a1, role=role.name, username=role.name.lower(), email=f"{role.name}@x.id"
        )
        answer = person.post(f"{USERS}tambah", form)
        key = found_user(app, role.name.lower())
        if role in GRANTS[name]:
            assert answer.status_code == 303, role
            assert account_row(app, key or 0)["roles"] == [role.value]
        else:
            assert answer.status_code == 422, role
            assert key is None, role


def test_central_roles_stand_at_the_root_alone_and_others_never_there(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    pusat = sign_in("pusat")
    for role, agency, taken in (
        (Role.CENTRAL, world.root, True),
        (Role.SUPERVISOR, world.root, True),
        (Role.CENTRAL, world.a, False),
        (Role.SUPERVISOR, world.a1, False),
        (Role.OFFICER, world.root, False),
        (Role.COORDINATOR, world.root, False),
    ):
        name = f"{role.name.lower()}{agency}"
        form = account_form(role=role.name, agency=agency, username=name, email=f"{name}@x.id")
        assert pusat.post(f"{USERS}tambah", form).status_code == (303 if taken else 422), (role, agency)
        assert (found_user(app, name) is not None) is taken
    # Nor by a move: an officer does not become one of the root's by a change of agency alone.
    key = user_id(app, "a1")
    assert pusat.post(f"{USERS}{key}/ubah", account_form(agency=world.root)).status_code == 422
    assert account_row(app, key)["agency_id"] == world.a1


@pytest.mark.parametrize("name", ["a1", "a", "supervisor", "pusat"])
def test_nobody_changes_their_own_role_agency_or_status(
    app: Flask, sign_in: SignIn, world: World, name: str
) -> None:
    person, key = sign_in(name), user_id(app, name)
    before = account_row(app, key)
    page = person.get(f"{USERS}{key}/ubah").get_data(as_text=True)
    for field in ("role", "agency", "active"):
        assert f'name="{field}"' not in page
    form = account_form(
        role=Role.CENTRAL.name, roles=Role.CENTRAL.value, agency=world.root, active="0", groups="1"
    )
    assert person.post(f"{USERS}{key}/ubah", form).status_code == 303
    after = account_row(app, key)
    assert after["first_name"] == "Siti Aminah"  # the rest of the own account is theirs to change
    for field in ("roles", "agency_id", "active", "password", "must_change_password"):
        assert after[field] == before[field], field
    assert person.get(f"{USERS}{key}/hapus").status_code == 403
    assert person.post(f"{USERS}{key}/hapus").status_code == 403
    assert account_row(app, key)["active"] is True


@pytest.mark.parametrize(
    "role", ["Admin", "Public", "ADMIN", "CENTRAL,OFFICER", "1", "root", "0", "OFFICER\0"]
)
def test_a_role_that_is_none_is_refused(app: Flask, sign_in: SignIn, world: World, role: str) -> None:
    pusat, key = sign_in("pusat"), user_id(app, "a1")
    assert pusat.post(f"{USERS}{key}/ubah", account_form(role=role)).status_code == 422
    assert account_row(app, key)["roles"] == [Role.OFFICER.value]
    assert pusat.post(f"{USERS}{key}/ubah", account_form(role=Role.COORDINATOR.name)).status_code == 303
    assert account_row(app, key)["roles"] == [Role.COORDINATOR.value]


def test_a_subordinate_is_not_raised_beyond_ones_own_power(app: Flask, sign_in: SignIn, world: World) -> None:
    key = user_id(app, "a1b")
    for name, role, taken in (
        ("a1", Role.COORDINATOR, False),
        ("a1", Role.CENTRAL, False),
        ("a", Role.CENTRAL, False),
        ("a", Role.SUPERVISOR, False),
        ("a", Role.COORDINATOR, True),
    ):
        answer = sign_in(name).post(f"{USERS}{key}/ubah", account_form(role=role.name))
        assert answer.status_code == (303 if taken else 422), (name, role)
        assert account_row(app, key)["roles"] == [role.value if taken else Role.OFFICER.value]


def test_nobody_touches_an_account_whose_role_they_could_not_give(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    a, a1 = sign_in("a"), sign_in("a1")
    key = user_id(app, "a1b")
    assert a1.send(f"{USERS}{key}/ubah", account_form(username="masih_boleh")).status_code == 303
    assert a.post(f"{USERS}{key}/ubah", account_form(role=Role.COORDINATOR.name)).status_code == 303
    before = account_row(app, key)

    assert a1.get(f"{USERS}{key}/").status_code == 200  # they read it still
    assert f"{USERS}{key}/ubah" not in a1.get(USERS).get_data(as_text=True)
    for page in ("ubah", "hapus"):
        assert a1.get(f"{USERS}{key}/{page}").status_code == 403
        assert a1.post(f"{USERS}{key}/{page}", account_form(email="ambil@x.id")).status_code == 403
    assert account_row(app, key) == before

    supervisor = sign_in("supervisor")
    for name in ("a1", "a", "pusat"):  # what these may do is more than they hold
        assert supervisor.post(f"{USERS}{user_id(app, name)}/hapus").status_code == 403
        assert supervisor.get(f"{USERS}{user_id(app, name)}/ubah").status_code == 403
    assert supervisor.get(f"{USERS}{user_id(app, 'statistik')}/ubah").status_code == 200


def test_the_last_central_admin_stays(app: Flask, sign_in: SignIn, world: World) -> None:
    """Central admins are central admins' alone to take away, and nobody takes themselves away."""
    pusat, last = sign_in("pusat"), user_id(app, "pusat")
    assert pusat.post(f"{USERS}{user_id(app, 'pusat2')}/hapus").status_code == 303
    for name in ("supervisor", "pusat"):
        person = sign_in(name)
        assert person.post(f"{USERS}{last}/hapus").status_code == 403
        for change in (
            {"active": "0"},
            {"role": Role.SUPERVISOR.name},
            {"role": Role.OFFICER.name, "agency": world.a},
        ):
            form = account_form(username="akun-pusat", email="pusat@contoh.example.com", **change)
            assert person.post(f"{USERS}{last}/ubah", form).status_code in (303, 403), change
    row = account_row(app, last)
    assert (row["active"], row["roles"]) == (True, [Role.CENTRAL.value])


def test_an_account_that_is_switched_off_is_out_at_the_next_request(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    officer, key = sign_in("a1"), user_id(app, "a1")
    assert officer.get(USERS).status_code == 200
    assert "Petugas A1" in officer.get("/").get_data(as_text=True)
    off = account_form(username="akun-a1", email="a1@contoh.example.com", name="Petugas A1", active="0")
    assert sign_in("a").post(f"{USERS}{key}/ubah", off).status_code == 303
    assert officer.get(USERS).status_code == 302
    assert officer.get("/akun/").status_code == 302
    assert "Petugas A1" not in officer.get("/").get_data(as_text=True)  # a visitor like any other
    assert sign_in(None).post("/login/", {"username": "akun-a1", "password": PASSWORD}).status_code == 401
    # And back: the status is on the form of whoever may give the role.
    page = sign_in("a").get(f"{USERS}{key}/ubah").get_data(as_text=True)
    assert "Nonaktif" in page
    assert sign_in("a").post(f"{USERS}{key}/ubah", {**off, "active": "1"}).status_code == 303
    assert sign_in(None).post("/login/", {"username": "akun-a1", "password": PASSWORD}).status_code == 302
    assert officer.get(USERS).status_code == 302  # the old session stays ended


def test_no_page_shows_a_password_or_its_hash(app: Flask, sign_in: SignIn) -> None:
    key = user_id(app, "a1")
    secret = account_row(app, key)["password"]
    for name in ("pusat", "a", "a1"):
        for page in (USERS, f"{USERS}{key}/", f"{USERS}{key}/ubah", f"{USERS}tambah"):
            shown = sign_in(name).get(page).get_data(as_text=True)
            assert secret not in shown
            assert "pbkdf2" not in shown
            assert 'name="password"' not in shown
            assert 'name="groups"' not in shown


def test_an_agency_in_use_is_not_switched_off(app: Flask, sign_in: SignIn, world: World) -> None:
    a, pusat = sign_in("a"), sign_in("pusat")
    answer = a.post(f"{AGENCIES}{world.a1}/hapus")
    assert answer.status_code == 422
    assert "2 admin aktif" in answer.get_data(as_text=True)
    assert a.post(f"{AGENCIES}{world.a1}/ubah", agency_form(active="0")).status_code == 422
    assert a.post(f"{AGENCIES}{world.a}/hapus").status_code == 403  # one's own
    assert a.post(f"{AGENCIES}{world.a}/ubah", agency_form(name="Instansi A", active="0")).status_code == 303
    assert pusat.post(f"{AGENCIES}{world.a}/hapus").status_code == 422
    for key in (world.a, world.a1):
        assert agency_row(app, key)["active"] is True
    assert pusat.post(f"{AGENCIES}{world.root}/hapus").status_code == 403
    assert agency_row(app, world.root)["active"] is True
    assert a.post(f"{AGENCIES}{world.a3}/hapus").status_code == 303
    assert a.post(f"{AGENCIES}{world.a3}/hapus").status_code == 303  # a second click
    assert a.post(f"{USERS}tambah", account_form(agency=world.a3)).status_code == 422
    assert a.post(f"{AGENCIES}{world.a3}/ubah", agency_form(active="1")).status_code == 303
    assert agency_row(app, world.a3)["active"] is True


HOSTILE = {
    "nul": "a\0b",
    "long": "x" * 5_000,
    "script": "<script>alert(1)</script>",
    "format": "%(name)s {0} %s",
    "quote": "'; DROP TABLE ab_user; --",
    "blank": " \t\u00a0 ",
    "bidi": "abc\u202edef",
    "wide": "\U0001f600" * 10,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_kept_or_refused_at_their_field(
    app: Flask, sign_in: SignIn, world: World, kind: str
) -> None:
    a, text = sign_in("a"), HOSTILE[kind]
    forms = {USERS: account_form(agency=world.a1), AGENCIES: agency_form(parent=world.a1)}
    for route, field in [(route, field) for route, form in forms.items() for field in form]:
        # Names of its own for each try, so that none fails for another one's sake.
        own = {"name": f"Nama {field}", "username": f"u-{field}", "email": f"u-{field}@contoh.example.com"}
        answer = a.post(f"{route}tambah", {**forms[route], **own, field: text})
        assert answer.status_code in (303, 422), (route, field)
        shown = (answer if answer.status_code == 422 else a.get(route)).get_data(as_text=True)
        assert "<script>alert" not in shown
        if answer.status_code == 422:
            assert 'class="field__error"' in shown, (route, field)
            for word in ("Traceback", "sqlalchemy", "psycopg", "sqlite3", "SELECT ", "INSERT "):
                assert word not in shown, (route, field)
    assert found_agency(app, "Unit A1") == world.a1


def test_a_taken_name_is_said_at_its_field(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    for changes, message in (
        ({"username": "akun-b1"}, people.USERNAME_TAKEN),
        ({"username": "AKUN-B1"}, people.USERNAME_TAKEN),
        ({"email": "B1@Contoh.Example.com"}, people.EMAIL_TAKEN),
    ):
        answer = a.post(f"{USERS}tambah", account_form(**changes))
        assert answer.status_code == 422, changes
        assert message in answer.get_data(as_text=True)
    answer = a.post(f"{AGENCIES}tambah", agency_form(name="Unit A1", parent=world.a))
    assert answer.status_code == 422
    assert "Sudah ada instansi dengan nama ini" in answer.get_data(as_text=True)
    # The same name elsewhere is another office; what was typed stays on the form.
    assert a.post(f"{AGENCIES}tambah", agency_form(name="Unit A1", parent=world.a2)).status_code == 303
    kept = a.post(f"{USERS}tambah", account_form(email="tidak lengkap")).get_data(as_text=True)
    assert 'value="siti_aminah"' in kept
    assert 'value="tidak lengkap"' in kept
