"""Every way in which one account can come to control another, played from the table of rules/accounts/control.py.

For each: who is not listed is refused, who must be told is written to, and what must end has ended. What
writes an account's ways in and stands in no row fails here, and the message says where to add it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask.ctx import AppContext
from sqlalchemy import select
from sqlalchemy.orm import Session

import app as package
from app.access.actor import GUEST, SYSTEM, Actor
from app.extensions import transaction
from app.jobs.topics import TEXTS, TOPICS
from app.models import (
    Account,
    AccountLink,
    ApiClient,
    Notification,
    OneTimeCode,
    OutboxMessage,
)
from app.rules.accounts.control import WAYS, Ends, WayOfControl
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import Role
from app.rules.channels.api import ClientKind, Scope
from app.rules.citizens.forms import CodePurpose
from app.rules.errors import LaporError
from app.services.accounts import (
    invitations,
    own_account,
    people,
    people_care,
    promoting,
    second_step,
    setting_password,
    undo_links,
)
from app.services.accounts.credentials import account_links, api_tokens, authenticator
from app.services.accounts.credentials.codes import Address
from app.services.accounts.setting_password import Typed
from app.services.agencies import merging
from app.services.citizens import registration
from tests.services.accounts.test_people import NEW, Office
from tests.support.accounts import GOOD, OTHER
from tests.support.databases import CHEAP_HASH
from tests.support.world import PASSWORD, World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
SECRET = "s3cret"
CHOSEN = Typed(GOOD, GOOD)
CODE = Path(package.__file__).parent
ADD = "add it to WAYS in app/rules/accounts/control.py: who may, who is told, what ends; and play it here"
# What decides who gets into an account, and with which powers.
WAYS_IN = frozenset(
    {
        "email",
        "phone",
        "username",
        "password",
        "totp_nonce",
        "agency_id",
        "roles",
        "active",
        "must_change_password",
    }
)
# They write columns of the same names of other things than accounts.
OTHER_THINGS = frozenset(
    {
        "management", "api_clients", "dead_letters", "filing", "recording", "reference", "reorganisation",
        "role_editing", "uploads", "reporter_contributions", "sheet_filing",
    }
)  # fmt: skip
ABOUT_ACCOUNTS = ("account_", "password_", "email_", "second_step_", "invitation_", "sms_account_")

Do = Callable[[Session], object]


@dataclass(frozen=True)
class Play:
    """whose: the account. do: takes the way. refused: what must not. quiet: no letter of the row is due, for a
    reason that the play says. tokens: links of this purpose lie beside, to see whether they end."""

    whose: int
    do: Do
    refused: Sequence[Do]
    beside: LinkPurpose = LinkPurpose.FORGOTTEN


@pytest.fixture
def office(ctx: AppContext, world: World) -> Office:
    return Office(world)


def by(office: Office, name: str, do: Callable[[Session, Actor], object]) -> Do:
    return lambda session: do(session, office.world.actor(session, name))


def strangers(office: Office, do: Callable[[Session, Actor], object]) -> list[Do]:
    """Everybody who manages neither the agency A1 nor one above it, and visitors."""
    others = [by(office, name, do) for name in ("b", "b1", "a2", "statistik", "warga", "warga2")]
    return [*others, lambda session: do(session, GUEST)]


def link_for(key: int, purpose: LinkPurpose, **more: Any) -> str:
    """The token of a link that was delivered."""
    with transaction() as session:
        link = account_links.make(session, session.get_one(Account, key), purpose, NOW, **more)
        ready = account_links.deliver(session, link, SECRET, NOW)
        assert ready is not None
        return ready.token


def code_of(key: int) -> str:
    with transaction() as session:
        account = session.get_one(Account, key)
        account.totp_nonce = "ab" * 16
        return account.totp_nonce


def owners(office: Office, do: Callable[[Session, Actor, str], object], whose: str = "a1b") -> Play:
    """A way of the owner: with the password, and not without it, and nobody's who is not signed in."""
    return Play(
        office.id(whose),
        by(office, whose, lambda s, a: do(s, a, PASSWORD)),
        [
            by(office, whose, lambda s, a: do(s, a, "salah")),
            lambda session: do(session, GUEST, PASSWORD),
        ],
    )


