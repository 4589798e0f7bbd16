"""Public pages may be kept: by everybody for a visitor without a session, by nobody for anyone else."""

from __future__ import annotations

from flask import Response, make_response, request, session

SECONDS = 60


def cacheable(content: str, *, mimetype: str = "text/html", seconds: int = SECONDS) -> Response:
    """The answer with a tag of its content; 304 for whoever has that already.

    A page holds nothing of its reader but the language, which a session tells: who has one, gets a page
    that nobody else keeps.
    """
    response = make_response(content)
    response.mimetype = mimetype
    response.headers["Cache-Control"] = "private, no-cache" if session else f"public, max-age={seconds}"
    response.vary.add("Cookie")
    response.add_etag()
    response.make_conditional(request)
    return response
