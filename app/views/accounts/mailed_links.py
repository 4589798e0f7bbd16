"""What mails lead to: a forgotten password, a link to set one, a new e-mail, a change taken back, an invitation,
a second step that is lost. All but the invitation are for whoever is not signed in."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from app.access import account_lookup
from app.extensions import transaction
from app.rules.accounts.contact import account_name, is_reachable
from app.rules.accounts.people import LinkPurpose
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_
from app.rules.text import storable
from app.services.accounts import invitations, own_account, second_step, setting_password, undo_links
from app.services.accounts.credentials import account_links
from app.services.accounts.second_step import WRONG_CODE
from app.services.accounts.setting_password import Typed
from app.services.system import attempt_counts, limits
from app.services.system.limits import TooMany
from app.views.accounts.own_account import TOO_OFTEN as TOO_MANY_PASSWORDS
from app.views.accounts.own_account import stay
from app.views.accounts.sign_in import CODE_MAX, NAME_MAX, PASSWORD_MAX
from app.views.forms.move_form import RefusableForm
from app.views.web import context
from app.views.web.context import sms_ready
from app.views.web.doors import CODE, EMAIL, INVITATION, PASSWORD, SECOND_STEP, UNDO, Dead, entrance
from app.views.web.layout import panel_url
from app.views.web.limiting import hashed_here, within_limit

ASKED = N_(
    "Jika ada akun aktif dengan email atau username itu, surat dengan tautan dikirim ke alamat emailnya dalam beberapa menit. Periksa juga folder spam."
)
TOO_OFTEN = N_("Terlalu banyak permintaan dari jaringan ini. Tunggu satu jam, lalu coba lagi.")
SET = N_("Kata sandi disimpan. Masuk dengan kata sandi itu.")
CONFIRMED = N_("Alamat email akun Anda sudah diganti.")
UNDONE = N_("Perubahan dibatalkan dan semua sesi dikeluarkan. Masuk dengan kata sandi yang baru.")
RECOVERED = N_(
    "Verifikasi dua langkah dilepas. Masuk dengan kata sandi Anda, lalu pasang lagi di halaman Akun saya."
)
DECLINED = N_("Undangan ditolak. Tidak ada yang berubah pada akun Anda.")
NO = "no"


class AskForm(FlaskForm):
    username = StringField(_l("Email atau username"), validators=[DataRequired(), Length(max=NAME_MAX)])

    def asked(self) -> None:
        if sms_ready():
            self.username.label.text = _("Email, username, atau nomor telepon")


class NewPasswordForm(RefusableForm):
    password = PasswordField(_l("Kata sandi baru"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])
    again = PasswordField(_l("Tulis sekali lagi"), validators=[DataRequired(), Length(max=PASSWORD_MAX + 1)])
    code = StringField(
        _l("Kode autentikator atau kode cadangan"), validators=[Length(max=CODE_MAX)], default=""
    )


class ConfirmEmailForm(RefusableForm):
    """Asks for a yes."""


class CurrentPasswordForm(RefusableForm):
    current = PasswordField(_l("Kata sandi Anda"), validators=[DataRequired(), Length(max=PASSWORD_MAX)])


class MailedLinks(BaseView):
    route_base = ""
    default_view = "ask"

    @expose("/lupa-sandi/", methods=["GET", "POST"])
    def ask(self) -> ResponseReturnValue:
        """One page for officers and citizens; the same answer and work for a known and an unknown name.

        What was typed alone decides the channel: a telephone number gets a code, all else a link by mail.
        """
        form, status = AskForm(), 200
        form.asked()
        if form.validate_on_submit():
            name = account_name(storable(form.username.data))
            try:
                return self._ask_for_code(name) if _is_phone(name) else self._ask_for_link(name)
            except TooMany:
                status = 429
                flash(_(TOO_OFTEN), "warning")
        elif form.is_submitted():
            status = 422
        return self.render_template("lapor/accounts/forgotten.html", form=form, by_phone=sms_ready()), status

    @expose("/sandi/", methods=["GET", "POST"])
    @entrance
    def enter_password(self) -> ResponseReturnValue:
        return PASSWORD.enter()

    @expose("/email/", methods=["GET", "POST"])
    @entrance
    def enter_email(self) -> ResponseReturnValue:
        return EMAIL.enter()

    @expose("/batalkan/", methods=["GET", "POST"])
    @entrance
    def enter_undo(self) -> ResponseReturnValue:
        return UNDO.enter()

    @expose("/lepas-verifikasi/", methods=["GET", "POST"])
    @entrance
    def enter_second_step(self) -> ResponseReturnValue:
        return SECOND_STEP.enter()

    @expose("/undangan/", methods=["GET", "POST"])
    @entrance
    def enter_invitation(self) -> ResponseReturnValue:
        return INVITATION.enter()

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
        first, name, second = (
            link.purpose is LinkPurpose.FIRST,
            link.account.username,
            bool(link.account.totp_nonce),
        )
        if form.validate_on_submit():
            typed = Typed(form.password.data, form.again.data, form.code.data or "")
            method, key = current_app.config["PASSWORD_METHOD"], current_app.config["SECRET_KEY"]
            try:
                with transaction() as session:
                    done = setting_password.by_link(session, token, typed, method, key, context.now())
            except Invalid as refused:
                form.take(refused)
                status = 422
            except NotFound:
                raise Dead from None
            else:
                if done is not None:
                    flash(_(SET), "success")
                    return redirect(url_for("SignIn.login"), 303)
                form.take(Invalid({"code": WRONG_CODE}))
                status = 422
        elif form.is_submitted():
            status = 422
        page = self.render_template(
            "lapor/accounts/new_password.html", form=form, first=first, username=name, second=second
        )
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
        page = self.render_template("lapor/accounts/confirm_email.html", form=form, address=address)
        return page, status

    @expose("/batalkan/<handle>", methods=["GET", "POST"])
    @UNDO.behind
    def undo(self, token: str, handle: str) -> ResponseReturnValue:
        """A change of the account is taken back, with a new password."""
        form, status = NewPasswordForm(), 200
        link = account_links.find(context.reading(), token, context.now(), LinkPurpose.UNDO)
        if link is None:
            raise Dead
        address, name = link.email, link.account.get_full_name()
        if not is_reachable(address):
            address = link.phone
        if form.validate_on_submit():
            try:
                with transaction() as session:
                    undo_links.undo(
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
                flash(_(UNDONE), "success")
                return redirect(url_for("SignIn.login"), 303)
        elif form.is_submitted():
            status = 422
        page = self.render_template("lapor/accounts/undo.html", form=form, address=address, name=name)
        return page, status

    @expose("/lepas-verifikasi/<handle>", methods=["GET", "POST"])
    @SECOND_STEP.behind
    def recover(self, token: str, handle: str) -> ResponseReturnValue:
        """The authenticator is lost: the password, and this link, do without it."""
        form, status = CurrentPasswordForm(), 200
        link = account_links.find(context.reading(), token, context.now(), LinkPurpose.SECOND_STEP)
        if link is None:
            raise Dead
        owner, name = link.user_id, link.account.get_full_name()
        if form.validate_on_submit():
            try:
                self._count_guess(owner)
                with transaction() as session:
                    second_step.recover(session, token, form.current.data, context.now())
            except Invalid as refused:
                form.take(refused)
                status = 422
            except NotFound:
                raise Dead from None
            else:
                flash(_(RECOVERED), "success")
                return redirect(url_for("SignIn.login"), 303)
        elif form.is_submitted():
            status = 422
        page = self.render_template("lapor/accounts/recover.html", form=form, name=name)
        return page, status

    @expose("/undangan/<handle>", methods=["GET", "POST"])
    @INVITATION.behind
    def invitation(self, token: str, handle: str) -> ResponseReturnValue:
        """A citizen says yes or no, signed in as the one who was invited: a mail is read by others too."""
        form, status = ConfirmEmailForm(), 200
        link = account_links.find(context.reading(), token, context.now(), LinkPurpose.INVITATION)
        if link is None or link.agency is None:
            raise Dead
        actor = context.actor()
        facts = {"agency": link.agency.name, "role": link.role, "own": actor.user_id == link.user_id}
        if form.validate_on_submit() and facts["own"]:
            try:
                if request.form.get("answer") == NO:
                    with transaction(actor) as session:
                        invitations.decline(session, actor, token, context.now())
                    flash(_(DECLINED), "info")
                    return redirect(url_for("FrontPage.index"), 303)
                with transaction(actor) as session:
                    invitations.accept(session, actor, token, context.now())
            except Invalid as refused:
                form.take(refused)
                status = 422
            except NotFound:
                raise Dead from None
            else:
                account = account_lookup.with_all(context.reading(), actor.user_id or 0)
                if account is None:
                    raise Dead
                stay(account)
                flash(_("Anda sekarang admin %(agency)s.", agency=facts["agency"]), "success")
                return redirect(panel_url(), 303)
        elif form.is_submitted():
            status = 422
        page = self.render_template(
            "lapor/accounts/invitation.html", form=form, signed_in=actor.user_id is not None, **facts
        )
        return page, status

    def _count_guess(self, owner: int) -> None:
        """Count a try at a password beside a link, by account and by place. Raises Invalid at "current"."""
        now, place = context.now(), hashed_here()
        with transaction() as session:
            here = attempt_counts.count(session, attempt_counts.LINK_PLACE, place, now)
            within = attempt_counts.count(session, attempt_counts.OWN_PASSWORD, owner, now) and here
        if not within:
            raise Invalid({"current": TOO_MANY_PASSWORDS})

    def _ask_for_link(self, name: str) -> ResponseReturnValue:
        """Queue what is told by mail, and go on. Raises TooMany when this place asks too often."""
        _count_place()
        now, secret = context.now(), current_app.config["SECRET_KEY"]
        with transaction() as session:
            # One name's letters are limited too, and without a word: the answer is the same.
            if attempt_counts.count(
                session,
                attempt_counts.FORGOTTEN_NAME,
                attempt_counts.masked(secret, name.strip().lower()),
                now,
            ):
                setting_password.ask_for_link(session, name, now)
        flash(_(ASKED), "info")
        return redirect(url_for("MailedLinks.ask"), 303)

    def _ask_for_code(self, phone: str) -> ResponseReturnValue:
        """Queue a code, and go on to the page that asks for it. Raises TooMany also for one number's codes: each costs."""
        _count_place()
        if not within_limit(limits.CODE_ADDRESS, phone):
            raise TooMany
        with transaction() as session:
            token = setting_password.ask_for_code(session, phone, context.now())
        return CODE.go(token)


def _is_phone(name: str) -> bool:
    """Whether what was typed is a telephone number, on a site that can send to one."""
    return name.startswith("+") and sms_ready()


def _count_place() -> None:
    """Raises TooMany."""
    if not within_limit(attempt_counts.FORGOTTEN_PLACE):
        raise TooMany
