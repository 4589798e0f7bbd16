"""Databases of released versions reach the head with all that is in them; rebuilt tables lose nothing."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask

from app.extensions import db
from app.models import Model
from tests.support.databases import dispose

RELEASED = Path(__file__).with_name("released")
VERSIONS = sorted({file.name.removesuffix(".sqlite.sql") for file in RELEASED.glob("*.sqlite.sql")})
# What a migration changed on purpose: a version to "table.column" whose values are others at the head.
CHANGED: Mapping[str, frozenset[str]] = {}

Rows = dict[str, list[dict[str, Any]]]


def load(app: Flask, version: str) -> None:
    """Put what was released in the place of the test's database."""
    dispose(app)
    url = db.engine.url
    script = (RELEASED / f"{version}.{url.get_backend_name()}.sql").read_text(encoding="utf-8")
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).unlink()
        with closing(sqlite3.connect(str(url.database))) as connection:
            connection.executescript(script)
        return
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("DROP SCHEMA pristine CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
        connection.connection.cursor().execute(script)


def rows() -> Rows:
    with db.engine.connect() as connection:
        tables = sa.MetaData()
        tables.reflect(connection, only=lambda name, _: not name.startswith("report_search_"))
        return {
            table.name: sorted(
                (dict(row) for row in connection.execute(sa.select(table)).mappings()),
                key=lambda row: repr(list(row.items())),
            )
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


@pytest.fixture
def alembic(app: Flask) -> Iterator[Config]:
    with app.app_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="autogenerate skipping metadata-specified expression")
        warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based index")
        warnings.filterwarnings("ignore", message="Did not recognize type 'tsvector'")
        yield app.extensions["migrate"].migrate.get_config()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_database_comes_to_the_head_with_its_rows(
    app: Flask, alembic: Config, version: str
) -> None:
    load(app, version)
    before = rows()
    command.upgrade(alembic, "head")
    command.check(alembic)
    after = rows()
    changed = CHANGED.get(version, frozenset())
    for table in before.keys() & after.keys():
        kept = {
            column
            for column in before[table][0].keys() & after[table][0].keys()
            if f"{table}.{column}" not in changed
        }
        assert _of(kept, after[table]) == _of(kept, before[table]), table


def _of(columns: set[str], found: list[dict[str, Any]]) -> list[str]:
    return sorted(repr([(column, row[column]) for column in sorted(columns)]) for row in found)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_kept_of_a_release_has_a_row_in_every_table(
    app: Flask, alembic: Config, version: str
) -> None:
    load(app, version)
    assert [table for table, found in rows().items() if not found] == []


def test_the_newest_release_has_the_tables_of_today_or_fewer(app: Flask, alembic: Config) -> None:
    load(app, VERSIONS[-1])
    assert set(rows()) - {"report_search"} <= set(Model.metadata.tables)


REBUILD = '''
"""A step that rebuilds every table on SQLite, as batch mode does for most changes of a column."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "rebuilt", {head!r}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in sa.inspect(op.get_bind()).get_table_names():
        if sqlite and not table.startswith(("report_search", "alembic_")):
            with op.batch_alter_table(table, recreate="always"):
                pass
    {last}
'''


def rebuild(alembic: Config, folder: Path, last: str) -> None:
    """Go one step beyond the head, to one that is made for this test alone."""
    there = ScriptDirectory.from_config(alembic)
    head = there.get_current_head()
    (folder / "rebuilt.py").write_text(REBUILD.format(head=head, last=last), encoding="utf-8")
    alembic.set_main_option("path_separator", "newline")
    alembic.set_main_option("version_locations", f"{there.versions}\n{folder}")
    command.upgrade(alembic, "head")


def test_rebuilt_tables_lose_no_rows(app: Flask, alembic: Config, tmp_path: Path) -> None:
    load(app, VERSIONS[-1])
    command.upgrade(alembic, "head")
    before = rows()
    rebuild(alembic, tmp_path, "pass")
    assert rows() == before
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_step_that_leaves_rows_without_what_they_refer_to_is_undone(
    app: Flask, alembic: Config, tmp_path: Path
) -> None:
    load(app, VERSIONS[-1])
    command.upgrade(alembic, "head")
    before = rows()
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        rebuild(alembic, tmp_path, 'op.execute("DELETE FROM ab_user")')
    assert rows() == before
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
