"""Akun saya: one's own data, e-mail and password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput, EmailInput, TelInput

from app.access import account_lookup
from app.extensions import transaction
from app.models import Account
from app.rules.accounts.contact import is_reachable
from app.rules.accounts.genders import Gender
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_
from app.rules.text import SHORT_MAX
from app.services.accounts import own_account, people, setting_password
from app.services.accounts.credentials import authenticator, codes, passwords
from app.services.system import attempt_counts, limits
from app.views.accounts import browsing, devices
from app.views.accounts.sign_in import CODE_MAX, PASSWORD_MAX
from app.views.forms.choices import code_choices, date_of, text_of
from app.views.forms.move_form import RefusableForm
from app.views.web import context
from app.views.web.context import sms_ready
from app.views.web.language.i18n import long_date, word
from app.views.web.limiting import refuse_until, within_limit

CURRENT = "current"  # the field that asks for the password
PHONE_CODE = "phone_code"
TOO_OFTEN = N_("Terlalu banyak kata sandi yang salah. Tunggu 15 menit, lalu coba lagi.")


class OwnForm(RefusableForm):
    """Base of the forms about one's own account."""


class ProfileForm(OwnForm):
    name = StringField(_l("Nama Lengkap"), validators=[DataRequired(), Length(max=people.NAME_MAX)])
    gender = SelectField(_l("Jenis Kelamin"), validate_choice=False)
    birth_date = StringField(_l("Tanggal Lahir"), validators=[Length(max=SHORT_MAX)], widget=DateInput())


