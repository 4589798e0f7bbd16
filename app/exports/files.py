"""Rows as files: CSV line by line, XLSX through a temporary file; text stays text in both (cases H1, R6)."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from app.rules.channels.ringkas import CELL_MAX
from app.rules.figures.cells import cell
from app.rules.figures.exports import ExportForm as Form

BYTE_ORDER = "\ufeff"  # without it Excel reads UTF-8 as something else
CUT = " […]"  # a cell of a spreadsheet ends there; the CSV file has the whole text
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
IN_MEMORY = 1_000_000
PIECE = 65_536


TYPES = {
    Form.CSV: "text/csv",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}
Values = Sequence[object]


def csv_lines(rows: Iterable[Values]) -> Iterator[str]:
    """The lines of a CSV file, as rows come."""
    yield BYTE_ORDER
    for row in rows:
        line = StringIO()
        csv.writer(line).writerow([cell(value) for value in row])
        yield line.getvalue()


def write(form: Form, rows: Iterable[Values], file: IO[bytes], made: datetime) -> None:
    """Write rows into `file` as they come: no more than a row of them is in memory. made: aware."""
    if form is Form.CSV:
        for line in csv_lines(rows):
            file.write(line.encode("utf-8", "replace"))
        return
    book = Workbook(write_only=True)
    book.properties.creator = "LAPOR!"
    # The file format knows no zones.
    book.properties.created = book.properties.modified = made.replace(tzinfo=None, microsecond=0)
    sheet = book.create_sheet("LAPOR")
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(file)


def _cell(sheet: object, value: object) -> object:
    if not isinstance(value, str):
        return value
    text = str(cell(NOT_XML.sub("", value)))
    if len(text) > CELL_MAX:
        text = text[: CELL_MAX - len(CUT)] + CUT
    if text in ERROR_CODES:  # it would become the error that it spells
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"
        return made
    return text


def pieces(form: Form, rows: Iterable[Values], made: datetime) -> Iterator[bytes]:
    """The bytes of the file for an answer that is sent while it is made."""
    if form is Form.CSV:
        for line in csv_lines(rows):
            yield line.encode("utf-8", "replace")
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        write(form, rows, file, made)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
