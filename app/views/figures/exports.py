"""Lists of reports as Laporan Ringkas: at once when they are short, else as a file that a job makes.

The file holds what the page shows: the same address, read by the same code, in the same scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.access.figures.exports import exports, get_export
from app.exports import selections, stored_exports
from app.exports.files import PIECE, TYPES
from app.exports.ringkas import sheet
from app.exports.selections import Selection
from app.extensions import storage, transaction
from app.rules.accounts.roles import Resource
from app.rules.errors import Invalid, NotFound
from app.rules.figures.export_dates import written_day
from app.rules.figures.exports import ExportForm, ExportState
from app.rules.labels import N_
from app.rules.reports.tabs import Tab
from app.rules.text import key_of
from app.search.engine import TooSlow
from app.stats.periods import Period
from app.views.figures.figure_list import figure_asked
from app.views.reports.desk import FINISHED, SLUGS, kelola_slugs, order_asked
from app.views.reports.search import NARROWER, TOO_SLOW
from app.views.reports.search_form import SearchForm
from app.views.reports.search_form import kept as search_kept
from app.views.web import context
from app.views.web.downloads import file_of
from app.views.web.language.i18n import grouped
from app.views.web.language.marked_words import translated

REPORTS = "reports"
NAME = "Laporan Ringkas"
EVERY_DAY = "Semua"
SENT_AT_ONCE = 250  # reports that are read together while a short file is sent
STATES: Mapping[ExportState, tuple[str, str]] = {
    ExportState.WAITING: (N_("Sedang dibuat"), "near"),
    ExportState.READY: (N_("Siap diunduh"), "done"),
    ExportState.FAILED: (N_("Gagal"), "late"),
    ExportState.GONE: (N_("Sudah dihapus"), "plain"),
}


@dataclass(frozen=True)
class ExportListing:
    """A list of reports that may be taken away, and the page that shows it."""

    selection: Selection
    back: str


def _tab(tab: Tab, endpoint: str, **args: Any) -> ExportListing:
    asked = order_asked(tab)
    chosen = selections.tab(f"{NAME}: {tab.label}", EVERY_DAY, tab, asked.reach, asked.order, asked.words)
    args.update(asked.args)
    return ExportListing(chosen, url_for(endpoint, **args))


def _kelola(slug: str) -> Callable[[], ExportListing]:
    def asked() -> ExportListing:
        if slug not in kelola_slugs(context.actor()):
            abort(404)
        return _tab(SLUGS[slug], "Desk.tab", slug=slug)

    return asked


def _finished(kind: str) -> Callable[[], ExportListing]:
    return lambda: _tab(FINISHED[kind], "Desk.finished", jenis=kind)


def _search() -> ExportListing:
    session, actor = context.reading(), context.actor()
    form = SearchForm(request.args)
    form.offer(session)
    if not form.settle(session):
        abort(400)
    filters = form.filters(actor)
    last = filters.until - timedelta(days=1) if filters.until else None
    days = [written_day(day.date()) if day else "…" for day in (filters.since, last)]
    period = " sampai ".join(days) if filters.since or filters.until else EVERY_DAY
    chosen = selections.found(f"{NAME}: Pencarian", period, form.q.data or "", filters, form.order)
    return ExportListing(chosen, f"{url_for('Search.show')}?{search_kept(request.args.items(multi=True))}")


def _figure() -> ExportListing:
    asked = figure_asked()
    chosen = selections.counted(
        f"{NAME}: {asked.chart.title}",
        _days(asked.period),
        asked.found.agency.id,
        asked.period,
        asked.slug,
        asked.key,
        asked.group,
    )
    return ExportListing(chosen, url_for("FigureList.show", **asked.args))


def _days(period: Period) -> str:
    if period.since is None or period.until is None:
        return EVERY_DAY
    return f"{written_day(period.since)} sampai {written_day(period.until)}"


# Every list of reports that there is a page of.
LISTINGS: Mapping[str, Callable[[], ExportListing]] = {
    **{slug: _kelola(slug) for slug in SLUGS},
    **{kind: _finished(kind) for kind in FINISHED},
    "salinan": lambda: _tab(Tab.COPIES, "Desk.copies"),
    "pencarian": _search,
    "angka": _figure,
}


class ReportExports(BaseView):
    route_base = "/ekspor/laporan"
    default_view = "make"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"make": "read"}

    @expose("/<listing>.<any(csv,xlsx):form>", methods=["GET", "POST"])
    @has_access
    def make(self, listing: str, form: str) -> ResponseReturnValue:
        """A short list is sent at once; of a long one GET says so, and POST has it made."""
        if listing not in LISTINGS:
            abort(404)
        asked, kind = LISTINGS[listing](), ExportForm(form)
        name = f"laporan-ringkas-{listing}-{context.now().astimezone(context.actor().timezone):%Y%m%d-%H%M}"
        confirm = FlaskForm()
        if confirm.validate_on_submit():
            return self._begin(asked, kind, name)
        try:
            keys = _short(asked.selection)
        except TooSlow:
            flash(f"{_(TOO_SLOW)} {_(NARROWER)}", "danger")
            return redirect(asked.back, 303)
        if keys is not None:
            return file_of(name, kind, _rows(asked.selection, keys), f"{REPORTS}.{listing}", len(keys))
        return self.render_template(
            "lapor/forms/confirm.html",
            form=confirm,
            title=asked.selection.title,
            question=_(
                "Daftar ini lebih dari %(limit)s laporan, jadi berkasnya dibuat di belakang layar. Anda dapat meninggalkan halaman dan mengunduhnya nanti.",
                limit=grouped(stored_exports.SHORT),
            ),
            button=_("BUAT BERKAS"),
            back=asked.back,
        )

    def _begin(self, asked: ExportListing, form: ExportForm, name: str) -> ResponseReturnValue:
        try:
            with transaction(context.actor()) as session:
                row = stored_exports.ask(
                    session,
                    context.actor(),
                    REPORTS,
                    form,
                    f"{name}.{form.value}",
                    asked.selection.plain(),
                    context.now(),
                )
                key = row.id
        except Invalid as refused:
            flash(" ".join(translated(said) for said in refused.errors.values()), "danger")
            return redirect(url_for("Exports.list"), 303)
        return redirect(url_for("Exports.show", key=key), 303)


def _short(selection: Selection) -> list[int] | None:
    """The keys of a list that is short enough to be sent at once; None for a longer one."""
    batches = selection.batches(
        context.reading(), context.actor(), context.now(), size=stored_exports.SHORT + 1
    )
    keys = list(next(batches, ()))
    return keys if len(keys) <= stored_exports.SHORT else None


def _rows(selection: Selection, keys: Sequence[int]) -> Iterator[Sequence[object]]:
    some = (keys[at : at + SENT_AT_ONCE] for at in range(0, len(keys), SENT_AT_ONCE))
    return sheet(
        context.reading(),
        context.actor(),
        some,
        context.now(),
        title=selection.title,
        period=selection.period,
    )


class Exports(BaseView):
    """One's own files that a job makes; whether they may still be had is asked each time."""

    route_base = "/ekspor"
    default_view = "list"
    class_permission_name = Resource.ACCOUNT.value
    method_permission_name = {"list": "read", "show": "read", "take": "read"}

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        rows = exports(context.reading(), context.actor())
        return self.render_template("lapor/figures/exports.html", rows=rows, states=STATES)

    @expose("/<key>/")
    @has_access
    def show(self, key: str) -> ResponseReturnValue:
        row = get_export(context.reading(), context.actor(), key_of(key))
        return self.render_template(
            "lapor/figures/export.html",
            row=row,
            state=STATES[row.state],
            works=row.state is ExportState.WAITING,
        )

    @expose("/<key>/berkas")
    @has_access
    def take(self, key: str) -> ResponseReturnValue:
        """The file, to whoever asked for it and may still read what is in it."""
        actor = context.actor()
        row = get_export(context.reading(), actor, key_of(key))
        over = row.expires_at is not None and row.expires_at <= context.now()
        if row.state is not ExportState.READY or over:
            raise NotFound
        form, name, stored, rows, what = (
            ExportForm(row.form),
            row.file_name,
            row.stored_name,
            row.rows,
            row.kind,
        )
        try:
            stream = storage().open(stored)
        except FileNotFoundError as error:
            raise NotFound from error
        with transaction(actor) as session:
            stored_exports.note_taken(session, actor, what, form, rows, context.now(), int(key))

        def pieces() -> Iterator[bytes]:
            with stream:
                while piece := stream.read(PIECE):
                    yield piece

        answer = Response(pieces(), mimetype=TYPES[form])
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
