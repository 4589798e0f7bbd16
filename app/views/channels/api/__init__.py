"""The REST API v1, for the mobile apps and partners: the same services, scope and masking as the pages.

flask-smorest makes the OpenAPI description from the very schemas that check what comes in and shape what
goes out, so that neither can drift from the other.
"""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from app.extensions import csrf
from app.rules.channels.api import SCOPES
from app.views.web.api_paths import PREFIX

OPENAPI = "3.0.3"
DESCRIPTION = (
    "Mengirim, memantau, dan menangani laporan LAPOR!. Dokumentasi: docs/api.md. "
    "Semua waktu dalam UTC; semua kesalahan berbentuk application/problem+json (RFC 9457)."
)


def init_app(app: Flask) -> None:
    """Register every operation, and the description of all of them at /api/v1/openapi.json."""
    from app.views.channels.api import desk, files, filing, moves, own, reference  # noqa: F401 (they add to `blp`)
    from app.views.channels.api.operation import blp, problem_component

    app.config.setdefault("OPENAPI_URL_PREFIX", PREFIX)
    api = _Api(
        spec_kwargs={
            "title": "LAPOR! API",
            "version": "1",
            "openapi_version": OPENAPI,
            "info": {"description": DESCRIPTION},
            "servers": [{"url": "/"}],
        }
    )
    api.init_app(app)
    problem_component(api.spec)
    _security(api)
    api.register_blueprint(blp)
    csrf.exempt(blp)


class _Api(Api):
    """Errors are told by app/views/errors.py, which knows how every one of them is said."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass


def _security(api: Api) -> None:
    words = {scope.value: rule.words for scope, rule in SCOPES.items()}
    apps = {scope.value: words[scope.value] for scope, rule in SCOPES.items() if rule.needs is not None}
    partners = {scope: said for scope, said in words.items() if scope not in apps}
    api.spec.components.security_scheme(
        "oauth",
        {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "/oauth/izin/",
                    "tokenUrl": "/oauth/token",
                    "refreshUrl": "/oauth/token",
                    "scopes": apps,
                },
                "clientCredentials": {"tokenUrl": "/oauth/token", "scopes": partners},
            },
        },
    )
    api.spec.components.security_scheme(
        "reportToken", {"type": "apiKey", "in": "header", "name": "Report-Token"}
    )
