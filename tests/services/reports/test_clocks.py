"""Clocks in the database: holds, targets, corrections, and calendars that change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.extensions import transaction
from app.models import CompletionTarget, DayOff
from app.rules.errors import Invalid
from app.rules.reports.codes import Classification, ClockOutcome, EventKind
from app.rules.reports.workflow import Action, Clock
from app.services import calendars
from app.services.agencies.derived_rows import recompute_deadlines
from tests.support.play import Play
from tests.support.world import WIB


def target(play: Play, report_id: int) -> object:
    return next(clock for clock in play.clocks(report_id) if clock.kind is Clock.TARGET)


def test_a_hold_stops_the_closing_and_a_release_starts_it_anew(play: Play) -> None:
    report_id = play.in_progress("a")
    play.later(days=5)
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.later(days=30)
    assert play.run_jobs() == "moved 0, failed 0"
    play.decide(report_id, by="pusat", action=Action.RELEASE)
    report = play.report(report_id)
    assert (report.clock_kind, report.clock_due_at) == (
        Clock.AUTO_CLOSE,
        datetime.combine(play.now.date() + timedelta(days=11), datetime.min.time(), tzinfo=WIB),
    )


def test_a_follow_up_while_held_keeps_the_hold_and_starts_nothing(play: Play) -> None:
    report_id = play.in_progress("a")
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.follow_up(report_id, by="a")
    report = play.report(report_id)
    assert (report.held, report.clock_kind) == (True, None)


def test_a_release_with_an_unanswered_reply_starts_nothing(play: Play) -> None:
    report_id = play.in_progress("a")
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.reply(report_id)
    play.decide(report_id, by="pusat", action=Action.RELEASE)
    assert play.report(report_id).clock_kind is None


def test_a_report_held_after_reopening_still_owes_its_follow_up(play: Play) -> None:
    report_id = play.in_progress("a")
    play.decide(report_id, by="pusat", action=Action.CLOSE)
    play.decide(report_id, by="pusat", action=Action.REOPEN)
    before = play.report(report_id).clock_due_at
    assert before is not None
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.later(days=2)  # Monday to Wednesday: two working days
    play.decide(report_id, by="pusat", action=Action.RELEASE)
    report = play.report(report_id)
    assert report.clock_kind is Clock.FOLLOW_UP
    # Monday the 15th, then the holiday on the 16th, then Wednesday the 17th.
    assert (before, report.clock_due_at) == (
        datetime(2026, 6, 16, tzinfo=WIB),
        datetime(2026, 6, 19, tzinfo=WIB),
    )


def test_the_target_of_the_case_stands_still_while_held(play: Play) -> None:
    """Case A5: held from Friday 14 to Tuesday 18 August is one working day, not four."""
    play.now = datetime(2026, 8, 10, 9, tzinfo=WIB)
    report_id = play.in_progress("a")
    before = target(play, report_id).due_at  # type: ignore[attr-defined]
    play.now = datetime(2026, 8, 14, 10, tzinfo=WIB)
    play.decide(report_id, by="pusat", action=Action.HOLD)
    play.now = datetime(2026, 8, 18, 10, tzinfo=WIB)
    play.decide(report_id, by="pusat", action=Action.RELEASE)
    # The 14th working day moves by one, from Tuesday 1 to Wednesday 2 September (25 August is free).
    after = target(play, report_id).due_at  # type: ignore[attr-defined]
    assert (before, after) == (datetime(2026, 9, 2, tzinfo=WIB), datetime(2026, 9, 3, tzinfo=WIB))


def test_targets_go_by_classification_and_the_day_of_verification(play: Play) -> None:
    with transaction() as session:
        session.add(
            CompletionTarget(
                classification=Classification.UNSUPERVISED, working_days=3, valid_from=date(2026, 6, 9)
            )
        )
    old = play.verified("a")
    play.later(days=1)
    new = play.verified("a")
    assert [target(play, each).days for each in (old, new)] == [14, 3]  # type: ignore[attr-defined]
    play.correct(old, by="pusat", classification=Classification.SUPERVISED)
    assert target(play, old).days == 60  # type: ignore[attr-defined]
    play.follow_up(new, by="a")
    play.close_own(new)
    assert target(play, new).outcome is ClockOutcome.MET  # type: ignore[attr-defined]


def test_corrections_keep_the_original_and_a_diff(play: Play) -> None:
    report_id = play.verified("a")
    play.correct(report_id, by="pusat", title="Lampu jalan padam di dua titik", text="Dua lampu padam.")
    report = play.report(report_id)
    assert report.original_text == "Lampu jalan di depan balai desa padam."
    assert (report.title, report.text) == ("Lampu jalan padam di dua titik", "Dua lampu padam.")
    assert play.kinds(report_id)[-1] is EventKind.CORRECTED
    with pytest.raises(Invalid):
        play.correct(report_id, by="pusat", title="Lampu jalan padam di dua titik")


def test_a_changed_calendar_moves_running_clocks_and_no_decided_one(play: Play) -> None:
    running, done = play.verified("a"), play.in_progress("a")
    decided = [clock.due_at for clock in play.clocks(done) if clock.kind is Clock.FOLLOW_UP]
    with transaction() as session:
        session.add(DayOff(day=date(2026, 6, 10), name="Libur daerah", agency_id=play.world.a))
    with transaction() as session:
        calendars.forget(session)
        checked = recompute_deadlines(session, 0, play.now)
    assert play.report(running).clock_due_at == datetime(2026, 6, 18, tzinfo=WIB)  # over the 16th, a holiday
    assert play.sees(running)
    assert [c.due_at for c in play.clocks(done) if c.kind is Clock.FOLLOW_UP] == decided
    # Both targets and the one running follow-up clock count working days; the closing counts all days.
    assert len(checked.wrong) == 3


@pytest.mark.parametrize(("who", "moves"), [("a", True), ("b", False), (None, True)])
def test_days_off_hold_for_an_agency_and_below(play: Play, who: str | None, moves: bool) -> None:
    with transaction() as session:
        agency = play.world.agencies[who] if who else None
        session.add(DayOff(day=date(2026, 6, 10), name="Libur", agency_id=agency))
    with transaction() as session:
        calendar = calendars.calendar_of(session, play.world.a1)
        assert calendar.is_working(date(2026, 6, 10)) is not moves


def test_a_nearer_agency_may_work_on_a_wider_days_off(play: Play) -> None:
    with transaction() as session:
        session.add(DayOff(day=date(2026, 6, 10), name="Libur", agency_id=play.world.a))
        session.add(DayOff(day=date(2026, 6, 10), name="Piket", agency_id=play.world.a1, works=True))
    with transaction() as session:
        working = {
            n: calendars.calendar_of(session, play.world.agencies[n]).is_working(date(2026, 6, 10))
            for n in ("a", "a1", "a2")
        }
    assert working == {"a": False, "a1": True, "a2": False}
