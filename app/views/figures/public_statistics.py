"""STATISTIK for everybody, with what each number means beside it, and each of its tables as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.access.figures.public_figures import above, figures_agency, offered
from app.models import Agency
from app.rules.errors import NotFound
from app.rules.figures.cells import cell
from app.rules.text import key_of
from app.services.system import limits
from app.stats.charts import Drawing, Series, figure
from app.stats.facts import CountingWay
from app.stats.periods import Period
from app.stats.public import STATE_LABELS, Figures, PublicGroup, PublicLine, choices, figures, period_of
from app.stats.tiles import TILES, shade
from app.stats.waiting import TOLERANCE
from app.views.figures.figures_words import speech
from app.views.figures.plotly_file import NAME, PREFIX, unwanted_styles
from app.views.figures.public_figures import lines_of, plain, rows, states_of
from app.views.web import context
from app.views.web.caching import cacheable
from app.views.web.language.i18n import grouped, moment
from app.views.web.limiting import within_limit

SECONDS = 600
BYTE_ORDER = "\ufeff"  # without it Excel reads UTF-8 as something else
# Lines of a table; its file has all.
SHOWN = {PublicGroup.AGENCIES: 10, PublicGroup.CATEGORIES: 10, PublicGroup.AREAS: 10, PublicGroup.MONTHS: 12}
DRAWN = 15  # bars of a figure
WHOLE, PERIOD = "instansi", "periode"


@dataclass(frozen=True)
class PublicSelection:
    """agency: whose figures, the root for the whole country. which: the period as it stands in the address."""

    agency: Agency
    which: str
    period: Period

    @property
    def args(self) -> dict[str, Any]:
        """The same for an address."""
        whose = {WHOLE: str(self.agency.id)} if self.agency.parent_id is not None else {}
        return {**whose, PERIOD: self.which}


@dataclass(frozen=True)
class PublicTable:
    """figure: JSON, "" for none. left_out: lines in the file alone."""

    group: PublicGroup
    title: str
    says: str
    lines: Sequence[tuple[str, str, PublicLine]]  # what it is called, where it leads, its numbers
    left_out: int
    csv_url: str
    figure: str


class PublicStatistics(BaseView):
    route_base = "/statistik"
    default_view = "show"

    @expose("/")
    def show(self) -> ResponseReturnValue:
        asked = _asked()
        found = figures(context.reading(), asked.agency, asked.period, context.now())
        session = context.reading()
        page = self.render_template(
            "lapor/figures/public_statistics.html",
            asked=asked,
            figures=found,
            states=states_of(found),
            states_figure=_states_figure(found),
            states_url=_file(asked, PublicGroup.STATES),
            tables=[_table(asked, found, group) for group in _groups(found)],
            tiles=_tiles(found),
            agencies=offered(session),
            path=[] if found.is_root else above(session, asked.agency.id),
            periods=[(key, _(name)) for key, name in choices(context.now(), asked.period.zone).items()],
            period=speech().period(asked.period),
            zone=_(asked.agency.zone.label),
            fresh=moment(found.as_of),
            tolerance=_decimal(TOLERANCE) if found.way is CountingWay.SUMMARY else "",
            csv_url=url_for("PublicStatistics.table", **asked.args),
            json_url=url_for("PublicStatistics.data", **asked.args),
            decimal=_decimal,
            plotly=url_for("static", filename=f"{PREFIX}{NAME}"),
            unwanted_styles=unwanted_styles(),
        )
        return cacheable(page, seconds=SECONDS)

    @expose("/statistik.csv")
    def table(self) -> ResponseReturnValue:
        """?data= one table; without it all of them."""
        _limited()
        asked, which = _asked(), request.args.get("data", "")
        if which and which not in {each.value for each in PublicGroup}:
            abort(400)
        found = figures(context.reading(), asked.agency, asked.period, context.now())
        out = io.StringIO()
        writer = csv.writer(out)
        for row in rows(found, PublicGroup(which) if which else None):
            writer.writerow([cell(value) for value in row])
        answer = cacheable(BYTE_ORDER + out.getvalue(), mimetype="text/csv", seconds=SECONDS)
        name = "-".join(
            part for part in ("lapor-statistik", asked.args.get(WHOLE), which, asked.which) if part
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer

    @expose("/statistik.json")
    def data(self) -> ResponseReturnValue:
        """The same for programs, by names that do not change with the language."""
        _limited()
        asked = _asked()
        found = figures(context.reading(), asked.agency, asked.period, context.now())
        content = json.dumps(plain(asked.which, found), ensure_ascii=False, separators=(",", ":"))
        return cacheable(content, mimetype="application/json", seconds=SECONDS)


def _limited() -> None:
    """Raises TooMany. Who reads the page as people do is not counted."""
    if not within_limit(limits.FIGURES_PLACE):
        raise limits.TooMany


def _asked() -> PublicSelection:
    """?instansi= whose, ?periode= of which days; ?tahun= is another word for a year. 404 or 400 for what is none."""
    raw = request.args.get(WHOLE, "")
    key = key_of(raw) if raw else None
    if raw and key is None:
        raise NotFound
    agency = figures_agency(context.reading(), key)
    zone = ZoneInfo(agency.zone.value)
    this_year = str(context.now().astimezone(zone).year)
    which = request.args.get(PERIOD) or request.args.get("tahun") or this_year
    period = period_of(which, context.now(), zone)
    if period is None:
        abort(400)
    return PublicSelection(agency, which, period)


def _decimal(number: float) -> str:
    return str(format_decimal(round(number, 1)))


def _groups(found: Figures) -> list[PublicGroup]:
    """The tables of lines; who has nobody below has no table of agencies."""
    below = any(line.name for line in found.agencies)
    return [
        PublicGroup.MONTHS,
        PublicGroup.AREAS,
        PublicGroup.CATEGORIES,
        *([PublicGroup.AGENCIES] if below else []),
    ]


def _table(asked: PublicSelection, found: Figures, group: PublicGroup) -> PublicTable:
    title, says, without, lines = lines_of(found, group)
    called = [(_called(group, line, without), _leads(asked, group, line), line) for line in lines]
    limit = SHOWN[group]
    # Of months the last ones, of everything else the largest.
    some = called[-limit:] if group is PublicGroup.MONTHS else called[:limit]
    return PublicTable(
        group, title, says, some, len(called) - len(some), _file(asked, group), _figure(group, called)
    )


def _called(group: PublicGroup, line: PublicLine, without: str) -> str:
    return speech().month(line.name) if group is PublicGroup.MONTHS else line.name or without


def _leads(asked: PublicSelection, group: PublicGroup, line: PublicLine) -> str:
    """An agency's name leads to its own figures."""
    if group is not PublicGroup.AGENCIES or not line.name:
        return ""
    return url_for("PublicStatistics.show", **{**asked.args, WHOLE: line.key})


