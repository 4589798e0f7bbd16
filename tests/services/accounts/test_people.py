"""Accounts are entered, changed and switched off by rules that the service itself keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from flask.ctx import AppContext
from flask_appbuilder.security.sqla.models import Permission, PermissionView, ViewMenu
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import GUEST, Actor
from app.extensions import transaction
from app.models import Account, Agency
from app.models.accounts.security import FabRole, permission_names
from app.rules.accounts.genders import Gender
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.errors import Forbidden, Invalid, LaporError, NotFound
from app.services.accounts import granting, people
from app.services.accounts.people import Details
from tests.support.world import World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
# Of an account that its owner was in, e-mail and telephone are not a manager's to change.
NEW_NAME = Details("Siti Aminah", "siti_aminah", None, phone=None)
NEW = Details("Siti Aminah", "siti_aminah", "siti@contoh.example.com", phone="081311122233")


class Office:
    """`by` opens a transaction as somebody of the world."""

    def __init__(self, world: World) -> None:
        self.world = world

    @contextmanager
    def by(self, name: str) -> Iterator[tuple[Session, Actor]]:
        with transaction() as session:
            yield session, self.world.actor(session, name)

    def id(self, name: str) -> int:
        with transaction() as session:
            return int(self.world.account(session, name).id)

    def refused(self, name: str, do: Callable[[Session, Actor], object]) -> LaporError:
        """What `do` is refused with."""
        with pytest.raises(LaporError) as refused, self.by(name) as (session, actor):
            do(session, actor)
        return refused.value

    def details(self, name: str) -> Details:
        """An account as it is, to change a part of it."""
        with transaction() as session:
            row = self.world.account(session, name)
            return Details(row.first_name, row.username, row.email)


@pytest.fixture
def office(ctx: AppContext, world: World) -> Office:
    return Office(world)


def test_a_new_account_is_an_officer_of_ones_own_agency_without_a_password(
    office: Office, world: World
) -> None:
    with office.by("a1") as (session, actor):
        made = people.create(session, actor, NEW, NOW)
        assert (made.agency_id, made.active, made.password) == (world.a1, True, None)
        assert [role.name for role in made.roles] == [Role.OFFICER.value]
        assert made.must_change_password
        assert made.created_on == NOW.replace(tzinfo=None)
        assert made.created_by_fk == actor.user_id


def test_names_are_kept_in_one_form(office: Office) -> None:
    typed = replace(
        NEW, name="  Siti \n Aminah ", username="Siti_Aminah", email=" Siti@Contoh.Example.COM",
        gender=Gender.FEMALE, birth_date=date(1986, 12, 18),
    )  # fmt: skip
    with office.by("a1") as (session, actor):
        made = people.create(session, actor, typed, NOW)
        assert (made.first_name, made.username, made.email) == (
            "Siti Aminah",
            "siti_aminah",
            "siti@contoh.example.com",
        )
        assert (made.phone, made.gender, made.birth_date) == (
            "+6281311122233",
            Gender.FEMALE,
            date(1986, 12, 18),
        )


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 65}),
        ("name", {"name": "a\0b"}),
        ("username", {"username": "siti@contoh.example.com"}),
        ("email", {"email": "siti"}),
        ("phone", {"phone": "12"}),
        ("birth_date", {"birth_date": date(1899, 12, 31)}),
        ("birth_date", {"birth_date": NOW.date() + timedelta(days=1)}),
        ("username", {"username": "Akun-B"}),
        ("email", {"email": "B@contoh.example.com"}),
        ("agency", {"agency_id": 0}),
        ("agency", {"agency_id": 987_654}),
        ("agency", {"agency_id": 10**18 - 1}),
        ("role", {"role": Role.REPORTER}),
        ("role", {"role": Role.CENTRAL}),
        ("role", {"role": Role.STATISTICIAN}),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    office: Office, field: str, changes: dict[str, object]
) -> None:
    refused = office.refused("a", lambda s, a: people.create(s, a, replace(NEW, **changes), NOW))
    assert isinstance(refused, Invalid)
    assert list(refused.errors) == [field]


Do = Callable[[Session, Actor, int], object]
CHANGES: tuple[Do, ...] = (
    lambda session, actor, key: people.update(session, actor, key, NEW, NOW),
    lambda session, actor, key: people.deactivate(session, actor, key, NOW),
)


@pytest.mark.parametrize("name", ["statistik", "warga"])
def test_only_whoever_may_write_users_writes_them(office: Office, name: str) -> None:
    key = office.id("a1")
    for do in (lambda session, actor, _key: people.create(session, actor, NEW, NOW), *CHANGES):
        assert isinstance(office.refused(name, partial(_on, do, key)), Forbidden)
    with pytest.raises(Forbidden), transaction() as session:
        people.create(session, GUEST, NEW, NOW)


def _on(do: Do, key: int, session: Session, actor: Actor) -> object:
    return do(session, actor, key)


@pytest.mark.parametrize("name", ["a", "a1"])
def test_foreign_and_absent_accounts_are_refused_alike(office: Office, name: str) -> None:
    for key in (office.id("b1"), office.id("pusat"), office.id("warga"), 987_654):
        for do in CHANGES:
            refused = office.refused(name, partial(_on, do, key))
            assert isinstance(refused, NotFound)
            assert refused.message == NotFound.message


def test_a_change_keeps_what_it_does_not_name(office: Office, world: World) -> None:
    key = office.id("a1")
    with office.by("a") as (session, actor):
        people.update(session, actor, key, replace(NEW_NAME, username=None), NOW)
    with transaction() as session:
        row = session.get_one(Account, key)
        assert (row.first_name, row.username, row.agency_id, row.active) == (
            "Siti Aminah",
            "akun-a1",
            world.a1,
            True,
        )
        assert [role.name for role in row.roles] == [Role.OFFICER.value]
        assert row.changed_on == NOW.replace(tzinfo=None)


def test_an_old_username_stays_until_somebody_changes_it(office: Office) -> None:
    key = office.id("a1")
    with transaction() as session:
        session.get_one(Account, key).username = "Nama.Lama@contoh.example.com"
    old = replace(NEW_NAME, username="Nama.Lama@contoh.example.com")
    with office.by("a") as (session, actor):
        people.update(session, actor, key, old, NOW)
    refused = office.refused(
        "a", lambda s, a: people.update(s, a, key, replace(old, username="nama@baru"), NOW)
    )
    assert isinstance(refused, Invalid)


def test_several_roles_stay_and_must_all_be_ones_to_give(office: Office, world: World) -> None:
    key = office.id("a1b")
    with transaction() as session:
        row = session.get_one(Account, key)
        row.roles = [*row.roles, *session.query(FabRole).where(FabRole.name == Role.COORDINATOR.value)]
    refused = office.refused("a1", lambda s, a: people.update(s, a, key, NEW_NAME, NOW))
    assert isinstance(refused, Forbidden)
    assert refused.message == people.BEYOND_YOU
    with office.by("a") as (session, actor):
        changed = people.update(session, actor, key, replace(NEW_NAME, agency_id=world.a2), NOW)
        assert {role.name for role in changed.roles} == {Role.OFFICER.value, Role.COORDINATOR.value}
    with office.by("a") as (session, actor):
        changed = people.update(session, actor, key, replace(NEW_NAME, role=Role.OFFICER), NOW)
        assert [role.name for role in changed.roles] == [Role.OFFICER.value]


def own_role(name: str, *permissions: tuple[Resource, Verb]) -> None:
    """A role as central admins make one."""
    with transaction() as session:
        rows = []
        for permission in permissions:
            verb, menu = permission_names(permission)
            rows.append(
                session.scalars(
                    select(PermissionView)
                    .join(PermissionView.permission)
                    .join(PermissionView.view_menu)
                    .where(Permission.name == verb, ViewMenu.name == menu)
                ).one()
            )
        session.add(FabRole(name=name, permissions=rows))


def test_a_role_that_central_admins_made_is_theirs_alone_to_give(office: Office, world: World) -> None:
    own_role("Peran Khusus", (Resource.REPORTS, Verb.READ))
    own_role("Peran Pusat Kecil", (Resource.SETTINGS, Verb.READ))
    key, details = office.id("a1"), office.details("a1")
    for name in ("a", "supervisor"):
        for role in ("Peran Khusus", "Admin", "Public", "tidak ada"):
            # A supervisor does not even touch an officer, and enters nobody with such a role either.
            refused = office.refused(
                name,
                lambda s, a, r=role, n=name: (
                    people.update(s, a, key, replace(details, role=r), NOW)
                    if n == "a"
                    else people.create(s, a, replace(NEW, role=r), NOW)
                ),
            )
            assert isinstance(refused, Invalid)
            assert refused.errors == {"role": granting.CHOOSE_ROLE}
    with office.by("pusat") as (session, actor):
        assert granting.choices(session, actor)[-2:] == ["Peran Khusus", "Peran Pusat Kecil"]
        changed = people.update(session, actor, key, replace(details, role="Peran Khusus"), NOW)
        assert [role.name for role in changed.roles] == ["Peran Khusus"]
    for name in ("a", "supervisor"):  # and whoever holds it is nobody else's to touch
        assert isinstance(office.refused(name, lambda s, a: people.deactivate(s, a, key, NOW)), Forbidden)
    for role, message in (
        ("Peran Pusat Kecil", granting.CENTRAL_ROLE),
        ("Admin", granting.CHOOSE_ROLE),
        ("Public", granting.CHOOSE_ROLE),
    ):
        refused = office.refused(
            "pusat", lambda s, a, r=role: people.update(s, a, key, replace(details, role=r), NOW)
        )
        assert isinstance(refused, Invalid)
        assert refused.errors == {"role": message}
    with office.by("pusat") as (session, actor):  # at the root it has its place
        people.create(session, actor, replace(NEW, role="Peran Pusat Kecil"), NOW)


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("a", {"role": Role.OFFICER}, "role"),
        ("a", {"agency_id": 3}, "agency"),
        ("a", {"active": False}, "active"),
        ("pusat", {"role": Role.SUPERVISOR}, "role"),
    ],
)
def test_ones_own_powers_are_anothers_to_change(
    office: Office, name: str, changes: dict[str, object], field: str
) -> None:
    own, key = replace(office.details(name), **changes), office.id(name)
    refused = office.refused(name, lambda s, a: people.update(s, a, key, own, NOW))
    assert isinstance(refused, Invalid)
    assert refused.errors == {field: people.NOT_YOURSELF}


def test_ones_own_account_is_not_switched_off_and_ones_name_is_ones_own(office: Office) -> None:
    key = office.id("a")
    assert isinstance(office.refused("a", lambda s, a: people.deactivate(s, a, key, NOW)), Invalid)
    with office.by("supervisor") as (
        session,
        actor,
    ):  # their own role is not theirs to give, their name is theirs
        own = replace(office.details("supervisor"), name="Nama Baru")
        assert people.update(session, actor, actor.user_id, own, NOW).first_name == "Nama Baru"  # type: ignore[arg-type]


def test_the_last_active_central_admin_of_the_root_stays(office: Office, world: World) -> None:
    last = office.id("pusat")
    with transaction() as session:  # while what the other one sent is under way
        session.get_one(Account, office.id("pusat2")).active = False
    details = office.details("pusat")
    for do in (
        lambda s, a: people.deactivate(s, a, last, NOW),
        lambda s, a: people.update(s, a, last, replace(details, active=False), NOW),
        lambda s, a: people.update(
            s, a, last, replace(details, role=Role.COORDINATOR, agency_id=world.a), NOW
        ),
    ):
        refused = office.refused("pusat2", do)
        assert isinstance(refused, Invalid)
        assert refused.errors == {"active": people.LAST_CENTRAL}
    with office.by("pusat2") as (session, actor):  # their name is no power
        people.update(session, actor, last, replace(details, name="Nama Baru"), NOW)
        people.create(session, actor, replace(NEW, role=Role.CENTRAL), NOW)
    with office.by("pusat2") as (session, actor):
        people.deactivate(session, actor, last, NOW)


def test_a_central_admin_elsewhere_is_none_of_the_root(office: Office, world: World) -> None:
    """Somebody moved away by hand does not count as the one who stays."""
    with transaction() as session:
        other = world.actor(session, "pusat2")  # what they sent before is under way
    with transaction() as session:
        world.account(session, "pusat2").agency_id = world.a
    last = office.id("pusat")
    refused = office.refused("pusat2", lambda s, _a: people.deactivate(s, other, last, NOW))
    assert isinstance(refused, Invalid)


def test_nobody_is_put_into_an_agency_out_of_use(office: Office, world: World) -> None:
    with transaction() as session:
        session.get_one(Agency, world.a3).active = False
    key, there = office.id("a1"), replace(NEW, agency_id=world.a3)
    for do in (
        lambda s, a: people.create(s, a, there, NOW),
        lambda s, a: people.update(s, a, key, there, NOW),
    ):
        refused = office.refused("a", do)
        assert isinstance(refused, Invalid)
        assert refused.errors == {"agency": people.AGENCY_INACTIVE}


def test_nobody_is_switched_on_in_an_agency_out_of_use(office: Office, world: World) -> None:
    key = office.id("a2")
    with office.by("a") as (session, actor):
        people.deactivate(session, actor, key, NOW)
        session.get_one(Agency, world.a2).active = False
    back = replace(office.details("a2"), active=True)
    refused = office.refused("a", lambda s, a: people.update(s, a, key, back, NOW))
    assert isinstance(refused, Invalid)
    assert refused.errors == {"agency": people.AGENCY_INACTIVE}
    with office.by("a") as (session, actor):  # but their name may be put right, and they may move on
        people.update(session, actor, key, replace(back, active=None, name="Nama Baru"), NOW)
    with office.by("a") as (session, actor):
        people.update(session, actor, key, replace(back, agency_id=world.a1), NOW)


def test_what_is_refused_leaves_nothing_behind(office: Office, world: World) -> None:
    office.refused("a", lambda s, a: people.create(s, a, replace(NEW, birth_date=date(1800, 1, 1)), NOW))
    office.refused("a", lambda s, a: people.create(s, a, replace(NEW, username="akun-b"), NOW))
    with transaction() as session:
        assert session.query(Account).where(Account.email == NEW.email).count() == 0


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("email", {"email": "lain@contoh.example.com"}),
        ("phone", {"phone": "081399988877"}),
        ("phone", {"phone": ""}),
    ],
)
@pytest.mark.parametrize("whose", ["a1", "a"])
def test_addresses_are_their_owners_alone_once_they_were_in(
    office: Office, field: str, changes: dict[str, str], whose: str
) -> None:
    """Also one's own: a session left open changes no address here either."""
    key = office.id(whose)
    with transaction() as session:
        session.get_one(Account, key).phone = "+6281311122233"
    details = replace(office.details(whose), **{"phone": None, **changes})
    refused = office.refused("a", lambda s, a: people.update(s, a, key, details, NOW))
    assert isinstance(refused, Invalid)
    assert refused.errors == {field: people.OWNERS_ALONE}


