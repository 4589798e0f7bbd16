"""The form "Ketik laporan Anda…": sent by a citizen with an account, or by a visitor who confirms an address."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, StringField, TextAreaField

from app.rules.errors import Forbidden, Invalid
from app.rules.text import REPORT_TEXT_MAX, key_of
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.citizens import registration
from app.services.citizens.registration import Complaint, may_file
from app.services.reports.locked_report import Form
from app.services.system import limits
from app.views.attachments.upload_fields import FilesField
from app.views.forms.move_form import RELOAD, Attempt, MoveForm, attempt
from app.views.forms.spam_trap import HumanFields
from app.views.reports.dialogs.facts_form import PlaceFields
from app.views.web import context, doors
from app.views.web.context import sms_ready
from app.views.web.language.marked_words import translated
from app.views.web.limiting import within_limit


class FilingForm(PlaceFields, HumanFields, MoveForm):
    text = TextAreaField(_l("Isi laporan"))
    location = StringField(_l("Lokasi (jalan, patokan)"))
    files = FilesField(_l("Lampiran"))
    is_anonymous = BooleanField(_l("Anonim"))
    is_secret = BooleanField(_l("Rahasia"))
    name = StringField(_l("Nama Anda"))
    address = StringField(_l("Alamat email"))
    notify = BooleanField(_l("Kabari saya bila ada perkembangan"))

    def complaint(self) -> Complaint:
        return Complaint(
            text=self.text.data or "",
            category_id=key_of(self.category.data),
            area_code=self.area_code,
            location=self.location.data or "",
            is_anonymous=self.is_anonymous.data,
            is_secret=self.is_secret.data,
        )


def new_form() -> FilingForm:
    """The form as it is shown for the first time."""
    form = FilingForm(formdata=None)
    form.prepare(0)
    form.note_opening()
    form.notify.data = True
    name_address(form)
    form.offer_places(context.reading())
    return form


def name_address(form: FilingForm) -> None:
    """What is asked for beside the name: a telephone too, where SMS can be sent."""
    if sms_ready():
        form.address.label.text = _("Email atau nomor telepon")


class PublicFiling(BaseView):
    route_base = "/lapor"
    default_view = "file"

    @expose("/", methods=["GET", "POST"])
    def file(self) -> ResponseReturnValue:
        context.act_as_citizen()
        actor = context.actor()
        if not may_file(actor):
            raise Forbidden
        if request.method == "GET":
            return _page(new_form(), 200)
        form = FilingForm()
        name_address(form)
        # Counted before anything is looked at; files of visitors are stored when all else is in order.
        limit = limits.FILING_PERSON if actor.user_id else limits.FILING_PLACE
        if not within_limit(limit, actor.user_id or ""):
            form.form_errors.append(translated(limits.TooMany.message))
            return _page(form, 429)
        if RELOAD in request.form:
            form.settle(context.reading(), None)
            return _page(form, 200)
        refused = form.machine_says()
        if refused:
            form.form_errors.append(refused)
            form.settle(context.reading(), None)
            return _page(form, 422)
        tried = Attempt(422)
        if form.settle(context.reading(), None):
            tried = _own(form) if actor.user_id else _unconfirmed(form)
        if not tried.done:
            return _page(form, tried.status)
        if actor.user_id:
            flash(_("Laporan Anda terkirim dengan nomor #%(id)s.", id=tried.result), "success")
            return redirect(url_for("OwnReports.show", report_id=tried.result, terkirim=1), 303)
        return doors.CODE.go(tried.result)


def _own(form: FilingForm) -> Attempt:
    return attempt(
        form,
        None,
        lambda session, sealed: registration.file_own(
            session, context.actor(), sealed.key, form.complaint(), context.now(), files=form.files.names
        ),
    )


def _unconfirmed(form: FilingForm) -> Attempt:
    """Everything that is wrong is told at once; a code goes out when nothing is."""
    errors: dict[str, str] = {}
    address: Address | None = None
    try:
        address = codes.address_of(form.address.data, "address", sms=sms_ready())
    except Invalid as wrong:
        errors.update(wrong.errors)

    def do(session: Session, _sealed: Form) -> str:
        return registration.begin_filing(
            session,
            form.complaint(),
            form.name.data or "",
            address,
            context.now(),
            notify=form.notify.data,
            files=form.files.names,
            errors=errors,
        )

    if address is not None and not within_limit(limits.CODE_ADDRESS, address):
        form.form_errors.append(translated(limits.TooMany.message))
        return Attempt(429)
    return attempt(form, None, do)


def _page(form: FilingForm, status: int) -> ResponseReturnValue:
    form.offer_places(context.reading())
    return render_template("lapor/citizens/file.html", form=form, limit=REPORT_TEXT_MAX), status
