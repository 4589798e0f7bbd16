"""PostgreSQL's constraints and indexes of the loaded tables: read, dropped before, made again after.

What was there is kept in a table of a schema of our own until the new ones are compared with it, so that
a run that was interrupted finds it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import sqlalchemy as sa

from app.scale.searchable import TABLE as SEARCH
from app.scale.sink import TABLES

KEPT = "lapor_generator.dropped"
AT_ONCE = 2  # indexes built side by side
MEMORY = "512MB"


@dataclass(frozen=True)
class CategoryDefinition:
    """kind: primary/unique (p, u), foreign (f), or index (i); sql: how PostgreSQL writes it."""

    table: str
    name: str
    kind: str
    sql: str

    @property
    def make(self) -> str:
        if self.kind == "i":
            return self.sql
        checked_later = " NOT VALID" if self.kind == "f" else ""
        return f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self.name}" {self.sql}{checked_later}'

    @property
    def check(self) -> str:
        return f'ALTER TABLE "{self.table}" VALIDATE CONSTRAINT "{self.name}"'

    @property
    def drop(self) -> str:
        if self.kind == "i":
            return f'DROP INDEX "{self.name}"'
        return f'ALTER TABLE "{self.table}" DROP CONSTRAINT "{self.name}"'


_CONSTRAINTS = sa.text(
    "SELECT c.conrelid::regclass::text, c.conname, c.contype::text, pg_get_constraintdef(c.oid)"
    " FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f')"
    " AND (c.conrelid::regclass::text = ANY(:tables)"
    "  OR (c.contype = 'f' AND c.confrelid::regclass::text = ANY(:tables)))"
)
_INDEXES = sa.text(
    "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'i', pg_get_indexdef(i.indexrelid)"
    " FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid"
    " WHERE t.relnamespace = 'public'::regnamespace AND t.relname = ANY(:tables)"
    " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))"
)


def read(connection: sa.Connection) -> frozenset[CategoryDefinition]:
    """What the database has now on the tables that are loaded."""
    tables = {"tables": [*TABLES, SEARCH]}
    rows = [*connection.execute(_CONSTRAINTS, tables), *connection.execute(_INDEXES, tables)]
    return frozenset(CategoryDefinition(*row) for row in rows)


def kept(connection: sa.Connection) -> frozenset[CategoryDefinition]:
    """What it had before strip(); empty when nothing was dropped."""
    if connection.scalar(sa.text("SELECT to_regclass(:name)"), {"name": KEPT}) is None:
        return frozenset()
    rows = connection.exec_driver_sql(f"SELECT table_name, name, kind, sql FROM {KEPT}")  # noqa: S608 our own name
    return frozenset(CategoryDefinition(*row) for row in rows)


def strip(connection: sa.Connection) -> None:
    """Write down what there is and drop it, in the caller's one transaction. Twice does nothing more."""
    if kept(connection):
        return
    found = _settled(connection)
    connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS lapor_generator")
    connection.exec_driver_sql(f"CREATE TABLE {KEPT} (table_name text, name text, kind text, sql text)")
    connection.execute(
        sa.text(f"INSERT INTO {KEPT} VALUES (:table, :name, :kind, :sql)"),  # noqa: S608 our own name
        [{"table": d.table, "name": d.name, "kind": d.kind, "sql": d.sql} for d in found],
    )
    _drop(connection, found)


def _settled(connection: sa.Connection) -> frozenset[CategoryDefinition]:
    """What there is, in the words that PostgreSQL gives back after reading its own.

    It writes the condition of a partial index once more in another way when it is made from what it wrote
    before; from then on the words stay. The tables are empty, so that making all of it anew costs nothing.
    """
    found = read(connection)
    _drop(connection, found)
    for definition in _ordered(found, "puif"):
        connection.exec_driver_sql(definition.make)
    for definition in _ordered(found, "f"):
        connection.exec_driver_sql(definition.check)
    return read(connection)


def _drop(connection: sa.Connection, definitions: Iterable[CategoryDefinition]) -> None:
    for definition in _ordered(definitions, "fipu"):
        connection.exec_driver_sql(definition.drop)


def _ordered(definitions: Iterable[CategoryDefinition], kinds: str) -> list[CategoryDefinition]:
    wanted = [d for d in definitions if d.kind in kinds]
    return sorted(wanted, key=lambda d: (kinds.index(d.kind), d.table, d.name))


def restore(engine: sa.Engine) -> None:
    """Make again what is missing: keys and indexes side by side, then foreign keys, checked last."""
    with engine.connect() as connection:
        wanted, present = kept(connection), {d.name for d in read(connection)}
    _side_by_side(engine, [d.make for d in _ordered(wanted, "pui") if d.name not in present])
    foreign = _ordered(wanted, "f")
    with engine.begin() as connection:
        for definition in foreign:
            if definition.name not in present:
                connection.exec_driver_sql(definition.make)
    _side_by_side(engine, [d.check for d in foreign])


def _side_by_side(engine: sa.Engine, statements: list[str]) -> None:
    def run(statement: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
            connection.exec_driver_sql(statement)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, statements))


def differing(connection: sa.Connection) -> frozenset[CategoryDefinition]:
    """What was there and is not there in the same words, or the other way round."""
    return read(connection) ^ kept(connection)


def forget(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP SCHEMA lapor_generator CASCADE")
