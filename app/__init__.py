"""create_app(): the only place that wires views, jobs and extensions."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from config import Settings


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application, by `settings` (default: the environment); `overrides` are Flask settings."""
    from app import cli, private, views
    from app.extensions import csrf, db, migrate
    from app.jobs.schedule import SCHEDULE
    from app.views import api, errors, front, gate, i18n, pages, plotly_file, presence
    from app.views.addresses import KeyConverter
    from app.views.security.manager import LaporSecurityManager
    from translations.update import compile_catalogues

    compile_catalogues()
    settings = settings or Settings.from_environment()
    private.shut(settings)
    app = Flask(__name__)
    app.config.from_mapping(settings.flask())
    app.config.update(overrides)

    app.url_map.converters["int"] = KeyConverter
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.root / "migrations"))
    csrf.init_app(app)  # before AppBuilder: without it a plain GET runs its actions and deletes
    pages.init_app(app)
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
    presence.init_app(app)
    errors.init_app(app)
    cli.init_app(app)

    # Static files by WhiteNoise, with caching; the proxy's headers are believed outside of it.
    static = WhiteNoise(app.wsgi_app, max_age=int(app.config["SEND_FILE_MAX_AGE_DEFAULT"].total_seconds()))
    static.add_files(str(app.static_folder), prefix="static/")
    static.add_files(str(plotly_file.prepare(settings.instance)), prefix=f"static/{plotly_file.PREFIX}")
    app.wsgi_app = static  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(static, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)  # type: ignore[method-assign]
    return app
