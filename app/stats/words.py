"""The words and numbers of statistical tables in a given language: for pages, and for files that a job makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from app.rules.labels import N_
from app.stats.measures import MEASURES, Chart, MeasureUnit, Rows
from app.stats.parts import NONE, Dim
from app.stats.periods import Period
from app.stats.tables import FigureRow, FigureTable, Number

WITHOUT: Mapping[Dim, str] = {
    Dim.CLASSIFICATION: N_("Belum diklasifikasi"),
    Dim.AREA: N_("Tanpa wilayah"),
    Dim.CATEGORY: N_("Tanpa kategori"),
    Dim.SOURCE: N_("Tanpa sumber"),
}
ITSELF, FORMER = N_("%(name)s (langsung)"), N_("%(name)s (dahulu di sini)")
OFFICER = N_("Admin %(number)s")
EVER, DAYS = N_("sejak awal"), N_("%(since)s sampai %(until)s")
NOTHING = "–"
GROUPED_FROM = 1_000
LONG = "EEEE, d MMMM y"


@dataclass(frozen=True)
class Speech:
    """say: the word of a message in the reader's language; language: id or en."""

    language: str
    say: Callable[[str], str]

    def grouped(self, number: int) -> str:
        """1.173, as the language groups digits."""
        if abs(number) < GROUPED_FROM:
            return str(number)
        return str(format_decimal(number, locale=self.language))

    def written(self, number: Number, unit: MeasureUnit) -> str:
        """A number with one decimal where it is a share or a time; a dash where there is nothing to divide."""
        if number is None:
            return NOTHING
        if unit is MeasureUnit.COUNT:
            return self.grouped(int(number))
        return f"{self.decimal(number)}%" if unit is MeasureUnit.PERCENT else self.decimal(number)

    def decimal(self, number: float) -> str:
        return str(format_decimal(round(number, 1), locale=self.language))

    def day(self, day: date) -> str:
        """Rabu, 25 November 2026."""
        return str(format_date(day, LONG, locale=self.language))

    def month(self, key: str) -> str:
        """November 2026, of YYYY-MM."""
        year, number = key.split("-")
        return str(format_date(date(int(year), int(number), 1), "MMMM y", locale=self.language))

    def period(self, period: Period) -> str:
        if period.since is None or period.until is None:
            return self.say(EVER)
        return self.say(DAYS) % {"since": self.day(period.since), "until": self.day(period.until)}

    def row_name(self, chart: Chart, row: FigureRow, position: int, *, names_officers: bool) -> str:
        """What a row is called."""
        if chart.rows is Rows.OFFICERS and not names_officers:
            return self.say(OFFICER) % {"number": position}
        if row.code is not None:
            return self.say(row.code.label)
        if chart.rows is Rows.MONTHS:
            return self.month(row.key)
        if chart.rows is Rows.STATUSES:
            return self.say(MEASURES[row.key].title)
        if row.key == NONE:
            return self.say(WITHOUT[chart.dims[0]])
        return self.unit_name(row.name, itself=row.itself, former=row.former) or NOTHING

    def unit_name(self, name: str, *, itself: bool, former: bool) -> str:
        """A unit among those of an agency: the agency's own, or one that hangs elsewhere now, is called so."""
        if itself:
            return self.say(ITSELF) % {"name": name}
        return self.say(FORMER) % {"name": name} if former else name

    def row_names(self, counted: FigureTable, *, names_officers: bool) -> Sequence[str]:
        return [
            self.row_name(counted.chart, row, position, names_officers=names_officers)
            for position, row in enumerate(counted.rows, start=1)
        ]


def plain(number: Number, unit: MeasureUnit) -> Number | str:
    """A number for a file: one that a spreadsheet calculates with, "" for none."""
    if number is None:
        return ""
    return int(number) if unit is MeasureUnit.COUNT else round(number, 2)
