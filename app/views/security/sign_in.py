"""MASUK: the popup on the front page and the page of its own send the same form here.

Whoever has an authenticator is asked for its code on a page of its own; until then they are nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.decorators import no_cache
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.access.accounts import with_all
from app.extensions import transaction
from app.models import Account
from app.rules.contact import account_name
from app.rules.labels import N_
from app.rules.local_paths import local_path
from app.rules.text import storable
from app.services import sign_in
from app.services.passwords import stamp
from app.services.second_step import WRONG_CODE
from app.views import context
from app.views.pages import panel_url
from app.views.security import browsing

NAME_MAX, PASSWORD_MAX, CODE_MAX = 320, 1_000, 64
PENDING = "pending"  # where the session keeps who has shown a password and owes a code
PENDING_FOR = timedelta(minutes=10)
BEGIN_AGAIN = N_("Waktu untuk menulis kode sudah habis. Masuk lagi dengan kata sandi Anda.")


class SignInForm(FlaskForm):
    username = StringField(_l("Email atau username"), validators=[DataRequired(), Length(max=NAME_MAX)])
    password = PasswordField(_l("Kata sandi"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class CodeForm(FlaskForm):
    code = StringField(_l("Kode"), validators=[DataRequired(), Length(max=CODE_MAX)])


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
            if account is not None and account.totp_nonce:
                session[PENDING] = [account.id, stamp(account), context.now().isoformat()]
                return redirect(url_for("SignIn.code", next=self._next() or None))
            if account is not None:
                return self._enter(account)
            status = 401
            flash(
                _("Email, username, atau kata sandi tidak cocok. Periksa kembali, lalu coba lagi."), "warning"
            )
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/login.html", form=form, next=self._next()), status

    @expose("/login/kode/", methods=["GET", "POST"])
    @no_cache
    def code(self) -> ResponseReturnValue:
        """The second step: the authenticator's code, or a recovery code."""
        if current_user.is_authenticated:
            return redirect(self._target())
        account = self._pending()
        if account is None:
            if session.pop(PENDING, None):
                flash(_(BEGIN_AGAIN), "warning")
            return redirect(url_for("SignIn.login", next=self._next() or None))
        form, status, key = CodeForm(), 200, account.id
        if form.validate_on_submit():
            with transaction() as writing:
                right = sign_in.second(
                    writing, key, form.code.data, current_app.config["SECRET_KEY"], context.now()
                )
            if right:
                return self._enter(with_all(context.reading(), key))
            status = 401
            flash(_(WRONG_CODE), "warning")
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/login_code.html", form=form, next=self._next()), status

    @expose("/logout/", methods=["POST"])
    def logout(self) -> ResponseReturnValue:
        browsing.leave()
        flash(_("Anda sudah keluar."), "info")
        return redirect(url_for("FrontPage.index"))

    def _enter(self, account: Account) -> ResponseReturnValue:
        session.pop(PENDING, None)
        login_user(account, remember=False)
        self.appbuilder.sm.on_user_login(account)
        return redirect(self._target())

    def _pending(self) -> Account | None:
        """Who has shown a password in this session a short while ago, if it is still theirs."""
        kept = session.get(PENDING)
        if not kept:
            return None
        key, mark, at = kept
        account = with_all(context.reading(), int(key))
        fresh = context.now() - datetime.fromisoformat(at) < PENDING_FOR
        still = account is not None and account.active and account.totp_nonce and stamp(account) == mark
        return account if fresh and still else None

    def _next(self) -> str:
        return local_path(request.args.get("next", ""))

    def _target(self) -> str:
        return self._next() or panel_url()
