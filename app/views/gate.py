"""The outer gate: every address is either listed as public or guarded by a permission.

A route that is neither answers 404 and is reported by name: forgetting to declare one shuts it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "healthz",
        "FrontPage.index",
        "SignIn.login",
        "SignIn.logout",
        "Language.choose",
        "SmsGateway.take",  # signed by its gateway
    }
)


def guarded(view_function: Any) -> bool:
    """Whether Flask-AppBuilder's has_access guards this view function by a permission."""
    return hasattr(view_function, "_permission_name")


def init_app(app: Flask) -> None:
    @app.before_request
    def admit() -> Any:
        endpoint = request.endpoint
        if endpoint is None or endpoint in PUBLIC_ENDPOINTS:
            return None
        if not guarded(current_app.view_functions[endpoint]):
            current_app.logger.error("endpoint %s is neither public nor guarded: it stays shut", endpoint)
            abort(404)
        if not current_user.is_authenticated:
            # Only a path comes back after signing in: a GET that can be repeated.
            target = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("SignIn.login", next=target))
        return None
