"""The index on PostgreSQL: a tsvector for each document, made here, and GIN.

Newest hits are looked for in windows of tracking numbers, each an entry of the index like a word, so
that a common word costs what one window holds and a rare one what there is of it; no plan rests on a guess
of how often a word occurs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.errors import QueryCanceled
from sqlalchemy import BigInteger, SmallInteger, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.rules.reports.tabs import Basis
from app.search.document import LEVELS, Document, window_mark
from app.search.engine import Hit, IndexQuery, Probe, TooSlow
from app.search.query import Choice, Phrase

PLACES = 256  # of one word that a tsvector keeps
LAST_PLACE = 16_383
GROWTH = 2
INDEX = "ix_report_search_tsv"
COLUMNS = {"report_id": BigInteger, "basis": SmallInteger, "key": BigInteger}

# The inner query is fenced (OFFSET 0): the index finds, and only then is sorted. Its LATERAL neighbours are
# asked hit by hit, in order, until there are enough.
_HITS = """
SELECT s.report_id, s.basis, {key} AS key FROM (
  SELECT f.report_id, f.basis FROM (
    SELECT i.report_id, i.basis FROM report_search i WHERE i.tsv @@ {query} OFFSET 0
  ) f WHERE {beyond} ORDER BY f.report_id {order} OFFSET 0
) s
CROSS JOIN LATERAL (
  SELECT p.sort_key FROM report_scope p
  WHERE p.report_id = s.report_id AND p.basis = s.basis AND {scope} ORDER BY p.sort_key LIMIT 1
) seen
{report}
"""
_REPORT = "CROSS JOIN LATERAL (SELECT 1 FROM report r WHERE r.id = s.report_id AND {0} LIMIT 1) kept"
# A function's rows come in their order, and what is LATERAL to them and limited is asked for one after the
# other: the outer LIMIT stops at the first windows that suffice.
_WINDOWS = """
SELECT hit.report_id, hit.basis, hit.key
FROM unnest(CAST(:windows AS text[])) WITH ORDINALITY AS step (mark, number)
CROSS JOIN LATERAL ({hits} ORDER BY s.report_id {order} LIMIT :limit) hit
LIMIT :limit
"""


class PostgreSql:
    def write(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> None:
        rows = [(d.report_id, d.basis.value, tsvector(d)) for d in made]
        there = {row[:2] for row in rows}
        for basis in Basis:
            gone = [key for key in report_ids if (key, basis.value) not in there]
            if gone:
                session.execute(
                    text("DELETE FROM report_search WHERE report_id = ANY(:ids) AND basis = :basis"),
                    {"ids": gone, "basis": basis.value},
                )
        if rows:
            keys, bases, texts = zip(*rows, strict=True)
            session.execute(_UPSERT, {"keys": list(keys), "bases": list(bases), "texts": list(texts)})

    def prepare(self, session: Session) -> None:
        if session.scalar(text("SELECT 1 FROM report_search LIMIT 1")) is None:
            session.execute(text(f"DROP INDEX IF EXISTS {INDEX}"))

    def finish(self, session: Session) -> None:
        session.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        session.execute(
            text(
                f"CREATE INDEX IF NOT EXISTS {INDEX} ON report_search USING gin (tsv) WITH (fastupdate = off)"
            )
        )
        # Without figures about a column that was just filled, plans read far too much.
        session.execute(text("ANALYZE report_search"))

    def differing(self, session: Session, report_ids: Collection[int], made: Iterable[Document]) -> set[int]:
        documents = list(made)
        read_as = session.execute(
            text(
                "SELECT CAST(CAST(t AS tsvector) AS text) FROM unnest(CAST(:texts AS text[]))"
                " WITH ORDINALITY AS u (t, n) ORDER BY n"
            ),
            {"texts": [tsvector(d) for d in documents]},
        ).scalars()
        wanted = {(d.report_id, d.basis.value, tsv) for d, tsv in zip(documents, read_as, strict=True)}
        rows = session.execute(
            text("SELECT report_id, basis, CAST(tsv AS text) FROM report_search WHERE report_id = ANY(:ids)"),
            {"ids": list(report_ids)},
        )
        return {row[0] for row in wanted ^ {(row[0], row[1], row[2]) for row in rows}}

    def named(self, session: Session, name: Sequence[str], limit: int) -> Sequence[tuple[int, str, str]]:
        asked = " & ".join(f"'{word}'" for word in name)
        rows = session.execute(_NAMED, {"asked": asked, "limit": limit})
        return [(row[0], row[1], row[2] or "") for row in rows]

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
        statement, values = self._newest(session, sought, probe, after=after, rising=rising, limit=limit)
        return _read(session, statement, probe, values)

    def by_deadline(
        self, session: Session, sought: IndexQuery, probe: Probe, *, after: tuple[int, int] | None, limit: int
    ) -> list[Hit]:
        hits = _hits(probe, query="CAST(:query AS tsquery)", beyond="true", order="ASC")
        beyond = "(seen.sort_key, s.report_id) > (:after_key, :after_id)" if after else "true"
        statement = f"{hits} WHERE {beyond} ORDER BY seen.sort_key, s.report_id LIMIT :limit"
        values: dict[str, Any] = {"query": tsquery(sought), "limit": limit}
        if after:
            values |= {"after_key": after[0], "after_id": after[1]}
        return _read(session, statement, probe, values)

    def by_rank(
        self, session: Session, sought: IndexQuery, probe: Probe, *, among: int, skip: int, limit: int
    ) -> list[Hit]:
        newest, values = self._newest(session, sought, probe, after=None, rising=False, limit=among)
        statement = (
            f"SELECT n.report_id, n.basis, n.key FROM ({newest}) n"  # noqa: S608 our own pieces
            " JOIN report_search i ON i.report_id = n.report_id AND i.basis = n.basis"
            " ORDER BY ts_rank(i.tsv, CAST(:words AS tsquery)) DESC, n.report_id DESC OFFSET :skip LIMIT :page"
        )
        return _read(
            session, statement, probe, {**values, "words": words_query(sought), "skip": skip, "page": limit}
        )

    def _newest(
        self,
        session: Session,
        sought: IndexQuery,
        probe: Probe,
        *,
        after: int | None,
        rising: bool,
        limit: int,
    ) -> tuple[str, dict[str, Any]]:
        newest = session.scalar(text("SELECT max(report_id) FROM report_search")) or 0
        if after is None:
            first, last = 0, newest
        else:
            first, last = (after + 1, newest) if rising else (0, min(newest, after - 1))
        order = "ASC" if rising else "DESC"
        beyond = "f.report_id BETWEEN :first AND :last"
        query = "(CAST(step.mark AS tsquery) && CAST(:query AS tsquery))"
        statement = _WINDOWS.format(hits=_hits(probe, query=query, beyond=beyond, order=order), order=order)
        values = {
            "windows": steps(rising_windows(first, last) if rising else windows(first, last)),
            "query": tsquery(sought),
            "first": first,
            "last": last,
            "limit": limit,
        }
        return statement, values

    @contextmanager
    def limited(self, session: Session, milliseconds: int) -> Iterator[None]:
        """For the session's connection, whether it is in a transaction or commits by itself."""
        session.execute(text(f"SET statement_timeout = {int(milliseconds)}"))
        try:
            yield
        except DBAPIError as error:
            if not isinstance(error.orig, QueryCanceled):
                raise
            raise TooSlow from error
        finally:
            try:
                session.execute(text("RESET statement_timeout"))
            except DBAPIError:
                session.rollback()  # a transaction that failed takes the setting back with it


