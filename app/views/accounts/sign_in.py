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

from app.access.account_lookup import with_all
from app.extensions import transaction
from app.models import Account
from app.rules.accounts.contact import account_name
from app.rules.labels import N_
from app.rules.local_paths import local_path
from app.rules.text import storable
from app.services.accounts import sign_in
from app.services.accounts.credentials.passwords import stamp
from app.services.accounts.second_step import WRONG_CODE
from app.services.system.limits import TooMany
from app.views.accounts import browsing, devices
from app.views.accounts.admission import admit, visitor_of
from app.views.web import context
from app.views.web.layout import panel_url

NAME_MAX, PASSWORD_MAX, CODE_MAX = 320, 1_000, 64
PENDING = "pending"  # where the session keeps who has shown a password and owes a code
PENDING_FOR = timedelta(minutes=10)
SECOND = "second-step:"  # before the account's number: as whom codes are counted
NO_MATCH = N_(
    "Email, username, atau kata sandi tidak cocok. Periksa kembali, lalu coba lagi. Sudah beberapa kali? Tunggu 15 menit, masuk dari perangkat yang pernah Anda pakai, atau minta kata sandi baru."
)
TRIED_TOO_OFTEN = N_(
    "Terlalu banyak percobaan masuk yang gagal dari jaringan ini. Tunggu 15 menit, lalu coba lagi, atau masuk dari perangkat yang pernah Anda pakai. Nama yang Anda tulis tidak hilang."
)
BEGIN_AGAIN = N_("Waktu untuk menulis kode sudah habis. Masuk lagi dengan kata sandi Anda.")


class SignInForm(FlaskForm):
    username = StringField(_l("Email atau username"), validators=[DataRequired(), Length(max=NAME_MAX)])
    password = PasswordField(_l("Kata sandi"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class SecondStepForm(FlaskForm):
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
        if form.validate_on_submit():
            try:
                account = self.appbuilder.sm.auth_user_db(
                    account_name(storable(form.username.data)), storable(form.password.data)
                )
            except TooMany:
                return self._page(form, 429, TRIED_TOO_OFTEN)
            if account is not None and account.totp_nonce:
                session[PENDING] = [account.id, stamp(account), context.now().isoformat()]
                return redirect(url_for("SignIn.code", next=self._next() or None))
            if account is not None:
                return self._enter(account)
            return self._page(form, 401, NO_MATCH)
        return self._page(form, 422 if form.is_submitted() else 200)

    def _page(self, form: SignInForm, status: int, said: str = "") -> ResponseReturnValue:
        """The form, with what was typed and where it leads, but never the password."""
        if said:
            flash(_(said), "warning")
        return self.render_template("lapor/accounts/login.html", form=form, next=self._next()), status

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
        form, status, key, mark = SecondStepForm(), 200, account.id, stamp(account)
        if form.validate_on_submit():
            status, said = self._try_code(account, form.code.data)
            if status == 200:
                entering = with_all(context.reading(), key)
                if entering is not None and stamp(entering) == mark:
                    return self._enter(entering)
                status, said = 401, WRONG_CODE  # a new password came between: the next request begins again
            flash(_(said), "warning")
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/accounts/login_code.html", form=form, next=self._next()), status

    def _try_code(self, account: Account, code: str) -> tuple[int, str]:
        """(200, "") for the right code, else the status and what to say."""
        key, mark = account.id, stamp(account)
        visitor = visitor_of(f"{SECOND}{account.id}", devices.known(account))
        try:
            door = admit(visitor, key)
        except TooMany:
            return 429, TRIED_TOO_OFTEN
        with transaction() as writing:
            right = sign_in.second(
                writing, key, mark, code, current_app.config["SECRET_KEY"], context.now(), visitor=visitor,
                trusted=door.trusted,
            )  # fmt: skip
        return (200, "") if right else (401, WRONG_CODE)

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
