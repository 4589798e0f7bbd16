"""STATISTIK for everybody, with what each number means beside it, and the same as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.rules.sheets import cell
from app.stats.public import SHOWN, Figures, Line, figures, years
from app.views import context
from app.views.caching import cacheable

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
        found = figures(context.reading(), _year())
        out = io.StringIO()
        writer = csv.writer(out)
        for row in _rows(found):
            writer.writerow([cell(value) for value in row])
        answer = cacheable(BYTE_ORDER + out.getvalue(), mimetype="text/csv", seconds=SECONDS)
        answer.headers["Content-Disposition"] = f'attachment; filename="lapor-statistik-{found.year}.csv"'
        return answer


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
