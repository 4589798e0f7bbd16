"""Office files: packed again without what their programs note of people and machines.

Their properties become empty ones, their previews go, photographs within lose their EXIF. What cannot be
taken out without changing what the file says is refused: comments and tracked changes with their authors,
files and programs within, other files that they fetch.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from cleaning import bare
from cleaning.refusals import Reason, Refused

UNPACKED_MAX = 200 * 1024 * 1024  # bytes of all members together
MEMBERS_MAX = 10_000
_OPEN_XML = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MICROSOFT = "http://schemas.microsoft.com/office"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
EMPTIED = {
    "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_OPEN_XML}/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OPEN_XML}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'{_HEAD}<Properties xmlns="{_OPEN_XML}/officeDocument/2006/custom-properties"/>',
    "word/people.xml": f'{_HEAD}<w15:people xmlns:w15="{_MICROSOFT}/word/2012/wordml"/>',
    "xl/persons/person.xml": f'{_HEAD}<personList xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments"/>',
    "ppt/commentAuthors.xml": f'{_HEAD}<p:cmAuthorLst xmlns:p="{_OPEN_XML}/presentationml/2006/main"/>',
    "meta.xml": f'{_HEAD}<office:document-meta xmlns:office="{_OFFICE}" office:version="1.2"><office:meta/></office:document-meta>',
}
# Members by name, as they are refused. The name is all that Word, Excel and LibreOffice go by as well.
REFUSED = (
    (re.compile(r"(^|/)(comments|threadedComments|revisions|modernComment)[^/]*(/|\.xml$)"), Reason.REMARKS),
    (re.compile(r"(^|/)(embeddings|activeX|ctrlProps|ObjectReplacements|Object \d+|Basic|Scripts)/", re.I), Reason.EMBEDDED),
    (re.compile(r"(^|/)(vbaProject|vbaData|attachedToolbars)[^/]*$|\.(bin|ole|exe|js|vbs)$", re.I), Reason.EMBEDDED),
    (re.compile(r"(^|/)(externalLinks|webextensions)/|(^|/)connections\.xml$"), Reason.LINKED),
)  # fmt: skip
PRINTER = re.compile(r"(^|/)printerSettings/[^/]+\.bin$")  # the printer's name: emptied
PREVIEW = re.compile(r"^(docProps/thumbnail|Thumbnails/)", re.I)
PHOTO = re.compile(r"\.(jpe?g|jpe|jfif)$", re.I)
DRAWN = re.compile(r"\.png$", re.I)
HARMLESS = re.compile(r"\.(emf|wmf|gif|bmp|odttf|ttf|otf)$|^layout-cache$", re.I)
WHERE_SAVED = re.compile(
    rb"(<(?:\w+:)?absPath\b[^<>]*\burl=)(\"[^\"]*\"|'[^']*')"
)  # Excel's, with the account's name
TEXTS = re.compile(r"\.(xml|rels|vml|rdf)$|^mimetype$", re.I)
# One white point, in place of a preview.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
# Elements that say who said or changed what, by their own name, and attributes that name a person.
SPEAKING = frozenset(
    {"annotation", "tracked-changes", "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "cellIns", "cellDel"}
)  # fmt: skip
NAMING = frozenset({"author", "initials", "lastModifiedBy", "userName"})
# What a field of Word's, or a formula, has its program fetch or start by itself.
FETCHING_FIELD = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE)\b", re.I | re.M
)
FETCHING_FORMULA = re.compile(
    r"\b(?:_xlfn\.|_xldudf_|com\.sun\.star\.\S*)?(?:WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER(?:\.ID)?|SQL\.REQUEST)\s*\(|\|\s*'",
    re.I,
)
FIELDS, FORMULAS = (
    frozenset({"instrText", "delInstrText"}),
    frozenset({"f", "formula1", "formula2", "definedName"}),
)
# Where a target begins that lies outside of the file; and one that a reader may follow there.
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|\.\.[/\\]", re.I)
FOLLOWED = re.compile(r"(?:https?|mailto|tel):|#", re.I)
CLICKED = frozenset({"a"})


def clean(content: bytes) -> bytes:
    """DOCX, XLSX, PPTX, ODT or ODS, packed again. Raises Refused."""
    out, left = io.BytesIO(), UNPACKED_MAX
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            members = old.infolist()
            if len(members) > MEMBERS_MAX or len({each.filename for each in members}) < len(members):
                raise Refused(Reason.HEAVY if len(members) > MEMBERS_MAX else Reason.DAMAGED)
            for member in members:
                if member.is_dir():
                    continue
                with old.open(member) as stream:
                    inside = stream.read(left + 1)
                left -= len(inside)
                if left < 0:
                    raise Refused(Reason.HEAVY)
                # With a time of its own: the day on which each part was written goes as well.
                info = zipfile.ZipInfo(member.filename)
                info.compress_type = (
                    zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
                )
                new.writestr(info, _cleaned(member.filename, inside))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Refused(Reason.DAMAGED) from error
    except RuntimeError as error:  # a member with a password
        raise Refused(Reason.LOCKED) from error
    return out.getvalue()


def _cleaned(name: str, content: bytes) -> bytes:
    """One member. Whatever is not known is refused."""
    if name in EMPTIED:
        return EMPTIED[name].encode()
    if name.endswith(".psmdcp"):  # core properties by the name that .NET gives them
        return EMPTIED["docProps/core.xml"].encode()
    if PREVIEW.match(name):
        return POINT
    if PRINTER.search(name):
        return b""
    for pattern, reason in REFUSED:
        if pattern.search(name):
            raise Refused(reason)
    if PHOTO.search(name):
        return bare.jpeg(content)
    if DRAWN.search(name):
        return bare.png(content)
    if TEXTS.search(name):
        if name != "mimetype":
            _look_at(content)
        return WHERE_SAVED.sub(rb'\1""', content)
    if HARMLESS.search(name):
        return content
    raise Refused(Reason.PICTURE)


def _look_at(content: bytes) -> None:
    """Raises Refused for a part that names people, or fetches what lies elsewhere."""
    fields = ""  # a line for each; one may be parted into many runs
    try:
        for _event, element in iterparse(io.BytesIO(content), events=("end",), forbid_dtd=True):
            _look_at_element(element)
            own = str(element.tag).rpartition("}")[2]
            if own in FIELDS:
                fields += element.text or ""
            elif own == "fldChar":
                fields += "\n"
            element.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        if not content.strip():
            return
        raise Refused(Reason.DAMAGED) from error
    if FETCHING_FIELD.search(fields):
        raise Refused(Reason.LINKED)


def _look_at_element(element: Any) -> None:
    own = str(element.tag).rpartition("}")[2]
    if own in SPEAKING and (own in ("annotation", "tracked-changes") or element.attrib):
        raise Refused(Reason.REMARKS)
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] in NAMING and value.strip():
            raise Refused(Reason.REMARKS)
    if _fetches(own, element):
        raise Refused(Reason.LINKED)
    # A link that a reader follows stays; what the program fetches by itself does not.
    if own == "Relationship" and element.get("TargetMode") == "External":
        followed = element.get("Type", "").endswith("/hyperlink")
        if not followed or element.get("Target", "").startswith(("file:", "\\")):
            raise Refused(Reason.LINKED)


def _fetches(own: str, element: Any) -> bool:
    """Whether its program gets or starts something by this element, without anybody's click."""
    if own in FORMULAS and FETCHING_FORMULA.search(element.text or ""):
        return True
    for key, value in element.attrib.items():
        space, _, name = key.rpartition("}")
        if name == "instr" and FETCHING_FIELD.match(value):
            return True
        if name == "formula" and FETCHING_FORMULA.search(value):
            return True
        if name == "href" and space.endswith("/xlink") and OUTSIDE.match(value.strip()):
            followed = own in CLICKED and FOLLOWED.match(value.strip()) is not None
            if not followed:
                return True
    return own in ("dde-connection-decl", "dde-source", "dde-link", "event-listener")
