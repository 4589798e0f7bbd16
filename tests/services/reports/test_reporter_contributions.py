"""The reporter's moves: answer, complete, close, withdraw; answers on closed reports (case B7)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reports.history import history
from app.extensions import transaction
from app.models import Comment, Reply, Report, Reporter, Request
from app.rules.errors import Forbidden, NotFound, NotFromHere
from app.rules.reports.codes import Channel, EndedBy, RequestStatus
from app.rules.reports.workflow import Action, Clock, State
from app.services.citizens.filing import Filing, file_report
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


class WithoutOffice(Play):
    """Officers as the citizens that they are."""

    @contextmanager
    def by(self, name: str) -> Iterator[tuple[Session, Actor]]:
        with super().by(name) as (session, actor):
            yield session, actor.as_citizen()


def own_report_of(play: Play, officer: str) -> int:
    """What an officer filed as a citizen, dispatched to their own agency."""
    with transaction() as session:
        account = play.world.account(session, officer)
        reporter = Reporter(user_id=account.id, name="Warga", created_at=play.now)
        session.add(reporter)
        session.flush()
        filing = Filing(text="Lampu jalan padam.", source=Channel.WEBSITE, is_anonymous=True)
        actor = play.world.actor(session, officer)
        report_id = file_report(session, actor, filing, play.now, reporter=reporter).id
    play.verify(report_id, to=officer)
    return report_id


def test_an_officer_has_no_officers_rights_on_their_own_report(play: Play) -> None:
    """What A's officer filed as a citizen is not there for A's officer."""
    report_id = own_report_of(play, "a")
    with pytest.raises(NotFound):
        play.follow_up(report_id, by="a")


def test_an_officers_own_report_does_not_tell_who_sent_it(play: Play) -> None:
    """Neither arrival nor answers nor requests carry the agency whose officer the reporter is."""
    report_id = own_report_of(play, "a")
    citizen = WithoutOffice(play.world, play.now)
    citizen.reply(report_id, by="a")
    citizen.comment(report_id, by="a")
    citizen.close_own(report_id, by="a")
    citizen.reply(report_id, by="a")
    with transaction() as session:
        by_the_reporter = [
            each
            for each in history(session, report_id)
            if each.event.user_id == play.world.account(session, "a").id
        ]
        assert len(by_the_reporter) == 6  # received, two replies, a comment, closed, asked to reopen
        assert [(each.agency, each.officer) for each in by_the_reporter] == [("", "")] * 6
        replies = session.scalars(select(Reply).where(Reply.report_id == report_id)).all()
        assert {(each.recorder_agency_id, each.recorder_user_id) for each in replies} == {(None, None)}
        (remark,) = session.scalars(select(Comment).where(Comment.report_id == report_id))
        assert remark.agency_id is None
        (asked,) = session.scalars(select(Request).where(Request.report_id == report_id))
        assert asked.asker_agency_id is None
        report = session.get_one(Report, report_id)
        assert (report.recorder_agency_id, report.recorder_user_id) == (None, None)


@pytest.mark.parametrize("again", [False, True], ids=["first", "joins"])
def test_nobody_speaks_for_the_reporter_of_a_closed_report(play: Play, again: bool) -> None:
    """Holder, delegator and a reader of a copy see it; none of them may answer as the reporter."""
    report_id = play.verified("a", copies=("b",))
    play.forward(report_id, by="a", to="a1")
    play.follow_up(report_id, by="a1")
    play.decide(report_id, by="a", action=Action.CLOSE)
    if again:
        play.reply(report_id)
    before = play.kinds(report_id)
    for officer in ("a1", "a", "b", "pusat"):
        with pytest.raises(Forbidden):
            play.reply(report_id, by=officer)
    assert play.kinds(report_id) == before
