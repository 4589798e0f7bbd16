"""Attachments on their way in: looked at, cleaned, reserved, stored, and made part of what they came with.

First a pending row is committed, then the bytes are stored, then the transaction of the follow-up,
comment, reply or report makes them ready. A form that is refused keeps what was uploaded; what no form
takes within a day is swept (cases G1, G5, G8, G9).
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import zipfile
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import puremagic
from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from app.access.actor import Actor
from app.models import Attachment, FileState, Post, Report, Reporter
from app.rules.attachments.files import (
    PENDING_HOURS,
    PENDING_MAX,
    PIXELS_MAX,
    TAKEN_HOURS,
    TYPES,
    Sender,
    extension_of,
    extensions_for,
    shown_name,
)
from app.rules.citizens.forms import NotifyBy
from app.rules.errors import Invalid
from app.rules.labels import N_, Filled
from app.services import outbox
from app.services.attachments import cleaning, pictures
from app.services.attachments.scanning import ScanVerdict

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
MOVING = N_("Gambar bergerak %(name)s tidak diterima. Simpan sebagai gambar biasa, lalu lampirkan lagi.")
TOO_MANY = N_("Paling banyak %(limit)s lampiran dalam satu kiriman.")
EXPIRED = N_("Lampiran yang diunggah sebelumnya sudah tidak tersedia. Lampirkan lagi berkasnya.")
TOO_MANY_WAITING = N_(
    "Terlalu banyak lampiran Anda yang belum terkirim bersama formulirnya. Kirim dahulu formulir lain, atau coba lagi besok."
)
INFECTED = N_("%(name)s ditolak karena berisi program berbahaya. Periksa perangkat Anda dengan antivirus.")
UNSCANNABLE = N_(
    "%(name)s terlalu besar untuk diperiksa pemindai virus. Perkecil berkasnya, lalu lampirkan lagi."
)
# Topics of the outbox: whoever sent a file that was refused afterwards is told.
FILE_MAIL, FILE_SMS = "file_refused", "sms_file_refused"
PIXEL_UNIT = 1_000_000
ZIP_START = b"PK\x03\x04"
MEMBERS_MAX = 10_000
MACROS = re.compile(r"(^|/)(vbaProject\.bin$|Basic/|Scripts/)", re.IGNORECASE)
# No text holds these; tabs, line ends and the page feeds of old exports it may.
CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = frozenset({".html", ".htm", ".svg", ".xml"})


@dataclass(frozen=True)
class NewFile:
    """A file that was looked at and may be kept, written anew without what nobody meant to send.

    unscanned: the virus scanner could not be asked yet; the file will wait for it.
    """

    name: str
    content_type: str
    content: bytes
    unscanned: bool = False


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
    if not kind.picture and not _CONTENT_IS[extension](content):
        raise _refused(NOT_WHAT_IT_SAYS, name=shown, extension=extension)
    return NewFile(shown, kind.content_type, _cleaned(shown, extension, content))


def judged(file: NewFile, verdict: ScanVerdict | None) -> NewFile:
    """The file after the scanner's word; None: it could not be asked, the file waits for it. Raises Invalid."""
    if verdict is None:
        return replace(file, unscanned=True)
    if verdict is not ScanVerdict.CLEAN:
        raise _refused(INFECTED if verdict is ScanVerdict.FOUND else UNSCANNABLE, name=file.name)
    return file


def _refused(message: str, **params: object) -> Invalid:
    return Invalid({"files": Filled(message, **params)})


def _cleaned(name: str, extension: str, content: bytes) -> bytes:
    try:
        return cleaning.clean(extension, content)
    except cleaning.Unclean as unclean:
        raise _refused(unclean.message, name=name) from unclean
    except pictures.TooManyPixels as bomb:
        raise _refused(TOO_MANY_PIXELS, name=name, limit=PIXELS_MAX // PIXEL_UNIT) from bomb
    except pictures.AnimatedPicture as moving:
        raise _refused(MOVING, name=name) from moving
    except pictures.Broken as broken:
        raise _refused(NOT_WHAT_IT_SAYS, name=name, extension=extension) from broken


def _looks_like(content: bytes) -> frozenset[str]:
    """The extensions of all that begins like this, as far as puremagic knows."""
    try:
        return frozenset(match.extension for match in puremagic.magic_string(content))
    except (puremagic.PureError, ValueError):
        return frozenset()


def _is(*extensions: str) -> Callable[[bytes], bool]:
    """By its signature, which is one of these."""
    return lambda content: not _looks_like(content).isdisjoint(extensions)


def _open_xml(folder: str) -> Callable[[bytes], bool]:
    def check(content: bytes) -> bool:
        names, _mimetype = _opened(content)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)

    return check


def _open_document(content_type: str) -> Callable[[bytes], bool]:
    return lambda content: _opened(content)[1] == content_type.encode()


def _opened(content: bytes) -> tuple[Collection[str], bytes]:
    """The members of an office file, and the start of the one that names its type; none for what is no
    zip from its first byte on, or has macros.

    A hundred bytes are all that is ever unpacked: a bomb stays packed.
    """
    nothing: tuple[Collection[str], bytes] = ((), b"")
    if not content.startswith(ZIP_START):
        return nothing
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MEMBERS_MAX or any(MACROS.search(name) for name in names):
                return nothing
            if "mimetype" not in names:
                return names, b""
            with archive.open("mimetype") as member:
                return names, member.read(100).strip()
    # RuntimeError is what zipfile says of a member with a password, and of a way to pack that it lacks.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return nothing


