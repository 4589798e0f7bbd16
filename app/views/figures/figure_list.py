"""The list that a number of MONITOR leads to: exactly the reports that it counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.figures.statistics import listed
from app.access.scope import PAGE_SIZE, ScopeLine, ScopePosition
from app.rules.accounts.roles import Resource
from app.rules.reports.tabs import EPOCH, Basis, microseconds
from app.rules.text import key_of
from app.stats.lists import criteria_of
from app.stats.measures import CHARTS, MEASURES, Chart
from app.stats.periods import Period
from app.views.figures.figures_asked import FigureSelection, asked, required
from app.views.reports.cards import cards
from app.views.web import context
from app.views.web.downloads import files_of
from app.views.web.layout import lies_under

PARTS = 2


@dataclass(frozen=True)
class FigureAsked:
    """The number whose reports are asked for."""

    found: FigureSelection
    period: Period
    slug: str
    chart: Chart
    key: str
    group: str

    @property
    def args(self) -> dict[str, Any]:
        """The same for an address."""
        return {"data": self.slug, "kunci": self.key, "status": self.group, **self.found.args}


def figure_asked() -> FigureAsked:
    """?data= chart, ?kunci= row ("" all), ?status= group of states, beside the agency and period."""
    slug = request.args.get("data", "status")
    if slug not in CHARTS:
        abort(404)
    found = asked(context.reading(), context.actor(), context.now())
    key, group = request.args.get("kunci", "")[:64], request.args.get("status", "received")
    return FigureAsked(found, required(found), slug, CHARTS[slug], key, group)


class FigureList(BaseView):
    route_base = "/monitor/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/")
    @has_access
    def show(self) -> ResponseReturnValue:
        session, actor, wanted = context.reading(), context.actor(), figure_asked()
        found, slug, group = wanted.found, wanted.slug, wanted.group
        agency_id, criteria = criteria_of(
            session, actor, found.agency, wanted.period, slug, wanted.chart, wanted.key, group
        )
        rows = listed(session, actor, agency_id, criteria, after=_after(), limit=PAGE_SIZE + 1)
        more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
        args = wanted.args
        lines = [ScopeLine(report_id, ScopePosition(0, report_id), Basis.FULL) for report_id, _at in rows]
        lies_under("Statistics.show")
        last = f"{microseconds(rows[-1][1])}.{rows[-1][0]}" if rows else ""
        return self.render_template(
            "lapor/figures/figure_list.html",
            asked=found,
            title=_(MEASURES[group].title),
            chart=CHARTS[slug],
            back_url=url_for("Statistics.show", side=CHARTS[slug].side.value, data=slug, **found.args),
            cards=cards(session, actor, lines, context.now()),
            files=files_of("angka", **args) if rows else None,
            next_url=url_for("FigureList.show", setelah=last, **args) if more else None,
            first_url=url_for("FigureList.show", **args) if _after() else None,
        )


def _after() -> tuple[datetime, int] | None:
    """?setelah=<microseconds of receipt>.<report>: where the page before ended."""
    raw = request.args.get("setelah")
    if not raw:
        return None
    parts = [key_of(part) for part in raw.split(".")]
    if len(parts) != PARTS or parts[0] is None or parts[1] is None or parts[0] > microseconds(LATEST):
        abort(400)
    return datetime.fromtimestamp(parts[0] // 10**6, EPOCH.tzinfo).replace(
        microsecond=parts[0] % 10**6
    ), parts[1]


LATEST = datetime(9000, 1, 1, tzinfo=EPOCH.tzinfo)
