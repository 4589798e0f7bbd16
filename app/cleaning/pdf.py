"""PDFs: their pages are copied into a new document, which holds nothing that is not listed here.

No Info and no XMP, no scripts, no actions, no embedded files, no earlier revisions, no forms: what fields
and notes show becomes part of the page. By pikepdf (qpdf).
"""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from cleaning import bare
from cleaning.refusals import Reason, Refused

PAGES_MAX = 500
OBJECTS_MAX = 100_000
UNPACKED_MAX = 400 * 1024 * 1024  # bytes of all streams together
PIXELS_MAX = 200_000_000  # of one picture: a large drawing, scanned
FILTERS_MAX = 3  # one in another

# Of a page, whatever else its writer put there.
PAGE = frozenset(
    [
        "/Type",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    ]
)
# Of anything that a page draws with: taken out wherever it stands.
THROWN = frozenset(
    [
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/AF",
        "/EF",
        "/RF",
        "/AA",
        "/A",
        "/OpenAction",
        "/JS",
        "/JavaScript",
        "/OPI",
        "/Ref",
        "/Alternates",
        "/OC",
        "/Measure",
        "/PtData",
        "/VP",
        "/Thumb",
        "/StructParent",
        "/StructParents",
        "/ID",
        "/URI",
        "/Private",
        "/Annots",
        "/Info",
    ]
)
PACKED = ("/FlateDecode", "/Fl")
JPEG, JPEG2000 = ("/DCTDecode", "/DCT"), ("/JPXDecode",)
# What readers draw by running it, or what lies outside of the file.
PROGRAMS = frozenset({"/PS"})


def clean(content: bytes) -> bytes:
    """The pages of a PDF in a new one. Raises Refused."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, inherit_page_attributes=True) as found:
            return _written_anew(found)
    except pikepdf.PasswordError as locked:
        raise Refused(Reason.LOCKED) from locked
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        raise Refused(Reason.DAMAGED) from error
    except RuntimeError as error:  # what qpdf says when there is no more memory, or a nesting without end
        raise Refused(Reason.HEAVY) from error


def _written_anew(found: Pdf) -> bytes:
    if found.is_encrypted:
        raise Refused(Reason.LOCKED)
    if len(found.pages) > PAGES_MAX or len(found.objects) > OBJECTS_MAX:
        raise Refused(Reason.HEAVY)
    if not len(found.pages):
        raise Refused(Reason.DAMAGED)
    _look_at(found)
    if Name.AcroForm in found.Root:
        if Name.XFA in found.Root.AcroForm and found.Root.get(Name.NeedsRendering, False):
            raise Refused(Reason.FORM)
        found.generate_appearance_streams()
    found.flatten_annotations("all")
    with Pdf.new() as new:
        for page in found.pages:
            for key in set(page.obj.keys()) - PAGE:
                del page.obj[key]
            new.pages.append(page)
        for each in new.objects:
            _strip(each)
        out = io.BytesIO()
        new.remove_unreferenced_resources()
        new.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def _look_at(found: Pdf) -> None:
    """Refuse what shows less than it holds, and what would unpack to more than a reader can bear."""
    layers = found.Root.get(Name.OCProperties)
    if layers is not None:
        chosen = layers.get(Name.D, Dictionary())
        if chosen.get(Name.BaseState, Name.ON) != Name.ON or len(chosen.get(Name.OFF, Array())):
            raise Refused(Reason.LAYERS)
    unpacked = 0
    for each in found.objects:
        if isinstance(each, Stream):
            unpacked += _unpacked(each, UNPACKED_MAX - unpacked)
            if unpacked > UNPACKED_MAX:
                raise Refused(Reason.HEAVY)


def _filters(stream: Stream) -> list[str]:
    named = stream.get(Name.Filter, Array())
    return [str(named)] if isinstance(named, Name) else [str(each) for each in named]


def _unpacked(stream: Stream, most: int) -> int:
    """How many bytes a stream unpacks to, counted up to one more than `most`. Raises Refused."""
    filters = _filters(stream)
    if len(filters) > FILTERS_MAX:
        raise Refused(Reason.HEAVY)
    if stream.get(Name.Subtype) == Name.Image:
        pixels = int(stream.get(Name.Width, 0)) * int(stream.get(Name.Height, 0))
        if pixels > PIXELS_MAX:
            raise Refused(Reason.HEAVY)
    if str(stream.get(Name.Subtype, "")) in PROGRAMS or Name.F in stream:
        raise Refused(Reason.EMBEDDED)
    raw = bytes(stream.read_raw_bytes())
    if len(filters) == 1 and filters[0] in PACKED:
        return _inflated(raw, most)
    if not filters or filters[-1] in (*JPEG, *JPEG2000, "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"):
        return len(raw)
    return len(bytes(stream.read_bytes()))


def _inflated(raw: bytes, most: int) -> int:
    """Counted piece by piece: a bomb is never held."""
    count, packed, rest = 0, zlib.decompressobj(), raw
    try:
        while rest and count <= most and not packed.eof:
            count += len(packed.decompress(rest, 1_000_000))
            rest = packed.unconsumed_tail
    except zlib.error as error:
        raise Refused(Reason.DAMAGED) from error
    return count


def _strip(each: Any) -> None:
    """Take out of an object, and of what it holds itself, what no page needs to be drawn."""
    if isinstance(each, Array):
        for part in each:
            _strip(part)
        return
    if not isinstance(each, Dictionary | Stream):
        return
    for key in list(each.keys()):
        if key in THROWN:
            del each[key]
        elif key == "/Properties":
            # What parts of a page are called: names stay, so that the page is read as before, alone.
            each[key] = Dictionary({name: Dictionary() for name in set(each[key].keys())})
        elif isinstance(each[key], Array | Dictionary) and not each[key].is_indirect:
            _strip(each[key])
    if isinstance(each, Stream):
        _bare_picture(each)


def _bare_picture(stream: Stream) -> None:
    """A photograph within keeps its EXIF: it is taken out, the picture stays bit by bit."""
    filters = _filters(stream)
    if not filters or filters[-1] not in (*JPEG, *JPEG2000):
        return
    if len(filters) > 1:
        raise Refused(Reason.PICTURE)
    raw = bytes(stream.read_raw_bytes())
    parameters = stream.get(Name.DecodeParms)
    picture = bare.jpeg(raw) if filters[-1] in JPEG else _bare_jpeg2000(raw)
    stream.write(picture, filter=Name(filters[-1]), decode_parms=parameters)


def _bare_jpeg2000(raw: bytes) -> bytes:
    if raw[:4] == b"\xff\x4f\xff\x51":  # the picture alone, in no box
        return raw
    changed = bytearray(raw)
    for kind, at, inside, end in bare.boxes(changed, 0, len(changed)):
        if kind not in (b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"):
            bare.blank(changed, at, inside, end)
    return bytes(changed)
