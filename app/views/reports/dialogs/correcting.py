"""Koreksi and Ubah Disposisi: what those above the holder change (manual 3.2; the working rules)."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from app.access.choices import Among
from app.access.reports.cards import chain_place
from app.models import Report
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.rules.reports.workflow import Action
from app.services.reports import verification
from app.views.forms.agency_fields import AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.facts_form import FactsFields, facts_shown
from app.views.reports.dialogs.frame import Dialog, told
from app.views.reports.dialogs.handling import CopiesForm
from app.views.web import context

CORRECTED = N_("Laporan #%(id)s dikoreksi.")
REDIRECTED = N_("Disposisi laporan #%(id)s diubah.")


class CorrectForm(FactsFields, MoveForm):
    def offer(self, session: Session, report: Report) -> None:
        self.offer_facts(session)

    def fill(self, session: Session, report: Report) -> None:
        self.fill_facts(report)

    def correction(self) -> verification.Correction:
        """What stands in the form; the service takes what differs from the report."""
        return verification.Correction(
            title=self.title.data or "",
            text=self.text.data or "",
            category_id=self.category_id,
            classification=self.kind,
            area_code=self.area_code,
        )


class RedirectForm(CopiesForm):
    agency = AgencyField(_l("Disposisi ke Instansi:"))
    note = TextAreaField(_l("Catatan (tidak wajib)"))

    def offer(self, session: Session, report: Report) -> None:
        self.look_from(session, report)
        self.agency.among = Among(within=chain_place(session, context.actor(), report))


class Correcting(BaseView):
    route_base = "/laporan"
    default_view = "correct"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"correct": "act", "redirect": "act"}

    @expose("/<report_id>/koreksi/", methods=["GET", "POST"])
    @has_access
    def correct(self, report_id: str) -> ResponseReturnValue:
        form, actor = CorrectForm(), context.actor()
        return Dialog(
            "lapor/reports/correct.html",
            form,
            Action.CORRECT,
            do=lambda session, sealed: verification.correct(
                session, actor, sealed, form.correction(), context.now()
            ),
            said=told(CORRECTED, report_id),
            offer=form.offer,
            fill=form.fill,
            edits=True,
        ).serve(report_id, **facts_shown())

    @expose("/<report_id>/ubah-disposisi/", methods=["GET", "POST"])
    @has_access
    def redirect(self, report_id: str) -> ResponseReturnValue:
        form, actor = RedirectForm(), context.actor()
        return Dialog(
            "lapor/reports/redirect.html",
            form,
            Action.REDIRECT,
            do=lambda session, sealed: verification.redirect(
                session,
                actor,
                sealed,
                form.agency.agency_id,
                context.now(),
                note=form.note.data or "",
                copy_ids=form.copy_ids,
            ),
            said=told(REDIRECTED, report_id),
            offer=form.offer,
        ).serve(report_id)
