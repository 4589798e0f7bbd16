"""Exports that a job makes: the same rows as the page's list, and nobody's but the asker's."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from app.exports import stored_exports
from app.extensions import db, storage, transaction
from app.jobs.exporting import delete_ended, make_next
from app.models import AuditEntry, Export
from app.rules.channels.ringkas import COLUMNS
from app.rules.figures.exports import ExportState
from app.views.figures.exports import LISTINGS
from app.views.figures.list_exports import EXPORTED
from tests.support.http import Person
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
ARGS = {"pencarian": "?q=", "angka": "?data=status"}
LONG = "/ekspor/laporan/belum-ditindaklanjuti.csv"


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of two reports is a long one."""
    monkeypatch.setattr(stored_exports, "SHORT", 1)


def ids(content: str) -> list[str]:
    lines = list(csv.reader(StringIO(content.removeprefix("\ufeff"))))
    at = next(n for n, line in enumerate(lines) if line[: len(COLUMNS)] == list(COLUMNS))
    return [line[0] for line in lines[at + 1 :]]


def asked(person: Person, url: str = LONG) -> str:
    """Have a long list made; the address of its page."""
    assert person.get(url).status_code == 200
    answer = person.post(url)
    assert answer.status_code == 303
    return str(answer.location)


def ready(person: Person, url: str = LONG) -> str:
    page = asked(person, url)
    assert make_next(datetime.now(UTC))
    return page + "berkas"


def two(play: Play, to: str = "a1") -> list[str]:
    return [str(play.verified(to)), str(play.verified(to))]


@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_list_is_had_at_once(sign_in: SignIn, play: Play, listing: str, form: str) -> None:
    play.verified("a")
    answer = sign_in("pusat").get(f"/ekspor/laporan/{listing}.{form}{ARGS.get(listing, '')}")
    assert answer.status_code == 200
    assert f"laporan-ringkas-{listing}-" in answer.headers["Content-Disposition"]
    assert answer.data[:2] == (b"PK" if form == "xlsx" else "\ufeff".encode()[:2])


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize(
    "url",
    [
        LONG,
        f"{LONG}?urut=terbaru",
        f"{LONG}?q=lampu",
        "/ekspor/laporan/pencarian.csv?q=lampu&status=waiting&urut=terlama",
        "/ekspor/laporan/pencarian.csv?q=&dari=2026-06-01&sampai=2026-06-30&klasifikasi=unsupervised",
        "/ekspor/laporan/angka.csv?data=status&periode=semua",
    ],
)
def test_the_job_writes_what_the_list_held(
    sign_in: SignIn, play: Play, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [play.verified("a1") for _ in range(5)]
    play.verified("b1")
    monkeypatch.setattr("app.exports.selections.BATCH", 2)
    monkeypatch.setattr("app.exports.selections.Selection.batches.__kwdefaults__", {"size": 2})
    person = sign_in("a1")
    made = ids(person.get(ready(person, url)).text)
    monkeypatch.setattr(stored_exports, "SHORT", 1_000)
    at_once = ids(person.get(url).text)
    assert made == at_once
    assert sorted(made) == sorted(str(key) for key in reports)


@pytest.mark.usefixtures("long")
def test_only_the_asker_in_the_same_agency_gets_it(sign_in: SignIn, play: Play, world: World) -> None:
    mine = two(play)
    person = sign_in("a1")
    file = ready(person)
    assert ids(person.get(file).text) == mine
    for other in ("a1b", "a", "b1", "pusat", "statistik", "warga"):
        assert sign_in(other).get(file).status_code == 404
        assert sign_in(other).get(file.removesuffix("berkas")).status_code == 404
    with transaction() as session:
        world.account(session, "a1").agency_id = world.b1
    assert sign_in("a1").get(file).status_code == 404
    with transaction() as session:
        world.account(session, "a1").agency_id = world.a1
    assert person.get(file).status_code == 200
    with transaction() as session:
        world.account(session, "a1").active = False
    assert person.get(file).status_code in (302, 401, 403)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("change", ["agency", "active"])
def test_the_job_asks_who_they_are_by_then(sign_in: SignIn, play: Play, world: World, change: str) -> None:
    two(play)
    asked(sign_in("a1"))
    with transaction() as session:
        account = world.account(session, "a1")
        if change == "agency":
            account.agency_id = world.b1
        else:
            account.active = False
    assert make_next(datetime.now(UTC))
    with transaction() as session:
        row = session.scalars(select(Export)).one()
        assert (row.state, row.fault, row.stored_name) == (ExportState.FAILED, stored_exports.NOT_ALLOWED, "")


@pytest.mark.usefixtures("long")
def test_it_is_gone_after_a_day(sign_in: SignIn, play: Play) -> None:
    two(play)
    person = sign_in("a1")
    file = ready(person)
    with transaction() as session:
        row = session.scalars(select(Export)).one()
        stored = row.stored_name
        row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert person.get(file).status_code == 404
    assert delete_ended(datetime.now(UTC)) == 1
    assert delete_ended(datetime.now(UTC)) == 0
    with transaction() as session:
        row = session.scalars(select(Export)).one()
        assert (row.state, row.selection, row.stored_name) == (ExportState.GONE, {}, "")
    with pytest.raises(FileNotFoundError):
        storage().open(stored)


@pytest.mark.usefixtures("long")
def test_it_is_noted_who_took_how_many_rows_and_nothing_of_what_is_in_them(
    sign_in: SignIn, play: Play, world: World
) -> None:
    two(play)
    person = sign_in("a1")
    person.get(ready(person, "/ekspor/laporan/pencarian.csv?q=lampu+jalan"))
    with transaction() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "export.taken")).one()
        assert noted.user_id == world.account(session, "a1").id
        assert noted.data == {"what": "reports", "form": "csv", "rows": 2}


