"""Permintaan: TERIMA, TOLAK, and "Batalkan Permintaan" for who asked (manual 6.5 to 6.7)."""

from __future__ import annotations

from functools import cache

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from app.access.choices import Among, agency_options
from app.access.reports.cards import delegator_id
from app.access.reports.requests import get_request
from app.models import Report
from app.rules.accounts.roles import Resource
from app.rules.errors import AlreadyDone
from app.rules.labels import N_
from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import Action
from app.rules.text import key_of
from app.services.reports import requests
from app.services.reports.locked_report import Form
from app.views.forms.agency_fields import AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.cards import Card
from app.views.reports.dialogs.frame import Dialog
from app.views.reports.request_view import RequestView
from app.views.web import context

ACCEPTED = N_("Permintaan untuk laporan #%(id)s diterima.")
REJECTED = N_("Permintaan untuk laporan #%(id)s ditolak.")
WITHDRAWN = N_("Permintaan untuk laporan #%(id)s dibatalkan.")


class AcceptForm(MoveForm):
    agency: AgencyField  # there alone, where the request suggests an agency: see accept_form()
    answer = TextAreaField(_l("Catatan untuk peminta (tidak wajib)"))


class RejectForm(MoveForm):
    answer = TextAreaField(_l("Alasan penolakan"))


class WithdrawForm(MoveForm):
    pass


@cache
def accept_form(action: Action) -> type[AcceptForm]:
    """With a field for where the report goes, where the request suggests that."""
    for field in DEFINITIONS[action].fields:
        if isinstance(field, AgencyOfRequest):
            return type(f"{action.name}AcceptForm", (AcceptForm,), {"agency": AgencyField(_l(field.decided))})
    return AcceptForm


class RequestDialog(Dialog):
    """The end of one request: shown to whom the card shows it as theirs to end."""

    def __init__(self, report_id: str, request_id: str) -> None:
        # The request of exactly this report, if the reader sees it; else it is not found.
        actor = context.actor()
        self.request = get_request(context.reading(), actor, key_of(report_id), key_of(request_id))
        self.action = self.request.action
        super().__init__(report_id)

    def allowed(self, seen: Card) -> bool:
        """A request that was decided meanwhile says so."""
        if self.request.status is not RequestStatus.OPEN:
            raise AlreadyDone
        return any(self.theirs(line) for line in seen.requests if line.id == self.request.id)

    def theirs(self, line: RequestView) -> bool:
        return line.decides


class AcceptDialog(RequestDialog):
    template, done = "lapor/reports/request_accept.html", ACCEPTED
    form: AcceptForm

    def make_form(self) -> AcceptForm:
        return accept_form(self.action)()

    def do(self, session: Session, sealed: Form) -> object:
        return requests.accept(
            session,
            self.actor,
            self.request.id,
            self.now,
            agency_id=self.form.agency.agency_id if "agency" in self.form else None,
            answer=self.form.answer.data or "",
            key=sealed.key,
        )

    def offer(self, session: Session, report: Report) -> None:
        if "agency" in self.form:
            self.form.agency.among = Among(within=delegator_id(session, report.id))

    def fill(self, session: Session, report: Report) -> None:
        """The suggestion, where the decider may send the report there; else the decider keeps it."""
        if "agency" not in self.form:
            return
        self.offer(session, report)
        first = [self.request.suggested_agency_id, delegator_id(session, report.id)]
        picker = self.form.agency
        found = {o.id: o for o in agency_options(session, [i for i in first if i], picker.among)}
        for agency_id in first:
            if agency_id in found:
                picker.choose(found[agency_id])
                break


class RejectDialog(RequestDialog):
    template, form_class, done = "lapor/reports/request_reject.html", RejectForm, REJECTED
    form: RejectForm

    def do(self, session: Session, sealed: Form) -> object:
        answer = self.form.answer.data or ""
        return requests.reject(session, self.actor, self.request.id, answer, self.now, key=sealed.key)


class WithdrawDialog(RequestDialog):
    template, form_class, done = "lapor/reports/request_withdraw.html", WithdrawForm, WITHDRAWN

    def do(self, session: Session, sealed: Form) -> object:
        return requests.withdraw(session, self.actor, self.request.id, self.now, key=sealed.key)

    def theirs(self, line: RequestView) -> bool:
        return line.withdraws


class Requests(BaseView):
    route_base = "/laporan"
    default_view = "accept"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"accept": "act", "reject": "act", "withdraw": "act"}

    @expose("/<report_id>/permintaan/<request_id>/terima/", methods=["GET", "POST"])
    @has_access
    def accept(self, report_id: str, request_id: str) -> ResponseReturnValue:
        return AcceptDialog(report_id, request_id).serve()

    @expose("/<report_id>/permintaan/<request_id>/tolak/", methods=["GET", "POST"])
    @has_access
    def reject(self, report_id: str, request_id: str) -> ResponseReturnValue:
        return RejectDialog(report_id, request_id).serve()

    @expose("/<report_id>/permintaan/<request_id>/batalkan/", methods=["GET", "POST"])
    @has_access
    def withdraw(self, report_id: str, request_id: str) -> ResponseReturnValue:
        return WithdrawDialog(report_id, request_id).serve()
