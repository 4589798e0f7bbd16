"""An agency goes below another one: what is lost is lost at once, what is gained follows in batches."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.agencies.reorganisations import get_reorganisation
from app.access.reports.history import history
from app.access.scope import stored
from app.access.tree import is_below
from app.extensions import transaction
from app.jobs.reorganising import begin_due
from app.models import Agency, ConversationSide, Disposition, Event, Model, Post, Reorganisation, Report
from app.rules.agencies.reorganisation import ReorganisationKind, Stage
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.reports.codes import EventKind, RequestStatus
from app.rules.reports.tabs import Basis, Tab
from app.rules.reports.workflow import Action
from app.search.index import check as check_index
from app.services.agencies import management, reorganisation
from app.services.agencies.derived_rows import check_scope
from app.services.agencies.merging import FATES
from app.services.agencies.reorganisation_batches import finish, follow
from app.views.reports.reporter_history import to_reporter
from tests.support.play import Play
from tests.support.world import WIB


def ask(
    play: Play, kind: ReorganisationKind, agency: str, to: str | None, *, by: str = "pusat", **more: object
) -> int:
    with play.by(by) as (session, actor):
        asked = reorganisation.ask(
            session,
            actor,
            kind,
            play.agency(agency),
            play.agency(to),
            play.now,
            **more,  # type: ignore[arg-type]
        )
        assert asked is not None
        return asked.id


def stage(key: int) -> Stage:
    with transaction() as session:
        return session.get_one(Reorganisation, key).stage


def rows(play: Play, report: int) -> set[str]:
    """The agencies that see a report, by name, whatever the tree says of it."""
    names = {key: name for name, key in play.world.agencies.items()}
    with transaction() as session:
        return {names[row.agency_id] for row in stored(session, report)}


def batch(play: Play, limit: int = 1) -> bool:
    """One batch; False if there was none."""
    with transaction() as session:
        done = follow(session, play.now, limit=limit)
    if done is not None and done.all_followed:
        with transaction() as session:
            finish(session, done.reorganisation_id, play.now)
    return done is not None


def all_batches(play: Play) -> None:
    for _ in range(50):
        if not batch(play):
            return
    raise AssertionError("the batches do not come to an end")


def differing() -> tuple[int, ...]:
    with transaction() as session:
        return check_scope(session, 0, repair=False).wrong


def test_what_is_lost_goes_with_the_tree_and_what_is_gained_comes_after(play: Play) -> None:
    direct = play.verified("a1")  # the root gave it: A saw it from above alone
    given = play.verified("a")
    play.forward(given, by="a", to="a1")  # A gave it on, and keeps its standing
    assert rows(play, direct) == rows(play, given) == {"root", "a", "a1"}
    key = ask(play, ReorganisationKind.MOVE, "a1", "b")
    assert rows(play, direct) == {"root", "a1"}
    assert rows(play, given) == {"root", "a", "a1"}
    assert stage(key) is Stage.RUNNING
    assert batch(play)
    assert rows(play, direct) == {"root", "a1", "b"}
    all_batches(play)
    assert stage(key) is Stage.DONE
    assert rows(play, given) == {"root", "a", "a1", "b"}
    assert differing() == ()
    with transaction() as session:
        found = get_reorganisation(session, play.world.actor(session, "b"), key)
        assert (found.reports, found.done) == (2, 2)
    # A still decides what its delegation asks for, until the report is closed.
    play.follow_up(given, by="a1")
    play.accept(play.ask(given, by="a1", action=Action.CLOSE), by="a")
    assert rows(play, given) == {"root", "a1", "b"}
    assert play.chain(given) == ["root", "a1"]


def test_a_merged_agency_goes_on_in_its_target(play: Play) -> None:
    """Reports, officers, copies, requests, conversations and units; history keeps the old name."""
    held = play.in_progress("a1")
    closed = play.in_progress("a1")
    play.decide(closed, by="pusat", action=Action.CLOSE)
    given = play.verified("a")
    play.forward(given, by="a", to="a1", copies=("b1",))
    play.follow_up(given, by="a1")
    wish = play.ask(given, by="a1", action=Action.CLOSE)
    copied = play.verified("b", copies=("a1",))
    both = play.verified("b", copies=("a1", "a2"))
    suggested = play.verified("b1")
    play.follow_up(suggested, by="b1")
    hint = play.ask(suggested, by="b1", action=Action.HAND_BACK, suggest="a1")
    recorded = play.record("a1")
    due = play.report(held).clock_due_at
    post = play.write("a", to=("a1",))
    play.later(days=1)
    key = ask(play, ReorganisationKind.MERGE, "a1", "a2", by="a")
    with transaction() as session:
        assert session.get_one(Agency, play.world.a1).active, "it holds reports until they have followed"
        assert play.world.account(session, "a1").agency_id == play.world.a2
    with pytest.raises(Invalid):
        play.redirect(copied, by="pusat", to="a1")
    all_batches(play)
    assert stage(key) is Stage.DONE
    assert play.chain(held) == play.chain(closed) == ["root", "a2"]
    assert play.chain(given) == ["root", "a", "a2"]
    assert play.report(held).clock_due_at == due
    assert play.request(wish).asker_agency_id == play.world.a2
    assert play.request(hint).suggested_agency_id == play.world.a2
    assert play.sees(copied)["a2"] == play.sees(both)["a2"] == {"+copies*"}
    assert "a2" in play.sees(recorded)
    assert all("a1" not in rows(play, each) for each in (held, closed, given, copied, both, recorded))
    with transaction() as session:
        gone = session.get_one(Agency, play.world.a1)
        assert (gone.active, gone.merged_into_id, gone.parent_id) == (False, play.world.a2, play.world.a2)
        side = session.scalars(
            select(ConversationSide.agency_id).where(ConversationSide.agency_id != play.world.a)
        ).all()
        assert side == [play.world.a2]
        assert session.get_one(Post, post).agency_id == play.world.a
        told = [each.what for each in to_reporter(history(session, held))]
        assert "Instansi yang menangani laporan ini digabung ke" in told
        assert session.scalars(
            select(Event.agency_id).where(Event.report_id == held, Event.kind == EventKind.FOLLOWED_UP)
        ).all() == [play.world.a1]
        assert check_index(session, 0).wrong == ()
    assert differing() == ()
    play.accept(wish, by="a")
    play.follow_up(held, by="a1")  # the officer is the target's now
    play.follow_up(held, by="a2")


def test_a_dissolved_unit_goes_into_its_parent_with_what_lay_below_it(play: Play) -> None:
    with transaction() as session:
        below = management.create(session, "Seksi A1", play.world.a1, play.now).id
    play.world.agencies["a11"] = below  # type: ignore[index]
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    play.forward(report, by="a1", to="a11")
    back = play.verified("a")
    play.forward(back, by="a", to="a1")
    play.follow_up(back, by="a1")
    wish = play.ask(back, by="a1", action=Action.CLOSE)
    ask(play, ReorganisationKind.DISSOLVE, "a1", None, by="pusat")
    all_batches(play)
    assert play.chain(report) == ["root", "a", "a11"]
    assert play.chain(back) == ["root", "a"]
    assert play.request(wish).status is RequestStatus.VOID, "nobody asks of itself"
    assert differing() == ()
    with transaction() as session:
        assert session.get_one(Agency, below).parent_id == play.world.a
        assert is_below(session, below, play.world.a)
        assert not is_below(session, below, play.world.a1)


def test_a_target_below_the_merged_agency_comes_up(play: Play) -> None:
    report = play.verified("a")
    ask(play, ReorganisationKind.MERGE, "a", "a1")
    all_batches(play)
    with transaction() as session:
        parents = {
            name: session.get_one(Agency, play.world.agencies[name]).parent_id
            for name in ("a", "a1", "a2", "a3")
        }
    a1 = play.world.a1
    assert parents == {"a1": play.world.root, "a": a1, "a2": a1, "a3": a1}
    assert play.chain(report) == ["root", "a1"]
    assert differing() == ()


def test_what_is_planned_takes_effect_at_the_start_of_its_day_in_the_agencys_zone(play: Play) -> None:
    day = (play.now + timedelta(days=3)).date()
    key = ask(play, ReorganisationKind.MOVE, "a1", "b", day=day)
    before = datetime.combine(day, time(), WIB) - timedelta(minutes=1)
    assert (begin_due(before), stage(key)) == (0, Stage.PLANNED)
    with pytest.raises(Invalid) as refused:
        ask(play, ReorganisationKind.MERGE, "a1", "a2")
    assert list(refused.value.errors) == ["agency"]
    assert begin_due(before + timedelta(minutes=1)) == 1
    assert stage(key) is Stage.RUNNING


def test_what_became_impossible_is_cancelled_and_says_why(play: Play) -> None:
    day = (play.now + timedelta(days=3)).date()
    key = ask(play, ReorganisationKind.MOVE, "a1", "b1", day=day)
    other = ask(play, ReorganisationKind.MOVE, "a2", "b1", day=day)
    with play.by("pusat") as (session, actor):
        reorganisation.cancel(session, actor, other, play.now)
    ask(play, ReorganisationKind.DISSOLVE, "b1", None)
    all_batches(play)
    begin_due(play.now + timedelta(days=4))
    assert stage(key) is stage(other) is Stage.CANCELLED
    with transaction() as session:
        assert session.get_one(Reorganisation, key).fault


@pytest.mark.parametrize(
    ("by", "kind", "agency", "to", "refusal"),
    [
        ("b", ReorganisationKind.MOVE, "a1", "b", NotFound),  # foreign and absent alike
        ("a1", ReorganisationKind.MOVE, "a1", "a2", Forbidden),  # no coordinator
        ("supervisor", ReorganisationKind.MOVE, "a1", "a2", Forbidden),
        ("a", ReorganisationKind.MOVE, "a", "b", Invalid),  # one's own
        ("a", ReorganisationKind.MOVE, "a1", "b", Invalid),  # out of one's subtree
        ("a", ReorganisationKind.MOVE, "a1", "a", Invalid),  # where it is
        ("pusat", ReorganisationKind.MOVE, "a", "a1", Invalid),  # below itself
        ("pusat", ReorganisationKind.MOVE, "root", "a", Invalid),
        (
            "pusat",
            ReorganisationKind.DISSOLVE,
            "a",
            None,
            Invalid,
        ),  # its officers would be the central desk's
    ],
)
def test_who_may_not(
    play: Play, by: str, kind: ReorganisationKind, agency: str, to: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(play, kind, agency, to, by=by)
    with pytest.raises(refusal), play.by(by) as (session, actor):
        reorganisation.preview(session, actor, kind, play.agency(agency), play.agency(to))


def test_every_key_onto_an_agency_has_its_fate() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "agency" for key in column.foreign_keys)
    }
    assert named == set(FATES), (
        "say in app/services/agencies/merging.py what becomes of it when agencies merge"
    )


def test_by_hand(app: Flask, play: Play) -> None:
    report = play.verified("a1")
    ask(play, ReorganisationKind.MOVE, "a1", "b", by="pusat")
    run = app.test_cli_runner()
    said = run.invoke(args=["lapor", "reorganise"]).output
    assert "running" in said
    said = run.invoke(args=["lapor", "reorganise", "--resume"]).output
    assert "1 of 1 reports" in said
    assert said.endswith("open: 0\n")
    assert rows(play, report) == {"root", "a1", "b"}


def test_who_is_left_with_a_copy_sees_the_reporters_identity_no_more(play: Play) -> None:
    report = play.verified("a1", copies=("a2",))
    before = play.sees(report)
    assert before["a"] == {"waiting", "copies"}
    ask(play, ReorganisationKind.MOVE, "a1", "b")
    with transaction() as session:
        left = {(row.tab, row.basis) for row in stored(session, report) if row.agency_id == play.world.a}
    assert left == {(Tab.COPIES, Basis.COPY)}


def test_a_merged_agency_is_in_use_until_its_last_report_has_followed(play: Play) -> None:
    reports = [play.verified("a1") for _ in range(2)]
    ask(play, ReorganisationKind.MERGE, "a1", "b1")
    held = []
    for _ in range(9):
        with transaction() as session:
            holders = {session.get_one(Report, key).holder_id for key in reports}
            assert all(session.get_one(Agency, key).active for key in holders)
            held.append(holders)
        if not batch(play):
            break
    assert held[0] == {play.world.a1}
    assert {play.world.a1, play.world.b1} in held
    assert held[-1] == {play.world.b1}
    with transaction() as session:
        assert not session.get_one(Agency, play.world.a1).active
        live = select(Disposition.agency_id).where(Disposition.ended_at.is_(None))
        assert play.world.a1 not in session.scalars(live).all()
