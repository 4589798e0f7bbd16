"""Reports in a state, in one line, without walking there each time.

The first report of its kind is walked there by people at work (tests/support/play.py). Its rows are kept, and
the next one of the same kind, at the same time of the same world, is these rows under new keys: all that was
written of it comes along, history, clocks, scope, letters and index. tests/services/reports/test_factories.py holds the
two ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.models import Model
from app.rules.reports.workflow import Action, State
from app.search import index

if TYPE_CHECKING:
    from tests.support.play import Play

Rows = Mapping[str, list[dict[str, Any]]]

# What else decides how a report is walked there: a test that changed any of it walks anew.
WORLD = (
    "audit_log",
    "agency",
    "agency_past_line",
    "day_off",
    "system_setting",
    "completion_target",
    "ab_user",
)
_kept: dict[tuple[object, ...], Rows] = {}


def report(
    play: Play,
    state: State,
    chain: str = "root>a",
    by: str | None = "warga",
    *,
    held: bool = False,
    **filed: Any,
) -> int:
    """The key of a report in `state`, which `by` filed and which went down `chain`.

    A report that was never dispatched lies with the root whatever the chain. filed: as Filing takes it.
    """
    with transaction() as session:
        stands = tuple(
            session.scalar(sa.select(sa.func.count()).select_from(Model.metadata.tables[name]))
            for name in WORLD
        )
        kind = (
            session.get_bind().dialect.name, state, chain, by, held, repr(sorted(filed.items())), play.now, stands
        )  # fmt: skip
        if kind in _kept:
            return write(session, _kept[kind])
        before = newest(session)
    report_id = walk(play, state, chain, by, held=held, **filed)
    # Of the first report alone: what an earlier one has queued already is not queued again for a later one.
    if not before["report"] and not before["outbox"]:
        with transaction() as session:
            _kept[kind] = rows_since(session, before)
    return report_id


def walk(play: Play, state: State, chain: str, by: str | None, *, held: bool = False, **filed: Any) -> int:
    """The same report, by every step that leads there."""
    root, *holders = chain.split(">")
    assert root == "root"
    report_id = play.file(by, **filed)
    if state is State.INCOMPLETE:
        play.ask_details(report_id)
    elif state is State.ARCHIVED:
        play.archive(report_id)
    elif state is not State.UNVERIFIED:
        play.verify(report_id, holders[0])
        for giver, taker in pairwise(holders):
            play.forward(report_id, giver, taker)
        if state is not State.WAITING:
            play.follow_up(report_id, holders[-1])
        delegator = ["pusat", *holders][-2]
        if held:
            play.decide(report_id, delegator, Action.HOLD)
        if state is State.CLOSED:
            play.decide(report_id, delegator, Action.CLOSE)
    return report_id


def numbered(table: sa.Table) -> sa.Column[Any] | None:
    """The column that the database counts up for each new row, if there is one."""
    return table.autoincrement_column


def newest(session: Session) -> Mapping[str, int]:
    """The last key of each table that counts its rows."""
    found = {}
    for table in Model.metadata.sorted_tables:
        key = numbered(table)
        if key is not None:
            found[table.name] = session.scalar(sa.select(sa.func.coalesce(sa.func.max(key), 0))) or 0
    return found


def rows_since(session: Session, before: Mapping[str, int]) -> Rows:
    """What came into the database since then: rows with a new key, and those that refer to a new report."""
    found = {}
    for table in Model.metadata.sorted_tables:
        key = numbered(table)
        if key is not None:
            condition = key > before[table.name]
        elif "report_id" in table.c:
            condition = table.c.report_id > before["report"]
        else:
            continue
        rows = session.execute(sa.select(table).where(condition).order_by(*table.primary_key)).mappings()
        if kept := [dict(row) for row in rows]:
            found[table.name] = kept
    return found


def write(session: Session, kept: Rows) -> int:
    """These rows once more, under new keys; the key of the report."""
    keys: dict[str, dict[int, int]] = {name: {} for name in kept}
    old = kept["report"][0]["id"]
    for name, rows in kept.items():
        table = Model.metadata.tables[name]
        key = numbered(table)
        links = dict(_links(table, keys))
        new = keys["report"].get(old)
        fresh = list(_unqueued(session, table, rows))
        written = [
            {
                column: links[column].get(value, value) if column in links else _renamed(row, value, old, new)
                for column, value in row.items()
                if key is None or column != key.name
            }
            for row in fresh
        ]
        if not written:
            continue
        if key is None:
            session.execute(table.insert(), written)
            continue
        returned = session.execute(
            table.insert().returning(key, sort_by_parameter_order=True), written
        ).scalars()
        keys[name].update(zip((row[key.name] for row in fresh), returned, strict=True))
    report_id = keys["report"][old]
    index.rewrite(session, [report_id])
    return report_id


def _links(table: sa.Table, keys: dict[str, dict[int, int]]) -> Iterator[tuple[str, dict[int, int]]]:
    for link in table.foreign_keys:
        if link.column.table.name in keys and link.parent.name != "id":
            yield link.parent.name, keys[link.column.table.name]


def _unqueued(session: Session, table: sa.Table, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A letter that tells a person of all that is new is queued once, whatever the number of reports."""
    for row in rows:
        dedupe_key = row.get("dedupe_key")
        if dedupe_key is None or row["report_id"] is not None or not session.scalar(
            sa.select(sa.literal(1)).select_from(table).where(table.c.dedupe_key == dedupe_key)
        ):  # fmt: skip
            yield row


def _renamed(row: Mapping[str, Any], value: Any, old: int, new: int | None) -> Any:
    """The report's key within a word, as in what a letter of it is told apart by: event:7:1."""
    if new is None or not isinstance(value, str) or row.get("report_id") != old:
        return value
    return re.sub(rf"^(\w+:){old}(?=:|$)", rf"\g<1>{new}", value)
