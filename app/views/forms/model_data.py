"""How a model view reaches its rows: never without its base filters, and never to write.

Flask-AppBuilder's own interface fetches the row of an action without filters, counts whole tables for
each page, and commits what a form holds. What it would do so here raises instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from flask import current_app
from flask_appbuilder.models.filters import BaseFilter, BaseFilterConverter
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, func, or_, select
from sqlalchemy.orm import selectinload

from app.rules.text import key_of
from app.views.web import context

COUNT_CAP = 10_000  # a list says "more than 10,000": counting on costs more than it tells
INTEGER_MAX = 2**31 - 1
CODE = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)


class UnscopedAccess(RuntimeError):
    """Code of Flask-AppBuilder reached for rows past the filters, or past the services."""


class ActorFilter(BaseFilter):
    """A base filter: rows that the acting account may manage. Its value makes the criterion of an actor.

    It is asked anew in each request: what stands in a class would be asked once, at the start.
    """

    name = "actor"

    def apply(self, query: Any, value: Any) -> Any:
        return query.filter(value(context.actor()))


class Contains(BaseFilter):
    name = _l("Berisi")

    def apply(self, query: Any, value: str) -> Any:
        return query.filter(getattr(self.model, self.column_name).icontains(value, autoescape=True))


class Equals(BaseFilter):
    name = _l("Sama dengan")

    def apply(self, query: Any, value: str) -> Any:
        return query.filter(func.lower(getattr(self.model, self.column_name)) == value.lower())


class TextFilters(BaseFilterConverter):
    """Only texts are searched: a number or a date that cannot be read would be an error of the database."""

    def convert(self, col_name: str) -> list[BaseFilter] | None:
        if self.datamodel.is_string(col_name) and not self.datamodel.is_enum(col_name):
            return [Contains(col_name, self.datamodel), Equals(col_name, self.datamodel)]
        return None


class ScopedInterface(SQLAInterface):
    """Reads the rows of one model. `eager` names the relations that a list shows, read in one query each."""

    filter_converter_class = TextFilters

    def __init__(self, obj: Any, session: Any = None, *, eager: Sequence[str] = ()) -> None:
        super().__init__(obj, session)
        self.eager = tuple(eager)

    def query_count(self, query: Any, filters: Any = None, select_columns: Any = None) -> int:
        """At most COUNT_CAP + 1."""
        counted = self.apply_filters(query, filters).order_by(None).with_entities(self.get_pk())
        inner = counted.limit(COUNT_CAP + 1).subquery()
        return int(self.session.scalar(select(func.count()).select_from(inner)))

    def page(
        self, filters: Any, order: str, direction: str, *, cursor: Any | None, backwards: bool, size: int
    ) -> list[Any]:
        """Up to `size` rows on the far side of the row `cursor`, in the list's order; None: from its end.

        The order is a column without NULLs, and the key behind it: the next page begins where an index
        stands, however far one has turned.
        """
        column, pk = getattr(self.obj, order), self.get_pk()
        falling = (direction == "desc") != backwards
        query = filters.apply_all(self.session.query(self.obj))
        at = getattr(cursor, order) if cursor is not None else None
        if at is not None:
            key = getattr(cursor, pk.key)
            if falling:
                query = query.filter(column <= at, or_(column < at, pk < key))
            else:
                query = query.filter(column >= at, or_(column > at, pk > key))
        ends = (column.desc(), pk.desc()) if falling else (column, pk)
        loaded = [selectinload(getattr(self.obj, name)) for name in self.eager]
        rows: list[Any] = query.options(*loaded).order_by(*ends).limit(size).all()
        return rows[::-1] if backwards else rows

    def find(self, keys: Collection[str], filters: Any) -> list[Any] | None:
        """The rows of `keys` as they came from outside; None if one is absent, hidden, or no key at all."""
        wanted = {self.read_key(key) for key in keys}
        if not wanted or None in wanted:
            return None
        query = filters.apply_all(self.session.query(self.obj)).filter(self.get_pk().in_(wanted))
        rows = query.options(*[selectinload(getattr(self.obj, name)) for name in self.eager]).all()
        return rows if len(rows) == len(wanted) else None

    def read_key(self, raw: str) -> int | str | None:
        """A key as it came from outside; None for what no row can have."""
        key = key_of(raw)
        largest = INTEGER_MAX if not isinstance(self.get_pk().type, BigInteger) else None
        return None if key is None or (largest and key > largest) else key

    def get(self, id: Any, filters: Any = None, *_rest: Any, **_more: Any) -> Any:  # noqa: A002
        """Flask-AppBuilder's way to one row; without filters it is the hole that actions had."""
        if filters is None:
            self._refuse("get() without filters")
        rows = self.find([str(id)], filters)
        return rows[0] if rows else None

    def get_related_obj(self, col_name: str, value: Any) -> NoReturn:
        self._refuse("get_related_obj()")

    def add(self, item: Any, commit: bool = True) -> NoReturn:
        self._refuse("add()")

    def edit(self, item: Any, commit: bool = True) -> NoReturn:
        self._refuse("edit()")

    def delete(self, item: Any, commit: bool = True) -> NoReturn:
        self._refuse("delete()")

    def delete_all(self, items: Any) -> NoReturn:
        self._refuse("delete_all()")

    def _refuse(self, what: str) -> NoReturn:
        current_app.logger.error("%s.%s refused", self.model_name, what)
        raise UnscopedAccess(
            f"{what} on {self.model_name}: read through ScopedModelView.row(), write through a service"
        )


class CodeInterface(ScopedInterface):
    """For a model whose key is a stable code."""

    def read_key(self, raw: str) -> int | str | None:
        return raw if CODE.fullmatch(raw) else None
