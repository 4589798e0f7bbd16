"""Attachments on their way in: looked at, reserved, stored, and made part of what they came with.

First a pending row is committed, then the bytes are stored, then the transaction of the follow-up,
comment, reply or report makes them ready. A form that is refused keeps what was uploaded; what no form
takes within a day is swept (cases G1, G5, G8, G9).
"""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import puremagic
from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Attachment, FileState, Report
from app.rules.errors import Invalid
from app.rules.files import (
    PENDING_HOURS,
    PIXELS_MAX,
    TYPES,
    FileType,
    Sender,
    extension_of,
    extensions_for,
    shown_name,
)
from app.rules.labels import N_, Filled

MEGABYTE = 1024 * 1024
TOO_LARGE = N_("%(name)s melebihi batas %(limit)s MB. Perkecil berkasnya, lalu lampirkan lagi.")
EMPTY = N_("%(name)s kosong. Periksa berkasnya, lalu lampirkan lagi.")
NOT_TAKEN = N_("%(name)s tidak dapat diterima. Jenis berkas yang diterima: %(types)s.")
NOT_WHAT_IT_SAYS = N_(
    "Isi %(name)s bukan berkas .%(extension)s yang utuh. Simpan ulang berkasnya dengan jenis yang benar, lalu lampirkan lagi."
)
TOO_MANY_PIXELS = N_(
    "Gambar %(name)s terlalu besar: paling banyak %(limit)s megapiksel. Perkecil, lalu lampirkan lagi."
)
TOO_MANY = N_("Paling banyak %(limit)s lampiran dalam satu kiriman.")
EXPIRED = N_("Lampiran yang diunggah sebelumnya sudah tidak tersedia. Lampirkan lagi berkasnya.")
PIXEL_UNIT = 1_000_000


@dataclass(frozen=True)
class NewFile:
    """A file that was looked at and may be kept: pictures are written anew, without what cameras add."""

    name: str
    content_type: str
    content: bytes


