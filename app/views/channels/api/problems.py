"""Refusals as programs read them: application/problem+json (RFC 9457), in the words of the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.rules.errors import (
    AlreadyDone,
    Forbidden,
    Invalid,
    LaporError,
    NotFound,
    NotFromHere,
)
from app.rules.labels import N_
from app.rules.reports.codes import EventKind
from app.services.reports.locked_report import StaleForm
from app.services.system.limits import TooMany
from app.views.web.language.i18n import word
from app.views.web.language.marked_words import translated

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:lapor:problem:"
BASE = 500  # no status of ours is higher
KINDS: tuple[tuple[type[Exception], str], ...] = (
    (NotFound, "not-found"),
    (Forbidden, "forbidden"),
    (NotFromHere, "not-from-here"),
    (StaleForm, "stale"),
    (AlreadyDone, "already-done"),
    (Invalid, "invalid"),
    (TooMany, "too-many"),
)
BY_STATUS: Mapping[int, str] = {
    400: "unreadable",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    415: "unsupported-type",
    422: "invalid",
    429: "too-many",
    500: "unexpected",
}
# Where the pages have other words for the same field.
RENAMED = {"text_or_file": "text", "stars": "stars", "version": "version"}
STALE = N_("Laporan ini sudah berubah sejak versi yang Anda kirim. Baca laporannya lagi, lalu kirim ulang.")
KEPT_HEADERS = ("Allow", "WWW-Authenticate", "Retry-After")


class RefusedCall(LaporError):
    """A refusal of the API itself: with its status, and headers that go along."""

    def __init__(
        self, status: int, kind: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.kind, self.headers = status, kind, dict(headers or {})


def answer(
    status: int,
    title: str,
    detail: str,
    kind: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem. `more`: further members, `errors` and `changes` among them."""
    body = {
        "type": f"{TYPE}{kind or BY_STATUS.get(status, 'unreadable')}",
        "title": title,
        "status": status,
        "detail": detail,
        **more,
    }
    # The name of a field that is not known is repeated, whatever it is made of: a half of a character too.
    content = json.dumps(body, ensure_ascii=False).encode(errors="replace")
    response = Response(content, status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def of_refusal(error: LaporError, title: str) -> Response:
    """What a service or the API refused."""
    more: dict[str, Any] = {}
    kind = next((name for known, name in KINDS if isinstance(error, known)), "")
    headers: Mapping[str, str] = {}
    detail = _(error.message, **error.params) if error.params else _(error.message)
    if isinstance(error, Invalid):
        more["errors"] = [
            {"field": RENAMED.get(name, name), "message": translated(said)}
            for name, said in error.errors.items()
        ]
    elif isinstance(error, StaleForm):
        detail = _(STALE)
        more["changes"] = [
            {
                "seq": each.seq,
                "kind": each.kind,
                "what": word(EventKind(each.kind)),
                "at": each.at.isoformat(),
            }
            for each in error.events
        ]
    elif isinstance(error, RefusedCall):
        kind, headers = error.kind, error.headers
    return answer(error.status, title, str(detail), kind, headers=headers, **more)


def of_http(error: HTTPException, title: str, detail: str) -> Response:
    """What the framework refused; a schema says which field was wrong."""
    found = getattr(error, "data", None) or {}
    headers = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    more: dict[str, Any] = {}
    if found.get("messages"):
        detail = _(Invalid.message)
        more["errors"] = [
            {"field": field, "message": said}
            for place in found["messages"].values()
            for field, said in _flat(place)
        ]
    return answer(error.code or 400, title, detail, headers=headers, **more)


def _flat(messages: object, at: str = "") -> Iterator[tuple[str, str]]:
    """A schema's messages, one after the other, each with the way to its field."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            own = "" if name == "_schema" else str(name)
            yield from _flat(inner, ".".join(part for part in (at, own) if part))
    elif isinstance(messages, list):
        for said in messages:
            yield from _flat(said, at)
    else:
        yield at, translated(messages) if isinstance(messages, str) else str(messages)
