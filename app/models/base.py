"""The declarative base and the column types that every table shares.

Flask-AppBuilder owns the base class (its ab_* tables must live in the same metadata). Constraint
names follow one convention, set before its security models are imported, so that migrations can name
each constraint on both databases.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask_appbuilder.models.sqla import Model as FabModel
from flask_appbuilder.models.sqla.base import SQLA  # noqa: F401  (the session's base needs this metadata)
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column

FabModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only for a column of type INTEGER.
BigKey = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
# None is no value at all, not JSON's null.
JsonOrNull = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
CODE_LENGTH = 32


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is refused: nobody could say which hour it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code(enum: type[StrEnum], name: str = "") -> Enum:
    """The type of a column that holds a stable text code of `enum`, with a CHECK on both databases.

    name: of the CHECK, where it is not the enumeration's.
    """
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=CODE_LENGTH,
        name=name or enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Model(FabModel):
    """Base of our own tables. Two classes on one table name fail here instead of merging silently."""

    __abstract__ = True
    __table_args__: Any = {"extend_existing": False}


key = Annotated[int, mapped_column(BigKey, primary_key=True, comment="Primary key")]
Short = String(255)
Code = String(CODE_LENGTH)
Body = Text
