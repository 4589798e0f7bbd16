"""How much room there is for what people send: in the folder of files, and where forms are unpacked."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass

from config import Settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Room:
    """free: megabytes where there are fewest. floor: below that many no file is taken."""

    free: int
    floor: int

    @property
    def short(self) -> bool:
        return self.free < self.floor


def room(settings: Settings) -> Room:
    """As it is now. With files in a bucket only the place where forms are unpacked counts."""
    places = [tempfile.gettempdir()]
    if settings.storage == "local" and settings.instance.is_dir():
        places.append(str(settings.instance))
    free = min(shutil.disk_usage(place).free for place in places) // MEGABYTE
    return Room(free, settings.disk_floor_mb)
