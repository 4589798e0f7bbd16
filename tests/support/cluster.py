"""A PostgreSQL cluster of the tests' own: in the temporary folder, unprivileged, on a Unix socket.

The first worker that needs it starts it; the process that started the run stops it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534  # the cluster refuses to run as root
OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 "
    "-c shared_buffers=256MB -c listen_addresses='' -c timezone=UTC -c log_min_messages=fatal"
)


class MissingPostgreSQL(RuntimeError):
    """The server's programs are not installed."""


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    if initdb is None:
        raise MissingPostgreSQL("PostgreSQL's server is missing: install Debian's package postgresql")
    return Path(initdb).resolve().parent


def run(*command: str | Path) -> None:
    as_nobody = (
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    )
    # Its log goes to a file: a pipe would be kept open by the server that it leaves behind.
    subprocess.run(
        [*as_nobody, *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        cwd="/",
    )


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """One process at a time in here, among all workers of the run."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _home(folder: Path) -> Path:
    return folder / "postgresql"


def start(folder: Path, options: str = OPTIONS) -> None:
    """Start the cluster in `folder`, unless a worker did before. The caller holds the lock."""
    home = _home(folder)
    if (home / "ready").exists():
        return
    home.mkdir(mode=0o700)
    if os.getuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    folder_of_programs = programs()
    run(
        folder_of_programs / "initdb",
        "-D",
        home / "data",
        "-U",
        "lapor",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    run(
        folder_of_programs / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", f"{options} -k {home}", "start"
    )  # fmt: skip
    (home / "ready").touch()


def stop(folder: Path) -> None:
    if (_home(folder) / "ready").exists():
        run(programs() / "pg_ctl", "-D", _home(folder) / "data", "-m", "immediate", "-w", "stop")


def url(folder: Path, database: str) -> str:
    return f"postgresql+psycopg://lapor@/{database}?host={_home(folder)}"
