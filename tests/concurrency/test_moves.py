"""PostgreSQL: who writes scope rows by the old tree is waited for, so that none of them outlives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from threading import Event as Signal
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.access import scope
from app.access.actor import Actor
from app.access.tree import ancestors
from app.extensions import db, transaction
from app.models import ReportScope
from app.rules.agencies.reorganisation import ReorganisationKind
from app.services import idempotency
from app.services.agencies import management, reorganisation
from app.services.reports.verification import redirect
from tests.support.play import Play

pytestmark = pytest.mark.postgresql


def test_a_report_given_away_while_its_unit_moves_is_not_seen_by_the_old_line(
    app: Flask, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = play.verified("b1")
    given, moved = Signal(), Signal()
    world = play.world
    with transaction() as session:
        below = management.create(session, "Seksi A1", world.a1, play.now).id

    def read_the_tree(session: Session, keys: Collection[int]) -> Mapping[int, list[int]]:
        """The writer has read the tree, and writes its rows a second later."""
        found = ancestors(session, keys)
        if below in keys:
            given.set()
            moved.wait(1.0)
        return found

    monkeypatch.setattr(scope, "ancestors", read_the_tree)

    def give() -> None:
        with app.app_context():
            with transaction() as session:
                actor = world.actor(session, "pusat")
                redirect(session, actor, play.form(session, report), below, play.now)
            db.session.remove()

    def move() -> None:
        given.wait(5)
        with app.app_context():
            with transaction() as session:
                actor = world.actor(session, "pusat")
                reorganisation.ask(session, actor, ReorganisationKind.MOVE, world.a1, world.b, play.now)
            moved.set()
            db.session.remove()

    threads = [Thread(target=give), Thread(target=move)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert moved.is_set()
    with transaction() as session:
        seeing = set(session.scalars(select(ReportScope.agency_id).where(ReportScope.report_id == report)))
    assert world.a not in seeing
    assert {world.root, world.a1, below} <= seeing


def test_a_second_click_waits_for_the_first_and_does_nothing(
    app: Flask, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has its key and is not done: neither waits for what the other one holds."""
    claim, claimed, never = idempotency.claim, Signal(), Signal()
    world = play.world
    ends: list[bool | str] = []

    def claim_slowly(session: Session, actor: Actor, key: str, purpose: str, now: datetime) -> bool:
        fresh = claim(session, actor, key, purpose, now)
        claimed.set()
        never.wait(0.5)
        return fresh

    monkeypatch.setattr(idempotency, "claim", claim_slowly)

    def click(*, first: bool) -> None:
        if not first:
            claimed.wait(5)
        with app.app_context():
            try:
                with transaction() as session:
                    actor = world.actor(session, "pusat")
                    made = reorganisation.ask(
                        session, actor, ReorganisationKind.MOVE, world.a1, world.b, play.now, key="satu-kunci"
                    )
                    ends.append(made is not None)
            except DBAPIError as error:
                ends.append(str(error.orig))
            db.session.remove()

    threads = [Thread(target=click, kwargs={"first": first}) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert ends == [True, False]
