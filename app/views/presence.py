"""Notes that somebody is at work and their session in use, once every few minutes and after their page is made."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from app.extensions import transaction
from app.services.accounts.credentials import sessions
from app.services.inbox import presence
from app.views.accounts import browsing
from app.views.gate import PUBLIC_ENDPOINTS
from app.views.web import context
from app.views.web.api_paths import is_api

# What an open page asks for by itself: nobody need sit before it.
BY_ITSELF = frozenset({"Notifications.counts", "Sessions.left"})


def init_app(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        endpoint = request.endpoint
        # An account that this page did not ask for is not loaded for the sake of a note.
        if endpoint is None or endpoint in BY_ITSELF or is_api() or "_login_user" not in g:
            return response
        if not current_user.is_authenticated:
            return response
        now, here = context.now(), current_user.at_browser
        at_work = endpoint not in PUBLIC_ENDPOINTS and presence.stale(current_user, now)
        used = here is not None and (at_work or browsing.stale(current_user))
        if at_work or used:
            user_id = current_user.id
            try:
                with transaction() as session:
                    if at_work:
                        presence.note(session, user_id, now)
                    if used:
                        sessions.note(session, here.id, now)
            except Exception as error:  # noqa: BLE001 - a dot is no reason to withhold a page that is made
                current_app.logger.warning("presence not noted: %s", type(error).__name__)
        return response