# The expression of an index that the migration makes: a new name is in it with the name's own commit.
_NAMED = text(
    "SELECT id, name, alias FROM agency WHERE to_tsvector('simple',"
    " regexp_replace(lower(name || ' ' || alias), '[^[:alnum:]]+', ' ', 'g')) @@ CAST(:asked AS tsquery) LIMIT :limit"
)
_UPSERT = text(
    "INSERT INTO report_search (report_id, basis, tsv) SELECT k, b, CAST(t AS tsvector)"
    " FROM unnest(CAST(:keys AS bigint[]), CAST(:bases AS smallint[]), CAST(:texts AS text[])) AS u (k, b, t)"
    " ON CONFLICT (report_id, basis) DO UPDATE SET tsv = excluded.tsv"
    " WHERE report_search.tsv IS DISTINCT FROM excluded.tsv"
)


def _hits(probe: Probe, *, query: str, beyond: str, order: str) -> str:
    return _HITS.format(
        key="seen.sort_key",
        query=query,
        beyond=beyond,
        order=order,
        scope=probe.scope,
        report=_REPORT.format(probe.report) if probe.report else "",
    )


def _read(session: Session, statement: str, probe: Probe, values: dict[str, Any]) -> list[Hit]:
    clause: TextClause = text(statement).bindparams(*probe.types)
    rows = session.execute(clause.columns(**{k: t() for k, t in COLUMNS.items()}), {**probe.values, **values})
    return [Hit(row.report_id, Basis(row.basis), row.key) for row in rows]


