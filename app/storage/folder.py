"""Files in a local folder, spread over subfolders by their first letters."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO

NAME = re.compile(r"[0-9a-f]{16,64}")


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / name

    def put(self, name: str, content: bytes) -> None:
        self.put_stream(name, BytesIO(content))

    def put_stream(self, name: str, stream: IO[bytes]) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Under its name only once it is whole: a crash leaves a nameless rest, never half a file.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as rest:
            shutil.copyfileobj(stream, rest)
            rest.flush()
            os.fsync(rest.fileno())
        Path(rest.name).replace(path)

    def open(self, name: str) -> IO[bytes]:
        return self._path(name).open("rb")

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)
