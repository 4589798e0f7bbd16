"""Which search engine a database has."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.search.engine import Engine
from app.search.postgresql import PostgreSql
from app.search.sqlite import Sqlite


def engine_of(session: Session) -> Engine:
    return PostgreSql() if session.get_bind().dialect.name == "postgresql" else Sqlite()
