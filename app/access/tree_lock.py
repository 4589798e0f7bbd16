"""The tree holds still while somebody writes: on PostgreSQL by an advisory lock, on SQLite there is one writer.

Every writing transaction holds the lock with others (extensions.transaction, in the statement that it
begins with anyway); one that changes the ancestors of agencies with reports takes it for itself. So no
transaction writes scope rows by a tree that another has changed meanwhile, and the one that changes it
finds no row locked by anybody. Pages that read wait for nothing.
"""

from __future__ import annotations

from psycopg.errors import LockNotAvailable
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.rules.errors import LaporError
from app.rules.labels import N_

TREE = 7_120_001  # the number of the lock; CHANGING: of who waits to take it alone
CHANGING = 7_120_002
WAITS = "10s"  # others wait behind who waits: a long job must not stop the desk


class Busy(LaporError):
    """Somebody else changes the tree, or a long job still writes."""

    status = 409
    message = N_("Sistem sedang menata instansi atau sedang sibuk. Coba lagi sebentar lagi.")


def hold_alone(session: Session) -> None:
    """Until the end of this transaction nobody else writes. Raises Busy."""
    if session.get_bind().dialect.name != "postgresql":
        return
    # Two that held the lock with others, and each waited for it alone, would wait for each other.
    if not session.scalar(select(func.pg_try_advisory_xact_lock(CHANGING))):
        raise Busy
    session.execute(text(f"SET LOCAL lock_timeout = '{WAITS}'"))
    try:
        session.execute(select(func.pg_advisory_xact_lock(TREE)))
    except DBAPIError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise Busy from error
        raise
    session.execute(text("SET LOCAL lock_timeout = 0"))