def test_a_mailed_first_password_that_was_used_makes_the_account_its_owners(office: Office) -> None:
    with office.by("a") as (session, actor):
        key = people.create(session, actor, NEW, NOW).id
    right = replace(NEW, email="benar@contoh.example.com", phone="081399988877")
    with office.by("a") as (session, actor):
        assert people.update(session, actor, key, right, NOW).phone == "+6281399988877"
        account = session.get_one(Account, key)
        account.password, account.last_login = "x", NOW.replace(tzinfo=None)
        assert account.must_change_password
    refused = office.refused("a", lambda s, a: people.update(s, a, key, NEW, NOW))
    assert isinstance(refused, Invalid)
    assert sorted(refused.errors) == ["email", "phone"]


def test_the_username_of_who_is_a_citizen_too_stays_theirs(office: Office, world: World) -> None:
    key = office.id("warga")
    with transaction() as session:
        account = session.get_one(Account, key)
        account.agency_id = world.a1
        account.roles = session.query(FabRole).where(FabRole.name == Role.OFFICER.value).all()
    refused = office.refused(
        "a", lambda s, a: people.update(s, a, key, replace(NEW_NAME, username="lain"), NOW)
    )
    assert isinstance(refused, Invalid)
    assert refused.errors == {"username": people.OWNERS_ALONE}
