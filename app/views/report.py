"""One report: its page."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access

from app.access.trail import stays
from app.rules.roles import Resource
from app.rules.text import key_of
from app.views import context
from app.views.cards import card_of
from app.views.timeline import timeline
from app.views.trail import clock_lines


class ReportPage(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/<report_id>/")
    @has_access
    def show(self, report_id: str) -> ResponseReturnValue:
        session, actor, now = context.reading(), context.actor(), context.now()
        shown, report = card_of(session, actor, key_of(report_id), now)
        return self.render_template(
            "lapor/report.html",
            card=shown,
            report=report,
            age=((report.ended_at or now) - report.received_at).days,
            stays=stays(session, report.id),
            clocks=clock_lines(session, report.id, now),
            timeline=timeline(session, report),
        )