def _plain_text(content: bytes) -> bool:
    """UTF-8 without control characters, and no page that a browser would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROLS.search(text) and _looks_like(text[:1000].lstrip().encode() or b" ").isdisjoint(MARKUP)


_CONTENT_IS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is(".pdf"),
    "mp4": _is(".mp4"),
    "mp3": _is(".mp3", ".mpga"),
    "m4a": _is(".m4a", ".mp4"),  # some recorders write MP4's own mark
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

    `report_id` is None while the report itself is still to be filed. Raises Invalid for an account with
    more than PENDING_MAX files that wait: forms that are refused over and over must not fill the disk.
    Visitors without an account share no such count: one of them would use up that of all.
    """
    if actor.user_id is not None:
        waiting = select(func.count()).where(
            Attachment.state == FileState.PENDING, Attachment.uploader_user_id == actor.user_id
        )
        if (session.scalar(waiting) or 0) + len(files) > PENDING_MAX:
            raise Invalid({"files": TOO_MANY_WAITING})
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
                unscanned=file.unscanned,
                sha256=hashlib.sha256(file.content).hexdigest(),
                created_at=now,
            )
        )
        names.append(name)
    session.flush()
    return names


def pending(
    session: Session,
    actor: Actor,
    names: Sequence[str],
    report_id: int | None,
    now: datetime,
    *,
    lock: bool = False,
) -> list[Attachment]:
    """Those of the stored `names` that this actor uploaded for this report and that wait for their form.

    Only up to TAKEN_HOURS: after them the sweeper may be at work, whose crash leaves a row without bytes.
    `lock`: the sweeper passes them by until the transaction ends.
    """
    if not names:
        return []
    query = (
        select(Attachment)
        .where(
            Attachment.stored_name.in_(names),
            Attachment.state == FileState.PENDING,
            Attachment.created_at > now - timedelta(hours=TAKEN_HOURS),
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


def sent(session: Session, actor: Actor, names: Collection[str]) -> list[str]:
    """Those of the stored `names` that this account has sent already: what a second click still names."""
    if not names or actor.user_id is None:
        return []
    return list(
        session.scalars(
            select(Attachment.stored_name).where(
                Attachment.stored_name.in_(names),
                Attachment.state.in_((FileState.READY, FileState.CHECKING)),
                Attachment.uploader_user_id == actor.user_id,
            )
        )
    )


OFFICERS = frozenset({"follow_up_id", "comment_id"})  # what officers alone write


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
        """`parent`: follow_up_id, reply_id or comment_id; nothing for the report itself.

        What came with the report or a reply is the reporter's, whoever wrote it down: it gets a number,
        which is its name for everybody else. The report is locked.
        """
        session = object_session(report)
        assert session is not None, "it was just written or locked"
        last = 0
        if self.files and not parent.keys() & OFFICERS:
            last = (
                session.scalar(select(func.max(Attachment.number)).where(Attachment.report_id == report.id))
                or 0
            )
        for place, file in enumerate(self.files, last + 1):
            file.report_id = report.id
            file.state = FileState.CHECKING if file.unscanned else FileState.READY
            file.number = None if parent.keys() & OFFICERS else place
            for column, key in parent.items():
                setattr(file, column, key)

    def give_to_post(self, post: Post) -> None:
        """The files come with a message between agencies."""
        for file in self.files:
            file.post_id = post.id
            file.state = FileState.CHECKING if file.unscanned else FileState.READY


def claim(
    session: Session, actor: Actor, names: Sequence[str], report_id: int | None, now: datetime
) -> Claimed:
    """Take the files that a form names. Raises Invalid when one is there no more: swept, or another's."""
    found = pending(session, actor, names, report_id, now, lock=True)
    if len(found) != len(set(names)):
        raise Invalid({"files": EXPIRED})
    return Claimed(tuple(found))


def to_scan(session: Session, after: int, *, limit: int) -> list[Attachment]:
    """Files that wait for the scanner, with a key above `after`, in the order in which they came."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.state == FileState.CHECKING, Attachment.id > after)
            .order_by(Attachment.id)
            .limit(limit)
        )
    )


def settle_scan(session: Session, key: int, verdict: ScanVerdict, now: datetime) -> bool:
    """The scanner has spoken: the file is ready, or it is refused, and whoever sent it is told.

    False if another worker has settled it. Of what it will not look at nobody can say that it is clean.
    """
    file: Attachment | None = session.scalar(
        select(Attachment)
        .where(Attachment.id == key, Attachment.state == FileState.CHECKING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if file is None:
        return False
    file.unscanned = False
    if verdict is ScanVerdict.CLEAN:
        file.state = FileState.READY
        return True
    file.state = FileState.REFUSED
    outbox.put(session, _told_by(session, file), f"file_refused:{key}", now, file=key)
    return True


def _told_by(session: Session, file: Attachment) -> str:
    """By text message only who wants to be told so; an officer by letter."""
    report = session.get(Report, file.report_id) if file.report_id and file.number is not None else None
    reporter = session.get(Reporter, report.reporter_id) if report and report.reporter_id else None
    sms = reporter is not None and reporter.notify_by is NotifyBy.SMS
    by_officer = (
        report is not None
        and report.recorder_user_id is not None
        and (file.uploader_user_id == report.recorder_user_id)
    )
    return FILE_SMS if sms and not by_officer else FILE_MAIL


def forgotten(
    session: Session, now: datetime, *, limit: int, passing: Collection[int] = ()
) -> list[Attachment]:
    """Pending files that no form has taken within PENDING_HOURS, locked, oldest first, but for the keys
    in `passing`. What another sweeper has locked is its work."""
    return list(
        session.scalars(
            select(Attachment)
            .where(
                Attachment.state == FileState.PENDING,
                Attachment.created_at < now - timedelta(hours=PENDING_HOURS),
                Attachment.id.not_in(passing),
            )
            .order_by(Attachment.created_at, Attachment.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )
