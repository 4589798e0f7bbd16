"""The demo: every account finds something in each tab that its office can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.access.actor import actor_of
from app.access.inbox.badges import badges
from app.access.inbox.notifications import newest
from app.access.scope import worklist
from app.demo import build
from app.demo.agencies import ACCOUNTS, DemoAccount
from app.demo.scenes import LINES
from app.extensions import db
from app.models import Account
from app.models.accounts.security import ours, permission_rows
from app.rules.accounts.roles import Role
from app.rules.reports.tabs import ROOT_TABS, Order, Reach, Tab
from run import prepare
from tests.support.databases import dispose, settings_for

HANDLING = [each for each in ACCOUNTS if each.role not in (Role.STATISTICIAN, Role.REPORTER)]
# Only what was never dispatched is archived: it stays with the central desk.
OFFICES_TABS = set(Tab) - ROOT_TABS - {Tab.ARCHIVED}
DELEGATING = {agency for line, _ in LINES for agency in line[:-1]}


def tabs_of(each: DemoAccount, at_root: bool) -> set[Tab]:
    """Nobody asks anything of an office that has delegated nothing (manual 6.5)."""
    if at_root:
        return set(Tab)
    return OFFICES_TABS if each.agency in DELEGATING else OFFICES_TABS - {Tab.REQUESTS}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A first start, with few of the reports that the dice make: those promise nothing."""
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = replace(settings_for(f"sqlite:///{folder / 'lapor.sqlite'}", folder), demo=True)
    app = create_app(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "REPORTS", 40)
        prepare(app, settings)
    yield app
    dispose(app)


@pytest.mark.parametrize("each", HANDLING, ids=lambda each: each.name)
def test_an_account_finds_something_in_each_tab(installed: Flask, each: DemoAccount) -> None:
    with installed.app_context():
        account = db.session.scalars(select(Account).where(Account.username == each.name)).one()
        rows = db.session.execute(permission_rows([role.id for role in account.roles])).all()
        actor = actor_of(account, ours([(menu, name) for menu, name in rows]))
        reach = Reach.BELOW if actor.at_root else Reach.OWN
        assert {
            tab
            for tab in tabs_of(each, actor.at_root)
            if not worklist(db.session, actor, tab, reach=reach, order=Order.NEWEST, limit=1)
        } == set()


def test_bells_and_envelopes_have_something_new_and_something_read(installed: Flask) -> None:
    with installed.app_context():
        account = db.session.scalars(select(Account).where(Account.username == "divre1")).one()
        rows = db.session.execute(permission_rows([role.id for role in account.roles])).all()
        actor = actor_of(account, ours([(menu, name) for menu, name in rows]))
        found = badges(db.session, actor)
        told = newest(db.session, actor, limit=1_000)
        assert 0 < found.notifications < len(told)
        assert found.messages == 3  # an announcement to all, one to two agencies, and an answer
