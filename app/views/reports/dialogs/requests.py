"""Permintaan: TERIMA, TOLAK, and "Batalkan Permintaan" for who asked (manual 6.5 to 6.7)."""

from __future__ import annotations

from collections.abc import Callable

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from app.access.choices import Among, agency_options
from app.access.reports.cards import delegator_id, get_request
from app.models import Report, Request
from app.rules.accounts.roles import Resource
from app.rules.errors import AlreadyDone
from app.rules.labels import N_
from app.rules.reports.codes import RequestStatus
from app.rules.reports.workflow import BY_ACTION, Carry
from app.rules.text import key_of
from app.services.reports import requests
from app.services.reports.locked_report import Form
from app.views.forms.agency_fields import AgencyField
from app.views.forms.move_form import MoveForm
from app.views.reports.cards import Card, RequestLine
from app.views.reports.dialogs.frame import Dialog, told
from app.views.web import context

ACCEPTED = N_("Permintaan untuk laporan #%(id)s diterima.")
REJECTED = N_("Permintaan untuk laporan #%(id)s ditolak.")
WITHDRAWN = N_("Permintaan untuk laporan #%(id)s dibatalkan.")


class AcceptForm(MoveForm):
    answer = TextAreaField(_l("Catatan untuk peminta (tidak wajib)"))


class AcceptHandBackForm(AcceptForm):
    """Where the report goes: the suggestion first, or whatever the decider picks below itself."""

    agency = AgencyField(_l("Dialihkan ke Instansi:"))


class RejectForm(MoveForm):
    answer = TextAreaField(_l("Alasan penolakan"))


class WithdrawForm(MoveForm):
    pass


class Requests(BaseView):
    route_base = "/laporan"
    default_view = "accept"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"accept": "act", "reject": "act", "withdraw": "act"}

    @expose("/<report_id>/permintaan/<request_id>/terima/", methods=["GET", "POST"])
    @has_access
    def accept(self, report_id: str, request_id: str) -> ResponseReturnValue:
        request, actor = _request(report_id, request_id), context.actor()
        moves = Carry.SUGGESTION in BY_ACTION[request.action].carries
        form = AcceptHandBackForm() if moves else AcceptForm()

        def offer(session: Session, report: Report) -> None:
            if isinstance(form, AcceptHandBackForm):
                form.agency.among = Among(within=delegator_id(session, report.id))

        def fill(session: Session, report: Report) -> None:
            # The suggestion, where the decider may send the report there; else the decider keeps it.
            if isinstance(form, AcceptHandBackForm):
                offer(session, report)
                first = [request.suggested_agency_id, delegator_id(session, report.id)]
                found = {o.id: o for o in agency_options(session, [i for i in first if i], form.agency.among)}
                for agency_id in first:
                    if agency_id in found:
                        form.agency.choose(found[agency_id])
                        break

        def do(session: Session, sealed: Form) -> object:
            return requests.accept(
                session,
                actor,
                request.id,
                context.now(),
                agency_id=form.agency.agency_id if isinstance(form, AcceptHandBackForm) else None,
                answer=form.answer.data or "",
                key=sealed.key,
            )

        return Dialog(
            "lapor/reports/request_accept.html",
            form,
            request.action,
            do=do,
            said=told(ACCEPTED, report_id),
            fill=fill,
            offer=offer,
            allowed=_open_line(request, lambda line: line.decides),
        ).serve(report_id)

    @expose("/<report_id>/permintaan/<request_id>/tolak/", methods=["GET", "POST"])
    @has_access
    def reject(self, report_id: str, request_id: str) -> ResponseReturnValue:
        request, actor, form = _request(report_id, request_id), context.actor(), RejectForm()
        return Dialog(
            "lapor/reports/request_reject.html",
            form,
            request.action,
            do=lambda session, sealed: requests.reject(
                session, actor, request.id, form.answer.data or "", context.now(), key=sealed.key
            ),
            said=told(REJECTED, report_id),
            allowed=_open_line(request, lambda line: line.decides),
        ).serve(report_id)

    @expose("/<report_id>/permintaan/<request_id>/batalkan/", methods=["GET", "POST"])
    @has_access
    def withdraw(self, report_id: str, request_id: str) -> ResponseReturnValue:
        request, actor, form = _request(report_id, request_id), context.actor(), WithdrawForm()
        return Dialog(
            "lapor/reports/request_withdraw.html",
            form,
            request.action,
            do=lambda session, sealed: requests.withdraw(
                session, actor, request.id, context.now(), key=sealed.key
            ),
            said=told(WITHDRAWN, report_id),
            allowed=_open_line(request, lambda line: line.withdraws),
        ).serve(report_id)


def _request(report_id: str, request_id: str) -> Request:
    """The request of exactly this report, if the reader sees it. Raises NotFound."""
    return get_request(context.reading(), context.actor(), key_of(report_id), key_of(request_id))


def _open_line(request: Request, may: Callable[[RequestLine], bool]) -> Callable[[Card], bool]:
    """Whether the card shows the request as open and the reader's to end; a decided one says so."""

    def allowed(card: Card) -> bool:
        lines = [line for line in card.requests if line.id == request.id]
        if request.status is not RequestStatus.OPEN:
            raise AlreadyDone
        return any(may(line) for line in lines)

    return allowed
