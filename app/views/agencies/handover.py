"""Serah terima: where the open reports of an agency go that is to be deactivated, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.agencies.handover import HandedOver, handed_over
from app.access.agencies.management import attached, managed_agency
from app.access.choices import Among, agency_options
from app.extensions import transaction
from app.models import Agency
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid
from app.rules.figures.exports import ExportForm
from app.rules.text import key_of
from app.services.agencies import management
from app.views.agencies.handover_files import handover_file
from app.views.forms.agency_fields import PlaceField
from app.views.forms.model_view import ManageForm
from app.views.web import context
from app.views.web.language.i18n import moment

SHOWN = 50


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
            "lapor/agencies/hand_over.html", form=form, agency=_agency(pk), left=attached(session, key)
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
            "lapor/agencies/handed_over.html",
            agency=agency,
            rows=rows[:SHOWN],
            next=url_for("HandOver.list", pk=agency.id, setelah=further) if further else "",
            first=url_for("HandOver.list", pk=agency.id) if after else "",
        )

    @expose("/<pk>/serah-terima/daftar.<any(csv,xlsx,pdf):form>")
    @has_access
    def sheet(self, pk: str, form: str) -> ResponseReturnValue:
        agency = _agency(pk)
        key, name = agency.id, agency.name
        session, actor = context.reading(), context.actor()

        def read(after: int, limit: int) -> Sequence[HandedOver]:
            return handed_over(session, actor, key, after=after, limit=limit)

        facts = [(_("Instansi"), name), (_("Per"), moment(context.now()))]
        title = _("Daftar serah terima")
        return handover_file(ExportForm(form), f"serah-terima-{key}", title, facts, name, read)


def _agency(pk: str) -> Agency:
    return managed_agency(context.reading(), context.actor(), key_of(pk)) or abort(404)


def _hand_over(agency_id: int, successor_id: int | None) -> int:
    """Batch after batch, so that no transaction holds them all; then the agency is switched off."""
    actor, now, number = context.actor(), context.now(), 0
    while True:
        with transaction(actor) as session:
            moved = management.hand_over(session, actor, agency_id, successor_id, now)
        number += moved
        if not moved:
            break
    with transaction(actor) as session:
        management.deactivate(session, actor, agency_id, now)
    return number
