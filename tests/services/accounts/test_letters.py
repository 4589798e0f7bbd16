"""The letters about accounts: a delivery that is repeated tells the same; what is not wanted tells nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.ctx import AppContext
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.topics import TOPICS
from app.models import Account, AccountLink, OutboxMessage
from app.services.accounts import invitations, people, people_care, promoting, setting_password
from app.services.accounts.credentials import account_links
from app.services.accounts.setting_password import Typed
from app.services.inbox.mail.letter import Letter, Site
from tests.services.accounts.test_people import NEW, Office
from tests.support.databases import CHEAP_HASH
from tests.support.world import World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
SITE = Site("https://lapor.example.com", "lapor@example.com", "LAPOR!", "s3cret", password_method=CHEAP_HASH)


@pytest.fixture
def office(ctx: AppContext, world: World) -> Office:
    return Office(world)


def tell(topic: str, site: Site = SITE, now: datetime = NOW, number: int = -1) -> Letter | None:
    """Deliver the row of that topic (the last of them), as the job does: in a transaction of its own."""
    with transaction() as session:
        rows = session.scalars(
            select(OutboxMessage).where(OutboxMessage.topic == topic).order_by(OutboxMessage.id)
        ).all()
        return TOPICS[topic](session, rows[number], site, now)


@pytest.mark.parametrize("first", ["link", "mail"])
def test_a_repeated_first_letter_tells_the_same(office: Office, first: str) -> None:
    """Killed between sending and settling: the second copy must not make the first one worthless."""
    site = replace(SITE, first_password=first)
    with office.by("a1") as (session, actor):
        key = people.create(session, actor, NEW, NOW).id
    one = tell("account_first", site)
    two = tell("account_first", site, NOW + timedelta(minutes=20))
    assert one is not None
    assert one == two
    with office.by("a1") as (session, actor):
        people_care.invite_again(session, actor, key, NOW)
    other = tell("account_first", site)
    assert other is not None
    assert other.text != one.text
    assert tell("account_first", site, number=0) is None  # the earlier row: its link was replaced
    with transaction() as session:
        row = session.get_one(Account, key)
        assert row.must_change_password
        assert bool(row.password) is (first == "mail")


def test_a_repeated_letter_for_a_forgotten_password_tells_the_same(office: Office) -> None:
    with transaction() as session:
        setting_password.ask_for_link(session, "akun-a1", NOW)
        setting_password.ask_for_link(session, "tidak-ada", NOW)
    assert tell("password_forgotten", number=1) is None
    one = tell("password_forgotten", number=0)
    assert one is not None
    assert one == tell("password_forgotten", now=NOW + timedelta(minutes=1), number=0)
    with transaction() as session:
        assert len(session.scalars(select(AccountLink)).all()) == 1
        setting_password.ask_for_link(session, "akun-a1", NOW)
    assert tell("password_forgotten", now=NOW + timedelta(minutes=1)) is None  # two minutes apart
    later = tell("password_forgotten", now=NOW + timedelta(minutes=3))
    assert later is not None
    assert later.text != one.text


def test_the_time_of_a_link_begins_with_its_delivery(office: Office) -> None:
    """A queue that stood still for a day sends links that still work."""
    with office.by("a1") as (session, actor):
        people.create(session, actor, NEW, NOW)
    late = NOW + timedelta(days=5)
    assert tell("account_first", now=late) is not None
    assert tell("account_first", now=late + timedelta(days=3)) is None
    with transaction() as session:
        assert account_links.forget(session, late + timedelta(days=2)) == 0
        assert account_links.forget(session, late + timedelta(days=3)) == 1


@pytest.mark.parametrize("topic", ["account_promoted", "second_step_reset", "password_changed"])
def test_nobody_is_told_who_was_switched_off_meanwhile(office: Office, world: World, topic: str) -> None:
    key = office.id("warga")
    with office.by("a") as (session, actor):
        link = promoting.promote(session, actor, key, world.a1, None, NOW)
        token = account_links.deliver(session, link, "s3cret", NOW).token
    with office.by("warga") as (session, actor):
        account = invitations.accept(session, actor, token, NOW)
        assert account.agency_id == world.a1
        people_care.take_second_step(session, actor, account, NOW)
    with transaction() as session:
        own = world.actor(session, "warga")
        good = "payung-biru-tua-hanyut"
        setting_password.change_own(session, own, "Sandi-Uji-2026", Typed(good, good), CHEAP_HASH, NOW)
    told = tell(topic)
    assert told is not None
    assert told.address == "warga@contoh.example.com"
    assert told.text.startswith("Yth. Warga WARGA,")
    with transaction() as session:
        session.get_one(Account, key).active = False
    assert tell(topic) is None


def test_an_html_letter_takes_no_markup_from_names(office: Office) -> None:
    with office.by("a1") as (session, actor):
        people.create(session, actor, replace(NEW, name="<b>Siti</b> & {{ link }}"), NOW)
    letter = tell("account_first")
    assert letter is not None
    assert "<b>Siti" not in letter.html
    assert "&lt;b&gt;Siti&lt;/b&gt; &amp; {{ link }}" in letter.html
    assert "<b>Siti</b> & {{ link }}" in letter.text
