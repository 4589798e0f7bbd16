"""The central desk: verify and dispatch, put off, archive (manual 3.2)."""

from __future__ import annotations

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
from app.views.forms.agency_fields import AgenciesField, AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.facts_form import FactsFields, facts_shown
from app.views.reports.dialogs.frame import Dialog, told
from app.views.web import context

PUT_OFF = N_("Laporan #%(id)s ditunda. Pelapor diminta melengkapinya dalam 30 hari.")
ARCHIVED = N_("Laporan #%(id)s diarsipkan.")


class VerifyForm(FactsFields, MoveForm):
    agency = AgencyField(_l("Instansi tujuan"))
    copies = AgenciesField(_l("Salinan ke Instansi Lain"))

    def offer(self, session: Session, report: Report) -> None:
        self.offer_facts(session)

    def fill(self, session: Session, report: Report) -> None:
        self.fill_facts(report)
        suggested = [report.suggested_agency_id] if report.suggested_agency_id else []
        for option in agency_options(session, suggested):
            self.agency.choose(option)

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

    def offer(self, session: Session, report: Report) -> None:
        reasons = [(code, _(words)) for code, words in archive_reasons(session)]
        self.reason_code.choices = [("", _("Pilih alasan")), *reasons]


class Verification(BaseView):
    route_base = "/laporan"
    default_view = "verify"
    class_permission_name = Resource.VERIFICATION.value
    method_permission_name = {"verify": "act", "ask_details": "act", "archive": "act"}

    @expose("/<report_id>/verifikasi/", methods=["GET", "POST"])
    @has_access
    def verify(self, report_id: str) -> ResponseReturnValue:
        form, actor = VerifyForm(), context.actor()
        return Dialog(
            "lapor/reports/verify.html",
            form,
            Action.VERIFY,
            do=lambda session, sealed: verification.verify(
                session, actor, sealed, form.decision(), context.now()
            ),
            said=lambda: _(
                "Laporan #%(id)s terverifikasi dan didisposisikan ke %(agency)s.",
                id=report_id,
                agency=form.agency.query,
            ),
            offer=form.offer,
            fill=form.fill,
            edits=True,
            home=url_for("Desk.tab", slug="belum-terverifikasi"),
        ).serve(report_id, **facts_shown())

    @expose("/<report_id>/tunda/", methods=["GET", "POST"])
    @has_access
    def ask_details(self, report_id: str) -> ResponseReturnValue:
        form, actor = AskDetailsForm(), context.actor()
        return Dialog(
            "lapor/reports/ask_details.html",
            form,
            Action.ASK_DETAILS,
            do=lambda session, sealed: verification.ask_details(
                session, actor, sealed, form.text.data or "", context.now()
            ),
            said=told(PUT_OFF, report_id),
        ).serve(report_id)

    @expose("/<report_id>/arsipkan/", methods=["GET", "POST"])
    @has_access
    def archive(self, report_id: str) -> ResponseReturnValue:
        form, actor = ArchiveForm(), context.actor()
        return Dialog(
            "lapor/reports/archive.html",
            form,
            Action.ARCHIVE,
            do=lambda session, sealed: verification.archive(
                session, actor, sealed, form.reason_code.data or "", form.text.data or "", context.now()
            ),
            said=told(ARCHIVED, report_id),
            offer=form.offer,
        ).serve(report_id)
