"""Where the bytes of attachments lie: a folder, or a bucket of an S3-compatible server.

A stored file has a random name and nothing else; what it is and who may read it stands in the
database (app/models/reports/contribution.py).
"""

from __future__ import annotations

from typing import IO, Protocol

from config import Settings


class Storage(Protocol):
    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, wholly or not at all."""

    def put_stream(self, name: str, stream: IO[bytes]) -> None:
        """The same of a stream, which may be longer than memory."""

    def open(self, name: str) -> IO[bytes]:
        """The bytes as a stream. Raises FileNotFoundError for a name that is not kept."""

    def delete(self, name: str) -> None:
        """Forget `name`; one that is not kept is no error."""


def storage_of(settings: Settings) -> Storage:
    """The storage that an installation has chosen."""
    if settings.storage == "s3":
        from app.storage.bucket import Bucket

        return Bucket(settings)
    from app.storage.folder import Folder

    return Folder(settings.instance / "files")
