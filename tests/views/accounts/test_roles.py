"""Peran & Izin and Catatan Audit over HTTP: at once effective, nobody locked out, everything written down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.accounts import roles as reading
from app.extensions import db, transaction
from app.models import Account, AuditEntry, Model
from app.models.accounts.security import FabRole
from app.rules.accounts.roles import KEPT, ROLE_MATRIX, Permission, Resource, Role, Verb
from app.services.accounts.roles import sync_security
from app.views.system import audit_log
from tests.support.http import QueryCounter
from tests.support.manage import AGENCIES, SignIn, Writes, agency_form
from tests.support.world import World

ROLES, LOG = "/pengaturan/peran/", "/pengaturan/catatan/"
EVERYTHING = [f"{resource.value}:{verb.value}" for resource in Resource for verb in Verb]


def found(app: Flask, name: str) -> reading.RoleHeld | None:
    with app.app_context():
        return next((role for role in reading.roles(db.session()) if role.name == name), None)


def key(app: Flask, name: str) -> int:
    role = found(app, name)
    assert role is not None
    return role.id


def held(app: Flask, name: str) -> frozenset[Permission]:
    role = found(app, name)
    assert role is not None
    return role.permissions


def ticks(*pairs: Permission) -> dict[str, Any]:
    return {"permission": [f"{resource.value}:{verb.value}" for resource, verb in pairs]}


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_permission_that_is_taken_is_gone_at_the_next_click(app: Flask, sign_in: SignIn) -> None:
    a1, pusat = sign_in("a1"), sign_in("pusat")
    assert a1.get(f"{AGENCIES}tambah").status_code == 200
    left = held(app, Role.OFFICER.value) - {(Resource.AGENCIES, Verb.WRITE)}
    url = f"{ROLES}{key(app, Role.OFFICER.value)}/ubah"
    assert pusat.post(url, ticks(*left)).status_code == 303
    assert a1.get(f"{AGENCIES}tambah").status_code == 403
    assert a1.post(f"{AGENCIES}tambah", agency_form()).status_code == 403
    assert a1.get(AGENCIES).status_code == 200
    assert "BUAT INSTANSI" not in a1.get(AGENCIES).get_data(as_text=True)
    with app.app_context(), transaction() as session:  # a new version does not give it back
        assert sync_security(session).roles == 0
    assert held(app, Role.OFFICER.value) == left
    assert pusat.post(url, ticks(*left, (Resource.AGENCIES, Verb.WRITE))).status_code == 303
    assert a1.get(f"{AGENCIES}tambah").status_code == 200
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).limit(1)).one()
        assert (entry.action, entry.data) == ("role.changed", {"added": [], "removed": ["agencies:write"]})


def test_central_admins_cannot_lock_themselves_out(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    url = f"{ROLES}{key(app, Role.CENTRAL.value)}/ubah"
    page = pusat.get(url).get_data(as_text=True)
    assert len(re.findall(r"checked disabled", page)) == len(KEPT[Role.CENTRAL])
    assert pusat.post(url, {}).status_code == 303
    assert held(app, Role.CENTRAL.value) == KEPT[Role.CENTRAL]
    assert pusat.get(url).status_code == 200
    assert pusat.post(url, ticks(*ROLE_MATRIX[Role.CENTRAL])).status_code == 303
    assert held(app, Role.CENTRAL.value) == ROLE_MATRIX[Role.CENTRAL]
    # Nor by its name, or by its end.
    assert pusat.post(url, {"name": "Lain", **ticks(*ROLE_MATRIX[Role.CENTRAL])}).status_code == 303
    assert found(app, "Lain") is None
    assert pusat.post(f"{ROLES}{key(app, Role.CENTRAL.value)}/hapus").status_code == 422


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.STATISTICIAN, Role.REPORTER])
def test_roles_that_others_give_never_get_central_powers(app: Flask, sign_in: SignIn, role: Role) -> None:
    pusat = sign_in("pusat")
    url = f"{ROLES}{key(app, role.value)}/ubah"
    assert pusat.post(url, {"permission": EVERYTHING}).status_code == 303
    got = {resource for resource, _ in held(app, role.value)}
    assert not got & {Resource.VERIFICATION, Resource.ROLES, Resource.SETTINGS, Resource.AUDIT}
    assert (got == {Resource.OWN_REPORTS, Resource.ACCOUNT}) is (role is Role.REPORTER)
    page = pusat.get(url).get_data(as_text=True)
    assert 'value="settings:write"' not in page


def test_a_role_is_made_copied_renamed_and_deleted(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    copy = pusat.get(f"{ROLES}tambah?salin={key(app, Role.SUPERVISOR.value)}").get_data(as_text=True)
    assert 'value="Salinan Supervisor"' in copy
    ticked = re.findall(r'value="(\w+):(\w+)" checked', copy)
    assert {(Resource(r), Verb(v)) for r, v in ticked} == ROLE_MATRIX[Role.SUPERVISOR]

    wanted = ticks((Resource.REPORTS, Verb.ACT))
    assert pusat.post(f"{ROLES}tambah", {"name": "  Petugas   piket ", **wanted}).status_code == 303
    # Who handles reports sees them.
    assert held(app, "Petugas piket") == {(Resource.REPORTS, Verb.ACT), (Resource.REPORTS, Verb.READ)}
    for name in ("petugas PIKET", Role.OFFICER.value, "", "x" * 65, "a\0b"):
        answer = pusat.post(f"{ROLES}tambah", {"name": name, **wanted})
        assert answer.status_code == 422, name
        assert 'class="field__error"' in answer.get_data(as_text=True)
    own = key(app, "Petugas piket")
    assert pusat.post(f"{ROLES}{own}/ubah", {"name": "Petugas malam", **wanted}).status_code == 303
    assert pusat.post(f"{ROLES}{own}/ubah", {"name": "Supervisor", **wanted}).status_code == 422

    with app.app_context(), transaction() as session:
        account = session.scalars(select(Account).where(Account.username == "akun-a1")).one()
        account.roles = [*account.roles, session.get_one(FabRole, own)]
    answer = pusat.post(f"{ROLES}{own}/hapus")
    assert answer.status_code == 422
    assert "masih dipegang 1 akun" in answer.get_data(as_text=True)
    with app.app_context(), transaction() as session:
        account = session.scalars(select(Account).where(Account.username == "akun-a1")).one()
        account.roles = [role for role in account.roles if role.id != own]
    assert pusat.post(f"{ROLES}{own}/hapus").status_code == 303
    assert found(app, "Petugas malam") is None
    assert actions(app) == ["role.created", "role.renamed", "role.deleted"]


def test_a_permission_that_is_none_is_given_to_nobody(app: Flask, sign_in: SignIn) -> None:
    pusat, before = sign_in("pusat"), held(app, Role.SUPERVISOR.value)
    url = f"{ROLES}{key(app, Role.SUPERVISOR.value)}/ubah"
    made_up = ["reports:delete", "Admin", "can_list:users", "account:act", "\0", "users:read" * 90]
    same = [f"{resource.value}:{verb.value}" for resource, verb in before]
    assert pusat.post(url, {"permission": [*same, *made_up]}).status_code == 303
    assert held(app, Role.SUPERVISOR.value) == before
    assert actions(app) == []  # nothing changed, and nothing is noted


@pytest.mark.parametrize("name", ["a", "supervisor", "statistik", "warga"])
def test_nobody_else_touches_roles(app: Flask, sign_in: SignIn, name: str) -> None:
    person, officer = sign_in(name), key(app, Role.OFFICER.value)
    with Writes(app) as writes:
        for url in (f"{ROLES}tambah", f"{ROLES}{officer}/ubah", f"{ROLES}{officer}/hapus"):
            assert person.post(url, {"name": "x", "permission": EVERYTHING}).status_code == 403
        assert person.get(ROLES).status_code == 403
        # Supervisors watch over everything, the audit log too.
        assert person.get(LOG).status_code == (200 if name == "supervisor" else 403)
    assert writes.found == []


@pytest.mark.parametrize("raw", ["0", "-1", "abc", "99999999999999999999", "2147483648", "1e1", "%00"])
def test_a_role_that_is_none_answers_404(app: Flask, sign_in: SignIn, raw: str) -> None:
    pusat = sign_in("pusat")
    for page in ("ubah", "hapus"):
        assert pusat.get(f"{ROLES}{raw}/{page}").status_code == 404
    assert pusat.get(f"{ROLES}tambah?salin={raw}").status_code == 200


def test_the_log_is_read_newest_first_page_by_page_and_by_kind(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "PAGE", 2)
    pusat = sign_in("pusat")
    for name in ("Satu", "Dua", "Tiga"):
        assert pusat.post(f"{ROLES}tambah", {"name": name}).status_code == 303
    assert pusat.post("/pengaturan/kategori/tambah", {"name": "<b>Air</b>", "parent": ""}).status_code == 303
    page = pusat.get(LOG).get_data(as_text=True)
    assert re.findall(r'data-label="Perubahan">([^<]+)<', page) == ["Kategori ditambahkan", "Peran dibuat"]
    assert "Petugas PUSAT" in page
    further = re.search(r'href="([^"]+)" rel="next"', page)
    assert further is not None
    page = pusat.get(further[1].replace("&amp;", "&")).get_data(as_text=True)
    assert re.findall(r'data-label="Perubahan">([^<]+)<', page) == ["Peran dibuat", "Peran dibuat"]
    assert 'rel="next"' not in page
    page = pusat.get(f"{LOG}?jenis=category").get_data(as_text=True)
    assert re.findall(r'data-label="Perubahan">([^<]+)<', page) == ["Kategori ditambahkan"]
    assert "<b>Air" not in page
    for odd in ("jenis=%00", "jenis=tidak-ada", "sebelum=abc", "sebelum=99999999999999999999"):
        assert pusat.get(f"{LOG}?{odd}").status_code == 200, odd


def test_the_pages_ask_the_same_for_many_rows(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")

    def asked(url: str) -> int:
        with QueryCounter(app) as counter:
            assert pusat.get(url).status_code == 200
        return counter.count

    pusat.post(f"{ROLES}tambah", {"name": "Peran 0"})
    before = asked(ROLES), asked(LOG)
    for number in range(1, 9):
        pusat.post(f"{ROLES}tambah", {"name": f"Peran {number}"})
    assert (asked(ROLES), asked(LOG)) == before


@pytest.mark.parametrize(("agency", "taken"), [("a1", False), ("pusat", True)])
def test_a_role_that_is_held_below_the_root_gets_no_central_power(
    app: Flask, sign_in: SignIn, agency: str, taken: bool
) -> None:
    own = (Resource.REPORTS, Verb.READ)
    assert sign_in("pusat").post(f"{ROLES}tambah", {"name": "Pemantau", **ticks(own)}).status_code == 303
    with app.app_context(), transaction() as session:
        holder = World.read(session).account(session, agency)
        holder.roles.append(session.scalars(select(FabRole).where(FabRole.name == "Pemantau")).one())
    form = {"name": "Pemantau", **ticks(own, (Resource.SETTINGS, Verb.READ))}
    answer = sign_in("pusat2").post(f"{ROLES}{key(app, 'Pemantau')}/ubah", form)
    assert answer.status_code == (303 if taken else 422)
    assert ((Resource.SETTINGS, Verb.READ) in held(app, "Pemantau")) == taken


def test_every_change_that_is_written_down_has_its_words() -> None:
    source = "\n".join(path.read_text("utf-8") for path in Path("app/services").rglob("*.py"))
    noted = set(re.findall(rf'"((?:{"|".join(audit_log.KINDS)})\.[a-z_]+)"', source))
    noted -= {
        f"{column.table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
    }
    unspoken = {action for action in noted if action.partition(".")[2] not in audit_log.DONE}
    assert len(noted) > 20
    assert unspoken == set()
