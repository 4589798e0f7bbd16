"""Every number of MONITOR > Statistik and Pemantauan in one table: what it is called and what it means.

The page, its file and docs/statistics.md read it here, so that a definition stands beside its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.labels import N_
from app.rules.reports.actions import Work
from app.rules.reports.codes import EndedBy
from app.rules.reports.workflow import State
from app.stats.parts import Dim


class MeasureUnit(StrEnum):
    """How a number is written."""

    COUNT = "count"
    PERCENT = "percent"
    DAYS = "days"


class Attribution(StrEnum):
    """VOLUME: for the present holder and all above it. ACT: for the agency at the time of the act."""

    VOLUME = "volume"
    ACT = "performance"


@dataclass(frozen=True)
class Measure:
    """title, says: Indonesian; listed: the group of states whose list has exactly that many rows."""

    title: str
    says: str
    unit: MeasureUnit
    attribution: Attribution
    listed: str = ""


@dataclass(frozen=True)
class MeasureGroup:
    """Reports in one of `states` and, if `ended_by` names somebody, ended by one of them."""

    states: frozenset[State]
    ended_by: frozenset[EndedBy] = frozenset()

    def holds(self, state: State, who: EndedBy | None) -> bool:
        return state in self.states and (not self.ended_by or who in self.ended_by)


PEOPLE = frozenset({EndedBy.ADMIN, EndedBy.REPORTER})
GROUPS: Mapping[str, MeasureGroup] = {
    "received": MeasureGroup(frozenset(State)),
    "unverified": MeasureGroup(frozenset({State.UNVERIFIED, State.INCOMPLETE})),
    "waiting": MeasureGroup(frozenset({State.WAITING})),
    "progress": MeasureGroup(frozenset({State.IN_PROGRESS})),
    "closed_people": MeasureGroup(frozenset({State.CLOSED}), PEOPLE),
    "closed_system": MeasureGroup(frozenset({State.CLOSED}), frozenset({EndedBy.SYSTEM})),
    "archived": MeasureGroup(frozenset({State.ARCHIVED})),
}

_VOLUME, _ACT = Attribution.VOLUME, Attribution.ACT
MEASURES: Mapping[str, Measure] = {
    "received": Measure(
        N_("Diterima"),
        N_("Laporan yang masuk dalam periode ini dan sekarang dipegang instansi itu atau unit di bawahnya."),
        MeasureUnit.COUNT,
        _VOLUME,
        "received",
    ),
    "unverified": Measure(
        N_("Belum Terverifikasi"),
        N_("Dari yang diterima: menunggu verifikasi atau kelengkapan dari pelapor di admin pusat."),
        MeasureUnit.COUNT,
        _VOLUME,
        "unverified",
    ),
    "waiting": Measure(
        N_("Belum Ditindaklanjuti"),
        N_("Dari yang diterima: terdisposisi dan menunggu tindak lanjut pertama pemegangnya."),
        MeasureUnit.COUNT,
        _VOLUME,
        "waiting",
    ),
    "progress": Measure(
        N_("Diproses"),
        N_("Dari yang diterima: sudah ditindaklanjuti dan belum ditutup."),
        MeasureUnit.COUNT,
        _VOLUME,
        "progress",
    ),
    "closed_people": Measure(
        N_("Selesai oleh petugas atau pelapor"),
        N_("Dari yang diterima: seseorang memutuskan bahwa laporan selesai."),
        MeasureUnit.COUNT,
        _VOLUME,
        "closed_people",
    ),
    "closed_system": Measure(
        N_("Ditutup oleh sistem"),
        N_(
            "Dari yang diterima: ditutup otomatis karena pelapor tidak menanggapi selama 10 hari; ini bukan berarti masalahnya terselesaikan."
        ),
        MeasureUnit.COUNT,
        _VOLUME,
        "closed_system",
    ),
    "archived": Measure(
        N_("Diarsipkan"),
        N_("Dari yang diterima: dikeluarkan dari penanganan dengan alasan."),
        MeasureUnit.COUNT,
        _VOLUME,
        "archived",
    ),
    "followed_share": Measure(
        N_("Persentase Tindak Lanjut"),
        N_("Bagian dari yang diterima yang sudah mendapat paling sedikit satu tindak lanjut."),
        MeasureUnit.PERCENT,
        _VOLUME,
    ),
    "first": Measure(
        N_("Tindak lanjut pertama"),
        N_(
            "Berapa kali instansi memberi tindak lanjut pertama yang ditunggu, sesudah disposisi atau pembukaan kembali."
        ),
        MeasureUnit.COUNT,
        _ACT,
    ),
    "first_median": Measure(
        N_("Median Tindak Lanjut (hari)"),
        N_(
            "Separuh dari tindak lanjut pertama itu datang paling lambat sekian hari kalender sejak tenggatnya mulai dihitung."
        ),
        MeasureUnit.DAYS,
        _ACT,
    ),
    "first_mean": Measure(
        N_("Rata-rata Tindak Lanjut (hari)"),
        N_("Jumlah hari kalender sampai tindak lanjut pertama itu, dibagi banyaknya."),
        MeasureUnit.DAYS,
        _ACT,
    ),
    "on_time": Measure(
        N_("Tepat waktu"),
        N_("Bagian dari tindak lanjut pertama itu yang datang sebelum tenggatnya habis."),
        MeasureUnit.PERCENT,
        _ACT,
    ),
    "decided": Measure(
        N_("Permintaan diputuskan"),
        N_("Permintaan yang diterima atau ditolak instansi itu sebagai pemberi disposisi."),
        MeasureUnit.COUNT,
        _ACT,
    ),
    "decision_median": Measure(
        N_("Median keputusan (hari)"),
        N_("Separuh dari permintaan itu diputuskan paling lambat sekian hari kalender sejak diajukan."),
        MeasureUnit.DAYS,
        _ACT,
    ),
    "decision_mean": Measure(
        N_("Rata-rata keputusan (hari)"),
        N_("Jumlah hari kalender sampai keputusan, dibagi banyaknya permintaan yang diputuskan."),
        MeasureUnit.DAYS,
        _ACT,
    ),
    "hops": Measure(
        N_("Perpindahan"),
        N_("Berapa kali sebuah laporan didisposisikan atau diteruskan kepada instansi itu."),
        MeasureUnit.COUNT,
        _ACT,
    ),
    "hand_backs": Measure(
        N_("Bukan wewenang"),
        N_("Berapa kali instansi itu menyerahkan laporan kembali karena bukan wewenangnya."),
        MeasureUnit.COUNT,
        _ACT,
    ),
    "hand_back_share": Measure(
        N_("Persentase bukan wewenang"),
        N_("Yang diserahkan kembali, dibagi banyaknya perpindahan kepada instansi itu."),
        MeasureUnit.PERCENT,
        _ACT,
    ),
    "follow_ups": Measure(
        N_("Tindak Lanjut"), N_("Tindak lanjut yang dikirim admin itu."), MeasureUnit.COUNT, _ACT
    ),
    "dispatched": Measure(
        N_("Disposisi"), N_("Verifikasi, terusan, dan ubah disposisi."), MeasureUnit.COUNT, _ACT
    ),
    "asked": Measure(N_("Permintaan"), N_("Permintaan yang diajukan."), MeasureUnit.COUNT, _ACT),
    "other_acts": Measure(
        N_("Keputusan dan lainnya"),
        N_("Keputusan atas permintaan, penutupan, pembukaan, penahanan, koreksi, tunda, dan arsip."),
        MeasureUnit.COUNT,
        _ACT,
    ),
    "acts": Measure(
        N_("Seluruh pengelolaan"), N_("Jumlah semua tindakan di sebelahnya."), MeasureUnit.COUNT, _ACT
    ),
    "number": Measure(
        N_("Jumlah laporan"),
        N_("Laporan yang masuk dalam periode ini dan sekarang dipegang instansi itu atau unit di bawahnya."),
        MeasureUnit.COUNT,
        _VOLUME,
        "received",
    ),
    "share": Measure(
        N_("Bagian"), N_("Dari semua laporan instansi itu dalam periode ini."), MeasureUnit.PERCENT, _VOLUME
    ),
}
STATUSES = ("unverified", "waiting", "progress", "closed_people", "closed_system", "archived")


class CountSide(StrEnum):
    """The two sub-tabs of Statistik (manual 6.9); the value stands in the address."""

    MANAGEMENT = "pengelolaan-laporan"
    USE = "pemanfaatan-data"


SIDE_LABELS: Mapping[CountSide, str] = {
    CountSide.MANAGEMENT: N_("PENGELOLAAN LAPORAN"),
    CountSide.USE: N_("PEMANFAATAN DATA"),
}


class Rows(StrEnum):
    """What the rows of a chart's table are."""

    UNITS = "units"
    OFFICERS = "officers"
    STATUSES = "statuses"
    CLASSES = "classes"
    MONTHS = "months"


