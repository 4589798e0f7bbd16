"""The central desk: verify and dispatch, put off, archive (manual 3.2)."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, TextAreaField

from app.access.choices import agency_options, archive_reasons
from app.models import Report
from app.rules.accounts.roles import Resource
from app.rules.labels import N_
from app.rules.reports.workflow import Action
from app.services.reports import verification
from app.services.reports.locked_report import Form
from app.views.forms.agency_fields import AgenciesField, AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.facts_form import FactsFields, facts_shown
from app.views.reports.dialogs.frame import Dialog

PUT_OFF = N_("Laporan #%(id)s ditunda. Pelapor diminta melengkapinya dalam 30 hari.")
VERIFIED = N_("Laporan #%(id)s terverifikasi dan didisposisikan ke %(agency)s.")
ARCHIVED = N_("Laporan #%(id)s diarsipkan.")


class VerifyForm(FactsFields, MoveForm):
    agency = AgencyField(_l("Instansi tujuan"))
    copies = AgenciesField(_l("Salinan ke Instansi Lain"))

    def decision(self) -> verification.VerificationData:
        return verification.VerificationData(
            title=self.title.data or "",
            text=self.text.data or "",
            category_id=self.category_id,
            classification=self.kind,
            agency_id=self.agency.agency_id,
            area_code=self.area_code,
            copy_ids=self.copies.ids,
        )


class AskDetailsForm(MoveForm):
    text = TextAreaField(_l("Apa yang perlu dilengkapi pelapor?"))


class ArchiveForm(MoveForm):
    reason_code = SelectField(_l("Alasan"), validate_choice=False)
    text = TextAreaField(_l("Penjelasan untuk pelapor"))


class VerifyDialog(Dialog):
    template, form_class, action, done = "lapor/reports/verify.html", VerifyForm, Action.VERIFY, VERIFIED
    form: VerifyForm
    edits = True

    def do(self, session: Session, sealed: Form) -> object:
        return verification.verify(session, self.actor, sealed, self.form.decision(), self.now)

    def said(self) -> str:
        return str(_(self.done, id=self.report_id, agency=self.form.agency.query))

    def offer(self, session: Session, report: Report) -> None:
        self.form.offer_facts(session)

    def fill(self, session: Session, report: Report) -> None:
        self.form.fill_facts(report)
        suggested = [report.suggested_agency_id] if report.suggested_agency_id else []
        for option in agency_options(session, suggested):
            self.form.agency.choose(option)

    def home(self) -> str:
        return url_for("Desk.tab", slug="belum-terverifikasi")

    def shown(self) -> dict[str, Any]:
        return facts_shown()


class AskDetailsDialog(Dialog):
    template, form_class, action, done = (
        "lapor/reports/ask_details.html",
        AskDetailsForm,
        Action.ASK_DETAILS,
        PUT_OFF,
    )
    form: AskDetailsForm

    def do(self, session: Session, sealed: Form) -> object:
        return verification.ask_details(session, self.actor, sealed, self.form.text.data or "", self.now)


class ArchiveDialog(Dialog):
    template, form_class, action, done = "lapor/reports/archive.html", ArchiveForm, Action.ARCHIVE, ARCHIVED
    form: ArchiveForm

    def do(self, session: Session, sealed: Form) -> object:
        code, note = self.form.reason_code.data or "", self.form.text.data or ""
        return verification.archive(session, self.actor, sealed, code, note, self.now)

    def offer(self, session: Session, report: Report) -> None:
        reasons = [(code, _(words)) for code, words in archive_reasons(session)]
        self.form.reason_code.choices = [("", _("Pilih alasan")), *reasons]


class Verification(BaseView):
    route_base = "/laporan"
    default_view = "verify"
    class_permission_name = Resource.VERIFICATION.value
    method_permission_name = {"verify": "act", "ask_details": "act", "archive": "act"}

    @expose("/<report_id>/verifikasi/", methods=["GET", "POST"])
    @has_access
    def verify(self, report_id: str) -> ResponseReturnValue:
        return VerifyDialog(report_id).serve()

    @expose("/<report_id>/tunda/", methods=["GET", "POST"])
    @has_access
    def ask_details(self, report_id: str) -> ResponseReturnValue:
        return AskDetailsDialog(report_id).serve()

    @expose("/<report_id>/arsipkan/", methods=["GET", "POST"])
    @has_access
    def archive(self, report_id: str) -> ResponseReturnValue:
        return ArchiveDialog(report_id).serve()
