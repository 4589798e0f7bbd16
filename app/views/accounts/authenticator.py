"""Verifikasi dua langkah: the authenticator of one's own account, and its recovery codes."""

from __future__ import annotations

import segno
from flask import current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.rules.accounts.roles import Resource
from app.rules.errors import Forbidden
from app.services.accounts import second_step
from app.services.accounts.credentials import authenticator
from app.views.accounts.own_account import OwnForm, mine, stay, try_own
from app.views.accounts.sign_in import CODE_MAX, PASSWORD_MAX
from app.views.web import context

NONCE = "second_step"  # where the session keeps what a new secret is made from; it tells nobody the secret
GROUP = 4  # letters of a secret that people type


class EnableForm(OwnForm):
    code = StringField(_l("Kode 6 angka dari aplikasi"), validators=[DataRequired(), Length(max=CODE_MAX)])
    current = PasswordField(_l("Kata sandi sekarang"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class CurrentForm(OwnForm):
    current = PasswordField(_l("Kata sandi sekarang"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class Authenticator(BaseView):
    route_base = "/akun/verifikasi-dua-langkah"
    default_view = "enable"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"enable": "write", "codes": "write", "disable": "write"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def enable(self) -> ResponseReturnValue:
        account = mine()
        if account.totp_nonce:
            return redirect(url_for("Account.show"))
        form, key = EnableForm(), current_app.config["SECRET_KEY"]
        nonce = session.setdefault(NONCE, authenticator.new_nonce())
        status, codes = try_own(
            form,
            lambda writing: second_step.enable(
                writing,
                context.actor(),
                nonce,
                form.code.data,
                form.current.data,
                key,
                context.now(),
            ),
        )
        if status == 303:
            session.pop(NONCE, None)
            stay(mine())
            return self._codes(codes, _("Verifikasi dua langkah aktif."))
        secret = authenticator.secret_of(account.id, nonce, key)
        address = authenticator.address_of(account, nonce, key)
        picture = segno.make(address, error="m")
        page = self.render_template(
            "lapor/accounts/authenticator.html",
            form=form,
            secret=" ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP)),
            # The library's own drawing of a text that it encodes: nothing of it is markup from outside.
            picture=Markup(picture.svg_inline(scale=5, dark="#000", light="#fff", border=3)),  # noqa: S704
            address=address,
            demanded=account.second_step_demanded,
        )
        return page, status

    @expose("/kode-cadangan/", methods=["GET", "POST"])
    @has_access
    def codes(self) -> ResponseReturnValue:
        _in_use()
        form = CurrentForm()
        status, codes = try_own(
            form,
            lambda writing: second_step.renew_codes(
                writing, context.actor(), form.current.data, context.now()
            ),
        )
        if status == 303:
            return self._codes(codes, _("Kode cadangan yang lama tidak berlaku lagi."))
        return self._page(
            _("Kode cadangan baru"),
            _("BUAT KODE"),
            form,
            status,
            _("Sepuluh kode baru dibuat dan kode yang lama tidak berlaku lagi."),
        )

    @expose("/matikan/", methods=["GET", "POST"])
    @has_access
    def disable(self) -> ResponseReturnValue:
        _in_use()
        form = CurrentForm()
        status, account = try_own(
            form,
            lambda writing: second_step.disable(writing, context.actor(), form.current.data, context.now()),
        )
        if status == 303:
            stay(account)
            flash(_("Verifikasi dua langkah dimatikan."), "success")
            return redirect(url_for("Account.show"), 303)
        return self._page(
            _("Matikan verifikasi dua langkah"),
            _("MATIKAN"),
            form,
            status,
            _("Setelah ini kata sandi saja cukup untuk masuk ke akun Anda."),
        )

    def _codes(self, codes: list[str], said: str) -> ResponseReturnValue:
        """Shown in the answer itself, this once: they are stored as hashes."""
        return self.render_template("lapor/accounts/recovery_codes.html", codes=codes, said=said)

    def _page(self, title: str, button: str, form: OwnForm, status: int, hint: str) -> ResponseReturnValue:
        page = self.render_template(
            "lapor/accounts/own_form.html", title=title, button=button, form=form, hint=hint
        )
        return page, status


def _in_use() -> None:
    """Raises Forbidden for an account without an authenticator."""
    if not mine().totp_nonce:
        raise Forbidden
