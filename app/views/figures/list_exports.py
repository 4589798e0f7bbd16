"""Lists that are no reports as files: each page of the table below has the same two buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.accounts.roles import roles
from app.access.channels.api_clients import clients
from app.access.reports.former import former_holdings
from app.access.system import audit
from app.rules.accounts.roles import ASKED, Resource, Verb
from app.rules.channels.api import KIND_WORDS
from app.rules.labels import N_
from app.views.accounts.roles import DEEDS, THINGS
from app.views.forms.choices import status
from app.views.system.audit_log import details, what
from app.views.web import context
from app.views.web.downloads import list_file
from app.views.web.language.i18n import moment

BATCH = 500
Lines = Iterator[Sequence[object]]


@dataclass(frozen=True)
class Exported:
    """needs: what its page needs, to read. headings: of its columns, to be translated."""

    title: str
    needs: Resource
    headings: Callable[[], Sequence[str]]
    lines: Callable[[], Lines]


def _former() -> Lines:
    before: int | None = None
    while True:
        found = former_holdings(context.reading(), context.actor(), before=before, limit=BATCH)
        for each in found:
            yield [each.report_id, each.went_to, moment(each.left_at)]
        if len(found) < BATCH:
            return
        before = found[-1].id


def _audit() -> Lines:
    kind, before = request.args.get("jenis", ""), None
    while True:
        found = audit.entries(context.reading(), kind=kind, before=before, limit=BATCH)
        for row in found:
            entry = row.entry
            yield [
                moment(entry.at),
                row.who or _("Sistem"),
                row.agency,
                what(entry.action),
                entry.object_id or "",
                details(entry.data),
            ]
        if len(found) < BATCH:
            return
        before = found[-1].entry.id


def _role_headings() -> Sequence[str]:
    return [_("Izin"), *(_(role.name) for role in roles(context.reading()))]


def _roles() -> Lines:
    held = roles(context.reading())
    yield [_("Jumlah akun"), *(role.accounts for role in held)]
    for thing, thing_name in THINGS.items():
        for deed, deed_name in DEEDS.items():
            if (thing, deed) in ASKED:
                may = [_("boleh") if (thing, deed) in role.permissions else _("tidak") for role in held]
                yield [f"{_(deed_name)}: {_(thing_name)}", *may]


def _clients() -> Lines:
    for each in clients(context.reading()):
        yield [
            each.name,
            _(KIND_WORDS[each.kind]),
            each.client_id,
            ", ".join(each.scopes),
            each.per_minute,
            status(each.active),
        ]


def _fixed(*headings: str) -> Callable[[], Sequence[str]]:
    return lambda: [_(heading) for heading in headings]


EXPORTED: Mapping[str, Exported] = {
    "pernah-ditangani": Exported(
        N_("Pernah ditangani"),
        Resource.REPORTS,
        _fixed(N_("Nomor"), N_("Dialihkan ke"), N_("Waktu")),
        _former,
    ),
    "catatan-audit": Exported(
        N_("Catatan Audit"),
        Resource.AUDIT,
        _fixed(N_("Waktu"), N_("Oleh"), N_("Instansi"), N_("Perubahan"), N_("Nomor"), N_("Rincian")),
        _audit,
    ),
    "peran": Exported(N_("Peran & Izin"), Resource.ROLES, _role_headings, _roles),
    "mitra-api": Exported(
        N_("Mitra API"),
        Resource.SETTINGS,
        _fixed(N_("Nama"), N_("Jenis"), N_("ID klien"), N_("Izin"), N_("Panggilan per menit"), N_("Status")),
        _clients,
    ),
}


class ListExports(BaseView):
    """Who may read a list's page may take it; that is asked again here, of the table above."""

    route_base = "/ekspor/daftar"
    default_view = "take"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"take": "read"}

    @expose("/<listing>.<any(csv,xlsx):form>")
    @has_access
    def take(self, listing: str, form: str) -> ResponseReturnValue:
        asked = EXPORTED.get(listing)
        if asked is None:
            abort(404)
        if not context.actor().may(asked.needs, Verb.READ):
            abort(403)
        return list_file(listing, form, _(asked.title), asked.headings(), asked.lines(), f"list.{listing}")
