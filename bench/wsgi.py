"""What gunicorn serves: the application, the application with its rows from memory, and bare Flask."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app

# Where the pages' rows come from; answered from memory from the second page on.
SOURCES = (
    ("app.views.reports.desk", ("worklist", "counts")),
    ("app.views.reports.cards", ("card_facts", "chains", "card_requests", "calendars_of")),
    ("app.views.reports.clock_lines", ("calendar_of",)),
    ("app.views.accounts.security_manager", ("with_all",)),
    ("app.views.web.layout", ("badges",)),
)
BARE = """<!doctype html><title>Laporan</title><table>{% for row in rows %}
<tr><td>{{ row.id }}<td>{{ row.reporter }}<td>{{ row.source }}<td>{{ row.received_at }}<td>{{ row.holder }}
<td>{{ row.title }}<td>{{ row.text }}<td>{{ row.category }}<td>{{ row.area }}{% endfor %}</table>"""


def real() -> Flask:
    return create_app()


def memory() -> Flask:
    """The same application and page without a query."""
    application = create_app()
    for module_name, functions in SOURCES:
        module = importlib.import_module(module_name)
        for name in functions:
            setattr(module, name, _remembered(getattr(module, name)))
    return application


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Its first answer for ever: a server of this kind is asked for one page of one officer."""
    kept: list[Any] = []

    def answer(*arguments: Any, **named: Any) -> Any:
        if not kept:
            kept.append(function(*arguments, **named))
        return kept[0]

    return answer


def bare(rows: str) -> Flask:
    """Flask and Jinja alone, with the rows of the file `rows`."""
    application = Flask("bare")
    shown = pickle.loads(Path(rows).read_bytes())  # noqa: S301 written by the bench a moment before
    template = application.jinja_env.from_string(BARE)

    @application.get("/")
    def page() -> str:
        return template.render(rows=shown)

    return application