def managers(office: Office, whose: str, do: Callable[[Session, Actor, int], object]) -> Play:
    key = office.id(whose)
    return Play(
        key, by(office, "a", lambda s, a: do(s, a, key)), strangers(office, lambda s, a: do(s, a, key))
    )


def never_in(office: Office) -> int:
    with office.by("a") as (session, actor):
        return people.create(
            session, actor, replace(NEW, agency_id=office.world.a1), NOW - timedelta(days=1)
        ).id


def holders(key: int, token: str, do: Callable[[Session, str], object], **more: Any) -> Play:
    """A way by a link: not by another one."""
    return Play(key, lambda s: do(s, token), [lambda s: do(s, token[:-1]), lambda s: do(s, "")], **more)


def play_confirm_email(office: Office) -> Play:
    key = office.id("a1b")
    token = link_for(key, LinkPurpose.EMAIL, email="baru@contoh.example.com")
    return holders(key, token, lambda s, t: own_account.confirm_email(s, t, NOW))


def phone_code(office: Office) -> int:
    with office.by("a1b") as (session, actor):
        own_account.ask_phone(session, actor, "081311122233", PASSWORD, NOW)
        return session.scalars(select(OneTimeCode.id).where(OneTimeCode.purpose == CodePurpose.PHONE)).one()


def play_confirm_phone(office: Office) -> Play:
    row = phone_code(office)

    def do(session: Session, actor: Actor) -> object:
        return own_account.confirm_phone(session, actor, session.get_one(OneTimeCode, row), NOW)

    return Play(office.id("a1b"), by(office, "a1b", do), [by(office, "a1", do), *strangers(office, do)])


def play_undo(office: Office) -> Play:
    key = office.id("a1b")
    token = link_for(key, LinkPurpose.UNDO, email="lama@contoh.example.com")
    return holders(key, token, lambda s, t: undo_links.undo(s, t, GOOD, GOOD, CHEAP_HASH, NOW))


def play_correct(office: Office) -> Play:
    key = never_in(office)
    right = replace(NEW, email="benar@contoh.example.com")
    entered = office.id("a1b")
    details = replace(office.details("a1b"), email="benar@contoh.example.com")
    return Play(
        key,
        by(office, "a", lambda s, a: people.update(s, a, key, right, NOW)),
        [
            *strangers(office, lambda s, a: people.update(s, a, key, right, NOW)),
            by(office, "a", lambda s, a: people.update(s, a, entered, details, NOW)),
        ],
    )


def play_create(office: Office) -> Play:
    with office.by("a") as (session, actor):  # another one, to have somebody whose links do not end
        key = people.create(session, actor, NEW, NOW).id
    more = replace(NEW, username="lagi", email="lagi@contoh.example.com", agency_id=office.world.a1)
    do = lambda s, a: people.create(s, a, more, NOW)  # noqa: E731
    return Play(key, by(office, "a", do), strangers(office, do))


def play_invite_again(office: Office) -> Play:
    key, entered = never_in(office), office.id("a1b")
    do = lambda s, a: people_care.invite_again(s, a, key, NOW)  # noqa: E731
    return Play(
        key,
        by(office, "a", do),
        [*strangers(office, do), by(office, "a", lambda s, a: people_care.invite_again(s, a, entered, NOW))],
    )


def play_by_link(office: Office) -> Play:
    key = office.id("a1b")
    token = link_for(key, LinkPurpose.FORGOTTEN)
    return holders(
        key,
        token,
        lambda s, t: setting_password.by_link(s, t, CHOSEN, CHEAP_HASH, SECRET, NOW),
        beside=LinkPurpose.EMAIL,
    )


def play_exchange(office: Office) -> Play:
    """The code to a telephone is worth a link, and no more; whoever has no such telephone gets none."""
    key = office.id("a1b")

    def asked(phone: str) -> int:
        with transaction() as session:
            setting_password.ask_for_code(session, phone, NOW)
            return session.scalars(select(OneTimeCode.id).order_by(OneTimeCode.id.desc()).limit(1)).one()

    with transaction() as session:
        session.get_one(Account, key).username = "+6281311122244"
    fresh, unknown = asked("+6281311122244"), asked("+6281311122255")

    def do(row: int) -> Do:
        return lambda s: setting_password.exchange(s, s.get_one(OneTimeCode, row), SECRET, NOW)

    return Play(key, do(fresh), [do(unknown)], beside=LinkPurpose.EMAIL)


