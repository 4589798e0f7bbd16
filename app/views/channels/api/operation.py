"""One decorator for every operation: who may call, what comes in, what goes out, and its description.

    @operation("POST", "/reports/<number:number>/moves", scopes=(Scope.DESK_ACT,), body=MoveBody, returns=Moved)
    def move(number: int, body: dict[str, Any]) -> dict[str, Any]:
        \"\"\"Membuat satu tindakan.\"\"\"

Without `scopes` an operation is open to everybody; the gate opens it only where it is listed there too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from flask import abort, request
from flask_smorest import Blueprint
from marshmallow import Schema
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.rules.channels.api import Scope
from app.services import idempotency, repeated_calls
from app.views.channels.api.fields import KEY_MAX, Parser
from app.views.channels.api.guard import (
    KEY_HEADER,
    KEY_LENGTH,
    KEY_PATTERN,
    admit,
    admit_everybody,
    digest,
    idempotency_key,
    told,
)
from app.views.channels.api.problems import CONTENT_TYPE
from app.views.web import context
from app.views.web.api_paths import PREFIX

NUMBER = f"int(min=1, max={KEY_MAX})"  # of a key in an address
JSON, MULTIPART = "application/json", "multipart/form-data"
PROBLEM = "Problem"
HEADERS: Mapping[str, Any] = {
    "RateLimit": {
        "schema": {"type": "string"},
        "description": "Panggilan yang tersisa, dan detik sampai penuh lagi",
    },
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "Batas panggilan"},
}
ALWAYS = (400, 401, 404, 405, 429, 500)


class Operations(Blueprint):
    ARGUMENTS_PARSER = Parser()


blp = Operations("api", __name__, url_prefix=PREFIX)
blp.after_request(told)


def operation(
    method: str,
    rule: str,
    *,
    returns: type[Schema] | None,
    scopes: Sequence[Scope] = (),
    link: bool = False,
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    files: type[Schema] | None = None,
    status: int = 200,
    also: Mapping[int, type[Schema]] | None = None,
    binary: bool = False,
    keyed: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """scopes: one of them is needed; link: a report's token does as well. also: further answers by status.

    binary: it answers with a file. keyed: it heeds Idempotency-Key; use answered().
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        made = function
        if binary:
            made = blp.alt_response(200, schema=_BINARY, content_type="*/*", headers=HEADERS, success=True)(
                made
            )
        else:
            made = blp.response(status, returns, headers=HEADERS)(made)
        for other, schema in (also or {}).items():
            made = blp.alt_response(other, schema=schema, headers=HEADERS, success=True)(made)
        if body is not None:
            made = blp.arguments(body, location="json", arg_name="body")(made)
        if files is not None:
            made = blp.arguments(files, location="files", arg_name="files")(made)
        if query is not None:
            made = blp.arguments(query, location="query", arg_name="query")(made)
        sends = JSON if body is not None else MULTIPART if files is not None else ""
        made = _guarded(made, scopes, link=link, sends=sends)
        made = blp.doc(**_described(function, scopes, link=link, keyed=keyed, sends=sends, open_=not scopes))(
            made
        )
        blp.add_url_rule(rule.replace("<number:", f"<{NUMBER}:"), function.__name__, made, methods=[method])
        return made

    return decorate


_BINARY = {"type": "string", "format": "binary"}


def _guarded(
    function: Callable[..., Any], scopes: Sequence[Scope], *, link: bool, sends: str
) -> Callable[..., Any]:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if scopes:
            admit(scopes, link=link)
        else:
            admit_everybody()
        # Before anything is read of it: what is no JSON is neither empty nor half right.
        if sends and request.mimetype != sends:
            abort(415)
        return function(*args, **kwargs)

    call.api_scopes = tuple(scopes)  # type: ignore[attr-defined]
    call.api_link = link  # type: ignore[attr-defined]
    return call


def _described(
    function: Callable[..., Any],
    scopes: Sequence[Scope],
    *,
    link: bool,
    keyed: bool,
    sends: str,
    open_: bool,
) -> dict[str, Any]:
    security: list[dict[str, list[str]]] = [{"oauth": [scope.value]} for scope in scopes]
    if link:
        security.append({"reportToken": []})
    statuses = {*ALWAYS, 403} if scopes else set(ALWAYS) - {401}
    if sends:
        statuses |= {409, 413, 415, 422}
    statuses.add(422)
    found: dict[str, Any] = {
        "operationId": function.__name__,
        "security": security,
        "responses": {str(code): _problem(code) for code in sorted(statuses)},
    }
    if keyed:
        found["parameters"] = [
            {
                "in": "header",
                "name": KEY_HEADER,
                "required": False,
                "description": "Kiriman ulang dengan kunci yang sama dijawab sama dan tidak dikerjakan dua kali",
                "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH, "pattern": KEY_PATTERN},
            }
        ]
    return found


def _problem(code: int) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {"description": HTTPStatus(code).phrase, "content": {CONTENT_TYPE: {"schema": schema}}}


def problem_component(spec: APISpec) -> None:
    """Describe what every refusal looks like."""
    text = {"type": "string"}
    error = {
        "type": "object",
        "required": ["field", "message"],
        "properties": {"field": text, "message": text},
    }
    change = {
        "type": "object",
        "required": ["seq", "kind", "what", "at"],
        "properties": {
            "seq": {"type": "integer"},
            "kind": text,
            "what": text,
            "at": {"type": "string", "format": "date-time"},
        },
    }
    spec.components.schema(
        PROBLEM,
        {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string", "format": "uri"},
                "title": text,
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": text,
                "code": {"type": "string", "description": "Kode untuk disampaikan kepada admin pusat"},
                "errors": {"type": "array", "items": error},
                "changes": {
                    "type": "array",
                    "items": change,
                    "description": "Yang terjadi sejak versi yang dikirim",
                },
            },
        },
    )


def answered(do: Callable[[Session], Mapping[str, Any]]) -> dict[str, Any]:
    """Call `do` in a transaction, once for an Idempotency-Key; what it returned, then or now.

    What it returns is kept with the key: keys and codes alone, in 255 characters.
    """
    actor, key = context.actor(), idempotency_key()
    with transaction(actor) as session:
        if key:
            before = repeated_calls.before(session, actor, key, digest(), context.now())
            if before is not None:
                found: dict[str, Any] = json.loads(before)
                return found
        result = dict(do(session))
        idempotency.keep(session, actor, key, json.dumps(result, separators=(",", ":")))
    return result
