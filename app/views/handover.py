"""Serah terima: where the open reports of an agency go that is to be deactivated, and the list of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from flask import Response, abort, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.choices import Among, agency_options
from app.access.handover import HandedOver, handed_over
from app.access.management import attached, managed_agency
from app.extensions import transaction
from app.models import Agency
from app.rules.errors import Invalid
from app.rules.roles import Resource
from app.rules.sheets import cell
from app.rules.text import key_of
from app.services import agencies
from app.views import context
from app.views.agency_fields import PlaceField
from app.views.fab import ManageForm
from app.views.i18n import moment, word

SHOWN, SHEET_BATCH = 50, 1_000


class HandOverForm(ManageForm):
    successor = PlaceField(_l("Laporan diserahkan ke Instansi:"))


class HandOver(BaseView):
    route_base = "/pengaturan/instansi"
    default_view = "list"
    class_permission_name = Resource.AGENCIES.value
    method_permission_name = {"ask": "write", "list": "read", "sheet": "read"}

    @expose("/<pk>/serah-terima", methods=["GET", "POST"])
    @has_access
    def ask(self, pk: str) -> ResponseReturnValue:
        """Ask where its open reports go, the parent by default; then it is deactivated."""
        agency, session, form = _agency(pk), context.reading(), HandOverForm()
        if agency.id == context.actor().agency_id or not agency.active:
            abort(403)
        form.successor.among = Among(within=context.actor().agency_id, outside=agency.id)
        if request.method == "GET":
            for option in agency_options(session, [agency.parent_id or 0], form.successor.among):
                form.successor.choose(option)
        key, name = agency.id, agency.name
        if form.validate_on_submit() and form.settle(session):
            try:
                number = _hand_over(key, form.successor.agency_id)
            except Invalid as refused:
                form.take(refused)
            else:
                flash(
                    _("%(number)s laporan diserahkan, dan %(name)s dinonaktifkan.", number=number, name=name),
                    "success",
                )
                return redirect(url_for("HandOver.list", pk=key), 303)
        page = self.render_template(
            "lapor/hand_over.html", form=form, agency=_agency(pk), left=attached(session, key)
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/<pk>/serah-terima/daftar")
    @has_access
    def list(self, pk: str) -> ResponseReturnValue:
        agency = _agency(pk)
        after = key_of(request.args.get("setelah")) or 0
        rows = handed_over(context.reading(), context.actor(), agency.id, after=after, limit=SHOWN + 1)
        further = rows[SHOWN - 1].report_id if len(rows) > SHOWN else None
        return self.render_template(
            "lapor/handed_over.html",
            agency=agency,
            rows=rows[:SHOWN],
            next=url_for("HandOver.list", pk=agency.id, setelah=further) if further else "",
            first=url_for("HandOver.list", pk=agency.id) if after else "",
        )

    @expose("/<pk>/serah-terima/daftar.csv")
    @has_access
    def sheet(self, pk: str) -> ResponseReturnValue:
        agency = _agency(pk)
        name = f"serah-terima-{agency.id}.csv"
        return Response(
            stream_with_context(_sheet(agency.id)),
            mimetype="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _agency(pk: str) -> Agency:
    return managed_agency(context.reading(), context.actor(), key_of(pk)) or abort(404)


def _hand_over(agency_id: int, successor_id: int | None) -> int:
    """Batch after batch, so that no transaction holds them all; then the agency is switched off."""
    actor, now, number = context.actor(), context.now(), 0
    while True:
        with transaction(actor) as session:
            moved = agencies.hand_over(session, actor, agency_id, successor_id, now)
        number += moved
        if not moved:
            break
    with transaction(actor) as session:
        agencies.deactivate(session, actor, agency_id, now)
    return number


def _sheet(agency_id: int) -> Iterator[str]:
    """The lines of the sheet, read batch by batch; its first characters tell Excel that it is UTF-8."""
    after = 0
    yield "\ufeff" + _line(
        [
            _("Nomor laporan"),
            _("Judul"),
            _("Status"),
            _("Diterima"),
            _("Tenggat"),
            _("Diserahkan pada"),
            _("Diserahkan ke"),
            _("Sekarang di"),
        ]
    )
    while True:
        rows = handed_over(context.reading(), context.actor(), agency_id, after=after, limit=SHEET_BATCH)
        for row in rows:
            yield _line(_cells(row))
        if len(rows) < SHEET_BATCH:
            return
        after = rows[-1].report_id


def _cells(row: HandedOver) -> list[str]:
    return [
        str(row.report_id),
        row.title,
        word(row.state),
        moment(row.received_at),
        moment(row.due) if row.due else "",
        moment(row.at) if row.at else "",
        row.successor,
        row.holder,
    ]


def _line(values: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([cell(value) for value in values])
    return line.getvalue()
