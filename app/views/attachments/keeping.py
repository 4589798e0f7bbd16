"""Files of a form or a call, kept: counted against what their sender may bring, reserved, and stored.

Every way by which files come in ends here. The bytes of a form are spooled by LaporRequest, which throws
them away where the disk has no room for them: the texts beside them are read all the same.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import IO, Any

from flask import Request, current_app, g
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.extensions import storage, transaction
from app.rules.attachments.files import Sender
from app.rules.errors import Invalid
from app.rules.labels import N_, Filled
from app.services.attachments import scanning
from app.services.attachments.uploads import NewFile, inspect, judged, reserve
from app.services.system import limits
from app.services.system.attempt_counts import AttemptLimit
from app.storage.room import Room, room
from app.views.web import context
from app.views.web.limiting import here

log = logging.getLogger(__name__)
NOT_STORED = N_("%(name)s gagal disimpan. Tulisan Anda tidak hilang; lampirkan lagi beberapa saat kemudian.")
NO_ROOM = N_(
    "Lampiran sementara tidak dapat diterima karena ruang penyimpanan hampir penuh. Kirim tanpa lampiran, atau coba lagi nanti."
)


def room_now() -> Room:
    """The room on the disk, looked at once for each request."""
    if "room" not in g:
        g.room = room(current_app.config["LAPOR"])
    found: Room = g.room
    return found


def looked_at(name: str, content: bytes, sender: Sender, *, limit: int) -> NewFile:
    """A file that may be kept: looked at, cleaned, and scanned where there is a scanner. Raises Invalid.

    One that the scanner could not be asked of waits for it; the form goes on.
    """
    file = inspect(name, content, sender, limit=limit)
    address = current_app.config["LAPOR"].clamd
    if not address:
        return file
    verdict = None
    if "scanner_away" not in g:
        try:
            verdict = scanning.scan(address, file.content, seconds=scanning.FORM_SECONDS)
        except scanning.Unreachable as away:
            g.scanner_away = True  # nobody waits for it once more for the next file
            log.warning("the virus scanner cannot be asked, files wait for it: %s", away)
    return judged(file, verdict)


class NotStored(Exception):
    """The storage failed; `message` names the file. Its row is swept like any that is never sent."""

    def __init__(self, name: str) -> None:
        super().__init__("not stored")
        self.message = Filled(NOT_STORED, name=name)


def set_aside(session: Session, actor: Actor, new: Sequence[NewFile], report_id: int | None) -> list[str]:
    """Count `new` and reserve their names. Raises Invalid for want of room, and for more than one may bring."""
    if room_now().short:
        raise Invalid({"files": NO_ROOM})
    quota, who = _sender(actor)
    secret, now = current_app.config["LAPOR"].key(), context.now()
    limits.take_uploads(session, quota, who, (len(file.content) for file in new), secret, now)
    return reserve(session, actor, new, report_id, now)


def keep(actor: Actor, new: Sequence[NewFile], report_id: int | None) -> tuple[list[str], list[NotStored]]:
    """Set `new` aside, commit, and store the bytes: the names of those that are kept, and what failed.

    Raises Invalid; then nothing was stored.
    """
    with transaction(actor) as session:
        names = set_aside(session, actor, new, report_id)
    kept: list[str] = []
    failed: list[NotStored] = []
    for name, file in zip(names, new, strict=True):
        try:
            storage().put(name, file.content)
        except Exception as error:
            # Without its name: that is the sender's.
            log.exception("an attachment could not be stored: %s", type(error).__name__)
            failed.append(NotStored(file.name))
        else:
            kept.append(name)
    return kept, failed


def _sender(actor: Actor) -> tuple[Sequence[AttemptLimit], object]:
    """Whose account of bytes this is: the person's, the partner's, else the place's."""
    if actor.user_id is not None:
        return limits.UPLOADS_PERSON, actor.user_id
    partner = getattr(g.get("caller"), "client_id", None)  # of the API
    if partner is not None:
        return limits.UPLOADS_PARTNER, partner
    return limits.UPLOADS_PLACE, here()


class Dropped(io.BytesIO):
    """A file of a form that there is no room for: it is read to its end, and nothing of it is kept."""

    def write(self, data: Any) -> int:
        return len(data)


class LaporRequest(Request):
    """A request whose files are spooled to the disk only while there is room."""

    def _get_file_stream(self, *args: Any, **more: Any) -> IO[bytes]:
        if room_now().short:
            return Dropped()
        return super()._get_file_stream(*args, **more)
