"""Comments by citizens: the form below a public report, and the officers' page that lets them through."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.access.citizens.public_reports import public_report
from app.access.citizens.remarks import get_comment, to_moderate
from app.access.standing import is_own
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.citizens.forms import CommentState
from app.rules.errors import Forbidden
from app.rules.text import key_of
from app.services.citizens import remarks
from app.services.system import limits
from app.views.citizens.public_reports import public_card
from app.views.forms.move_form import Attempt, MoveForm, attempt
from app.views.web import context
from app.views.web.language.marked_words import translated
from app.views.web.limiting import within_limit

DECISIONS: Mapping[str, CommentState] = {"tampilkan": CommentState.SHOWN, "sembunyikan": CommentState.HIDDEN}
TABS: Mapping[str, CommentState] = {
    "": CommentState.WAITING,
    "tampil": CommentState.SHOWN,
    "tersembunyi": CommentState.HIDDEN,
}


class RemarkForm(MoveForm):
    text = TextAreaField(_l("Komentar"))


class Remarks(BaseView):
    route_base = "/publik/laporan"
    default_view = "write"
    class_permission_name = Resource.OWN_REPORTS.value
    method_permission_name = {"write": "act"}

    @expose("/<report_id>/komentar/", methods=["GET", "POST"])
    @has_access
    def write(self, report_id: str) -> ResponseReturnValue:
        context.act_as_citizen()
        actor, form = context.actor(), RemarkForm()
        facts = public_report(context.reading(), key_of(report_id))
        if is_own(actor, facts.report):
            raise Forbidden(remarks.YOUR_OWN)
        if not remarks.may_write(actor):
            raise Forbidden
        tried = Attempt(200)
        if request.method == "GET":
            form.prepare(0)
        elif within_limit(limits.COMMENT_PERSON, actor.user_id):
            tried = attempt(
                form,
                facts.report.id,
                lambda session, sealed: remarks.write(
                    session, actor, sealed, form.text.data or "", context.now()
                ),
            )
        else:
            form.form_errors.append(translated(limits.TooMany.message))
            tried = Attempt(429)
        if tried.done:
            flash(_("Komentar Anda terkirim. Ia tampil setelah diperiksa oleh instansi."), "success")
            return redirect(url_for("PublicReports.show", report_id=facts.report.id), 303)
        page = self.render_template(
            "lapor/citizens/remark.html", card=public_card(facts), form=form, limit=remarks.COMMENT_MAX
        )
        return page, tried.status


class Moderation(BaseView):
    route_base = "/laporan/komentar-publik"
    default_view = "list"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"list": "read", "decide": "act"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        chosen = request.args.get("keadaan", "")
        state = TABS.get(chosen)
        if state is None:
            abort(404)
        found = to_moderate(context.reading(), context.actor(), state)
        return self.render_template(
            "lapor/citizens/moderation.html", awaiting=found, chosen=chosen, state=state
        )

    @expose("/<comment_id>/", methods=["GET", "POST"])
    @has_access
    def decide(self, comment_id: str) -> ResponseReturnValue:
        """One comment with its two ends; a decision can be taken back by the other."""
        actor, form = context.actor(), FlaskForm()
        state = DECISIONS.get(request.form.get("decision", ""))
        if state is None or not form.validate_on_submit():
            found = get_comment(context.reading(), actor, key_of(comment_id))
            page = self.render_template("lapor/citizens/moderate.html", found=found, form=form)
            return page, 422 if form.is_submitted() else 200
        with transaction(actor) as session:
            remarks.moderate(session, actor, key_of(comment_id), state, context.now())
        shown = state is CommentState.SHOWN
        flash(_("Komentar ditampilkan.") if shown else _("Komentar disembunyikan."), "success")
        return redirect(url_for("Moderation.list"), 303)
