"""What a monthly recap says: the figures of MONITOR > Statistik for one agency and month, and who asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.figures.statistics import statistics_agency
from app.exports.pictures import WIDTH
from app.exports.recap import Chapter, Picture, Recap
from app.models import Agency
from app.rules.labels import N_
from app.rules.zones import Zone
from app.stats.charts import figure
from app.stats.drawings import DRAWN, TIMES, drawing_of
from app.stats.facts import CountingWay
from app.stats.measures import CHARTS, MEASURES, Attribution, Chart, Rows
from app.stats.periods import Period, last_of
from app.stats.tables import FigureRow, FigureTable, table
from app.stats.waiting import TOLERANCE
from app.stats.words import Speech

TITLE = N_("Rekap Bulanan LAPOR!: %(month)s")
AGENCY, PERIOD, MADE = N_("Instansi"), N_("Tanggal laporan masuk"), N_("Dibuat")
MADE_BY = N_("%(time)s oleh %(name)s, %(agency)s")
WITH_UNITS = N_("%(name)s dan instansi di bawahnya")
FRESH = N_("Angka per %(time)s.")
LATE = N_("Median dari ringkasan bulanan dapat meleset paling banyak %(percent)s%%.")
NO_PICTURES = N_("Gambar grafik tidak dapat dibuat di server ini; semua angkanya ada pada tabel.")
NO_REPORTS = N_("Tidak ada laporan dalam periode ini.")
FIRST_BARS = N_("Gambar memuat %(number)s baris pertama.")
WITHOUT_ZEROS = N_("Baris yang semua angkanya nol tidak dicetak.")
FIRST_ROWS = N_("%(number)s baris pertama; selebihnya ada pada berkas CSV di Statistik.")
YEAR = N_("Dua belas bulan sampai dengan bulan ini.")
MEANINGS, NAME, TOTAL = N_("Arti angka"), N_("Nama"), N_("Jumlah")
HELD = N_("Dihitung untuk pemegang laporan sekarang dan instansi di atasnya.")
DONE = N_("Dihitung untuk instansi yang melakukannya pada waktu itu dan instansi di atasnya.")
FOOT = N_("LAPOR! · dicetak %(time)s")
MONTHS = 12
ROWS = 60  # of a table: who has more units reads them in the file of the page
Draw = Callable[[Sequence[str], str], Sequence[bytes]]


def month_period(month: str, zone: ZoneInfo, *, months: int = 1) -> Period:
    """The `months` months that end with `month`, YYYY-MM."""
    year, number = (int(part) for part in month.split("-"))
    begins = year * 12 + number - months
    return Period(date(begins // 12, begins % 12 + 1, 1), last_of(date(year, number, 1)), zone)


def content(
    session: Session,
    actor: Actor,
    agency_id: int,
    month: str,
    now: datetime,
    speech: Speech,
    draw: Draw,
    *,
    names_officers: bool,
) -> tuple[Recap, int]:
    """The recap and how many rows its tables have. Raises NotFound for an agency that `actor` may not look at.

    draw: makes pictures of figures in a language, none when it cannot.
    """
    agency = statistics_agency(session, actor, agency_id)
    tables = list(_tables(session, agency, month, now))
    names = [speech.row_names(each, names_officers=names_officers) for each in tables]
    figures = [_figure(each, called, speech) for each, called in zip(tables, names, strict=True)]
    drawn = iter(draw([each for each in figures if each], speech.language) if any(figures) else ())
    chapters = [
        replace(
            _chapter(each, called, speech, drawn=bool(shown)),
            picture=_picture(next(drawn, None), shown) if shown else None,
        )
        for each, called, shown in zip(tables, names, figures, strict=True)
    ]
    lacking = any(shown and not chapter.picture for chapter, shown in zip(chapters, figures, strict=True))
    recap = _recap(actor, agency, month, now, speech, tables, chapters, lacking=lacking)
    return recap, sum(len(each.rows) - 1 for each in chapters)


def _tables(session: Session, agency: Agency, month: str, now: datetime) -> Iterator[FigureTable]:
    zone = ZoneInfo(agency.zone.value)
    for chart in CHARTS.values():
        months = MONTHS if chart.rows is Rows.MONTHS else 1
        yield table(session, agency, month_period(month, zone, months=months), chart, now)


def _figure(counted: FigureTable, names: Sequence[str], speech: Speech) -> str:
    """ "" where every bar would be none."""
    drawing = drawing_of(counted, names, speech)
    return figure(drawing) if any(n for series in drawing.series for n in series.values) else ""


def _picture(png: bytes | None, shown: str) -> Picture | None:
    if png is None:
        return None
    return Picture(png, WIDTH, int(json.loads(shown)["layout"]["height"]))


def _tells(chart: Chart, row: FigureRow) -> bool:
    """Whether a row is worth its line on paper: a unit or province without any number is not."""
    return chart.rows not in (Rows.UNITS, Rows.CLASSES) or any(row.values.values())


def _chapter(counted: FigureTable, names: Sequence[str], speech: Speech, *, drawn: bool) -> Chapter:
    say, chart = speech.say, counted.chart

    def cells(name: str, values: object) -> list[str]:
        return [name, *(speech.written(values[m], MEASURES[m].unit) for m in counted.measures)]  # type: ignore[index]

    told = [(n, row) for n, row in zip(names, counted.rows, strict=True) if _tells(chart, row)]
    rows = [cells(name, row.values) for name, row in told[:ROWS]]
    notes = []
    if chart.rows is Rows.MONTHS:
        notes.append(say(YEAR))
    elif drawn and len(counted.rows) > DRAWN:
        notes.append(say(FIRST_BARS) % {"number": DRAWN})
    if len(told) < len(counted.rows):
        notes.append(say(WITHOUT_ZEROS))
    if len(told) > ROWS:
        notes.append(say(FIRST_ROWS) % {"number": ROWS})
    return Chapter(
        say(chart.title),
        say(chart.says),
        [say(NAME), *(say(MEASURES[m].title) for m in counted.measures)],
        [*rows, cells(say(TOTAL), counted.total.values)],
        say(NO_REPORTS),
        " ".join(notes),
    )


def _recap(
    actor: Actor,
    agency: Agency,
    month: str,
    now: datetime,
    speech: Speech,
    tables: Sequence[FigureTable],
    chapters: Sequence[Chapter],
    *,
    lacking: bool,
) -> Recap:
    say = speech.say
    period = month_period(month, ZoneInfo(agency.zone.value))
    notes = [say(FRESH) % {"time": moment(min(each.chosen.fresh_at for each in tables), agency.zone, speech)}]
    if any(each.chosen.way is CountingWay.SUMMARY and not TIMES.isdisjoint(each.measures) for each in tables):
        notes.append(say(LATE) % {"percent": speech.decimal(TOLERANCE)})
    if lacking:
        notes.append(say(NO_PICTURES))
    shown = dict.fromkeys(name for each in tables for name in each.measures)
    made = moment(now, actor.zone, speech)
    return Recap(
        title=say(TITLE) % {"month": speech.month(month)},
        facts=[
            (say(AGENCY), say(WITH_UNITS) % {"name": agency.name}),
            (say(PERIOD), f"{speech.period(period)} ({say(agency.zone.label)})"),
            (say(MADE), say(MADE_BY) % {"time": made, "name": actor.name, "agency": actor.agency_name}),
        ],
        notes=notes,
        chapters=chapters,
        meanings_title=say(MEANINGS),
        meanings=[
            (say(MEASURES[name].title), f"{say(MEASURES[name].says)} {_whose(name, say)}") for name in shown
        ],
        foot=say(FOOT) % {"time": made},
        language=speech.language,
        made=now,
    )


def _whose(name: str, say: Callable[[str], str]) -> str:
    return say(HELD if MEASURES[name].attribution is Attribution.VOLUME else DONE)


def moment(at: datetime, zone: Zone, speech: Speech) -> str:
    """Rabu, 25 November 2026, 09.49 WIB."""
    local = at.astimezone(ZoneInfo(zone.value))
    clock = f"{local:%H.%M}" if speech.language == "id" else f"{local:%H:%M}"
    return f"{speech.day(local.date())}, {clock} {speech.say(zone.label)}"
