"""Attachments, read: served through the scope of their report alone (cases C2, C19, G8)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import Response, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import format_decimal

from app.access.files import FileFacts, get_file, name_for
from app.access.public_text import WHOLE, Version
from app.extensions import storage
from app.models import Attachment
from app.rules.errors import NotFound
from app.rules.files import PICTURES
from app.rules.roles import Resource
from app.rules.text import key_of
from app.views import context

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def size_in_words(size: int) -> str:
    """532 KB, 1,4 MB."""
    if size < MEGABYTE:
        return f"{format_decimal(max(1, round(size / KILOBYTE)))} KB"
    return f"{format_decimal(round(size / MEGABYTE, 1))} MB"


@dataclass(frozen=True)
class File:
    """An attachment as a page shows it."""

    name: str
    url: str
    size: str
    picture: bool
    id: int = 0

    @classmethod
    def of(cls, file: FileFacts, version: Version = WHOLE) -> File:
        """version: of the report that the file belongs to, since people write names and numbers there too."""
        return cls(
            version(file.name),
            url_for("Files.show", report_id=file.report_id, file_id=file.id),
            size_in_words(file.size),
            file.content_type in PICTURES,
            file.id,
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