class EmailForm(OwnForm):
    email = StringField(
        _l("Email baru"), validators=[DataRequired(), Length(max=SHORT_MAX)], widget=EmailInput()
    )
    current = PasswordField(_l("Kata sandi sekarang"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class PhoneForm(OwnForm):
    phone = StringField(_l("Nomor telepon baru"), validators=[Length(max=SHORT_MAX)], widget=TelInput())
    current = PasswordField(_l("Kata sandi sekarang"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class PhoneCodeForm(OwnForm):
    code = StringField(_l("Kode"), validators=[DataRequired(), Length(max=CODE_MAX)])


class PasswordForm(OwnForm):
    current = PasswordField(_l("Kata sandi sekarang"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])
    password = PasswordField(_l("Kata sandi baru"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])
    again = PasswordField(_l("Tulis sekali lagi"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])


def try_own(form: OwnForm, do: Callable[[Session], Any]) -> tuple[int, Any]:
    """Call `do` for a form that was sent: (303, what it returned), (422, None) after a refusal, (200, None)
    when nothing was sent. Wrong passwords are counted: a session left open is no means to guess one."""
    if not form.is_submitted():
        return 200, None
    if not form.validate():
        return 422, None
    proves = CURRENT in form
    if proves and not _count_try():
        form.take(Invalid({CURRENT: TOO_OFTEN}))
        return 429, None
    wrong = False
    try:
        with transaction(context.actor()) as writing:
            return 303, do(writing)
    except Invalid as refused:
        wrong = refused.errors.get(CURRENT) == passwords.WRONG_PASSWORD
        form.take(refused)
        return 422, None
    finally:
        if proves and not wrong:
            _give_back()


def _count_try() -> bool:
    """Count a password before it is looked at: guesses sent all at once are counted one by one."""
    with transaction(context.actor()) as writing:
        found = attempt_counts.counted(
            writing, attempt_counts.OWN_PASSWORD, context.actor().user_id, context.now()
        )
    if not found.within:
        refuse_until(found.ends)
    return found.within


def _give_back() -> None:
    with transaction(context.actor()) as writing:
        attempt_counts.give_back(writing, attempt_counts.OWN_PASSWORD, context.actor().user_id)


def stay(account: Account) -> None:
    """Go on in this session, and at this device, after every other one was ended."""
    devices.remember(account)
    browsing.begin(account)


class AccountView(BaseView):
    """The signed-in account: whose it is, for which agency, with which roles; and what its owner changes."""

    route_base = "/akun"
    default_view = "show"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {
        "show": "read",
        "profile": "write",
        "email": "write",
        "phone": "write",
        "phone_code": "write",
        "password": "write",
    }

    @expose("/")
    @has_access
    def show(self) -> str:
        account = mine()
        facts = [
            (_("Nama"), account.get_full_name()),
            (_("Username"), account.username),
            (_("Email"), text_of(account.email if is_reachable(account.email) else None)),
            (_("Telepon"), text_of(account.phone)),
            (_("Jenis Kelamin"), word(account.gender) if account.gender else text_of(None)),
            (_("Tanggal Lahir"), long_date(account.birth_date) if account.birth_date else text_of(None)),
            (_("Instansi"), account.agency.name if account.agency else _("Tidak ada")),
            (_("Peran"), ", ".join(_(role.name) for role in account.roles)),
        ]
        left = authenticator.codes_left(context.reading(), account) if account.totp_nonce else 0
        return str(
            self.render_template("lapor/accounts/account.html", account=account, facts=facts, codes_left=left)
        )

    @expose("/profil/", methods=["GET", "POST"])
    @has_access
    def profile(self) -> ResponseReturnValue:
        account = mine()
        form = ProfileForm(
            data={
                "name": account.get_full_name(),
                "gender": account.gender.value if account.gender else "",
                "birth_date": account.birth_date.isoformat() if account.birth_date else "",
            }
        )
        form.gender.choices = [("", _("Tidak diisi")), *code_choices(Gender)]

        def change(writing: Session) -> Any:
            profile = own_account.AccountProfile(
                name=form.name.data,
                gender=Gender(form.gender.data) if form.gender.data in set(Gender) else None,
                birth_date=date_of(form.birth_date.data, "birth_date"),
            )
            return own_account.edit(writing, context.actor(), profile, context.now())

        status, _done = try_own(form, change)
        if status == 303:
            context.forget()
            return self._back(_("Profil disimpan."))
        return self._page(_("Ubah profil"), _("SIMPAN"), form, status)

    @expose("/email/", methods=["GET", "POST"])
    @has_access
    def email(self) -> ResponseReturnValue:
        form = EmailForm()
        if form.is_submitted() and not within_limit(attempt_counts.OWN_EMAIL_PLACE):
            form.take(Invalid({"email": own_account.TOO_OFTEN}))
            return self._page(_("Ganti email"), _("KIRIM TAUTAN"), form, 429)
        status, link = try_own(
            form,
            lambda writing: (
                own_account.ask_email(
                    writing, context.actor(), form.email.data, form.current.data, context.now()
                ).email
            ),
        )
        if status == 303:
            return self._back(
                _(
                    "Surat dikirim ke %(address)s. Alamat itu berlaku setelah Anda membuka tautan di dalamnya.",
                    address=link,
                )
            )
        return self._page(
            _("Ganti email"), _("KIRIM TAUTAN"), form, status,
            hint=_("Alamat baru berlaku setelah Anda membuka tautan yang dikirim ke alamat itu."),
        )  # fmt: skip

    @expose("/telepon/", methods=["GET", "POST"])
    @has_access
    def phone(self) -> ResponseReturnValue:
        """Confirmed by a code sent to the new number, where SMS can be sent."""
        form, by_sms = PhoneForm(), sms_ready()
        do = own_account.ask_phone if by_sms else own_account.change_phone

        def change(writing: Session) -> Any:
            return do(writing, context.actor(), form.phone.data or "", form.current.data, context.now())

        status, done = try_own(form, change)
        if status == 303 and by_sms and done:
            session[PHONE_CODE] = done
            return redirect(url_for("Account.phone_code"), 303)
        if status == 303:
            context.forget()
            return self._back(_("Nomor telepon disimpan."))
        hint = (
            _("Kode dikirim lewat SMS ke nomor baru; nomor itu berlaku setelah kodenya cocok.")
            if by_sms
            else _("Kosongkan untuk menghapus nomor. Perubahan ini diberitahukan ke email Anda.")
        )
        return self._page(_("Ganti nomor telepon"), _("LANJUT"), form, status, hint=hint)

    @expose("/telepon/kode/", methods=["GET", "POST"])
    @has_access
    def phone_code(self) -> ResponseReturnValue:
        """The code that was sent to the new number. Where it waits is kept in the session's cookie alone."""
        form, token = PhoneCodeForm(), session.get(PHONE_CODE, "")
        status = 422 if form.is_submitted() else 200
        try:
            codes.find(context.reading(), token, context.now(), own=True)
        except NotFound:
            session.pop(PHONE_CODE, None)
            return redirect(url_for("Account.phone"))
        if form.validate_on_submit():
            refused = self._try_phone_code(form, token)
            if refused is None:
                session.pop(PHONE_CODE, None)
                context.forget()
                return self._back(_("Nomor telepon disimpan."))
            form.take(refused)
        return self._page(_("Masukkan kode"), _("LANJUT"), form, status)

    def _try_phone_code(self, form: PhoneCodeForm, token: str) -> Invalid | None:
        """A wrong code is counted although it is refused."""
        if not within_limit(limits.CODE_TRIES_PLACE):
            return Invalid({"code": limits.TooMany.message})
        secret, now = current_app.config["LAPOR"].key(), context.now()
        try:
            with transaction(context.actor()) as writing:
                row = codes.find(writing, token, now, lock=True, own=True)
                refused = None if row.used_at else codes.refusal(row, form.code.data, secret)
                if refused is None and row.used_at is None:
                    own_account.confirm_phone(writing, context.actor(), row, now)
        except Invalid as taken:
            return taken
        return refused

    @expose("/kata-sandi/", methods=["GET", "POST"])
    @has_access
    def password(self) -> ResponseReturnValue:
        form = PasswordForm()
        status, account = try_own(
            form,
            lambda writing: setting_password.change_own(
                writing,
                context.actor(),
                form.current.data,
                setting_password.Typed(form.password.data, form.again.data),
                current_app.config["PASSWORD_METHOD"],
                context.now(),
            ),
        )
        if status == 303:
            stay(account)
            return self._back(_("Kata sandi diubah. Sesi lain sudah dikeluarkan."))
        return self._page(
            _("Ubah kata sandi"), _("SIMPAN"), form, status,
            hint=_("Paling sedikit 12 karakter. Empat kata yang tidak berhubungan mudah diingat dan sulit ditebak."),
        )  # fmt: skip

    def _page(
        self, title: str, button: str, form: OwnForm, status: int, hint: str = ""
    ) -> ResponseReturnValue:
        page = self.render_template(
            "lapor/accounts/own_form.html", title=title, button=button, form=form, hint=hint
        )
        return page, status

    def _back(self, said: str) -> ResponseReturnValue:
        flash(said, "success")
        return redirect(url_for("Account.show"), 303)


def mine() -> Account:
    """The account of this session."""
    account = account_lookup.with_all(context.reading(), context.actor().user_id or 0)
    assert account is not None, "the gate let this session in"
    return account