Window = tuple[int, int]  # a level, and which of its windows of 2 ** level tracking numbers


def windows(first: int, last: int) -> list[Window]:
    """Windows that together hold the numbers `first` to `last`, highest first: small ones at the upper end,
    where most is found, and the largest after."""
    found: list[Window] = []
    at = (last >> LEVELS[0]) + 1 << LEVELS[0]  # what lies below has still to be taken
    while at > first and last > 0:
        fitting = [level for level in LEVELS if at % (1 << level) == 0]
        level = fitting[-1] if found else LEVELS[0]
        at -= 1 << level
        found.append((level, at >> level))
    return found


def rising_windows(first: int, last: int) -> list[Window]:
    """The same, lowest first, with the small ones at the lower end."""
    found: list[Window] = []
    at = first >> LEVELS[0] << LEVELS[0]
    while at <= last:
        fitting = [level for level in LEVELS if at % (1 << level) == 0]
        level = fitting[-1] if found else LEVELS[0]
        found.append((level, at >> level))
        at += 1 << level
    return found


def steps(in_order: Iterable[Window]) -> list[str]:
    """Queries for windows that are asked together: the first alone, then each time some that hold about GROWTH
    times what was read before. A rare mark is read whole for each step, so that there must be few."""
    found: list[str] = []
    marks: list[str] = []
    before = now = 0
    for level, number in in_order:
        marks.append(f"'{window_mark(level, number)}'")
        now += 1 << level
        if now >= GROWTH * before:
            found.append(" | ".join(marks))
            before, now, marks = before + now, 0, []
    return [*found, " | ".join(marks)] if marks else found


def tsvector(document: Document) -> str:
    """A document as PostgreSQL reads it. Words and marks hold nothing but letters, digits and _."""
    places: dict[str, list[str]] = {}
    for number, word in enumerate(document.title, 1):
        _place(places, word, f"{min(number, LAST_PLACE)}A")
    offset = len(document.title) + 2
    for number, word in enumerate(document.body, offset):
        if word != "_":
            _place(places, word, str(min(number, LAST_PLACE)))
    lexemes = [f"'{word}':{','.join(found)}" for word, found in places.items()]
    return " ".join([*lexemes, *(f"'{mark}'" for mark in sorted(document.marks))])


def _place(places: dict[str, list[str]], word: str, place: str) -> None:
    found = places.setdefault(word, [])
    if len(found) < PLACES:
        found.append(place)


def _phrase(phrase: Phrase) -> str:
    return " <-> ".join(f"'{word}'" for word in phrase)


def _any(choice: Choice) -> str:
    each = (" & ".join(f"({_phrase(phrase)})" for phrase in together) for together in choice)
    return "(" + " | ".join(f"({found})" for found in each) + ")"


def words_query(sought: IndexQuery) -> str:
    """The words that are wanted, without anything else."""
    return " & ".join(_any(choice) for choice in sought.wanted)


def tsquery(sought: IndexQuery) -> str:
    parts = ["(" + " | ".join(f"'{mark}'" for mark in group) + ")" for group in sought.marks]
    if sought.wanted:
        held = [f"'{mark}'" for mark in sought.holders]
        parts.append("(" + " | ".join([f"({words_query(sought)})", *held]) + ")")
    parts += [f"!{_any(choice)}" for choice in sought.unwanted]
    return " & ".join(parts)
