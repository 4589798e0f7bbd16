"""One report: its page, and the moves of the agency that holds it (manual 6.3)."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from app.access.scope import get_report
from app.rules.errors import Forbidden
from app.rules.roles import Resource
from app.rules.text import REPORT_TEXT_MAX, key_of
from app.rules.workflow import Action
from app.services import handling
from app.views import context
from app.views.cards import card
from app.views.moves import Attempt, MoveForm, attempt
from app.views.timeline import timeline


class FollowUpForm(MoveForm):
    text = TextAreaField(_l("Tindak Lanjut"))
    secret = BooleanField(_l("Rahasia"))


class ReportPage(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read", "follow_up": "act"}

    @expose("/<report_id>/")
    @has_access
    def show(self, report_id: str) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        report = get_report(session, actor, key_of(report_id))
        return self.render_template(
            "lapor/report.html",
            card=card(session, actor, report, context.now()),
            report=report,
            timeline=timeline(session, report),
        )

    @expose("/<report_id>/tindak-lanjut/", methods=["GET", "POST"])
    @has_access
    def follow_up(self, report_id: str) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        report = get_report(session, actor, key_of(report_id))
        form = FollowUpForm()
        tried = Attempt(200)
        if request.method == "POST":
            tried = attempt(
                form,
                report.id,
                lambda writing, sealed: handling.follow_up(
                    writing, actor, sealed, form.text.data or "", context.now(), secret=form.secret.data
                ),
            )
            if tried.done:
                flash(
                    _(
                        "Tindak lanjut untuk laporan #%(id)s terkirim. Laporan berada di Sedang Diproses.",
                        id=report_id,
                    ),
                    "success",
                )
                return redirect(url_for("Desk.tab", slug="sedang-diproses"), 303)
            report = get_report(session, actor, key_of(report_id))
        shown = card(session, actor, report, context.now())
        if not shown.allows(Action.FOLLOW_UP):
            raise Forbidden
        if request.method == "GET":
            form.prepare(report.version)
        page = self.render_template(
            "lapor/follow_up.html", card=shown, form=form, events=tried.events, limit=REPORT_TEXT_MAX
        )
        return page, tried.status
