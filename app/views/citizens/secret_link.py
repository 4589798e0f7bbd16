"""A report by its secret link: who has it is the reporter of that one report, without an account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import StringField

from app.access.citizens.own_reports import linked_report_id
from app.extensions import transaction
from app.rules.citizens.secret_links import secret_address
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_
from app.rules.text import key_of
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.citizens import own_link
from app.services.citizens.secret_links import holder_of
from app.services.reports.locked_report import Form
from app.services.system import limits
from app.views.citizens import own_report
from app.views.forms.move_form import Attempt, MoveForm, attempt
from app.views.forms.spam_trap import HumanFields
from app.views.web import context
from app.views.web.context import sms_ready
from app.views.web.doors import CODE, SECRET_LINK, Dead, entrance
from app.views.web.language.marked_words import translated
from app.views.web.limiting import within_limit

RENEWED = (
    N_("Tautan yang sekarang berakhir, juga di perangkat lain dan di surat-surat yang lama."),
    N_("Tautan baru ditampilkan satu kali di sini, dan dikirim ke alamat yang Anda berikan bersama laporan."),
)
LOST = (
    N_("Setelah ini tidak ada tautan yang membuka laporan ini, juga tautan di surat-surat yang lama."),
    N_("Laporan tetap diproses, tetapi Anda tidak dapat membacanya di sini, menjawab instansi, atau memberi penilaian."),
    N_("Bila berubah pikiran, minta tautan baru: tulis nomor laporan dan alamat Anda, lalu masukkan kode yang kami kirim ke sana."),
)  # fmt: skip
ENDED = N_("Tautan dimatikan. Bila nanti Anda memerlukannya lagi, minta tautan baru di sini.")
NO_NUMBER = N_("Tulis nomor laporan, misalnya 1234.")


class AgainForm(HumanFields, MoveForm):
    number = StringField(_l("Nomor laporan"))
    address = StringField(_l("Alamat email"))

    def begin(self) -> None:
        self.prepare(0)
        self.note_opening()

    def asked(self) -> None:
        if sms_ready():
            self.address.label.text = _("Email atau nomor telepon")

    def given(self) -> tuple[int, Address]:
        """The number and the address. Raises Invalid with all that is wrong."""
        errors: dict[str, str] = {}
        number = key_of((self.number.data or "").strip().lstrip("#"))
        if number is None:
            errors["number"] = NO_NUMBER
        address: Address | None = None
        try:
            address = codes.address_of(self.address.data, "address", sms=sms_ready())
        except Invalid as wrong:
            errors.update(wrong.errors)
        if errors or number is None or address is None:
            raise Invalid(errors)
        return number, address

    def within(self) -> bool:
        """Count this try by the place, and by the address if it is one."""
        if not within_limit(limits.CODE_PLACE):
            return False
        try:
            address = self.given()[1]
        except Invalid:
            return True
        return within_limit(limits.CODE_ADDRESS, address)


class SecretLink(BaseView):
    route_base = "/lacak"
    default_view = "enter"

    @expose("/", methods=["GET", "POST"])
    @entrance
    def enter(self) -> ResponseReturnValue:
        return SECRET_LINK.enter()

    @expose("/minta/", methods=["GET", "POST"])
    def ask(self) -> ResponseReturnValue:
        """A new link by a code to the confirmed address. The answer is the same, right or wrong."""
        form, tried = AgainForm(), Attempt(200)
        form.asked()

        def do(session: Session, _sealed: Form) -> str:
            number, address = form.given()
            return own_link.begin(session, number, address, context.now())

        if request.method == "GET":
            form.begin()
        elif refused := form.machine_says():
            form.form_errors.append(refused)
            tried = Attempt(422)
        elif not form.within():
            form.form_errors.append(translated(limits.TooMany.message))
            tried = Attempt(429)
        else:
            tried = attempt(form, None, do)
        if tried.done:
            return CODE.go(tried.result)
        return self.render_template("lapor/citizens/link_again.html", form=form), tried.status

    @expose("/<handle>/tautan-baru/", methods=["GET", "POST"])
    @SECRET_LINK.behind
    def renew(self, token: str, handle: str) -> ResponseReturnValue:
        place, form = _place(token, handle), FlaskForm()
        if form.validate_on_submit():
            secret = current_app.config["LAPOR"].key()
            with _still() as session:
                fresh = own_link.renew(session, context.actor(), place.report_id, secret, context.now())
            return SECRET_LINK.go(fresh, handle, baru=1)
        return self._ask(form, place, _("Buat tautan baru"), _("BUAT TAUTAN BARU"), RENEWED)

    @expose("/<handle>/matikan/", methods=["GET", "POST"])
    @SECRET_LINK.behind
    def end(self, token: str, handle: str) -> ResponseReturnValue:
        place, form = _place(token, handle), FlaskForm()
        if form.validate_on_submit():
            with _still() as session:
                own_link.end(session, context.actor(), place.report_id)
            flash(_(ENDED), "success")
            return SECRET_LINK.leave(make_response(redirect(url_for("SecretLink.ask"), 303)), handle)
        return self._ask(form, place, _("Matikan tautan ini"), _("MATIKAN TAUTAN"), LOST)

    def _ask(
        self,
        form: FlaskForm,
        place: own_report.OwnReportPlace,
        title: str,
        button: str,
        said: tuple[str, ...],
    ) -> ResponseReturnValue:
        words = [_(each) for each in said]
        return render_template(
            "lapor/citizens/own_link.html", form=form, title=title, button=button, said=words, back=place.page
        )

    @expose("/<handle>/")
    @SECRET_LINK.behind
    def show(self, token: str, handle: str) -> ResponseReturnValue:
        site = current_app.config["LAPOR"].site_url
        dedupe_key = "terkirim" in request.args or "baru" in request.args
        address = secret_address(site, SECRET_LINK.word, token) if dedupe_key else ""
        return own_report.show(_place(token, handle), link=address)

    @expose("/<handle>/lampiran/<file_id>")
    @SECRET_LINK.behind
    def file(self, token: str, handle: str, file_id: str) -> ResponseReturnValue:
        return own_report.file(_place(token, handle), file_id)

    @expose("/<handle>/<slug>/", methods=["GET", "POST"])
    @SECRET_LINK.behind
    def act(self, token: str, handle: str, slug: str) -> ResponseReturnValue:
        return own_report.act(_place(token, handle), slug)


def _place(token: str, handle: str) -> own_report.OwnReportPlace:
    """The pages of the link's report; from here on its holder acts. Raises Dead."""
    holder = holder_of(token)
    try:
        report_id = linked_report_id(context.reading(), holder)
    except NotFound:
        raise Dead from None
    context.act_as(holder)
    return own_report.OwnReportPlace(
        report_id,
        page=url_for("SecretLink.show", handle=handle),
        act=lambda slug: url_for("SecretLink.act", handle=handle, slug=slug),
        file=lambda file_id: url_for("SecretLink.file", handle=handle, file_id=file_id),
        renew=url_for("SecretLink.renew", handle=handle),
        end=url_for("SecretLink.end", handle=handle),
    )


@contextmanager
def _still() -> Iterator[Session]:
    """A transaction of the link's holder. Raises Dead if the link has ended meanwhile."""
    try:
        with transaction(context.actor()) as session:
            yield session
    except NotFound:
        raise Dead from None
