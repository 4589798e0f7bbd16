"""Two managers at the same moment, each with a session of their own on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import Account
from app.rules.accounts.people import LinkPurpose
from app.rules.errors import Invalid, LaporError, NotFound
from app.services.accounts import invitations, people, promoting, setting_password, sign_in
from app.services.accounts.credentials import account_links
from app.services.accounts.credentials.passwords import stamp
from app.services.accounts.people import Details
from app.services.agencies import management
from tests.concurrency.test_races import race, won
from tests.support.accounts import GOOD, OTHER, with_authenticator
from tests.support.databases import CHEAP_HASH
from tests.support.http import Person
from tests.support.world import World

pytestmark = pytest.mark.postgresql
NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
NEW = Details("Siti Aminah", "siti_aminah", "siti@contoh.example.com")
ROUNDS = 5


def account_id(app: Flask, world: World, name: str) -> int:
    with app.app_context(), transaction() as session:
        return int(world.account(session, name).id)


def step(world: World, by: str, do: Callable[..., Any], *arguments: object) -> Callable[[], object]:
    """A manager's click: a transaction of their own; the key of what came of it."""

    def run() -> object:
        with transaction() as session:
            return do(session, world.actor(session, by), *arguments).id

    return run


def test_two_central_admins_do_not_switch_each_other_off(app: Flask, world: World) -> None:
    one, two = account_id(app, world, "pusat"), account_id(app, world, "pusat2")
    for _ in range(ROUNDS):
        results = race(
            app,
            step(world, "pusat2", people.deactivate, one, NOW),
            step(world, "pusat", people.deactivate, two, NOW),
        )
        assert len(won(results)) == 1
        with app.app_context(), transaction() as session:
            left = session.scalars(
                select(Account).where(Account.id.in_([one, two]), Account.active.is_(True))
            ).all()
            assert len(left) == 1
            for name in ("pusat", "pusat2"):
                world.account(session, name).active = True


def test_one_name_is_entered_once(app: Flask, world: World) -> None:
    """The second one hears that the name is taken, in words, not of a constraint."""
    for number in range(ROUNDS):
        details = replace(NEW, username=f"siti{number}", email=f"siti{number}@contoh.example.com")
        results = race(
            app,
            step(world, "a", people.create, details, NOW),
            step(world, "b", people.create, details, NOW),
            step(world, "pusat", people.create, replace(details, agency_id=world.a3), NOW),
        )
        assert len(won(results)) == 1, results
        for refused in results:
            if isinstance(refused, LaporError):
                assert isinstance(refused, Invalid)
                assert set(refused.errors) <= {"username", "email"}


def test_one_agency_is_entered_once_under_its_parent(app: Flask, world: World) -> None:
    for number in range(ROUNDS):
        profile = management.AgencyProfile(f"Unit Kembar {number}")
        results = race(
            app,
            step(world, "a", management.enter, world.a, profile, NOW),
            step(world, "pusat", management.enter, world.a, profile, NOW),
            step(world, "a", management.update, world.a3, profile, NOW),
        )
        assert len(won(results)) == 1, results
        taken = [refused.errors for refused in results if isinstance(refused, Invalid)]
        assert taken == [{"name": management.NAME_TAKEN}] * 2


@pytest.mark.parametrize("first", ["account", "unit", "switch"])
def test_nobody_slips_into_an_agency_that_is_switched_off(app: Flask, world: World, first: str) -> None:
    """Whoever comes second waits for the first one's commit, and then decides by what is true."""
    there = replace(NEW, agency_id=world.a3)
    steps = {
        "account": step(world, "a", people.create, there, NOW),
        "unit": step(world, "a", management.enter, world.a3, management.AgencyProfile("Seksi"), NOW),
        "switch": step(world, "a", management.deactivate, world.a3, NOW),
    }
    then = ["switch"] if first != "switch" else ["account", "unit"]
    with app.app_context(), ThreadPoolExecutor(2) as pool:
        with transaction() as session:
            actor = world.actor(session, "a")
            if first == "account":
                people.create(session, actor, there, NOW)
            elif first == "unit":
                management.enter(session, actor, world.a3, management.AgencyProfile("Seksi"), NOW)
            else:
                management.deactivate(session, actor, world.a3, NOW)
            waiting = [pool.submit(within, app, steps[name]) for name in then]
            assert wait(waiting, timeout=0.5).done == set()
        for future in waiting:
            assert isinstance(future.result(timeout=30), Invalid)


def within(app: Flask, do: Callable[[], object]) -> object:
    with app.app_context():
        try:
            return do()
        except LaporError as refused:
            return refused


def test_guesses_sent_all_at_once_are_counted_one_by_one(app: Flask, world: World) -> None:
    def guess() -> object:
        return Person(app, None).post("/login/", {"username": "akun-a1", "password": "salah"}).status_code

    assert race(app, *[guess] * 4) == [401] * 4
    with app.app_context(), transaction() as session:
        assert world.account(session, "a1").fail_login_count == 4


def test_a_citizen_is_made_an_admin_of_one_agency(app: Flask, world: World) -> None:
    key = account_id(app, world, "warga")
    tokens = []
    for by, agency in (("a", world.a1), ("b", world.b1)):
        with app.app_context(), transaction() as session:
            link = promoting.promote(session, world.actor(session, by), key, agency, None, NOW)
            ready = account_links.deliver(session, link, "s3cret", NOW)
            assert ready is not None
            tokens.append(ready.token)
    # Both ask, and both letters are good; the two answers come at once.
    results = race(app, *(step(world, "warga", invitations.accept, token, NOW) for token in tokens))
    assert len(won(results)) == 1, results
    assert [type(each) for each in results if isinstance(each, LaporError)] == [NotFound]
    with app.app_context(), transaction() as session:
        assert session.get_one(Account, key).agency_id in (world.a1, world.b1)


def test_a_link_and_a_code_let_in_one_of_two_at_once(app: Flask, world: World) -> None:
    with app.app_context(), transaction() as session:
        account = world.account(session, "a1")
        link = account_links.make(session, account, LinkPurpose.FORGOTTEN, NOW)
        ready = account_links.deliver(session, link, "secret", NOW)
    assert ready is not None
    token, key = ready.token, account_id(app, world, "a1")

    def use(password: str) -> object:
        with transaction() as session:
            typed = setting_password.Typed(password, password)
            done = setting_password.by_link(session, token, typed, CHEAP_HASH, "secret", NOW)
            return done and done.id

    results = race(app, lambda: use(GOOD), lambda: use(OTHER))
    assert len(won(results)) == 1, results
    assert [type(refused) for refused in results if isinstance(refused, LaporError)] == [NotFound]

    totp = with_authenticator(app, "a1", "abcd-efgh-ijkl-mnop")
    for code in (totp.at(NOW), "abcd-efgh-ijkl-mnop"):

        def enter(typed: str = code) -> object:
            with transaction() as session:
                visitor = sign_in.Visitor("place", "name")
                mark = stamp(session.get_one(Account, key))
                return sign_in.second(
                    session, key, mark, typed, app.config["SECRET_KEY"], NOW, visitor=visitor
                )

        assert sorted(race(app, enter, enter)) == [False, True]
