"""Migrations on both databases: the models equal the schema, and every step goes down and up again."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, text

from app.extensions import db
from app.models import Model


@pytest.fixture
def alembic(app: Flask) -> Iterator[Config]:
    with app.app_context():
        config = app.extensions["migrate"].migrate.get_config()
        with warnings.catch_warnings():
            # SQLite cannot reflect the expression index that keeps the root single; PostgreSQL compares it.
            warnings.filterwarnings("ignore", message="autogenerate skipping metadata-specified expression")
            warnings.filterwarnings(
                "ignore", message="Skipped unsupported reflection of expression-based index"
            )
            yield config


def test_the_models_are_what_the_migrations_made(alembic: Config) -> None:
    command.check(alembic)


def test_down_to_nothing_and_up_again(alembic: Config) -> None:
    db.session.remove()
    command.downgrade(alembic, "base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    command.upgrade(alembic, "head")
    command.check(alembic)


def test_there_is_one_head(alembic: Config) -> None:
    from alembic.script import ScriptDirectory

    assert len(ScriptDirectory.from_config(alembic).get_heads()) == 1


def test_the_job_queues_tables_are_left_alone(alembic: Config) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE huey_task (id INTEGER)"))
    command.check(alembic)


def test_every_column_and_table_of_ours_says_what_it_is() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        if not table.name.startswith("ab_")
        for column in table.columns
        if not column.comment
    ]
    silent += [
        t.name for t in Model.metadata.tables.values() if not t.name.startswith("ab_") and not t.comment
    ]
    assert silent == [], "give these a comment= in app/models"


def test_enum_columns_refuse_unknown_codes_in_the_database(app: Flask) -> None:
    """Every text code has its CHECK, on both databases."""
    from sqlalchemy import Enum
    from sqlalchemy.exc import IntegrityError

    coded = [
        (table.name, column.name)
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    ]
    assert len(coded) > 15
    with app.app_context():
        for table, column in coded:
            checks = inspect(db.engine).get_check_constraints(table)
            assert any(
                f"{column}" in c["sqltext"] and " IN " in c["sqltext"].upper().replace("= ANY", " IN ")
                for c in checks
            ), f"{table}.{column} has no CHECK of its codes"
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(text("UPDATE agency SET zone = 'Europe/Paris'"))


def test_there_is_only_one_root(app: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    with app.app_context(), pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO agency (name, created_at) VALUES ('Akar kedua', '2026-01-01 00:00:00')")
        )


def test_every_check_of_the_models_is_in_the_database(app: Flask) -> None:
    """A migration that makes a table anew, as SQLite needs it, must not forget its CHECKs."""
    lost = []
    with app.app_context():
        inspector = inspect(db.engine)
        for table in Model.metadata.tables.values():
            wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            there = {found["name"] for found in inspector.get_check_constraints(table.name)}
            lost += [f"{table.name}.{name}" for name in wanted - there]
    assert lost == []
