"""Days off, categories, archive reasons and completion targets: what central admins change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.choices import archive_reasons, category_choices
from app.extensions import transaction
from app.models import AuditEntry, Category, CompletionTarget, DayOff
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.reports.codes import Classification
from app.services.agencies import backlog, days_off
from app.services.agencies.days_off import DayOffEntry
from app.services.system import reference
from tests.support.play import Play
from tests.support.world import WIB

Do = Callable[[Session, Actor], object]
WEDNESDAY = date(2026, 6, 10)


def central(play: Play, do: Do) -> object:
    with transaction() as session:
        return do(session, play.world.actor(session, "pusat"))


def actions(kind: str) -> list[str]:
    with transaction() as session:
        return list(
            session.scalars(
                select(AuditEntry.action).where(AuditEntry.object_kind == kind).order_by(AuditEntry.id)
            )
        )


def test_a_day_off_moves_the_clocks_that_pass_it_and_says_how_many(play: Play) -> None:
    running, foreign = play.verified("a1"), play.verified("b")
    before = play.report(running).clock_due_at, play.report(foreign).clock_due_at
    entry = DayOffEntry(WEDNESDAY, "Libur daerah", agency_id=play.world.a)
    moved = central(play, lambda s, actor: days_off.add(s, actor, entry, play.now))
    assert moved == backlog.DeadlinesMoved(
        2, 0
    )  # the follow-up clock and the completion target of one report
    assert play.report(running).clock_due_at == datetime(2026, 6, 18, tzinfo=WIB)
    assert play.report(foreign).clock_due_at == before[1]
    with transaction() as session:
        key = session.scalars(select(DayOff.id)).one()
    # Moved to a Sunday it changes nothing more than what it takes back.
    sunday = DayOffEntry(date(2026, 6, 14), "Libur daerah", agency_id=play.world.a)
    assert central(play, lambda s, actor: days_off.change(s, actor, key, sunday, play.now)) == (
        backlog.DeadlinesMoved(2, 0)
    )
    assert play.report(running).clock_due_at == before[0]
    work = DayOffEntry(date(2026, 6, 14), "Piket", works=True)
    assert central(play, lambda s, actor: days_off.change(s, actor, key, work, play.now)) == (
        backlog.DeadlinesMoved(4, 0)
    )
    assert play.report(foreign).clock_due_at == before[1] - timedelta(days=1)  # Sunday is worked
    assert central(play, lambda s, actor: days_off.remove(s, actor, key, play.now)) == backlog.DeadlinesMoved(
        4, 0
    )
    assert (play.report(running).clock_due_at, play.report(foreign).clock_due_at) == before
    assert actions("day_off") == ["day_off.added", "day_off.changed", "day_off.changed", "day_off.removed"]


@pytest.mark.parametrize("day", [date(2026, 6, 7), date(2026, 12, 30)])
def test_a_day_that_no_clock_passes_is_looked_at_for_none(play: Play, day: date) -> None:
    play.verified("a1")
    found = backlog.Affected(since=day, until=day).criteria()
    with transaction() as session:
        clocks = session.query(backlog.ReportClock).filter(*found).count()
    assert clocks == 0
    moved = central(play, lambda s, actor: days_off.add(s, actor, DayOffEntry(day, "Libur"), play.now))
    assert moved == backlog.DeadlinesMoved(0, 0)


def test_a_day_that_cannot_be_is_refused_at_its_field(play: Play) -> None:
    central(play, lambda s, actor: days_off.add(s, actor, DayOffEntry(WEDNESDAY, "Libur"), play.now))
    for entry, field in (
        (DayOffEntry(None, "Libur"), "day"),
        (DayOffEntry(date(1999, 1, 1), "Libur"), "day"),
        (DayOffEntry(WEDNESDAY, "Lagi"), "day"),
        (DayOffEntry(date(2026, 6, 11), " "), "name"),
        (DayOffEntry(date(2026, 6, 11), "Libur", agency_id=987_654), "agency"),
    ):
        with pytest.raises(Invalid) as refused:
            central(play, lambda s, actor, entry=entry: days_off.add(s, actor, entry, play.now))
        assert list(refused.value.errors) == [field]
    # The same day for one agency is another entry.
    own = DayOffEntry(WEDNESDAY, "Libur", agency_id=play.world.a)
    central(play, lambda s, actor: days_off.add(s, actor, own, play.now))


def test_a_year_without_cuti_bersama_is_told_until_somebody_enters_it(play: Play) -> None:
    def lacks(year: int) -> object:
        return central(play, lambda s, _: days_off.lacks_cuti_bersama(s, year))

    assert (lacks(2026), lacks(2030)) == (False, True)
    for name, agency in (("Libur biasa", None), ("Cuti bersama daerah", play.world.a)):
        entry = DayOffEntry(date(2030, 1, 2), name, agency_id=agency)
        central(play, lambda s, actor, entry=entry: days_off.add(s, actor, entry, play.now))
        assert lacks(2030) is True
    entry = DayOffEntry(date(2030, 2, 4), "Cuti Bersama Idulfitri")
    central(play, lambda s, actor: days_off.add(s, actor, entry, play.now))
    assert lacks(2030) is False


def test_categories_form_two_levels_and_are_retired(play: Play) -> None:
    made = central(play, lambda s, a: reference.add_category(s, a, None, "Air bersih", play.now).id)
    sub = central(play, lambda s, a: reference.add_category(s, a, made, "Pipa bocor", play.now).id)  # type: ignore[arg-type]
    choices = central(play, lambda s, _: dict(category_choices(s)))
    assert choices[str(sub)] == "Air bersih > Pipa bocor"  # type: ignore[index]

    def change(key: object, parent: object, name: str) -> None:
        central(
            play,
            lambda s, a: reference.change_category(s, a, key, parent, name, play.now, offered=True),  # type: ignore[arg-type]
        )

    for key, parent, name, field in (
        (made, made, "Air bersih", "parent"),
        (made, play.world.category, "Air bersih", "parent"),
        (sub, sub, "Pipa", "parent"),
        (sub, play.world.category, "Pipa", "parent"),
        (sub, 987_654, "Pipa", "parent"),
        (sub, made, "", "name"),
    ):
        with pytest.raises(Invalid) as refused:
            change(key, parent, name)
        assert list(refused.value.errors) == [field], (key, parent)
    with pytest.raises(Invalid):
        central(play, lambda s, a: reference.add_category(s, a, made, "Pipa bocor", play.now))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        change(987_654, None, "Apa saja")

    central(play, lambda s, a: reference.retire_category(s, a, made, play.now))  # type: ignore[arg-type]
    assert str(sub) not in central(play, lambda s, _: dict(category_choices(s)))  # type: ignore[operator]
    change(made, None, "Air minum")
    assert central(play, lambda s, _: dict(category_choices(s)))[str(sub)] == "Air minum > Pipa bocor"  # type: ignore[index]
    assert actions("category")[-2:] == ["category.retired", "category.changed"]
    with transaction() as session:
        assert session.get_one(Category, made).retired_at is None


def test_archive_reasons_keep_their_code(play: Play) -> None:
    name = "Bukan laporan: hanya salam é"
    code = central(play, lambda s, a: reference.add_reason(s, a, name, 9, play.now).code)
    assert code == "bukan_laporan_hanya_salam_e"
    twin = central(play, lambda s, a: reference.add_reason(s, a, f"{name} lain", 9, play.now).code)
    assert twin != code
    assert code in dict(central(play, lambda s, _: archive_reasons(s)))  # type: ignore[call-overload]
    central(play, lambda s, a: reference.change_reason(s, a, code, "Hanya salam", 1, play.now, offered=True))  # type: ignore[arg-type]
    central(play, lambda s, a: reference.retire_reason(s, a, code, play.now))  # type: ignore[arg-type]
    assert code not in dict(central(play, lambda s, _: archive_reasons(s)))  # type: ignore[call-overload]
    for bad, position, field in (
        ("", 1, "name"),
        ("Duplikat", 1, "name"),
        ("Baru", 0, "position"),
        ("Baru", None, "position"),
    ):
        with pytest.raises(Invalid) as refused:
            central(
                play,
                lambda s, a, bad=bad, position=position: reference.add_reason(s, a, bad, position, play.now),
            )
        assert list(refused.value.errors) == [field]
    offered = [each for each, _ in central(play, lambda s, _: archive_reasons(s))]  # type: ignore[attr-defined]
    for each in offered[:-1]:
        central(play, lambda s, a, each=each: reference.retire_reason(s, a, each, play.now))
    with pytest.raises(Invalid):
        central(play, lambda s, a: reference.retire_reason(s, a, offered[-1], play.now))


def test_a_target_in_force_is_not_changed(play: Play) -> None:
    today = play.now.astimezone(WIB).date()
    kind = Classification.ASPIRATION

    def add(days: int | None, day: date | None) -> object:
        return central(play, lambda s, a: reference.add_target(s, a, kind, days, day, play.now).id)

    for days, day, field in (
        (0, today + timedelta(days=1), "working_days"),
        (1001, today + timedelta(days=1), "working_days"),
        (5, today, "valid_from"),
        (5, None, "valid_from"),
        (5, date(2999, 1, 1), "valid_from"),
    ):
        with pytest.raises(Invalid) as refused:
            add(days, day)
        assert list(refused.value.errors) == [field]
    key = add(8, today + timedelta(days=1))
    with pytest.raises(Invalid):
        add(9, today + timedelta(days=1))
    central(play, lambda s, a: reference.change_target(s, a, key, 9, play.now))  # type: ignore[arg-type]
    play.later(days=1)
    for do in (
        lambda s, a: reference.change_target(s, a, key, 10, play.now),
        lambda s, a: reference.remove_target(s, a, key, play.now),
    ):
        with pytest.raises(Invalid):
            central(play, do)
    with transaction() as session:
        assert session.get_one(CompletionTarget, key).working_days == 9
    report = play.verified(
        "a",
    )
    play.correct(report, by="pusat", classification=kind)
    assert {clock.days for clock in play.clocks(report)} >= {9}


@pytest.mark.parametrize("name", ["a", "supervisor", "statistik", "warga"])
def test_nobody_else_changes_settings(play: Play, name: str) -> None:
    for do in (
        lambda s, a: days_off.add(s, a, DayOffEntry(WEDNESDAY, "Libur"), play.now),
        lambda s, a: reference.add_category(s, a, None, "Baru", play.now),
        lambda s, a: reference.retire_reason(s, a, "spam", play.now),
        lambda s, a: reference.add_target(s, a, Classification.ASPIRATION, 5, date(2090, 1, 1), play.now),
    ):
        with pytest.raises(Forbidden), transaction() as session:
            do(session, play.world.actor(session, name))
