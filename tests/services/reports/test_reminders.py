"""Reminders of deadlines: when, to whom, and never at night or on a day off (cases A4, A7, A14)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.reminding import remind
from app.models import Agency, DayOff, Notification
from app.rules.inbox.notifications import REMINDERS
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.reports.workdays import Calendar
from app.rules.reports.workflow import Action
from app.rules.zones import Zone
from app.services.reports.reminders import remind_day, somebody_is_at_work
from tests.services.inbox.test_bell import kinds, written
from tests.support.play import Play
from tests.support.world import WIB


def reminded(play: Play, name: str = "a") -> list[NoticeKind]:
    return [kind for kind in written(play, name) if kind in REMINDERS]


def june(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=WIB)


def test_it_comes_on_the_working_day_before_and_in_working_hours(play: Play) -> None:
    play.verified("a")  # Monday the 8th: until Monday the 15th
    for at in (june(8, 15), june(9), june(11, 15), june(12, 0), june(12, 7, 59), june(12, 16)):
        remind(at)
    assert reminded(play) == []
    for at in (june(13), june(14)):  # Saturday, Sunday
        remind(at)
    assert reminded(play) == []
    remind(june(12, 8))
    assert reminded(play) == [NoticeKind.DEADLINE_NEAR]
    for at in (june(12, 8, 10), june(12, 15), june(15, 9)):
        remind(at)
    assert reminded(play) == [NoticeKind.DEADLINE_NEAR]


def test_a_run_that_was_missed_is_caught_up_on_the_last_day(play: Play) -> None:
    play.verified("a")
    remind(june(15, 15))
    assert reminded(play) == [NoticeKind.DEADLINE_NEAR]


def test_what_ran_out_is_told_on_the_next_working_morning_once(play: Play) -> None:
    play.verified("a")
    remind(june(16))  # a holiday
    assert reminded(play) == []
    remind(june(17, 8))
    remind(june(17, 9))
    remind(june(18, 9))
    assert reminded(play) == [NoticeKind.DEADLINE_MISSED]


def test_what_ran_out_long_ago_floods_nobody(play: Play) -> None:
    play.verified("a")
    remind(june(29))
    assert reminded(play) == []


def test_nothing_on_the_day_on_which_the_agency_got_it(play: Play) -> None:
    """Case A14: the clock runs on with a unit that gets the report on its last day but one."""
    report = play.verified("a")
    play.now = june(12, 9)
    play.forward(report, by="a", to="a1")
    remind(june(12, 10))
    assert reminded(play, "a1") == []
    remind(june(15, 8))
    assert reminded(play, "a1") == [NoticeKind.DEADLINE_NEAR]
    assert reminded(play, "a") == []


def test_the_hours_are_those_of_the_agencys_own_zone(play: Play) -> None:
    with transaction() as session:
        session.get_one(Agency, play.world.a).zone = Zone.WIT
    play.verified("a")
    remind(june(12, 15, 30))  # half past five in Jayapura
    assert reminded(play) == []
    remind(june(12, 6, 30))  # half past eight there
    assert reminded(play) == [NoticeKind.DEADLINE_NEAR]


def test_an_agencys_own_day_off_counts(play: Play) -> None:
    with transaction() as session:
        session.add(DayOff(day=date(2026, 6, 12), name="Hari jadi", agency_id=play.world.a))
    play.verified("a")
    remind(june(12))
    assert reminded(play) == []


def test_before_the_automatic_closing_who_has_not_decided_is_told_too(play: Play) -> None:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")  # closes after Thursday the 18th
    play.ask(report, by="a1", action=Action.HOLD)
    remind(june(15))
    assert NoticeKind.CLOSES_TOMORROW not in kinds(play, "a")
    remind(june(17))
    for name in ("a", "a1", "a1b"):
        assert reminded(play, name) == [NoticeKind.CLOSES_TOMORROW], name
    assert reminded(play, "pusat") == []
    play.reply(report)
    assert reminded(play, "a1") == []
    assert reminded(play, "a") == []


def test_a_clock_that_stands_still_reminds_nobody(play: Play) -> None:
    report = play.in_progress("a")
    play.decide(report, by="pusat", action=Action.HOLD)
    remind(june(17))
    assert reminded(play) == []


def test_the_central_desk_is_reminded_of_verification(play: Play) -> None:
    play.file()  # three working days: until Thursday
    remind(june(10))
    assert reminded(play, "pusat") == reminded(play, "pusat2") == [NoticeKind.DEADLINE_NEAR]
    with transaction() as session:
        (clock,) = set(session.scalars(select(Notification.clock_id)))
        assert clock is not None


@pytest.mark.parametrize(
    ("hour", "minute", "working"), [(22, 59, False), (23, 0, True), (8, 59, True), (9, 0, False)]
)
def test_outside_of_working_hours_everywhere_nothing_is_looked_at(
    hour: int, minute: int, *, working: bool
) -> None:
    """From 8.00 in Jayapura to 16.00 in Jakarta, in UTC."""
    assert somebody_is_at_work(datetime(2026, 6, 11, hour, minute, tzinfo=UTC)) is working


def test_the_day_before_is_a_working_day() -> None:
    calendar = Calendar(ZoneInfo("Asia/Jakarta"), {date(2026, 8, 17): "Kemerdekaan"})
    assert remind_day(date(2026, 8, 18), calendar) == date(2026, 8, 14)
    assert remind_day(date(2026, 8, 20), calendar) == date(2026, 8, 19)
    # An automatic closing counts calendar days: one that ends on a Sunday is told of on Friday.
    assert remind_day(date(2026, 8, 23), calendar) == date(2026, 8, 21)
    assert datetime.combine(date(2026, 8, 23), time(), WIB) - timedelta(days=2) == datetime(
        2026, 8, 21, tzinfo=WIB
    )
