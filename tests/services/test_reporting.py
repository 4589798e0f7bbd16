"""The reporter's moves: answer, complete, close, withdraw; answers on closed reports (case B7)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.extensions import transaction
from app.models import Request
from app.rules.errors import Forbidden, NotFound, NotFromHere
from app.rules.labels import EndedBy, RequestStatus
from app.rules.workflow import Action, Clock, State
from tests.support.play import Play
from tests.support.world import WIB


def test_an_answer_stops_the_closing_until_the_agency_answers(play: Play) -> None:
    report_id = play.in_progress("a")
    play.later(days=9)
    play.reply(report_id)
    report = play.report(report_id)
    assert (report.reply_unanswered, report.clock_kind) == (True, None)
    play.later(days=30)
    assert play.run_jobs() == "moved 0, failed 0"
    play.follow_up(report_id, by="a")
    report = play.report(report_id)
    assert (report.reply_unanswered, report.clock_kind) == (False, Clock.AUTO_CLOSE)


def test_an_answer_before_the_first_follow_up_leaves_its_deadline(play: Play) -> None:
    report_id = play.verified("a")
    due = play.report(report_id).clock_due_at
    play.reply(report_id)
    report = play.report(report_id)
    assert (report.state, report.clock_kind, report.clock_due_at) == (State.WAITING, Clock.FOLLOW_UP, due)


def test_an_answer_on_a_closed_report_asks_for_reopening_and_a_second_joins(play: Play) -> None:
    report_id = play.in_progress("a")
    play.later(days=11)
    play.run_jobs()
    play.reply(report_id)
    play.reply(report_id)
    with transaction() as session:
        (request,) = session.scalars(select(Request).where(Request.report_id == report_id))
        request_id, asker = request.id, request.asker_agency_id
    assert asker is None
    assert play.sees(report_id)["root"] == {"closed", "+requests"}
    play.accept(request_id, by="pusat")
    report = play.report(report_id)
    assert (report.state, report.clock_kind, report.reply_unanswered) == (
        State.IN_PROGRESS,
        Clock.FOLLOW_UP,
        True,
    )


def test_an_answer_after_reopening_keeps_the_owed_follow_up_due(play: Play) -> None:
    report_id = play.in_progress("a")
    play.close_own(report_id)
    play.decide(report_id, by="pusat", action=Action.REOPEN)
    due = play.report(report_id).clock_due_at
    play.reply(report_id)
    assert play.report(report_id).clock_due_at == due


def test_incomplete_reports_are_completed_or_archived_by_the_system(play: Play) -> None:
    first, second = play.file(), play.file()
    for report_id in (first, second):
        play.ask_details(report_id)
    assert play.sees(first) == {"root": {"+delayed"}}
    play.later(days=30)
    play.complete(first)
    assert play.report(first).state is State.UNVERIFIED
    assert play.report(first).clock_kind is Clock.VERIFICATION
    play.now = datetime(2026, 7, 9, tzinfo=WIB)  # the end of the 30th day
    assert play.run_jobs() == "moved 1, failed 0"
    report = play.report(second)
    assert (report.state, report.ended_by, report.archive_reason) == (
        State.ARCHIVED,
        EndedBy.SYSTEM,
        "expired",
    )


def test_reporters_close_and_withdraw_their_own(play: Play) -> None:
    closed, withdrawn = play.verified("a"), play.file()
    play.close_own(closed)
    play.withdraw_own(withdrawn)
    assert (play.report(closed).state, play.report(closed).ended_by) == (State.CLOSED, EndedBy.REPORTER)
    assert (play.report(withdrawn).state, play.report(withdrawn).archive_reason) == (
        State.ARCHIVED,
        "withdrawn",
    )
    with pytest.raises(NotFromHere):
        play.withdraw_own(closed)


def test_nobody_answers_for_another_reporter(play: Play) -> None:
    report_id = play.in_progress("a")
    with pytest.raises(NotFound):
        play.reply(report_id, by="warga2")
    with pytest.raises(Forbidden):
        play.reply(report_id, by="a")  # the holder is not the reporter
    with pytest.raises(NotFound):
        play.close_own(report_id, by="warga2")


def test_reporters_ask_for_an_archived_report_and_the_root_restores_it(play: Play) -> None:
    report_id = play.file()
    play.archive(report_id)
    request = play.ask(report_id, by="warga", action=Action.RESTORE)
    assert play.request(request).status is RequestStatus.OPEN
    play.accept(request, by="pusat")
    report = play.report(report_id)
    assert (report.state, report.archive_reason, report.clock_kind) == (
        State.UNVERIFIED,
        None,
        Clock.VERIFICATION,
    )


def test_an_officer_has_no_officers_rights_on_their_own_report(play: Play) -> None:
    """One account, one hat: what A's officer filed as a citizen is not A's officer's to handle."""
    with transaction() as session:
        from app.models import Reporter

        account = play.world.account(session, "a")
        reporter = Reporter(user_id=account.id, name="Warga", created_at=play.now)
        session.add(reporter)
        session.flush()
    report_id = play.verified("a")
    with transaction() as session:
        from app.models import Report

        session.get_one(Report, report_id).reporter_id = reporter.id
    with pytest.raises(Forbidden):
        play.follow_up(report_id, by="a")
