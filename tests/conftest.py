"""Fixtures. A test that takes `app` runs on SQLite and on PostgreSQL, each time on a fresh database."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.ctx import AppContext

from app import create_app
from app.extensions import db
from tests.support import cluster
from tests.support.databases import BACKENDS, dispose, renew, settings_for, url_of
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SHARED = "LAPOR_TEST_DIR"
_apps: dict[str, Flask] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=BACKENDS, help="run on this database alone")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="lapor-test-")
        Path(folder).chmod(0o755)  # the database server runs as somebody else
        os.environ[SHARED] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(SHARED))
        cluster.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        alone = metafunc.definition.get_closest_marker("postgresql")
        metafunc.parametrize("backend", ("postgresql",) if alone else BACKENDS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --db, tests of the other database are left out; those that need none run in any case."""
    chosen = config.getoption("db")
    if not chosen:
        return
    asked = [item for item in items if database_of(item) in (None, chosen)]
    config.hook.pytest_deselected(items=[item for item in items if database_of(item) not in (None, chosen)])
    items[:] = asked


def database_of(item: pytest.Item) -> str | None:
    if item.get_closest_marker("postgresql"):
        return "postgresql"
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return parameters.get("backend")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of this run, the same for all workers."""
    return Path(os.environ[SHARED])


@pytest.fixture
def app(backend: str, shared: Path, worker_id: str) -> Iterator[Flask]:
    """The application on a fresh database. No context is pushed: each request has its own."""
    name = f"lapor_{worker_id}"
    if backend in _apps:
        dispose(_apps[backend])
    renew(shared, backend, name)
    if backend not in _apps:
        folder = shared / f"instance-{worker_id}"
        _apps[backend] = create_app(settings_for(url_of(shared, backend, name), folder))
    yield _apps[backend]
    with _apps[backend].app_context():
        db.session.remove()


@pytest.fixture
def ctx(app: Flask) -> Iterator[AppContext]:
    """An application context for tests of services, without requests."""
    with app.app_context() as context:
        yield context


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context():
        return World.read(db.session())


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str | None], Person]:
    """sign_in("a1") is that officer at a browser; sign_in(None) a visitor."""
    return lambda name: Person(app, name)


@pytest.fixture
def play(ctx: AppContext, world: World) -> Play:
    """People at work, from Monday 8 June 2026, 10.00 WIB."""
    return Play(world)
