"""Rows of columns, read the short way: for what every page asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")


def read_columns(
    session: Session, statement: Select[*Columns], values: Mapping[str, Any]
) -> Sequence[Row[*Columns]]:
    """The rows of a statement of columns (none of whole objects), in the session's transaction.

    Session.execute() makes each statement ready for objects to be made of its rows; for a page's small
    statements that takes longer than the database's answer. What the session has yet to write is written
    first, as it would do itself.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values).all()
