"""Laporan Saya: what a citizen with an account filed."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from app.access.citizens.own_reports import PAGE_SIZE, own_reports, reporter_of
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.citizens.forms import NotifyBy
from app.rules.errors import NotFound
from app.rules.text import key_of
from app.services.citizens.registration import choose_notices
from app.views.citizens import own_report
from app.views.reports.cards import state_chips
from app.views.web import context


class NoticeForm(FlaskForm):
    notify = BooleanField(_l("Kabari saya bila ada perkembangan"))


class OwnReports(BaseView):
    route_base = "/laporan-saya"
    default_view = "list"
    class_permission_name = Resource.OWN_REPORTS.value
    method_permission_name = {"list": "read", "show": "read", "file": "read", "act": "act", "notices": "act"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        context.act_as_citizen()
        session, actor = context.reading(), context.actor()
        before = key_of(request.args.get("sebelum"))
        found = own_reports(session, actor, before=before, limit=PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        more = url_for("OwnReports.list", sebelum=shown[-1].report.id) if len(found) > PAGE_SIZE else ""
        return self.render_template(
            "lapor/citizens/own_list.html",
            reports=[(facts, state_chips(facts.report, facts.archive_reason)) for facts in shown],
            next_url=more,
            first_url=url_for("OwnReports.list") if before else "",
        )

    @expose("/kabar/", methods=["GET", "POST"])
    @has_access
    def notices(self) -> ResponseReturnValue:
        """Whether the citizen wants to be told of what happens."""
        context.act_as_citizen()
        reporter = reporter_of(context.reading(), context.actor())
        form = NoticeForm()
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                choose_notices(session, context.actor(), told=form.notify.data)
            flash(_("Pilihan Anda disimpan."), "success")
            return redirect(url_for("OwnReports.list"), 303)
        if reporter is None:
            raise NotFound
        if not form.is_submitted():
            form.notify.data = reporter.notify_by is not NotifyBy.NONE
        return self.render_template("lapor/citizens/own_notices.html", form=form)

    @expose("/<report_id>/")
    @has_access
    def show(self, report_id: str) -> ResponseReturnValue:
        return own_report.show(_place(report_id))

    @expose("/<report_id>/lampiran/<file_id>")
    @has_access
    def file(self, report_id: str, file_id: str) -> ResponseReturnValue:
        return own_report.file(_place(report_id), file_id)

    @expose("/<report_id>/<slug>/", methods=["GET", "POST"])
    @has_access
    def act(self, report_id: str, slug: str) -> ResponseReturnValue:
        return own_report.act(_place(report_id), slug)


def _place(report_id: str) -> own_report.OwnReportPlace:
    """The pages of a report; from here on the account acts as the citizen who filed it."""
    context.act_as_citizen()
    key = key_of(report_id)
    if key is None:
        raise NotFound
    return own_report.OwnReportPlace(
        key,
        page=url_for("OwnReports.show", report_id=key),
        act=lambda slug: url_for("OwnReports.act", report_id=key, slug=slug),
        file=lambda file_id: url_for("OwnReports.file", report_id=key, file_id=file_id),
        home=url_for("OwnReports.list"),
    )
