"""`flask lapor import-ringkas`: says what is in a file, and imports it when it is told to."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.models import Report, SheetImport
from app.rules.channels.ringkas_words import SheetState
from tests.support.sheets import FIRST, row, sheet, written

Run = Callable[..., Any]


@pytest.fixture
def run(app: Flask) -> Run:
    def command(*arguments: str) -> Any:
        return app.test_cli_runner().invoke(args=["lapor", "import-ringkas", *arguments])

    return command


def reports(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_it_checks_says_and_imports(app: Flask, tmp_path: Path, run: Run) -> None:
    path = str(written(tmp_path / "a.xlsx", sheet([row(1), row(2, Status_Laporan="Selesai"), row(3)])))
    looked = run(path)
    assert looked.exit_code == 1
    assert "rows: 3, already there: 0, wrong: 1" in looked.output
    assert f"Sel P{FIRST + 1}: “Selesai”" in looked.output
    assert "unknown category: Jalan Contoh, 2 rows" in looked.output
    assert "nothing was imported" in looked.output
    for arguments in ((), ("--make",), ("--skip-faults",)):
        refused = run(path, "--yes", *arguments)
        assert refused.exit_code == 1, arguments
        assert "--make" in refused.output
    assert reports(app) == 0
    results = tmp_path / "hasil.csv"
    done = run(path, "--yes", "--make", "--skip-faults", "--results", str(results))
    assert (done.exit_code, reports(app)) == (0, 2), done.output
    assert "imported: 2, already there: 0, refused: 1" in done.output
    with results.open(encoding="utf-8-sig", newline="") as file:
        assert [line["result"] for line in csv.DictReader(file)] == ["imported", "refused", "imported"]
    again = run(path, "--yes", "--skip-faults")
    assert "imported: 0, already there: 2, refused: 1" in again.output
    assert reports(app) == 2
    with app.app_context():
        states = list(db.session.scalars(select(SheetImport.state).order_by(SheetImport.id)))
    assert states == [SheetState.CANCELLED] * 4 + [SheetState.DONE] * 2


def test_another_file_is_refused_without_a_trace(app: Flask, tmp_path: Path, run: Run) -> None:
    path = str(written(tmp_path / "b.xlsx", sheet([row(1)], headings=("Tracking ID", "Judul"))))
    refused = run(path, "--yes", "--make")
    assert refused.exit_code == 1
    assert f"Sel B{FIRST - 1}: Kolom ini harus “Tanggal Laporan Masuk”, bukan “Judul”." in refused.output
    assert "Traceback" not in refused.output
    assert reports(app) == 0