def play_enable(office: Office) -> Play:
    key, nonce = office.id("a1b"), "cd" * 16
    code = pyotp.TOTP(authenticator.secret_of(key, nonce, SECRET)).at(NOW)
    return owners(office, lambda s, a, word: second_step.enable(s, a, nonce, code, word, SECRET, NOW))


def play_renew(office: Office) -> Play:
    code_of(office.id("a1b"))
    return owners(office, lambda s, a, word: second_step.renew_codes(s, a, word, NOW))


def play_disable(office: Office) -> Play:
    code_of(office.id("a1b"))
    return owners(office, lambda s, a, word: second_step.disable(s, a, word, NOW))


def play_reset(office: Office) -> Play:
    code_of(office.id("a1b"))
    return managers(office, "a1b", lambda s, a, key: people_care.reset_second_step(s, a, key, NOW))


def play_ask_recovery(office: Office) -> Play:
    key = office.id("a1b")
    code_of(key)
    return Play(key, lambda s: people_care.ask_recovery(s, SYSTEM, s.get_one(Account, key), NOW), [])


def play_recover(office: Office) -> Play:
    key = office.id("a1b")
    code_of(key)
    token = link_for(key, LinkPurpose.SECOND_STEP)
    return Play(
        key,
        lambda s: second_step.recover(s, token, PASSWORD, NOW),
        [
            lambda s: second_step.recover(s, token, "salah", NOW),
            lambda s: second_step.recover(s, token[:-1], PASSWORD, NOW),
        ],
    )


def play_invite(office: Office) -> Play:
    key = office.id("warga")
    do = lambda s, a: promoting.promote(s, a, key, office.world.a1, None, NOW)  # noqa: E731
    return Play(key, by(office, "a", do), strangers(office, do))


def invitation(office: Office) -> str:
    with office.by("a") as (session, actor):
        link = promoting.promote(session, actor, office.id("warga"), office.world.a1, None, NOW)
        ready = account_links.deliver(session, link, SECRET, NOW)
        assert ready is not None
        return ready.token


def play_answer(answer: Callable[[Session, Actor, str, datetime], object]) -> Callable[[Office], Play]:
    def play(office: Office) -> Play:
        token, key = invitation(office), office.id("warga")
        others = [
            by(office, name, lambda s, a: answer(s, a, token, NOW)) for name in ("warga2", "a", "a1", "pusat")
        ]
        return Play(
            key,
            by(office, "warga", lambda s, a: answer(s, a, token, NOW)),
            [
                *others,
                lambda s: answer(s, GUEST, token, NOW),
                by(office, "warga", lambda s, a: answer(s, a, token[:-1], NOW)),
                by(office, "warga", lambda s, a: answer(s, a, token, NOW + timedelta(days=7))),
            ],
        )

    return play


def play_withdraw(office: Office) -> Play:
    invitation(office)
    with transaction() as session:
        key = session.scalars(
            select(AccountLink.id).where(AccountLink.purpose == LinkPurpose.INVITATION)
        ).one()
    do = lambda s, a: invitations.withdraw(s, a, key, NOW)  # noqa: E731
    return Play(office.id("warga"), by(office, "a", do), strangers(office, do))


def play_powers(office: Office) -> Play:
    details = replace(office.details("a1b"), phone=None, role=Role.COORDINATOR)
    played = managers(office, "a1b", lambda s, a, key: people.update(s, a, key, details, NOW))
    # Nobody gives what they may not give, and nobody their own.
    key = office.id("a1b")
    more = [
        by(office, "a1", lambda s, a: people.update(s, a, key, details, NOW)),
        by(office, "a1b", lambda s, a: people.update(s, a, key, details, NOW)),
        by(office, "a", lambda s, a: people.update(s, a, key, replace(details, role=Role.CENTRAL), NOW)),
    ]
    return replace(played, refused=[*played.refused, *more])


def play_merge(office: Office) -> Play:
    world = office.world
    return Play(
        office.id("a1b"),
        by(office, "pusat", lambda s, a: merging.adopt(s, a, world.a1, world.a2, NOW)),
        [],  # services/agencies/reorganisation.py asks who may, and tests/services/agencies/test_reorganisation.py plays it
    )


