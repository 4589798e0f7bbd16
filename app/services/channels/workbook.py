"""Reading an XLSX file of strangers, row by row, in bounded memory: openpyxl behind three guards.

How much it unpacks to is limited before anything is read. Shared strings lie in a temporary file, not in
memory. And no element may grow without end: text and rows are limited while they are read.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.cell.text import Text
from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from app.rules.channels.ringkas import SheetFault, letter_of
from app.rules.labels import N_

UNPACKED_MAX = 1_000_000_000  # bytes; 100,000 rows of long reports are a fifth of it
PARTS_MAX = 1_000
ROWS_MAX = 200_000  # with something in them
NUMBERS_MAX = 1_048_576  # of a sheet; a file that was saved with formats has as many empty rows
STRINGS_MAX = 6_000_000  # shared ones: every cell of the longest file has its own
TAGS_MAX = 500_000  # in a part that is read whole
COLUMNS_MAX = 100
RUN_MAX = 1_000_000  # bytes without a tag; a cell holds 32,767 characters
ROW_MAX = 8_000_000  # bytes from one row's end to the next
ROW_END = re.compile(rb"</(?:\w{1,16}:)?row>")
STRING_END = re.compile(rb"</(?:\w{1,16}:)?si>")
OVERLAP = 32  # longer than an end tag, which two pieces may share

NOT_XLSX = N_(
    "Berkas ini bukan berkas XLSX, atau rusak. Simpan ulang sebagai Excel Workbook (.xlsx), lalu coba lagi."
)
TOO_LARGE = N_("Isi berkas ini terlalu besar setelah dibuka. Pisahkan menjadi beberapa berkas.")
TOO_MANY_ROWS = N_("Berkas ini berisi lebih dari %(limit)s baris. Pisahkan menjadi beberapa berkas.")
TOO_WIDE = N_("Sel ini terlalu jauh ke kanan: paling banyak %(limit)s kolom dibaca.")
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, LZMAError, InvalidFileException, DefusedXmlException, ParseError, KeyError,
    ValueError, TypeError, IndexError, AttributeError, EOFError, NotImplementedError, RuntimeError, OSError,
    OverflowError,
)  # fmt: skip


class Unreadable(Exception):
    """The file as a whole cannot be taken; `fault` says why, with the cell where there is one."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Limited:
    """A part of the archive that is read as a stream, and refused when an element in it does not end."""

    def __init__(self, stream: IO[bytes], end: re.Pattern[bytes] = ROW_END) -> None:
        self.stream, self.end = stream, end
        self.run = self.row = 0
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(min(size, 65_536) if size > 0 else 65_536)
        tag = piece.rfind(b"<")
        self.run = self.run + len(piece) if tag < 0 else len(piece) - tag
        self.row = 0 if self.end.search(self.last + piece) else self.row + len(piece)
        self.last = piece[-OVERLAP:]
        if self.run > RUN_MAX or self.row > ROW_MAX:
            raise Unreadable(SheetFault("", TOO_LARGE))
        return piece

    def close(self) -> None:
        self.stream.close()

    def __enter__(self) -> _Limited:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class _Archive(zipfile.ZipFile):
    """An archive whose members are limited streams, and small where they are read whole."""

    def open(self, name: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        stream = super().open(name, mode, *more, **named)  # type: ignore[arg-type]
        return _Limited(stream)

    def strings(self, name: str) -> _Limited:
        return _Limited(super().open(name), STRING_END)

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        if self.getinfo(getattr(name, "filename", name)).file_size > ROW_MAX:
            raise Unreadable(SheetFault("", TOO_LARGE))
        with super().open(name, "r", pwd) as stream:
            content = stream.read()
        if content.count(b"<") > TAGS_MAX:
            raise Unreadable(SheetFault("", TOO_LARGE))
        return content


class _Strings:
    """The shared strings of a workbook, on disk; only where each begins is kept in memory."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the workbook
        self.begins = array("Q", [0])

    def append(self, value: str) -> None:
        if len(self) >= STRINGS_MAX:
            raise Unreadable(SheetFault("", TOO_LARGE))
        self.file.write(value.encode("utf-8", "surrogatepass"))
        self.begins.append(self.file.tell())

    def __len__(self) -> int:
        return len(self.begins) - 1

    def __getitem__(self, at: int) -> str:
        if not 0 <= at < len(self):
            raise IndexError(at)
        self.file.seek(self.begins[at])
        return self.file.read(self.begins[at + 1] - self.begins[at]).decode("utf-8", "surrogatepass")


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl's reader over our archive, with the shared strings on disk."""

    def __init__(self, file: IO[bytes]) -> None:
        _check(file)
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.archive = _Archive(file)
        self.shared_strings = _Strings()

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.strings(part.PartName[1:]) as source:
            events = iterparse(source, ["start", "end"])
            _begun, whole = next(events)
            for event, node in events:
                if event == "end" and node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(Text.from_tree(node).content.replace("x005F_", ""))
                    # An emptied element would stay, and millions of them fill the memory.
                    whole.clear()


def _check(file: IO[bytes]) -> None:
    """What the archive says of itself. Its parts are never read further than it says, so that it cannot lie."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
            raise Unreadable(SheetFault("", TOO_LARGE))


@contextmanager
def rows_of(file: IO[bytes]) -> Iterator[Iterator[tuple[int, tuple[object, ...]]]]:
    """(number from 1, values) of each row of the first sheet that is not empty. Raises Unreadable."""
    try:
        reader = _Reader(file)
    except BROKEN as error:
        raise Unreadable(SheetFault("", NOT_XLSX)) from error
    try:
        yield _rows(_first_sheet(reader))
    finally:
        reader.archive.close()
        reader.shared_strings.file.close()


def _first_sheet(reader: _Reader) -> Any:
    try:
        reader.read()
        sheet = reader.wb.worksheets[0]
    except BROKEN as error:
        raise Unreadable(SheetFault("", NOT_XLSX)) from error
    # What the sheet says of its own size may be wrong, and is not needed.
    sheet.reset_dimensions()
    return sheet


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    number = found = 0
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            values = next(rows, None)
        except BROKEN as error:
            raise Unreadable(SheetFault(f"A{number + 1}", NOT_XLSX)) from error
        if values is None:
            return
        number += 1
        filled = len(values)
        while filled and values[filled - 1] in (None, ""):
            filled -= 1
        found += bool(filled)
        if found > ROWS_MAX or number > NUMBERS_MAX:
            raise Unreadable(SheetFault(f"A{number}", TOO_MANY_ROWS, {"limit": ROWS_MAX}))
        if filled > COLUMNS_MAX:
            raise Unreadable(SheetFault(f"{letter_of(filled - 1)}{number}", TOO_WIDE, {"limit": COLUMNS_MAX}))
        if filled:
            yield number, values[:filled]
