"""Notes that somebody is at work, once every few minutes and after their page is made."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_login import current_user

from app.extensions import transaction
from app.services import presence
from app.views import context
from app.views.api_paths import is_api
from app.views.gate import PUBLIC_ENDPOINTS

# What an open page asks for by itself: nobody need sit before it.
BY_ITSELF = frozenset({"Notifications.counts"})


def init_app(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        endpoint = request.endpoint
        if endpoint is None or endpoint in PUBLIC_ENDPOINTS | BY_ITSELF or is_api():
            return response
        if current_user.is_authenticated and presence.stale(current_user, context.now()):
            try:
                with transaction() as session:
                    presence.note(session, current_user.id, context.now())
            except Exception as error:  # noqa: BLE001 - a dot is no reason to withhold a page that is made
                current_app.logger.warning("presence not noted: %s", type(error).__name__)
        return response
