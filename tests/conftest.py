"""Fixtures. A test that takes `app` runs on SQLite and on PostgreSQL, each time on a fresh database.

Walks over pages, whose code does not depend on the database, are marked `pages`: they run in full on SQLite
and as a sample on PostgreSQL, unless the slow tests run too.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

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
SAMPLE = 5  # one of so many pages is walked on PostgreSQL
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


def is_full(config: pytest.Config) -> bool:
    """Whether nothing is left out: in `make test-full`, and where one database runs alone."""
    return "not slow" not in config.option.markexpr or bool(config.getoption("db"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --db, tests of the other database are left out; those that need none run in any case. Without it,
    walks over pages are sampled on PostgreSQL."""
    chosen = config.getoption("db")
    seen: Counter[str] = Counter()
    kept, left_out = [], []
    for item in items:
        database, place = database_of(item), 0
        if item.get_closest_marker("pages") and database == "postgresql" and not is_full(config):
            name = item.nodeid.partition("[")[0]
            place = seen[name]
            seen[name] += 1
        asked = not chosen or database in (None, chosen)
        (kept if asked and not place % SAMPLE else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def database_of(item: pytest.Item) -> str | None:
    if item.get_closest_marker("postgresql"):
        return "postgresql"
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return parameters.get("backend")


@pytest.fixture
def sampled(backend: str, pytestconfig: pytest.Config) -> Callable[[Iterable[Any]], list[Any]]:
    """sampled(pages): all of them, or on PostgreSQL some; for a test that walks over them by itself."""
    step = SAMPLE if backend == "postgresql" and not is_full(pytestconfig) else 1
    return lambda pages: list(pages)[::step]


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
