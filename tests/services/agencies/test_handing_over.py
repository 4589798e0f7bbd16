"""An agency is dissolved: its open reports, its place in chains and its deadlines go on without it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.access.agencies.handover import handed_over
from app.extensions import transaction
from app.jobs.delivering import deliver_outbox
from app.models import AuditEntry, Disposition, Event, OutboxMessage, Report, ReportClock
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.reports.codes import ClockOutcome, EventKind, RequestStatus
from app.rules.reports.workflow import Action, Clock, State
from app.rules.zones import Zone
from app.services.accounts import people
from app.services.agencies import backlog, management
from app.services.agencies.management import AgencyProfile
from tests.support.play import Play


def empty(play: Play, *names: str) -> None:
    """Switch off the officers of these."""
    with transaction() as session:
        for name in names:
            key = play.world.account(session, name).id
            people.deactivate(session, play.world.actor(session, "pusat"), key, play.now)


def give(play: Play, agency: str, to: str | None, *, by: str) -> int:
    with transaction() as session:
        actor, successor = play.world.actor(session, by), play.world.agencies.get(to or "")
        return management.hand_over(session, actor, play.world.agencies[agency], successor, play.now)


def switch_off(play: Play, agency: str, *, by: str) -> None:
    with transaction() as session:
        actor = play.world.actor(session, by)
        management.deactivate(session, actor, play.world.agencies[agency], play.now)


def clock(report: int) -> tuple[int, Clock, datetime]:
    with transaction() as session:
        row = session.scalars(
            select(ReportClock).where(
                ReportClock.report_id == report,
                ReportClock.outcome.is_(None),
                ReportClock.kind != Clock.TARGET,
            )
        ).one()
        return row.agency_id, row.kind, row.due_at


def run_outbox(play: Play) -> None:
    """As the job does, until nothing of it is left."""
    for _ in range(9):
        deliver_outbox(play.now)
        play.later(minutes=1)


def test_the_delegator_has_its_report_back_with_the_same_deadline(play: Play) -> None:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    before = clock(report)
    empty(play, "a1", "a1b")
    play.later(days=1)
    with pytest.raises(Invalid) as refused:
        switch_off(play, "a1", by="a")
    assert refused.value.errors["active"].params["reports"] == 1  # type: ignore[attr-defined]

    assert give(play, "a1", "a", by="a") == 1
    assert give(play, "a1", "a", by="a") == 0
    switch_off(play, "a1", by="a")

    assert play.chain(report) == ["root", "a"]
    assert before == (play.world.a1, Clock.FOLLOW_UP, before[2])
    assert clock(report) == (play.world.a, Clock.FOLLOW_UP, before[2])
    assert "a" in play.sees(report)
    assert "a1" not in play.sees(report)
    with transaction() as session:
        row = session.get_one(Report, report)
        assert (row.holder_id, row.state, row.clock_due_at) == (play.world.a, State.WAITING, before[2])
        last = session.get_one(Event, (report, row.version))
        assert (last.kind, last.agency_id) == (EventKind.REDIRECTED, play.world.a)
        assert last.data["from"] == play.world.a1
        left = session.scalars(
            select(Disposition).where(Disposition.report_id == report, Disposition.agency_id == play.world.a1)
        ).one()
        assert (left.end_action, left.went_to_agency_id) == ("deactivated", play.world.a)
        passed = session.scalars(
            select(ReportClock).where(ReportClock.report_id == report, ReportClock.agency_id == play.world.a1)
        ).all()
        assert ClockOutcome.PASSED_ON in {each.outcome for each in passed}
    play.follow_up(report, by="a")  # and whoever has it now can work on it


def test_another_unit_takes_its_place_and_what_was_asked_is_void(play: Play) -> None:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    asked = play.ask(report, by="a1", action=Action.CLOSE)
    empty(play, "a1", "a1b")
    assert give(play, "a1", "a2", by="a") == 1
    assert play.chain(report) == ["root", "a", "a2"]
    assert play.request(asked).status is RequestStatus.VOID
    assert clock(report)[:2] == (play.world.a2, Clock.AUTO_CLOSE)
    with transaction() as session:
        assert session.get_one(Report, report).state is State.IN_PROGRESS
    play.decide(report, by="a", action=Action.HOLD)


def test_a_held_report_stays_held_and_goes_on_later_by_the_pause(play: Play) -> None:
    report = play.in_progress("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    play.decide(report, by="a", action=Action.HOLD)
    empty(play, "a1", "a1b")
    due = clock(report)[2]
    play.later(days=3)
    assert give(play, "a1", "a2", by="a") == 1
    with transaction() as session:
        assert session.get_one(Report, report).held is True
    play.decide(report, by="a", action=Action.RELEASE)
    agency, kind, after = clock(report)
    assert (agency, kind) == (play.world.a2, Clock.AUTO_CLOSE)
    assert after > due


def test_a_clock_that_stands_still_is_passed_on_with_its_pause(play: Play) -> None:
    """Reopened, a first follow-up is owed; held, it waits; the new holder gets the days of the pause."""
    report = play.in_progress("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    play.decide(report, by="a", action=Action.CLOSE)
    play.decide(report, by="a", action=Action.REOPEN)
    play.decide(report, by="a", action=Action.HOLD)
    empty(play, "a1", "a1b")
    kind, due = clock(report)[1:]
    assert kind is Clock.FOLLOW_UP
    play.later(days=2)
    assert give(play, "a1", "a2", by="a") == 1
    play.decide(report, by="a", action=Action.RELEASE)
    assert clock(report)[:2] == (play.world.a2, Clock.FOLLOW_UP)
    assert clock(report)[2] > due


def test_where_it_gave_reports_on_its_parent_takes_its_place(play: Play) -> None:
    """deactivate() does it: nobody asks an agency that is gone."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    asked = play.ask(report, by="a1", action=Action.CLOSE)
    empty(play, "a", "a1", "a1b", "a2")
    for name in ("a1", "a2", "a3"):
        if name == "a1":
            # Its children first; the report goes to the other government.
            assert give(play, name, "b1", by="pusat") == 1
        switch_off(play, name, by="pusat")
    assert play.request(asked).status is RequestStatus.VOID
    switch_off(play, "a", by="pusat")
    assert play.chain(report) == ["root", "b1"]
    with transaction() as session:
        actions = set(session.scalars(select(AuditEntry.action)))
        assert "agency.deactivated" in actions


