"""The bench's own PostgreSQL: a cluster in a folder that can be thrown away, set as a server would be."""

from __future__ import annotations

from pathlib import Path
from subprocess import CalledProcessError

import sqlalchemy as sa

from tests.support import cluster

# fsync stays on: a closed report is to be as safe here as in production.
OPTIONS = (
    "-c max_connections=50 -c shared_buffers=4GB -c work_mem=64MB -c random_page_cost=1.1 -c jit=off "
    "-c max_wal_size=8GB -c wal_level=minimal -c max_wal_senders=0 -c checkpoint_timeout=30min "
    "-c effective_cache_size=12GB -c max_parallel_workers_per_gather=0 -c listen_addresses='' -c timezone=UTC "
    "-c log_min_messages=fatal"
)


def start(folder: Path) -> bool:
    """Start the cluster in `folder`; one that was stopped goes on with the databases that it had.

    False if it ran already: then it is somebody else's to stop.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the server runs as somebody else
    home = folder / "postgresql"
    if not (home / "data").exists():
        cluster.start(folder, OPTIONS)
    elif _running(home):
        return False
    else:
        _pg_ctl(home, "-l", home / "log", "-w", "-o", f"{OPTIONS} -k {home}", "start")
    return True


def stop(folder: Path) -> None:
    home = folder / "postgresql"
    if _running(home):
        _pg_ctl(home, "-m", "fast", "-w", "stop")


def _pg_ctl(home: Path, *arguments: str | Path) -> None:
    cluster.run(cluster.programs() / "pg_ctl", "-D", home / "data", *arguments)


def _running(home: Path) -> bool:
    try:
        _pg_ctl(home, "status")
    except CalledProcessError:
        return False
    return True


url = cluster.url


def admin(folder: Path) -> sa.Engine:
    return sa.create_engine(url(folder, "postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)


def databases(folder: Path) -> set[str]:
    with admin(folder).connect() as connection:
        return set(connection.scalars(sa.text("SELECT datname FROM pg_database")))


def create(folder: Path, name: str, template: str = "template1") -> None:
    with admin(folder).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


def version(folder: Path) -> str:
    with admin(folder).connect() as connection:
        return str(connection.scalar(sa.text("SHOW server_version")))
