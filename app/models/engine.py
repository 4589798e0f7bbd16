"""How SQLite behaves, so that both databases keep the same promises, and how PostgreSQL's connections last.

The driver's own transaction handling is switched off: every transaction starts with an explicit BEGIN,
and one that will write with BEGIN IMMEDIATE, so that two writers queue instead of one failing half-way.
"""

from __future__ import annotations

import math
import sqlite3
from time import monotonic
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import Pool

WRITES = "lapor_writes"  # execution option of a connection whose transaction will write
BUSY_MILLISECONDS = 20_000
IDLE_SECONDS = 2.0  # so long unused, a connection is asked whether it still lives
RETURNED = "lapor_returned"


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
        # Not every build of SQLite has it; the classes of waiting times are cut by it.
        connection.create_function("ln", 1, math.log, deterministic=True)


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(Pool, "checkin")
def _note_return(connection: Any, record: Any) -> None:
    if connection is not None and not isinstance(connection, sqlite3.Connection):
        record.info[RETURNED] = monotonic()


@event.listens_for(Pool, "checkout")
def _ask_when_idle(connection: Any, record: Any, _proxy: object) -> None:
    """A server that was restarted is noticed before a page fails, without asking it before every page.

    Raises InvalidatePoolError, at which the pool connects anew.
    """
    returned = record.info.get(RETURNED)
    if returned is None or monotonic() - returned < IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise InvalidatePoolError from error
