"""What mails lead to, for whoever is not signed in: a forgotten password, a link to set one, a new e-mail."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.extensions import transaction
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_
from app.rules.people import LinkPurpose
from app.rules.text import storable
from app.services import account_links, own_account, passwords, tries
from app.views import context
from app.views.doors import EMAIL, PASSWORD, Dead, entrance
from app.views.moves import MoveForm
from app.views.security.sign_in import NAME_MAX, PASSWORD_MAX

ASKED = N_(
    "Jika ada akun aktif dengan email atau username itu, surat dengan tautan dikirim ke alamat emailnya dalam beberapa menit. Periksa juga folder spam."
)
TOO_OFTEN = N_("Terlalu banyak permintaan dari jaringan ini. Tunggu satu jam, lalu coba lagi.")
SET = N_("Kata sandi disimpan. Masuk dengan kata sandi itu.")
CONFIRMED = N_("Alamat email akun Anda sudah diganti.")


class AskForm(FlaskForm):
    username = StringField(_l("Email atau username"), validators=[DataRequired(), Length(max=NAME_MAX)])


class NewPasswordForm(FlaskForm):
    password = PasswordField(_l("Kata sandi baru"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])
    again = PasswordField(_l("Tulis sekali lagi"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])
    take = MoveForm.take


class ConfirmEmailForm(FlaskForm):
    take = MoveForm.take


class MailedLinks(BaseView):
    route_base = ""
    default_view = "ask"

    @expose("/lupa-sandi/", methods=["GET", "POST"])
    def ask(self) -> ResponseReturnValue:
        """The same answer and the same work for a known and an unknown name."""
        form, status = AskForm(), 200
        if form.validate_on_submit():
            if self._ask(storable(form.username.data)):
                flash(_(ASKED), "info")
                return redirect(url_for("MailedLinks.ask"), 303)
            status = 429
            flash(_(TOO_OFTEN), "warning")
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/forgotten.html", form=form), status

    @expose("/sandi/", methods=["GET", "POST"])
    @entrance
    def enter_password(self) -> ResponseReturnValue:
        return PASSWORD.enter()

    @expose("/email/", methods=["GET", "POST"])
    @entrance
    def enter_email(self) -> ResponseReturnValue:
        return EMAIL.enter()

    @expose("/sandi/<handle>", methods=["GET", "POST"])
    @PASSWORD.behind
    def set_password(self, token: str, handle: str) -> ResponseReturnValue:
        """Looking at a link does not use it up: mail programs look at links too."""
        form, status = NewPasswordForm(), 200
        link = account_links.find(
            context.reading(), token, context.now(), LinkPurpose.FIRST, LinkPurpose.FORGOTTEN
        )
        if link is None:
            raise Dead
        first, name = link.purpose is LinkPurpose.FIRST, link.account.username
        if form.validate_on_submit():
            try:
                with transaction() as session:
                    passwords.by_link(
                        session,
                        token,
                        form.password.data,
                        form.again.data,
                        current_app.config["PASSWORD_METHOD"],
                        context.now(),
                    )
            except Invalid as refused:
                form.take(refused)
                status = 422
            except NotFound:
                raise Dead from None
            else:
                flash(_(SET), "success")
                return redirect(url_for("SignIn.login"), 303)
        elif form.is_submitted():
            status = 422
        page = self.render_template("lapor/new_password.html", form=form, first=first, username=name)
        return page, status

    @expose("/email/<handle>", methods=["GET", "POST"])
    @EMAIL.behind
    def confirm_email(self, token: str, handle: str) -> ResponseReturnValue:
        form, status = ConfirmEmailForm(), 200
        link = account_links.find(context.reading(), token, context.now(), LinkPurpose.EMAIL)
        if link is None:
            raise Dead
        address = link.email
        if form.validate_on_submit():
            try:
                with transaction() as session:
                    own_account.confirm_email(session, token, context.now())
            except Invalid as refused:
                form.take(refused)
                status = 422
            except NotFound:
                raise Dead from None
            else:
                flash(_(CONFIRMED), "success")
                return redirect(url_for("Account.show"), 303)
        page = self.render_template("lapor/confirm_email.html", form=form, address=address)
        return page, status

    def _ask(self, name: str) -> bool:
        """Queue what is told by mail; False when this place asks too often."""
        now, secret = context.now(), current_app.config["SECRET_KEY"]
        place, asked = tries.masked(secret, request.remote_addr), tries.masked(secret, name.strip().lower())
        with transaction() as session:
            if not tries.count(session, tries.FORGOTTEN_PLACE, place, now):
                return False
            # One name's letters are limited too, and without a word: the answer is the same.
            if tries.count(session, tries.FORGOTTEN_NAME, asked, now):
                passwords.ask_for_link(session, name, now)
        return True
