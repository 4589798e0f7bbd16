"""Connections to PostgreSQL that the server has closed meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import create_engine, pool, text

from app.extensions import db, ping
from app.models import engine

pytestmark = pytest.mark.postgresql


def backend() -> int:
    """The process that serves this session's connection, which then goes back to the pool."""
    found: int = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.remove()
    return found


@pytest.fixture
def killed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """The process of an idle connection of the pool, which the server ended."""
    monkeypatch.setattr(engine, "IDLE_SECONDS", 0.0)
    with app.app_context():
        process = backend()
        other = create_engine(db.engine.url, poolclass=pool.NullPool)
        with other.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    return process


def test_an_idle_connection_that_died_is_replaced_unseen(app: Flask, killed: int) -> None:
    with app.app_context():
        ping()
        assert backend() != killed


def test_a_connection_just_used_is_used_again_without_asking(app: Flask) -> None:
    with app.app_context():
        assert backend() == backend()
