"""The words and numbers of statistical tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import format_date, format_decimal

from app.rules.labels import N_
from app.stats.measures import MEASURES, Chart, Rows, Unit
from app.stats.parts import NONE, Dim
from app.stats.tables import Number, Row
from app.views.i18n import grouped, word
from app.views.speech import gettext as _

WITHOUT: Mapping[Dim, str] = {
    Dim.CLASSIFICATION: N_("Belum diklasifikasi"),
    Dim.AREA: N_("Tanpa wilayah"),
    Dim.CATEGORY: N_("Tanpa kategori"),
    Dim.SOURCE: N_("Tanpa sumber"),
}
NOTHING = "–"


def written(number: Number, unit: Unit) -> str:
    """A number with one decimal where it is a share or a time; a dash where there is nothing to divide."""
    if number is None:
        return NOTHING
    if unit is Unit.COUNT:
        return grouped(int(number))
    decimal = str(format_decimal(round(number, 1)))
    return f"{decimal}%" if unit is Unit.PERCENT else decimal


def plain(number: Number, unit: Unit) -> Number | str:
    """The same for a file: a number that a spreadsheet calculates with, "" for none."""
    if number is None:
        return ""
    return int(number) if unit is Unit.COUNT else round(number, 2)


def row_name(chart: Chart, row: Row, position: int, *, names_officers: bool) -> str:
    """What a row is called."""
    if chart.rows is Rows.OFFICERS and not names_officers:
        return _("Admin %(number)s", number=position)
    if row.code is not None:
        return word(row.code)
    if chart.rows is Rows.MONTHS:
        year, month = row.key.split("-")
        return str(format_date(date(int(year), int(month), 1), "MMMM y"))
    if chart.rows is Rows.STATUSES:
        return _(MEASURES[row.key].title)
    if row.key == NONE:
        return _(WITHOUT[chart.dims[0]])
    return unit_name(row.name, itself=row.itself, former=row.former) or NOTHING


def unit_name(name: str, *, itself: bool, former: bool) -> str:
    """A unit among those of an agency: the agency's own, or one that hangs elsewhere now, is called so."""
    if itself:
        return _("%(name)s (langsung)", name=name)
    return _("%(name)s (dahulu di sini)", name=name) if former else name
