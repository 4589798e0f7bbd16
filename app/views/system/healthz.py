"""/healthz, for whoever watches the machine: whether the application can work."""

from __future__ import annotations

from flask import Flask

from app.extensions import ping
from app.views.attachments.keeping import room_now


def init_app(app: Flask) -> None:
    @app.get("/healthz")
    def healthz() -> tuple[dict[str, str], int]:
        """Whether the application reaches its database; and, when it is so, that no file is taken."""
        ping()
        low = {"disk": "low"} if room_now().short else {}
        return {"status": "ok", **low}, 200