@dataclass(frozen=True)
class Chart:
    """One title that may be pressed: which dimensions it reads and the measures of its columns."""

    side: CountSide
    title: str
    says: str
    rows: Rows
    dims: tuple[Dim, ...]
    measures: tuple[str, ...]


_MANAGEMENT, _USE = CountSide.MANAGEMENT, CountSide.USE
# By the word that stands in the address.
CHARTS: Mapping[str, Chart] = {
    "pengelolaan": Chart(
        _MANAGEMENT,
        N_("Pengelolaan per Instansi"),
        N_("Keadaan laporan pada instansi ini sendiri dan pada setiap unit langsung di bawahnya."),
        Rows.UNITS,
        (Dim.UNIT_STATUS,),
        ("received", *STATUSES, "followed_share"),
    ),
    "tindak-lanjut": Chart(
        _MANAGEMENT,
        N_("Waktu Tindak Lanjut Pertama"),
        N_("Berapa lama laporan menunggu tindak lanjut pertama, dan berapa yang tepat waktu."),
        Rows.UNITS,
        (Dim.UNIT_WAIT, Dim.UNIT_WAIT_SUM),
        ("first", "first_median", "first_mean", "on_time"),
    ),
    "keputusan": Chart(
        _MANAGEMENT,
        N_("Waktu Keputusan atas Permintaan"),
        N_("Berapa lama permintaan tahan, tutup, buka, dan bukan wewenang menunggu keputusan."),
        Rows.UNITS,
        (Dim.UNIT_DECISION, Dim.UNIT_DECISION_SUM),
        ("decided", "decision_median", "decision_mean"),
    ),
    "perpindahan": Chart(
        _MANAGEMENT,
        N_("Bukan Wewenang dan Perpindahan"),
        N_("Seberapa sering laporan berpindah, dan seberapa sering diserahkan kembali."),
        Rows.UNITS,
        (Dim.UNIT_HOP, Dim.UNIT_HAND_BACK),
        ("hops", "hand_backs", "hand_back_share"),
    ),
    "admin": Chart(
        _MANAGEMENT,
        N_("Kuantitas Pengelolaan per Admin"),
        N_("Banyaknya tindakan setiap admin instansi ini atas laporan yang masuk dalam periode ini."),
        Rows.OFFICERS,
        (Dim.OFFICER,),
        (*(work.value for work in Work), "acts"),
    ),
    "status": Chart(
        _USE,
        N_("Status Laporan Terdisposisi"),
        N_("Status sekarang; yang ditutup sistem dihitung terpisah dari yang diputuskan orang."),
        Rows.STATUSES,
        (Dim.STATUS,),
        ("number", "share"),
    ),
    "klasifikasi": Chart(
        _USE,
        N_("Klasifikasi"),
        N_("Jenis laporan sebagaimana ditetapkan pada verifikasi."),
        Rows.CLASSES,
        (Dim.CLASSIFICATION,),
        ("number", "share"),
    ),
    "area": Chart(
        _USE,
        N_("Area"),
        N_("Provinsi tempat kejadian."),
        Rows.CLASSES,
        (Dim.AREA,),
        ("number", "share"),
    ),
    "kategori": Chart(
        _USE,
        N_("Kategori"),
        N_("Kategori utama; subkategori dijumlahkan."),
        Rows.CLASSES,
        (Dim.CATEGORY,),
        ("number", "share"),
    ),
    "sumber": Chart(
        _USE,
        N_("Sumber Laporan"),
        N_("Kanal yang dipakai pelapor."),
        Rows.CLASSES,
        (Dim.SOURCE,),
        ("number", "share"),
    ),
    "bulan": Chart(
        _USE,
        N_("Perkembangan per Bulan"),
        N_("Laporan menurut bulan masuk, dengan statusnya sekarang."),
        Rows.MONTHS,
        (Dim.STATUS,),
        ("received", *STATUSES, "followed_share"),
    ),
}


def charts_of(side: CountSide) -> Mapping[str, Chart]:
    return {slug: chart for slug, chart in CHARTS.items() if chart.side is side}
