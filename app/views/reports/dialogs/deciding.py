"""Tahan, Lepas Tahan, Tutup, Buka, Buka Arsip: made by the delegator, asked for by the holder
(manual 6.6 and 6.7). One page for all of them: they differ in words alone."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from wtforms import TextAreaField

from app.rules.accounts.roles import Resource
from app.rules.reports.dialogs import ASKING, MAKING, SLUGS
from app.rules.reports.workflow import Action, Verdict
from app.services.reports import decisions, requests
from app.views.forms.move_form import MoveForm
from app.views.reports.dialogs.frame import Dialog, told
from app.views.web import context

ACTIONS: Mapping[str, Action] = {slug: action for action, slug in SLUGS.items()}


class ReasonForm(MoveForm):
    reason = TextAreaField()


class Deciding(BaseView):
    route_base = "/laporan"
    default_view = "make"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"make": "act", "ask": "act"}

    @expose("/<report_id>/tindakan/<slug>/", methods=["GET", "POST"])
    @has_access
    def make(self, report_id: str, slug: str) -> ResponseReturnValue:
        action = ACTIONS.get(slug) or abort(404)
        form, actor, words = ReasonForm(), context.actor(), MAKING[action]
        return Dialog(
            "lapor/reports/reason.html",
            form,
            action,
            do=lambda session, sealed: decisions.decide(
                session, actor, sealed, action, form.reason.data or "", context.now()
            ),
            said=told(words.done, report_id),
        ).serve(report_id, words=words)

    @expose("/<report_id>/permintaan/<slug>/", methods=["GET", "POST"])
    @has_access
    def ask(self, report_id: str, slug: str) -> ResponseReturnValue:
        action = ACTIONS.get(slug) or abort(404)
        form, actor, words = ReasonForm(), context.actor(), ASKING[action]
        return Dialog(
            "lapor/reports/reason.html",
            form,
            action,
            verdict=Verdict.ASK,
            do=lambda session, sealed: requests.ask(
                session, actor, sealed, action, context.now(), reason=form.reason.data or ""
            ),
            said=told(words.done, report_id),
        ).serve(report_id, words=words)
