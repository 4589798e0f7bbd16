"""The agencies and accounts of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.tree import root_id
from app.models import Agency, Area
from app.rules.accounts.roles import Role
from app.rules.zones import Zone
from app.services.agencies import management

ROOT = "root"
BPJS = "Badan Penyelenggara Jaminan Sosial Kesehatan"
DIVRE_1 = "BPJS Kesehatan Divisi Regional I"
DIVRE_4 = "BPJS Kesehatan Divisi Regional IV"
LHOKSEUMAWE = "BPJS Kesehatan KC Lhokseumawe"
BANDUNG = "Pemerintah Kabupaten Bandung"
PUTR = "Dinas Pekerjaan Umum dan Tata Ruang"

BPJS_OFFICES = (
    LHOKSEUMAWE,
    "BPJS Kesehatan KCU Medan",
    "BPJS Kesehatan KC Pematang Siantar",
    "BPJS Kesehatan KC Kabanjahe",
    "BPJS Kesehatan KC Sibolga",
)
# Office -> alias, and the kind of complaint that the demo sends there.
BANDUNG_OFFICES: Mapping[str, tuple[str, str]] = {
    PUTR: ("DPUTR", "bandung_putr"),
    "Dinas Perhubungan": ("Dishub", "bandung_dishub"),
    "Dinas Lingkungan Hidup": ("DLH", "bandung_dlh"),
    "Dinas Kependudukan dan Pencatatan Sipil": ("Disdukcapil", "bandung_disdukcapil"),
    "Dinas Pendidikan": ("Disdik", "bandung_disdik"),
    "Dinas Kesehatan": ("Dinkes", "bandung_dinkes"),
    "Dinas Sosial": ("Dinsos", "bandung_dinsos"),
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": ("DPMPTSP", "bandung_dpmptsp"),
    "Perumda Air Minum Tirta Raharja": ("PDAM", "bandung_pdam"),
    "Satuan Polisi Pamong Praja": ("Satpol PP", "bandung_satpol"),
}
BANDUNG_DISTRICTS = ("Soreang", "Baleendah", "Majalaya", "Ciwidey", "Cileunyi", "Dayeuhkolot")
DISTRICT_DOMAIN = "bandung_kecamatan"

# Provinces by the first digits of their code, where the clock is not Jakarta's.
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo: its name before @lapor.example.com, its role and agency ("" for a citizen)."""

    name: str
    title: str
    role: Role
    agency: str

    @property
    def email(self) -> str:
        return f"{self.name}@lapor.example.com"


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("pusat", "Admin Pusat", Role.CENTRAL, ROOT),
    DemoAccount("supervisor", "Supervisor LAPOR!", Role.SUPERVISOR, ROOT),
    DemoAccount("bpjs", "Admin Koordinator BPJS", Role.COORDINATOR, BPJS),
    DemoAccount("divre1", "Pejabat Penghubung Divre I", Role.OFFICER, DIVRE_1),
    DemoAccount("divre4", "Pejabat Penghubung Divre IV", Role.OFFICER, DIVRE_4),
    DemoAccount("lhokseumawe", "Pejabat Penghubung Lhokseumawe", Role.OFFICER, LHOKSEUMAWE),
    DemoAccount("bandung", "Admin Koordinator Bandung", Role.COORDINATOR, BANDUNG),
    DemoAccount("putr", "Pejabat Penghubung DPUTR", Role.OFFICER, PUTR),
    DemoAccount("statistik", "Statistikawan", Role.STATISTICIAN, ROOT),
    DemoAccount("warga", "Warga Contoh", Role.REPORTER, ""),
)


def zone_of(province: str) -> Zone:
    return Zone.WITA if province in WITA else Zone.WIT if province in WIT else Zone.WIB


def build_agencies(session: Session, now: datetime) -> Mapping[str, int]:
    """Enter the agencies of the demo; their keys by name, the root's by ROOT."""
    root = root_id(session)
    ids = {ROOT: root}

    def add(name: str, parent: int, alias: str = "", zone: Zone | None = None, **profile: str) -> int:
        ids[name] = management.create(session, name, parent, now, alias=alias, zone=zone, **profile).id
        return ids[name]

    bpjs = add(BPJS, root, "BPJS Kesehatan", website="https://bpjs-kesehatan.example.com")
    first = add(DIVRE_1, bpjs, "Divre I", address="Jl. Karya No. 135, Medan Barat")
    add(DIVRE_4, bpjs, "Divre IV")
    for name in BPJS_OFFICES:
        add(name, first)
    for code, name in session.execute(
        select(Area.code, Area.name).where(Area.level == 1).order_by(Area.code)
    ).all():
        add(f"Pemerintah Provinsi {name}", root, zone=zone_of(code))
    for code, name in session.execute(
        select(Area.code, Area.name).where(Area.level == 2).order_by(Area.code)
    ).all():
        add(f"Pemerintah {name}", root, zone=zone_of(code[:2]))
    bandung = ids[BANDUNG]
    session.get_one(Agency, bandung).alias = "Pemkab Bandung"
    for name, (alias, _) in BANDUNG_OFFICES.items():
        add(name, bandung, alias)
    for district in BANDUNG_DISTRICTS:
        add(f"Kecamatan {district}", bandung)
    return ids
