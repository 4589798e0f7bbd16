"""MASUK: the popup on the front page and the page of its own send the same form here."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.decorators import no_cache
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.rules.contact import account_name
from app.rules.text import storable
from app.views import context
from app.views.pages import local_path, panel_url

NAME_MAX, PASSWORD_MAX = 320, 1_000


class SignInForm(FlaskForm):
    username = StringField(_l("Email atau username"), validators=[DataRequired(), Length(max=NAME_MAX)])
    password = PasswordField(_l("Kata sandi"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class SignIn(BaseView):
    route_base = ""
    default_view = "login"

    @expose("/login/", methods=["GET", "POST"])
    @no_cache
    def login(self) -> ResponseReturnValue:
        if current_user.is_authenticated:
            return redirect(self._target())
        form = SignInForm()
        status = 200
        if form.validate_on_submit():
            account = self.appbuilder.sm.auth_user_db(
                account_name(storable(form.username.data)), storable(form.password.data)
            )
            if account is not None:
                login_user(account, remember=False)
                self.appbuilder.sm.on_user_login(account)
                return redirect(self._target())
            status = 401
            flash(
                _("Email, username, atau kata sandi tidak cocok. Periksa kembali, lalu coba lagi."), "warning"
            )
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/login.html", form=form, next=request.args.get("next", "")), status

    def _target(self) -> str:
        return local_path(request.args.get("next", "")) or panel_url()

    @expose("/logout/", methods=["POST"])
    def logout(self) -> ResponseReturnValue:
        logout_user()
        context.forget()
        flash(_("Anda sudah keluar."), "info")
        return redirect(url_for("FrontPage.index"))