def play_consent(office: Office) -> Play:
    def do(session: Session) -> None:
        account = session.get_one(Account, office.id("a1b"))
        client = session.scalars(select(ApiClient)).one()
        api_tokens.give_code(session, "kode", client.id, account, [Scope(client.scopes[0])], "", "", NOW)

    return Play(
        office.id("a1b"), do, []
    )  # the view asks who is signed in: app/views/channels/oauth/consent.py


def play_register(office: Office) -> Play:
    def code(address: str) -> int:
        with transaction() as session:
            hashed = "x"
            registration.begin_registration(session, "Siti", Address(email=address), hashed, NOW)
            return session.scalars(select(OneTimeCode.id).order_by(OneTimeCode.id.desc()).limit(1)).one()

    key = office.id("a1b")
    link_for(key, LinkPurpose.UNDO, email="lama@contoh.example.com")
    fresh, *known = (code(f"{name}@contoh.example.com") for name in ("siti", "a1b", "lama"))

    def do(row: int) -> Do:
        return lambda s: registration.finish_registration(s, s.get_one(OneTimeCode, row), NOW)

    return Play(key, do(fresh), [do(row) for row in known])


PLAYS: Mapping[str, Callable[[Office], Play]] = {
    "ask_email": lambda o: owners(
        o, lambda s, a, word: own_account.ask_email(s, a, "baru@contoh.example.com", word, NOW)
    ),
    "confirm_email": play_confirm_email,
    "change_phone": lambda o: owners(
        o, lambda s, a, word: own_account.change_phone(s, a, "081311122233", word, NOW)
    ),
    "confirm_phone": play_confirm_phone,
    "undo": play_undo,
    "correct": play_correct,
    "create": play_create,
    "invite_again": play_invite_again,
    "by_link": play_by_link,
    "change_own": lambda o: owners(
        o, lambda s, a, word: setting_password.change_own(s, a, word, Typed(OTHER, OTHER), CHEAP_HASH, NOW)
    ),
    "ask_for_link": lambda o: Play(
        o.id("a1b"), lambda s: setting_password.ask_for_link(s, "akun-a1b", NOW), []
    ),
    "ask_for_code": lambda o: Play(
        o.id("a1b"), lambda s: setting_password.ask_for_code(s, "+6281311122233", NOW), []
    ),
    "exchange": play_exchange,
    "enable": play_enable,
    "renew_codes": play_renew,
    "disable": play_disable,
    "reset_second_step": play_reset,
    "ask_recovery": play_ask_recovery,
    "recover": play_recover,
    "invite": play_invite,
    "accept": play_answer(invitations.accept),
    "decline": play_answer(invitations.decline),
    "withdraw": play_withdraw,
    "change_powers": play_powers,
    "merge": play_merge,
    "switch": lambda o: managers(o, "a1b", lambda s, a, key: people.deactivate(s, a, key, NOW)),
    "remove": lambda o: managers(o, "a1b", lambda s, a, key: people_care.remove(s, a, key, NOW)),
    "unlock": lambda o: managers(o, "a1b", lambda s, a, key: people_care.unlock(s, a, key, NOW)),
    "edit": lambda o: Play(
        o.id("a1b"),
        by(
            o, "a1b", lambda s, a: own_account.edit(s, a, own_account.AccountProfile("Siti", None, None), NOW)
        ),
        [lambda s: own_account.edit(s, GUEST, own_account.AccountProfile("Siti", None, None), NOW)],
    ),
    "consent": play_consent,
    "register": play_register,
}


def test_every_way_is_played() -> None:
    assert set(PLAYS) == {way.name for way in WAYS}, ADD


