"""What a row of Laporan Ringkas says, and which cell is named when it says nothing that can be understood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from app.rules.channels.ringkas import CELL_MAX, COLUMNS, RowReader, SheetFault, header_faults, letter_of
from app.rules.channels.ringkas_words import STATUSES
from app.rules.figures.export_dates import BadDate, generated, moment
from app.rules.reports.codes import Channel, Classification, EndedBy
from app.rules.reports.workflow import State
from app.rules.text import TOO_LONG
from app.rules.zones import Zone
from tests.support.sheets import row

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


def read(**changed: object) -> tuple[dict[str, Any], dict[str, str]]:
    line = row(1, **changed)
    data, faults = RowReader(Zone.WIB, NOW).read(9, [line.get(heading) for heading in COLUMNS])
    return data, {fault.cell: fault.message for fault in faults}


@pytest.mark.parametrize(
    ("day", "clock", "zone", "wanted"),
    [
        ("3 Jan 2026", "09:30", Zone.WIB, at(2026, 1, 3, 2, 30)),
        ("3 Jan 2026", "09:30", Zone.WIT, at(2026, 1, 3, 0, 30)),
        ("3 Jan 2026", "09.30.15 WITA", Zone.WIB, at(2026, 1, 3, 1, 30, 15)),
        ("17 Agustus 2025", "", Zone.WIB, at(2025, 8, 16, 17)),
        ("9 Agt 2025", "00:00", Zone.WIB, at(2025, 8, 8, 17)),
        ("31 Des 2024", "23:59", Zone.WIB, at(2024, 12, 31, 16, 59)),
        ("1 Mei 2025", None, Zone.WIB, at(2025, 4, 30, 17)),
        ("2025-05-01", "7:05", Zone.WIB, at(2025, 5, 1, 0, 5)),
        ("01/05/2025", time(7, 5), Zone.WIB, at(2025, 5, 1, 0, 5)),
        (date(2025, 5, 1), timedelta(hours=7, minutes=5), Zone.WIB, at(2025, 5, 1, 0, 5)),
        (at(2025, 5, 1, 7, 5).replace(tzinfo=None), None, Zone.WIB, at(2025, 5, 1, 0, 5)),
    ],
)
def test_dates_are_read_in_the_zone_that_is_said(
    day: object, clock: object, zone: Zone, wanted: datetime
) -> None:
    assert moment(day, clock, zone) == wanted


@pytest.mark.parametrize(
    ("day", "clock", "is_clock"),
    [
        ("kemarin", "09:30", False),
        ("31 Feb 2026", "09:30", False),
        ("", "09:30", False),
        ("3 Janner 2026", "", False),
        ("3 Jan 1026", "", False),
        ("3 Jan 2026", "25:00", True),
        ("3 Jan 2026", "09:30 PST", True),
        ("3 Jan 2026", timedelta(days=2), True),
    ],
)
def test_what_is_no_date_or_time_is_said(day: object, clock: object, is_clock: bool) -> None:
    with pytest.raises(BadDate) as bad:
        moment(day, clock, Zone.WIB)
    assert bad.value.clock is is_clock


def test_when_the_file_was_made_is_read_or_left_open() -> None:
    assert generated("Tanggal Generate: 10 Jan 2026 08:00", Zone.WIB) == datetime(2026, 1, 10, 1, tzinfo=UTC)
    assert generated("2026-01-10", Zone.WIB) == datetime(2026, 1, 9, 17, tzinfo=UTC)
    assert generated("sekarang", Zone.WIB) is None


def test_a_row_keeps_what_it_says() -> None:
    data, faults = read(
        Tipe_Laporan="Anonim|Rahasia",
        Isi_Laporan_Awal="Baris satu\r\nbaris dua_x000D_\nbaris tiga",
        Rating=5.0,
    )
    assert faults == {}
    assert data["original"] == "Baris satu\nbaris dua\nbaris tiga"
    assert (data["is_anonymous"], data["is_secret"], data["rating"]) == (True, True, 5)
    assert (data["id"], data["name"], data["source"]) == ("700001", "Warga Contoh", Channel.WEBSITE)
    assert data["classification"] == Classification.UNSUPERVISED
    assert data["rest"] == {"ID Kategori": "12", "ID Instansi Terdisposisi": "45", "Nomor SK": "SK-1/2026"}


@pytest.mark.parametrize(
    ("words", "state", "by"),
    [
        ("Ditutup oleh Sistem", State.CLOSED, EndedBy.SYSTEM),
        ("Ditutup oleh Admin", State.CLOSED, EndedBy.ADMIN),
        ("Ditutup oleh Pelapor", State.CLOSED, EndedBy.REPORTER),
        ("Diarsipkan oleh Admin", State.ARCHIVED, EndedBy.ADMIN),
        ("Diarsipkan oleh Sistem", State.ARCHIVED, EndedBy.SYSTEM),
        ("Diarsipkan oleh Pelapor", State.ARCHIVED, EndedBy.REPORTER),
        ("Konten Terblokir", State.ARCHIVED, EndedBy.ADMIN),
        ("Menunggu Kelengkapan Informasi", State.INCOMPLETE, None),
        ("Belum Terverifikasi", State.UNVERIFIED, None),
        ("Sedang Diproses", State.IN_PROGRESS, None),
    ],
)
def test_each_status_keeps_who_ended_it(words: str, state: State, by: EndedBy | None) -> None:
    data, faults = read(Status_Laporan=words)
    assert (faults, data["state"], data["by"]) == ({}, state, by)


def test_every_ended_status_says_who() -> None:
    for words, ending in STATUSES.items():
        assert (ending.by is not None) == (ending.state in (State.CLOSED, State.ARCHIVED)), words


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"Tracking_ID": ""}, "A9"),
        ({"Tanggal_Laporan_Masuk": "kemarin"}, "B9"),
        ({"Tanggal_Laporan_Masuk": "3 Jan 2099"}, "B9"),
        ({"Waktu_Laporan_Masuk": "pagi"}, "C9"),
        ({"Klasifikasi_Laporan": "Lain-lain"}, "E9"),
        ({"Judul_Laporan": "x" * 256}, "H9"),
        ({"Isi_Laporan_Awal": "", "Isi_Laporan_Akhir": ""}, "I9"),
        ({"Tipe_Laporan": "Anonim|Terbuka"}, "K9"),
        ({"Status_Laporan": "Selesai"}, "P9"),
        ({"Status_Laporan": ""}, "P9"),
        ({"Status_Laporan": "Sedang Diproses", "Instansi_Terdisposisi": "-"}, "O9"),
        ({"Status_Laporan": "Terverifikasi", "Kategori": ""}, "G9"),
        ({"Rating": 9}, "Z9"),
        ({"Nama_Pelapor": "Nol\0"}, "D9"),
    ],
)
def test_what_cannot_be_understood_is_named_by_its_cell(changed: dict[str, object], cell: str) -> None:
    assert list(read(**changed)[1]) == [cell]


def test_headings_are_fixed_in_name_and_order() -> None:
    assert header_faults(6, COLUMNS) == []
    assert header_faults(6, [*COLUMNS, "Isi Tindak Lanjut"]) == []
    swapped = [*COLUMNS[:5], COLUMNS[6], COLUMNS[5], *COLUMNS[7:]]
    assert [fault.cell for fault in header_faults(6, swapped)] == ["F6", "G6"]
    assert header_faults(6, COLUMNS[:-1])[0].cell == "Z6"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter_of(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(("value", "rating"), [("", None), ("0", None), ("1", 1), ("5", 5), (3, 3)])
def test_a_rating_has_five_steps(value: object, rating: int | None) -> None:
    data, faults = read(Rating=value)
    assert (data["rating"], faults) == (rating, {})


def test_columns_behind_the_last_are_kept_by_their_heading() -> None:
    line = row(1)
    values = [line.get(heading) for heading in COLUMNS]
    reader = RowReader(Zone.WIB, NOW, ("Catatan", "Nomor", "Tidak ada"))
    data, faults = reader.read(9, [*values, "baris", 7])
    assert faults == []
    assert (data["rest"]["Catatan"], data["rest"]["Nomor"]) == ("baris", "7")
    assert "Tidak ada" not in data["rest"]
    _, faults = reader.read(9, [*values, "x" * (CELL_MAX + 1)])
    (fault,) = faults
    assert (fault.cell, fault.message) == (f"{letter_of(len(COLUMNS))}9", TOO_LONG)
    assert fault.params == {"length": CELL_MAX + 1, "limit": CELL_MAX}
    assert SheetFault.of(fault.plain()) == fault
    assert SheetFault.of({"cell": "", "message": TOO_LONG}) == SheetFault("", TOO_LONG, {})
