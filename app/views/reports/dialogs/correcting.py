"""Koreksi and Ubah Disposisi: what those above the holder change (manual 3.2; the working rules)."""

from __future__ import annotations

from typing import Any

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
from app.services.reports.locked_report import Form
from app.views.forms.agency_fields import AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.facts_form import FactsFields, facts_shown
from app.views.reports.dialogs.frame import Dialog
from app.views.reports.dialogs.handling import CopiesForm

CORRECTED = N_("Laporan #%(id)s dikoreksi.")
REDIRECTED = N_("Disposisi laporan #%(id)s diubah.")


class CorrectForm(FactsFields, MoveForm):
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


class CorrectDialog(Dialog):
    template, form_class, action, done = "lapor/reports/correct.html", CorrectForm, Action.CORRECT, CORRECTED
    form: CorrectForm
    edits = True

    def do(self, session: Session, sealed: Form) -> object:
        return verification.correct(session, self.actor, sealed, self.form.correction(), self.now)

    def offer(self, session: Session, report: Report) -> None:
        self.form.offer_facts(session)

    def fill(self, session: Session, report: Report) -> None:
        self.form.fill_facts(report)

    def shown(self) -> dict[str, Any]:
        return facts_shown()


class RedirectDialog(Dialog):
    template, form_class, action, done = (
        "lapor/reports/redirect.html",
        RedirectForm,
        Action.REDIRECT,
        REDIRECTED,
    )
    form: RedirectForm

    def do(self, session: Session, sealed: Form) -> object:
        form = self.form
        return verification.redirect(
            session,
            self.actor,
            sealed,
            form.agency.agency_id,
            self.now,
            note=form.note.data or "",
            copy_ids=form.copy_ids,
        )

    def offer(self, session: Session, report: Report) -> None:
        self.form.look_from(session, report)
        self.form.agency.among = Among(within=chain_place(session, self.actor, report))


class Correcting(BaseView):
    route_base = "/laporan"
    default_view = "correct"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"correct": "act", "redirect": "act"}

    @expose("/<report_id>/koreksi/", methods=["GET", "POST"])
    @has_access
    def correct(self, report_id: str) -> ResponseReturnValue:
        return CorrectDialog(report_id).serve()

    @expose("/<report_id>/ubah-disposisi/", methods=["GET", "POST"])
    @has_access
    def redirect(self, report_id: str) -> ResponseReturnValue:
        return RedirectDialog(report_id).serve()