def _file(asked: PublicSelection, group: PublicGroup) -> str:
    return url_for("PublicStatistics.table", data=group.value, **asked.args)


def _figure(group: PublicGroup, called: Sequence[tuple[str, str, PublicLine]]) -> str:
    """Of provinces there is a map instead."""
    if group is PublicGroup.AREAS or not called:
        return ""
    upright = group is PublicGroup.MONTHS
    some = called if upright else called[:DRAWN]
    series = [
        Series(_(STATE_LABELS["closed_by_people"]), [line.closed_by_people for *_more, line in some]),
        Series(_(STATE_LABELS["closed_by_system"]), [line.closed_by_system for *_more, line in some]),
        Series(
            _("Belum ditutup"),
            [line.received - line.closed_by_people - line.closed_by_system for *_more, line in some],
        ),
    ]
    return figure(Drawing([name for name, *_more in some], series, _("Diterima"), upright=upright))


def _states_figure(found: Figures) -> str:
    if not found.total.received:
        return ""
    states = states_of(found)
    series = [Series(_("Diterima"), [number for _name, number, _share in states])]
    return figure(Drawing([name for name, *_more in states], series, _("Jumlah laporan")))


def _tiles(found: Figures) -> list[dict[str, Any]]:
    by_code = {line.key: line for line in found.areas}
    most = max((line.received for line in found.areas if line.key), default=0)
    tiles = []
    for code, (column, row, letters) in TILES.items():
        line = by_code.get(code)
        number = line.received if line else 0
        tiles.append(
            {
                "name": line.name if line else letters,
                "letters": letters,
                "column": column,
                "row": row,
                "number": grouped(number),
                "shade": shade(number, most),
            }
        )
    return tiles
