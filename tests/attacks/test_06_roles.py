"""Nobody gives a power that they do not hold themselves: each role to each role, by service and by page.

And whoever holds a central power signs in with a second step where the installation demands it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from flask import Flask
from flask.ctx import AppContext
from flask_appbuilder.security.sqla.models import Permission as FabPermission
from flask_appbuilder.security.sqla.models import PermissionView, ViewMenu
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.accounts.roles import powers
from app.access.actor import Actor
from app.extensions import transaction
from app.models import Account, Agency, RoleDemand
from app.models.accounts.security import FabRole, permission_names
from app.rules.accounts.people import fits
from app.rules.accounts.roles import (
    ASKED,
    CITIZENS,
    GRANTS,
    ROLE_MATRIX,
    SECOND_STEP_BY_DEFAULT,
    Permission,
    Resource,
    Role,
    Verb,
    may_give,
)
from app.rules.channels import api
from app.rules.channels.api import ClientKind, Scope
from app.rules.errors import Invalid, LaporError
from app.services.accounts import granting, people, promoting, role_editing, second_step
from app.services.accounts.roles import sync_security
from app.services.channels import api_clients
from app.services.channels.api_clients import ClientFacts
from config import Settings
from tests.support.accounts import GOOD, said, try_password, with_authenticator
from tests.support.http import Person
from tests.support.manage import USERS, SignIn, account_form, account_row, found_user, user_id
from tests.support.world import PASSWORD, World

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)
WRITE_USERS = (Resource.USERS, Verb.WRITE)
CUBE = tuple(product(Role, Role))
# One account of the world for each role.
HOLDERS = {
    Role.OFFICER: "a1",
    Role.COORDINATOR: "a",
    Role.CENTRAL: "pusat",
    Role.SUPERVISOR: "supervisor",
    Role.STATISTICIAN: "statistik",
    Role.REPORTER: "warga",
}


def own_powers(pairs: Iterable[Permission]) -> frozenset[Permission]:
    """What stands over others: one's own account and reports everybody has."""
    return frozenset(pair for pair in pairs if pair[0] not in CITIZENS)


def set_ticks(session: Session, name: str, wanted: Iterable[Permission]) -> FabRole:
    """A role of that name with exactly these ticks, as the database may hold them."""
    rows = session.execute(
        select(PermissionView, ViewMenu.name, FabPermission.name)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(FabPermission, FabPermission.id == PermissionView.permission_id)
    )
    names = {permission_names(pair)[::-1] for pair in wanted}
    role = session.scalar(select(FabRole).where(FabRole.name == name)) or FabRole(name=name)
    role.permissions = [pair for pair, menu, verb in rows if (menu, verb) in names]
    session.add(role)
    session.flush()
    return role


@pytest.mark.parametrize(("giver", "given"), CUBE)
def test_the_table_gives_no_more_than_the_giver_holds(giver: Role, given: Role) -> None:
    if given in GRANTS[giver]:
        assert may_give(ROLE_MATRIX[giver], ROLE_MATRIX[given])
    held = ROLE_MATRIX[giver]
    assert may_give(held, ROLE_MATRIX[given]) == (own_powers(ROLE_MATRIX[given]) <= own_powers(held))


def test_a_supervisor_makes_no_central_admin(app: Flask, sign_in: SignIn, world: World) -> None:
    form = account_form(role=Role.CENTRAL.name, agency=world.root)
    answer = sign_in("supervisor").post(f"{USERS}tambah", form)
    assert answer.status_code == 422
    assert "Pilih peran yang boleh Anda berikan." in said(answer)
    assert found_user(app, form["username"]) is None


@pytest.mark.parametrize("giver", Role)
def test_each_role_gives_by_the_pages_what_it_holds(
    app: Flask, sign_in: SignIn, world: World, giver: Role
) -> None:
    """TAMBAH, UBAH and Dari Pengguna Terdaftar, in the root and below it."""
    person = sign_in(HOLDERS[giver])
    for given, agency in product(Role, (world.root, world.a1)):
        name = f"{given.name.lower()}{agency}"
        form = account_form(role=given.name, agency=agency, username=name, email=f"{name}@x.id")
        answer = person.post(f"{USERS}tambah", form)
        made = found_user(app, name)
        assert (made is not None) == (answer.status_code == 303), (given, agency)
        if made is not None:
            roles = account_row(app, made)["roles"]
            assert roles == [given.value]
            assert given in GRANTS[giver]
            assert own_powers(ROLE_MATRIX[given]) <= own_powers(ROLE_MATRIX[giver])
            assert fits(given, at_root=agency == world.root)
        for whose in set(HOLDERS.values()) - {HOLDERS[giver]}:
            key = user_id(app, whose)
            before = account_row(app, key)["roles"]
            changed = account_form(role=given.name, username=f"x{key}", email=f"x{key}@x.id", agency=agency)
            person.post(f"{USERS}{key}/ubah", changed)
            after = account_row(app, key)["roles"]
            if after != before:
                gained = own_powers(ROLE_MATRIX[Role(after[0])])
                lost = own_powers(ROLE_MATRIX[Role(before[0])])
                assert gained | lost <= own_powers(ROLE_MATRIX[giver]), (given, whose)
            _put_back(app, key, before)
            with app.app_context(), transaction() as session:
                session.get_one(Account, key).agency_id = _place(world, whose)


