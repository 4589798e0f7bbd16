"""Files of strangers: whatever is broken in them is told, and little that is packed never becomes much."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import SYSTEM
from app.access.channels import sheet_imports
from app.extensions import db, storage, transaction
from app.jobs.importing import check_next
from app.models import Agency, Category, SheetImport, SheetRow
from app.rules.channels.ringkas_words import SheetState
from app.rules.zones import Zone
from app.services.channels import sheet_checking, sheet_importing, workbook
from app.services.channels.workbook import Unreadable
from tests.services.channels.test_workbook import GOOD, HEAD, SHEET, cells, read, with_part
from tests.support.sheets import NOW, checked, imported, row, sheet

MANY = 50_000
MEMORY = 3_000_000  # bytes
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def spoiled(part: str, *, good: bytes = GOOD) -> bytes:
    """The good file with bytes of a packed part overwritten."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        info = archive.getinfo(part)
    content = bytearray(good)
    begins = info.header_offset + 30 + len(info.filename)
    content[begins : begins + info.compress_size] = b"\xff" * info.compress_size
    return bytes(content)


def with_strings(strings: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = with_part("xl/sharedStrings.xml", f'<sst xmlns="{namespace}">{strings}</sst>')
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml").decode()
    if "sharedStrings" not in types:
        part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}"/></Types>'
        content = with_part("[Content_Types].xml", types.replace("</Types>", part), good=content)
    return content


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_packed_bytes_that_cannot_be_unpacked_are_refused(part: str) -> None:
    with pytest.raises(Unreadable):
        read(spoiled(part))


def test_as_many_empty_rows_as_a_sheet_has_are_no_rows() -> None:
    """A file that was saved with formats down to the last line is whole, and its reports are few."""
    rows = f'<row r="1">{cells("a")}</row><row r="1048576">{cells("b")}</row>'
    found = read(with_part(SHEET, f"{HEAD}<sheetData>{rows}</sheetData></worksheet>"))
    assert found == [(1, ("a",)), (1_048_576, ("b",))]
    beyond = f'<row r="99999999999"/><row r="1">{cells("a")}</row>'
    with pytest.raises(Unreadable):
        read(with_part(SHEET, f"{HEAD}<sheetData>{beyond}</sheetData></worksheet>"))


@pytest.mark.parametrize(
    "content",
    [
        with_strings("<si></si>" * MANY),
        with_strings("<row></row>" * MANY),
        with_part(SHEET, f"{HEAD}{'<si></si>' * MANY}<sheetData/></worksheet>"),
        with_part("xl/styles.xml", f"<styleSheet>{'<font/>' * MANY}</styleSheet>"),
    ],
    ids=["strings", "rows-in-strings", "strings-in-rows", "styles"],
)
def test_many_small_elements_fill_no_memory(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROW_MAX", 100_000)
    monkeypatch.setattr(workbook, "TAGS_MAX", 10_000)
    tracemalloc.start()
    try:
        read(content)
    except Unreadable:
        pass
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < MEMORY


def test_shared_strings_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "STRINGS_MAX", 5)
    with pytest.raises(Unreadable, match="terlalu besar"):
        read(with_strings("<si></si>" * 6))


def test_a_file_whose_check_is_always_stopped_is_refused_in_the_end(app: Flask) -> None:
    stored = sheet_checking.new_name()
    with app.app_context():
        storage().put(stored, sheet([row(1)]))
        with transaction() as session:
            key = sheet_checking.bring(session, SYSTEM, "a.xlsx", stored, Zone.WIB, NOW).id
        at = NOW
        for _time in range(sheet_checking.ATTEMPTS_MAX):
            with transaction() as session:
                assert sheet_checking.claim(session, at) is not None  # and the worker dies
            at += sheet_checking.CLAIMED_FOR
        assert check_next(at)
        with transaction() as session:
            found = sheet_imports.get_import(session, key)
            assert (found.state, found.fault["message"]) == (SheetState.REFUSED, sheet_checking.NEVER_DONE)
        with pytest.raises(FileNotFoundError):
            storage().open(stored)


def test_what_a_stopped_command_left_goes_with_time(app: Flask) -> None:
    """It holds what rows say of people, and nobody would ever confirm it."""
    with app.app_context():
        with transaction() as session:
            key = sheet_checking.bring(session, SYSTEM, "a.xlsx", "", Zone.WIB, NOW).id
            session.add(
                SheetRow(import_id=key, number=1, external_id="1", outcome="waiting", data={"name": "Warga"})
            )
        late = NOW + sheet_importing.LEFT_FOR
        with transaction() as session:
            assert sheet_importing.forget(session, late - timedelta(seconds=1)) == 0
            assert sheet_importing.forget(session, late) == 1
        with transaction() as session:
            assert session.get_one(SheetImport, key).state is SheetState.CANCELLED
            assert session.scalar(select(func.count()).select_from(SheetRow)) == 0


def test_one_name_in_other_letters_is_made_once(app: Flask) -> None:
    rows = [
        row(1, Instansi_Terdisposisi="Dinas Baru", Kategori="Air Minum"),
        row(2, Instansi_Terdisposisi="DINAS BARU", Kategori="AIR MINUM"),
    ]
    with app.app_context():
        key = imported(sheet(rows))
        with transaction() as session:
            assert sheet_imports.get_import(session, key).imported == 2
        for table, name in ((Agency, "dinas baru"), (Category, "air minum")):
            named = select(func.count()).select_from(table).where(func.lower(table.name) == name)
            assert db.session.scalar(named) == 1


def test_a_file_that_another_worker_took_over_is_left_to_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = sheet_checking.new_name()

    def overtaken(*_args: object) -> None:
        raise sheet_checking.SheetLost

    with app.app_context():
        storage().put(stored, sheet([row(1)]))
        with transaction() as session:
            sheet_checking.bring(session, SYSTEM, "a.xlsx", stored, Zone.WIB, NOW)
        monkeypatch.setattr(sheet_checking, "stage", overtaken)
        assert check_next(NOW)
        with storage().open(stored) as file:
            assert file.read(2) == b"PK"


def test_a_sheet_with_broken_bytes_is_refused_by_the_job(app: Flask) -> None:
    with app.app_context():
        key = checked(spoiled(SHEET, good=sheet([row(1)])))
        with transaction() as session:
            assert sheet_imports.get_import(session, key).state is SheetState.REFUSED


def test_files_of_strangers_are_read_behind_defusedxml_alone() -> None:
    """Another parser that happens to be installed would take its place without a word."""
    import openpyxl.xml
    from openpyxl.xml import functions

    assert openpyxl.xml.LXML is False
    assert openpyxl.xml.DEFUSEDXML is True
    assert functions.fromstring.__module__.startswith("defusedxml")
    assert functions.iterparse.__module__.startswith("defusedxml")
