"""The page that asks for a code: it confirms a visitor's report, an account, or a new password."""

from __future__ import annotations

from flask import current_app, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import login_user
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash
from wtforms import StringField

from app.access.public_text import OF_NO_REPORT
from app.extensions import transaction
from app.models import Account, OneTimeCode
from app.rules.citizens.forms import CODE_DIGITS, CodePurpose
from app.rules.errors import Invalid, NotFound
from app.services.accounts import setting_password
from app.services.accounts.credentials import codes
from app.services.citizens import own_link, registration
from app.services.citizens.secret_links import token_of
from app.services.system import limits
from app.views.web import context
from app.views.web.doors import CODE, PASSWORD, SECRET_LINK, Dead
from app.views.web.language.marked_words import translated
from app.views.web.limiting import within_limit

RESEND = "resend"


class ConfirmationCodeForm(FlaskForm):
    code = StringField(_l("Kode"))

    def take(self, refused: Invalid) -> None:
        for name, message in refused.errors.items():
            field = self._fields.get(name, self.code)
            field.errors = [*field.errors, translated(message)]


class Codes(BaseView):
    route_base = "/kode"
    default_view = "show"

    @expose("/<handle>/", methods=["GET", "POST"])
    @CODE.behind
    def show(self, token: str, handle: str) -> ResponseReturnValue:
        try:
            row, form = codes.find(context.reading(), token, context.now()), ConfirmationCodeForm()
        except NotFound:
            raise Dead from None
        if row.used_at is not None:
            return self._on(row)
        if not form.validate_on_submit():
            return self._page(row, form, 400 if form.is_submitted() else 200)
        if RESEND in request.form:
            return self._resend(row, form)
        if not within_limit(limits.CODE_TRIES_PLACE):
            form.take(Invalid({"code": limits.TooMany.message}))
            return self._page(row, form, 429)
        return self._try(token, form)

    def _try(self, token: str, form: ConfirmationCodeForm) -> ResponseReturnValue:
        """A wrong code is counted although it is refused; a right one does what waited for it."""
        secret, now = current_app.config["LAPOR"].key(), context.now()
        refused_code: Invalid | None = None
        account: Account | None = None
        link = ""
        try:
            with transaction() as session:
                row = codes.find(session, token, now, lock=True)
                refused_code = None if row.used_at else codes.refusal(row, form.code.data or "", secret)
                if refused_code is None and row.used_at is None:
                    if row.purpose is CodePurpose.PASSWORD:
                        link = setting_password.exchange(session, row, secret, now)
                    else:
                        account = _finish(session, row, secret)
        except Invalid as refused:
            refused_code = refused
        if refused_code is not None:
            form.take(refused_code)
            return self._page(codes.find(context.reading(), token, now), form, 422)
        if account is not None:
            self._sign_in(account)
        if link:  # the same page as that of a mailed link: one way to a new password
            return PASSWORD.go(link)
        return self._on(codes.find(context.reading(), token, now))

    def _sign_in(self, account: Account) -> None:
        known = self.appbuilder.sm.get_user_by_id(account.id)
        login_user(known, remember=False)
        self.appbuilder.sm.on_user_login(known)
        flash(_("Anda sudah masuk sebagai %(name)s.", name=known.get_full_name()), "success")

    def _resend(self, row: OneTimeCode, form: ConfirmationCodeForm) -> ResponseReturnValue:
        if not within_limit(limits.CODE_ADDRESS, row.email or row.phone):
            form.take(Invalid({"code": limits.TooMany.message}))
            return self._page(row, form, 429)
        with transaction() as session:
            codes.send(session, session.get_one(OneTimeCode, row.id), context.now())
        flash(_("Kode dikirim sekali lagi."), "info")
        return redirect(request.path, 303)

    def _on(self, row: OneTimeCode) -> ResponseReturnValue:
        """Where whoever confirmed goes on."""
        if row.purpose in (CodePurpose.FILING, CodePurpose.LINK):
            report = registration.filed(context.reading(), row)
            token = token_of(report, current_app.config["LAPOR"].key())
            # Only to the link that came of this code: a later one is nobody's who has but this page.
            if not token or report.link_round != row.payload.get("round", 0):
                raise Dead
            new = {"terkirim": 1} if row.purpose is CodePurpose.FILING else {"baru": 1}
            return SECRET_LINK.go(token, str(report.id), **new)
        if row.purpose is CodePurpose.PASSWORD:
            return redirect(url_for("MailedLinks.ask"), 303)
        return redirect(url_for("OwnReports.list"), 303)

    def _page(self, row: OneTimeCode, form: ConfirmationCodeForm, status: int) -> ResponseReturnValue:
        page = self.render_template(
            "lapor/citizens/code.html",
            form=form,
            row=row,
            purpose=row.purpose.value,
            address=row.email or row.phone,
            digits=CODE_DIGITS,
            preview=OF_NO_REPORT(row.payload.get("text", "")),
        )
        return make_response(page, status)


def _finish(session: Session, row: OneTimeCode, secret: str) -> Account | None:
    """Do what waited for the code; the account that is signed in by it, if there is one."""
    now = context.now()
    if row.purpose is CodePurpose.FILING:
        registration.finish_filing(session, row, secret, now)
        return None
    if row.purpose is CodePurpose.LINK:
        own_link.finish(session, row, secret, now)
        return None
    return registration.finish_registration(session, row, now)


def hashed(password: str) -> str:
    return str(generate_password_hash(password, method=current_app.config["LAPOR"].password_method))
