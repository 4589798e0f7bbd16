"""STATISTIK for everybody, with what each number means beside it, and the same as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.rules.sheets import cell
from app.services import limits
from app.stats.public import SHOWN, ZONE, Figures, Line, figures, years
from app.views import context
from app.views.caching import cacheable
from app.views.limiting import within_limit

SECONDS = 600
BYTE_ORDER = "\ufeff"  # without it Excel reads UTF-8 as something else


class PublicStatistics(BaseView):
    route_base = "/statistik"
    default_view = "show"

    @expose("/")
    def show(self) -> ResponseReturnValue:
        found = figures(context.reading(), _year())
        page = self.render_template(
            "lapor/public_statistics.html",
            figures=found,
            tables=_tables(found),
            limit=SHOWN,
            years=years(context.now()),
            csv_url=url_for("PublicStatistics.table", tahun=found.year),
            decimal=lambda number: format_decimal(round(number, 1)),
        )
        return cacheable(page, seconds=SECONDS)

    @expose("/statistik.csv")
    def table(self) -> ResponseReturnValue:
        _limited()
        found = figures(context.reading(), _year())
        out = io.StringIO()
        writer = csv.writer(out)
        for row in _rows(found):
            writer.writerow([cell(value) for value in row])
        answer = cacheable(BYTE_ORDER + out.getvalue(), mimetype="text/csv", seconds=SECONDS)
        answer.headers["Content-Disposition"] = f'attachment; filename="lapor-statistik-{found.year}.csv"'
        return answer

    @expose("/statistik.json")
    def data(self) -> ResponseReturnValue:
        """The same for programs, by names that do not change with the language."""
        _limited()
        found = figures(context.reading(), _year())
        content = json.dumps(_plain(found), ensure_ascii=False, separators=(",", ":"))
        return cacheable(content, mimetype="application/json", seconds=SECONDS)


def _limited() -> None:
    """Raises TooMany. Who reads the page as people do is not counted."""
    if not within_limit(limits.FIGURES_PLACE):
        raise limits.TooMany


def _plain(found: Figures) -> dict[str, Any]:
    return {
        "year": found.year,
        "zone": ZONE.key,
        "counted": "verified reports that are not secret, by the year in which they were received",
        "median_days_to_first_follow_up": None if found.median_days is None else round(found.median_days, 2),
        "total": _numbers(found.total),
        "agencies": [_numbers(line) for line in found.agencies],
        "categories": [_numbers(line) for line in found.categories],
        "provinces": [_numbers(line) for line in found.areas],
        "months": [_numbers(line) for line in found.months],
    }


def _numbers(line: Line) -> dict[str, Any]:
    """name: null for those that have none."""
    return {
        "name": line.name or None,
        "received": line.received,
        "followed_up": line.followed_up,
        "closed_by_people": line.closed_by_people,
        "closed_by_timer": line.closed_by_system,
    }


def _year() -> int:
    known = years(context.now())
    raw = request.args.get("tahun", "")
    if not raw:
        return known[0]
    if not (raw.isascii() and raw.isdecimal() and len(raw) == 4 and int(raw) in known):
        abort(400)
    return int(raw)


def _tables(found: Figures) -> list[tuple[str, str, Sequence[Line]]]:
    """Heading, what a report without one is called, and the lines."""
    return [
        (_("Instansi"), _("Admin Pusat"), found.agencies),
        (_("Kategori"), _("Tanpa kategori"), found.categories),
        (_("Provinsi"), _("Tanpa wilayah"), found.areas),
        (_("Bulan masuk"), "", found.months),
    ]


def _rows(found: Figures) -> Iterator[list[object]]:
    yield [
        _("Statistik LAPOR!"),
        found.year,
        _("Zona waktu WIB; hanya laporan terverifikasi yang tidak rahasia"),
    ]
    yield []
    yield [
        _("Kelompok"),
        _("Nama"),
        _("Diterima"),
        _("Ditindaklanjuti"),
        _("Persentase ditindaklanjuti"),
        _("Ditutup oleh instansi atau pelapor"),
        _("Ditutup oleh sistem"),
    ]
    for heading, none, lines in [("", _("Semua"), [found.total]), *_tables(found)]:
        for line in lines:
            yield [
                heading,
                line.name or none,
                line.received,
                line.followed_up,
                round(line.share, 1),
                line.closed_by_people,
                line.closed_by_system,
            ]
    median = "" if found.median_days is None else round(found.median_days, 1)
    yield []
    yield [_("Median hari sampai tindak lanjut pertama"), median]
