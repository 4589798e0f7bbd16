"""The job queue: a file beside the embedded database, the database itself on PostgreSQL. No Redis."""

from __future__ import annotations

from huey import Huey, PostgresHuey, SqliteHuey
from huey.serializer import SignedSerializer

from config import Settings

NAME = "lapor"


def make_queue(settings: Settings) -> Huey:
    """The queue that belongs to the settings' database. Messages are signed: they are pickles."""
    signed = SignedSerializer(secret=settings.key(), salt="lapor-jobs")
    if settings.embedded:
        settings.instance.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(settings.instance / "jobs.sqlite"), serializer=signed, utc=True)
    dsn = settings.database.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey(NAME, dsn=dsn, serializer=signed, utc=True)
