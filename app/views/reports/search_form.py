"""The form of MONITOR > Pencarian. It is sent by GET: its address holds all that was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, Form, SelectField, StringField

from app.access.actor import Actor
from app.access.choices import areas_below, category_choices
from app.rules.labels import N_
from app.rules.reports.codes import Channel, Classification
from app.rules.reports.tabs import TAB_OF
from app.rules.reports.workflow import State
from app.rules.text import key_of, storable
from app.search.filters import Filters
from app.search.find import SearchOrder
from app.stats.periods import FIRST_DAY, LAST_DAY, OUT_OF_RANGE
from app.views.forms.agency_fields import PlaceField
from app.views.forms.central_view import day_of
from app.views.web.language.i18n import word

ORDERS: Mapping[str, SearchOrder] = {
    "terbaru": SearchOrder.NEWEST,
    "terlama": SearchOrder.OLDEST,
    "tenggat": SearchOrder.DEADLINE,
    "sesuai": SearchOrder.BEST,
}
ORDER_WORDS: Mapping[str, str] = {
    "terbaru": N_("Terbaru"),
    "terlama": N_("Terlama"),
    "tenggat": N_("Tenggat terdekat"),
    "sesuai": N_("Paling sesuai"),
}
SIZES = (10, 25, 50)
STARS = range(1, 6)
AREA_MAX = 16

UNKNOWN = N_("Pilihan ini tidak dikenal. Pilih dari daftar.")
NO_DAY = N_("Tanggal ini tidak dapat dibaca. Tulis tahun-bulan-hari, misalnya 2026-08-17.")
BACKWARDS = N_("Tanggal akhir mendahului tanggal awal.")
# What a saved search keeps: anything else in an address is none of its business.
KEPT = (
    "q", "urut", "jumlah", "dari", "sampai", "status", "klasifikasi", "kategori", "provinsi", "kabupaten",
    "kecamatan", "sumber", "instansi", "instansi_query", "bawahan", "terlambat", "ditahan", "permintaan",
    "lampiran", "rating",
)  # fmt: skip


def _select(label: Any) -> SelectField:
    return SelectField(label, validate_choice=False)


class SearchForm(Form):
    """Its fields have the names of the address's arguments."""

    q = StringField(_l("Kata kunci atau #nomor laporan"))
    urut = _select(_l("Urutkan"))
    jumlah = _select(_l("Laporan per halaman"))
    dari = StringField(_l("Diterima sejak"))
    sampai = StringField(_l("Diterima sampai"))
    status = _select(_l("Status"))
    klasifikasi = _select(_l("Klasifikasi"))
    kategori = _select(_l("Kategori"))
    provinsi = _select(_l("Provinsi"))
    kabupaten = _select(_l("Kabupaten/Kota"))
    kecamatan = _select(_l("Kecamatan"))
    sumber = _select(_l("Sumber"))
    instansi = PlaceField(_l("Instansi pemegang laporan"))
    bawahan = BooleanField(_l("Termasuk instansi di bawahnya"))
    terlambat = BooleanField(_l("Terlambat"))
    ditahan = BooleanField(_l("Ditahan"))
    permintaan = BooleanField(_l("Ada permintaan yang belum diputuskan"))
    lampiran = BooleanField(_l("Ada lampiran"))
    rating = _select(_l("Penilaian pelapor"))

    def offer(self, session: Session) -> None:
        """Fill the lists that a choice is made from."""
        self.urut.choices = [(slug, _(words)) for slug, words in ORDER_WORDS.items()]
        self.jumlah.choices = [(str(size), str(size)) for size in SIZES]
        every = ("", _("Semua"))
        self.status.choices = [every, *((state.value, word(tab)) for state, tab in TAB_OF.items())]
        self.klasifikasi.choices = [every, *((kind.value, word(kind)) for kind in Classification)]
        self.kategori.choices = [every, *category_choices(session)]
        self.sumber.choices = [every, *((source.value, word(source)) for source in Channel)]
        self.rating.choices = [every, *((str(stars), _("%(stars)s dari 5", stars=stars)) for stars in STARS)]
        self.provinsi.choices = [every, *areas_below(session, None)]
        for inner, outer in ((self.kabupaten, self.provinsi), (self.kecamatan, self.kabupaten)):
            inner.choices = [every, *areas_below(session, (outer.data or "")[:AREA_MAX])]
        if not self.urut.data:
            self.urut.data = "terbaru"
        if not self.jumlah.data:
            self.jumlah.data = str(SIZES[1])

    def settle(self, session: Session) -> bool:
        """After offer(): whether everything chosen and typed is clear; what is not says so at its field."""
        for field in self:
            if isinstance(field, SelectField) and (field.data or "") not in dict(field.choices):
                field.errors = [_(UNKNOWN)]
        for field in (self.dari, self.sampai):
            day = day_of(field.data)
            if field.data and day in (None, date.max):
                field.errors = [_(NO_DAY)]
            elif day is not None and not FIRST_DAY <= day <= LAST_DAY:
                field.errors = [_(OUT_OF_RANGE)]
        if not self.sampai.errors and not self.dari.errors:
            first, last = day_of(self.dari.data), day_of(self.sampai.data)
            if first and last and last < first:
                self.sampai.errors = [_(BACKWARDS)]
        clear = self.instansi.settle(session)
        return clear and not any(field.errors for field in self)

    def filters(self, actor: Actor) -> Filters:
        """After settle(). Days are those of the actor's agency's zone."""
        first, last = day_of(self.dari.data), day_of(self.sampai.data)
        codes = [field.data for field in (self.provinsi, self.kabupaten, self.kecamatan) if field.data]
        assert all(inner.startswith(f"{outer}.") for outer, inner in pairwise(codes)), (
            "offered by one another"
        )
        return Filters(
            since=_midnight(first, actor) if first else None,
            until=_midnight(last + timedelta(days=1), actor) if last else None,
            state=State(self.status.data) if self.status.data else None,
            classification=Classification(self.klasifikasi.data) if self.klasifikasi.data else None,
            category_id=key_of(self.kategori.data) if self.kategori.data else None,
            area_code=codes[-1] if codes else None,
            source=Channel(self.sumber.data) if self.sumber.data else None,
            holder_id=self.instansi.agency_id,
            below=self.bawahan.data,
            late=self.terlambat.data,
            held=self.ditahan.data,
            asked=self.permintaan.data,
            with_file=self.lampiran.data,
            rating=int(self.rating.data) if self.rating.data else None,
        )

    @property
    def order(self) -> SearchOrder:
        return ORDERS[self.urut.data]

    @property
    def size(self) -> int:
        return int(self.jumlah.data)

    @property
    def further(self) -> bool:
        """Whether anything of Pencarian Lebih Lanjut is filled in, so that it stands open."""
        simple = (self.q, self.urut, self.jumlah)
        return any(field.data or field.errors for field in self if field not in simple) or bool(
            self.instansi.query
        )


def _midnight(day: date, actor: Actor) -> datetime:
    return datetime.combine(day, time(), actor.timezone)


def kept(pairs: Iterable[tuple[str, str]]) -> str:
    """What stands behind the ? of a search's address, without what is empty or no part of it."""
    return urlencode([(name, storable(value)) for name, value in pairs if name in KEPT and value])


def kept_of(query: str) -> str:
    """The same of an address's end that came from outside."""
    return kept(parse_qsl(query))
