"""The bench's own PostgreSQL: a cluster in a folder that can be thrown away, set as a server would be."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.support import cluster

# fsync stays on: a closed report is to be as safe here as in production.
OPTIONS = (
    "-c max_connections=50 -c shared_buffers=4GB -c work_mem=64MB -c random_page_cost=1.1 -c jit=off "
    "-c max_wal_size=8GB -c wal_level=minimal -c max_wal_senders=0 -c checkpoint_timeout=30min "
    "-c effective_cache_size=12GB -c max_parallel_workers_per_gather=0 -c listen_addresses='' -c timezone=UTC "
    "-c log_min_messages=fatal"
)


def start(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the server runs as somebody else
    cluster.start(folder, OPTIONS)


stop = cluster.stop
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
