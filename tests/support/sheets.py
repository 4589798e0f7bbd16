"""Invented files in the shape of Laporan Ringkas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from app.access.actor import SYSTEM
from app.access.channels import sheet_imports
from app.extensions import storage, transaction
from app.jobs.importing import check_next, import_sheets
from app.rules.channels.ringkas import COLUMNS
from app.rules.channels.ringkas_words import SheetState
from app.rules.zones import Zone
from app.services.channels import sheet_checking, sheet_importing
from app.services.channels.sheet_importing import MAKE

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)

PREAMBLE = (
    ("Judul Laporan", "Laporan Ringkas"),
    ("Nama Instansi", "Instansi A"),
    ("Tanggal Generate", "10 Jan 2026 08:00"),
    ("Periode Masuk", "1 Jan 2025 - 9 Jan 2026"),
    ("Pengelola", "Admin"),
)
FIRST = len(PREAMBLE) + 2  # the number of the first row below the headings
ROW: Mapping[str, object] = {
    "Tracking ID": "#700001",
    "Tanggal Laporan Masuk": "3 Jan 2026",
    "Waktu Laporan Masuk": "09:30",
    "Nama Pelapor": "Warga Contoh",
    "Klasifikasi Laporan": "Pengaduan Tidak Berkadar Pengawasan",
    "ID Kategori": "12",
    "Kategori": "Jalan Contoh",
    "Judul Laporan": "Lampu jalan padam",
    "Isi Laporan Awal": "Lampu padam.\nSudah seminggu.",
    "Isi Laporan Akhir": "Lampu jalan padam.\nSudah seminggu.",
    "Tipe Laporan": "",
    "Sumber Laporan": "Website",
    "Instansi Induk": "Admin Pusat LAPOR!",
    "ID Instansi Terdisposisi": "45",
    "Instansi Terdisposisi": "Instansi A",
    "Status Laporan": "Ditutup oleh Sistem",
    "Alasan Tunda/Arsip": "-",
    "Provinsi": "Jawa Timur",
    "Kota/Kabupaten": "Kota Surabaya",
    "Kecamatan": "Sawahan",
    "Kelurahan": "Kelurahan Contoh",
    "Nomor SK": "SK-1/2026",
    "Rating": 4,
}


def row(number: int, **changed: object) -> dict[str, object]:
    """A row with its own Tracking ID; `changed` by heading, with _ for blanks and slashes."""
    headings = {heading.replace(" ", "_").replace("/", "_"): heading for heading in COLUMNS}
    return {
        **ROW,
        "Tracking ID": f"#{700_000 + number}",
        **{headings[name]: value for name, value in changed.items()},
    }


def sheet(
    rows: Iterable[Mapping[str, object]],
    *,
    headings: tuple[str, ...] = COLUMNS,
    preamble: Iterable[tuple[object, ...]] = PREAMBLE,
) -> bytes:
    """An XLSX file of these rows, as bytes."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Laporan")
    for line in preamble:
        page.append(line)
    page.append(headings)
    for each in rows:
        page.append([each.get(heading) for heading in headings])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def imported(content: bytes, *, zone: Zone = Zone.WIB, skip_faults: bool = False) -> int:
    """Bring a file, check it, make whatever is unknown, and import it. The import's key."""
    key = checked(content, zone=zone)
    with transaction() as session:
        row = sheet_imports.get_import(session, key)
        if row.state is SheetState.REFUSED:
            return key
        choices = {name.id: MAKE for name in sheet_imports.unknown_names(session, key)}
        sheet_importing.confirm(session, SYSTEM, key, choices, NOW, skip_faults=skip_faults)
    import_sheets(NOW)
    return key


def checked(content: bytes, *, zone: Zone = Zone.WIB, name: str = "contoh.xlsx") -> int:
    """Bring a file as the page does, and let the job check it. The import's key."""
    stored = sheet_checking.new_name()
    storage().put(stored, content)
    with transaction() as session:
        key = sheet_checking.bring(session, SYSTEM, name, stored, zone, NOW).id
    assert check_next(NOW)
    return int(key)


def waiting_sheet() -> int:
    """A checked file with unknown names, an unknown source and area, and a wrong row; for the walks."""
    rows = [row(1, Sumber_Laporan="Papan tulis", Kecamatan="Contohan"), row(2, Status_Laporan="Selesai")]
    return checked(sheet([*rows, row(3, Instansi_Terdisposisi="Dinas Contoh")]))


WORDS = (
    "contoh.xlsx",
    "Papan tulis",
    "Jalan Contoh",
    "Dinas Contoh",
    "Contohan",
    "Jawa Timur",
    "Kota Surabaya",
)
