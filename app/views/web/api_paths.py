"""Where the API lies: below it everything speaks JSON, refuses as problems, and takes tokens alone."""

from __future__ import annotations

from flask import has_request_context, request

PREFIX = "/api/v1"


def is_api() -> bool:
    """Whether this request is one to the API, also to an address that it does not have."""
    return has_request_context() and (request.path == "/api" or request.path.startswith("/api/"))
