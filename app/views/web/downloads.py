"""What pages and exports share: the addresses of a list's files, and an answer that is a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, stream_with_context, url_for
from flask_babel import gettext as _

from app.exports import stored_exports
from app.exports.files import TYPES, Values, pieces
from app.extensions import transaction
from app.rules.figures.exports import ExportForm
from app.views.web import context
from app.views.web.language.i18n import moment


@dataclass(frozen=True)
class DownloadLinks:
    """Where a list is had as a file."""

    csv: str
    xlsx: str


def files_of(listing: str, **args: Any) -> DownloadLinks:
    """Of a list of reports; `args`: those of its page."""
    csv, xlsx = (
        url_for("ReportExports.make", listing=listing, form=form.value, **args)
        for form in (ExportForm.CSV, ExportForm.XLSX)
    )
    return DownloadLinks(csv, xlsx)


def tables_of(endpoint: str, **args: Any) -> DownloadLinks:
    """Of a table whose view has an endpoint with a `form`."""
    csv, xlsx = (url_for(endpoint, form=form.value, **args) for form in (ExportForm.CSV, ExportForm.XLSX))
    return DownloadLinks(csv, xlsx)


def table_file(name: str, form: str, rows: Iterable[Values], what: str, number: int) -> Response:
    """A table of `number` rows, which is small, as a file; that it was taken is noted."""
    made = list(rows)
    return file_of(name, ExportForm(form), iter(made), what, number)


def list_file(
    name: str, form: str, title: str, headings: Sequence[str], lines: Iterable[Values], what: str
) -> Response:
    """A list as a file that is sent while it is read: no more than a batch of it is in memory.

    How many rows were taken is noted at its end, also when whoever asked breaks off.
    """
    kind, actor, now = ExportForm(form), context.actor(), context.now()

    def rows() -> Iterator[Values]:
        taken = 0
        try:
            yield [title, actor.agency_name]
            yield [_("Per"), moment(now)]
            yield []
            yield headings
            for line in lines:
                taken += 1
                yield line
        finally:
            with transaction(actor) as session:
                stored_exports.note_taken(session, actor, what, kind, taken, now)

    return _sent(name, kind, rows())


def file_of(name: str, form: ExportForm, rows: Iterator[Values], what: str, number: int) -> Response:
    """Rows as a file that is sent while it is made. name: without its ending."""
    with transaction(context.actor()) as session:
        stored_exports.note_taken(session, context.actor(), what, form, number, context.now())
    return _sent(name, form, rows)


def _sent(name: str, form: ExportForm, rows: Iterator[Values]) -> Response:
    answer = Response(stream_with_context(_read_on(pieces(form, rows, context.now()))), mimetype=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read_on(sent: Iterator[bytes]) -> Iterator[bytes]:
    """The request's session is put away before its answer is sent. What reads on with it then begins anew,
    and nobody else would give that connection back."""
    session = context.reading()

    def until_the_end() -> Iterator[bytes]:
        try:
            yield from sent
        finally:
            session.close()

    return until_the_end()
