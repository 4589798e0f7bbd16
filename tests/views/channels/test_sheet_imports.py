"""The pages of an import, without a script: upload, preview, decisions, progress, results."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.extensions import db, transaction
from app.jobs.importing import import_sheets
from app.models import Agency, Report, SheetImport
from app.rules.channels.ringkas_words import SheetState
from app.views.channels import sheet_imports as page
from tests.support.http import Person
from tests.support.sheets import FIRST, NOW, row, sheet
from tests.support.world import World

SignIn = Callable[[str | None], Person]
URL = "/pengaturan/impor/"


def upload(person: Person, content: bytes, name: str = "ekspor.xlsx", zone: str = "Asia/Jakarta") -> object:
    return person.send(URL, {"file": (io.BytesIO(content), name), "zone": zone})


def work(app: Flask) -> None:
    with app.app_context():
        import_sheets(NOW)


def state(app: Flask) -> SheetState:
    with app.app_context(), transaction() as session:
        return SheetState(session.scalars(select(SheetImport.state).order_by(SheetImport.id.desc())).first())


def reports(app: Flask) -> int:
    with app.app_context(), transaction() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def test_from_the_file_to_the_results(app: Flask, world: World, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    content = sheet(
        [
            row(1),
            row(2, Status_Laporan="Selesai"),
            row(3, Instansi_Terdisposisi="Dinas Contoh", Kelurahan="=1+1"),
        ]
    )
    answer = upload(person, content)
    assert answer.status_code == 303
    url = answer.location
    waits = person.get(url).get_data(as_text=True)
    assert "Sedang diperiksa" in waits
    assert "data-renew" in waits
    work(app)
    shown = person.get(url).get_data(as_text=True)
    assert f"Sel P{FIRST + 1}: “Selesai” bukan status yang dikenal" in shown
    for words in ("Dinas Contoh", "Jalan Contoh", "Ditutup oleh Sistem", "Menunggu persetujuan", "700001"):
        assert words in shown
    assert "Warga Contoh" not in shown  # nobody needs the name to see that the file fits
    assert reports(app) == 0
    names = re.findall(r'name="(name-\d+)"', shown)
    assert len(names) == 2
    # Not without a word on the wrong row, and not without a decision on each name.
    refused = person.send(url, dict.fromkeys(names, "make"))
    assert refused.status_code == 422
    assert "1 baris salah" in refused.get_data(as_text=True)
    undecided = person.send(url, {"skip": "y", names[0]: "make"})
    assert undecided.status_code == 422
    assert state(app) is SheetState.READY
    done = person.send(url, {"skip": "y", **dict.fromkeys(names, "make")})
    assert done.status_code == 303
    assert "<progress" in person.get(url).get_data(as_text=True)
    work(app)
    assert state(app) is SheetState.DONE
    assert reports(app) == 2
    lines = list(
        csv.reader(io.StringIO(person.get(f"{url}hasil.csv").get_data(as_text=True).lstrip("\ufeff")))
    )
    assert [line[2] for line in lines[1:]] == ["diimpor", "ditolak", "diimpor"]
    assert lines[2][4].startswith(f"Sel P{FIRST + 1}:")


def test_a_typed_name_is_searched_for(app: Flask, world: World, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    url = upload(person, sheet([row(1, Instansi_Terdisposisi="Dinas Contoh", Kategori="")])).location
    work(app)
    name = re.search(r'name="name-(\d+)"', person.get(url).get_data(as_text=True))[1]
    several = person.send(url, {f"name-{name}": "make", f"query-{name}": "Unit"})
    assert several.status_code == 422
    assert ">Unit A2" in several.get_data(as_text=True)
    none = person.send(url, {f"name-{name}": "make", f"query-{name}": "tidak ada"})
    assert "Tidak ada yang cocok" in none.get_data(as_text=True)
    assert person.send(url, {f"name-{name}": "make", f"query-{name}": "unit a2"}).status_code == 303
    work(app)
    with app.app_context(), transaction() as session:
        assert session.scalars(select(Report.holder_id)).all() == [world.a2]
        assert session.scalars(select(Agency).where(Agency.name == "Dinas Contoh")).first() is None


def test_what_is_no_file_is_said_at_once(app: Flask, sign_in: SignIn, monkeypatch: object) -> None:
    person = sign_in("pusat")
    for content, words in (
        (b"", "Pilih berkas XLSX"),
        (b"a,b\n1,2\n", "bukan berkas XLSX"),
    ):
        answer = upload(person, content)
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)
    monkeypatch.setattr(page, "FILE_MAX_MB", 0)
    assert "lebih besar dari" in upload(person, sheet([row(1)])).get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SheetImport)) == 0


def test_a_wrong_heading_is_named_and_nothing_stays(app: Flask, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    url = upload(person, sheet([row(1)], headings=("Tracking ID", "Tanggal"))).location
    work(app)
    shown = person.get(url).get_data(as_text=True)
    assert f"Sel B{FIRST - 1}: Kolom ini harus “Tanggal Laporan Masuk”, bukan “Tanggal”." in shown
    assert "Tidak satu pun laporan dibuat." in shown


def test_an_import_is_cancelled_and_its_file_goes(app: Flask, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    url = upload(person, sheet([row(1)])).location
    folder = Path(app.config["LAPOR"].instance) / "files"
    kept = {path for path in folder.rglob("*") if path.is_file()}
    assert person.send(f"{url}batal", {}).status_code == 303
    assert len(kept - {path for path in folder.rglob("*") if path.is_file()}) == 1
    work(app)
    assert state(app) is SheetState.CANCELLED
    assert person.post(url).status_code == 409
    assert reports(app) == 0


def test_the_history_says_what_the_file_said(app: Flask, world: World, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    url = upload(person, sheet([row(1, Sumber_Laporan="Papan tulis", Kategori="")])).location
    work(app)
    person.send(url, {})
    work(app)
    with app.app_context():
        number = db.session.scalars(select(Report.id)).one()
    shown = person.get(f"/laporan/{number}/").get_data(as_text=True)
    for words in (
        "Papan tulis, diimpor dari laporan #700001",
        "Nomor SK: SK-1/2026",
        "menurut berkas impor",
        "Ditutup oleh Sistem",
    ):
        assert words in shown
    public = sign_in(None).get(f"/publik/laporan/{number}/").get_data(as_text=True)
    assert "Warga Contoh" not in public  # the reporter agreed to nothing here
    assert "SK-1/2026" not in public
