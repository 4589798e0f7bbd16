"""The handover list as a file, CSV, XLSX or PDF: what its reader sees on the page, and that it was taken is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flask import Response
from flask_babel import gettext as _

from app.access.agencies.handover import HandedOver
from app.exports import stored_exports
from app.exports.files import TYPES
from app.exports.pdf import Paper
from app.exports.pdf_table import table_pdf
from app.extensions import transaction
from app.rules.figures.exports import ExportForm
from app.views.web import context
from app.views.web.downloads import file_of
from app.views.web.language.i18n import grouped, language, moment, word

WHAT = "handover"
BATCH = 1_000
PAPER_MAX = 500  # rows, three seconds of work; a sheet has all of them
WIDTHS = (7, 30, 12, 12, 12, 18, 18, 18)
Read = Callable[[int, int], Sequence[HandedOver]]  # from behind which number, at most how many


def handover_file(
    form: ExportForm, name: str, title: str, facts: Sequence[tuple[str, str]], before: str, read: Read
) -> Response:
    """before: who held the reports, or stood above them, until then. name: of the file, without its ending."""
    if form is ExportForm.PDF:
        return _paper(name, title, facts, before, read)
    number = sum(len(batch) for batch in _batches(read))
    return file_of(name, form, _rows(title, facts, before, read), WHAT, number)


def _headings() -> list[str]:
    return [
        _("Nomor laporan"),
        _("Judul"),
        _("Status"),
        _("Diterima"),
        _("Tenggat"),
        _("Sebelumnya"),
        _("Diserahkan ke"),
        _("Sekarang di"),
    ]


def _cells(row: HandedOver, before: str) -> list[str]:
    return [
        str(row.report_id),
        row.title,
        word(row.state),
        moment(row.received_at),
        moment(row.due) if row.due else "",
        before,
        row.successor,
        row.holder,
    ]


def _batches(read: Read) -> Iterator[Sequence[HandedOver]]:
    after = 0
    while batch := read(after, BATCH):
        yield batch
        after = batch[-1].report_id


def _rows(
    title: str, facts: Sequence[tuple[str, str]], before: str, read: Read
) -> Iterator[Sequence[object]]:
    yield [title]
    yield from facts
    yield []
    yield _headings()
    for batch in _batches(read):
        for row in batch:
            yield _cells(row, before)


def _paper(name: str, title: str, facts: Sequence[tuple[str, str]], before: str, read: Read) -> Response:
    rows = read(0, PAPER_MAX + 1)
    said = [*facts]
    if len(rows) > PAPER_MAX:
        told = _(
            "hanya %(number)s laporan pertama; seluruhnya ada dalam berkas XLSX", number=grouped(PAPER_MAX)
        )
        said.append((_("Catatan"), told))
    shown = rows[:PAPER_MAX]
    now = context.now()
    paper = Paper(title, said, (), "", (), _("LAPOR! · dibuat %(when)s", when=moment(now)), language(), now)
    data = table_pdf(paper, _headings(), [_cells(row, before) for row in shown], WIDTHS)
    with transaction(context.actor()) as session:
        stored_exports.note_taken(session, context.actor(), WHAT, ExportForm.PDF, len(shown), now)
    answer = Response(data, mimetype=TYPES[ExportForm.PDF])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
