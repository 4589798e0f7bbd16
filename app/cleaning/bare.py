"""Pictures and boxes without what was written beside them; what is seen and heard stays bit by bit."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from cleaning.refusals import Reason, Refused

# JPEG: markers without a length, and the segments that are thrown away: APP0 to APP15 and comments, but
# for Adobe's APP14, which says how its colours are meant.
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_ADOBE, _COMMENT, _SCAN, _END = 0xEE, 0xFE, 0xDA, 0xD9
_THROWN = frozenset({*range(0xE0, 0xF0), _COMMENT}) - {_ADOBE}

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_THROWN = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP"})


def jpeg(content: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments, profiles and what hangs behind its end. Raises Refused."""
    if content[:2] != b"\xff\xd8":
        raise Refused(Reason.DAMAGED)
    kept, at = [content[:2]], 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # padding
            at += 1
        if len(content) < at + 2 or content[at] != 0xFF:
            raise Refused(Reason.DAMAGED)
        marker = content[at + 1]
        if marker == _END:
            kept.append(content[at : at + 2])
            return b"".join(kept)
        if marker in _ALONE:
            end = at + 2
        else:
            end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
            if end > len(content) or end < at + 4:
                raise Refused(Reason.DAMAGED)
        if marker not in _THROWN:
            kept.append(content[at:end])
        at = end
        if marker == _SCAN:
            at = _behind_scan(content, end)
            kept.append(content[end:at])


def _behind_scan(content: bytes, at: int) -> int:
    """Where the next segment begins: FF, and neither a stuffed byte nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Refused(Reason.DAMAGED)
        if content[at + 1] != 0 and content[at + 1] not in _ALONE:
            return at
        at += 2


def png(content: bytes) -> bytes:
    """A PNG without texts, EXIF, time and what hangs behind its end. Raises Refused."""
    if not content.startswith(_PNG):
        raise Refused(Reason.DAMAGED)
    kept, at = [_PNG], len(_PNG)
    while True:
        if len(content) < at + 12:
            raise Refused(Reason.DAMAGED)
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise Refused(Reason.DAMAGED)
        if kind not in _PNG_THROWN:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def boxes(content: bytes | bytearray, begin: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """The boxes of an ISO base media file in content[begin:end]: kind, where it, its inside and its end are.

    Raises Refused for one that is not all there.
    """
    at = begin
    while at < end:
        if end - at < 8:
            raise Refused(Reason.DAMAGED)
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        inside = at + 8
        if size == 1:
            size, inside = int.from_bytes(content[at + 8 : at + 16]), at + 16
        elif size == 0:
            size = end - at
        if size < inside - at or at + size > end:
            raise Refused(Reason.DAMAGED)
        yield bytes(kind), at, inside, at + size
        at += size


def blank(content: bytearray, at: int, inside: int, end: int) -> None:
    """Make a box an empty one of the same size: nothing behind it moves."""
    content[at + 4 : at + 8] = b"free"
    content[inside:end] = bytes(end - inside)
