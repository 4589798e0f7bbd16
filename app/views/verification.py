"""The central desk: verify a report and dispatch it to the agency in charge (manual 3.2)."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectField, StringField, SubmitField, TextAreaField

from app.access.choices import area_path, areas_below, category_choices, find_agencies
from app.access.scope import get_report
from app.models import Agency, Report
from app.rules.errors import Forbidden
from app.rules.labels import CLASSIFICATION_HINTS, N_, Classification
from app.rules.roles import Resource
from app.rules.text import REPORT_TEXT_MAX, TITLE_MAX, key_of
from app.rules.workflow import Action
from app.services import central
from app.views import context
from app.views.cards import card
from app.views.i18n import word
from app.views.moves import Attempt, MoveForm, attempt

CHOOSE_ONE = N_("Pilih salah satu instansi dari hasil pencarian.")
NOTHING_FOUND = N_("Tidak ada instansi aktif yang cocok. Coba kata lain.")
UNSTAFFED = N_("belum ada petugas aktif")


class VerifyForm(MoveForm):
    title = StringField(_l("Judul laporan"))
    text = TextAreaField(_l("Isi laporan"))
    classification = RadioField(_l("Klasifikasi"), validate_choice=False)
    category = SelectField(_l("Kategori"), validate_choice=False)
    province = SelectField(_l("Provinsi"), validate_choice=False)
    regency = SelectField(_l("Kabupaten/Kota"), validate_choice=False)
    area = SelectField(_l("Kecamatan"), validate_choice=False)
    agency = HiddenField()
    agency_query = StringField(_l("Instansi tujuan"))
    agency_choice = RadioField(_l("Hasil pencarian"), validate_choice=False)
    reload = SubmitField(_l("Cari & perbarui pilihan"))

    @property
    def area_code(self) -> str | None:
        """The smallest area chosen that lies in the wider ones chosen with it."""
        found = None
        for field in (self.province, self.regency, self.area):
            code = field.data or ""
            if not code or (found and not code.startswith(f"{found}.")):
                break
            found = code
        return found

    def offer(self, session: Session) -> None:
        """Fill the lists that a choice is made from, for what is chosen so far."""
        self.classification.choices = [(c.value, word(c)) for c in Classification]
        self.category.choices = [("", _("Pilih kategori")), *category_choices(session)]
        self.province.choices = [("", _("Pilih provinsi")), *areas_below(session, None)]
        self.regency.choices = [("", _("Pilih kabupaten/kota")), *areas_below(session, self.province.data)]
        self.area.choices = [("", _("Pilih kecamatan")), *areas_below(session, self.regency.data)]

    def settle_agency(self, session: Session) -> bool:
        """Without a script: turn the typed name into an agency, or offer those that match."""
        chosen = self.agency_choice.data
        if chosen and chosen != "None":
            self.agency.data = chosen
        agency_id = key_of(self.agency.data)
        agency = session.get(Agency, agency_id) if agency_id else None
        typed = (self.agency_query.data or "").strip()
        if agency is not None and (not typed or typed.casefold() == agency.name.casefold() or chosen):
            self.agency_query.data = agency.name
            return True
        self.agency.data = ""
        found = find_agencies(session, typed) if typed else []
        same = [option for option in found if option.name.casefold() == typed.casefold()]
        if len(found) == 1 or len(same) == 1:
            only = same[0] if same else found[0]
            self.agency.data, self.agency_query.data = str(only.id), only.name
            return True
        self.agency_choice.choices = [
            (str(option.id), option.label if option.staffed else f"{option.label} ({_(UNSTAFFED)})")
            for option in found
        ]
        if typed:
            self.agency_query.errors = [_(CHOOSE_ONE) if found else _(NOTHING_FOUND)]
        return not typed

    def fill(self, session: Session, report: Report) -> None:
        """Show what the report holds so far."""
        self.title.data, self.text.data = report.title, report.text
        self.classification.data = report.classification.value if report.classification else None
        self.category.data = str(report.category_id or "")
        self.province.data, self.regency.data, self.area.data = area_path(report.area_code)
        suggested = session.get(Agency, report.suggested_agency_id) if report.suggested_agency_id else None
        if suggested is not None and suggested.active:
            self.agency.data, self.agency_query.data = str(suggested.id), suggested.name

    def decision(self) -> central.Verification:
        kind = self.classification.data
        return central.Verification(
            title=self.title.data or "",
            text=self.text.data or "",
            category_id=key_of(self.category.data),
            classification=Classification(kind) if kind in set(Classification) else None,
            agency_id=key_of(self.agency.data),
            area_code=self.area_code,
        )


class Verification(BaseView):
    route_base = "/laporan"
    default_view = "verify"
    class_permission_name = Resource.VERIFICATION.value
    method_permission_name = {"verify": "act"}

    @expose("/<report_id>/verifikasi/", methods=["GET", "POST"])
    @has_access
    def verify(self, report_id: str) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        report = get_report(session, actor, key_of(report_id))
        form = VerifyForm()
        tried = Attempt(200)
        if request.method == "POST":
            settled = form.settle_agency(session)
            if form.reload.data:
                form.agency_query.errors = list(form.agency_query.errors)
            elif not settled:
                tried = Attempt(422)
            else:
                tried = attempt(
                    form,
                    report.id,
                    lambda writing, sealed: central.verify(
                        writing, actor, sealed, form.decision(), context.now()
                    ),
                )
            if tried.done:
                flash(
                    _(
                        "Laporan #%(id)s terverifikasi dan didisposisikan ke %(agency)s.",
                        id=report_id,
                        agency=form.agency_query.data,
                    ),
                    "success",
                )
                return redirect(url_for("Desk.tab", slug="belum-terverifikasi"), 303)
            report = get_report(session, actor, key_of(report_id))
        shown = card(session, actor, report, context.now())
        if not shown.allows(Action.VERIFY):
            raise Forbidden
        if request.method == "GET":
            form.fill(session, report)
            form.prepare(report.version)
        form.offer(session)
        page = self.render_template(
            "lapor/verify.html",
            card=shown,
            report=report,
            form=form,
            events=tried.events,
            hints={c.value: hint for c, hint in CLASSIFICATION_HINTS.items()},
            limit=REPORT_TEXT_MAX,
            title_limit=TITLE_MAX,
        )
        return page, tried.status
