"""Alembic over every table, Flask-AppBuilder's ab_* too. Migrations never import models."""

from __future__ import annotations

import warnings
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

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


def run() -> None:
    migrate = current_app.extensions["migrate"]
    engine = migrate.db.engine
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Batch mode rebuilds tables; what refers to them must not be touched meanwhile.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            include_name=is_ours,
            render_item=render,
            **{**migrate.configure_args, "render_as_batch": sqlite},
        )
        with context.begin_transaction(), warnings.catch_warnings():
            # SQLite cannot reflect the index that keeps the root single; no step rebuilds that table.
            warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based")
            context.run_migrations()


run()