def _place(world: World, whose: str) -> int | None:
    return {"a1": world.a1, "a": world.a, "warga": None}.get(whose, world.root)


def _put_back(app: Flask, key: int, names: list[str]) -> None:
    with app.app_context(), transaction() as session:
        rows = session.scalars(select(FabRole).where(FabRole.name.in_(names))).all()
        session.get_one(Account, key).roles = list(rows)


# Givers whose own ticks were taken one by one, and roles that central admins made: what counts is the database.
TICKS: tuple[frozenset[Permission], ...] = tuple(
    frozenset({pair, (pair[0], Verb.READ)}) for pair in sorted(ASKED)
)


@pytest.fixture
def cut(ctx: AppContext, world: World) -> World:
    """Admin Pusat holds but accounts and roles here, as a database may say whatever the code does."""
    with transaction() as session:
        set_ticks(
            session,
            Role.CENTRAL.value,
            {WRITE_USERS, (Resource.ROLES, Verb.WRITE), (Resource.SETTINGS, Verb.WRITE)},
        )
        for number, ticks in enumerate(TICKS):
            set_ticks(session, f"Peran {number}", ticks)
    return world


def refusal(do: object, actor: Actor) -> LaporError | None:
    try:
        with transaction() as session:
            do(session, actor)  # type: ignore[operator]
    except LaporError as refused:
        return refused
    return None


def test_the_ticks_of_the_database_decide(cut: World) -> None:
    with transaction() as session:
        actor = cut.actor(session, "pusat")
        named = dict(powers(session))
        offered = set(granting.choices(session, actor))
    for name, held in named.items():
        possible = may_give(actor.permissions, held)
        assert name not in offered or possible, name
        details = people.Details(name="Siti", username="siti_baru", email="siti@x.id", role=name)
        error = refusal(lambda s, a, d=details: _undone(people.create(s, a, d, NOW)), actor)
        assert possible or isinstance(error, Invalid), name
        with transaction() as session:
            assert session.scalar(select(Account.id).where(Account.username == "siti_baru")) is None
        promoted = refusal(lambda s, a, n=name: promoting.promote(s, a, _citizen(s), cut.a1, n, NOW), actor)
        assert possible or isinstance(promoted, Invalid), name


def _citizen(session: Session) -> int | None:
    return session.scalar(select(Account.id).where(Account.username == "akun-warga"))


def _undone(_made: object) -> None:
    """It went through: nothing of it stays for the next one."""
    raise Invalid({"test": "undone"})


@pytest.mark.parametrize("ticks", TICKS, ids=lambda ticks: "+".join(sorted(f"{r}:{v}" for r, v in ticks)))
def test_nobody_ticks_what_they_do_not_hold(cut: World, ticks: frozenset[Permission]) -> None:
    """Whoever may edit roles could otherwise give anything to themselves."""
    with transaction() as session:
        actor = cut.actor(session, "pusat")
        officer = session.scalars(select(FabRole.id).where(FabRole.name == Role.STATISTICIAN.value)).one()
    possible = may_give(actor.permissions, ticks)
    made = refusal(lambda s, a: role_editing.create(s, a, "Peran Baru", ticks, NOW), actor)
    assert (made is None) == possible
    before = powers_of(Role.STATISTICIAN)
    wanted = before | ticks
    refusal(lambda s, a: role_editing.change(s, a, officer, None, wanted, NOW), actor)
    assert may_give(actor.permissions, powers_of(Role.STATISTICIAN) - before)


def powers_of(role: Role) -> frozenset[Permission]:
    with transaction() as session:
        return powers(session)[role.value]


