"""Rows into a database: COPY on PostgreSQL, INSERT on SQLite, the same rows for both."""

from __future__ import annotations

import sqlalchemy as sa

from app.models import Model
from app.models.engine import WRITES
from app.scale.sink import COLUMNS, TABLES, Batch, Row

NULL = r"\N"
BLOCK = 500  # lines that are sent to COPY at once


def line(row: Row) -> str:
    """One row as COPY reads it. Our vocabulary has no tabs, line ends or backslashes (a test says so)."""
    return "\t".join([NULL if v is None else v if v.__class__ is str else str(v) for v in row]) + "\n"


def write(connection: sa.Connection, batch: Batch) -> None:
    """Write every table of `batch`, in the caller's transaction."""
    for table in TABLES:
        if batch[table]:
            _write_table(connection, table, batch[table])


def _write_table(connection: sa.Connection, table: str, rows: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for first in range(0, len(rows), BLOCK):
                    copy.write("".join(map(line, rows[first : first + BLOCK])))
        return
    marks = ", ".join("?" * len(COLUMNS[table]))
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 names of our own tables
    connection.connection.executemany(statement, rows)


def writing(engine: sa.Engine) -> sa.Engine:
    """The engine for transactions that write."""
    return engine.execution_options(**{WRITES: True})


def set_sequences(connection: sa.Connection) -> None:
    """PostgreSQL: the next key of each table follows the highest that was written."""
    for table in (*TABLES, "agency", "ab_user"):
        if "id" not in Model.metadata.tables[table].columns:
            continue
        connection.execute(
            sa.text(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 our tables
                " HAVING max(id) IS NOT NULL"
            )
        )
