"""A monthly recap is asked for on MONITOR > Statistik; a job makes it (manual 6.9)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from app.access.figures.statistics import names_officers, statistics_agency
from app.exports import stored_exports
from app.extensions import transaction
from app.models import Agency
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid
from app.rules.figures.exports import ExportForm
from app.rules.text import key_of
from app.views.figures.figures_words import speech
from app.views.web import context
from app.views.web.language.marked_words import translated

MONTHS = 60  # that can be chosen, the present one first
NAMED, NAMELESS = "recap_named", "recap"


class RecapForm(FlaskForm):
    """Which month; the agency is that of the page."""

    bulan = SelectField(_l("Bulan"))

    def offer(self, agency: Agency, now: datetime) -> RecapForm:
        """The months that have begun where the agency is."""
        today = now.astimezone(ZoneInfo(agency.zone.value)).date()
        self.bulan.choices = [(key, speech().month(key)) for key in months(today)]
        return self


def months(today: date) -> list[str]:
    """YYYY-MM, the present one first."""
    last = today.year * 12 + today.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last, last - MONTHS, -1)]


class Recaps(BaseView):
    route_base = "/monitor/rekap"
    default_view = "make"
    class_permission_name = Resource.STATISTICS.value
    method_permission_name = {"make": "read"}

    @expose("/", methods=["GET", "POST"])
    @has_access
    def make(self) -> ResponseReturnValue:
        """?instansi= whose, else one's own; the form says of which month. On to the page of the file."""
        session, actor, now = context.reading(), context.actor(), context.now()
        agency = statistics_agency(session, actor, _agency(actor.agency_id))
        form = RecapForm().offer(agency, now)
        if not form.validate_on_submit():
            page = self.render_template("lapor/figures/recap.html", form=form, agency=agency)
            return page, 422 if form.is_submitted() else 200
        month = str(form.bulan.data)
        what = {"agency": agency.id, "month": month, "language": speech().language}
        try:
            with transaction(actor) as writing:
                key = stored_exports.ask(
                    writing,
                    actor,
                    NAMED if names_officers(actor) else NAMELESS,
                    ExportForm.PDF,
                    f"rekap-lapor-{what['agency']}-{month}.pdf",
                    what,
                    now,
                ).id
        except Invalid as refused:
            flash(" ".join(translated(said) for said in refused.errors.values()), "danger")
            return redirect(url_for("Exports.list"), 303)
        return redirect(url_for("Exports.show", key=key), 303)


def _agency(own: int | None) -> int | None:
    asked = request.args.get("instansi", "")
    return key_of(asked) if asked else own