@pytest.mark.parametrize("scope", Scope)
def test_no_client_gets_a_scope_beyond_whoever_enters_it(cut: World, scope: Scope) -> None:
    with transaction() as session:
        actor = cut.actor(session, "pusat")
    kind = next(iter(sorted(api.SCOPES[scope].kinds)))
    back = () if kind is ClientKind.PARTNER else ("https://contoh.example.com/",)
    facts = ClientFacts("Mitra", frozenset({scope}), back)
    refused = refusal(lambda s, a: api_clients.create(s, a, kind, facts, NOW), actor)
    assert (refused is None) == may_give(actor.permissions, api.needed([scope.value]))
    # And a token carries no more than its account may.
    allowed = api.allowed(Scope, Scope, actor.permissions)
    assert {api.SCOPES[each].needs for each in allowed} <= set(actor.permissions)


def test_a_new_version_gives_central_admins_back_what_nobody_else_could(cut: World) -> None:
    with transaction() as session:
        sync_security(session)
    assert powers_of(Role.CENTRAL) >= ROLE_MATRIX[Role.CENTRAL]


def test_no_officer_of_another_agency_becomes_one_of_the_root(app: Flask, world: World) -> None:
    """Whoever moves it. That a merger makes nobody one is held by tests/rules/agencies/test_reorganisation.py."""
    for name, role in product(HOLDERS.values(), (Role.OFFICER, Role.COORDINATOR)):
        with app.app_context(), transaction() as session:
            actor = world.actor(session, name)
            root = session.get_one(Agency, world.root)
            with pytest.raises(Invalid):
                granting.given_role(session, actor, role.value, root)


# The second step.


def production(**more: object) -> Settings:
    return replace(Settings(), production=True, **more)  # type: ignore[arg-type]


def test_production_demands_the_second_step_and_a_setting_may_free_it() -> None:
    assert not Settings().second_step_demanded
    assert production().second_step_demanded
    assert not production(central_second_step="free").second_step_demanded
    assert Settings(central_second_step="demanded").second_step_demanded


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "LAPOR", replace(app.config["LAPOR"], central_second_step="demanded"))
    with app.app_context(), transaction() as session:
        sync_security(session, second_step=True)
    return app


@pytest.mark.parametrize("name", ["pusat", "supervisor"])
def test_the_first_sign_in_leads_through_setting_it_up(strict: Flask, sign_in: SignIn, name: str) -> None:
    with strict.app_context(), transaction() as session:
        World.read(session).account(session, name).must_change_password = True
    visitor = sign_in(None)
    assert try_password(visitor, f"akun-{name}", PASSWORD).status_code == 302
    first = visitor.get("/laporan/kelola/")
    assert (first.status_code, first.location) == (302, "/akun/kata-sandi/")
    done = visitor.send("/akun/kata-sandi/", {"current": PASSWORD, "password": GOOD, "again": GOOD})
    assert done.status_code == 303
    then = visitor.get("/laporan/kelola/")
    assert (then.status_code, then.location) == (302, "/akun/verifikasi-dua-langkah/")
    page = visitor.get(then.location)
    text = page.get_data(as_text=True)
    assert "Peran Anda mewajibkan verifikasi dua langkah" in said(page)
    assert 'href="otpauth://totp/' in text, "on the telephone itself there is nothing to scan"
    assert "authenticator__key" in text
    assert visitor.get(USERS).status_code == 302


def test_nobody_switches_it_off_where_it_is_demanded(strict: Flask, sign_in: SignIn, world: World) -> None:
    with strict.app_context(), transaction() as session:
        actor = world.actor(session, "pusat")
        set_ticks(session, "Salinan", ROLE_MATRIX[Role.CENTRAL])
        second_step.demand(session, actor, [], NOW, locked=True)
        demanded = second_step.demands(session)
    assert {role.value for role in SECOND_STEP_BY_DEFAULT} | {"Salinan"} <= demanded
    with strict.app_context(), transaction() as session:
        made = role_editing.create(session, actor, "Salinan 2", ROLE_MATRIX[Role.CENTRAL], NOW)
        assert session.get_one(RoleDemand, made.id).second_step, "a copy is no way around it"


def test_the_page_keeps_the_ticks(strict: Flask, sign_in: SignIn) -> None:
    with_authenticator(strict, "pusat")
    person: Person = sign_in("pusat")
    page = person.get("/pengaturan/keamanan-masuk/").get_data(as_text=True)
    assert page.count("checked disabled") == len(SECOND_STEP_BY_DEFAULT)
    assert person.post("/pengaturan/keamanan-masuk/", {"role": Role.OFFICER.value}).status_code == 303
    with strict.app_context(), transaction() as session:
        assert second_step.demands(session) == {
            role.value for role in (*SECOND_STEP_BY_DEFAULT, Role.OFFICER)
        }


def test_without_the_demand_the_demo_signs_in_by_password(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    assert try_password(visitor, "akun-pusat", PASSWORD).status_code == 302
    assert visitor.get("/laporan/kelola/").status_code in (200, 302)
    assert visitor.get("/akun/").status_code == 200
