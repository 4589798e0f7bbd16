"""The files of an installation are its own account's alone: 600, folders 700.

The database, mails, texts and the secret key lie in the instance folder; whoever has another account on
the machine reads none of it.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from config import Settings

UMASK = 0o077
OTHERS = stat.S_IRWXG | stat.S_IRWXO
BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite's files, by what their names end with

log = logging.getLogger(__name__)


def shut(settings: Settings) -> None:
    """What this process makes from now on is private, and so is what lies there from before.

    The instance folder belongs to the installation alone. A file of somebody else in it is left as it is,
    and named in the log.
    """
    os.umask(UMASK)
    settings.instance.mkdir(parents=True, exist_ok=True)
    for path in (settings.instance, *_inside(settings.instance), *_database(settings)):
        try:
            mode = path.lstat().st_mode
            if mode & OTHERS and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~OTHERS)
        except FileNotFoundError:
            continue  # SQLite's own come and go
        except OSError as error:
            log.warning("%s stays readable for others: %s", path, error.strerror)


def _inside(folder: Path) -> Iterator[Path]:
    """Everything below a folder; where a link leads is not followed."""
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(above, name)


def _database(settings: Settings) -> list[Path]:
    """The embedded database, wherever it lies."""
    name = make_url(settings.database).database if settings.embedded else None
    return [Path(name + end) for end in BESIDE] if name else []
