"""The timer: nothing early, nothing twice, never after a reply; a failure is passed over (cases B1, B2, B3)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.scope import get_report
from app.extensions import transaction
from app.rules.errors import NotFromHere
from app.rules.reports.codes import EndedBy, EventKind
from app.rules.reports.workflow import Action, State
from app.services.reports import expired_clocks
from app.services.reports.transition import Step, apply
from tests.support.http import QueryCounter
from tests.support.play import Play
from tests.support.world import WIB

# Statements that each report of a batch adds: the bell's three, its two clocks; SQLite's search index, two.
A_REPORT = {"postgresql": 5, "sqlite": 7}


def test_ten_days_end_with_the_tenth_day(play: Play) -> None:
    """Case B3: from Friday 14 August, 15.30, to the end of Monday the 24th."""
    play.now = datetime(2026, 8, 14, 15, 30, tzinfo=WIB)
    report_id = play.in_progress("a")
    play.now = datetime(2026, 8, 25, tzinfo=WIB) - timedelta(microseconds=1)
    assert play.run_jobs() == "moved 0, failed 0"
    play.now += timedelta(microseconds=1)
    assert play.run_jobs() == "moved 1, failed 0"
    assert play.report(report_id).ended_by is EndedBy.SYSTEM


def test_an_answer_a_minute_before_keeps_the_report_open(play: Play) -> None:
    """Case B2."""
    report_id = play.in_progress("a")
    play.now = datetime(2026, 6, 18, 23, 59, tzinfo=WIB)
    play.reply(report_id)
    play.later(days=3)
    assert play.run_jobs() == "moved 0, failed 0"
    assert play.report(report_id).state is State.IN_PROGRESS


@pytest.mark.parametrize("what", ["early", "answered", "held"])
def test_the_system_moves_nothing_without_an_expired_clock(play: Play, what: str) -> None:
    """Not even when it is asked to directly: the query of the sweep is not the only guard."""
    report_id = play.in_progress("a")
    if what == "answered":
        play.reply(report_id)
    elif what == "held":
        play.decide(report_id, by="pusat", action=Action.HOLD)
    play.later(days=0 if what == "early" else 40)
    with transaction() as session:
        report = get_report(session, SYSTEM, report_id, lock=True)
        with pytest.raises(NotFromHere):
            apply(session, SYSTEM, report, Action.AUTO_CLOSE, play.now)
    assert play.report(report_id).state is State.IN_PROGRESS


def test_an_outage_is_caught_up_in_batches(play: Play) -> None:
    ids = [play.in_progress("a") for _ in range(7)]
    play.later(days=60)
    with transaction() as session:
        first = expired_clocks.expire_batch(session, play.now, limit=3)
    assert len(first.moved) == 3
    assert play.run_jobs() == "moved 4, failed 0"
    assert {play.report(each).state for each in ids} == {State.CLOSED}


@pytest.mark.parametrize("when", ["before the others", "after the others"])
def test_a_failing_report_is_logged_by_number_and_passed_over(
    play: Play, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    """However far the others of its batch have come with it: they move, once, and it keeps what it was."""
    ids = [play.in_progress("a") for _ in range(3)]
    real = expired_clocks.apply_all

    def breaks_on_the_second(session: Any, actor: Any, steps: list[Step], now: datetime) -> Any:
        if when == "after the others":
            real(session, actor, steps, now)
        for step in steps:
            if step.report.id == ids[1]:
                step.report.title = "half done"
                session.flush()
                raise RuntimeError("Budi, 0812…")
        return real(session, actor, steps, now) if when == "before the others" else []

    monkeypatch.setattr(expired_clocks, "apply_all", breaks_on_the_second)
    play.later(days=20)
    with caplog.at_level(logging.ERROR):
        assert play.run_jobs() == "moved 2, failed 1"
    assert f"report #{ids[1]}" in caplog.text
    assert "Budi" not in caplog.messages[0]
    for key in (ids[0], ids[2]):
        assert play.kinds(key).count(EventKind.AUTO_CLOSED) == 1
    report = play.report(ids[1])
    assert (report.state, report.title) == (State.IN_PROGRESS, "Lampu jalan padam")
    monkeypatch.undo()
    assert play.run_jobs() == "moved 1, failed 0"


def test_many_that_are_due_cost_little_more_than_few(app: Flask, play: Play, backend: str) -> None:
    """What their moves look at and what they write is asked and written for the whole batch."""

    def statements(reports: int) -> int:
        for _ in range(reports):
            play.in_progress("a")
        play.later(days=20)
        with QueryCounter(app) as counter, transaction() as session:
            assert len(expired_clocks.expire_batch(session, play.now).moved) == reports
        return counter.count

    few, many = statements(2), statements(12)
    assert (many - few) / 10 <= A_REPORT[backend]


def test_held_and_waiting_reports_are_left_alone(play: Play) -> None:
    held, waiting = play.in_progress("a"), play.verified("a")
    play.decide(held, by="pusat", action=Action.HOLD)
    play.later(days=100)
    assert play.run_jobs() == "moved 0, failed 0"
    assert play.report(waiting).state is State.WAITING
