"""The official export "Laporan Ringkas" as a table: its columns, its words, and what a row of it says.

A value that cannot be understood is a Fault that names its cell; nothing is guessed. Channel: exports of
2021 to 2024 (docs/import.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.rules import text
from app.rules.channels.ringkas_words import CLASSES, EMPTY_WORDS, SOURCES, STATUSES, TYPES, VERIFIED, Ending
from app.rules.errors import Invalid
from app.rules.figures.export_dates import BadDate, moment
from app.rules.labels import N_, Filled
from app.rules.reports.codes import Channel
from app.rules.zones import Zone

COLUMNS = (
    "Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor", "Klasifikasi Laporan",
    "ID Kategori", "Kategori", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir", "Tipe Laporan",
    "Sumber Laporan", "Instansi Induk", "ID Instansi Terdisposisi", "Instansi Terdisposisi", "Status Laporan",
    "Alasan Tunda/Arsip", "Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan", "Nomor SK", "Url SK",
    "Url Dokumen Laporan Tahunan", "Laporan yang Masuk melalui Kanal Aduan Setwapres", "Rating",
)  # fmt: skip
# They have no place of their own: kept with the history, as they stand, with whatever follows the last column.
KEPT = (
    "ID Kategori", "ID Instansi Terdisposisi", "Nomor SK", "Url SK", "Url Dokumen Laporan Tahunan",
    "Laporan yang Masuk melalui Kanal Aduan Setwapres",
)  # fmt: skip
# What our own export adds behind them.
ANSWERS = ("Jumlah Tindak Lanjut", "Tindak Lanjut Pertama", "Tindak Lanjut Terakhir", "Isi Tindak Lanjut")
SOURCE_NAME = "laporan-ringkas"  # report.external_source of everything that came in this way
CELL_MAX = 32_767  # characters that a cell of a spreadsheet holds
ID_MAX = 64
EXTRA_MAX = 20  # further columns that are kept
NAMELESS = EMPTY_WORDS | {"anonim", "anonymous", "rahasia"}

NO_ROW = N_("Tracking ID wajib diisi.")
NO_TEXT = N_("Isi laporan awal dan akhir keduanya kosong.")
BAD_DATE = N_("“%(value)s” bukan tanggal seperti 3 Jan 2026.")
BAD_TIME = N_("“%(value)s” bukan waktu seperti 09:30.")
AHEAD = N_("Waktu ini lebih lambat dari sekarang. Periksa zona waktu yang dipilih.")
UNKNOWN_STATUS = N_(
    "“%(value)s” bukan status yang dikenal, atau tidak menyebut siapa yang mengakhiri laporan."
)
UNKNOWN_TYPE = N_("“%(value)s” bukan tipe laporan yang dikenal: Anonim, Rahasia, atau Anonim|Rahasia.")
UNKNOWN_CLASS = N_("“%(value)s” bukan klasifikasi yang dikenal.")
BAD_RATING = N_("Rating harus angka 1 sampai 5.")
NEEDED_OPEN = N_("Wajib diisi untuk laporan yang masih diproses.")
NO_SUCH_COLUMN = N_("Kolom ini harus “%(wanted)s”, bukan “%(found)s”.")
SHOWN_MAX = 60  # characters of a wrong value that are repeated


@dataclass(frozen=True)
class SheetFault:
    """What is wrong at a cell ("F12", or "" for the whole file). message: marked for translation."""

    cell: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {"cell": self.cell, "message": self.message, "params": dict(self.params)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> SheetFault:
        return cls(plain["cell"], plain["message"], plain.get("params", {}))


def folded(value: str) -> str:
    """A word as it is compared: without regard to capitals and blanks."""
    return " ".join(value.split()).casefold()


def letter_of(column: int) -> str:
    """The letters of a column, counted from 0: A, …, Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def header_faults(number: int, cells: Sequence[str]) -> list[SheetFault]:
    """What is wrong with the row of headings, cell by cell: names and order are fixed."""
    found = [*cells, *[""] * len(COLUMNS)][: len(COLUMNS)]
    return [
        SheetFault(
            f"{letter_of(at)}{number}", NO_SUCH_COLUMN, {"wanted": wanted, "found": have.strip()[:SHOWN_MAX]}
        )
        for at, (wanted, have) in enumerate(zip(COLUMNS, found, strict=True))
        if folded(wanted) != folded(have)
    ]


