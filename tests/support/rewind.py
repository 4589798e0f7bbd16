"""A test's PostgreSQL database, put back to what its template holds.

A copy of the template is some 700 files and takes as long as a test. So a database that was copied once is
rewound: of the tables that a test has changed, and there are few, the rows are replaced by those that the
schema `pristine` keeps. A database whose tables themselves were changed is copied anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

COPIES_AFTER = 60  # rewinds: what they leave behind in tables and indexes makes them slower
PRISTINE = "pristine"

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# Names in statements come from the catalogue. A new definition of anything has a younger row in the catalogue; the autovacuum leaves no trace there.
_DEFINITIONS = " UNION ALL ".join(
    f"SELECT '{catalogue}', count(*), max(CAST(CAST(xmin AS text) AS bigint)) FROM {catalogue}"  # noqa: S608
    for catalogue in ("pg_class", "pg_attribute", "pg_constraint", "pg_index", "pg_proc", "pg_trigger")
)
_SEQUENCES = (
    "SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
)
_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass
class Seen:
    """What a database looked like when it was fresh. rows: table to how many, and the youngest."""

    definitions: set[tuple[Any, ...]]
    sequences: set[tuple[Any, ...]]
    rows: dict[str, tuple[Any, ...]]
    times: int = 0


_seen: dict[str, Seen] = {}


def keep_rows(connection: sa.Connection) -> None:
    """In the template: what is to be gone back to."""
    connection.exec_driver_sql(f"CREATE SCHEMA {PRISTINE}")
    for table in connection.exec_driver_sql(_TABLES).scalars().all():
        connection.exec_driver_sql(f"CREATE TABLE {PRISTINE}.{table} AS TABLE public.{table}")


def copied(url: str, name: str) -> None:
    """`name` was just copied from the template."""
    with _engine(url).begin() as connection:
        tables = connection.exec_driver_sql(_TABLES).scalars().all()
        _seen[name] = Seen(
            definitions=_set(connection, _DEFINITIONS),
            sequences=_set(connection, _SEQUENCES),
            rows=_rows(connection, tables),
        )


def rewound(url: str, name: str) -> bool:
    """Put `name` back, if it can be; otherwise it has to be copied."""
    seen = _seen.get(name)
    if seen is None or seen.times >= COPIES_AFTER:
        return False
    with _engine(url).begin() as connection:
        connection.exec_driver_sql(_OTHERS)
        if _set(connection, _DEFINITIONS) != seen.definitions:
            return False
        rows = _rows(connection, list(seen.rows))
        changed = [table for table in rows if rows[table] != seen.rows[table]]
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # foreign keys rest
        for table in changed:
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
            connection.exec_driver_sql(f"INSERT INTO {table} TABLE {PRISTINE}.{table}")
        moved = {row[0] for row in _set(connection, _SEQUENCES) - seen.sequences}
        for sequence, start, last in seen.sequences:
            if sequence in moved:
                value, used = (start, "false") if last is None else (last, "true")
                connection.exec_driver_sql(f"SELECT setval('{sequence}', {value}, {used})")
        if changed:
            seen.rows |= _rows(connection, changed)
        seen.times += 1
    return True


def _engine(url: str) -> sa.Engine:
    return sa.create_engine(url, poolclass=sa.pool.NullPool)


def _set(connection: sa.Connection, statement: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.exec_driver_sql(statement)}


def _rows(connection: sa.Connection, tables: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    statement = " UNION ALL ".join(
        f"SELECT '{table}', count(*), max(CAST(CAST(xmin AS text) AS bigint)) FROM {table}"  # noqa: S608
        for table in tables
    )
    return {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(statement)}
