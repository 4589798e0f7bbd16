"""MONITOR > Pencarian (manual 6.8), and what the search boxes of the worklists share with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from app.access.reports.saved_searches import get_saved_search, saved_searches
from app.access.scope import COUNT_CAP
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.rules.text import key_of
from app.search.engine import TooSlow
from app.search.filters import NO_FILTERS, Filters
from app.search.find import (
    EVERYWHERE,
    NOTHING,
    SearchHits,
    SearchOrder,
    SearchPlace,
    SearchPosition,
    find,
    understood,
)
from app.search.passages import KIND_LABELS, Passage, passages
from app.search.query import SearchQuery
from app.services.system import named_searches
from app.views.reports.cards import Card, cards
from app.views.reports.search_form import SearchForm, kept, kept_of
from app.views.web import context
from app.views.web.downloads import files_of
from app.views.web.language.i18n import grouped
from app.views.web.language.marked_words import translated

AFTER_PARTS = 2
REPORT_MOST = 2**62 - 1  # an index row has twice the number of its report, and one more
TOO_SLOW = N_("Pencarian ini terlalu lama, jadi dihentikan.")
NARROWER = N_("Persempit rentang tanggal di Pencarian Lebih Lanjut, atau tambahkan kata.")
NOT_FOUND = N_("Laporan tidak ditemukan.")
NOTHING_FOUND = N_("Tidak ada laporan yang cocok. Coba kata lain, atau kurangi saringan.")
ONLY_NOISE = N_("Kata ini ada di hampir setiap laporan. Tambahkan kata yang lebih khusus.")


@dataclass(frozen=True)
class Results:
    """What a search shows: cards with their passages, a count in words, and where it goes on."""

    query: SearchQuery
    found: SearchHits
    cards: list[Card]
    passages: Mapping[int, Passage]
    too_slow: bool

    @property
    def count(self) -> str:
        """ "" behind the first page."""
        if self.found.count is None:
            return ""
        return f"{COUNT_CAP - 1}+" if self.found.count >= COUNT_CAP else grouped(self.found.count)

    @property
    def nothing(self) -> str:
        """Why there is nothing, in words not yet translated."""
        if self.too_slow:
            return TOO_SLOW
        if self.query.noise:
            return ONLY_NOISE
        return NOT_FOUND if self.query.with_hash else NOTHING_FOUND

    @property
    def advice(self) -> str:
        return NARROWER if self.too_slow else ""

    @property
    def by_number(self) -> bool:
        """A bare number opened the report of that number; texts may hold it as well."""
        number = self.query.number
        return (
            number is not None
            and not self.query.with_hash
            and [hit.report_id for hit in self.found.hits] == [number]
        )

    @property
    def next(self) -> str:
        place = self.found.next
        return f"{place.key}.{place.report_id}" if place is not None else ""

    def where(self, report_id: int) -> str:
        return _(KIND_LABELS[self.passages[report_id].kind])


def results(
    raw: str,
    *,
    limit: int,
    place: SearchPlace = EVERYWHERE,
    filters: Filters = NO_FILTERS,
    order: SearchOrder = SearchOrder.NEWEST,
    after: SearchPosition | None = None,
) -> Results:
    """Search as the acting account."""
    session, actor, now = context.reading(), context.actor(), context.now()
    query = understood(session, raw)
    try:
        found = find(
            session,
            actor,
            query,
            now,
            place=place,
            filters=filters,
            order=order,
            after=after,
            limit=limit,
        )
    except TooSlow:
        return Results(query, NOTHING, [], {}, too_slow=True)
    shown = cards(session, actor, found.hits, now)
    return Results(query, found, shown, passages(session, actor, found.hits, query), too_slow=False)


def after_of(raw: str | None) -> SearchPosition | None:
    """?setelah=<key>.<report>: where the page before ended. Anything else is no page of ours."""
    if not raw:
        return None
    parts = raw.rsplit(".", 1)
    digits = [part.removeprefix("-") for part in parts]
    if len(parts) != AFTER_PARTS or not all(d.isascii() and d.isdecimal() and len(d) <= 19 for d in digits):
        abort(400)
    key, report_id = int(parts[0]), int(parts[1])
    if not (-(2**63) <= key < 2**63 and 0 <= report_id < REPORT_MOST):
        abort(400)
    return SearchPosition(key, report_id)


class SaveForm(FlaskForm):
    name = StringField(_l("Nama pencarian"))
    query = HiddenField()


class Search(BaseView):
    route_base = "/monitor/pencarian"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read", "save": "read", "forget": "read"}

    @expose("/")
    @has_access
    def show(self) -> ResponseReturnValue:
        session, actor = context.reading(), context.actor()
        after = after_of(request.args.get("setelah"))
        form = SearchForm(request.args)
        form.offer(session)
        asked = "q" in request.args and "reload" not in request.args
        clear = form.settle(session) if request.args else True
        found = None
        if asked and clear:
            found = results(
                form.q.data or "",
                filters=form.filters(actor),
                order=form.order,
                limit=form.size,
                after=after,
            )
        query = kept(request.args.items(multi=True))
        here = url_for("Search.show")
        page = self.render_template(
            "lapor/reports/search.html",
            form=form,
            results=found,
            saved=[(row, f"{here}?{row.query}") for row in saved_searches(session, actor)],
            query=query,
            files=files_of("pencarian", **parse_qs(query)) if found and found.cards else None,
            next_url=f"{here}?{query}&setelah={found.next}" if found and found.next else None,
            first_url=f"{here}?{query}" if found and after else None,
        )
        return page, 200 if clear else 422

    @expose("/simpan", methods=["GET", "POST"])
    @has_access
    def save(self) -> ResponseReturnValue:
        """?… what the search's address has behind its own ?."""
        form = SaveForm()
        if request.method == "GET":
            form.query.data = kept(request.args.items(multi=True))
        elif form.validate():
            query = kept_of(form.query.data or "")
            try:
                with transaction(context.actor()) as session:
                    row = named_searches.save(
                        session, context.actor(), form.name.data or "", query, context.now()
                    )
                    name = row.name
            except Invalid as refused:
                form.name.errors = [translated(said) for said in refused.errors.values()]
            else:
                flash(_("Pencarian %(name)s disimpan.", name=name), "success")
                return redirect(f"{url_for('Search.show')}?{query}", 303)
        page = self.render_template(
            "lapor/reports/search_save.html",
            form=form,
            back=f"{url_for('Search.show')}?{form.query.data or ''}",
        )
        return page, 422 if request.method == "POST" else 200

    @expose("/tersimpan/<saved_id>/hapus", methods=["GET", "POST"])
    @has_access
    def forget(self, saved_id: str) -> ResponseReturnValue:
        form = FlaskForm()
        row = get_saved_search(context.reading(), context.actor(), key_of(saved_id))
        name = row.name
        if form.validate_on_submit():
            with transaction(context.actor()) as session:
                named_searches.forget(session, context.actor(), key_of(saved_id))
            flash(_("Pencarian %(name)s dihapus.", name=name), "success")
            return redirect(url_for("Search.show"), 303)
        page = self.render_template("lapor/reports/search_forget.html", form=form, name=name)
        return page, 422 if request.method == "POST" else 200
