"""The fields of the API's schemas, with our messages: what is wrong is said as the pages say it."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from flask import Request
from marshmallow import EXCLUDE, RAISE, Schema, fields, validate
from webargs.flaskparser import FlaskParser, abort

from app.rules.labels import N_, Filled
from app.rules.text import REQUIRED, TOO_LONG

KEY_MAX = 999_999_999_999_999_999
NOT_TEXT = N_("Kolom ini harus berupa teks.")
NOT_NUMBER = N_("Kolom ini harus berupa bilangan bulat.")
NOT_TICK = N_("Kolom ini harus true atau false.")
NOT_LIST = N_("Kolom ini harus berupa daftar.")
NOT_OBJECT = N_("Isi kiriman harus berupa objek JSON.")
NOT_KNOWN = N_("Kolom ini tidak dikenal.")
NOT_CHOICE = N_("Nilai ini tidak dikenal.")
NOT_IN_RANGE = N_("Bilangan ini di luar batas.")
TOO_MANY = N_("Daftar ini paling banyak berisi %(limit)s.")
NULL = N_("Kolom ini tidak boleh null.")
_ALL = {"required": REQUIRED, "null": NULL}


class Parser(FlaskParser):
    """JSON that cannot be read is refused, however it is broken: too deep, or a number without end."""

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise
            abort(400, exc=error)


class AtMost(validate.Length):
    """A text, or a list, of at most `max`."""

    def _format_error(self, value: Any, message: str) -> str:
        return (
            Filled(TOO_LONG, length=len(value), limit=self.max)
            if isinstance(value, str)
            else Filled(TOO_MANY, limit=self.max)
        )


class Body(Schema):
    """What comes in: a field that we do not know is refused, so that no spelling mistake is lost."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": NOT_KNOWN, "type": NOT_OBJECT}


class QuerySchema(Body):
    """The part of an address after its question mark. What is not known there changes nothing."""

    class Meta:
        unknown = EXCLUDE


class Shown(Schema):
    """What goes out."""


def string(limit: int, **more: Any) -> fields.String:
    messages: dict[str, Any] = {**_ALL, "invalid": NOT_TEXT, "invalid_utf8": NOT_TEXT}
    return fields.String(validate=AtMost(max=limit), error_messages=messages, **more)


def matching(pattern: str, **more: Any) -> fields.String:
    """A text of a shape: a code, or a name that we gave."""
    messages: dict[str, Any] = {**_ALL, "invalid": NOT_TEXT, "invalid_utf8": NOT_TEXT}
    return fields.String(validate=validate.Regexp(pattern, error=NOT_CHOICE), error_messages=messages, **more)


def integer(low: int = 1, high: int = KEY_MAX, *, strict: bool = True, **more: Any) -> fields.Integer:
    """strict=False where it is written as text: in an address."""
    messages: dict[str, Any] = {**_ALL, "invalid": NOT_NUMBER, "too_large": NOT_IN_RANGE}
    return fields.Integer(
        strict=strict, validate=validate.Range(low, high, error=NOT_IN_RANGE), error_messages=messages, **more
    )


class Tick(fields.Boolean):
    """true or false, and no word for them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


def tick(**more: Any) -> Tick:
    return Tick(error_messages={**_ALL, "invalid": NOT_TICK}, **more)


def chosen(codes: type[StrEnum] | tuple[str, ...], **more: Any) -> fields.String:
    """One of a few codes."""
    values = [code.value for code in codes] if isinstance(codes, type) else list(codes)
    messages: dict[str, Any] = {**_ALL, "invalid": NOT_TEXT, "invalid_utf8": NOT_TEXT}
    return fields.String(validate=validate.OneOf(values, error=NOT_CHOICE), error_messages=messages, **more)


def several(inner: fields.Field[Any], limit: int, **more: Any) -> fields.List[Any]:
    messages: dict[str, Any] = {**_ALL, "invalid": NOT_LIST}
    return fields.List(inner, validate=AtMost(max=limit), error_messages=messages, **more)


def moment(**more: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", **more)
