"""MONITOR > Statistik: choose an agency and a period, press a title, see the chart (manual 6.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.choices import Among, find_agencies
from app.access.figures.statistics import names_officers
from app.rules.accounts.roles import Resource, Verb
from app.stats.charts import figure
from app.stats.drawings import DRAWN, TIMES, drawing_of
from app.stats.facts import CountingWay
from app.stats.measures import (
    CHARTS,
    MEASURES,
    SIDE_LABELS,
    Chart,
    CountSide,
    MeasureUnit,
    Rows,
    charts_of,
)
from app.stats.periods import PRESET_LABELS, Period
from app.stats.tables import FigureRow, FigureTable, table
from app.stats.tiles import TILES, shade
from app.stats.waiting import TOLERANCE
from app.views.figures.figures_asked import FigureSelection, asked, required
from app.views.figures.figures_words import plain, speech, written
from app.views.figures.plotly_file import NAME, PREFIX, unwanted_styles
from app.views.reports.desk import Choice, TabLink
from app.views.web import context
from app.views.web.downloads import table_file, tables_of
from app.views.web.language.i18n import moment

SHOWN = 50  # rows of a page; the file has all
QUERY_MIN = 2


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class StatisticsLine:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Tile:
    """A province: where its tile lies, what stands on it, how dark it is."""

    name: str
    letters: str
    column: int
    row: int
    number: str
    shade: int
    url: str


class Statistics(BaseView):
    route_base = "/monitor/statistik"
    default_view = "show"
    class_permission_name = Resource.STATISTICS.value
    method_permission_name = {"show": "read", "sheet": "read", "agencies": "read"}

    @expose("/")
    @expose("/<side>/")
    @has_access
    def show(self, side: str = CountSide.MANAGEMENT.value) -> ResponseReturnValue:
        if side not in {each.value for each in CountSide}:
            abort(404)
        session, actor = context.reading(), context.actor()
        found, slug = asked(session, actor, context.now()), _slug()
        if slug and CHARTS[slug].side.value != side:
            abort(404)
        counted = None
        if slug and found.period is not None and found.clear:
            counted = table(session, found.agency, found.period, CHARTS[slug], context.now())
        return self.render_template(
            "lapor/figures/statistics.html",
            asked=found,
            side=side,
            tabs=[
                TabLink(
                    _(name), url_for("Statistics.show", side=each.value, **found.args), "", each.value == side
                )
                for each, name in SIDE_LABELS.items()
            ],
            presets=[(each.value, _(name)) for each, name in PRESET_LABELS.items()],
            titles=[
                (Choice(_(chart.title), _link(side, each, found), each == slug), _(chart.says))
                for each, chart in charts_of(CountSide(side)).items()
            ],
            slug=slug,
            period=period_words(found.period),
            **_shown(slug, found, counted),
        )

    @expose("/tabel.<any(csv,xlsx):form>")
    @has_access
    def sheet(self, form: str) -> ResponseReturnValue:
        session, slug = context.reading(), _slug()
        if not slug:
            abort(404)
        found = asked(session, context.actor(), context.now())
        counted = table(session, found.agency, required(found), CHARTS[slug], context.now())
        name = f"statistik-{slug}-{found.agency.id}"
        return table_file(name, form, _rows(slug, found, counted), f"statistics.{slug}", len(counted.rows))

    @expose("/instansi")
    @has_access
    def agencies(self) -> ResponseReturnValue:
        """?q= words of a name: [{id, name, path, staffed}] among the reader's own agency and those below."""
        query = request.args.get("q", "")[:100]
        among = Among(within=context.actor().agency_id)
        found = (
            find_agencies(context.reading(), query, among=among) if len(query.strip()) >= QUERY_MIN else []
        )
        return jsonify([{"id": o.id, "name": o.name, "path": o.path, "staffed": o.staffed} for o in found])


def _slug() -> str:
    """The chart that the address asks for, "" for none yet."""
    slug = request.args.get("data", "")
    if slug and slug not in CHARTS:
        abort(404)
    return slug


def _link(side: str, slug: str, found: FigureSelection) -> str:
    return url_for("Statistics.show", side=side, data=slug, **found.args) + "#grafik"


