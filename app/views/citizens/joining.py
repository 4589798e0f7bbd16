"""DAFTAR for citizens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from wtforms import PasswordField, StringField

from app.rules.accounts import passwords
from app.rules.errors import Invalid
from app.rules.text import storable
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.citizens import registration
from app.services.reports.locked_report import Form
from app.services.system import limits
from app.views.citizens.codes import hashed
from app.views.forms.move_form import Attempt, MoveForm, attempt
from app.views.forms.spam_trap import HumanFields
from app.views.web import context, doors
from app.views.web.context import sms_ready
from app.views.web.language.marked_words import translated
from app.views.web.layout import panel_url
from app.views.web.limiting import within_limit


class JoinForm(HumanFields, MoveForm):
    name = StringField(_l("Nama Anda"))
    address = StringField(_l("Alamat email"))
    password = PasswordField(_l("Kata sandi"))
    again = PasswordField(_l("Tulis lagi kata sandi"))

    def begin(self) -> None:
        self.prepare(0)
        self.note_opening()

    def asked(self) -> None:
        if sms_ready():
            self.address.label.text = _("Email atau nomor telepon")


class Joining(BaseView):
    route_base = "/daftar"
    default_view = "join"

    @expose("/", methods=["GET", "POST"])
    def join(self) -> ResponseReturnValue:
        if current_user.is_authenticated:
            return redirect(panel_url())
        form = JoinForm()
        form.asked()

        def do(session: Session, _sealed: Form) -> str:
            errors: dict[str, str] = {}
            address = _address(form, errors)
            try:
                about = [form.name.data or "", str(address or "")]
                passwords.twice(form.password.data or "", form.again.data or "", about)
            except Invalid as wrong:
                errors.update(wrong.errors)
            if errors or address is None:
                raise Invalid(errors)
            password = hashed(storable(form.password.data or ""))
            return registration.begin_registration(
                session, form.name.data or "", address, password, context.now()
            )

        return self._serve("lapor/citizens/join.html", form, do)

    @expose("/lupa-sandi/", methods=["GET", "POST"])
    def forgotten(self) -> ResponseReturnValue:
        """The page is one for officers and citizens by now; letters and bookmarks still lead here."""
        return redirect(url_for("MailedLinks.ask"), 303)

    def _serve(
        self, template: str, form: JoinForm, do: Callable[[Session, Form], Any]
    ) -> ResponseReturnValue:
        tried = Attempt(200)
        if request.method == "GET":
            form.begin()
        elif refused := form.machine_says():
            form.form_errors.append(refused)
            tried = Attempt(422)
        elif not _within(form):
            form.form_errors.append(translated(limits.TooMany.message))
            tried = Attempt(429)
        else:
            tried = attempt(form, None, do)
        if tried.done:
            return doors.CODE.go(tried.result)
        return self.render_template(template, form=form), tried.status


def _address(form: JoinForm, errors: dict[str, str]) -> Address | None:
    try:
        return codes.address_of(form.address.data, "address", sms=sms_ready())
    except Invalid as wrong:
        errors.update(wrong.errors)
        return None


def _within(form: JoinForm) -> bool:
    if not within_limit(limits.CODE_PLACE):
        return False
    address = _address(form, {})
    return address is None or within_limit(limits.CODE_ADDRESS, address)