def plain_text(value: object) -> str:
    """A cell's value as text. Line ends that the file format writes out are line ends again."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "\r").replace("_x000d_", "\r")


class RowReader:
    """Reads rows. zone: of times that name none. now: nothing may lie after it. extra: headings after the last."""

    def __init__(self, zone: Zone, now: datetime, extra: Sequence[str] = ()) -> None:
        self.zone, self.now, self.extra = zone, now, tuple(extra)[:EXTRA_MAX]

    def read(self, number: int, values: Sequence[object]) -> tuple[dict[str, Any], list[SheetFault]]:
        """What row `number` says, as plain data by name, and everything that is wrong with it."""
        return _Row(self, number, values).read()


class _Row:
    def __init__(self, reader: RowReader, number: int, values: Sequence[object]) -> None:
        self.reader, self.number = reader, number
        self.values = [*values, *[None] * len(COLUMNS)]
        self.faults: list[SheetFault] = []

    def raw(self, column: str) -> object:
        return self.values[COLUMNS.index(column)]

    def words(
        self, column: str, *, limit: int = text.SHORT_MAX, required: bool = False, lines: bool = False
    ) -> str:
        try:
            return text.clean(
                plain_text(self.raw(column)), "cell", limit=limit, required=required, lines=lines
            )
        except Invalid as refused:
            message = refused.errors["cell"]
            self.wrong(column, str(message), **(message.params if isinstance(message, Filled) else {}))
            return ""

    def wrong(self, column: str, message: str, **params: Any) -> None:
        self.faults.append(SheetFault(f"{letter_of(COLUMNS.index(column))}{self.number}", message, params))

    def read(self) -> tuple[dict[str, Any], list[SheetFault]]:
        ending = self.ending()
        state = ending.state if ending else None
        types = self.types()
        name = self.words("Nama Pelapor")
        original, edited = self.bodies()
        words, classification = self.looked_up("Klasifikasi Laporan", CLASSES)
        if words and classification is None:
            self.wrong("Klasifikasi Laporan", UNKNOWN_CLASS, value=words[:SHOWN_MAX])
        channel, source = self.looked_up("Sumber Laporan", SOURCES)
        category, agency = self.named("Kategori"), self.named("Instansi Terdisposisi")
        if state in VERIFIED:
            for column, value in (
                ("Klasifikasi Laporan", words),
                ("Kategori", category),
                ("Instansi Terdisposisi", agency),
            ):
                if not value:
                    self.wrong(column, NEEDED_OPEN)
        received = self.received()
        data = {
            "id": self.external_id(),
            "received_at": received.isoformat() if received else "",
            "name": "" if name.casefold() in NAMELESS else name,
            "classification": classification.value if classification else None,
            "category": category,
            "title": self.words("Judul Laporan"),
            "original": original,
            "text": edited,
            "is_anonymous": "anonim" in types,
            "is_secret": "rahasia" in types,
            "source": (source or Channel.IMPORT).value,
            "channel": "" if source else channel,
            "parent": self.named("Instansi Induk"),
            "agency": agency,
            "state": state.value if state else None,
            "by": ending.by.value if ending and ending.by else None,
            "unanswered": bool(ending and ending.unanswered),
            "blocked": bool(ending and ending.blocked),
            "reason": self.named("Alasan Tunda/Arsip", limit=text.REPORT_TEXT_MAX),
            "areas": [
                self.named(column) for column in ("Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan")
            ],
            "rating": self.rating(),
            "rest": self.rest(),
        }
        return data, self.faults

    def external_id(self) -> str:
        found = self.words("Tracking ID", limit=ID_MAX).lstrip("#").strip()
        if not found:
            self.wrong("Tracking ID", NO_ROW)
        return found

    def named(self, column: str, *, limit: int = text.SHORT_MAX) -> str:
        """A name; the export's sign for none is none."""
        found = self.words(column, limit=limit, lines=limit > text.SHORT_MAX)
        return "" if found in EMPTY_WORDS else found

    def looked_up(self, column: str, table: Mapping[str, Any]) -> tuple[str, Any]:
        words = self.named(column)
        return words, table.get(folded(words))

    def bodies(self) -> tuple[str, str]:
        """The text as it was sent and as it was edited; each stands in for the other where one is missing."""
        original = self.words("Isi Laporan Awal", limit=CELL_MAX, lines=True)
        edited = self.words("Isi Laporan Akhir", limit=CELL_MAX, lines=True)
        if not original and not edited and not self.faults_at("Isi Laporan Awal", "Isi Laporan Akhir"):
            self.wrong("Isi Laporan Awal", NO_TEXT)
        return original or edited, edited or original

    def faults_at(self, *columns: str) -> bool:
        cells = {f"{letter_of(COLUMNS.index(column))}{self.number}" for column in columns}
        return any(fault.cell in cells for fault in self.faults)

    def ending(self) -> Ending | None:
        words = self.words("Status Laporan", required=True)
        found = STATUSES.get(folded(words))
        if words and found is None:
            self.wrong("Status Laporan", UNKNOWN_STATUS, value=words[:SHOWN_MAX])
        return found

    def types(self) -> frozenset[str]:
        """Anonim, Rahasia, both or none. An unknown word is refused: it might be meant to hide somebody."""
        words = self.words("Tipe Laporan")
        found: frozenset[str] = frozenset()
        for part in words.split("|"):
            known = TYPES.get(folded(part))
            if known is None:
                self.wrong("Tipe Laporan", UNKNOWN_TYPE, value=words[:SHOWN_MAX])
                return frozenset()
            found |= known
        return found

    def received(self) -> datetime | None:
        day, clock = self.raw("Tanggal Laporan Masuk"), self.raw("Waktu Laporan Masuk")
        try:
            at = moment(day, clock, self.reader.zone)
        except BadDate as bad:
            column = "Waktu Laporan Masuk" if bad.clock else "Tanggal Laporan Masuk"
            value = plain_text(clock if bad.clock else day)[:SHOWN_MAX]
            self.wrong(column, BAD_TIME if bad.clock else BAD_DATE, value=text.storable(value))
            return None
        if at > self.reader.now:
            self.wrong("Tanggal Laporan Masuk", AHEAD)
        return at

    def rating(self) -> int | None:
        words = self.words("Rating")
        if words in EMPTY_WORDS or words == "0":
            return None
        if words not in {"1", "2", "3", "4", "5"}:
            self.wrong("Rating", BAD_RATING)
            return None
        return int(words)

    def rest(self) -> dict[str, str]:
        """What has no place of its own, by its heading."""
        found = {column: self.named(column, limit=text.REPORT_TEXT_MAX) for column in KEPT}
        for at, heading in enumerate(self.reader.extra, start=len(COLUMNS)):
            value = plain_text(self.values[at]) if at < len(self.values) else ""
            try:
                found[heading] = text.clean(value, "cell", limit=CELL_MAX, required=False)
            except Invalid as refused:
                message = refused.errors["cell"]
                params = message.params if isinstance(message, Filled) else {}
                self.faults.append(SheetFault(f"{letter_of(at)}{self.number}", str(message), params))
        return {heading: value for heading, value in found.items() if value}
