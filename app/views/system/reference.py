"""PENGATURAN > Data Acuan: categories, archive reasons, completion targets, synonyms of the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput, NumberInput

from app.access.system.reference import category_names, main_categories
from app.models import ArchiveReason, Category, CompletionTarget, Synonym
from app.rules.labels import N_
from app.rules.reports.codes import Classification
from app.rules.text import SHORT_MAX, key_of
from app.services.system import named_searches, reference
from app.views.forms.central_view import (
    OFF,
    ON,
    Cells,
    CentralView,
    central_rows,
    day_of,
    number_of,
    offered,
    offered_choices,
)
from app.views.forms.choices import code_choices
from app.views.forms.model_data import CodeInterface, ScopedInterface
from app.views.forms.model_view import ManageForm
from app.views.web import context
from app.views.web.language.i18n import grouped, long_date, word

NAME = [DataRequired(), Length(max=SHORT_MAX)]
MAIN = N_("Kategori utama")
STOP = _l("Hentikan")


class ReferenceView(CentralView):
    list_template = "lapor/system/reference.html"


class CategoryForm(ManageForm):
    parent = SelectField(_l("Induk"), validate_choice=False)
    name = StringField(_l("Nama kategori"), validators=NAME)
    offered = SelectField(_l("Status"), validate_choice=False)

    def prepare(self, row: Category | None) -> None:
        mains = [(str(key), name) for key, name in main_categories(context.reading())]
        self.parent.choices = [("", _(MAIN)), *mains]
        present = str(row.parent_id or "") if row is not None else ""
        if present not in dict(self.parent.choices):  # its main one is retired
            names = category_names(context.reading(), [int(present)])
            self.parent.choices.append((present, names[int(present)]))
        self.offered.choices = offered_choices()
        if row is None:
            del self.offered


class CategoryView(ReferenceView):
    datamodel = ScopedInterface(Category)
    route_base = "/pengaturan/kategori"
    base_filters = central_rows("id")
    base_order = ("name", "asc")
    list_columns = ["name", "parent_id", "retired_at"]
    search_columns = ["name"]
    order_columns = ["name"]
    label_columns = {"name": _l("Nama"), "parent_id": _l("Induk"), "retired_at": _l("Status")}
    add_form = edit_form = CategoryForm
    list_title = _l("Kategori")
    add_title, edit_title, delete_title = _l("Tambah Kategori"), _l("Ubah Kategori"), _l("Hentikan Kategori")
    delete_label = STOP
    delete_question = N_(
        "Kategori %(name)s tidak ditawarkan lagi, bersama subkategorinya; laporan yang memakainya tetap. Anda yakin?"
    )

    def name_of(self, row: Category) -> str:
        return row.name

    def initial(self, row: Category | None) -> Mapping[str, Any]:
        if row is None:
            return {}
        return {
            "parent": str(row.parent_id or ""),
            "name": row.name,
            "offered": ON if row.retired_at is None else OFF,
        }

    def present(self, session: Session, rows: Sequence[Category]) -> Cells:
        names = category_names(session, {row.parent_id for row in rows})
        return [
            {
                "name": row.name,
                "parent_id": names[row.parent_id] if row.parent_id else _(MAIN),
                "retired_at": offered(row),
            }
            for row in rows
        ]

    def create(self, session: Session, form: CategoryForm) -> str:
        parent = key_of(form.parent.data)
        made = reference.add_category(session, context.actor(), parent, form.name.data or "", context.now())
        return _("Kategori %(name)s dibuat.", name=made.name)

    def change(self, session: Session, key: int, form: CategoryForm) -> str:
        changed = reference.change_category(
            session,
            context.actor(),
            key,
            key_of(form.parent.data),
            form.name.data or "",
            context.now(),
            offered=form.offered.data != OFF,
        )
        return _("Kategori %(name)s disimpan.", name=changed.name)

    def remove(self, session: Session, key: int) -> str:
        gone = reference.retire_category(session, context.actor(), key, context.now())
        return _("Kategori %(name)s dihentikan.", name=gone.name)


class ArchiveReasonForm(ManageForm):
    name = StringField(_l("Alasan"), validators=NAME)
    position = StringField(_l("Urutan"), validators=NAME, widget=NumberInput(min=1))
    offered = SelectField(_l("Status"), validate_choice=False)

    def prepare(self, row: ArchiveReason | None) -> None:
        self.offered.choices = offered_choices()
        if row is None:
            del self.offered


class ReasonView(ReferenceView):
    datamodel = CodeInterface(ArchiveReason)
    route_base = "/pengaturan/alasan-arsip"
    base_filters = central_rows("code")
    base_order = ("position", "asc")
    page_size = 100
    list_columns = ["name", "position", "retired_at"]
    search_columns = ["name"]
    order_columns = ["name", "position"]
    label_columns = {"name": _l("Alasan"), "position": _l("Urutan"), "retired_at": _l("Status")}
    add_form = edit_form = ArchiveReasonForm
    list_title = _l("Alasan Arsip")
    add_title, edit_title, delete_title = _l("Tambah Alasan"), _l("Ubah Alasan"), _l("Hentikan Alasan")
    delete_label = STOP
    delete_question = N_(
        "Alasan %(name)s tidak ditawarkan lagi; laporan yang diarsipkan dengannya tetap. Anda yakin?"
    )

    def name_of(self, row: ArchiveReason) -> str:
        return row.name

    def initial(self, row: ArchiveReason | None) -> Mapping[str, Any]:
        if row is None:
            return {}
        return {
            "name": row.name,
            "position": str(row.position),
            "offered": ON if row.retired_at is None else OFF,
        }

    def present(self, session: Session, rows: Sequence[ArchiveReason]) -> Cells:
        return [
            {"name": _(row.name), "position": grouped(row.position), "retired_at": offered(row)}
            for row in rows
        ]

    def create(self, session: Session, form: ArchiveReasonForm) -> str:
        position = number_of(form.position.data)
        made = reference.add_reason(session, context.actor(), form.name.data or "", position, context.now())
        return _("Alasan %(name)s dibuat.", name=made.name)

    def change(self, session: Session, key: str, form: ArchiveReasonForm) -> str:
        changed = reference.change_reason(
            session,
            context.actor(),
            key,
            form.name.data or "",
            number_of(form.position.data),
            context.now(),
            offered=form.offered.data != OFF,
        )
        return _("Alasan %(name)s disimpan.", name=changed.name)

    def remove(self, session: Session, key: str) -> str:
        gone = reference.retire_reason(session, context.actor(), key, context.now())
        return _("Alasan %(name)s dihentikan.", name=gone.name)


class TargetForm(ManageForm):
    classification = SelectField(_l("Klasifikasi"), validate_choice=False)
    working_days = StringField(
        _l("Hari kerja sejak verifikasi"), validators=NAME, widget=NumberInput(min=1, max=1000)
    )
    valid_from = StringField(_l("Berlaku mulai"), validators=NAME, widget=DateInput())

    def prepare(self, row: CompletionTarget | None) -> None:
        self.classification.choices = code_choices(Classification)
        if row is not None:
            del self.classification, self.valid_from


class TargetView(ReferenceView):
    datamodel = ScopedInterface(CompletionTarget)
    route_base = "/pengaturan/target"
    base_filters = central_rows("id")
    base_order = ("valid_from", "desc")
    list_columns = ["classification", "working_days", "valid_from"]
    search_columns: Sequence[str] = ()
    unsearched = True
    order_columns = ["valid_from"]
    label_columns = {
        "classification": _l("Klasifikasi"),
        "working_days": _l("Hari kerja"),
        "valid_from": _l("Berlaku mulai"),
    }
    add_form = edit_form = TargetForm
    list_title = _l("Target Penyelesaian")
    add_title, edit_title, delete_title = _l("Tambah Target"), _l("Ubah Target"), _l("Hapus Target")
    delete_question = N_("Target %(name)s dihapus sebelum berlaku. Anda yakin?")

    def name_of(self, row: CompletionTarget) -> str:
        return f"{word(row.classification)}, {long_date(row.valid_from)}"

    def may_edit(self, row: CompletionTarget) -> bool:
        return reference.is_ahead(context.actor(), row.valid_from, context.now())

    may_delete = may_edit

    def initial(self, row: CompletionTarget | None) -> Mapping[str, Any]:
        return {} if row is None else {"working_days": str(row.working_days)}

    def present(self, session: Session, rows: Sequence[CompletionTarget]) -> Cells:
        return [
            {
                "classification": word(row.classification),
                "working_days": grouped(row.working_days),
                "valid_from": long_date(row.valid_from),
            }
            for row in rows
        ]

    def create(self, session: Session, form: TargetForm) -> str:
        code = form.classification.data
        reference.add_target(
            session,
            context.actor(),
            Classification(code) if code in set(Classification) else None,
            number_of(form.working_days.data),
            day_of(form.valid_from.data),
            context.now(),
        )
        return _("Target penyelesaian disimpan.")

    def change(self, session: Session, key: int, form: TargetForm) -> str:
        days = number_of(form.working_days.data)
        reference.change_target(session, context.actor(), key, days, context.now())
        return _("Target penyelesaian disimpan.")

    def remove(self, session: Session, key: int) -> str:
        reference.remove_target(session, context.actor(), key, context.now())
        return _("Target penyelesaian dihapus.")


class SynonymForm(ManageForm):
    words = StringField(_l("Kata-kata yang sama artinya, dipisahkan koma"), validators=NAME)


class SynonymView(ReferenceView):
    datamodel = ScopedInterface(Synonym)
    route_base = "/pengaturan/sinonim"
    base_filters = central_rows("id")
    base_order = ("words", "asc")
    page_size = 100
    list_columns = ["words"]
    search_columns = ["words"]
    order_columns = ["words"]
    label_columns = {"words": _l("Kata-kata")}
    add_form = edit_form = SynonymForm
    list_title = _l("Sinonim Pencarian")
    add_title, edit_title, delete_title = _l("Tambah Sinonim"), _l("Ubah Sinonim"), _l("Hapus Sinonim")
    delete_question = N_("%(name)s tidak lagi dicari sebagai kata yang sama. Anda yakin?")

    def name_of(self, row: Synonym) -> str:
        return row.words

    def initial(self, row: Synonym | None) -> Mapping[str, Any]:
        return {} if row is None else {"words": row.words}

    def present(self, session: Session, rows: Sequence[Synonym]) -> Cells:
        return [{"words": row.words} for row in rows]

    def create(self, session: Session, form: SynonymForm) -> str:
        named_searches.add_synonyms(session, context.actor(), form.words.data or "", context.now())
        return _("Sinonim disimpan; pencarian berikutnya memakainya.")

    def change(self, session: Session, key: int, form: SynonymForm) -> str:
        named_searches.change_synonyms(session, context.actor(), key, form.words.data or "", context.now())
        return _("Sinonim disimpan; pencarian berikutnya memakainya.")

    def remove(self, session: Session, key: int) -> str:
        named_searches.remove_synonyms(session, context.actor(), key, context.now())
        return _("Sinonim dihapus.")
