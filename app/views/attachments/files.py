"""Attachments, read: served through the scope of their report alone (cases C2, C19, G8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Response, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.access.attachments.files import FileFacts, get_file, name_for
from app.access.public_text import OF_NO_REPORT, Version
from app.extensions import storage
from app.models import Attachment, FileState
from app.rules.accounts.roles import Resource
from app.rules.attachments.files import PICTURES
from app.rules.errors import NotFound
from app.rules.labels import N_
from app.rules.text import key_of
from app.views.web import context

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
NOTES: Mapping[FileState, str] = {
    FileState.CHECKING: N_("sedang diperiksa"),
    FileState.REFUSED: N_("ditolak: berisi program berbahaya, berkas sudah dihapus"),
}


def size_in_words(size: int) -> str:
    """532 KB, 1,4 MB."""
    if size < MEGABYTE:
        return f"{format_decimal(max(1, round(size / KILOBYTE)))} KB"
    return f"{format_decimal(round(size / MEGABYTE, 1))} MB"


@dataclass(frozen=True)
class File:
    """An attachment as a page shows it; without an address, `note` says why there is nothing to be had."""

    name: str
    url: str
    size: str
    picture: bool
    id: int = 0
    note: str = ""
    state: str = FileState.READY.value

    @classmethod
    def of(cls, file: FileFacts, url: str | None = None, version: Version = OF_NO_REPORT) -> File:
        """`url`: where it is read, if not on the desk's own pages. version: of the report that it belongs to."""
        note = NOTES.get(file.state)
        here = url or url_for("Files.show", report_id=file.report_id, file_id=file.id)
        return cls(
            file.read_by(version),
            "" if note else here,
            size_in_words(file.size),
            file.content_type in PICTURES,
            file.id,
            _(note) if note else "",
            file.state.value,
        )


class Files(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/<report_id>/lampiran/<file_id>")
    @has_access
    def show(self, report_id: str, file_id: str) -> Response:
        session, actor = context.reading(), context.actor()
        file = get_file(session, actor, key_of(report_id), key_of(file_id))
        return sent(file, name_for(session, actor, file))


def sent(file: Attachment, name: str) -> Response:
    """The file, to whoever was found to read it, under the name that they may read."""
    try:
        # Whole: a file is small by its limit, and nothing stays open behind a slow line.
        with storage().open(file.stored_name) as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise NotFound from error
    response = send_file(
        BytesIO(content),
        mimetype=file.content_type,
        as_attachment=file.content_type not in PICTURES,
        download_name=name,
        conditional=False,
    )
    # Whatever a file holds, it runs nothing and is nobody else's.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
