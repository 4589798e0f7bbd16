"""What a log may say of an error: its kind, where in the code, and never a word of anybody's.

Messages of errors quote what people typed (a value that cannot be read, the parameters of a statement,
the DETAIL of PostgreSQL), so a traceback is written without them; what is known to speak of the code
alone is kept. `install()` makes every log record of the process so, whichever library writes it.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from typing import Any

# Their words name things of the code, never a value.
OF_THE_CODE = (AttributeError, NameError, ImportError, NotImplementedError, RecursionError)
SQLITE_WORDS = re.compile(r"(?:UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: [\w., ]+)?")
SCHEMA_NAMES = ("constraint_name", "table_name", "column_name")
FRAMES_MAX = 60
SERVERS = ("waitress", "gunicorn", "werkzeug")  # their records name addresses
QUERY = re.compile(r"\?\S*")
TOKEN_LIKE = re.compile(r"[\w%-]{21,}")


def kind(error: BaseException) -> str:
    """The error's class, with what may be said of it: "sqlalchemy.exc.IntegrityError (23505, uq_report)"."""
    said = ", ".join(_words(error))
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({said})" if said else name


def trace(error: BaseException) -> str:
    """The traceback of `error` and of what caused it, without any message that could quote a value."""
    parts, seen = [], set[int]()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        frames = traceback.extract_tb(each.__traceback__)[-FRAMES_MAX:]
        lines = [f"  {_place(f.filename)}:{f.lineno} in {f.name}" for f in frames]
        parts.append("\n".join([*lines, kind(each)]))
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "Traceback, without messages:\n" + "\nwhich came of:\n".join(parts)


def install() -> None:
    """From here on no record of this process holds an error's message, nor a token of an address."""
    made = logging.getLogRecordFactory()
    if getattr(made, "lapor", False):
        return

    def record(*args: Any, **named: Any) -> logging.LogRecord:
        each = made(*args, **named)
        if each.exc_info and each.exc_info[1] is not None:
            each.exc_text = trace(each.exc_info[1])  # formatters write this in place of their own
        if isinstance(each.args, tuple):
            server = each.name.startswith(SERVERS)
            each.args = tuple(_argument(value, server=server) for value in each.args)
        return each

    record.lapor = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(record)


def bare(address: str) -> str:
    """An address without its query, and without what looks like a token."""
    return TOKEN_LIKE.sub("…", QUERY.sub("", address))


def _argument(value: object, *, server: bool) -> object:
    if isinstance(value, BaseException):
        return kind(value)
    return bare(value) if server and isinstance(value, str) and "/" in value else value


def _words(error: BaseException) -> list[str]:
    if isinstance(error, OF_THE_CODE):
        return [str(error)[:200]]
    of_database = getattr(error, "orig", error)
    state, diag = getattr(of_database, "sqlstate", None), getattr(of_database, "diag", None)
    if state:
        return [str(state), *(str(v) for n in SCHEMA_NAMES if (v := getattr(diag, n, None)))]
    if type(of_database).__module__ == "sqlite3":
        found = SQLITE_WORDS.match(str(of_database))
        return [found[0]] if found else []
    return []


def _place(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])