def prepare(key: int, beside: LinkPurpose) -> str:
    """A token of an app, and a mailed link, whose end is looked for; the link's token."""
    with transaction() as session:
        account = session.get_one(Account, key)
        client = ApiClient(
            client_id="app",
            name="App",
            kind=ClientKind.ANDROID,
            scopes=[next(iter(Scope)).value],
            created_at=NOW,
        )
        session.add(client)
        session.flush()
        api_tokens.save(
            session, api_tokens.NewToken("akses", "segar", client.scopes, 60), client.id, account, None, NOW
        )
    return link_for(key, beside)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_is_open_to_those_alone_who_are_listed(office: Office, way: WayOfControl) -> None:
    play = PLAYS[way.name](office)
    link = prepare(play.whose, play.beside)
    before = state(play.whose)
    for refused in play.refused:
        with pytest.raises(LaporError):
            carry_out(refused)
        assert state(play.whose) == before
    with transaction() as session:
        last = session.scalar(select(OutboxMessage.id).order_by(OutboxMessage.id.desc()).limit(1)) or 0
        bells = session.query(Notification).where(Notification.user_id == play.whose).count()
    carry_out(play.do)
    with transaction() as session:
        told = set(session.scalars(select(OutboxMessage.topic).where(OutboxMessage.id > last)))
        assert set(way.told) <= told, f"{way.name}: who must be told is not"
        rung = session.query(Notification).where(Notification.user_id == play.whose).count() > bells
        assert rung or not way.bell
        ended = set()
        if api_tokens.holder(session, "akses", NOW) is None:
            ended.add(Ends.SESSIONS)
        if account_links.find(session, link, NOW, play.beside) is None:
            ended.add(Ends.LINKS)
        dead_by_row = {Ends.SESSIONS} if not session.get_one(Account, play.whose).active else set()
        assert ended | dead_by_row == set(way.ends) | dead_by_row, f"{way.name}: what ends is another"


def carry_out(do: Do) -> None:
    with transaction() as session:
        do(session)


def state(key: int) -> Mapping[str, object]:
    with transaction() as session:
        row = session.get_one(Account, key)
        columns = {column.key: getattr(row, column.key) for column in Account.__mapper__.column_attrs}
        return {**columns, "roles": sorted(role.name for role in row.roles)}


# What is in the code and in no row.


def test_every_purpose_of_a_link_stands_in_one_row() -> None:
    listed = [purpose for way in WAYS for purpose in way.purposes]
    assert sorted(listed) == sorted(LinkPurpose), ADD


def test_every_letter_about_accounts_stands_in_a_row() -> None:
    there = {*TOPICS, *TEXTS}
    told = {topic for way in WAYS for topic in way.told}
    assert told <= there
    wanted = {topic for topic in there if topic.startswith(ABOUT_ACCOUNTS)}
    assert wanted - told == {"sms_account_changed"}, (
        ADD
    )  # the same as account_changed, where there is no e-mail


def test_every_act_that_the_audit_log_knows_stands_in_a_row() -> None:
    listed = {action for way in WAYS for action in way.actions}
    found = set()
    for path in CODE.rglob("*.py"):
        if path.name not in ("control.py", "audit.py"):
            found |= set(re.findall(r'"(account\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    with_fields = {
        f"account.{field}_changed" for field in people.seen(Account(roles=[])) if field != "active"
    }
    assert found | with_fields == listed, ADD


def writers() -> Iterator[tuple[str, str]]:
    """module.function of every assignment to one of WAYS_IN, and what it is assigned on."""
    for folder in ("services", "jobs", "views", "access"):
        for path in sorted((CODE / folder).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(function, ast.FunctionDef):
                    continue
                for node in ast.walk(function):
                    targets = node.targets if isinstance(node, ast.Assign) else []
                    for target in targets:
                        parts = target.elts if isinstance(target, ast.Tuple) else [target]
                        for part in parts:
                            if isinstance(part, ast.Attribute) and part.attr in WAYS_IN:
                                yield f"{path.stem}.{function.name}", ast.unparse(part)
                    if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                        "Account",
                        "update(Account).values",
                    ):
                        yield f"{path.stem}.{function.name}", "Account(…)"


def test_whatever_writes_an_accounts_ways_in_stands_in_a_row() -> None:
    listed = {way.does for way in WAYS} | {name for way in WAYS for name in way.writers}
    strange = [
        (name, what)
        for name, what in writers()
        if name not in listed
        and name.partition(".")[0] not in OTHER_THINGS
        and not what.startswith(("self.", "reporter.", "agency.", "form.", "session.get_one(Agency"))
    ]
    assert strange == [], ADD


def test_what_the_rows_name_is_there() -> None:
    import importlib

    for way in WAYS:
        for name in (way.does, *way.writers):
            module, _, function = name.partition(".")
            (path,) = (CODE / "services").rglob(f"{module}.py")
            dotted = ".".join(path.relative_to(CODE.parent).with_suffix("").parts)
            assert callable(getattr(importlib.import_module(dotted), function)), name
