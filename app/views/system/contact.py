"""Whom to tell of a hole in this installation, where people and machines look for it (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, abort, current_app

from app.views.web import context

ADDRESS = "/.well-known/security.txt"
GOOD_FOR = timedelta(days=180)  # less than the year that the RFC allows; made anew for whoever asks


def init_app(app: Flask) -> None:
    @app.get(ADDRESS)
    def security_txt() -> Response:
        """Contact, how long this holds, languages, and where it stands; 404 where no contact is set."""
        settings = current_app.config["LAPOR"]
        if not settings.security_contact:
            abort(404)
        lines = (
            f"Contact: {settings.security_contact}",
            f"Expires: {context.now() + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: id, en",
            f"Canonical: {settings.site_url}{ADDRESS}",
        )
        return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
