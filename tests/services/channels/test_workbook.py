"""Files that are made to do harm are refused before they do."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.services.channels import workbook
from app.services.channels.workbook import Unreadable, rows_of
from tests.support.sheets import row, sheet

GOOD = sheet([row(1)])
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def with_part(name: str, content: str, *, good: bytes = GOOD) -> bytes:
    """The good file with another part in the place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part.filename))
        new.writestr(name, content)
    return out.getvalue()


def cells(*values: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in values)


def read(content: bytes) -> list[tuple[int, tuple[object, ...]]]:
    with rows_of(io.BytesIO(content)) as rows:
        return list(rows)


def test_a_sheet_is_read_with_the_numbers_of_its_rows() -> None:
    rows = f'<row r="2">{cells("a", "b")}</row><row r="5">{cells("c")}</row>'
    dimension = '<dimension ref="A1:XFD1048576"/>'  # a lie that costs nothing
    found = read(with_part(SHEET, f"{HEAD}{dimension}<sheetData>{rows}</sheetData></worksheet>"))
    assert found == [(2, ("a", "b")), (5, ("c",))]


def test_shared_strings_are_read_from_disk() -> None:
    strings = "".join(f"<si><t>Kata {n} é\nbaris</t></si>" for n in range(300))
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(300))
    content = with_part(SHEET, f"{HEAD}<sheetData>{rows}</sheetData></worksheet>")
    content = with_part("xl/sharedStrings.xml", shared, good=content)
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml").decode()
    if "sharedStrings" not in types:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = types.replace(
            "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        )
        content = with_part("[Content_Types].xml", types, good=content)
    assert read(content)[299] == (300, ("Kata 299 é\nbaris",))


def test_entities_are_refused() -> None:
    evil = f'<!DOCTYPE w [<!ENTITY a "aaaa">]>{HEAD}<sheetData><row r="1">{cells("&a;")}</row></sheetData></worksheet>'
    with pytest.raises(Unreadable):
        read(with_part(SHEET, evil))


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_MAX", 100_000)
    with pytest.raises(Unreadable, match="terlalu besar"):
        read(with_part("xl/media/image1.bin", "0" * 200_000))


def test_a_text_and_a_row_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "RUN_MAX", 200_000)
    monkeypatch.setattr(workbook, "ROW_MAX", 400_000)
    for endless in (cells("x" * 500_000), cells("x") * 20_000):
        with pytest.raises(Unreadable, match="terlalu besar"):
            read(with_part(SHEET, f'{HEAD}<sheetData><row r="1">{endless}</row></sheetData></worksheet>'))


def test_too_many_rows_and_columns_are_refused_with_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_MAX", 5)
    rows = "".join(f'<row r="{number}">{cells("x")}</row>' for number in range(1, 8))
    with pytest.raises(Unreadable) as many:
        read(with_part(SHEET, f"{HEAD}<sheetData>{rows}</sheetData></worksheet>"))
    assert many.value.fault.cell == "A6"
    far = '<c r="ZZ1" t="inlineStr"><is><t>x</t></is></c>'
    with pytest.raises(Unreadable) as wide:
        read(with_part(SHEET, f'{HEAD}<sheetData><row r="1">{far}</row></sheetData></worksheet>'))
    assert wide.value.fault.cell == "ZZ1"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_broken_parts_are_refused(part: str) -> None:
    with pytest.raises(Unreadable):
        read(with_part(part, "<worksheet><sheetData><row>"))


def test_half_a_file_is_refused() -> None:
    for content in (b"", b"PK\x03\x04", GOOD[: len(GOOD) // 2], b"\0" * 500):
        with pytest.raises(Unreadable):
            read(content)
