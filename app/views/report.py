"""One report: its page."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access

from app.access.scope import get_report
from app.rules.roles import Resource
from app.rules.text import key_of
from app.views import context
from app.views.cards import card
from app.views.timeline import timeline


class ReportPage(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

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
