"""The list that a number of MONITOR leads to: exactly the reports that it counted."""

from __future__ import annotations

from datetime import datetime

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.scope import PAGE_SIZE, Line, Position
from app.access.statistics import listed
from app.rules.roles import Resource
from app.rules.tabs import EPOCH, Basis, microseconds
from app.rules.text import key_of
from app.stats.lists import criteria_of
from app.stats.measures import CHARTS, MEASURES
from app.views import context
from app.views.cards import cards
from app.views.figures_asked import asked, required
from app.views.pages import lies_under

PARTS = 2


class FigureList(BaseView):
    route_base = "/monitor/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/")
    @has_access
    def show(self) -> ResponseReturnValue:
        """?data= chart, ?kunci= row ("" all), ?status= group of states, beside the agency and period."""
        session, actor = context.reading(), context.actor()
        slug, key, group = (
            request.args.get("data", "status"),
            request.args.get("kunci", "")[:64],
            request.args.get("status", "received"),
        )
        if slug not in CHARTS:
            abort(404)
        found = asked(session, actor, context.now())
        agency_id, criteria = criteria_of(
            session, actor, found.agency, required(found), slug, CHARTS[slug], key, group
        )
        rows = listed(session, actor, agency_id, criteria, after=_after(), limit=PAGE_SIZE + 1)
        more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
        args = {"data": slug, "kunci": key, "status": group, **found.args}
        lines = [Line(report_id, Position(0, report_id), Basis.FULL) for report_id, _at in rows]
        lies_under("Statistics.show")
        last = f"{microseconds(rows[-1][1])}.{rows[-1][0]}" if rows else ""
        return self.render_template(
            "lapor/figure_list.html",
            asked=found,
            title=_(MEASURES[group].title),
            chart=CHARTS[slug],
            back_url=url_for("Statistics.show", side=CHARTS[slug].side.value, data=slug, **found.args),
            cards=cards(session, actor, lines, context.now()),
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