def test_what_is_too_much_for_one_transaction_goes_on_from_the_outbox(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "AT_ONCE", 1)
    reports = [play.verified("a") for _ in range(3)]
    for report in reports:
        play.forward(report, by="a", to="a1")
        play.follow_up(report, by="a1")
    with transaction() as session:
        backlog.replace_delegator(session, play.world.a, play.now)
    assert [play.chain(report) for report in reports] == [["root", "a1"], *[["root", "a", "a1"]] * 2]
    play.later(minutes=1)
    run_outbox(play)
    assert [play.chain(report) for report in reports] == [["root", "a1"]] * 3


def test_another_zone_moves_the_running_deadlines_of_that_agency_alone(play: Play) -> None:
    own, other = play.verified("a1"), play.verified("a2")
    before, unmoved = clock(own)[2], clock(other)[2]
    with transaction() as session:
        profile = AgencyProfile("Unit A1", zone=Zone.WIT)
        management.update(session, play.world.actor(session, "a"), play.world.a1, profile, play.now)
    assert clock(own)[2] == before - timedelta(hours=2)  # a day ends two hours earlier there
    assert clock(other)[2] == unmoved
    with transaction() as session:
        assert session.get_one(Report, own).clock_due_at == clock(own)[2]


def waiting(topic: str) -> list[OutboxMessage]:
    with transaction() as session:
        return list(
            session.scalars(
                select(OutboxMessage).where(OutboxMessage.topic == topic, OutboxMessage.sent_at.is_(None))
            )
        )


def test_deadlines_beyond_the_first_batch_follow(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [play.verified("a1") for _ in range(2)]
    before = [clock(report)[2] for report in reports]
    monkeypatch.setattr(backlog, "AT_ONCE", 1)
    with transaction() as session:
        profile = AgencyProfile("Unit A1", zone=Zone.WITA)
        management.update(session, play.world.actor(session, "a"), play.world.a1, profile, play.now)
    hour = timedelta(hours=1)
    assert [clock(report)[2] for report in reports] == [before[0] - hour, before[1]]
    assert len(waiting(backlog.DEADLINES)) == 1
    play.later(minutes=1)
    run_outbox(play)
    assert [clock(report)[2] for report in reports] == [at - hour for at in before]
    assert waiting(backlog.DEADLINES) == []


@pytest.mark.parametrize("to", ["b", "b1", "root", "a1", None])
def test_reports_go_where_the_manager_reaches_and_not_to_the_agency_itself(
    play: Play, to: str | None
) -> None:
    report = play.verified("a1")
    empty(play, "a1", "a1b")
    with pytest.raises(Invalid) as refused:
        give(play, "a1", to, by="a")
    assert list(refused.value.errors) == ["successor"]
    assert play.chain(report) == ["root", "a1"]


def test_strangers_and_the_agency_itself_hand_nothing_over(play: Play) -> None:
    play.verified("a1")
    for name, refusal in (("b", NotFound), ("a2", NotFound), ("supervisor", Forbidden), ("a1", Invalid)):
        with pytest.raises(refusal):
            give(play, "a1", "a", by=name)
    with pytest.raises(Invalid) as refused:  # officers are left: they would hold nothing
        give(play, "a1", "a", by="a")
    assert list(refused.value.errors) == ["active"]


def test_the_list_holds_what_is_open_for_those_who_see_it(play: Play) -> None:
    open_, closed = play.verified("a1"), play.in_progress("a1")
    empty(play, "a1", "a1b")
    give(play, "a1", "a2", by="a")
    play.decide(closed, by="pusat", action=Action.CLOSE)
    with transaction() as session:

        def listed(name: str) -> list[int]:
            rows = handed_over(session, play.world.actor(session, name), play.world.a1, after=0, limit=9)
            return [row.report_id for row in rows]

        assert listed("a") == listed("pusat") == [open_]
        assert listed("b") == []
