"""Films and sounds: what they show and say stays, where and with what they were taken goes.

Boxes of MP4 that hold such things are emptied where they stand, since the places of pictures and sounds
are counted from the beginning of the file. Of MP3 the sounding frames alone are kept.
"""

from __future__ import annotations

from cleaning.bare import blank, boxes
from cleaning.refusals import Reason, Refused

# Boxes that hold boxes and are gone through, and leaves that playing needs. All others are emptied.
_HOLDERS = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"}
)
_KEPT = frozenset(
    kind.encode()
    for kind in [
        "ftyp",
        "styp",
        "mdat",
        "sidx",
        "mfra",
        "mvhd",
        "tkhd",
        "mdhd",
        "hdlr",
        "vmhd",
        "smhd",
        "nmhd",
        "stsd",
        "stts",
        "ctts",
        "stsc",
        "stsz",
        "stz2",
        "stco",
        "co64",
        "stss",
        "sdtp",
        "sbgp",
        "sgpd",
        "elst",
        "dref",
        "trex",
        "mehd",
        "mfhd",
        "tfhd",
        "tfdt",
        "trun",
        "iods",
        "saio",
        "saiz",
        "cslg",
        "tref",
        "mfro",
        "tfra",
        "gmhd",
    ]
)
_TRACKS = frozenset({b"vide", b"soun"})
_MP3 = {  # bit rates by version and layer 3, in kbit/s
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44_100, 48_000, 32_000)
_HELD_MOST = 50_000  # boxes of one file


def clean(content: bytes) -> bytes:
    """An MP4, M4A or MP3 without places, names and pictures of its covers. Raises Refused."""
    if content[4:8] == b"ftyp":
        return mp4(content)
    return mp3(content)


def mp4(content: bytes) -> bytes:
    changed = bytearray(content)
    count = _walk(changed, 0, len(changed), 0)
    if not count:
        raise Refused(Reason.DAMAGED)
    return bytes(changed)


def _walk(content: bytearray, begin: int, end: int, count: int) -> int:
    for kind, at, inside, behind in boxes(content, begin, end):
        count += 1
        if count > _HELD_MOST:
            raise Refused(Reason.HEAVY)
        if kind in _HOLDERS:
            count = _walk(content, inside, behind, count)
        elif kind not in _KEPT:
            blank(content, at, inside, behind)
        if kind == b"hdlr":
            _track(content, inside, behind)
    return count


def _track(content: bytearray, inside: int, end: int) -> None:
    """A track that is neither picture nor sound is one of places or sensors, and lies among the pictures."""
    if bytes(content[inside + 8 : inside + 12]) not in _TRACKS:
        raise Refused(Reason.TRACKS)
    named = inside + 24
    content[named:end] = bytes(max(0, end - named))  # the maker's name for it


def mp3(content: bytes) -> bytes:
    kept, at = [], 0
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            break
        length = _frame(content, at)
        # Within a tag a frame may seem to begin: a true one is followed by another, or ends the sound.
        if length and (_frame(content, at + length) or (kept and at + length <= len(content))):
            kept.append(content[at : at + length])
            at += length
        else:
            at += 1
    if not kept:
        raise Refused(Reason.DAMAGED)
    return b"".join(kept)


def _frame(content: bytes, at: int) -> int:
    """The length of the frame of MPEG layer 3 that begins at `at`; 0 for none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version = {3: 1, 2: 2, 0: 4}.get(head[1] >> 3 & 3)  # MPEG 1, 2 and 2.5, as parts of the first's rates
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version is None or rate == 3 or not 0 < bits < 15:
        return 0
    kilobits = _MP3[1 if version == 1 else 2][bits]
    return (144 if version == 1 else 72) * 1000 * kilobits // (_RATES[rate] // version) + (head[2] >> 1 & 1)
