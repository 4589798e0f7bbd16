"""Permintaan: asked, withdrawn, accepted, rejected, void (manual 6.5 to 6.7; cases D1, D6)."""

from __future__ import annotations

import pytest

from app.access.reports.former import former_holdings
from app.extensions import transaction
from app.rules.errors import AlreadyDone, Forbidden, Invalid, NotFound, NotFromHere
from app.rules.reports.codes import EndedBy, RequestStatus
from app.rules.reports.workflow import Action, Clock, State
from tests.support.play import Play


def test_a_hand_back_goes_to_the_suggestion_if_the_delegator_agrees(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    request = play.ask(report_id, by="a1", action=Action.HAND_BACK, suggest="a2")
    assert play.sees(report_id)["a"] == {"waiting", "+requests"}
    play.later(days=1)
    play.accept(request, by="a")

    assert play.chain(report_id) == ["root", "a", "a2"]
    assert play.report(report_id).clock_kind is Clock.FOLLOW_UP
    assert play.request(request).status is RequestStatus.ACCEPTED
    assert "a1" not in play.sees(report_id)


def test_a_hand_back_may_stay_with_the_delegator_and_then_go_further_up(play: Play) -> None:
    """A stack of any depth: A1 -> A -> the root, which then puts it off or sends it elsewhere."""
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.accept(play.ask(report_id, by="a1", action=Action.HAND_BACK, suggest="b"), by="a", to="a")
    assert play.chain(report_id) == ["root", "a"]
    play.accept(play.ask(report_id, by="a", action=Action.HAND_BACK, suggest="b"), by="pusat")
    assert play.chain(report_id) == ["root", "b"]
    play.accept(play.ask(report_id, by="b", action=Action.HAND_BACK, suggest="a"), by="pusat", to="root")
    assert play.chain(report_id) == ["root"]
    play.ask_details(report_id)
    assert play.report(report_id).state is State.INCOMPLETE


def test_a_delegator_picks_within_its_own_subtree(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    request = play.ask(report_id, by="a1", action=Action.HAND_BACK, suggest="b")
    with pytest.raises(Invalid):
        play.accept(request, by="a")  # the suggestion lies outside: A has to hand back itself
    assert play.request(request).status is RequestStatus.OPEN


def test_the_former_holder_keeps_number_date_and_where_it_went(play: Play) -> None:
    report_id = play.verified("a")
    play.accept(play.ask(report_id, by="a", action=Action.HAND_BACK, suggest="b"), by="pusat")
    with transaction() as session:
        (known,) = former_holdings(session, play.world.actor(session, "a"))
        assert (known.report_id, known.left_at, known.went_to) == (report_id, play.now, "Instansi B")
        assert former_holdings(session, play.world.actor(session, "b")) == []


@pytest.mark.parametrize(
    ("action", "kind"), [(Action.HOLD, "held"), (Action.CLOSE, "closed"), (Action.RELEASE, "free")]
)
def test_accepting_makes_the_move(play: Play, action: Action, kind: str) -> None:
    report_id = play.in_progress("a")
    if action is Action.RELEASE:
        play.decide(report_id, by="pusat", action=Action.HOLD)
    request = play.ask(report_id, by="a", action=action)
    play.accept(request, by="pusat")
    report = play.report(report_id)
    expected = {
        "held": (State.IN_PROGRESS, True),
        "closed": (State.CLOSED, False),
        "free": (State.IN_PROGRESS, False),
    }
    assert (report.state, report.held) == expected[kind]


def test_closed_reports_are_reopened_on_request(play: Play) -> None:
    report_id = play.in_progress("a")
    play.decide(report_id, by="pusat", action=Action.CLOSE)
    assert play.report(report_id).ended_by is EndedBy.ADMIN
    play.accept(play.ask(report_id, by="a", action=Action.REOPEN), by="pusat")
    report = play.report(report_id)
    assert (report.state, report.clock_kind, report.ended_at) == (State.IN_PROGRESS, Clock.FOLLOW_UP, None)


def test_a_rejection_needs_a_reason_and_shows_it(play: Play) -> None:
    """Case D6."""
    report_id = play.in_progress("a")
    request = play.ask(report_id, by="a", action=Action.HOLD)
    with pytest.raises(Invalid):
        play.reject(request, by="pusat", answer="  ")
    play.reject(request, by="pusat", answer="Waktunya masih cukup.")
    decided = play.request(request)
    assert (decided.status, decided.answer) == (RequestStatus.REJECTED, "Waktunya masih cukup.")
    assert play.report(report_id).held is False


def test_a_decided_request_stays_decided(play: Play) -> None:
    """Case D1."""
    report_id = play.in_progress("a")
    request = play.ask(report_id, by="a", action=Action.HOLD)
    play.reject(request, by="pusat")
    for again in (
        lambda: play.accept(request, by="pusat"),
        lambda: play.reject(request, by="pusat2"),
        lambda: play.withdraw(request, by="a"),
    ):
        with pytest.raises(AlreadyDone):
            again()
    assert play.request(request).status is RequestStatus.REJECTED


def test_one_open_request_of_a_kind(play: Play) -> None:
    report_id = play.in_progress("a1")
    first = play.ask(report_id, by="a1", action=Action.HOLD)
    with pytest.raises(AlreadyDone):
        play.ask(report_id, by="a1b", action=Action.HOLD)
    other = play.ask(report_id, by="a1", action=Action.CLOSE)
    play.withdraw(first, by="a1b")  # any officer of the asking agency
    assert play.request(first).status is RequestStatus.WITHDRAWN
    again = play.ask(report_id, by="a1", action=Action.HOLD)
    assert len({first, other, again}) == 3


def test_an_accepted_hold_leaves_a_close_request_open(play: Play) -> None:
    report_id = play.in_progress("a")
    close, hold = (play.ask(report_id, by="a", action=a) for a in (Action.CLOSE, Action.HOLD))
    play.accept(hold, by="pusat")
    assert play.request(close).status is RequestStatus.OPEN
    play.accept(close, by="pusat")
    assert play.report(report_id).state is State.CLOSED


@pytest.mark.parametrize("end", ["close", "forward", "redirect", "timer"])
def test_what_ends_or_moves_the_report_voids_what_is_open(play: Play, end: str) -> None:
    report_id = play.in_progress("a")
    request = play.ask(report_id, by="a", action=Action.HOLD)
    back = play.ask(report_id, by="a", action=Action.HAND_BACK, suggest="b")
    if end == "close":
        play.decide(report_id, by="pusat", action=Action.CLOSE)
    elif end == "forward":
        play.forward(report_id, by="a", to="a1")
    elif end == "redirect":
        play.redirect(report_id, by="pusat", to="b")
    else:
        play.later(days=11)
        assert play.run_jobs() == "moved 1, failed 0"
    assert {play.request(each).status for each in (request, back)} == {RequestStatus.VOID}
    assert not any("+requests" in tabs for tabs in play.sees(report_id).values())


def test_an_undecided_hold_does_not_stop_the_closing(play: Play) -> None:
    """The manual, 6.6: the request alone holds nothing."""
    report_id = play.in_progress("a")
    play.ask(report_id, by="a", action=Action.HOLD)
    play.later(days=11)
    play.run_jobs()
    assert play.report(report_id).ended_by is EndedBy.SYSTEM


def test_the_move_itself_answers_the_request_for_it(play: Play) -> None:
    report_id = play.in_progress("a")
    request = play.ask(report_id, by="a", action=Action.HOLD)
    play.decide(report_id, by="pusat", action=Action.HOLD)
    assert play.request(request).status is RequestStatus.ACCEPTED


@pytest.mark.parametrize("who", ["a", "a2", "b", "supervisor"])
def test_only_the_delegator_decides(play: Play, who: str) -> None:
    """Not the asker, not the root while A delegated, not a foreigner."""
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.follow_up(report_id, by="a1")
    request = play.ask(report_id, by="a1", action=Action.CLOSE)
    if who == "a":
        play.accept(request, by="a")
        return
    with pytest.raises((Forbidden, NotFound)):
        play.accept(request, by=who)
    with pytest.raises(Forbidden):
        play.accept(request, by="pusat")
    with pytest.raises(Forbidden):
        play.accept(request, by="a1")


def test_who_may_make_a_move_does_not_ask_for_it(play: Play) -> None:
    report_id = play.in_progress("a")
    with pytest.raises(Forbidden):
        play.ask(report_id, by="pusat", action=Action.HOLD)


def test_the_root_makes_the_delegators_moves_on_what_it_holds(play: Play) -> None:
    report_id = play.verified("root")
    play.follow_up(report_id, by="pusat")
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.decide(report_id, by="pusat2", action=Action.RELEASE)
    play.decide(report_id, by="pusat", action=Action.CLOSE)
    assert play.report(report_id).state is State.CLOSED
    with pytest.raises(NotFromHere):
        play.ask(report_id, by="pusat", action=Action.HAND_BACK, suggest="a")


def test_for_a_delegator_without_an_officer_the_next_one_above_decides(play: Play) -> None:
    report_id = play.verified("a")
    play.forward(report_id, by="a", to="a1")
    play.follow_up(report_id, by="a1")
    request = play.ask(report_id, by="a1", action=Action.CLOSE)
    with transaction() as session:
        play.world.account(session, "a").active = False
    play.accept(request, by="pusat")
    decided = play.request(request)
    assert (decided.status, decided.decided_for_id) == (RequestStatus.ACCEPTED, play.world.a)
