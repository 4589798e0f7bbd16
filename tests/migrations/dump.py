"""Keep the database of a version that is released: python -m tests.migrations.dump 3.0.0

It migrates an empty database to the head, lets people work in it, puts one row into each table that is still
empty, and writes all of it as SQL beside this file, for each of both databases. docs/migrations.md says when.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app import create_app
from app.extensions import transaction
from app.intake import seed
from app.models import Category, Model
from app.rules.reports.workflow import Action
from app.services.accounts.roles import sync_security
from app.services.agencies import management
from tests.support import cluster
from tests.support.databases import BACKENDS, CHEAP_HASH, dispose, settings_for, url_of
from tests.support.play import MONDAY, Play
from tests.support.world import BEGINNING, World, build

RELEASED = Path(__file__).with_name("released")
NAME = "released"
WORDS = "Contoh"
# What a row made without a service needs beside its types, so that its table's CHECKs take it.
CHOSEN: Mapping[str, Mapping[str, Any]] = {
    "agency_past_line": {"depth": 0, "until": MONDAY},
    "ab_api_key": {"key_hash": "0" * 64},
    "api_client": {"kind": "partner", "secret_hash": "0" * 64},
    "area": {"level": 1, "parent_code": None},
    "attachment": {"report_id": 1, "state": "ready"},
    "export": {"state": "waiting"},
    "one_time_code": {"email": "warga@contoh.example.com", "phone": ""},
    "reorganisation": {"agency_id": 2, "target_id": 3, "stage": "planned"},
}


def keep(version: str) -> None:
    shared = Path(tempfile.mkdtemp(prefix="lapor-release-"))
    shared.chmod(0o755)  # the database server runs as somebody else
    try:
        cluster.start(shared)
        with sa.create_engine(
            cluster.url(shared, "postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
        ).connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
        for backend in BACKENDS:
            app = create_app(settings_for(url_of(shared, backend, NAME), shared / "instance"))
            with app.app_context():
                upgrade()
                fill(app)
                dispose(app)
            lines = of_sqlite(shared) if backend == "sqlite" else of_postgresql(shared)
            (RELEASED / f"{version}.{backend}.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")
    finally:
        cluster.stop(shared)
        shutil.rmtree(shared, ignore_errors=True)


def fill(app: Flask) -> None:
    """A row in every table: most of them by people at work, for those fit together."""
    with transaction() as session:
        sync_security(session)
        management.create(session, seed.ROOT_NAME, None, BEGINNING)
        topic = Category(name="Infrastruktur")
        session.add(topic)
        session.flush()
        session.add(Category(name="Penerangan jalan", parent_id=topic.id))
        build(session, CHEAP_HASH)
        fill_table(session, "archive_reason", code="unclear")
        fill_table(session, "completion_target", classification="unsupervised", working_days=14)
        world = World.read(session)
    work(Play(world))
    with transaction() as session:
        for table in Model.metadata.sorted_tables:
            if not session.scalar(sa.select(sa.func.count()).select_from(table)):
                fill_table(session, table.name, **CHOSEN.get(table.name, {}))


def work(play: Play) -> None:
    """Reports in each state, and what is written about them."""
    play.file()
    play.ask_details(play.file())
    play.archive(play.file())
    play.verified(copies=("b",))
    report = play.in_progress()
    play.forward(report, by="a", to="a1")
    play.comment(report, by="a1")
    play.follow_up(report, by="a1", secret=True)
    play.ask(report, by="a1", action=Action.CLOSE)
    play.remark(report)
    play.later(hours=5)
    closed = play.in_progress(to="b")
    play.reply(closed)
    play.close_own(closed)
    play.write("a", to=("a1",))


def fill_table(session: Session, name: str, **chosen: Any) -> None:
    table = Model.metadata.tables[name]
    values = {
        column.name: some_value(session, column)
        for column in table.columns
        if column.name not in chosen and not column.nullable and not _is_numbered(column)
    }
    session.execute(table.insert().values({**values, **chosen}))


def _is_numbered(column: sa.Column[Any]) -> bool:
    return column is column.table.autoincrement_column


def some_value(session: Session, column: sa.Column[Any]) -> Any:
    """Any value that the column's type takes; a key that is there."""
    for key in column.foreign_keys:
        return session.scalar(sa.select(key.column).order_by(key.column).limit(1))
    kind: Any = column.type
    if isinstance(kind, sa.types.TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, sa.Enum):
        return kind.enums[0]
    if isinstance(kind, sa.Uuid):
        return kind.python_type(int=1)
    if isinstance(kind, sa.JSON):
        return {}
    made: Mapping[type, Any] = {
        bool: False,
        int: 1,
        str: WORDS[: getattr(kind, "length", None)],
        datetime: MONDAY + timedelta(days=1),
        date: MONDAY.date(),
        bytes: WORDS.encode(),
    }
    return made[kind.python_type]


def of_sqlite(shared: Path) -> Iterator[str]:
    """As sqlite3's own dump, but for the search index: of it the words, and not the tables that it keeps."""
    with closing(sqlite3.connect(shared / f"{NAME}.sqlite")) as connection:
        things = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'report_search_%' ORDER BY rowid"
        ).fetchall()
        tables = [name for kind, name, _ in things if kind == "table"]
        yield from (f"{sql};" for _, _, sql in things)
        for table in [*tables, "sqlite_sequence"]:
            if table == "sqlite_sequence":  # which has been counting the rows above
                yield f"DELETE FROM {table};"  # noqa: S608
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            if table == "report_search":
                columns = ["rowid", *columns]
            quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            for (values,) in connection.execute(f"SELECT {quoted} FROM {table}"):  # noqa: S608
                yield f"INSERT INTO {table} ({names}) VALUES ({values});"  # noqa: S608


def of_postgresql(shared: Path) -> Iterator[str]:
    """As pg_dump writes it, without what belongs to one version of the server or to psql."""
    home = str(shared / "postgresql")
    command = [
        cluster.programs() / "pg_dump", "-h", home, "-U", "lapor", "--inserts", "--no-owner", NAME
    ]  # fmt: skip
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        if line and not re.match(r"--|\\|SET ", line):
            yield line


if __name__ == "__main__":
    keep(sys.argv[1])
