"""Rate limits of public forms: counted in a transaction of their own, so that a refusal counts as well."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from flask import Flask, Response, current_app, g, request

from app.extensions import transaction
from app.rules.accounts.places import place
from app.services.system import attempt_counts, limits
from app.services.system.attempt_counts import AttemptLimit
from app.services.system.limits import TooMany
from app.views.web import context


def here() -> str:
    """The place that the request comes from. Nothing else reads the address of who asks."""
    return place(request.remote_addr)


def hashed_here() -> str:
    """The same as it is kept: a keyed hash that names no place."""
    return attempt_counts.masked(current_app.config["LAPOR"].key(), here())


def within_limit(limit: AttemptLimit, who: object = "") -> bool:
    """Count one try of `who`, else of the place that the request comes from; whether it may go on."""
    secret = current_app.config["LAPOR"].key()
    with transaction() as session:
        counted = limits.counted(session, limit, who or here(), secret, context.now())
    if not counted.within:
        refuse_until(counted.ends)
    return counted.within


def guessed_here(limit: AttemptLimit) -> bool:
    """Whether this place has given so many wrong keys that none is looked at for a while."""
    ends = attempt_counts.until(context.reading(), limit, hashed_here(), context.now())
    if ends is not None:
        refuse_until(ends)
    return ends is not None


def refuse_until(ends: datetime) -> None:
    """The answer of this request says when to come again, if it becomes a 429."""
    g.refused_until = ends


def init_app(app: Flask) -> None:
    @app.after_request
    def say_when(response: Response) -> Response:
        ends = g.get("refused_until")
        if response.status_code == TooMany.status and ends is not None:
            seconds = max(1, ceil((ends - context.now()).total_seconds()))
            response.headers.setdefault("Retry-After", str(seconds))
        return response
