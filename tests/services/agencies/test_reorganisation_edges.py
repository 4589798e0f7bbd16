"""Reorganisations at their edges: requests about what has ended, names, words of a fault, what waits meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access.agencies.handover import handed_over_by, handing_of
from app.extensions import transaction
from app.jobs.reorganising import begin_due
from app.models import Reorganisation, Request
from app.rules.agencies import reorganisation as rules
from app.rules.agencies.reorganisation import ReorganisationKind, Stage
from app.rules.errors import Invalid
from app.rules.reports.workflow import Action
from app.rules.text import SHORT_MAX
from app.search.index import check as check_index
from app.services.accounts import people
from app.services.agencies import management
from tests.services.agencies.test_reorganisation import all_batches, ask, differing, rows, stage
from tests.support.play import Play


def add_unit(play: Play, name: str, title: str, above: str) -> None:
    with transaction() as session:
        made = management.create(session, title, play.world.agencies[above], play.now)
        play.world.agencies[name] = made.id  # type: ignore[index]


def closed_with_a_wish(play: Play) -> tuple[int, int]:
    """A gave it to A1, it is closed, and A1 asks A to open it again."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    play.decide(report, by="a", action=Action.CLOSE)
    return report, play.ask(report, by="a1", action=Action.REOPEN)


def test_who_leaves_an_ended_report_decides_nothing_about_it_any_more(play: Play) -> None:
    report, wish = closed_with_a_wish(play)
    _other, others = closed_with_a_wish(play)
    elsewhere = play.ask(play.in_progress("b1"), by="b1", action=Action.CLOSE)
    ask(play, ReorganisationKind.MOVE, "a1", "b")
    assert play.request(elsewhere).decider_agency_id == play.world.root
    assert play.request(others).decider_agency_id == play.world.root
    assert rows(play, report) == {"root", "a1"}
    assert play.request(wish).decider_agency_id == play.world.root
    all_batches(play)
    assert rows(play, report) == {"root", "a1", "b"}
    assert differing() == ()
    play.accept(wish, by="pusat")
    assert play.chain(report) == ["root", "a1"]


def test_a_merger_ends_whatever_its_agency_once_had_to_decide(play: Play) -> None:
    report, _wish = closed_with_a_wish(play)
    ask(play, ReorganisationKind.MOVE, "a1", "b")
    all_batches(play)
    key = ask(play, ReorganisationKind.MERGE, "a", "b")
    all_batches(play)
    assert stage(key) is Stage.DONE
    assert rows(play, report) == {"root", "a1", "b"}


@pytest.mark.parametrize("wished", [False, True])
def test_a_unit_moves_on_while_its_ended_reports_still_name_a_merged_agency(
    play: Play, *, wished: bool
) -> None:
    """A1 gave a report to A11, and it is closed. A1 goes into A2; before the batch A11 goes to B."""
    add_unit(play, "a11", "Seksi A1", "a1")
    report = play.verified("a1")
    play.forward(report, by="a1", to="a11")
    play.follow_up(report, by="a1")  # for A11, which has no officer
    play.decide(report, by="a1", action=Action.CLOSE)
    if wished:
        play.reply(report)  # asks for the report to be opened again
    ask(play, ReorganisationKind.MERGE, "a1", "a2")
    ask(play, ReorganisationKind.MOVE, "a11", "b")
    all_batches(play)
    assert play.chain(report) == ["root", "a11"]
    assert rows(play, report) == {"root", "b", "a11"}
    assert differing() == ()
    with transaction() as session:
        asked = session.scalars(select(Request.decider_agency_id).where(Request.report_id == report)).all()
        assert asked == ([play.world.root] if wished else [])


def test_the_index_forgets_who_lost_a_report_that_nobody_gained(play: Play) -> None:
    """A1 goes up to the root: A is above it no more, and nobody else comes instead."""
    play.verified("a1")
    ask(play, ReorganisationKind.MOVE, "a1", "root")
    all_batches(play)
    with transaction() as session:
        assert check_index(session, 0).wrong == ()


def test_a_report_that_ends_before_its_batch_keeps_the_place_of_a_merged_agency(play: Play) -> None:
    """A1 gave it to A11; A1 goes into A2, and the reporter closes it before the batch has come."""
    add_unit(play, "a11", "Seksi A1", "a1")
    report = play.verified("a1")
    play.forward(report, by="a1", to="a11")
    ask(play, ReorganisationKind.MERGE, "a1", "a2")
    play.close_own(report)
    all_batches(play)
    assert play.chain(report) == ["root", "a2", "a11"]
    assert differing() == ()


