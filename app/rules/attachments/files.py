"""Which files may be sent, by whom, and how they are named (cases G4, G7, G8).

A type is decided by the content and must equal the extension: a browser, a virus and a court all look
at one of the two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

NAME_MAX = 180  # characters of a name as it is shown
PIXELS_MAX = 40_000_000  # a phone's largest photograph, and no bomb
PENDING_HOURS = 24  # how long an uploaded file waits for its form before it is swept
TAKEN_HOURS = 23  # how long a form still takes it: never while the sweeper may be at it
PENDING_MAX = 50  # files of one account that wait for their forms


class Sender(StrEnum):
    OFFICER = "officer"
    CITIZEN = "citizen"


@dataclass(frozen=True)
class FileType:
    """content_type: as it is served. picture: shown in the page, decoded and written anew. citizens: whether
    they may send it too."""

    content_type: str
    picture: bool = False
    citizens: bool = False


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_JPEG = FileType("image/jpeg", picture=True, citizens=True)

# By extension. Citizens send what a phone makes of a grievance: pictures and PDF (case G7). Each type has
# a cleaner (app/services/attachments/cleaning.py), and is served as a download with nosniff, but for pictures.
TYPES: Mapping[str, FileType] = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": FileType("image/png", picture=True, citizens=True),
    "webp": FileType("image/webp", picture=True, citizens=True),
    "pdf": FileType("application/pdf", citizens=True),
    "docx": FileType(f"{_OPEN_XML}wordprocessingml.document"),
    "xlsx": FileType(f"{_OPEN_XML}spreadsheetml.sheet"),
    "pptx": FileType(f"{_OPEN_XML}presentationml.presentation"),
    "odt": FileType(f"{_OPEN_DOCUMENT}text"),
    "ods": FileType(f"{_OPEN_DOCUMENT}spreadsheet"),
    "csv": FileType("text/csv"),
    "txt": FileType("text/plain"),
    "mp4": FileType("video/mp4"),
    "mp3": FileType("audio/mpeg"),
    "m4a": FileType("audio/mp4"),
}
# What a file of this type is called when its own name is not told: the first extension of each.
EXTENSIONS: Mapping[str, str] = {
    kind.content_type: extension for extension, kind in reversed(list(TYPES.items()))
}
PICTURES = frozenset(kind.content_type for kind in TYPES.values() if kind.picture)


def extensions_for(sender: Sender) -> tuple[str, ...]:
    """The extensions that `sender` may use, in the order in which they are told."""
    return tuple(ext for ext, kind in TYPES.items() if sender is Sender.OFFICER or kind.citizens)


def extension_of(name: str) -> str:
    """The extension of a file name, small and without its dot; "" without one."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def shown_name(name: str) -> str:
    """A name as it is kept and shown: no path, no control character, at most NAME_MAX characters.

    The extension survives the cut.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .") or "berkas"
    path = PurePosixPath(clean)
    return path.stem[: NAME_MAX - len(path.suffix)] + path.suffix if len(clean) > NAME_MAX else clean


def neutral_name(number: int, content_type: str) -> str:
    """What a reporter's file is called for everybody else: "Lampiran 1.jpg". The own name of a file may
    say who sent it, and where and of what it is."""
    extension = EXTENSIONS.get(content_type, "")
    return f"Lampiran {number}.{extension}" if extension else f"Lampiran {number}"


def name_for_others(original: str, number: int | None, content_type: str) -> str:
    """The name of a file on every page, in every download and answer; number: of a reporter's file."""
    return shown_name(original) if number is None else neutral_name(number, content_type)


def name_for_sender(original: str, number: int | None, content_type: str) -> str:
    """The same for the reporter of the report: their own files by their own names, unless those were erased."""
    own = shown_name(original) if number is not None and original else ""
    return own or name_for_others(original, number, content_type)
