"""Taking a change back, where it meets what became of the account meanwhile: its number used elsewhere, its
reports' messages led to another telephone, promoted, taken out, changed twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask.ctx import AppContext
from sqlalchemy import select

from app.access.actor import Actor
from app.extensions import transaction
from app.models import Account, AccountLink, OneTimeCode, OutboxMessage, RecoveryCode, Reporter
from app.rules.accounts.people import LinkPurpose
from app.rules.citizens.forms import CodePurpose, NotifyBy
from app.rules.errors import Invalid
from app.services.accounts import own_account, people, second_step, undo_links
from app.services.accounts.credentials import account_links, authenticator
from app.services.accounts.credentials.codes import Address
from app.services.citizens import registration
from tests.support.accounts import GOOD
from tests.support.databases import CHEAP_HASH
from tests.support.world import PASSWORD, World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
SECRET = "s3cret"
OWN, FOREIGN = "+6281290001111", "+6281290002222"


@pytest.fixture
def citizen(ctx: AppContext, world: World) -> int:
    """The account of a citizen who signs in with their telephone and is told by it."""
    with transaction() as session:
        account = world.account(session, "warga")
        account.username = account.phone = OWN
        account.last_login = NOW.replace(tzinfo=None)
        reporter = session.scalars(select(Reporter).where(Reporter.user_id == account.id)).one()
        reporter.phone, reporter.notify_by = OWN, NotifyBy.SMS
        return account.id


def lead_away(citizen: int, now: datetime = NOW, phone: str = FOREIGN) -> str:
    """Somebody with the session and the password makes another telephone the account's; the token that takes
    it back."""
    with transaction() as session:
        actor = Actor(user_id=citizen)
        own_account.ask_phone(session, actor, phone, PASSWORD, now)
        row = session.scalars(
            select(OneTimeCode).where(OneTimeCode.purpose == CodePurpose.PHONE, OneTimeCode.phone == phone)
        ).one()
        own_account.confirm_phone(session, actor, row, now)
    with transaction() as session:
        link = session.scalars(
            select(AccountLink)
            .where(AccountLink.user_id == citizen, AccountLink.purpose == LinkPurpose.UNDO)
            .order_by(AccountLink.id.desc())
        ).first()
        ready = account_links.deliver(session, link, SECRET, now)
        assert ready is not None
        return ready.token


def take_back(token: str) -> None:
    with transaction() as session:
        undo_links.undo(session, token, GOOD, GOOD, CHEAP_HASH, NOW + timedelta(hours=1))


def names(citizen: int) -> tuple[str, str, str]:
    """What the account signs in with, its telephone, and where its reports' text messages go."""
    with transaction() as session:
        account = session.get_one(Account, citizen)
        reporter = session.scalars(select(Reporter).where(Reporter.user_id == citizen)).one()
        return account.username, account.phone, reporter.phone


def test_what_is_told_of_reports_comes_back_with_the_telephone(citizen: int) -> None:
    token = lead_away(citizen)
    assert names(citizen) == (FOREIGN, FOREIGN, FOREIGN)
    take_back(token)
    assert names(citizen) == (OWN, OWN, OWN)


def test_of_two_changes_the_oldest_undoing_brings_back_the_first(citizen: int) -> None:
    token = lead_away(citizen)
    lead_away(citizen, NOW + timedelta(minutes=5), "+6281290003333")
    take_back(token)
    assert names(citizen) == (OWN, OWN, OWN)


def test_who_was_told_by_another_telephone_still_is(citizen: int) -> None:
    with transaction() as session:
        session.scalars(select(Reporter).where(Reporter.user_id == citizen)).one().phone = ""
    take_back(lead_away(citizen))
    assert names(citizen) == (OWN, OWN, "")


def register(phone: str) -> None:
    with transaction() as session:
        registration.begin_registration(session, "Siti", Address(phone=phone), "x", NOW)
        row = session.scalars(select(OneTimeCode).where(OneTimeCode.purpose == CodePurpose.REGISTER)).one()
        registration.finish_registration(session, row, NOW)


def change_to(who: int, phone: str) -> None:
    with transaction() as session:
        row = OneTimeCode(
            token_hash="0" * 64, purpose=CodePurpose.PHONE, email="", phone=phone, payload={"user": who},
            tries=0, created_at=NOW, expires_at=NOW + timedelta(minutes=30),
        )  # fmt: skip
        session.add(row)
        session.flush()
        own_account.confirm_phone(session, Actor(user_id=who), row, NOW)


def by_telephone(world: World, name: str) -> int:
    with transaction() as session:
        account = world.account(session, name)
        account.username = account.phone = "+6281290004444"
        return account.id


@pytest.mark.parametrize("way", ["register", "change"])
def test_a_telephone_that_can_come_back_is_given_to_nobody(citizen: int, world: World, way: str) -> None:
    token = lead_away(citizen)
    with pytest.raises(Invalid):
        register(OWN) if way == "register" else change_to(by_telephone(world, "a1"), OWN)
    take_back(token)
    assert names(citizen) == (OWN, OWN, OWN)


def test_its_owner_takes_the_old_number_again(citizen: int) -> None:
    lead_away(citizen)
    lead_away(citizen, NOW + timedelta(minutes=5), OWN)
    assert names(citizen)[:2] == (OWN, OWN)


def test_one_that_was_given_away_before_is_refused_in_words(citizen: int, world: World) -> None:
    token = lead_away(citizen)
    with transaction() as session:
        world.account(session, "a1").username = OWN
    with pytest.raises(Invalid) as refused:
        take_back(token)
    assert people.PHONE_TAKEN in refused.value.errors.values()
    assert names(citizen)[0] == FOREIGN


def test_a_strangers_authenticator_is_taken_back(citizen: int) -> None:
    """By the letter that told of it: a new password alone would ask for the stranger's code."""
    nonce, key = authenticator.new_nonce(), "k" * 32
    with transaction() as session:
        code = pyotp.TOTP(authenticator.secret_of(citizen, nonce, key)).at(NOW)
        second_step.enable(session, Actor(user_id=citizen), nonce, code, PASSWORD, key, NOW)
    with transaction() as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "account_changed")).one()
        link = session.get_one(AccountLink, row.payload["link"])
        ready = account_links.deliver(session, link, SECRET, NOW)
        assert ready is not None
        assert link.phone == OWN
    take_back(ready.token)
    with transaction() as session:
        account = session.get_one(Account, citizen)
        assert account.totp_nonce == ""
        assert session.scalars(select(RecoveryCode).where(RecoveryCode.user_id == citizen)).all() == []
