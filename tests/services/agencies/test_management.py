"""Agencies are entered below one's own, described, and taken out of use when nothing hangs on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.ctx import AppContext
from sqlalchemy import select

from app.access.actor import GUEST
from app.access.agencies.management import Size, attached, offered, sizes
from app.extensions import transaction
from app.models import Account, Agency, AgencyTree, Report
from app.rules.errors import Forbidden, Invalid, LaporError, NotFound
from app.rules.labels import Filled
from app.rules.reports.workflow import State
from app.rules.zones import Zone
from app.services.accounts import people
from app.services.agencies import management
from app.services.agencies.management import AgencyProfile
from tests.support.world import World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
NEW = AgencyProfile(
    "  Unit \n Baru ", "UB", "Unit@Contoh.Example.com", "unit.example.com", "(061) 6613317", "Jl. Contoh No. 1"
)  # fmt: skip


def test_an_agency_is_entered_below_a_managed_one(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        session.get_one(Agency, world.a2).zone = Zone.WITA
    with transaction() as session:
        made = management.enter(session, world.actor(session, "a"), world.a2, NEW, NOW)
        key = made.id
        assert (made.name, made.email, made.website) == (
            "Unit Baru",
            "unit@contoh.example.com",
            "https://unit.example.com",
        )
        assert (made.zone, made.active, made.created_at) == (Zone.WITA, True, NOW)
    with transaction() as session:
        rows = session.execute(
            select(AgencyTree.ancestor_id, AgencyTree.depth).where(AgencyTree.unit_id == key)
        )
        assert set(rows) == {(key, 0), (world.a2, 1), (world.a, 2), (world.root, 3)}


@pytest.mark.parametrize("parent", ["b", "b1", "root", None, "absent"])
def test_not_below_any_other(ctx: AppContext, world: World, parent: str | None) -> None:
    key = 987_654 if parent == "absent" else world.agencies.get(parent or "")
    with pytest.raises(Invalid) as refused, transaction() as session:
        management.enter(session, world.actor(session, "a"), key, NEW, NOW)
    assert refused.value.errors == {"parent": management.CHOOSE_PARENT}


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (AgencyProfile(""), "name"),
        (AgencyProfile("x" * 256), "name"),
        (AgencyProfile("a\0b"), "name"),
        (AgencyProfile("Unit A1"), "name"),
        (AgencyProfile("Unit  A1 "), "name"),
        (AgencyProfile("Baru", email="x"), "email"),
        (AgencyProfile("Baru", website="javascript://x.y"), "website"),
        (AgencyProfile("Baru", phone="x" * 256), "phone"),
        (AgencyProfile("Baru", address="a\0"), "address"),
        (AgencyProfile("Baru", alias="x" * 256), "alias"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    ctx: AppContext, world: World, profile: AgencyProfile, field: str
) -> None:
    for do in (
        lambda session, actor: management.enter(session, actor, world.a, profile, NOW),
        lambda session, actor: management.update(session, actor, world.a2, profile, NOW),
    ):
        with pytest.raises(Invalid) as refused, transaction() as session:
            do(session, world.actor(session, "a"))
        assert list(refused.value.errors) == [field]


def test_the_tree_grows_no_deeper_than_it_may(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        actor, parent = world.actor(session, "a"), world.a1
        for level in range(3, management.MAX_DEPTH + 1):
            parent = management.enter(session, actor, parent, AgencyProfile(f"Tingkat {level}"), NOW).id
        with pytest.raises(Invalid) as refused:
            management.enter(session, actor, parent, AgencyProfile("Terlalu dalam"), NOW)
        assert list(refused.value.errors) == ["parent"]


def test_a_profile_changes_and_its_place_does_not(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        changed = management.update(session, world.actor(session, "a1"), world.a1, NEW, NOW)
        assert (changed.name, changed.alias, changed.zone) == ("Unit Baru", "UB", Zone.WIB)
    with transaction() as session:
        row = session.get_one(Agency, world.a1)
        assert (row.parent_id, row.active, row.address) == (world.a, True, "Jl. Contoh No. 1")
    with transaction() as session:  # its own name is not taken by itself
        management.update(
            session, world.actor(session, "a"), world.a1, AgencyProfile("Unit Baru", zone=Zone.WIT), NOW
        )
        assert session.get_one(Agency, world.a1).zone is Zone.WIT


@pytest.mark.parametrize("name", ["a", "a1", "supervisor", "statistik", "warga"])
@pytest.mark.parametrize(
    "do",
    [
        lambda session, actor, key: management.update(session, actor, key, NEW, NOW),
        lambda session, actor, key: management.deactivate(session, actor, key, NOW),
    ],
)
def test_foreign_agencies_are_refused_as_absent_ones(
    ctx: AppContext, world: World, name: str, do: Callable[..., object]
) -> None:
    refusal: type[LaporError] = NotFound if name in ("a", "a1") else Forbidden
    for key in (world.b, world.b1, world.root, 987_654):
        with pytest.raises(refusal), transaction() as session:
            do(session, world.actor(session, name), key)
    with pytest.raises(Forbidden), transaction() as session:
        do(session, GUEST, world.a1)


def test_what_hangs_on_an_agency_keeps_it(ctx: AppContext, world: World) -> None:
    """Case by case, until nothing does."""

    def switch_off(by: str = "pusat") -> None:
        with transaction() as session:
            management.deactivate(session, world.actor(session, by), world.b, NOW)

    def left() -> tuple[int, int, int]:
        with transaction() as session:
            found = attached(session, world.b)
            return found.open_reports, found.admins, found.children

    with transaction() as session:
        report_id = world.followed_up(session, NOW, to="b")
    assert left() == (1, 1, 1)
    with pytest.raises(Invalid) as refused:
        switch_off()
    message = refused.value.errors["active"]
    assert isinstance(message, Filled)
    assert message == management.STILL_ATTACHED
    assert message.params == {"reports": 1, "admins": 1, "children": 1}

    with transaction() as session:
        for name in ("b", "b1"):
            key = world.account(session, name).id
            people.deactivate(session, world.actor(session, "pusat"), key, NOW)
    assert left() == (1, 0, 1)
    with transaction() as session:
        management.deactivate(session, world.actor(session, "pusat"), world.b1, NOW)
    assert left() == (1, 0, 0)
    with pytest.raises(Invalid):
        switch_off()

    with transaction() as session:  # an ended report is history
        report = session.get_one(Report, report_id)
        report.state, report.clock_kind, report.clock_due_at = State.CLOSED, None, None
        report.ended_at, report.ended_by = NOW, "admin"
    assert left() == (0, 0, 0)
    switch_off()
    switch_off()  # a second click
    with transaction() as session:
        assert session.get_one(Agency, world.b).active is False


def test_a_copy_or_a_former_stay_does_not_keep_an_agency(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        world.verified(session, NOW, to="b", copies=("a3",))
        assert attached(session, world.a3).open_reports == 0


@pytest.mark.parametrize(("by", "agency"), [("a", "a"), ("a1", "a1"), ("pusat", "root")])
def test_nobody_switches_off_their_own_agency(ctx: AppContext, world: World, by: str, agency: str) -> None:
    key = world.agencies[agency]
    for do in (
        lambda session, actor: management.deactivate(session, actor, key, NOW),
        lambda session, actor: management.update(
            session, actor, key, AgencyProfile("Nama Baru"), NOW, active=False
        ),
    ):
        with pytest.raises(Invalid) as refused, transaction() as session:
            do(session, world.actor(session, by))
        assert refused.value.errors == {"active": management.OWN_AGENCY}


def test_an_agency_comes_back_below_an_active_one(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        parent = management.enter(
            session, world.actor(session, "a"), world.a3, AgencyProfile("Induk"), NOW
        ).id
        child = management.enter(session, world.actor(session, "a"), parent, AgencyProfile("Anak"), NOW).id
    with transaction() as session:
        for key in (child, parent):
            management.deactivate(session, world.actor(session, "a"), key, NOW)
    back = {"active": True}
    with pytest.raises(Invalid) as refused, transaction() as session:
        management.update(session, world.actor(session, "a"), child, AgencyProfile("Anak"), NOW, **back)
    assert refused.value.errors == {"active": management.PARENT_INACTIVE}
    with pytest.raises(Invalid) as refused, transaction() as session:
        management.enter(session, world.actor(session, "a"), parent, AgencyProfile("Anak 2"), NOW)
    assert refused.value.errors == {"parent": management.PARENT_INACTIVE}
    with transaction() as session:
        for key, name in ((parent, "Induk"), (child, "Anak")):
            management.update(session, world.actor(session, "a"), key, AgencyProfile(name), NOW, **back)
        assert session.get_one(Agency, child).active is True


def test_sizes_count_what_stands_directly_in_an_agency(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        session.add(
            Account(
                first_name="Nonaktif", last_name="", username="nonaktif", email="n@x.id", active=False,
                agency_id=world.a1,
            )
        )  # fmt: skip
        session.flush()
        found = sizes(session, [world.root, world.a, world.a1, world.a3])
        assert found == {
            world.root: Size(4, 2),
            world.a: Size(1, 3),
            world.a1: Size(2, 0),
            world.a3: Size(0, 0),
        }
        assert sizes(session, []) == {}


def test_a_form_offers_the_nearest_and_the_present_one(ctx: AppContext, world: World) -> None:
    with transaction() as session:
        session.get_one(Agency, world.a3).active = False
        session.flush()
        a, pusat = world.actor(session, "a"), world.actor(session, "pusat")
        assert [offer.label for offer in offered(session, a, 10)] == ["Instansi A", "Unit A1", "Unit A2"]
        assert [offer.id for offer in offered(session, a, 2, besides=world.a3)] == [world.a3, world.a]
        assert [offer.id for offer in offered(session, a, 9, besides=world.b)] == [
            world.a,
            world.a1,
            world.a2,
        ]
        assert "Unit B1 — Instansi B" in [offer.label for offer in offered(session, pusat, 20)]
        assert offered(session, GUEST, 10) == []
