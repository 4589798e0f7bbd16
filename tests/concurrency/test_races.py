"""Two real sessions on PostgreSQL at the same time. Whoever comes second finds what is true by then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import Attachment, Disposition, Event, FileState, FollowUp, Report, Request
from app.rules.errors import AlreadyDone, Forbidden, LaporError, NotFound, NotFromHere
from app.rules.reports.codes import Classification, EventKind, RequestStatus
from app.rules.reports.workflow import Action, State
from app.services.reports import handling, reporter_contributions, requests, verification
from app.services.reports.expired_clocks import expire_batch
from app.services.reports.locked_report import Form, StaleForm
from tests.support.alike import alike
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.postgresql
LOST = (NotFound, NotFromHere, Forbidden, AlreadyDone, StaleForm)


def race(app: Flask, *steps: Callable[[], object]) -> list[object]:
    """Run the steps at the same time, each with its own session; what each returned or was refused."""
    start = threading.Barrier(len(steps))

    def run(step: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            try:
                return step()
            except LaporError as refused:
                return refused

    with ThreadPoolExecutor(len(steps)) as pool:
        return [future.result(timeout=240) for future in [pool.submit(run, step) for step in steps]]


def won(results: list[object]) -> list[object]:
    return [each for each in results if not isinstance(each, LaporError)]


def test_two_admins_dispatch_one_report(app: Flask, play: Play, world: World) -> None:
    """Case J3: exactly one disposition; the other admin is told."""
    report_id = play.file()

    def dispatch(by: str, to: str) -> Callable[[], object]:
        def step() -> object:
            with transaction() as session:
                decision = verification.VerificationData(
                    "Judul", "Isi", world.category, Classification.UNSUPERVISED, world.agencies[to]
                )
                return verification.verify(
                    session, world.actor(session, by), Form(report_id, 1), decision, play.now
                )

        return step

    results = race(app, dispatch("pusat", "a"), dispatch("pusat2", "b"))
    assert len(won(results)) == 1
    assert any(isinstance(each, StaleForm) for each in results)
    with transaction() as session:
        given = session.scalars(
            select(Disposition).where(Disposition.report_id == report_id, Disposition.position == 1)
        ).all()
        assert len(given) == 1


def test_two_admins_decide_one_request(app: Flask, play: Play, world: World) -> None:
    report_id = play.in_progress("a")
    request_id = play.ask(report_id, by="a", action=Action.HOLD)

    def accept() -> object:
        with transaction() as session:
            return requests.accept(session, world.actor(session, "pusat"), request_id, play.now)

    def reject() -> object:
        with transaction() as session:
            return requests.reject(
                session, world.actor(session, "pusat2"), request_id, "Belum perlu.", play.now
            )

    results = race(app, accept, reject)
    assert len(won(results)) == 1
    status, held = play.request(request_id).status, play.report(report_id).held
    assert (status, held) in {(RequestStatus.ACCEPTED, True), (RequestStatus.REJECTED, False)}


def test_forward_against_hand_back(app: Flask, play: Play, world: World) -> None:
    report_id = play.verified("a")
    request_id = play.ask(report_id, by="a", action=Action.HAND_BACK, suggest="b")
    version = play.report(report_id).version

    def forward() -> object:
        with transaction() as session:
            actor = world.actor(session, "a")
            return handling.forward(session, actor, Form(report_id, version), world.a1, play.now)

    def accept() -> object:
        with transaction() as session:
            return requests.accept(session, world.actor(session, "pusat"), request_id, play.now)

    results = race(app, forward, accept)
    assert len(won(results)) == 1
    assert play.chain(report_id) in (["root", "a", "a1"], ["root", "b"])
    assert play.sees(report_id)


def test_a_form_sent_twice_does_one_thing(app: Flask, play: Play, world: World) -> None:
    """Case J5: the second click waits for the first, then does nothing."""
    report_id = play.verified("a")
    form = Form(report_id, play.report(report_id).version, key="the same click")

    def post() -> object:
        with transaction() as session:
            answer = handling.follow_up(session, world.actor(session, "a"), form, "Kami tangani.", play.now)
            time.sleep(0.05)
            return answer is not None

    assert sorted(race(app, post, post, post), key=str) == [False, False, True]
    with transaction() as session:
        assert len(session.scalars(select(FollowUp)).all()) == 1


def test_a_reply_against_the_timer(app: Flask, play: Play, world: World) -> None:
    """Case B2: either it is closed and the answer asks for reopening, or it stays open. Never both."""
    for _ in range(6):
        report_id = play.in_progress("a")
        play.later(days=11)

        def reply(report_id: int = report_id) -> object:
            with transaction() as session:
                actor = world.actor(session, "warga")
                return reporter_contributions.reply(session, actor, Form(report_id, 3), "Belum.", play.now)

        def close() -> object:
            with transaction() as session:
                return expire_batch(session, play.now)

        race(app, reply, close)
        report = play.report(report_id)
        with transaction() as session:
            asked = session.scalars(select(Request).where(Request.report_id == report_id)).all()
        if report.state is State.CLOSED:
            assert [request.action for request in asked] == [Action.REOPEN]
        else:
            assert (report.reply_unanswered, asked) == (True, [])
        assert play.sees(report_id)


def test_closers_and_repliers_over_many_due_reports(app: Flask, play: Play, world: World) -> None:
    """Four closers and four repliers: nobody closes an answered report, nothing closes twice."""
    with transaction() as session:
        first = world.followed_up(session, play.now, to="a")
        ids = [first, *alike(session, first, 1_999)]
    play.later(days=11)
    at = play.now

    def close() -> object:
        moved = 0
        while True:
            with transaction() as session:
                batch = expire_batch(session, at, limit=50)
            moved += len(batch.moved)
            assert not batch.failed
            if not batch.moved:
                return moved

    def reply(part: list[int]) -> Callable[[], object]:
        def step() -> object:
            for report_id in part:
                with transaction() as session:
                    actor = world.actor(session, "warga")
                    reporter_contributions.reply(
                        session, actor, Form(report_id, 3), "Belum.", at - timedelta(minutes=1)
                    )
            return len(part)

        return step

    results = race(app, *[close] * 4, *[reply(ids[n::8]) for n in range(4)])
    with transaction() as session:
        closed = set(session.scalars(select(Report.id).where(Report.state == State.CLOSED)))
        events = list(session.scalars(select(Event.report_id).where(Event.kind == EventKind.AUTO_CLOSED)))
        asked = set(session.scalars(select(Request.report_id).where(Request.action == Action.REOPEN)))
        answered = set(session.scalars(select(Report.id).where(Report.reply_unanswered)))
    assert sum(n for n in results[:4] if isinstance(n, int)) == len(events) == len(set(events)) == len(closed)
    assert not answered & closed
    assert asked <= closed
    assert answered | closed == set(ids)


def test_three_uploads_at_once_are_three_files(app: Flask, play: Play) -> None:
    """Case G1: no upload loses another's file, and each leaves its line in the history."""
    report_id = play.verified("a")

    def upload(name: str) -> Callable[[], object]:
        return lambda: play.attach(report_id, by="a", name=name, content=name.encode())

    keys = won(race(app, *(upload(f"berkas{number}.txt") for number in range(3))))
    assert len(set(keys)) == 3
    with transaction() as session:
        found = session.scalars(select(Attachment).where(Attachment.report_id == report_id)).all()
        assert {file.original_name for file in found if file.state is FileState.READY} == {
            "berkas0.txt",
            "berkas1.txt",
            "berkas2.txt",
        }
    assert play.kinds(report_id).count(EventKind.COMMENTED) == 3
