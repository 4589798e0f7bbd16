"""Buat Laporan: what an officer types in for a reporter, and the reporter's later answers."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField, StringField, TextAreaField

from app.access.actor import Actor
from app.access.scope import worklist
from app.rules.accounts.roles import Resource
from app.rules.citizens.recording import RECORDABLE
from app.rules.labels import N_
from app.rules.reports.codes import Channel
from app.rules.reports.tabs import Order, Reach, Tab
from app.rules.reports.workflow import Action, State
from app.rules.text import REPORT_TEXT_MAX, TITLE_MAX
from app.services.citizens import recording
from app.services.citizens.filing import Filing, FilingPerson
from app.services.reports import reporter_contributions
from app.services.reports.locked_report import Form
from app.views.attachments.upload_fields import FilesField
from app.views.forms.move_form import RELOAD, Attempt, MoveForm, attempt
from app.views.reports.cards import Card, cards
from app.views.reports.dialogs.facts_form import PlaceFields
from app.views.reports.dialogs.frame import Dialog
from app.views.web import context
from app.views.web.language.i18n import word

REPLIED = N_("Tanggapan pelapor untuk laporan #%(id)s dicatat.")
UNREACHABLE = N_(
    "Tanpa telepon dan email, pelapor tidak dapat diberi tahu. Minta pelapor menanyakan nomor laporan ini kepada instansi Anda."
)
WAITING_SHOWN = 10  # of each kind
COMPLETED = N_("Kelengkapan laporan #%(id)s dicatat. Laporan kembali ke Belum Terverifikasi.")


class RecordForm(PlaceFields, MoveForm):
    source = SelectField(_l("Saluran asal laporan"), validate_choice=False)
    name = StringField(_l("Nama pelapor"))
    phone = StringField(_l("Nomor telepon pelapor"))
    email = StringField(_l("Email pelapor"))
    title = StringField(_l("Judul laporan"))
    text = TextAreaField(_l("Isi laporan"))
    location = StringField(_l("Lokasi (jalan, patokan)"))
    stated_on = StringField(_l("Tanggal disampaikan, bila bukan hari ini"))
    files = FilesField(_l("Lampiran"))
    is_anonymous = BooleanField(_l("Anonim"))
    is_secret = BooleanField(_l("Rahasia"))

    def offer(self, session: Session) -> None:
        self.offer_places(session)
        self.source.choices = [("", _("Pilih saluran")), *((s.value, word(s)) for s in RECORDABLE)]

    def filing(self) -> Filing | None:
        """What was typed; None without a channel."""
        if self.source.data not in set(Channel):
            return None
        return Filing(
            text=self.text.data or "",
            title=self.title.data or "",
            source=Channel(self.source.data),
            is_anonymous=self.is_anonymous.data,
            is_secret=self.is_secret.data,
            category_id=self.category_id,
            area_code=self.area_code,
            location=self.location.data or "",
        )

    def person(self) -> FilingPerson:
        return FilingPerson(self.name.data or "", self.email.data or "", self.phone.data or "")

    @property
    def reachable(self) -> bool:
        """Whether the reporter can be told what becomes of it."""
        return bool((self.email.data or "").strip() or (self.phone.data or "").strip())


class ReporterAnswerForm(MoveForm):
    text_or_file = TextAreaField(_l("Jawaban pelapor"))
    files = FilesField(_l("Lampiran"))


class AnswerDialog(Dialog):
    """What the reporter said to the agency that typed the report in."""

    template, form_class = "lapor/citizens/record_answer.html", ReporterAnswerForm
    form: ReporterAnswerForm

    def shown(self) -> dict[str, Any]:
        return {"action": self.action}


class ReplyDialog(AnswerDialog):
    action, done = Action.REPLY, REPLIED

    def do(self, session: Session, sealed: Form) -> object:
        body, files = self.form.text_or_file.data or "", self.form.files.names
        return reporter_contributions.reply(session, self.actor, sealed, body, self.now, files=files)

    def allowed(self, seen: Card) -> bool:
        """On a closed report the answer asks for reopening."""
        return super().allowed(seen) or (seen.recorded and seen.state is State.CLOSED)


class CompleteDialog(AnswerDialog):
    action, done = Action.COMPLETE, COMPLETED

    def do(self, session: Session, sealed: Form) -> object:
        body, files = self.form.text_or_file.data or "", self.form.files.names
        return reporter_contributions.complete(session, self.actor, sealed, body, self.now, files=files)


class Recording(BaseView):
    route_base = "/laporan"
    default_view = "new"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"new": "act", "reply": "act", "complete": "act"}

    @expose("/buat/", methods=["GET", "POST"])
    @has_access
    def new(self) -> ResponseReturnValue:
        session, actor, form = context.reading(), context.actor(), RecordForm()
        tried = Attempt(200)
        if request.method == "GET":
            form.prepare(0)
        else:
            settled = form.settle(session, None)
            if RELOAD not in request.form:
                tried = (
                    attempt(form, None, lambda s, sealed: _record(s, sealed, form))
                    if settled
                    else Attempt(422)
                )
        if tried.done:
            flash(
                _(
                    "Laporan tercatat dengan nomor #%(id)s. Sampaikan nomor ini kepada pelapor.",
                    id=tried.result,
                ),
                "success",
            )
            if not form.reachable:
                flash(_(UNREACHABLE), "warning")
            return redirect(url_for("ReportPage.show", report_id=tried.result), 303)
        form.offer(session)
        page = render_template(
            "lapor/citizens/record.html",
            form=form,
            events=(),
            limit=REPORT_TEXT_MAX,
            title_limit=TITLE_MAX,
            actor=actor,
            waiting=_waiting(session, actor),
        )
        return page, tried.status

    @expose("/<report_id>/tanggapan/", methods=["GET", "POST"])
    @has_access
    def reply(self, report_id: str) -> ResponseReturnValue:
        return ReplyDialog(report_id).serve()

    @expose("/<report_id>/lengkapi/", methods=["GET", "POST"])
    @has_access
    def complete(self, report_id: str) -> ResponseReturnValue:
        return CompleteDialog(report_id).serve()


def _waiting(session: Session, actor: Actor) -> list[Card]:
    """What an agency recorded and the central desk has still to verify, or waits for: no tab of theirs."""
    if actor.at_root:
        return []
    lines = [
        line
        for tab in (Tab.DELAYED, Tab.UNVERIFIED)
        for line in worklist(session, actor, tab, reach=Reach.BELOW, order=Order.NEWEST, limit=WAITING_SHOWN)
    ]
    return cards(session, actor, lines, context.now())


def _record(session: Session, sealed: Form, form: RecordForm) -> int:
    return recording.record_report(
        session,
        context.actor(),
        sealed.key,
        form.filing(),
        form.person(),
        context.now(),
        stated=form.stated_on.data or "",
        files=form.files.names,
    )
