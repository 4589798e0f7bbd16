"""The index follows whatever happens to a report, in the same transaction; and it can be made anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.extensions import db, transaction
from app.models import Report
from app.rules.reports.workflow import Action
from app.search import index
from app.search.document import agency_mark, documents
from app.search.find import SearchOrder
from app.search.index import check
from app.services.agencies import succession
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.seeking import Seat, dispatched


def wrong() -> tuple[int, ...]:
    """The reports whose index rows are not what they must be."""
    with transaction() as session:
        found = check(session, 0)
        assert found.seen == len(session.scalars(select(Report.id)).all())
        return found.wrong


def test_every_move_and_contribution_leaves_the_index_right(play: Play) -> None:
    """As check-scope does for the scope: after each step the rows are those that are computed now."""
    report = play.file()
    steps: list[Callable[[], object]] = [
        lambda: play.ask_details(report),
        lambda: play.complete(report),
        lambda: play.archive(report),
        lambda: play.decide(report, by="pusat", action=Action.RESTORE),
        lambda: play.verify(report, to="a"),
        lambda: play.comment(report, by="a"),
        lambda: play.forward(report, by="a", to="a1", copies=("b1",)),
        lambda: play.follow_up(report, by="a1"),
        lambda: play.attach(report, by="a1"),
        lambda: play.reply(report),
        lambda: play.follow_up(report, by="a1", secret=True),
        lambda: play.decide(report, by="a", action=Action.HOLD),
        lambda: play.decide(report, by="a", action=Action.RELEASE),
        lambda: play.correct(report, by="a", text="Tiang lampu roboh."),
        lambda: play.ask(report, by="a1", action=Action.CLOSE),
        lambda: play.decide(report, by="a", action=Action.CLOSE),
        lambda: play.reply(report),
        lambda: play.decide(report, by="a", action=Action.REOPEN),
        lambda: play.redirect(report, by="pusat", to="b"),
        lambda: play.answer_with_file(report, by="b"),
        lambda: play.later(days=60),
        play.run_jobs,
    ]
    for number, step in enumerate(steps):
        step()
        assert wrong() == (), number


def test_the_walks_objects_leave_it_right(play: Play) -> None:
    make_objects(play)
    assert wrong() == ()


def test_it_follows_an_agency_that_is_dissolved(play: Play) -> None:
    """Its reports are another's from then on, in searches too."""
    report = dispatched(play, "Lampu padam.", to="a1")
    assert Seat(play, "b").ids("padam") == []
    with play.by("pusat") as (session, actor):
        succession.replace_holder(session, actor, play.world.a1, play.world.b1, play.now)
    assert wrong() == ()
    assert Seat(play, "b1").ids("padam") == Seat(play, "b").ids("padam") == [report]
    assert Seat(play, "a1").ids("padam") == []


def test_a_change_that_fails_changes_no_index(play: Play) -> None:
    report = dispatched(play, "Lampu padam.")

    def fail() -> None:
        with transaction() as session:
            session.get_one(Report, report).text = "Banjir."
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Seat(play, "a").ids("padam") == [report]
    assert Seat(play, "a").ids("banjir") == []
    assert wrong() == ()


def test_check_finds_what_differs_and_reindex_mends_it(app: Flask, play: Play) -> None:
    made = [dispatched(play, f"Lampu {number} padam.") for number in range(5)]
    where = "report_id" if db.engine.dialect.name == "postgresql" else "rowid >> 1"
    with transaction() as session:
        session.execute(text(f"DELETE FROM report_search WHERE {where} = {made[1]}"))  # noqa: S608 our own
        index.rewrite(session, [made[3]])
        column = "tsv = ''" if db.engine.dialect.name == "postgresql" else "body = 'x'"
        session.execute(text(f"UPDATE report_search SET {column} WHERE {where} = {made[2]}"))  # noqa: S608 our own
    assert wrong() == (made[1], made[2])
    told = app.test_cli_runner().invoke(args=["lapor", "reindex", "--check"])
    assert (told.exit_code, "differing: 2" in told.output) == (1, True)
    told = app.test_cli_runner().invoke(args=["lapor", "reindex", "--batch", "2", "--workers", "1"])
    assert told.exit_code == 0, told.output
    assert wrong() == ()
    assert Seat(play, "a").ids("padam") == made[::-1]


@pytest.mark.parametrize("order", SearchOrder)
def test_a_mark_opens_no_report(play: Play, order: SearchOrder) -> None:
    """The index narrows, the scope decides: a mark that should not be there shows nothing and counts nothing."""
    report = dispatched(play, "Lampu padam.")
    mark = agency_mark(play.world.b)
    with transaction() as session:
        if db.engine.dialect.name == "postgresql":
            session.execute(text(f"UPDATE report_search SET tsv = tsv || '{mark}'::tsvector"))  # noqa: S608 our own
        else:
            session.execute(text(f"UPDATE report_search SET marks = marks || ' {mark}'"))  # noqa: S608 our own
    assert Seat(play, "a").ids("padam", order=order) == [report]
    found = Seat(play, "b").find("padam", order=order)
    assert (list(found.hits), found.count, found.more) == ([], 0, False)


def test_reindex_goes_on_where_it_was_interrupted(
    app: Flask, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [dispatched(play, f"Lampu {number} padam.") for number in range(5)]
    with transaction() as session:
        session.execute(text("DELETE FROM report_search"))
    seen: list[int] = []
    original = index.documents

    def counted(session: object, keys: list[int]) -> object:
        if len(seen) == 2 and made[2] in keys:
            seen.append(0)
            raise RuntimeError("power cut")
        seen.extend(keys)
        return original(session, keys)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "documents", counted)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["lapor", "reindex", "--batch", "2", "--workers", "1"]).exit_code != 0
    again = runner.invoke(args=["lapor", "reindex", "--batch", "2", "--workers", "1"])
    assert again.exit_code == 0, again.output
    assert seen == [made[0], made[1], 0, *made[2:]], "what was done is not done again"
    assert wrong() == ()
    assert len(documents(db.session(), made)) == len(made)
