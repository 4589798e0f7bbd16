"""A report that a factory makes is, row for row, the one that people at work would have made."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.access.scope import expected, stored
from app.extensions import transaction
from app.models import Model, Report
from app.rules.reports.workflow import State
from tests.support import factories
from tests.support.play import Play

WAYS: list[tuple[State, str, dict[str, Any]]] = [
    *[(state, "root>a", {}) for state in State],
    *[(state, "root>a>a1", {}) for state in (State.WAITING, State.IN_PROGRESS, State.CLOSED)],
    (State.IN_PROGRESS, "root>a>a1", {"held": True}),
    (State.CLOSED, "root>b>b1", {"by": None}),
    (State.IN_PROGRESS, "root>a", {"is_secret": True, "is_anonymous": True}),
]


def rows_of(before: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """What came since then, each key as its place among those that came."""
    with transaction() as session:
        rows = {name: list(found) for name, found in factories.rows_since(session, before).items()}
        report_id = rows["report"][0]["id"]
        places = {
            name: {row["id"]: place for place, row in enumerate(found, 1)}
            for name, found in rows.items()
            if "id" in found[0]
        }
        for name, found in rows.items():
            table = Model.metadata.tables[name]
            links = {link.parent.name: link.column.table.name for link in table.foreign_keys}
            for row in found:
                for column, value in row.items():
                    there = places.get(name if column == "id" else links.get(column, ""), {})
                    row[column] = there.get(value, value) if there else value
                    if isinstance(value, str):
                        row[column] = value.replace(f":{report_id}:", ":1:")
    return rows


def searched(report_id: int) -> list[Any]:
    with transaction() as session:
        if session.get_bind().dialect.name == "sqlite":
            statement = "SELECT rowid - 2 * :id, title, body, marks FROM report_search WHERE rowid / 2 = :id"
        else:
            statement = "SELECT basis, tsv::text FROM report_search WHERE report_id = :id"
        return [tuple(row) for row in session.execute(sa.text(f"{statement} ORDER BY 1"), {"id": report_id})]


@pytest.mark.parametrize(("state", "chain", "more"), WAYS, ids=str)
def test_made_and_walked_reports_are_the_same(
    play: Play, state: State, chain: str, more: dict[str, Any]
) -> None:
    play.at(state, chain, **more)  # is walked and kept, unless another test did
    found = []
    by = more.get("by", "warga")
    rest = {name: value for name, value in more.items() if name != "by"}
    for make in (
        lambda: factories.walk(play, state, chain, by, **rest),
        lambda: play.at(state, chain, **more),
    ):
        with transaction() as session:
            before = dict(factories.newest(session))
        key = make()
        found.append((rows_of(before), searched(key)))
        with transaction() as session:
            report = session.get_one(Report, key)
            assert stored(session, key) == expected(session, report)
            assert (report.state, report.held) == (state, more.get("held", False))
            assert session.get_one(Report, key).version == len(found[-1][0]["event"])
    (walked, walked_index), (made, made_index) = found
    assert made == walked
    assert made_index == walked_index != []
    assert len(made) > 6


def test_a_report_of_another_time_or_world_is_walked(play: Play) -> None:
    first = play.at(State.WAITING)
    play.later(days=1)
    second = play.at(State.WAITING)
    assert play.report(second).verified_at != play.report(first).verified_at


def test_what_was_made_goes_on_like_any_other(play: Play) -> None:
    """Its clocks run, its versions count on, and its letters are its own."""
    for _ in range(2):
        report = play.at(State.WAITING, "root>a>a1")
    play.follow_up(report, by="a1")
    assert play.report(report).state is State.IN_PROGRESS
    assert play.chain(report) == ["root", "a", "a1"]
