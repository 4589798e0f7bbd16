"""How SQLite behaves, so that both databases keep the same promises.

The driver's own transaction handling is switched off: every transaction starts with an explicit BEGIN,
and one that will write with BEGIN IMMEDIATE, so that two writers queue instead of one failing half-way.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

WRITES = "lapor_writes"  # execution option of a connection whose transaction will write
BUSY_MILLISECONDS = 20_000


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"busy_timeout = {BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
