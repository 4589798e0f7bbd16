"""PENGATURAN > Hari Libur: what is added to or taken from the public holidays and cuti bersama."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput

from app.access.choices import agency_options
from app.access.system.reference import agency_names
from app.models import DayOff
from app.rules.labels import N_
from app.rules.text import SHORT_MAX
from app.services.agencies import days_off
from app.services.agencies.days_off import DayOffEntry
from app.services.calendars import national
from app.views.forms.agency_fields import PlaceField
from app.views.forms.central_view import OFF, ON, Cells, CentralView, central_rows, day_of, moved
from app.views.forms.model_data import ScopedInterface
from app.views.forms.model_view import ManageForm
from app.views.web import context
from app.views.web.language.i18n import long_date

FREE, WORKED = N_("Libur"), N_("Hari kerja")
EVERYWHERE = N_("Semua instansi")
KNOWN_YEARS = 2  # this one and the coming one, on the list's page


class DayOffForm(ManageForm):
    day = StringField(_l("Tanggal"), validators=[DataRequired(), Length(max=SHORT_MAX)], widget=DateInput())
    name = StringField(_l("Nama hari libur atau alasan"), validators=[DataRequired(), Length(max=SHORT_MAX)])
    works = SelectField(_l("Hitungan"), validate_choice=False)
    agency = PlaceField(_l("Berlaku untuk instansi ini dan di bawahnya (kosong: semua)"))

    def prepare(self, row: DayOff | None) -> None:
        self.works.choices = [(OFF, _(FREE)), (ON, _(WORKED))]
        if row is not None and row.agency_id and request.method == "GET":
            for option in agency_options(context.reading(), [row.agency_id]):
                self.agency.choose(option)

    def entry(self) -> DayOffEntry:
        return DayOffEntry(
            day_of(self.day.data), self.name.data or "", self.works.data == ON, self.agency.agency_id
        )


class DayOffView(CentralView):
    datamodel = ScopedInterface(DayOff)
    route_base = "/pengaturan/hari-libur"
    base_filters = central_rows("id")
    base_order = ("day", "desc")
    list_columns = ["day", "name", "works", "agency_id"]
    search_columns = ["name"]
    order_columns = ["day", "name"]
    label_columns = {
        "day": _l("Tanggal"),
        "name": _l("Nama"),
        "works": _l("Hitungan"),
        "agency_id": _l("Berlaku untuk"),
    }
    add_form = edit_form = DayOffForm
    list_template = "lapor/agencies/days_off.html"
    list_title = _l("Hari Libur")
    add_title, edit_title, delete_title = (
        _l("Tambah Hari Libur"),
        _l("Ubah Hari Libur"),
        _l("Hapus Hari Libur"),
    )
    delete_question = N_("Catatan %(name)s dihapus, dan tenggat dihitung ulang. Anda yakin?")
    empty_message = _l("Belum ada tambahan atau pengecualian. Libur nasional sudah dikenal, lihat di bawah.")

    def name_of(self, row: DayOff) -> str:
        return f"{row.name} ({long_date(row.day)})"

    def initial(self, row: DayOff | None) -> Mapping[str, Any]:
        if row is None:
            return {"works": OFF}
        return {"day": row.day.isoformat(), "name": row.name, "works": ON if row.works else OFF}

    def present(self, session: Session, rows: Sequence[DayOff]) -> Cells:
        names = agency_names(session, {row.agency_id for row in rows})
        return [
            {
                "day": long_date(row.day),
                "name": row.name,
                "works": _(WORKED) if row.works else _(FREE),
                "agency_id": names[row.agency_id] if row.agency_id else _(EVERYWHERE),
            }
            for row in rows
        ]

    def coming(self) -> int:
        """The coming year."""
        return context.now().astimezone(context.actor().timezone).year + 1

    def lacking(self) -> int | None:
        """The coming year, if nobody has entered its cuti bersama yet."""
        year = self.coming()
        return year if days_off.lacks_cuti_bersama(context.reading(), year) else None

    def known(self) -> Sequence[tuple[int, Sequence[tuple[str, str]]]]:
        """The public holidays of this year and the coming one."""
        years = range(self.coming() - KNOWN_YEARS + 1, self.coming() + 1)
        days = sorted(national().items())
        return [(year, [(long_date(day), name) for day, name in days if day.year == year]) for year in years]

    def create(self, session: Session, form: DayOffForm) -> str:
        found = days_off.add(session, context.actor(), form.entry(), context.now())
        return moved(_("Hari libur disimpan."), found)

    def change(self, session: Session, key: int, form: DayOffForm) -> str:
        found = days_off.change(session, context.actor(), key, form.entry(), context.now())
        return moved(_("Hari libur disimpan."), found)

    def remove(self, session: Session, key: int) -> str:
        found = days_off.remove(session, context.actor(), key, context.now())
        return moved(_("Hari libur dihapus."), found)
