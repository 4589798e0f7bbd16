"""Tahan, Lepas Tahan, Tutup, Buka, Buka Arsip: made by the delegator, asked for by the holder
(manual 6.6 and 6.7). One page for all of them: what they differ in stands in their definitions."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from sqlalchemy.orm import Session

from app.rules.accounts.roles import Resource
from app.rules.reports.actions import BY_SLUG, DEFINITIONS, Definition, Words
from app.rules.reports.workflow import BY_ACTION, Action, Carry, Verdict
from app.services.reports import decisions, requests
from app.services.reports.locked_report import Form
from app.views.reports.dialogs.frame import Dialog
from app.views.reports.dialogs.request_form import RequestForm, form_of


class MakeDialog(Dialog):
    """A move that carries a reason, and what else a request for it would carry."""

    template = "lapor/reports/reason.html"
    form: RequestForm

    def __init__(self, report_id: str, action: Action) -> None:
        self.action, self.words = action, self.words_of(DEFINITIONS[action]) or abort(404)
        super().__init__(report_id)
        self.done = self.words.done

    def words_of(self, definition: Definition) -> Words | None:
        return definition.making

    def make_form(self) -> RequestForm:
        return form_of(self.action)()

    def do(self, session: Session, sealed: Form) -> object:
        reason, values = self.form.reason.data or "", self.form.values()
        return decisions.decide(session, self.actor, sealed, self.action, reason, self.now, values=values)

    def shown(self) -> dict[str, Any]:
        return {"words": self.words, "with_reason": Carry.REASON in BY_ACTION[self.action].carries}


class AskDialog(MakeDialog):
    """The same, where the reader may only ask for the move."""

    verdict = Verdict.ASK

    def words_of(self, definition: Definition) -> Words | None:
        return definition.asking

    def do(self, session: Session, sealed: Form) -> object:
        reason, values = self.form.reason.data or "", self.form.values()
        return requests.ask(session, self.actor, sealed, self.action, self.now, reason=reason, values=values)


class Deciding(BaseView):
    route_base = "/laporan"
    default_view = "make"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"make": "act", "ask": "act"}

    @expose("/<report_id>/tindakan/<slug>/", methods=["GET", "POST"])
    @has_access
    def make(self, report_id: str, slug: str) -> ResponseReturnValue:
        return MakeDialog(report_id, _named(slug)).serve()

    @expose("/<report_id>/permintaan/<slug>/", methods=["GET", "POST"])
    @has_access
    def ask(self, report_id: str, slug: str) -> ResponseReturnValue:
        return AskDialog(report_id, _named(slug)).serve()


def _named(slug: str) -> Action:
    definition = BY_SLUG.get(slug) or abort(404)
    return definition.action
