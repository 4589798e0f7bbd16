"""Rate limits of public forms: counted in a transaction of their own, so that a refusal counts as well."""

from __future__ import annotations

from flask import current_app, request

from app.extensions import transaction
from app.services import limits
from app.services.limits import Limit
from app.views import context


def within_limit(limit: Limit, who: object = "") -> bool:
    """Count one try of `who`, else of the place that the request comes from; whether it may go on."""
    secret = current_app.config["LAPOR"].key()
    with transaction() as session:
        return limits.count(session, limit, who or request.remote_addr or "", secret, context.now())
