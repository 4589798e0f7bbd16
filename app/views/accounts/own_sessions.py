"""Akun saya > Perangkat dan sesi: the browsers that are signed in, and a form that came too late."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from flask import Response, flash, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import no_cache
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from app.extensions import session_limits, transaction
from app.models import AccountSession, UnsentForm
from app.rules.accounts.roles import Resource
from app.rules.errors import NotFound
from app.services.accounts.credentials import sessions
from app.views.accounts import browsing
from app.views.accounts.own_account import mine
from app.views.web import context
from app.views.web.language.i18n import moment
from app.views.web.layout import panel_url

DROP = "buang_formulir_ini"  # the button that throws it away: no form of ours has such a field
SHOWN_FROM = 20  # characters of a value that somebody wrote, rather than picked


class Sessions(BaseView):
    route_base = "/akun/sesi"
    default_view = "list"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {
        "list": "read",
        "left": "read",
        "stay": "read",
        "end": "write",
        "end_all": "write",
    }

    @expose("/")
    @has_access
    def list(self) -> str:
        return str(
            self.render_template(
                "lapor/accounts/own_sessions.html",
                rows=_open(),
                here=current_user.at_browser.id,
                device=device,
                moment=moment,
            )
        )

    @expose("/sisa")
    @has_access
    @no_cache
    def left(self) -> Response:
        """How many seconds the session lasts; asking does not make it longer."""
        here = current_user.at_browser
        limits = browsing.limits_of(current_user)
        return jsonify(left=seconds(limits.left(here.started_at, here.seen_at, context.now())))

    @expose("/tetap")
    @has_access
    @no_cache
    def stay(self) -> Response:
        """A request like any other: the session lasts on, as long as it may."""
        return jsonify(left=seconds(browsing.left(current_user)))

    @expose("/<int:key>/akhiri", methods=["GET", "POST"])
    @has_access
    def end(self, key: int) -> ResponseReturnValue:
        row = next((each for each in _open() if each.id == key), None)
        if row is None:
            raise NotFound
        form, name, own = FlaskForm(), device(row), key == current_user.at_browser.id
        if form.validate_on_submit():
            if own:
                browsing.leave()
                flash(_("Anda sudah keluar."), "info")
                return redirect(url_for("FrontPage.index"), 303)
            with transaction(context.actor()) as writing:
                sessions.end_own(writing, context.actor(), key, context.now())
            flash(_("Sesi di %(name)s sudah diakhiri.", name=name), "success")
            return redirect(url_for("Sessions.list"), 303)
        question = _(
            "%(name)s tidak dapat lagi membuka akun Anda sebelum masuk lagi. Akhiri sesi itu?", name=name
        )
        return self._confirm(form, _("Akhiri sesi"), question, _("AKHIRI SESI"))

    @expose("/keluar-semua", methods=["GET", "POST"])
    @has_access
    def end_all(self) -> ResponseReturnValue:
        form = FlaskForm()
        if form.validate_on_submit():
            with transaction(context.actor()) as writing:
                sessions.end_all_own(writing, context.actor(), context.now())
            browsing.leave()
            flash(_("Semua sesi sudah diakhiri, termasuk yang ini."), "info")
            return redirect(url_for("SignIn.login"), 303)
        question = _(
            "Semua peramban, termasuk yang ini, harus masuk lagi. Aplikasi yang terhubung tidak ikut keluar. Lanjutkan?"
        )
        return self._confirm(form, _("Keluar dari semua"), question, _("KELUAR DARI SEMUA"))

    def _confirm(self, form: FlaskForm, title: str, question: str, button: str) -> str:
        back = url_for("Sessions.list")
        return str(
            self.render_template(
                "lapor/forms/confirm.html",
                form=form,
                title=title,
                question=question,
                button=button,
                back=back,
            )
        )


class UnsentForms(BaseView):
    """A form that arrived after its session had ended: shown to whoever sent it, who sends it now or not."""

    route_base = "/akun/formulir"
    default_view = "show"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"show": "read"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    @no_cache
    def show(self) -> ResponseReturnValue:
        """Sent on by the browser: the same fields to where they were meant for, and its page answers."""
        found, form = _unsent(), FlaskForm()
        if found is not None and form.validate_on_submit():
            path = found.path
            with transaction(context.actor()) as writing:
                sessions.drop_unsent(writing, context.actor(), session.pop(browsing.UNSENT), context.now())
            if DROP not in request.form:
                return redirect(path, 307)
            flash(_("Formulir yang belum terkirim sudah dibuang."), "info")
            return redirect(panel_url(), 303)
        fields = found.fields if found is not None else []
        written = [value for _name, value in fields if len(value) >= SHOWN_FROM or "\n" in value]
        return self.render_template(
            "lapor/accounts/unsent_form.html", form=form, unsent=found, written=written, drop=DROP
        )


def seconds(time: timedelta) -> int:
    """Whole ones, and none only when it is over."""
    return ceil(time.total_seconds())


def device(row: AccountSession) -> str:
    """The browser and system of a session in words."""
    if row.browser and row.system:
        return str(_("%(browser)s di %(system)s", browser=row.browser, system=row.system))
    return row.browser or row.system or str(_("Peramban yang tidak dikenal"))


def _open() -> list[AccountSession]:
    return [*sessions.open_ones(context.reading(), mine(), session_limits(), context.now())]


def _unsent() -> UnsentForm | None:
    return sessions.unsent(
        context.reading(), context.actor(), session.get(browsing.UNSENT, ""), context.now()
    )
