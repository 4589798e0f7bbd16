"""Why a file is not taken: what cannot be cleaned is refused, never passed on."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    LOCKED = "locked"  # a password, or rights that it reserves
    DAMAGED = "damaged"  # it cannot be read from beginning to end
    HEAVY = "heavy"  # pages, objects, what it unpacks to, memory or time
    LAYERS = "layers"  # layers that are not shown
    FORM = "form"  # an XFA form, which draws itself by a script
    REMARKS = "remarks"  # comments or tracked changes, with their authors
    EMBEDDED = "embedded"  # other files, or programs, within
    LINKED = "linked"  # other files that it fetches
    PICTURE = "picture"  # a picture within, of a kind that cannot be cleaned
    TRACKS = "tracks"  # a recording's track that is neither picture nor sound: places, sensors


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
