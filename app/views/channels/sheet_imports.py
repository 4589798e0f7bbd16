"""PENGATURAN > Impor Laporan Ringkas: upload, look at what is in it, confirm, follow, read what became of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import StringIO
from typing import Any

from flask import Response, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField

from app.access.channels import sheet_imports
from app.extensions import storage, transaction
from app.models import SheetImport
from app.rules.accounts.roles import Resource
from app.rules.channels.ringkas import SheetFault
from app.rules.channels.ringkas_words import NameKind, RowOutcome, SheetState
from app.rules.errors import Invalid
from app.rules.figures.cells import cell
from app.rules.labels import N_, Filled
from app.rules.reports.codes import EndedBy
from app.rules.reports.workflow import State
from app.rules.zones import Zone
from app.services.channels import sheet_checking, sheet_importing
from app.services.channels.workbook import NOT_XLSX
from app.views.attachments.keeping import NO_ROOM, room_now
from app.views.channels.sheet_names import NameChoice, name_choices, settled
from app.views.forms.model_view import ManageForm
from app.views.web import context
from app.views.web.language.i18n import word

FILE_MAX_MB = 50
ZIP = b"PK\x03\x04"
CHOOSE_FILE = N_("Pilih berkas XLSX yang akan diimpor.")
FILE_TOO_LARGE = N_("Berkas ini lebih besar dari %(limit)s MB. Pisahkan menjadi beberapa berkas.")
STATES: Mapping[SheetState, tuple[str, str]] = {
    SheetState.CHECKING: (N_("Sedang diperiksa"), "near"),
    SheetState.READY: (N_("Menunggu persetujuan"), "info"),
    SheetState.IMPORTING: (N_("Sedang diimpor"), "near"),
    SheetState.DONE: (N_("Selesai"), "done"),
    SheetState.REFUSED: (N_("Berkas ditolak"), "late"),
    SheetState.CANCELLED: (N_("Dibatalkan"), "plain"),
}
OUTCOMES: Mapping[RowOutcome, str] = {
    RowOutcome.WAITING: N_("menunggu"),
    RowOutcome.IMPORTED: N_("diimpor"),
    RowOutcome.KNOWN: N_("sudah ada"),
    RowOutcome.REFUSED: N_("ditolak"),
}


class UploadForm(ManageForm):
    file = FileField(_l("Berkas Laporan Ringkas (.xlsx)"))
    zone = SelectField(_l("Zona waktu di dalam berkas"), validate_choice=False)


class ImportForm(ManageForm):
    skip = BooleanField(_l("Lewati baris yang salah dan impor yang lain"))


class SheetImports(BaseView):
    route_base = "/pengaturan/impor"
    default_view = "list"
    class_permission_name = Resource.SETTINGS.value
    method_permission_name = {"list": "write", "show": "write", "sheet": "write", "cancel": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def list(self) -> ResponseReturnValue:
        form = UploadForm(zone=Zone.WIB.value)
        form.zone.choices = [(zone.value, _(zone.label)) for zone in Zone]
        status = 200
        if form.is_submitted():
            try:
                key = _bring(form)
                return redirect(url_for("SheetImports.show", key=key), 303)
            except Invalid as refused:
                form.take(refused)
                status = 422
        page = self.render_template(
            "lapor/channels/sheet_imports.html",
            form=form,
            rows=sheet_imports.imports(context.reading()),
            states=STATES,
            limit=FILE_MAX_MB,
        )
        return page, status

    @expose("/<int:key>/", methods=["GET", "POST"])
    @has_access
    def show(self, key: int) -> ResponseReturnValue:
        row = sheet_imports.get_import(context.reading(), key)
        form, status = ImportForm(), 200
        choices = name_choices(context.reading(), row.id) if row.state is SheetState.READY else []
        if form.is_submitted():
            status = 422
            clear = settled(context.reading(), choices, request.form)
            if form.validate() and clear:
                try:
                    _confirm(key, choices, skip_faults=bool(form.skip.data))
                    flash(_("Impor dimulai. Anda boleh menutup halaman ini."), "success")
                    return redirect(url_for("SheetImports.show", key=key), 303)
                except Invalid as refused:
                    form.take(refused)
        return self.render_template(
            "lapor/channels/sheet_import.html", form=form, **_shown(row, choices)
        ), status

    @expose("/<int:key>/hasil.csv")
    @has_access
    def sheet(self, key: int) -> ResponseReturnValue:
        """What became of each row."""
        row = sheet_imports.get_import(context.reading(), key)
        return Response(
            stream_with_context(_lines(row.id)),
            mimetype="text/csv",
            headers={"Content-Disposition": f'attachment; filename="hasil-impor-{row.id}.csv"'},
        )

    @expose("/<int:key>/batal", methods=["GET", "POST"])
    @has_access
    def cancel(self, key: int) -> ResponseReturnValue:
        row = sheet_imports.get_import(context.reading(), key)
        form = FlaskForm()
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                stored = sheet_importing.cancel(session, context.actor(), key, context.now())
            if stored:
                storage().delete(stored)
            flash(_("Impor dibatalkan."), "success")
            return redirect(url_for("SheetImports.list"), 303)
        return self.render_template(
            "lapor/forms/confirm.html",
            form=form,
            title=_("Batalkan impor"),
            question=_("Tidak satu pun laporan dari berkas ini akan dibuat. Anda yakin?"),
            button=_("BATALKAN IMPOR"),
            back=url_for("SheetImports.show", key=row.id),
        )


def _bring(form: UploadForm) -> int:
    """Keep the uploaded file, to be checked by the job. Raises Invalid at its field."""
    if not form.validate():
        raise Invalid({})
    if room_now().short:
        raise Invalid({"file": NO_ROOM})
    given = form.file.data
    content = given.read(FILE_MAX_MB * 1_000_000 + 1) if given else b""
    if not content:
        raise Invalid({"file": CHOOSE_FILE})
    if len(content) > FILE_MAX_MB * 1_000_000:
        raise Invalid({"file": Filled(FILE_TOO_LARGE, limit=FILE_MAX_MB)})
    if not content.startswith(ZIP):
        raise Invalid({"file": NOT_XLSX})
    zone = next((zone for zone in Zone if zone.value == form.zone.data), Zone.WIB)
    name = sheet_checking.new_name()
    # The file first: a row without one would be refused by the job.
    storage().put(name, content)
    with transaction(context.actor()) as session:
        return sheet_checking.bring(
            session, context.actor(), given.filename or "laporan.xlsx", name, zone, context.now()
        ).id


def _confirm(key: int, choices: list[NameChoice], *, skip_faults: bool) -> None:
    actor = context.actor()
    chosen = {choice.id: choice.target for choice in choices if choice.target is not None}
    with transaction(actor) as session:
        sheet_importing.confirm(session, actor, key, chosen, context.now(), skip_faults=skip_faults)


def _shown(row: SheetImport, choices: list[NameChoice]) -> dict[str, Any]:
    session = context.reading()
    ready = row.state is SheetState.READY
    return {
        "row": row,
        "state": STATES[row.state],
        "works": row.state in (SheetState.CHECKING, SheetState.IMPORTING),
        "ready": ready,
        "done": row.imported + row.known + row.refused,
        "fault": told(SheetFault.of(row.fault)) if row.fault else "",
        "faulty": [
            told(SheetFault.of(each.fault)) for each in sheet_imports.faulty(session, row.id) if each.fault
        ],
        "first": [_first(each.number, each.data) for each in sheet_imports.waiting(session, row.id)]
        if ready
        else [],
        "counted": sorted((state_words(code), n) for code, n in row.summary.get("states", {}).items()),
        "channels": sorted(row.summary.get("channels", {}).items()),
        "choices": choices,
        "areas": [name for name in sheet_imports.unknown_names(session, row.id) if name.kind is NameKind.AREA]
        if ready
        else [],
    }


def _first(number: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the preview shows it, without the reporter: nobody needs the name to see that it fits."""
    code = "blocked" if data["blocked"] else ":".join(data[name] for name in ("state", "by") if data[name])
    return {
        "number": number,
        "id": data["id"],
        "at": datetime.fromisoformat(data["received_at"]),
        "title": data["title"],
        "agency": data["agency"],
        "state": state_words(code),
    }


def state_words(code: str) -> str:
    """A status of the file in our words: "Ditutup oleh Sistem"."""
    if code == "blocked":
        return _("Konten Terblokir")
    state, _colon, by = code.partition(":")
    return f"{word(State(state))} {word(EndedBy(by))}" if by else word(State(state))


def told(fault: SheetFault) -> str:
    """ "Sel F12: …" in the reader's language."""
    said = str(_(fault.message, **fault.params) if fault.params else _(fault.message))
    return _("Sel %(cell)s: %(fault)s", cell=fault.cell, fault=said) if fault.cell else said


def _lines(key: int) -> Iterator[str]:
    """The lines of the sheet of results; its first characters tell Excel that it is UTF-8."""
    headings = [_("Baris"), _("Tracking ID"), _("Hasil"), _("Nomor laporan"), _("Alasan")]
    yield "\ufeff" + _line(headings)
    for row in sheet_imports.results(context.reading(), key):
        fault = told(SheetFault.of(row.fault)) if row.fault else ""
        yield _line(
            [str(row.number), row.external_id, _(OUTCOMES[row.outcome]), str(row.report_id or ""), fault]
        )


def _line(values: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([cell(value) for value in values])
    return line.getvalue()
