"""Files as people send them, made for tests: each holds what its writer never meant to send.

PLANTED stands in the properties, scripts, remarks and places of every one of them: a clean file has it
nowhere, however it is packed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String
from PIL import Image

PLANTED = b"Rahasia-Pengirim"
SAID = PLANTED.decode()


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture with a camera, a place, and a remark."""
    exif = Image.Exif()
    exif[0x010F] = SAID
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, exif=exif)
    return out.getvalue()


def plain_pdf(words: str = "Surat") -> bytes:
    """A page with some words, and nothing beside them."""
    with Pdf.new() as made:
        _page(made, words)
        return _saved(made)


def planted_pdf() -> bytes:
    """Author, XMP, scripts, a form, a note, a link, an embedded file, a photograph with its place, and what
    an earlier revision said."""
    with Pdf.new() as made:
        page = _page(made, "Surat")
        made.docinfo["/Author"] = SAID
        with made.open_metadata() as about:
            about["dc:creator"] = [SAID]
        script = Dictionary(S=Name.JavaScript, JS=f"app.alert('{SAID}')")
        made.Root.OpenAction = script
        made.Root.AA = Dictionary(WC=script)
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        made.attachments["rahasia.txt"] = AttachedFileSpec(made, PLANTED, filename=f"{SAID}.txt")
        picture = Stream(
            made,
            photo(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=40,
            Height=20,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
            Filter=Name.DCTDecode,
        )
        picture.Metadata = Stream(made, b"<x>" + PLANTED + b"</x>")
        page.obj.Resources.XObject = Dictionary(I=picture)
        page.obj.AA = Dictionary(O=script)
        page.obj.PieceInfo = Dictionary(X=Dictionary(Private=String(SAID)))
        look = Stream(
            made, b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20])
        )
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=SAID, F=4, Rect=Array([9, 9, 50, 29]),
                AP=Dictionary(N=look), A=Dictionary(S=Name.Launch, F=f"{SAID}.exe"),
            )
        )  # fmt: skip
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI=f"http://{SAID}.example"),
        )
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, T=SAID, Contents=SAID, Rect=Array([0, 0, 9, 9]))
        page.obj.Annots = Array([field, made.make_indirect(link), made.make_indirect(note)])
        made.Root.AcroForm = Dictionary(Fields=Array([field]))
        return _with_a_past(_saved(made))


def hidden_layer_pdf() -> bytes:
    with Pdf.new() as made:
        _page(made, "Denah")
        layer = made.make_indirect(Dictionary(Type=Name.OCG, Name="Lapisan"))
        made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        return _saved(made)


def locked_pdf() -> bytes:
    with Pdf.new() as made:
        _page(made, "Surat")
        out = io.BytesIO()
        made.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
        return out.getvalue()


def bomb_pdf(unpacked: int = 1_000_000_000) -> bytes:
    """One page that unpacks to `unpacked` bytes, in about a thousandth of them."""
    packer = zlib.compressobj(9)
    packed = [packer.compress(bytes(1_000_000)) for _ in range(unpacked // 1_000_000)]
    packed.append(packer.flush())
    with Pdf.new() as made:
        page = _page(made, "Bom")
        page.obj.Contents = Stream(made, b"".join(packed), Filter=Name.FlateDecode)
        return _saved(made)


def _page(made: Pdf, words: str) -> pikepdf.Page:
    page = made.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    page.obj.Contents = Stream(made, f"BT /F 12 Tf 20 200 Td ({words}) Tj ET".encode())
    return page


def _saved(made: Pdf) -> bytes:
    out = io.BytesIO()
    made.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def _with_a_past(content: bytes) -> bytes:
    """The same, with an object that a later revision took back: an incremental update is appended."""
    start = content.rindex(b"startxref") + len(b"startxref")
    before = int(content[start:].split()[0])
    with pikepdf.open(io.BytesIO(content)) as found:
        size, root = int(found.trailer.Size), found.Root.objgen[0]
    at = len(content)
    past = b"%d 0 obj\n(%s)\nendobj\n" % (size, PLANTED)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, at)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size + 1, root, before)
    return content + past + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + len(past))


def unpacked(content: bytes) -> bytes:
    """Everything in a file in one piece, however it was packed: what somebody finds who looks for it."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as found:
            out = io.BytesIO()
            found.save(
                out,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        return content + out.getvalue()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            return b"\n".join(name.encode() + found.read(name) for name in found.namelist())
    return content


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def open_xml(folder: str, part: str, **more: bytes) -> bytes:
    """A DOCX, XLSX or PPTX of the members that tell what it is, with properties and a photograph."""
    properties = b'<p:x xmlns:p="urn:x"><p:creator>' + PLANTED + b"</p:creator></p:x>"
    members = {
        "[Content_Types].xml": b"<Types/>",
        "docProps/core.xml": properties,
        "docProps/app.xml": properties,
        "docProps/custom.xml": properties,
        "docProps/thumbnail.jpeg": photo(),
        f"{folder}/{part}.xml": b"<x>Isi</x>",
        f"{folder}/media/image1.jpg": photo(),
    }
    return archive({**members, **{name.replace("__", "/"): content for name, content in more.items()}})


def open_document(kind: str) -> bytes:
    """An ODT ("text") or ODS ("spreadsheet")."""
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": b"<x>Isi</x>",
            "meta.xml": b"<m>" + PLANTED + b"</m>",
            "Thumbnails/thumbnail.png": photo("PNG"),
            "Pictures/1.jpg": photo(),
        }
    )


def box(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def mp4(brand: bytes = b"mp42", track: bytes = b"vide") -> bytes:
    """A film's boxes, with its place beside the film and beside its track."""
    place = box(b"udta", box(b"\xa9xyz", PLANTED) + box(b"meta", PLANTED))
    handler = box(b"hdlr", bytes(8) + track + bytes(12) + PLANTED + b"\0")
    media = box(b"trak", box(b"tkhd", bytes(80)) + box(b"mdia", handler) + place)
    film = box(b"moov", box(b"mvhd", bytes(100)) + media + place) + box(b"uuid", bytes(16) + PLANTED)
    return box(b"ftyp", brand + bytes(4) + b"mp42isom") + film + box(b"mdat", b"gambar")


def mp3() -> bytes:
    """Sound between a tag before it and one behind it."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    size = len(PLANTED) + 11
    tag = (
        b"ID3\x03\x00\x00"
        + bytes([0, 0, 0, size])
        + b"TPE1"
        + struct.pack(">I", len(PLANTED) + 1)
        + b"\0\0\0"
        + PLANTED
    )
    return tag + frame * 20 + b"TAG" + PLANTED.ljust(125, b"\0")


def samples() -> dict[str, bytes]:
    """The planted file of each extension. Plain text says what it says: nothing is planted beside it."""
    return {
        "jpg": photo(),
        "jpeg": photo(),
        "png": photo("PNG"),
        "webp": photo("WEBP"),
        "pdf": planted_pdf(),
        "docx": open_xml("word", "document"),
        "xlsx": open_xml("xl", "workbook"),
        "pptx": open_xml("ppt", "presentation"),
        "odt": open_document("text"),
        "ods": open_document("spreadsheet"),
        "csv": b"nama;jumlah\nlampu;3\n",
        "txt": b"Isi surat.",
        "mp4": mp4(),
        "mp3": mp3(),
        "m4a": mp4(b"M4A ", b"soun"),
    }
