"""Pieces of a page that are the same for many of its reports: made once for a request, then repeated.

A list shows 25 cards whose buttons and clocks say the same few things. What differs in them is the
report's number alone; it stands as PLACE in what is kept, and is filled in for each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import g, has_request_context, url_for
from markupsafe import Markup

PLACE = "__NOMOR__"
T = TypeVar("T")


def memo(key: Hashable, make: Callable[[], T]) -> T:
    """make(), which never gives None: for equal keys the same within a request."""
    if not has_request_context():
        return make()
    here = g._get_current_object()  # looked up once: a page asks for hundreds of pieces
    pieces: dict[Hashable, Any] | None = here.get("pieces")
    if pieces is None:
        pieces = here.pieces = {}
    found: T | None = pieces.get(key)
    if found is None:
        found = pieces[key] = make()
    return found


def kept(macro: Callable[..., Markup], argument: Hashable) -> Markup:
    """What a template's macro gives for `argument`."""
    return memo((macro, argument), lambda: macro(argument))


def shape(endpoint: str, **parts: Any) -> str:
    """The address of a page about a report, with PLACE for its number."""
    return memo((endpoint, *parts.values()), lambda: url_for(endpoint, report_id=PLACE, **parts))


def of_report(piece: str, report_id: int) -> str:
    """A piece with the number of its report. Markup stays Markup."""
    return piece.replace(PLACE, str(report_id))


def report_url(endpoint: str, report_id: int, **parts: Any) -> str:
    """The same as url_for(): a list asks for many of a few shapes."""
    return of_report(shape(endpoint, **parts), report_id)


GLOBALS: dict[str, Any] = {"kept": kept, "report_url": report_url, "PLACE": PLACE}