def inspect(name: str, content: bytes, sender: Sender, *, limit: int) -> NewFile:
    """Look at what somebody sends; `limit` in bytes. Raises Invalid, naming the file and what to do."""
    shown = shown_name(name)
    extension = extension_of(shown)
    if not content:
        raise _refused(EMPTY, name=shown)
    if len(content) > limit:
        raise _refused(TOO_LARGE, name=shown, limit=limit // MEGABYTE)
    allowed = extensions_for(sender)
    if extension not in allowed:
        raise _refused(NOT_TAKEN, name=shown, types=", ".join(allowed))
    kind = TYPES[extension]
    if kind.picture:
        content = _rewritten(shown, extension, kind, content)
    elif not _CONTENT_IS[extension](content):
        raise _refused(NOT_WHAT_IT_SAYS, name=shown, extension=extension)
    return NewFile(shown, kind.content_type, content)


def _refused(message: str, **params: object) -> Invalid:
    return Invalid({"files": Filled(message, **params)})


def _rewritten(name: str, extension: str, kind: FileType, content: bytes) -> bytes:
    """The picture decoded and written anew: upright, one frame, without EXIF, place or comments."""
    wanted = kind.content_type.removeprefix("image/").upper()
    try:
        with Image.open(io.BytesIO(content), formats=(wanted,)) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise _refused(TOO_MANY_PIXELS, name=name, limit=PIXELS_MAX // PIXEL_UNIT)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            bare = upright.convert("RGB" if wanted == "JPEG" else _mode(upright))
            bare.info.clear()
            out = io.BytesIO()
            bare.save(out, wanted, quality=88) if wanted != "PNG" else bare.save(out, wanted)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise _refused(NOT_WHAT_IT_SAYS, name=name, extension=extension) from broken


def _mode(picture: Image.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"


def _is(extension: str) -> Callable[[bytes], bool]:
    """By its signature, among everything that puremagic knows."""

    def check(content: bytes) -> bool:
        try:
            found = puremagic.magic_string(content)
        except puremagic.PureError:
            return False
        return any(match.extension == f".{extension}" for match in found)

    return check


def _open_xml(folder: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        names = _members(content)
        macro = any(name.endswith("vbaProject.bin") for name in names)
        return "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) and not macro

    return check


def _open_document(content_type: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        if "mimetype" not in _members(content):
            return False
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as member:
            return member.read(len(content_type) + 1).strip() == content_type.encode()

    return check


def _members(content: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def _plain_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


_CONTENT_IS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is("pdf"),
    "mp4": _is("mp4"),
    "docx": _open_xml("word/"),
    "xlsx": _open_xml("xl/"),
    "pptx": _open_xml("ppt/"),
    "odt": _open_document(TYPES["odt"].content_type),
    "ods": _open_document(TYPES["ods"].content_type),
    "csv": _plain_text,
    "txt": _plain_text,
}


def reserve(
    session: Session, actor: Actor, files: Sequence[NewFile], report_id: int | None, now: datetime
) -> list[str]:
    """Write pending rows for `files`; commit, store the bytes under these names, then claim them.

    `report_id` is None while the report itself is still to be filed.
    """
    names = []
    for file in files:
        name = secrets.token_hex(16)
        session.add(
            Attachment(
                report_id=report_id,
                uploader_user_id=actor.user_id,
                state=FileState.PENDING,
                stored_name=name,
                original_name=file.name,
                content_type=file.content_type,
                size=len(file.content),
                sha256=hashlib.sha256(file.content).hexdigest(),
                created_at=now,
            )
        )
        names.append(name)
    session.flush()
    return names


def pending(
    session: Session, actor: Actor, names: Sequence[str], report_id: int | None, *, lock: bool = False
) -> list[Attachment]:
    """Those of the stored `names` that this actor uploaded for this report and that wait for their form.

    `lock`: the sweeper passes them by until the transaction ends.
    """
    if not names:
        return []
    query = (
        select(Attachment)
        .where(
            Attachment.stored_name.in_(names),
            Attachment.state == FileState.PENDING,
            Attachment.uploader_user_id == actor.user_id
            if actor.user_id is not None
            else Attachment.uploader_user_id.is_(None),
            Attachment.report_id == report_id if report_id is not None else Attachment.report_id.is_(None),
        )
        .order_by(Attachment.id)
    )
    if lock:
        query = query.with_for_update(of=Attachment).execution_options(populate_existing=True)
    return list(session.scalars(query))


@dataclass(frozen=True)
class Claimed:
    """Files that a form takes along; give() makes them ready with what they came with."""

    files: tuple[Attachment, ...]

    def __bool__(self) -> bool:
        return bool(self.files)

    @property
    def data(self) -> dict[str, int]:
        """For the event: how many files came with it."""
        return {"files": len(self.files)} if self.files else {}

    def give(self, report: Report, **parent: Any) -> None:
        """`parent`: follow_up_id, reply_id or comment_id; nothing for the report itself."""
        for file in self.files:
            file.report_id = report.id
            file.state = FileState.READY
            for column, key in parent.items():
                setattr(file, column, key)


def claim(session: Session, actor: Actor, names: Sequence[str], report_id: int | None) -> Claimed:
    """Take the files that a form names. Raises Invalid when one is there no more: swept, or another's."""
    found = pending(session, actor, names, report_id, lock=True)
    if len(found) != len(set(names)):
        raise Invalid({"files": EXPIRED})
    return Claimed(tuple(found))


def forgotten(session: Session, now: datetime, *, limit: int) -> list[Attachment]:
    """Pending files that no form has taken within PENDING_HOURS, locked, oldest first."""
    return list(
        session.scalars(
            select(Attachment)
            .where(
                Attachment.state == FileState.PENDING,
                Attachment.created_at < now - timedelta(hours=PENDING_HOURS),
            )
            .order_by(Attachment.created_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
