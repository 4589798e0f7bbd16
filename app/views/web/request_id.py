"""The name of a request: in its answer's header, in the log's lines about it, and on the page of an error."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, current_app, g, request

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id() -> str:
    """The proxy's name for this request where it is said to give one, else a new one."""
    found: str | None = g.get("request_id")
    if found is None:
        settings = current_app.config["LAPOR"]
        given = request.headers.get(HEADER, "")
        believed = settings.proxies and "request-id" in settings.proxy_headers and GIVEN.fullmatch(given)
        found = g.request_id = given if believed else uuid.uuid4().hex[:12]
    return found


def init_app(app: Flask) -> None:
    @app.before_request
    def name_it() -> None:
        # For the server's line about this request (gunicorn.conf.py): the pattern, never what stands in it.
        request.environ["lapor.request"] = request_id()
        request.environ["lapor.route"] = request.url_rule.rule if request.url_rule else "-"

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response
