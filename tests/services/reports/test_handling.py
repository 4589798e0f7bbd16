"""The holder's work and the chain of dispositions (manual 6.3, 6.4)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.extensions import transaction
from app.models import Event, FollowUp
from app.rules.errors import Forbidden, Invalid, NotFound, NotFromHere
from app.rules.reports.codes import ClockOutcome, EventKind
from app.rules.reports.workflow import Action, Clock, State
from tests.support.play import Play
from tests.support.world import WIB


def test_the_first_follow_up_moves_the_report_and_meets_the_clock(play: Play) -> None:
    report_id = play.verified("a")
    assert play.report(report_id).clock_due_at == datetime(
        2026, 6, 16, tzinfo=WIB
    )  # after the 5th working day
    play.later(days=1)
    play.follow_up(report_id, by="a")

    report = play.report(report_id)
    assert report.state is State.IN_PROGRESS
    assert report.first_follow_up_at == report.last_follow_up_at == play.now
    assert (report.clock_kind, report.clock_due_at) == (Clock.AUTO_CLOSE, datetime(2026, 6, 20, tzinfo=WIB))
    met = [clock for clock in play.clocks(report_id) if clock.kind is Clock.FOLLOW_UP]
    assert [(clock.outcome, clock.met_at) for clock in met] == [(ClockOutcome.MET, play.now)]


def test_the_closing_counts_from_the_last_follow_up(play: Play) -> None:
    """Case B1: not from the first one, nor from the age of the report."""
    report_id = play.in_progress("a")
    play.later(days=9)
    play.follow_up(report_id, by="a")
    play.later(days=9)
    assert play.run_jobs() == "moved 0, failed 0"
    play.later(days=2)
    assert play.run_jobs() == "moved 1, failed 0"


def test_forwarding_keeps_the_clock_running_before_the_first_follow_up(play: Play) -> None:
    report_id = play.verified("a")
    due = play.report(report_id).clock_due_at
    play.later(days=2)
    play.forward(report_id, by="a", to="a1", copies=("b",))

    assert play.chain(report_id) == ["root", "a", "a1"]
    report = play.report(report_id)
    assert (report.state, report.clock_due_at) == (State.WAITING, due)
    follow_ups = [clock for clock in play.clocks(report_id) if clock.kind is Clock.FOLLOW_UP]
    assert [clock.outcome for clock in follow_ups] == [ClockOutcome.PASSED_ON, None]
    assert play.sees(report_id) == {
        "a1": {"+waiting"},
        "a": {"waiting"},
        "root": {"waiting", "copies"},
        "b": {"+copies*"},
    }


def test_forwarding_in_progress_starts_five_days_anew_and_ends_a_hold(play: Play) -> None:
    report_id = play.in_progress("a")
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.later(days=2)
    play.forward(report_id, by="a", to="a2")
    report = play.report(report_id)
    assert (report.state, report.held, report.clock_kind) == (State.WAITING, False, Clock.FOLLOW_UP)
    # From Wednesday the 10th; Tuesday the 16th is a holiday (1 Muharam).
    assert report.clock_due_at == datetime(2026, 6, 19, tzinfo=WIB)


@pytest.mark.parametrize("to", ["b", "b1", "a", "root"])
def test_forwarding_goes_below_the_holder_and_nowhere_else(play: Play, to: str) -> None:
    report_id = play.verified("a")
    with pytest.raises(Invalid) as refused:
        play.forward(report_id, by="a", to=to)
    assert set(refused.value.errors) == {"agency"}
    assert play.chain(report_id) == ["root", "a"]


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("a1", NotFound),
        ("b", NotFound),
        ("warga2", NotFound),
        ("supervisor", Forbidden),
        ("pusat", Forbidden),
    ],
)
def test_only_the_holder_follows_up(play: Play, who: str, error: type[Exception]) -> None:
    report_id = play.verified("a")
    with pytest.raises(error):
        play.follow_up(report_id, by=who)
    assert play.report(report_id).state is State.WAITING


def test_the_delegator_sees_but_no_longer_follows_up(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    with pytest.raises(Forbidden):
        play.follow_up(report_id, by="a")
    play.follow_up(report_id, by="a1")


def test_for_an_agency_without_an_officer_the_next_one_above_acts(play: Play) -> None:
    """A3 has nobody: A acts for it, and the history says so (a.n.)."""
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a3")
    with pytest.raises(Forbidden):
        play.follow_up(report_id, by="pusat")
    play.follow_up(report_id, by="a")

    with transaction() as session:
        event = session.get_one(Event, (report_id, play.report(report_id).version))
        assert (event.agency_id, event.on_behalf_of_id) == (play.world.a, play.world.a3)
        answer = session.scalars(select(FollowUp)).one()
        assert (answer.agency_id, answer.on_behalf_of_id) == (play.world.a, play.world.a3)


def test_a_closed_report_takes_no_follow_up(play: Play) -> None:
    report_id = play.in_progress("a")
    play.close_own(report_id)
    with pytest.raises(NotFromHere):
        play.follow_up(report_id, by="a")


def test_a_comment_changes_nothing_but_its_count(play: Play) -> None:
    """Case J4: adding a note never writes the state; and it makes nobody's open form stale."""
    report_id = play.in_progress("a")
    before = play.report(report_id)
    play.later(hours=1)
    play.comment(report_id, by="pusat")
    after = play.report(report_id)
    assert after.comment_count == before.comment_count + 1
    same = (
        "state",
        "held",
        "clock_kind",
        "clock_due_at",
        "last_follow_up_at",
        "holder_id",
        "reply_unanswered",
    )
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert play.kinds(report_id)[-1] is EventKind.COMMENTED


def test_redirecting_cuts_the_chain_at_the_one_who_redirects(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.follow_up(report_id, by="a1")
    play.redirect(report_id, by="pusat", to="b")

    assert play.chain(report_id) == ["root", "b"]
    assert play.report(report_id).state is State.WAITING
    # The former holders know nothing of it any more, in no tab.
    assert set(play.sees(report_id)) == {"root", "b"}
    with pytest.raises(NotFound):
        play.follow_up(report_id, by="a1")


def test_an_agency_in_the_chain_takes_a_report_back_to_itself(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.redirect(report_id, by="a", to="a")
    assert play.chain(report_id) == ["root", "a"]
    assert play.report(report_id).clock_kind is Clock.FOLLOW_UP


def test_redirecting_stays_within_the_own_subtree(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    with pytest.raises(Invalid):
        play.redirect(report_id, by="a", to="b")
    with pytest.raises(Forbidden):
        play.redirect(report_id, by="a1", to="a1")
