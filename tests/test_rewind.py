"""Tests share a database that is put back after each: what one leaves behind, no other finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.databases import TEMPLATE, dispose, renew, url_of


def content(url: str) -> dict[str, object]:
    """Every row of every table, and where the sequences stand."""
    with sa.create_engine(url, poolclass=sa.pool.NullPool).begin() as connection:
        tables = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).scalars()
        found: dict[str, object] = {
            table: sorted(str(tuple(row)) for row in connection.exec_driver_sql(f'TABLE "{table}"'))
            for table in list(tables)
        }
        found["sequences"] = sorted(
            str(tuple(row))
            for row in connection.exec_driver_sql("SELECT sequencename, last_value FROM pg_sequences")
        )
    return found


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "left_behind",
    [
        ("UPDATE agency SET website = 'x' WHERE id = 2",),
        ("DELETE FROM search_synonym", "SELECT nextval('agency_id_seq')"),
        ("TRUNCATE agency_tree",),
        ("CREATE TABLE left_behind (n int)", "INSERT INTO left_behind VALUES (1)"),
        ("ALTER TABLE agency ADD COLUMN left_behind int",),
        ("DROP INDEX ix_report_search_tsv",),
    ],
)
def test_nothing_is_left_behind(
    app: Flask, shared: Path, worker_id: str, left_behind: tuple[str, ...]
) -> None:
    dispose(app)
    name = f"lapor_{worker_id}"
    url = url_of(shared, "postgresql", name)
    with sa.create_engine(url, poolclass=sa.pool.NullPool).begin() as connection:
        for statement in left_behind:
            connection.exec_driver_sql(statement)
    renew(shared, "postgresql", name)
    assert content(url) == content(url_of(shared, "postgresql", TEMPLATE))
    dispose(app)
