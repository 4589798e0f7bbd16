"""Laporan Ringkas as it goes out: its layout, its bytes, what it keeps to itself, and its way back in."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.extensions import transaction
from app.models import Report
from app.rules.channels.ringkas import ANSWERS, COLUMNS
from app.rules.channels.ringkas_words import STATUSES, TYPES, Ending, written_status, written_type
from app.rules.figures.export_dates import moment
from app.rules.reports.codes import EndedBy
from app.rules.reports.workflow import State
from app.rules.zones import Zone
from tests.support.http import Person
from tests.support.play import Play
from tests.support.sheets import imported, row, sheet

SignIn = Callable[[str | None], Person]
HEADER = [*COLUMNS, *ANSWERS]


def table(person: Person, url: str) -> tuple[list[list[str]], dict[str, dict[str, str]]]:
    """The rows above the headings, and the reports by number, of an export as CSV."""
    answer = person.get(url)
    assert answer.status_code == 200
    return read(answer.text)


def read(content: str) -> tuple[list[list[str]], dict[str, dict[str, str]]]:
    assert content.startswith("\ufeff")
    lines = list(csv.reader(StringIO(content.removeprefix("\ufeff"))))
    at = lines.index(HEADER)
    found = [dict(zip(HEADER, line, strict=True)) for line in lines[at + 1 :]]
    return lines[:at], {each["Tracking ID"]: each for each in found}


def titled(play: Play, title: str, text: str = "Lampu jalan padam.", **more: object) -> int:
    """A report that A1 holds, edited by the desk to this title and text."""
    report = play.file(**more)
    play.verify_as(report, title=title, text=text, to="a1")
    return report


def xlsx(person: Person, url: str) -> tuple[bytes, list[list[object]]]:
    content = person.get(url).data
    sheet_rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return content, [list(line) for line in sheet_rows]


@pytest.mark.parametrize("state", State)
def test_what_an_export_writes_of_a_status_is_read_as_the_same(state: State) -> None:
    ended = state in (State.CLOSED, State.ARCHIVED)
    for by in EndedBy if ended else (None,):
        assert STATUSES[written_status(Ending(state, by)).casefold()] == Ending(state, by)
    if state is State.IN_PROGRESS:
        answered = Ending(state, unanswered=True)
        assert STATUSES[written_status(answered).casefold()] == answered
    for words in (written_type(is_anonymous=a, is_secret=s) for a in (0, 1) for s in (0, 1)):  # type: ignore[arg-type]
        assert all(part.casefold() in TYPES for part in words.split("|"))


def test_it_has_the_official_columns_and_every_report(sign_in: SignIn, play: Play) -> None:
    answered, waiting = play.in_progress("a1"), titled(play, "Jalan rusak")
    preamble, reports = table(sign_in("a1"), "/ekspor/laporan/sedang-diproses.csv")
    assert [line[0] for line in preamble if line] == [
        "Judul Laporan",
        "Nama Instansi",
        "Tanggal Generate",
        "Periode Masuk",
        "Pengelola",
        "Zona Waktu",
    ]
    assert list(reports) == [str(answered)]
    only = reports[str(answered)]
    assert only["Jumlah Tindak Lanjut"] == "1"
    assert "Sedang kami tangani." in only["Isi Tindak Lanjut"]
    # A report without an answer is a row like any other (case H4).
    _, waits = table(sign_in("a1"), "/ekspor/laporan/belum-ditindaklanjuti.csv")
    assert waits[str(waiting)]["Judul Laporan"] == "Jalan rusak"
    assert waits[str(waiting)]["Jumlah Tindak Lanjut"] == "0"
    assert waits[str(waiting)]["Status Laporan"] == "Belum Ditindaklanjuti"


def test_times_are_those_of_the_screen(sign_in: SignIn, play: Play) -> None:
    """Case H3."""
    report = play.verified("a1")
    preamble, reports = table(sign_in("a1"), "/ekspor/laporan/belum-ditindaklanjuti.csv")
    zone = next(Zone(z) for z in Zone if ["Zona Waktu", {"Asia/Jakarta": "WIB"}.get(z.value)] in preamble)
    line = reports[str(report)]
    at = moment(line["Tanggal Laporan Masuk"], line["Waktu Laporan Masuk"], zone)
    assert at == play.report(report).received_at.replace(second=0, microsecond=0)


def test_no_cell_is_a_formula(sign_in: SignIn, play: Play) -> None:
    """Cases H1 and R6: the bytes, in both forms."""
    evil = "=cmd|' /C calc'!A0"
    report = titled(play, evil, "＋1\nbaris kedua")
    titled(play, "#REF!")
    person = sign_in("a1")
    content = person.get("/ekspor/laporan/belum-ditindaklanjuti.csv").text
    assert f",'{evil}," in content
    assert f",{evil}" not in content
    _, reports = read(content)
    assert reports[str(report)]["Isi Laporan Akhir"].startswith("'＋1")
    made = person.get("/ekspor/laporan/belum-ditindaklanjuti.xlsx").data
    cells = [cell for line in load_workbook(BytesIO(made)).worksheets[0].iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert f"'{evil}" in {cell.value for cell in cells}
    assert "#REF!" in {cell.value for cell in cells if cell.data_type != "e"}


def test_an_anonymous_reporter_and_a_copy_stay_nameless(sign_in: SignIn, play: Play) -> None:
    hidden = play.verified("a", is_anonymous=True)
    known = play.verified("a")
    play.verify_as(play.file(), title="Lampu", text="Tanpa nama orang.", to="a")
    copied = play.verified("a")
    play.forward(copied, by="a", to="a1", copies=("b1",))
    _, of_a = table(sign_in("a"), "/ekspor/laporan/belum-ditindaklanjuti.csv")
    assert of_a[str(hidden)]["Nama Pelapor"] == "Anonim"
    assert of_a[str(hidden)]["Tipe Laporan"] == "Anonim"
    name = of_a[str(known)]["Nama Pelapor"]
    assert name not in ("", "-", "Anonim")
    assert of_a[str(known)]["Isi Laporan Awal"] != ""
    _, of_b1 = table(sign_in("b1"), "/ekspor/laporan/salinan.csv")
    assert of_b1[str(copied)]["Nama Pelapor"] == ""
    assert of_b1[str(copied)]["Isi Laporan Awal"] == ""
    assert name not in str(of_b1)
    assert str(hidden) not in of_b1


def test_a_foreign_agency_gets_its_own_alone(sign_in: SignIn, play: Play) -> None:
    theirs, ours = play.verified("a1"), play.verified("b1")
    for who, seen in (("a1", theirs), ("b1", ours)):
        _, found = table(sign_in(who), "/ekspor/laporan/belum-ditindaklanjuti.csv?cakupan=bawahan")
        assert set(found) == {str(seen)}


def test_what_goes_out_comes_in_again(sign_in: SignIn, play: Play) -> None:
    """Of what the layout holds. The file stands in for one of another installation: its numbers are new here."""
    waiting = titled(play, "Jalan rusak", "Jalan di depan pasar rusak.")
    answered = play.in_progress("a1", is_secret=True)
    replied = play.in_progress("a1", is_anonymous=True)
    play.reply(replied)
    closed = play.in_progress("a1")
    play.close_own(closed)
    incomplete = play.file()
    play.ask_details(incomplete)
    person, keys = sign_in("pusat"), (waiting, answered, replied, closed, incomplete)
    content, _ = xlsx(person, "/ekspor/laporan/pencarian.xlsx?q=")
    before = {key: play.report(key) for key in keys}
    imported(content)
    for key, old in before.items():
        with transaction() as session:
            new = session.query(Report).filter_by(external_id=str(key)).one()
            same = (
                "state", "ended_by", "title", "text", "original_text", "classification", "category_id",
                "is_anonymous", "is_secret", "reply_unanswered", "holder_id", "source", "rating",
            )  # fmt: skip
            assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same], key
            assert new.received_at == old.received_at.replace(second=0, microsecond=0)


def test_an_imported_report_goes_out_with_what_the_file_said(sign_in: SignIn, play: Play) -> None:
    with transaction() as session:
        agency = session.get_one(Report, play.verified("a1")).holder_id
    assert agency
    imported(
        sheet(
            [
                row(
                    1,
                    Sumber_Laporan="Papan tulis",
                    Instansi_Terdisposisi="Unit A1",
                    Instansi_Induk="Instansi A",
                )
            ]
        )
    )
    _, found = table(sign_in("pusat"), "/ekspor/laporan/ditutup.csv?cakupan=bawahan")
    line = next(each for each in found.values() if each["Judul Laporan"] == "Lampu jalan padam")
    assert line["Nomor SK"] == "SK-1/2026"
    assert line["Sumber Laporan"] == "Papan tulis"
    assert line["Rating"] == "4"
    assert line["Status Laporan"] == "Ditutup oleh Sistem"
    assert [line[name] for name in ("Provinsi", "Kota/Kabupaten")] == ["Jawa Timur", "Kota Surabaya"]


def test_libreoffice_reads_the_same(sign_in: SignIn, play: Play, tmp_path: Path) -> None:
    report = titled(play, 'Lampu "padam", jalan; gelap', "=1+1\nBaris kedua")
    play.follow_up(report, by="a1")
    content, _ = xlsx(sign_in("a1"), "/ekspor/laporan/sedang-diproses.xlsx")
    office = shutil.which("soffice")
    assert office, "tests/prepare.sh installs LibreOffice"
    (tmp_path / "laporan.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1",
        "laporan.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    lines = list(csv.reader(StringIO((tmp_path / "laporan.csv").read_text("utf-8"))))
    header = next(line for line in lines if line[0] == "Tracking ID")
    assert header == HEADER
    line = dict(zip(HEADER, next(each for each in lines if each[0] == str(report)), strict=True))
    assert line["Judul Laporan"] == 'Lampu "padam", jalan; gelap'
    assert line["Isi Laporan Akhir"] == "'=1+1\nBaris kedua"
    assert line["Jumlah Tindak Lanjut"] == "1"
    assert line["Status Laporan"] == "Sedang Diproses"
