"""What the desk says about a report: title, text, classification, category, area. Verified, later corrected."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, StringField, TextAreaField

from app.access.choices import area_path, areas_below, category_choices
from app.models import Report
from app.rules.reports.codes import CLASSIFICATION_HINTS, Classification
from app.rules.text import TITLE_MAX, choice_of
from app.views.web.language.i18n import word

NO_AREA = "-"


class PlaceFields:
    """A mixin of MoveForm: category and area."""

    category = SelectField(_l("Kategori"), validate_choice=False)
    province = SelectField(_l("Provinsi"), validate_choice=False)
    regency = SelectField(_l("Kabupaten/Kota"), validate_choice=False)
    area = SelectField(_l("Kecamatan"), validate_choice=False)

    @property
    def category_id(self) -> int | None:
        return choice_of(self.category.data)

    @property
    def area_code(self) -> str | None:
        """The smallest area chosen; NO_AREA, which the services refuse, if the choices contradict."""
        chosen = [field.data or "" for field in (self.province, self.regency, self.area)]
        wanted = [code for code in chosen if code]
        if chosen[: len(wanted)] != wanted:
            return NO_AREA  # a narrower one without its wider one
        if any(not inner.startswith(f"{outer}.") for outer, inner in pairwise(wanted)):
            return NO_AREA
        return wanted[-1] if wanted else None

    def offer_places(self, session: Session) -> None:
        """Fill the lists that a choice is made from, for what is chosen so far."""
        self.category.choices = [("", _("Pilih kategori")), *category_choices(session)]
        self.province.choices = [("", _("Pilih provinsi")), *areas_below(session, None)]
        self.regency.choices = [("", _("Pilih kabupaten/kota")), *areas_below(session, self.province.data)]
        self.area.choices = [("", _("Pilih kecamatan")), *areas_below(session, self.regency.data)]


class FactsFields(PlaceFields):
    """A mixin of MoveForm."""

    title = StringField(_l("Judul laporan"))
    text = TextAreaField(_l("Isi laporan"))
    classification = RadioField(_l("Klasifikasi"), validate_choice=False)

    @property
    def kind(self) -> Classification | None:
        chosen = self.classification.data
        return Classification(chosen) if chosen in set(Classification) else None

    def offer_facts(self, session: Session) -> None:
        """Fill the lists that a choice is made from, for what is chosen so far."""
        self.classification.choices = [(c.value, word(c)) for c in Classification]
        self.offer_places(session)

    def fill_facts(self, report: Report) -> None:
        """Show what the report holds so far."""
        self.title.data, self.text.data = report.title, report.text
        self.classification.data = report.classification.value if report.classification else None
        self.category.data = str(report.category_id or "")
        self.province.data, self.regency.data, self.area.data = area_path(report.area_code)


def facts_shown() -> dict[str, Any]:
    """What the template of these fields needs beside the form."""
    return {"hints": {c.value: hint for c, hint in CLASSIFICATION_HINTS.items()}, "title_limit": TITLE_MAX}
