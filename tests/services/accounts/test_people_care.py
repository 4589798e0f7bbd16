"""What is noted of a change, taking accounts away, and making admins of citizens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask.ctx import AppContext
from sqlalchemy import select

from app.extensions import transaction
from app.models import Account, AccountLink, Agency, AuditEntry, OutboxMessage, Reporter
from app.rules.accounts.genders import Gender
from app.rules.accounts.roles import Role
from app.rules.errors import Forbidden, Invalid, NotFound
from app.services.accounts import granting, invitations, people, people_care, promoting
from app.services.accounts.credentials import account_links
from tests.services.accounts.test_people import NEW, NOW, Office
from tests.support.world import World


@pytest.fixture
def office(ctx: AppContext, world: World) -> Office:
    return Office(world)


def noted(key: int | None) -> list[tuple[str, Mapping[str, Any]]]:
    with transaction() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.object_id == key).order_by(AuditEntry.id))
        return [(row.action, row.data) for row in rows]


def queued() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(OutboxMessage.topic).order_by(OutboxMessage.id)))


def test_each_changed_field_is_one_entry_without_what_people_wrote(office: Office, world: World) -> None:
    """Case I5: a field that changed leaves a trace, and none that did not change."""
    key, details = office.id("a1"), office.details("a1")
    with office.by("a") as (session, actor):
        people.update(session, actor, key, details, NOW)
    assert noted(key) == []
    changed = replace(details, name="Siti", gender=Gender.FEMALE,
                      birth_date=date(1980, 1, 2), agency_id=world.a2, role=Role.COORDINATOR)  # fmt: skip
    with office.by("a") as (session, actor):
        people.update(session, actor, key, changed, NOW)
    with office.by("a") as (session, actor):
        people.update(session, actor, key, replace(changed, name="Siti Aminah"), NOW)
    assert noted(key) == [
        ("account.name_changed", {}),
        ("account.gender_changed", {}),
        ("account.birth_date_changed", {}),
        ("account.agency_changed", {"old": world.a1, "new": world.a2}),
        ("account.roles_changed", {"old": [Role.OFFICER.value], "new": [Role.COORDINATOR.value]}),
        ("account.name_changed", {}),
    ]


def test_entering_and_switching_is_noted_by_whom(office: Office, world: World) -> None:
    with office.by("a") as (session, actor):
        key = people.create(session, actor, NEW, NOW).id
        people.deactivate(session, actor, key, NOW)
        people.update(session, actor, key, replace(NEW, active=True), NOW)
    assert [action for action, _ in noted(key)] == [
        "account.created",
        "account.deactivated",
        "account.activated",
    ]
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
        assert (entry.user_id, entry.agency_id, entry.at) == (office.id("a"), world.a, NOW)
        assert entry.data["role"] == Role.OFFICER.value
        assert NEW.email not in str([row.data for row in session.scalars(select(AuditEntry))])


def test_statisticians_and_central_roles_are_entered_at_the_root(office: Office, world: World) -> None:
    for number, role in enumerate((Role.CENTRAL, Role.SUPERVISOR, Role.STATISTICIAN)):
        details = replace(NEW, role=role, username=f"akun{number}", email=f"akun{number}@x.example.com")
        with office.by("pusat") as (session, actor):
            assert people.create(session, actor, details, NOW).agency_id == world.root
    for role in (Role.OFFICER, Role.COORDINATOR, None):
        refused = office.refused("pusat", lambda s, a, r=role: people.create(s, a, replace(NEW, role=r), NOW))
        assert isinstance(refused, Invalid)
        assert refused.errors == {"role": granting.ROLE_AT_ROOT}


def test_a_removed_officer_is_gone_but_for_their_name(office: Office, world: World) -> None:
    key = office.id("a1")
    with transaction() as session:
        before = session.get_one(Account, key)
        stamp, email, username = before.session_stamp, before.email, before.username
    with office.by("a") as (session, actor):
        people_care.remove(session, actor, key, NOW)
    with transaction() as session:
        row = session.get_one(Account, key)
        assert (row.active, row.agency_id, row.roles, row.password) == (False, None, [], None)
        assert row.get_full_name() == "Petugas A1"
        assert row.session_stamp != stamp
    assert noted(key)[-1] == (
        "account.removed",
        {"roles": [Role.OFFICER.value], "agency": world.a1, "citizen": False},
    )
    with office.by("a") as (session, actor):  # the address is free for whoever comes back
        people.create(session, actor, replace(NEW, username=username, email=email), NOW)
    for name in ("a", "pusat"):  # and nobody manages what is gone
        assert isinstance(office.refused(name, lambda s, a: people_care.remove(s, a, key, NOW)), NotFound)


def test_a_citizen_who_was_made_an_admin_is_a_citizen_again(office: Office, world: World) -> None:
    key = office.id("warga")
    with office.by("a") as (session, actor):
        link = promoting.promote(session, actor, key, world.a1, None, NOW)
        token = account_links.deliver(session, link, "s3cret", NOW).token
        account = session.get_one(Account, key)
        assert ([role.name for role in account.roles], account.agency_id) == ([Role.REPORTER.value], None)
    assert queued() == ["account_invited"]
    with office.by("warga") as (session, actor):
        account = invitations.accept(session, actor, token, NOW)
        assert ([role.name for role in account.roles], account.agency_id) == ([Role.OFFICER.value], world.a1)
        stamp = account.session_stamp
    assert queued() == ["account_invited", "account_promoted", "invitation_answered"]
    with office.by("a") as (session, actor):
        people_care.remove(session, actor, key, NOW)
    with transaction() as session:
        row = session.get_one(Account, key)
        assert (row.active, row.agency_id, row.email) == (True, None, "warga@contoh.example.com")
        assert [role.name for role in row.roles] == [Role.REPORTER.value]
        assert row.session_stamp != stamp
        assert session.scalars(select(Reporter).where(Reporter.user_id == key)).one()
    assert [action for action, _ in noted(key)] == [
        "account.invited", "account.promoted", "account.removed",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a", "supervisor"])
def test_nobody_removes_themselves_or_the_last_central_admin(office: Office, name: str) -> None:
    own = office.refused(name, lambda s, a: people_care.remove(s, a, a.user_id, NOW))
    assert isinstance(own, Invalid if name == "a" else Forbidden | Invalid)
    with transaction() as session:  # while what the other one sent is under way
        session.get_one(Account, office.id("pusat2")).active = False
    last = office.refused("pusat2", lambda s, a: people_care.remove(s, a, office.id("pusat"), NOW))
    assert isinstance(last, Invalid)
    assert last.errors == {"active": people.LAST_CENTRAL}


@pytest.mark.parametrize(
    "do", [people_care.remove, people_care.unlock, people_care.invite_again, people_care.reset_second_step]
)
@pytest.mark.parametrize(
    ("name", "whose", "error"),
    [
        ("a1", "b1", NotFound),
        ("a1", "a", NotFound),
        ("a1", "warga", NotFound),
        ("statistik", "a1", Forbidden),
        ("warga", "a1", Forbidden),
        ("supervisor", "a1", Forbidden),
        ("supervisor", "pusat", Forbidden),
    ],
)
def test_care_ends_at_ones_subtree_and_at_the_roles_that_one_gives(
    office: Office, do: Any, name: str, whose: str, error: type[Exception]
) -> None:
    key = office.id(whose)
    assert isinstance(office.refused(name, lambda s, a: do(s, a, key, NOW)), error)
    assert noted(key) == []


def test_a_lock_is_lifted_and_noted(office: Office) -> None:
    key = office.id("a1")
    with transaction() as session:
        session.get_one(Account, key).locked_until = NOW + timedelta(minutes=9)
    with office.by("a") as (session, actor):
        assert people_care.unlock(session, actor, key, NOW).locked_until is None
    assert noted(key) == [("account.unlocked", {})]


def test_the_first_mail_is_sent_again_only_while_it_is_waited_for(office: Office) -> None:
    with office.by("a") as (session, actor):
        key = people.create(session, actor, NEW, NOW).id
    with office.by("a") as (session, actor):
        people_care.invite_again(session, actor, key, NOW)
    with transaction() as session:
        assert len(session.scalars(select(AccountLink).where(AccountLink.user_id == key)).all()) == 1
    assert queued() == ["account_first", "account_first"]
    assert isinstance(
        office.refused("a", lambda s, a: people_care.invite_again(s, a, office.id("a1"), NOW)), Forbidden
    )


def test_a_new_address_gets_the_first_mail_and_the_old_link_dies(office: Office) -> None:
    with office.by("a") as (session, actor):
        key = people.create(session, actor, NEW, NOW).id
        old = session.scalars(select(AccountLink.nonce)).one()
    with office.by("a") as (session, actor):
        people.update(session, actor, key, replace(NEW, email="benar@contoh.example.com"), NOW)
        assert session.scalars(select(AccountLink.nonce)).one() != old
    with office.by("a") as (session, actor):
        people.deactivate(session, actor, key, NOW)
        assert session.scalars(select(AccountLink)).all() == []


SECRET = "s" * 32


def looked_for(office: Office, name: str, typed: str) -> list[int]:
    with office.by(name) as (session, actor):
        return [row.id for row in promoting.search(session, actor, typed, NOW, secret=SECRET)]


@pytest.mark.parametrize(
    "typed", ["warga@CONTOH.example.com", "0813 1112 2233", "+6281311122233", "6281311122233"]
)
def test_a_whole_address_finds_the_account_that_has_it(office: Office, typed: str) -> None:
    with transaction() as session:
        session.get_one(Account, office.id("warga")).phone = "+6281311122233"
    assert looked_for(office, "a1", typed) == [office.id("warga")]
    with transaction() as session:
        session.get_one(Account, office.id("warga2")).phone = "+6281311122233"
    # What two wrote down is nobody's, until one of them signs in with it.
    assert looked_for(office, "a1", typed) == ([office.id("warga")] if "@" in typed else [])
    wanted = office.id("warga" if "@" in typed else "warga2")
    with transaction() as session:
        session.get_one(Account, office.id("warga2")).username = "+6281311122233"
    assert looked_for(office, "a1", typed) == [wanted]


@pytest.mark.parametrize("typed", ["warga@contoh", "@contoh", "0813", "+6281"])
def test_a_part_of_an_address_is_refused(office: Office, typed: str) -> None:
    refused = office.refused("a1", lambda s, a: promoting.search(s, a, typed, NOW, secret=SECRET))
    assert isinstance(refused, Invalid)
    assert list(refused.errors) == ["q"]


@pytest.mark.parametrize(
    "typed", ["Petugas", "akun-a1", "a1@contoh.example.com", "%%%", "___", "08999999999", "tidak ada"]
)
def test_officers_and_wildcards_are_not_found(office: Office, typed: str) -> None:
    assert looked_for(office, "a1", typed) == []


def test_who_works_somewhere_or_has_another_role_is_no_citizen(office: Office, world: World) -> None:
    with transaction() as session:
        officer, citizen = world.account(session, "a2"), world.account(session, "warga2")
        officer.roles, citizen.roles = list(citizen.roles), [*citizen.roles, *officer.roles]
    for key in (office.id("a2"), office.id("warga2")):
        refused = office.refused("a", lambda s, a, k=key: promoting.promote(s, a, k, world.a1, None, NOW))
        assert isinstance(refused, Invalid)
        assert list(refused.errors) == ["chosen"]


def test_a_search_needs_the_right_and_three_letters_and_is_noted_without_them(office: Office) -> None:
    for name in ("statistik", "warga"):
        refused = office.refused(name, lambda s, a: promoting.search(s, a, "warga", NOW, secret=SECRET))
        assert isinstance(refused, Forbidden)
    assert isinstance(
        office.refused("a", lambda s, a: promoting.search(s, a, "wa", NOW, secret=SECRET)), Invalid
    )
    for typed in ("Warga", " warga ", "warga@contoh.example.com"):
        looked_for(office, "a", typed)
    entries = [data for _what, data in noted(None)]
    assert [(data["by"], data["found"]) for data in entries] == [("name", 0), ("name", 0), ("email", 1)]
    hashes = [data["sought"] for data in entries]
    assert hashes[0] == hashes[1] != hashes[2]
    assert "warga" not in str(entries)


@pytest.mark.parametrize(
    ("name", "whose", "agency", "role", "field"),
    [
        ("a", "warga", "b1", None, "agency"),
        ("a1", "warga", "a", None, "agency"),
        ("a", "warga", "a1", Role.CENTRAL, "role"),
        ("a1", "warga", "a1", Role.COORDINATOR, "role"),
        ("pusat", "warga", "root", None, "role"),
        ("a", "b1", "a1", None, "chosen"),
        ("a", "a1", "a2", None, "chosen"),
    ],
)
def test_who_is_promoted_to_what(
    office: Office, world: World, name: str, whose: str, agency: str, role: Role | None, field: str
) -> None:
    key = office.id(whose)
    refused = office.refused(
        name, lambda s, a: promoting.promote(s, a, key, world.agencies[agency], role, NOW)
    )
    assert isinstance(refused, Invalid)
    assert list(refused.errors) == [field]


def test_a_switched_off_citizen_or_agency_is_not_taken(office: Office, world: World) -> None:
    with transaction() as session:
        session.get_one(Account, office.id("warga2")).active = False
        session.get_one(Agency, world.a3).active = False
    for whose, agency, field in (("warga2", world.a1, "chosen"), ("warga", world.a3, "agency")):
        key = office.id(whose)
        refused = office.refused("a", lambda s, a, k=key, g=agency: promoting.promote(s, a, k, g, None, NOW))
        assert isinstance(refused, Invalid)
        assert list(refused.errors) == [field]
