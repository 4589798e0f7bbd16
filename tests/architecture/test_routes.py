"""The isolation walk: every address, for everybody, with right, foreign and absent keys.

ROUTES declares each endpoint. One that is missing here fails by name: say what it shows and to whom.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.extensions import db
from app.models import Report
from app.views.gate import PUBLIC_ENDPOINTS
from tests.support.api_routes import OPERATIONS
from tests.support.http import Person
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.world import PEOPLE, World

pytestmark = pytest.mark.pages

SignIn = Callable[[str | None], Person]
Sampled = Callable[[Iterable[Any]], list[Any]]
ABSENT = 987_654_321
EVERYBODY: tuple[str | None, ...] = (None, *PEOPLE)
READERS = frozenset({"pusat", "pusat2", "supervisor", "a", "a1", "a1b", "a2", "b", "b1"})
OFFICERS = READERS - {"supervisor"}
STATISTICS = READERS | {"statistik"}
CENTRAL = frozenset({"pusat", "pusat2"})
ALL = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
LEADS_ON = frozenset({"Account.phone_code", "Desk.manage", "Notifications.open"})  # to what they are about


@dataclass(frozen=True)
class Route:
    """One endpoint that is not public.

    opens: who passes the gate. url: the address, with {report}, {agency} or {user} where it names an
    object. sees: for whom the object of `made` exists (200, or 403 where the object is seen but the
    move is another's: `acts` lists who gets 200). get: False for addresses that take POST alone.
    """

    opens: frozenset[str]
    url: str
    sees: frozenset[str] | None = None
    acts: frozenset[str] | None = None
    get: bool = True


# The objects stand in tests/support/objects.py.
SEES_A1 = frozenset({"pusat", "pusat2", "supervisor", "a", "a1", "a1b"})
TOUCH_A1 = SEES_A1 - {"supervisor"}
SEES_TALK = frozenset({"a", "a1", "a1b"})  # A and A1 write to each other; no central desk reads along
SEES_A = SEES_A1 - {"a1", "a1b"}
# An app of the walk asks for what anybody may give a part of.
CONSENT = "/oauth/izin/?" + urlencode(
    {
        "client_id": "aplikasi-contoh",
        "response_type": "code",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
    }
)
ROUTES: Mapping[str, Route] = {
    "Account.show": Route(ALL, "/akun/"),
    "Account.profile": Route(ALL, "/akun/profil/"),
    "Account.email": Route(ALL, "/akun/email/"),
    "Account.phone": Route(ALL, "/akun/telepon/"),
    "Account.phone_code": Route(ALL, "/akun/telepon/kode/"),
    "Account.password": Route(ALL, "/akun/kata-sandi/"),
    "OwnApps.list": Route(ALL, "/akun/aplikasi/"),
    # Nobody has let an app in here.
    "OwnApps.withdraw": Route(ALL, "/akun/aplikasi/987654321/cabut", sees=NOBODY),
    "Sessions.list": Route(ALL, "/akun/sesi/"),
    "Sessions.left": Route(ALL, "/akun/sesi/sisa"),
    "Sessions.stay": Route(ALL, "/akun/sesi/tetap"),
    # Of another account, or ended.
    "Sessions.end": Route(ALL, "/akun/sesi/987654321/akhiri", sees=NOBODY),
    "Sessions.end_all": Route(ALL, "/akun/sesi/keluar-semua"),
    "UnsentForms.show": Route(ALL, "/akun/formulir/"),
    "Authenticator.enable": Route(ALL, "/akun/verifikasi-dua-langkah/"),
    # Nobody has an authenticator here.
    "Authenticator.codes": Route(ALL, "/akun/verifikasi-dua-langkah/kode-cadangan/", sees=ALL, acts=NOBODY),
    "Authenticator.disable": Route(ALL, "/akun/verifikasi-dua-langkah/matikan/", sees=ALL, acts=NOBODY),
    "Desk.manage": Route(READERS, "/laporan/kelola/"),
    "Desk.tab": Route(READERS, "/laporan/kelola/sedang-diproses/"),
    "Desk.copies": Route(READERS, "/laporan/salinan/"),
    "Desk.finished": Route(READERS, "/laporan/selesai/"),
    "Desk.former": Route(READERS, "/laporan/pernah-ditangani/"),
    "Search.show": Route(READERS, "/monitor/pencarian/"),
    "Search.save": Route(READERS, "/monitor/pencarian/simpan"),
    "Search.forget": Route(READERS, "/monitor/pencarian/tersimpan/{saved}/hapus", sees=frozenset({"a1"})),
    "ReportPage.show": Route(READERS, "/laporan/{report}/", sees=SEES_A1),
    "Handling.follow_up": Route(
        OFFICERS, "/laporan/{report}/tindak-lanjut/", sees=SEES_A1, acts=frozenset({"a1", "a1b"})
    ),
    "Handling.comment": Route(
        OFFICERS, "/laporan/{report}/komentar/", sees=SEES_A1, acts=SEES_A1 - {"supervisor"}
    ),
    "Handling.forward": Route(OFFICERS, "/laporan/{held}/teruskan/", sees=SEES_A, acts=frozenset({"a"})),
    "Handling.hand_back": Route(
        OFFICERS, "/laporan/{report}/bukan-wewenang/", sees=SEES_A1, acts=frozenset({"a1", "a1b"})
    ),
    "Deciding.make": Route(
        OFFICERS, "/laporan/{progress}/tindakan/tahan/", sees=SEES_A1, acts=frozenset({"a"})
    ),
    "Deciding.ask": Route(
        OFFICERS, "/laporan/{progress}/permintaan/tutup/", sees=SEES_A1, acts=frozenset({"a1", "a1b"})
    ),
    "Correcting.correct": Route(
        OFFICERS, "/laporan/{report}/koreksi/", sees=SEES_A1, acts=frozenset({"pusat", "pusat2", "a"})
    ),
    "Correcting.redirect": Route(
        OFFICERS, "/laporan/{report}/ubah-disposisi/", sees=SEES_A1, acts=frozenset({"pusat", "pusat2", "a"})
    ),
    "Requests.accept": Route(
        OFFICERS, "/laporan/{progress}/permintaan/{request}/terima/", sees=SEES_A1, acts=frozenset({"a"})
    ),
    "Requests.reject": Route(
        OFFICERS, "/laporan/{progress}/permintaan/{request}/tolak/", sees=SEES_A1, acts=frozenset({"a"})
    ),
    "Requests.withdraw": Route(
        OFFICERS,
        "/laporan/{progress}/permintaan/{request}/batalkan/",
        sees=SEES_A1,
        acts=frozenset({"a1", "a1b"}),
    ),
    "Verification.ask_details": Route(CENTRAL, "/laporan/{new}/tunda/", sees=CENTRAL),
    "Verification.archive": Route(CENTRAL, "/laporan/{new}/arsipkan/", sees=CENTRAL),
    "Verification.verify": Route(CENTRAL, "/laporan/{new}/verifikasi/", sees=CENTRAL),
    "Recording.new": Route(OFFICERS, "/laporan/buat/"),
    "Recording.reply": Route(
        OFFICERS,
        "/laporan/{recorded}/tanggapan/",
        sees=frozenset({"pusat", "pusat2", "supervisor", "a", "b1"}),
        acts=frozenset({"b1"}),
    ),
    "Recording.complete": Route(
        OFFICERS,
        "/laporan/{incomplete}/lengkapi/",
        sees=frozenset({"pusat", "pusat2", "supervisor", "b1"}),
        acts=frozenset({"b1"}),
    ),
    "PublicVersion.show": Route(
        OFFICERS, "/laporan/{report}/versi-publik/", sees=SEES_A1, acts=frozenset({"a1", "a1b"})
    ),
    "ReportPdf.show": Route(READERS, "/laporan/{report}/pdf/", sees=SEES_A1),
    "Files.show": Route(READERS, "/laporan/{report}/lampiran/{file}", sees=SEES_A1),
    "Notifications.list": Route(READERS, "/notifikasi/"),
    "Notifications.latest": Route(READERS, "/notifikasi/terbaru/"),
    "Notifications.counts": Route(READERS, "/notifikasi/jumlah"),
    "Notifications.settings": Route(READERS, "/notifikasi/pengaturan/"),
    "Notifications.open": Route(READERS, "/notifikasi/{notification}/", sees=frozenset({"a1"})),
    "Messages.list": Route(OFFICERS, "/pesan/"),
    "Messages.write": Route(OFFICERS, "/pesan/tulis/"),
    "Messages.conversation": Route(OFFICERS, "/pesan/{conversation}/", sees=SEES_TALK),
    "Messages.broadcast": Route(OFFICERS, "/pesan/pengumuman/{broadcast}/", sees=SEES_TALK | {"a2"}),
    "Messages.file": Route(OFFICERS, "/pesan/lampiran/{message_file}", sees=SEES_TALK),
    # An officer is a citizen as well.
    "OwnReports.list": Route(ALL, "/laporan-saya/"),
    "OwnReports.notices": Route(ALL, "/laporan-saya/kabar/", sees=frozenset({"warga", "warga2"})),
    "OwnReports.show": Route(ALL, "/laporan-saya/{progress}/", sees=frozenset({"warga"})),
    "OwnReportPdf.show": Route(ALL, "/laporan-saya/{progress}/pdf/", sees=frozenset({"warga"})),
    "OwnReports.act": Route(ALL, "/laporan-saya/{progress}/tanggapan/", sees=frozenset({"warga"})),
    "OwnReports.file": Route(ALL, "/laporan-saya/{progress}/lampiran/{own_file}", sees=frozenset({"warga"})),
    "Remarks.write": Route(
        ALL,
        "/publik/laporan/{progress}/komentar/",
        sees=ALL,
        acts=ALL - {"warga"},  # whose report it is
    ),
    "Moderation.list": Route(READERS, "/laporan/komentar-publik/"),
    "Moderation.decide": Route(OFFICERS, "/laporan/komentar-publik/{remark}/", sees=SEES_A1 - {"supervisor"}),
    "Picker.agencies": Route(READERS, "/pilih/instansi?q=unit"),
    "Picker.areas": Route(READERS, "/pilih/wilayah?induk=35"),
    "Statistics.show": Route(
        STATISTICS, "/monitor/statistik/?instansi={agency}", sees=SEES_A1 | {"statistik"}
    ),
    "Statistics.sheet": Route(
        STATISTICS,
        "/monitor/statistik/tabel.csv?data=status&instansi={agency}",
        sees=SEES_A1 | {"statistik"},
    ),
    "Statistics.agencies": Route(STATISTICS, "/monitor/statistik/instansi?q=unit"),
    "Monitoring.show": Route(
        STATISTICS, "/monitor/pemantauan/?instansi={agency}", sees=SEES_A1 | {"statistik"}
    ),
    "Monitoring.sheet": Route(
        STATISTICS, "/monitor/pemantauan/pemantauan.csv?instansi={agency}", sees=SEES_A1 | {"statistik"}
    ),
    "Recaps.make": Route(STATISTICS, "/monitor/rekap/?instansi={agency}", sees=SEES_A1 | {"statistik"}),
    "ReportExports.make": Route(READERS, "/ekspor/laporan/sedang-diproses.csv"),
    "ListExports.take": Route(READERS, "/ekspor/daftar/pernah-ditangani.csv"),
    "DayOffView.sheet": Route(CENTRAL, "/pengaturan/hari-libur/unduh.csv"),
    "CategoryView.sheet": Route(CENTRAL, "/pengaturan/kategori/unduh.csv"),
    "ReasonView.sheet": Route(CENTRAL, "/pengaturan/alasan-arsip/unduh.csv"),
    "TargetView.sheet": Route(CENTRAL, "/pengaturan/target/unduh.csv"),
    "SynonymView.sheet": Route(CENTRAL, "/pengaturan/sinonim/unduh.csv"),
    "Exports.list": Route(ALL, "/ekspor/"),
    "Exports.show": Route(ALL, "/ekspor/{export}/", sees=frozenset({"a1"})),
    "Exports.take": Route(ALL, "/ekspor/{export}/berkas", sees=frozenset({"a1"})),
    "Digests.edit": Route(OFFICERS, "/monitor/surel-ringkasan/"),
    "FigureList.show": Route(READERS, "/monitor/laporan/?instansi={agency}", sees=SEES_A1),
    "AgencyView.list": Route(READERS, "/pengaturan/instansi/"),
    "AgencyView.sheet": Route(READERS, "/pengaturan/instansi/unduh.csv"),
    "AgencyView.show": Route(READERS, "/pengaturan/instansi/{agency}/", sees=SEES_A1),
    "AgencyView.add": Route(OFFICERS, "/pengaturan/instansi/tambah"),
    "AgencyView.edit": Route(OFFICERS, "/pengaturan/instansi/{agency}/ubah", sees=SEES_A1),
    "AgencyView.delete": Route(
        OFFICERS,
        "/pengaturan/instansi/{agency}/hapus",
        sees=SEES_A1,
        acts=frozenset({"pusat", "pusat2", "a"}),  # nobody their own
    ),
    "HandOver.ask": Route(
        OFFICERS,
        "/pengaturan/instansi/{agency}/serah-terima",
        sees=SEES_A1,
        acts=frozenset({"pusat", "pusat2", "a"}),
    ),
    "Moving.ask": Route(
        OFFICERS,
        "/pengaturan/instansi/{agency}/pindahkan",
        sees=SEES_A1,
        acts=frozenset({"pusat", "pusat2", "a"}),  # within their own subtree
    ),
    "Reorganisations.list": Route(READERS, "/pengaturan/perubahan-struktur/"),
    "Reorganisations.cancel": Route(
        OFFICERS,
        "/pengaturan/perubahan-struktur/{reorganisation}/batalkan",
        sees=SEES_A1 | {"a2"},
        acts=frozenset({"pusat", "pusat2", "a"}),
    ),
    "Reorganisations.handover": Route(
        READERS,
        "/pengaturan/perubahan-struktur/{reorganisation}/serah-terima.pdf",
        sees=SEES_A1 | {"a2"},
    ),
    "HandOver.list": Route(READERS, "/pengaturan/instansi/{agency}/serah-terima/daftar", sees=SEES_A1),
    "HandOver.sheet": Route(READERS, "/pengaturan/instansi/{agency}/serah-terima/daftar.csv", sees=SEES_A1),
    "UserView.list": Route(READERS, "/pengaturan/pengguna/"),
    "UserView.sheet": Route(READERS, "/pengaturan/pengguna/unduh.csv"),
    "UserView.show": Route(READERS, "/pengaturan/pengguna/{user}/", sees=SEES_A1),
    "UserView.add": Route(READERS, "/pengaturan/pengguna/tambah"),
    # A supervisor does not give an officer's role, and so touches no account that has it.
    "UserView.edit": Route(READERS, "/pengaturan/pengguna/{user}/ubah", sees=SEES_A1, acts=TOUCH_A1),
    "UserView.delete": Route(
        READERS,
        "/pengaturan/pengguna/{user}/hapus",
        sees=SEES_A1,
        acts=TOUCH_A1 - {"a1"},  # nobody themselves
    ),
    "Promotion.show": Route(READERS, "/pengaturan/pengguna/dari-terdaftar/"),
    "UserCare.unlock": Route(
        READERS, "/pengaturan/pengguna/{locked}/buka-kunci", sees=SEES_A1, acts=TOUCH_A1
    ),
    "UserCare.invite": Route(
        READERS,
        "/pengaturan/pengguna/{user}/kirim-ulang",
        sees=SEES_A1,
        acts=NOBODY,  # its owner has been in
    ),
    "UserCare.reset": Route(
        READERS,
        "/pengaturan/pengguna/{user}/atur-ulang-verifikasi",
        sees=SEES_A1,
        acts=NOBODY,  # there is none
    ),
    "UserCare.withdraw": Route(READERS, "/pengaturan/pengguna/undangan/{invitation}/batalkan", sees=SEES_A1),
    "Demands.show": Route(CENTRAL, "/pengaturan/keamanan-masuk/"),
    "DayOffView.list": Route(CENTRAL, "/pengaturan/hari-libur/"),
    "DayOffView.add": Route(CENTRAL, "/pengaturan/hari-libur/tambah"),
    "DayOffView.edit": Route(CENTRAL, "/pengaturan/hari-libur/{day_off}/ubah", sees=CENTRAL),
    "DayOffView.delete": Route(CENTRAL, "/pengaturan/hari-libur/{day_off}/hapus", sees=CENTRAL),
    "CategoryView.list": Route(CENTRAL, "/pengaturan/kategori/"),
    "CategoryView.add": Route(CENTRAL, "/pengaturan/kategori/tambah"),
    "CategoryView.edit": Route(CENTRAL, "/pengaturan/kategori/{category}/ubah", sees=CENTRAL),
    "CategoryView.delete": Route(CENTRAL, "/pengaturan/kategori/{category}/hapus", sees=CENTRAL),
    "ReasonView.list": Route(CENTRAL, "/pengaturan/alasan-arsip/"),
    "ReasonView.add": Route(CENTRAL, "/pengaturan/alasan-arsip/tambah"),
    "ReasonView.edit": Route(CENTRAL, "/pengaturan/alasan-arsip/{reason}/ubah", sees=CENTRAL),
    "ReasonView.delete": Route(CENTRAL, "/pengaturan/alasan-arsip/{reason}/hapus", sees=CENTRAL),
    "TargetView.list": Route(CENTRAL, "/pengaturan/target/"),
    "TargetView.add": Route(CENTRAL, "/pengaturan/target/tambah"),
    "TargetView.edit": Route(CENTRAL, "/pengaturan/target/{target}/ubah", sees=CENTRAL),
    "TargetView.delete": Route(CENTRAL, "/pengaturan/target/{target}/hapus", sees=CENTRAL),
    "SynonymView.list": Route(CENTRAL, "/pengaturan/sinonim/"),
    "SynonymView.add": Route(CENTRAL, "/pengaturan/sinonim/tambah"),
    "SynonymView.edit": Route(CENTRAL, "/pengaturan/sinonim/{synonym}/ubah", sees=CENTRAL),
    "SynonymView.delete": Route(CENTRAL, "/pengaturan/sinonim/{synonym}/hapus", sees=CENTRAL),
    "Roles.list": Route(CENTRAL, "/pengaturan/peran/"),
    "Roles.new": Route(CENTRAL, "/pengaturan/peran/tambah"),
    "Roles.edit": Route(CENTRAL, "/pengaturan/peran/{role}/ubah", sees=CENTRAL),
    "Roles.delete": Route(CENTRAL, "/pengaturan/peran/{role}/hapus", sees=CENTRAL),
    "SystemSettings.edit": Route(CENTRAL, "/pengaturan/sistem/"),
    "ApiClients.list": Route(CENTRAL, "/pengaturan/mitra/"),
    "ApiClients.new": Route(CENTRAL, "/pengaturan/mitra/tambah"),
    "ApiClients.edit": Route(CENTRAL, "/pengaturan/mitra/{client}/ubah", sees=CENTRAL),
    "ApiClients.renew": Route(CENTRAL, "/pengaturan/mitra/{client}/kunci", sees=CENTRAL),
    "ApiClients.switch": Route(CENTRAL, "/pengaturan/mitra/{client}/status", sees=CENTRAL),
    "Consent.ask": Route(ALL, CONSENT),
    "SheetImports.list": Route(CENTRAL, "/pengaturan/impor/"),
    "SheetImports.show": Route(CENTRAL, "/pengaturan/impor/{sheet}/", sees=CENTRAL),
    "SheetImports.sheet": Route(CENTRAL, "/pengaturan/impor/{sheet}/hasil.csv", sees=CENTRAL),
    "SheetImports.cancel": Route(CENTRAL, "/pengaturan/impor/{sheet}/batal", sees=CENTRAL),
    "AuditLog.list": Route(CENTRAL | {"supervisor"}, "/pengaturan/catatan/"),
    "Health.show": Route(CENTRAL, "/pengaturan/kesehatan/"),
    "Health.retry": Route(CENTRAL, "/pengaturan/kesehatan/{dead}/ulang", sees=CENTRAL),
    "Health.drop": Route(CENTRAL, "/pengaturan/kesehatan/{dead}/hapus", sees=CENTRAL),
    "Health.retry_all": Route(CENTRAL, "/pengaturan/kesehatan/ulang-semua"),
    "Health.trial": Route(CENTRAL, "/pengaturan/kesehatan/surat-uji"),
    "Mailbox.list": Route(CENTRAL, "/pengaturan/surat/"),
    "Mailbox.show": Route(CENTRAL, "/pengaturan/surat/{letter}/", sees=CENTRAL),
}

# A form of a page that has a page of its own as well.
ELSEWHERE = {"ReportPage.show": "/laporan/{report}/versi-publik/"}
# Flask-AppBuilder registers these by itself; the gate keeps them shut.
SHUT = {
    "UtilView.back": "/back",
    "LocaleView.index": "/lang/en",
    "appbuilder.static": "/static/appbuilder/css/ab.css",
}


@pytest.fixture
def keys(app: Flask, world: World) -> Mapping[str, int | str]:
    with app.app_context():
        return make_objects(Play(world, datetime.now(UTC) - timedelta(hours=3)))


def test_every_route_is_public_or_declared_here(app: Flask) -> None:
    known = set(ROUTES) | PUBLIC_ENDPOINTS | SHUT.keys() | {f"api.{name}" for name in OPERATIONS}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints - known == set(), "declare these in ROUTES, with who may open them and see their object"
    assert known - endpoints == set(), "these routes are gone: take them out"


def test_what_is_shut_answers_like_nothing(app: Flask, sign_in: SignIn) -> None:
    for who in (None, "pusat", "a"):
        assert {sign_in(who).get(url).status_code for url in SHUT.values()} == {404}


def test_visitors_open_nothing_but_what_is_public(
    app: Flask, sign_in: SignIn, keys: Mapping[str, int | str], sampled: Sampled
) -> None:
    visitor = sign_in(None)
    for name, route in sampled(ROUTES.items()):
        answer = visitor.get(route.url.format(**keys))
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login/"), name
        if "{" in route.url:
            absent = visitor.get(route.url.format(**dict.fromkeys(keys, ABSENT)))
            assert absent.status_code == 302, name


@pytest.mark.parametrize("who", PEOPLE)
def test_each_route_opens_for_whom_it_is_meant(
    app: Flask, sign_in: SignIn, keys: Mapping[str, int | str], who: str
) -> None:
    person = sign_in(who)
    for name, route in ROUTES.items():
        real = person.get(route.url.format(**keys), follow_redirects=name in LEADS_ON).status_code
        if who not in route.opens:
            wanted = 403
        elif route.sees is None:
            wanted = 200
        elif who not in route.sees:
            wanted = 404
        else:
            wanted = 200 if route.acts is None or who in route.acts else 403
        assert real == wanted, (name, who)
        if "{" in route.url:
            # An absent object answers like a foreign one.
            absent = person.get(route.url.format(**dict.fromkeys(keys, ABSENT)))
            assert absent.status_code == (404 if who in route.opens else 403), (name, who)


def test_every_form_is_sent_to_the_page_that_shows_it(
    app: Flask, sign_in: SignIn, keys: Mapping[str, int | str], sampled: Sampled
) -> None:
    """A dialog is sent from the page that it lies over: an empty address would go there."""
    checked = 0
    for who in sampled(("a", "pusat", "a1", "b1")):
        person = sign_in(who)
        for name, route in ROUTES.items():
            address = route.url.format(**keys)
            answer = person.get(address)
            content = answer.get_data()  # to its end: a table is streamed
            is_page = answer.status_code == 200 and answer.mimetype == "text/html"
            main = content.decode().split("<main", 1)[-1] if is_page else ""
            for form in re.findall(r"<form[^>]*>", main):
                action = re.search(r'action="([^"]*)"', form)
                sent_to = {address, ELSEWHERE.get(name, "").format(**keys)}
                assert action is None or unescape(action[1]) in sent_to, (name, who)
                checked += action is not None
    assert checked > 20


def test_list_and_page_agree_over_http(app: Flask, sign_in: SignIn, keys: Mapping[str, int | str]) -> None:
    """Case C1: in the list if and only if the page opens."""
    for who in sorted(READERS):
        person = sign_in(who)
        for slug, report in (("belum-ditindaklanjuti", "report"), ("belum-terverifikasi", "new")):
            listed = person.get(f"/laporan/kelola/{slug}/?cakupan=bawahan")
            in_list = f"#{keys[report]}<" in listed.get_data(as_text=True)
            opens = person.get(f"/laporan/{keys[report]}/").status_code == 200
            assert in_list == opens, (who, slug)


def test_posts_of_strangers_change_nothing(
    app: Flask, sign_in: SignIn, keys: Mapping[str, int | str], sampled: Sampled
) -> None:
    def snapshot() -> list[tuple[object, ...]]:
        with app.app_context():
            return [
                (r.id, r.version, r.state, r.holder_id, r.title)
                for r in db.session.query(Report).order_by(Report.id)
            ]

    before = snapshot()
    for name, route in sampled(ROUTES.items()):
        allowed = route.acts or route.sees or route.opens
        for who in EVERYBODY:
            if who is None or who not in allowed:
                answer = sign_in(who).post(
                    route.url.format(**keys), {"text": "x", "title": "x", "version": "9"}
                )
                assert answer.status_code in (302, 403, 404, 405), (name, who)
    assert snapshot() == before
