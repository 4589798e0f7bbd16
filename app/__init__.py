"""create_app(): the only place that wires views, jobs and extensions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_appbuilder import AppBuilder
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from config import PROXY_HEADERS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# openpyxl would take lxml where it finds it, and lxml comes with pikepdf. Files of strangers are read by the
# parser behind defusedxml alone; openpyxl decides when it is imported first.
os.environ["OPENPYXL_LXML"] = "False"


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application, by `settings` (default: the environment); `overrides` are Flask settings."""
    from app import cli, incidents, private, views
    from app.extensions import csrf, db, migrate
    from app.jobs.schedule import SCHEDULE
    from app.views import errors, gate, presence
    from app.views.accounts import browsing
    from app.views.accounts.security_manager import LaporSecurityManager
    from app.views.attachments import keeping
    from app.views.channels import api
    from app.views.citizens import front
    from app.views.system import contact, healthz
    from app.views.web import bodies, layout, limiting, request_id
    from app.views.web.addresses import KeyConverter
    from app.views.web.language import i18n
    from translations.update import compile_catalogues

    incidents.install()
    compile_catalogues()
    settings = settings or Settings.from_environment()
    private.shut(settings)
    app = Flask(__name__)
    app.request_class = keeping.LaporRequest
    app.config.from_mapping(settings.flask())
    app.config.update(overrides)

    app.url_map.converters["int"] = KeyConverter
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.root / "migrations"))
    request_id.init_app(app)
    bodies.init_app(app)  # before anything reads a form
    csrf.init_app(app)  # before AppBuilder: without it a plain GET runs its actions and deletes
    layout.init_app(app)
    browsing.init_app(app)
    healthz.init_app(app)
    with app.app_context():
        appbuilder = AppBuilder(
            app,
            db.session,
            security_manager_class=LaporSecurityManager,
            indexview=front.FrontPage,
            update_perms=False,
        )
        views.register(appbuilder)
    api.init_app(app)
    app.extensions["lapor_jobs"] = {job.name: job.minutes for job in SCHEDULE}
    i18n.init_app(app)
    gate.init_app(app)
    contact.init_app(app)
    presence.init_app(app)
    limiting.init_app(app)
    errors.init_app(app)
    cli.init_app(app)

    # Static files by WhiteNoise, with caching; the proxy's headers are believed outside of it.
    static = _static(app, settings)
    app.wsgi_app = _behind(static, settings)  # type: ignore[method-assign, assignment]
    return app


def _static(app: Flask, settings: Settings) -> WhiteNoise:
    from app.views.figures import plotly_file
    from app.views.web import assets

    folder = str(app.static_folder)
    static = WhiteNoise(app.wsgi_app, max_age=int(app.config["SEND_FILE_MAX_AGE_DEFAULT"].total_seconds()))
    static.add_files(folder, prefix="static/")
    static.add_files(str(Path(folder) / assets.SCRIPTS), prefix=f"static/{assets.scripts_folder(folder)}")
    static.add_files(str(plotly_file.prepare(settings.instance)), prefix=f"static/{plotly_file.PREFIX}")
    return static


def _behind(inner: WSGIApplication, settings: Settings) -> WSGIApplication:
    """What the proxies in front are said to tell is believed, and nothing else that looks like it."""
    if settings.prefix:
        inner = _mounted(inner, settings.prefix)
    if not settings.proxies:
        return inner
    hops = {name: settings.proxies if name in settings.proxy_headers else 0 for name in PROXY_HEADERS}
    return ProxyFix(inner, x_for=hops["for"], x_proto=hops["proto"], x_host=hops["host"], x_prefix=0)


def _mounted(inner: WSGIApplication, prefix: str) -> WSGIApplication:
    """The site under a path that the installation names; a proxy may have cut it off already, or not."""

    def mounted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        environ["SCRIPT_NAME"] = prefix
        return inner(environ, start)

    return mounted
