"""One report: its page."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_wtf import FlaskForm

from app.access.public_text import read_by, reads_original
from app.access.reports.cards import report_facts
from app.access.reports.trail import trail
from app.access.standing import standing
from app.rules.accounts.roles import Resource
from app.rules.reports.full_readers import may_choose
from app.rules.reports.tabs import Basis
from app.rules.reports.workflow import ENDED_STATES
from app.rules.text import key_of
from app.services.calendars import calendars_of
from app.views.reports.cards import card_from
from app.views.reports.public_version import panel, texts_of
from app.views.reports.timeline import timeline
from app.views.reports.trail import clock_lines, request_views, stay_lines
from app.views.web import context
from app.views.web.layout import lies_under


class ReportPage(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/<report_id>/")
    @has_access
    def show(self, report_id: str) -> ResponseReturnValue:
        """One report, in the version of its reader (access/public_text.py). A copy shows the substance as
        the desk made it: neither what the reporter wrote before that, nor the number in another system by
        which they could be found."""
        session, actor, now = context.reading(), context.actor(), context.now()
        facts = report_facts(session, actor, key_of(report_id))
        report, full = facts.report, facts.basis is Basis.FULL
        if report.state in ENDED_STATES:
            lies_under("Desk.finished")
        elif not full:
            lies_under("Desk.copies")
        way = trail(session, report.id)
        calendars_of(session, {report.holder_id, *(clock.agency_id for clock, _agency in way.clocks)})
        version = read_by(actor, report, way.chain, facts.basis)
        original = reads_original(version, report, facts.basis)
        mine = standing(actor, report, way.chain)
        may_decide = version.whole and may_choose(mine.whos)
        entries = timeline(session, report, version, original=original)
        return self.render_template(
            "lapor/reports/report.html",
            card=card_from(session, actor, facts, way.chain, way.requests, version, now),
            report=report,
            full=full,
            location=version(report.location),
            original=(version(report.original_title), version(report.original_text)) if original else None,
            edited=(version(report.title), version(report.text)),
            # Who reads it whole is who decides what others read of it.
            public=panel(report, (), texts_of(report, entries)) if may_decide else None,
            choosing=FlaskForm(),
            recorder=facts.recorder,
            age=((report.ended_at or now) - report.received_at).days,
            stays=stay_lines(way, entries, version, now),
            clocks=clock_lines(session, way, now),
            requests=request_views(actor, mine, way, version),
            copies=way.copies,
            timeline=entries,
        )