@pytest.mark.usefixtures("long")
def test_a_worker_that_lost_its_hold_writes_nothing(sign_in: SignIn, play: Play) -> None:
    two(play)
    asked(sign_in("a1"))
    now = datetime.now(UTC)
    with transaction() as session:
        first = stored_exports.claim(session, now)
        assert stored_exports.claim(session, now) is None
        second = stored_exports.claim(session, now + timedelta(minutes=4))
    assert first
    assert second
    assert second.attempt == first.attempt + 1
    with transaction() as session, pytest.raises(stored_exports.ExportLost):
        stored_exports.finish(session, first, "ab" * 32, 1, now)
    with transaction() as session:
        stored_exports.finish(session, second, "cd" * 32, 2, now)


@pytest.mark.usefixtures("long")
def test_one_account_has_three_waiting_at_most(sign_in: SignIn, play: Play) -> None:
    two(play)
    person = sign_in("a1")
    for _ in range(stored_exports.WAITING_MAX):
        asked(person)
    assert person.post(LONG).location.endswith("/ekspor/")
    with transaction() as session:
        assert len(session.scalars(select(Export)).all()) == stored_exports.WAITING_MAX


@pytest.mark.parametrize(
    ("url", "who", "other"),
    [
        ("/pengaturan/pengguna/unduh.{form}", "a1", "b1"),
        ("/pengaturan/instansi/unduh.{form}", "a1", "b1"),
        ("/monitor/statistik/tabel.{form}?data=status", "a1", "b1"),
        ("/monitor/pemantauan/pemantauan.{form}", "a1", "b1"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_are_had_in_both_forms(
    sign_in: SignIn, play: Play, url: str, who: str, other: str, form: str
) -> None:
    answer = sign_in(who).get(url.format(form=form))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    assert answer.data != sign_in(other).get(url.format(form=form)).data
    with transaction() as session:
        assert len(session.scalars(select(AuditEntry).where(AuditEntry.action == "export.taken")).all()) == 2


SETTINGS_LISTS = ("hari-libur", "kategori", "alasan-arsip", "target", "sinonim")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_other_list_has_the_same_buttons(sign_in: SignIn, play: Play, form: str) -> None:
    """Its page names its file, which who may not open the page does not get."""
    make_objects(play)
    play.forward(play.verified("a"), by="a", to="a1")
    moved = play.verified("a2")
    play.redirect(moved, by="pusat", to="b")
    pages = {f"/pengaturan/{name}/": f"/pengaturan/{name}/unduh.{form}" for name in SETTINGS_LISTS}
    pages |= {
        "/pengaturan/catatan/": f"/ekspor/daftar/catatan-audit.{form}",
        "/pengaturan/peran/": f"/ekspor/daftar/peran.{form}",
        "/pengaturan/mitra/": f"/ekspor/daftar/mitra-api.{form}",
    }
    listed = {url.removeprefix("/ekspor/daftar/").partition(".")[0] for url in pages.values()}
    assert EXPORTED.keys() - listed == {"pernah-ditangani"}
    central, other = sign_in("pusat"), sign_in("a1")
    for page, url in pages.items():
        assert f'href="{url}"' in central.get(page).text, page
        answer = central.get(url)
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"'), url
        assert answer.data[:2] == (b"PK" if form == "xlsx" else "\ufeff".encode()[:2]), url
        assert other.get(url).status_code == 403, url
    former = sign_in("a2")
    url = f"/ekspor/daftar/pernah-ditangani.{form}"
    assert f'href="{url}"' in former.get("/laporan/pernah-ditangani/").text
    if form == "csv":
        assert f"{moved},Instansi B" in former.get(url).text
    assert sign_in("warga").get(url).status_code == 403
    assert central.get(f"/ekspor/daftar/apa-saja.{form}").status_code == 404


def test_a_long_table_is_sent_while_it_is_read(
    sign_in: SignIn, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches, each row once, and noted with the number of rows, also when the reader breaks off."""
    monkeypatch.setattr("app.views.forms.model_view.SHEET_BATCH", 2)
    monkeypatch.setattr("app.views.figures.list_exports.BATCH", 2)
    person = sign_in("pusat")
    for _ in range(5):
        whole = list(csv.reader(StringIO(person.get("/pengaturan/instansi/unduh.csv").text)))
    lines = [line[0] for line in whole[4:]]
    assert len(lines) == len(set(lines)) > 5
    audited = list(csv.reader(StringIO(person.get("/ekspor/daftar/catatan-audit.csv?jenis=export").text)))
    assert [line[3] for line in audited[4:]] == ["Ekspor diunduh"] * 5
    with person.app.app_context():
        broken = person.client.get("/pengaturan/instansi/unduh.csv")
        pieces = iter(broken.response)
        for _ in range(6):
            next(pieces)
        broken.close()
    with transaction() as session:
        noted = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert noted is not None
        assert noted.data["what"] == "instansi"
        assert 0 < noted.data["rows"] < len(lines)


def test_the_file_of_a_list_is_searched_as_the_page_is(sign_in: SignIn, play: Play) -> None:
    person = sign_in("pusat")
    page = person.get("/pengaturan/instansi/?_flt_0_name=B1").text
    assert "/pengaturan/instansi/unduh.csv?_flt_0_name=B1" in page
    lines = list(csv.reader(StringIO(person.get("/pengaturan/instansi/unduh.csv?_flt_0_name=B1").text)))
    headings = next(n for n, line in enumerate(lines) if line and line[0] == "Nama")
    assert len(lines) - headings - 1 == 1
    assert db.session
