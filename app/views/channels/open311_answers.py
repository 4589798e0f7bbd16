"""Open311's two forms: the same data as JSON and as XML, errors too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as Tree

from flask import Response, request
from flask_babel import gettext as _

from app.rules.channels.open311 import Wrong
from app.views.web.atom import FORBIDDEN

PREFIX = "/open311/"
TYPES: Mapping[str, str] = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# The element of one thing in a list of them, where it is not the list's name without its s.
ELEMENTS: Mapping[str, str] = {"service_requests": "request"}


def is_open311() -> bool:
    """Whether this request is one by Open311, also to an address that it does not have."""
    return request.path.startswith(PREFIX)


def suffix() -> str:
    """The form that was asked for; XML, the standard's first, where the address does not say."""
    return "json" if request.path.endswith(".json") else "xml"


def written(root: str, data: Any) -> str:
    """`data` under the name `root`: a list of things, or one thing."""
    if suffix() == "json":
        return json.dumps(data, ensure_ascii=False)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(
        _element(root, data), encoding="unicode"
    )


def _element(name: str, value: Any) -> Tree.Element:
    made = Tree.Element(name)
    if isinstance(value, Mapping):
        made.extend(_element(key, each) for key, each in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        made.extend(_element(ELEMENTS.get(name, name.removesuffix("s")), each) for each in value)
    elif isinstance(value, bool):
        made.text = "true" if value else "false"
    elif value is not None:
        made.text = FORBIDDEN.sub("", str(value))
    return made


def answer(root: str, data: Any, status: int = 200) -> Response:
    made = Response(written(root, data), status, content_type=TYPES[suffix()])
    made.headers["Cache-Control"] = "no-store"
    return made


def errors(*faults: Wrong) -> Response:
    """Everything that is wrong, in the standard's form; the status is the first one's."""
    return answer(
        "errors",
        [{"code": code, "description": str(_(words, **params))} for code, words, params in faults],
        faults[0][0],
    )
