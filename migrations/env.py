"""Alembic over every table, Flask-AppBuilder's ab_* too. Migrations never import models."""

from __future__ import annotations

import warnings
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app.models.engine import WRITES

# The job queue keeps its own tables in the same PostgreSQL database; the search index is no model, and
# SQLite keeps it in tables of its own making.
FOREIGN_PREFIXES = ("huey_", "report_search")


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind not in ("table", "index") or name is None or not name.startswith(FOREIGN_PREFIXES)


def render(kind: str, item: Any, _context: Any) -> str | bool:
    """Our column types as what they are in the database: a migration must not depend on the models."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def set_foreign_keys(connection: sa.Connection, on: bool) -> None:
    """Past SQLAlchemy, whose first statement begins a transaction: within one SQLite ignores this."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def refuse_lost_rows(connection: sa.Connection) -> None:
    """What was switched off is looked at before the commit: no row may refer to one that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"rows refer to rows that are not there: {broken[:10]}")


def migrate(connection: sa.Connection, sqlite: bool) -> None:
    migrate = current_app.extensions["migrate"]
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        include_name=is_ours,
        render_item=render,
        # All steps or none, on both databases: SQLite's transactions are ours (app/models/engine.py).
        transactional_ddl=True,
        **{**migrate.configure_args, "render_as_batch": sqlite},
    )
    with context.begin_transaction(), warnings.catch_warnings():
        # SQLite cannot reflect the index that keeps the root single; no step rebuilds that table.
        warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based")
        context.run_migrations()
        if sqlite:
            refuse_lost_rows(connection)


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if connection.dialect.name != "sqlite":
            migrate(connection, sqlite=False)
            return
        # Batch mode rebuilds tables; what refers to them must not be touched meanwhile.
        set_foreign_keys(connection, on=False)
        try:
            migrate(connection, sqlite=True)
        finally:
            connection.rollback()
            set_foreign_keys(connection, on=True)


run()
