"""LAPORAN for everybody: the list, one report, the feed. Read as a visitor, without personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from app.access.choices import area_path, areas_below
from app.access.citizens import public_reports
from app.access.citizens.public_reports import PAGE_SIZE, PublicFacts, PublicFilter, PublicPlace
from app.access.public_text import OF_NO_REPORT, public_version
from app.access.reports.history import history
from app.models import Report
from app.rules.reports.codes import EndedBy
from app.rules.reports.tabs import EPOCH, microseconds
from app.rules.reports.workflow import State
from app.rules.text import key_of, storable
from app.views.reports.reporter_history import to_public
from app.views.web import context
from app.views.web.atom import AtomEntry, atom
from app.views.web.caching import cacheable
from app.views.web.language.i18n import word

FEED_SIZE = 30
AREA_MAX = 16
DESCRIPTION_MAX = 160
AREA_SECONDS = 86_400


@dataclass(frozen=True)
class PublicCard:
    """A report as everybody reads it: every text of people is its public version."""

    id: int
    title: str
    text: str
    reporter: str
    state: str
    tone: str
    holder: str
    category: str
    area: str
    received_at: datetime
    url: str

    @property
    def description(self) -> str:
        """The beginning of the text in one line."""
        line = " ".join(self.text.split())
        return line if len(line) <= DESCRIPTION_MAX else f"{line[: DESCRIPTION_MAX - 1]}…"


def public_card(facts: PublicFacts) -> PublicCard:
    report = facts.report
    shown = public_version(report)
    state, tone = public_state(report)
    return PublicCard(
        id=report.id,
        title=shown(report.title) or _("Laporan tanpa judul"),
        text=shown(report.text),
        reporter=_("Anonim") if report.is_anonymous else OF_NO_REPORT(facts.reporter) or _("Pelapor"),
        state=state,
        tone=tone,
        holder=facts.holder,
        category=facts.category,
        area=facts.area,
        received_at=report.received_at,
        url=url_for("PublicReports.show", report_id=report.id),
    )


def public_state(report: Report) -> tuple[str, str]:
    """The state in words, with who ended it, and its tone. What only the desk needs is not told."""
    state = State(report.state)
    if state is State.CLOSED and report.ended_by:
        return f"{word(state)} {word(EndedBy(report.ended_by))}", "done"
    return word(state), "info" if state is State.WAITING else "done"


class PublicReports(BaseView):
    route_base = "/publik"
    default_view = "list"

    @expose("/laporan/")
    def list(self) -> ResponseReturnValue:
        session, wanted = context.reading(), _wanted()
        found = public_reports.newest(session, wanted, before=_before(), limit=PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        province, regency, _district = area_path(wanted.area_code)
        given = (
            ("instansi", wanted.agency_id),
            ("kategori", wanted.category_id),
            ("wilayah", wanted.area_code),
        )
        asked: dict[str, Any] = {name: str(value) for name, value in given if value}
        page = self.render_template(
            "lapor/citizens/public_list.html",
            cards=[public_card(facts) for facts in shown],
            agencies=public_reports.agency_options(session),
            categories=public_reports.category_options(session),
            provinces=areas_below(session, None),
            regencies=areas_below(session, province) if province else [],
            asked=asked,
            province=province,
            regency=regency,
            next_url=_next(shown[-1].place, asked) if len(found) > PAGE_SIZE else "",
            first_url=url_for("PublicReports.list", **asked) if request.args.get("sebelum") else "",
            feed_url=url_for("PublicReports.feed", **asked),
        )
        return cacheable(page)

    @expose("/laporan/<report_id>/")
    def show(self, report_id: str) -> ResponseReturnValue:
        session = context.reading()
        facts = public_reports.public_report(session, key_of(report_id))
        shown = public_version(facts.report)
        remarks = [
            (OF_NO_REPORT(r.name), shown(r.text), r.at)
            for r in public_reports.remarks(session, facts.report.id)
        ]
        page = self.render_template(
            "lapor/citizens/public_report.html",
            card=public_card(facts),
            lines=to_public(history(session, facts.report.id), shown),
            remarks=remarks,
            address=f"{_site()}{url_for('PublicReports.show', report_id=facts.report.id)}",
        )
        return cacheable(page)

    @expose("/umpan.xml")
    def feed(self) -> ResponseReturnValue:
        """An Atom feed of the newest public reports, narrowed as the list is."""
        found = [
            public_card(facts)
            for facts in public_reports.newest(context.reading(), _wanted(), limit=FEED_SIZE)
        ]
        items = [
            AtomEntry(f"{_site()}{c.url}", c.title, c.description, c.received_at, c.holder, c.category)
            for c in found
        ]
        content = atom(
            _("Laporan terbaru di LAPOR!"),
            f"{_site()}{url_for('PublicReports.list')}",
            f"{_site()}{request.full_path.rstrip('?')}",
            items,
        )
        return cacheable(content, mimetype="application/atom+xml")

    @expose("/wilayah")
    def areas(self) -> Response:
        """?induk= code of an area: what lies directly in it, [{code, name}]."""
        found = areas_below(context.reading(), request.args.get("induk", "")[:AREA_MAX])
        answer = jsonify([{"code": code, "name": name} for code, name in found])
        answer.headers["Cache-Control"] = f"public, max-age={AREA_SECONDS}"
        return answer


def _site() -> str:
    return str(current_app.config["LAPOR"].site_url)


def _argument(name: str) -> str:
    return storable(request.args.get(name, "")).strip()


def _wanted() -> PublicFilter:
    """What the address narrows the list to. The smaller area wins; what cannot be meant is a 400."""
    agency, category = _argument("instansi"), _argument("kategori")
    for value in (agency, category):
        if value and key_of(value) is None:
            abort(400)
    area = _argument("wilayah")
    province, regency = _argument("provinsi"), _argument("kabupaten")
    if not area:
        area = regency if regency and regency.startswith(f"{province}.") else province
    if len(area) > AREA_MAX:
        abort(400)
    return PublicFilter(key_of(agency), key_of(category), area)


def _before() -> PublicPlace | None:
    """?sebelum=<microseconds>-<number> of the report that the page before ended with."""
    raw = request.args.get("sebelum", "")
    if not raw:
        return None
    at, _dash, number = raw.partition("-")
    key, moment = key_of(number), key_of(at)
    if key is None or moment is None:
        abort(400)
    try:
        return PublicPlace(EPOCH + timedelta(microseconds=moment), key)
    except OverflowError:
        abort(400)


def _next(place: PublicPlace, asked: dict[str, Any]) -> str:
    here = f"{microseconds(place.received_at.astimezone(UTC))}-{place.report_id}"
    return url_for("PublicReports.list", sebelum=here, **asked)
