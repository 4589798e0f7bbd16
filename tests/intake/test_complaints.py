"""Importing a city's complaints: the rows become reports; bad rows are named; twice adds nothing."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.ctx import AppContext
from sqlalchemy import func, select

from app.extensions import transaction
from app.intake.complaints import ComplaintsResult, UnreadableFile, import_complaints
from app.models import Agency, Category, Report
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Clock, State
from tests.support.world import WIB, World

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)
INVENTED = Path(__file__).with_name("complaints.csv")
HEADER = "id,text,received,answered,topic,agency,district,village\n"


def run(path: Path) -> ComplaintsResult:
    return import_complaints(
        path, NOW, government="Pemerintah Kota Surabaya", regency="35.78", transaction=transaction
    )


def test_rows_become_unverified_reports_with_their_own_time(ctx: AppContext) -> None:
    result = run(INVENTED)
    assert (result.added, result.known, result.faults) == (5, 0, [])
    with transaction() as session:
        city = session.scalars(select(Agency).where(Agency.name == "Pemerintah Kota Surabaya")).one()
        offices = set(session.scalars(select(Agency.name).where(Agency.parent_id == city.id)))
        assert offices == {"Dinas Perhubungan", "Dinas Sumber Daya Air", "Dinas Lingkungan Hidup"}
        first = session.scalars(select(Report).where(Report.external_id == "9001")).one()
        assert first.received_at == datetime(2022, 1, 3, 8, 15, tzinfo=WIB)
        assert (first.state, first.source, first.clock_kind) == (
            State.UNVERIFIED,
            Channel.IMPORT,
            Clock.VERIFICATION,
        )
        assert first.clock_due_at == datetime(2022, 1, 7, tzinfo=WIB)  # the 3rd working day after Monday
        assert session.get_one(Agency, first.suggested_agency_id).name == "Dinas Perhubungan"
        assert session.get_one(Category, first.category_id).name == "PJU"
        assert (first.area_code, first.location) == ("35.78.06", "Putat Jaya, Sawahan")
        unknown = session.scalars(select(Report).where(Report.external_id == "9004")).one()
        assert (unknown.area_code, unknown.location) == ("35.78", "Wilayah Tak Dikenal")
        folded = session.scalars(select(Report).where(Report.external_id == "9002")).one()
        assert "ranting,\nair naik" in folded.original_text


def test_a_second_run_adds_nothing(ctx: AppContext) -> None:
    run(INVENTED)
    again = run(INVENTED)
    assert (again.added, again.known, again.faults) == (0, 5, [])
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 5


def test_bad_rows_are_named_and_stop_nothing(ctx: AppContext, tmp_path: Path) -> None:
    rows = [
        ("1", "Baik.", "2022-01-03 08:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("2", "", "2022-01-03 08:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("3", "Tanggal salah.", "kemarin", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("4", "Dari masa depan.", "2099-01-01 00:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("5", "x" * 3001, "2022-01-03 08:00:00", "", "Topik yang gagal", "Dinas yang gagal", "Sawahan", "X"),
        ("6", "Nol\0 di tengah.", "2022-01-03 08:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("", "Tanpa nomor.", "2022-01-03 08:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        ("1", "Nomor yang sama.", "2022-01-03 08:00:00", "", "Jalan", "Dinas A", "Sawahan", "X"),
        (
            "8",
            "Juga baik.",
            "2022-01-04 08:00:00",
            "",
            "Topik yang gagal",
            "Dinas yang gagal",
            "Sawahan",
            "X",
        ),
    ]
    path = tmp_path / "bad.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        csv.writer(file).writerows(rows)
        file.write("9,terlalu sedikit kolom\n")
    result = run(path)
    assert (result.added, result.known) == (2, 1)
    assert [fault.line for fault in result.faults] == [3, 4, 5, 6, 7, 8, 11]
    assert all(fault.reason for fault in result.faults)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "id,text\n1,x\n"])
def test_another_file_is_refused_by_what_is_missing(ctx: AppContext, tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"other\.csv: the columns .*received"):
        run(path)


def test_the_command_says_what_it_did(app: Flask, tmp_path: Path, world: World) -> None:
    path = tmp_path / "some.csv"
    path.write_text(HEADER + "1,,2022-01-03 08:00:00,,Jalan,Dinas A,Sawahan,X\n", encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["lapor", "import-complaints", str(path)])
    assert result.exit_code == 0
    assert "line 2: text:" in result.output
    assert "added: 0, already there: 0, refused: 1" in result.output
    refused = app.test_cli_runner().invoke(
        args=["lapor", "import-complaints", str(INVENTED.with_name("test_complaints.py"))]
    )
    assert refused.exit_code != 0
    assert "are missing" in refused.output
    assert "Traceback" not in refused.output
