"""A generated nation for tests: 2,000 reports in a database of its own, made once for each backend."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app import create_app
from app.extensions import transaction
from app.intake.seed import seed
from app.services.accounts.roles import sync_security
from tests.support import cluster
from tests.support.databases import _admin, settings_for, template, url_of
from tests.support.http import signed_in

REPORTS, AGENCIES = 2_000, 60
GENERATE = ["lapor", "generate", "--reports", str(REPORTS), "--agencies", str(AGENCIES)]


def seeded(shared: Path, backend: str, name: str) -> Flask:
    """The application on a database called `name` with what every installation starts with, and no more."""
    template(shared, backend)  # the cluster runs now
    if backend == "postgresql":
        with cluster.locked(shared, backend), _admin(shared).connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    else:
        for path in shared.glob(f"{name}.sqlite*"):
            path.unlink()
    app = create_app(settings_for(url_of(shared, backend, name), shared / f"instance-{name}"))
    with app.app_context():
        upgrade()
        with transaction() as session:
            sync_security(session)
            seed(session, datetime.now(UTC))
    return app


def officer(app: Flask, user_id: int) -> FlaskClient:
    """That account at a browser."""
    client = app.test_client()
    signed_in(app, client, user_id)
    return client
