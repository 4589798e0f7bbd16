"""MONITOR > Pemantauan: the weekly look at the units below (manual 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.rules.accounts.roles import Resource, Verb
from app.rules.labels import N_
from app.stats.facts import CountingWay
from app.stats.measures import CHARTS, MEASURES
from app.stats.monitoring import COUNTED, PRESENT, MonitoringLine, Overview, arranged, overview
from app.stats.periods import PRESET_LABELS, Preset
from app.views.figures.figures_asked import FigureSelection, asked, required
from app.views.figures.figures_words import NOTHING, plain, unit_name, written
from app.views.figures.statistics import Cell, list_url, period_words, zone_words
from app.views.forms.model_view import ListColumn
from app.views.web import context
from app.views.web.downloads import table_file, tables_of
from app.views.web.language.i18n import grouped, moment, short_date

SHOWN = 100
NAME = "nama"
UP, DOWN = "naik", "turun"
CHART = "pengelolaan"  # whose lists the numbers lead to


class Monitoring(BaseView):
    route_base = "/monitor/pemantauan"
    default_view = "show"
    class_permission_name = Resource.STATISTICS.value
    method_permission_name = {"show": "read", "sheet": "read"}

    @expose("/")
    @has_access
    def show(self) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        found = asked(session, actor, context.now(), Preset.ALL)
        column, direction = _order()
        looked = lines = None
        if found.period is not None and found.clear:
            looked = overview(session, found.agency, found.period, context.now())
            lines = _sorted(looked, column, direction)
        return self.render_template(
            "lapor/figures/monitoring.html",
            asked=found,
            presets=[(each.value, _(name)) for each, name in PRESET_LABELS.items()],
            columns=_columns(found, column, direction),
            meanings=_meanings(),
            rows=[_row(found, line) for line in lines[:SHOWN]] if lines else [],
            total=_total(found, looked) if looked else [],
            left_out=max(0, len(lines) - SHOWN) if lines else 0,
            alone=lines is not None and len(lines) == 1,
            above=found.agency.id != actor.agency_id and found.agency.parent_id,
            above_url=url_for("Monitoring.show", **{**found.args, "instansi": found.agency.parent_id}),
            files=tables_of("Monitoring.sheet", urut=column, arah=direction, **found.args),
            period=period_words(found.period),
            zone=zone_words(found),
            fresh=moment(looked.chosen.fresh_at) if looked else "",
            summary=looked is not None and looked.chosen.way is CountingWay.SUMMARY,
            digests=actor.may(Resource.REPORTS, Verb.ACT),
        )

    @expose("/pemantauan.<any(csv,xlsx):form>")
    @has_access
    def sheet(self, form: str) -> ResponseReturnValue:
        session = context.reading()
        found = asked(session, context.actor(), context.now(), Preset.ALL)
        looked = overview(session, found.agency, required(found), context.now())
        lines = _sorted(looked, *_order())
        return table_file(
            f"pemantauan-{found.agency.id}", form, _rows(found, looked, lines), "monitoring", len(lines)
        )


def _order() -> tuple[str, str]:
    column, direction = request.args.get("urut", "late"), request.args.get("arah", DOWN)
    if column not in {NAME, *COUNTED, *PRESENT} or direction not in {UP, DOWN}:
        abort(400)
    return column, direction


def _sorted(looked: Overview, column: str, direction: str) -> list[MonitoringLine]:
    return arranged(looked.lines, "name" if column == NAME else column, descending=direction == DOWN)


def _columns(found: FigureSelection, column: str, direction: str) -> list[ListColumn]:
    """The headings, each with the address that sorts by it; the present one turns round."""
    titles = {NAME: _("Unit"), **{name: _heading(name) for name in COUNTED}}
    titles |= {name: _heading(name) for name in PRESENT}
    made = []
    for name, title in titles.items():
        here = name == column
        first = UP if name == NAME else DOWN
        turned = (UP if direction == DOWN else DOWN) if here else first
        url = url_for("Monitoring.show", urut=name, arah=turned, **found.args)
        made.append(ListColumn(name, title, url, ("desc" if direction == DOWN else "asc") if here else ""))
    return made


# The words of the table that offices keep, where those of Statistik say more.
HEADINGS = {
    "received": N_("Total"),
    "progress": N_("Proses"),
    "closed_people": N_("Selesai"),
    "unstaffed": N_("Tanpa petugas"),
}


def _heading(name: str) -> str:
    title = MEASURES[name].title if name in MEASURES else PRESENT[name].title
    return _(HEADINGS.get(name, title))


def _meanings() -> list[tuple[str, str]]:
    return [(_heading(name), _(MEASURES[name].says)) for name in COUNTED] + [
        (_heading(name), _(each.says)) for name, each in PRESENT.items()
    ]


def _row(found: FigureSelection, line: MonitoringLine) -> dict[str, object]:
    here = not line.former
    drill = url_for("Monitoring.show", **{**found.args, "instansi": line.agency_id})
    chart = CHARTS[CHART]
    cells = [Cell("", _name(line), drill if here and not line.itself else "")]
    for name in COUNTED:
        measure, number = MEASURES[name], line.values[name]
        url = list_url(CHART, found, chart, str(line.agency_id), measure.listed) if number and here else ""
        cells.append(Cell(_heading(name), written(number, measure.unit), url))
    now = line.now
    cells += [
        Cell(_heading("late"), grouped(now.late)),
        Cell(_heading("oldest"), _day(now.oldest)),
        Cell(_heading("signed_in"), _day(now.signed_in)),
        Cell(_heading("unstaffed"), grouped(now.unstaffed)),
    ]
    return {"cells": cells, "late": now.late > 0}


def _day(at: datetime | None) -> str:
    """The day alone, in the reader's zone: the file has the time."""
    return short_date(at.astimezone(context.actor().timezone).date()) if at else NOTHING


def _name(line: MonitoringLine) -> str:
    return unit_name(line.name, itself=line.itself, former=line.former)


def _total(found: FigureSelection, looked: Overview) -> list[Cell]:
    chart = CHARTS[CHART]
    cells = [Cell("", _("Jumlah"))]
    for name in COUNTED:
        measure, number = MEASURES[name], looked.total[name]
        url = list_url(CHART, found, chart, "", measure.listed) if number else ""
        cells.append(Cell(_heading(name), written(number, measure.unit), url))
    return [
        *cells,
        Cell(_heading("late"), grouped(looked.late)),
        Cell("", ""),
        Cell("", ""),
        Cell(_heading("unstaffed"), grouped(looked.unstaffed)),
    ]


def _rows(found: FigureSelection, looked: Overview, lines: list[MonitoringLine]) -> Iterator[list[object]]:
    yield [_("Pemantauan LAPOR!"), found.agency.name]
    yield [_("Tanggal laporan masuk"), period_words(found.period), zone_words(found)]
    yield [_("Per"), moment(looked.chosen.fresh_at)]
    yield []
    yield [_("Unit"), *map(_heading, COUNTED), *map(_heading, PRESENT)]
    for line in lines:
        now = line.now
        yield [
            _name(line),
            *(plain(line.values[name], MEASURES[name].unit) for name in COUNTED),
            now.late,
            moment(now.oldest) if now.oldest else "",
            moment(now.signed_in) if now.signed_in else "",
            now.unstaffed,
        ]
    yield [
        _("Jumlah"),
        *(plain(looked.total[name], MEASURES[name].unit) for name in COUNTED),
        looked.late,
        "",
        "",
        looked.unstaffed,
    ]
    yield []
    for title, says in _meanings():
        yield [title, says]
