"""Who tries to sign in, and whether the try is let through at all: counted before anything is compared."""

from __future__ import annotations

from flask import current_app

from app.extensions import transaction
from app.services.accounts import sign_in
from app.services.system import attempt_counts
from app.services.system.limits import TooMany
from app.views.web import context
from app.views.web.limiting import hashed_here, refuse_until


def visitor_of(name: str, device: str) -> sign_in.Visitor:
    """Who tries to sign in as `name` in this request, as hashes. device: see devices.known()."""
    secret = current_app.config["SECRET_KEY"]
    return sign_in.Visitor(
        hashed_here(),
        attempt_counts.masked(secret, name.strip().lower()),
        device and attempt_counts.masked(secret, device),
    )


def admit(visitor: sign_in.Visitor, user_id: int | None) -> sign_in.Admission:
    """Count a try before anything is compared, in a transaction of its own. Raises TooMany."""
    with transaction() as writing:
        door = sign_in.admit(writing, visitor, user_id, context.now())
    if door.until is not None:
        refuse_until(door.until)
        raise TooMany
    return door
