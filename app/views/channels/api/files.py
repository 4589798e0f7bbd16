"""Attachments on their way in: sent first, then named by the call that they belong to.

Looked at and written anew by the same service as on the pages: a photograph loses its place and camera.
"""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest.fields import Upload
from marshmallow import fields

from app.access.actor import GUEST
from app.access.citizens.own_reports import has_filed
from app.access.scope import get_report
from app.rules.attachments.files import Sender
from app.rules.channels.api import Scope
from app.rules.errors import Invalid, NotFound
from app.rules.labels import Filled
from app.rules.text import REQUIRED
from app.services.attachments.uploads import TOO_MANY
from app.views.attachments.keeping import NO_ROOM, keep, looked_at, room_now
from app.views.attachments.upload_fields import limits
from app.views.channels.api.fields import Body, QuerySchema, Shown, integer
from app.views.channels.api.guard import caller
from app.views.channels.api.operation import operation
from app.views.channels.api.problems import RefusedCall
from app.views.web import context
from app.views.web.language.marked_words import translated


class FilesSent(Body):
    """Only described: what came is read from the request, file by file."""

    class Meta:
        unknown = "include"

    files = fields.List(Upload(), metadata={"description": "Satu atau beberapa berkas"})


class FilesQuery(QuerySchema):
    report = integer(
        strict=False, metadata={"description": "Nomor laporan yang akan dilampiri; kosong untuk laporan baru"}
    )


class FileKept(Shown):
    file = fields.String(required=True, metadata={"description": "Nama untuk disebut dalam `files`"})
    name = fields.String(required=True)
    content_type = fields.String(required=True)
    size = fields.Integer(required=True)


class FilesKept(Shown):
    files = fields.List(fields.Nested(FileKept), required=True)


@operation(
    "POST",
    "/files",
    scopes=(Scope.FILE, Scope.OWN_ACT, Scope.DESK_ACT, Scope.PARTNER_FILE, Scope.PARTNER_VOUCH),
    link=True,
    query=FilesQuery,
    files=FilesSent,
    returns=FilesKept,
    status=201,
)
def send_files(query: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Mengunggah lampiran, untuk disebut dalam kiriman berikutnya (dalam 23 jam)."""
    report_id = query.get("report")
    if _is_for_own(report_id):
        context.act_as(context.actor().as_citizen())
    actor, (size, count) = context.actor(), limits()
    if report_id is not None:
        # A partner itself reads nothing: for a report that is there it shows the report's own token.
        if actor == GUEST:
            raise NotFound
        get_report(context.reading(), actor, report_id)
    chosen = [file for file in request.files.getlist("files") if file.filename]
    if not chosen:
        raise Invalid({"files": REQUIRED})
    if room_now().short:
        raise Invalid({"files": NO_ROOM})
    if len(chosen) > count:
        raise Invalid({"files": Filled(TOO_MANY, limit=count)})
    sender = Sender.OFFICER if actor.is_officer else Sender.CITIZEN
    new = [looked_at(file.filename or "", file.stream.read(size + 1), sender, limit=size) for file in chosen]
    names, failed = keep(actor, new, report_id)
    if failed:
        raise RefusedCall(500, "unexpected", translated(failed[0].message)) from failed[0]
    return {
        "files": [
            {"file": name, "name": file.name, "content_type": file.content_type, "size": len(file.content)}
            for name, file in zip(names, new, strict=True)
        ]
    }


def _is_for_own(report_id: int | None) -> bool:
    """Whether an officer's token sends for what is a citizen's: a report to come, or one that they filed."""
    if Scope.DESK_ACT not in caller().scopes or not context.actor().is_officer:
        return True
    if report_id is None:
        return Scope.FILE in caller().scopes
    return Scope.OWN_ACT in caller().scopes and has_filed(context.reading(), context.actor(), report_id)
