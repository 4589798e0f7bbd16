"""Template databases: migrated and filled in once a run, and from it each test's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.extensions import transaction
from app.intake.seed import seed
from app.services.accounts.roles import sync_security
from config import Settings
from tests.support import cluster, rewind
from tests.support.world import BEGINNING, build

BACKENDS = ("sqlite", "postgresql")
CHEAP_HASH = "pbkdf2:sha256:1"
TEMPLATE = "template_lapor"


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        secret_key="a key for tests alone, long enough",
        instance=folder,
        demo=False,
        password_method=CHEAP_HASH,
        sms_gateway="none",
        extra={"PROPAGATE_EXCEPTIONS": False},
    )


def url_of(shared: Path, backend: str, name: str) -> str:
    if backend == "sqlite":
        return f"sqlite:///{shared / f'{name}.sqlite'}"
    return cluster.url(shared, name)


def _admin(shared: Path) -> sa.Engine:
    return sa.create_engine(
        cluster.url(shared, "postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
    )


def template(shared: Path, backend: str) -> None:
    """Make the template database of `backend`, unless a worker did before."""
    done = shared / f"{backend}.done"
    with cluster.locked(shared, backend):
        if done.exists():
            return
        if backend == "postgresql":
            cluster.start(shared)
            with _admin(shared).connect() as connection:
                # Half a template, left by a worker that failed, is none.
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
                connection.exec_driver_sql(f"CREATE DATABASE {TEMPLATE}")
        if backend == "sqlite":
            (shared / f"{TEMPLATE}.sqlite").unlink(missing_ok=True)
        app = create_app(settings_for(url_of(shared, backend, TEMPLATE), shared / "instance-template"))
        with app.app_context():
            upgrade()
            with transaction() as session:
                sync_security(session)
                seed(session, BEGINNING)
            with transaction() as session:
                build(session, CHEAP_HASH)
            dispose(app)
        if backend == "postgresql":
            with sa.create_engine(
                url_of(shared, backend, TEMPLATE), poolclass=sa.pool.NullPool
            ).begin() as rows:
                rewind.keep_rows(rows)
        done.touch()


def dispose(app: Flask) -> None:
    """Let go of every connection, so that the database can be copied or dropped."""
    with app.app_context():
        db = app.extensions["sqlalchemy"]
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()


def renew(shared: Path, backend: str, name: str) -> None:
    """Make `name` hold what the template holds, and nothing else."""
    template(shared, backend)
    if backend == "sqlite":
        for suffix in ("-wal", "-shm"):
            (shared / f"{name}.sqlite{suffix}").unlink(missing_ok=True)
        shutil.copyfile(shared / f"{TEMPLATE}.sqlite", shared / f"{name}.sqlite")
        return
    url = url_of(shared, backend, name)
    if rewind.rewound(url, name):
        return
    with _admin(shared).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    rewind.copied(url, name)
