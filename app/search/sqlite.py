"""The index on SQLite: an FTS5 table, whose rows come in their order out of the index itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, or_, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.models import Agency
from app.rules.reports.tabs import Basis
from app.search.document import Document
from app.search.engine import Hit, IndexQuery, Probe, TooSlow
from app.search.query import Choice

TITLE_WEIGHT = 10.0  # as on PostgreSQL: a word in the title counts ten times one in the text
STEPS = 2_000  # of SQLite's machine between two looks at the clock

# The index is named: SQLite would find the least key by reading all that the agency sees.
_SCOPE = (
    "SELECT min(p.sort_key) FROM report_scope p INDEXED BY uq_report_scope_report WHERE p.report_id = report_search.rowid >> 1"
    " AND p.basis = (report_search.rowid & 1) AND {0}"
)
_REPORT = " AND EXISTS (SELECT 1 FROM report r WHERE r.id = report_search.rowid >> 1 AND {0})"
_HITS = (
    "SELECT report_search.rowid AS place, ({scope}) AS key{more} FROM report_search"
    " WHERE report_search MATCH :match AND key IS NOT NULL{report}{beyond} ORDER BY {order} LIMIT :limit"
)


class Sqlite:
    def write(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> None:
        wanted = {_place(d): _columns(d) for d in made}
        present = _stored(session, report_ids)
        gone = [{"place": place} for place in present.keys() - wanted.keys()]
        if gone:
            session.execute(text("DELETE FROM report_search WHERE rowid = :place"), gone)
        new = [
            {"place": place, "title": row[0], "body": row[1], "marks": row[2]}
            for place, row in wanted.items()
            if present.get(place) != row
        ]
        if new:
            session.execute(
                text(
                    "INSERT OR REPLACE INTO report_search (rowid, title, body, marks)"
                    " VALUES (:place, :title, :body, :marks)"
                ),
                new,
            )

    def prepare(self, session: Session) -> None:
        """Nothing: rows are merged as they come."""

    def finish(self, session: Session) -> None:
        session.execute(text("INSERT INTO report_search (report_search) VALUES ('optimize')"))

    def differing(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> set[int]:
        wanted = {(_place(d), *_columns(d)) for d in made}
        present = {(place, *row) for place, row in _stored(session, report_ids).items()}
        return {row[0] >> 1 for row in wanted ^ present}

    def named(self, session: Session, name: Sequence[str], limit: int) -> Sequence[tuple[int, str, str]]:
        own, short = func.lower(Agency.name), func.lower(Agency.alias)
        holding = [
            or_(own.contains(word, autoescape=True), short.contains(word, autoescape=True)) for word in name
        ]
        rows = session.execute(select(Agency.id, Agency.name, Agency.alias).where(*holding).limit(limit))
        return [(key, whole, brief or "") for key, whole, brief in rows]

    def by_number(
        self,
        session: Session,
        sought: IndexQuery,
        probe: Probe,
        *,
        after: int | None,
        rising: bool,
        limit: int,
    ) -> list[Hit]:
        values: dict[str, Any] = {"limit": limit}
        beyond = ""
        if after is not None:
            beyond = " AND report_search.rowid >= :after" if rising else " AND report_search.rowid < :after"
            values["after"] = (after + 1) * 2 if rising else after * 2
        order = "report_search.rowid" if rising else "report_search.rowid DESC"
        return _read(session, _hits(probe, beyond=beyond, order=order), sought, probe, values)

    def by_deadline(
        self, session: Session, sought: IndexQuery, probe: Probe, *, after: tuple[int, int] | None, limit: int
    ) -> list[Hit]:
        values: dict[str, Any] = {"limit": limit}
        beyond = ""
        if after is not None:
            beyond = " AND (key, report_search.rowid) > (:after_key, :after)"
            values |= {"after_key": after[0], "after": after[1] * 2 + 1}
        statement = _hits(probe, beyond=beyond, order="key, report_search.rowid")
        return _read(session, statement, sought, probe, values)

    def by_rank(
        self, session: Session, sought: IndexQuery, probe: Probe, *, among: int, skip: int, limit: int
    ) -> list[Hit]:
        more = f", bm25(report_search, {TITLE_WEIGHT}, 1.0, 0.0) AS distance"
        newest = _hits(probe, beyond="", order="report_search.rowid DESC", more=more)
        statement = (
            f"SELECT place, key FROM ({newest}) ORDER BY distance, place DESC LIMIT :page OFFSET :skip"  # noqa: S608 our own pieces
        )
        return _read(session, statement, sought, probe, {"limit": among, "page": limit, "skip": skip})

    @contextmanager
    def limited(self, session: Session, milliseconds: int) -> Iterator[None]:
        connection: Any = session.connection().connection.driver_connection
        until = monotonic() + milliseconds / 1000
        connection.set_progress_handler(lambda: monotonic() > until, STEPS)
        try:
            yield
        except OperationalError as error:
            if not isinstance(error.orig, sqlite3.OperationalError) or "interrupted" not in str(error.orig):
                raise
            raise TooSlow from error
        finally:
            connection.set_progress_handler(None, 0)


def _place(document: Document) -> int:
    return document.report_id * 2 + document.basis.value


def row_of(document: Document) -> tuple[int, str, str, str]:
    """rowid, title, body, marks."""
    return (_place(document), *_columns(document))


def _columns(document: Document) -> tuple[str, str, str]:
    return " ".join(document.title), " ".join(document.body), " ".join(sorted(document.marks))


def _stored(session: Session, report_ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
    places = [key * 2 + basis.value for key in report_ids for basis in Basis]
    query = text("SELECT rowid, title, body, marks FROM report_search WHERE rowid IN :places").bindparams(
        bindparam("places", expanding=True)
    )
    found: dict[int, tuple[str, str, str]] = {}
    for first in range(0, len(places), 500):
        for row in session.execute(query, {"places": places[first : first + 500]}):
            found[row[0]] = (row[1], row[2], row[3])
    return found


def _hits(probe: Probe, *, beyond: str, order: str, more: str = "") -> str:
    return _HITS.format(
        scope=_SCOPE.format(probe.scope),
        more=more,
        report=_REPORT.format(probe.report) if probe.report else "",
        beyond=beyond,
        order=order,
    )


def _read(
    session: Session, statement: str, sought: IndexQuery, probe: Probe, values: dict[str, Any]
) -> list[Hit]:
    clause = text(statement).bindparams(*probe.types).columns(place=BigInteger(), key=BigInteger())
    rows = session.execute(clause, {**probe.values, **values, "match": match(sought)})
    return [Hit(row.place >> 1, Basis(row.place & 1), row.key) for row in rows]


def _any(choice: Choice) -> str:
    each = (" AND ".join(f'"{" ".join(phrase)}"' for phrase in together) for together in choice)
    return "(" + " OR ".join(f"({found})" for found in each) + ")"


def match(sought: IndexQuery) -> str:
    """What FTS5 is asked. Words and marks hold nothing but letters, digits and _."""
    parts = ["marks : (" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in sought.marks]
    if sought.wanted:
        # Each choice by itself: one may stand in the title, the other in the text.
        found = " AND ".join(f"({{title body}} : {_any(choice)})" for choice in sought.wanted)
        held = [f'marks : "{mark}"' for mark in sought.holders]
        parts.append("(" + " OR ".join([f"({found})", *held]) + ")")
    asked = " AND ".join(f"({part})" for part in parts)
    for choice in sought.unwanted:
        asked = f"({asked}) NOT ({{title body}} : {_any(choice)})"
    return asked