def test_a_unit_of_the_same_name_as_the_agency_that_is_merged(play: Play) -> None:
    """Both would lie below the target under one name."""
    add_unit(play, "a11", "Unit A1", "a1")
    with pytest.raises(Invalid) as refused:
        ask(play, ReorganisationKind.MERGE, "a1", "a2")
    assert list(refused.value.errors) == ["target"]


def test_why_it_was_cancelled_fits_its_column_and_is_translated(play: Play) -> None:
    name = "N" * SHORT_MAX
    add_unit(play, "a11", name, "a1")
    day = (play.now + timedelta(days=3)).date()
    key = ask(play, ReorganisationKind.MOVE, "a11", "b", day=day)
    add_unit(play, "b2", name, "b")
    begin_due(play.now + timedelta(days=4))
    with transaction() as session:
        found = session.get_one(Reorganisation, key)
        assert (found.stage, found.fault) == (Stage.CANCELLED, rules.WITHOUT_VALUES[rules.NAME_TAKEN])


def test_no_word_of_a_fault_waits_for_a_name_or_number() -> None:
    """They are kept as they are, for readers of any language."""
    told = [each for each in vars(rules).values() if isinstance(each, str) and "%(" in each]
    assert set(told) == set(rules.WITHOUT_VALUES)
    assert not any("%(" in each for each in rules.WITHOUT_VALUES.values())


def test_several_go_into_one_agency_on_one_day(play: Play) -> None:
    """A1 and A2 are dissolved into A, and B1 comes below it: each while the others still run."""
    reports = [play.verified("a1"), play.verified("a2")]
    given = play.verified("a1")
    add_unit(play, "a11", "Seksi A1", "a1")
    play.forward(given, by="a1", to="a11")
    day = (play.now + timedelta(days=3)).date()
    plans = [
        ask(play, kind, name, to, day=day)
        for kind, name, to in (
            (ReorganisationKind.DISSOLVE, "a1", None),
            (ReorganisationKind.DISSOLVE, "a2", None),
            (ReorganisationKind.MOVE, "b1", "a"),
        )
    ]
    assert begin_due(play.now + timedelta(days=4)) == len(plans)
    assert {stage(each) for each in plans} == {Stage.RUNNING}
    with pytest.raises(Invalid):
        ask(play, ReorganisationKind.MOVE, "a", "b")  # what others come into goes nowhere itself
    all_batches(play)
    assert {stage(each) for each in plans} == {Stage.DONE}
    assert [play.chain(each) for each in reports] == [["root", "a"], ["root", "a"]]
    assert play.chain(given) == ["root", "a", "a11"]
    assert differing() == ()


def test_an_agency_that_is_reorganised_is_not_handed_over_as_well(play: Play) -> None:
    report = play.verified("a3")
    ask(play, ReorganisationKind.MOVE, "a3", "b", day=(play.now + timedelta(days=3)).date())
    with pytest.raises(Invalid), play.by("a") as (session, actor):
        management.hand_over(session, actor, play.world.agencies["a3"], play.world.a2, play.now)
    assert play.chain(report) == ["root", "a3"]


def test_the_handover_list_of_a_move_holds_what_moved(play: Play) -> None:
    moved = play.verified("a1")
    key = ask(play, ReorganisationKind.MOVE, "a1", "b")
    all_batches(play)
    play.later(hours=1)
    since = play.verified("a1")
    with play.by("b") as (session, actor):
        what = handing_of(session.get_one(Reorganisation, key))
        found = [each.report_id for each in handed_over_by(session, actor, what, after=0, limit=9)]
    assert moved in found
    assert since not in found


def test_nobody_comes_back_as_the_central_desk(play: Play) -> None:
    """Without an active officer B may go into the root; the one who was switched off does not go there."""
    with transaction() as session:
        account = play.world.account(session, "b")
        account.active = False
        wanted = people.Details(account.get_full_name(), account.username, account.email, active=True)
        key = account.id
    ask(play, ReorganisationKind.DISSOLVE, "b", None)
    all_batches(play)
    with pytest.raises(Invalid) as refused, play.by("pusat") as (session, actor):
        people.update(session, actor, key, wanted, play.now)
    assert list(refused.value.errors) == ["agency"]
    with transaction() as session:
        assert play.world.account(session, "b").agency_id == play.world.b