def period_words(period: Period | None) -> str:
    return speech().period(period) if period is not None else ""


def zone_words(found: FigureSelection) -> str:
    """WIB, WITA or WIT: in which the days of these figures are cut."""
    return _(found.agency.zone.label)


def _shown(slug: str, found: FigureSelection, counted: FigureTable | None) -> Mapping[str, object]:
    """What the template needs of the chart that is shown."""
    if counted is None:
        return {"chart": None}
    chart = counted.chart
    names = _names(counted)
    lines = [
        StatisticsLine(name, tuple(_cells(slug, found, counted, row)))
        for name, row in zip(names[:SHOWN], counted.rows, strict=False)
    ]
    return {
        "chart": chart,
        "columns": [
            (_(MEASURES[m].title), _(MEASURES[m].says), MEASURES[m].attribution.value)
            for m in counted.measures
        ],
        "lines": lines,
        "total": StatisticsLine(_("Jumlah"), tuple(_cells(slug, found, counted, counted.total))),
        "left_out": max(0, len(counted.rows) - SHOWN),
        "fresh": moment(counted.chosen.fresh_at),
        "summary": counted.chosen.way is CountingWay.SUMMARY,
        "tolerance": TOLERANCE if not TIMES.isdisjoint(counted.measures) else None,
        "files": tables_of("Statistics.sheet", data=slug, **found.args),
        "tiles": _tiles(slug, found, counted) if slug == "area" else [],
        "figure": figure(drawing_of(counted, names, speech())),
        "drawn": min(DRAWN, len(counted.rows)) if chart.rows is not Rows.MONTHS else 0,
        "plotly": url_for("static", filename=f"{PREFIX}{NAME}"),
        "unwanted_styles": unwanted_styles(),
        "zone": zone_words(found),
    }


def _names(counted: FigureTable) -> Sequence[str]:
    return speech().row_names(counted, names_officers=names_officers(context.actor()))


def _cells(slug: str, found: FigureSelection, counted: FigureTable, row: FigureRow) -> Iterator[Cell]:
    for name in counted.measures:
        measure, number = MEASURES[name], row.values[name]
        listed = number and not row.former
        url = list_url(slug, found, counted.chart, row.key, measure.listed) if listed else ""
        yield Cell(_(measure.title), written(number, measure.unit), url)


def list_url(slug: str, found: FigureSelection, chart: Chart, key: str, group: str) -> str:
    """Where the reports of a number are listed; "" for what is no number of reports, or for who reads none."""
    if not group or not context.actor().may(Resource.REPORTS, Verb.READ):
        return ""
    if chart.rows is Rows.STATUSES and key:
        key, group = "", key
    return url_for("FigureList.show", data=slug, kunci=key, status=group, **found.args)


def _tiles(slug: str, found: FigureSelection, counted: FigureTable) -> list[Tile]:
    rows = {row.key: row for row in counted.rows}
    most = max((row.values["number"] or 0 for row in rows.values()), default=0)
    tiles = []
    for code, (column, line, letters) in TILES.items():
        row = rows.get(code)
        number = (row.values["number"] or 0) if row else 0
        url = list_url(slug, found, counted.chart, code, "received") if number else ""
        name = row.name if row else code
        tiles.append(
            Tile(name, letters, column, line, written(number, MeasureUnit.COUNT), shade(number, most), url)
        )
    return tiles


def _rows(slug: str, found: FigureSelection, counted: FigureTable) -> Iterator[list[object]]:
    yield [_("Statistik LAPOR!"), _(counted.chart.title)]
    yield [_("Instansi"), found.agency.name]
    yield [_("Tanggal laporan masuk"), period_words(found.period), zone_words(found)]
    yield [_("Per"), moment(counted.chosen.fresh_at)]
    yield []
    yield ["", *(_(MEASURES[name].title) for name in counted.measures)]
    for name, row in zip([*_names(counted), _("Jumlah")], [*counted.rows, counted.total], strict=True):
        yield [name, *(plain(row.values[m], MEASURES[m].unit) for m in counted.measures)]
    yield []
    for name in counted.measures:
        yield [_(MEASURES[name].title), _(MEASURES[name].says)]
