"""Manajemen Instansi over HTTP: the page of an agency, serah terima with its list and sheet."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.models import Agency, Report
from app.rules.figures.cells import cell
from app.services.accounts import people
from app.views.agencies import agencies as pages
from tests.support.http import QueryCounter
from tests.support.manage import AGENCIES, SignIn, agency_form, agency_row, cells, found_agency
from tests.support.play import Play
from tests.support.world import World


def dissolve_a1(app: Flask, world: World, *titles: str) -> list[int]:
    """A1 holds a report for each title, and has nobody any more."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=1))
        reports = [play.verified("a1") for _ in titles]
        with transaction() as session:
            for report, title in zip(reports, titles, strict=True):
                session.get_one(Report, report).title = title
            for name in ("a1", "a1b"):
                key = world.account(session, name).id
                people.deactivate(session, world.actor(session, "pusat"), key, play.now)
    return reports


def test_the_page_of_an_agency_shows_profile_accounts_and_units(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    page = sign_in("a").get(f"{AGENCIES}{world.a}/").get_data(as_text=True)
    for label in ("Nama Instansi", "Alias", "Email", "Website", "Telepon", "Alamat", "Zona waktu"):
        assert f"<dt>{label}</dt>" in page
    assert "1 user" in page
    users, units = page.split('id="people"')[1].split('id="units"')
    assert [row[:2] for row in cells(users)] == [["Petugas A", "a@contoh.example.com"]]
    assert [row[:4] for row in cells(units)] == [
        ["Unit A1", "2", "0", "Aktif"],
        ["Unit A2", "1", "0", "Aktif"],
        ["Unit A3", "0", "0", "Aktif"],
    ]
    assert f'href="{AGENCIES}tambah?induk={world.a}" data-dialog' in units
    # Who may not read accounts sees none of them.
    assert "Petugas A" in users


def test_the_units_of_an_agency_come_page_by_page(
    app: Flask, sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.AgencyView, "page_size", 2)
    a = sign_in("a")
    page = a.get(f"{AGENCIES}{world.a}/").get_data(as_text=True).split('id="units"')[1]
    assert [row[0] for row in cells(page)] == ["Unit A1", "Unit A2"]
    further = re.search(r'href="([^"]+)" rel="next"', page)
    assert further is not None
    page = a.get(further[1]).get_data(as_text=True).split('id="units"')[1]
    assert [row[0] for row in cells(page)] == ["Unit A3"]
    assert 'rel="next"' not in page
    # A key of another family moves nothing.
    page = a.get(f"{AGENCIES}{world.a}/?setelah={world.b1}").get_data(as_text=True).split('id="units"')[1]
    assert [row[0] for row in cells(page)] == ["Unit A1", "Unit A2"]


def test_the_page_of_an_agency_asks_the_same_for_many_units(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    def asked() -> int:
        with QueryCounter(app) as counter:
            assert sign_in("a").get(f"{AGENCIES}{world.a}/").status_code == 200
        return counter.count

    before = asked()
    with app.app_context(), transaction() as session:
        for number in range(20):
            session.add(
                Agency(name=f"Seksi {number}", parent_id=world.a, created_at=datetime.now(UTC), alias="")
            )
    assert asked() == before


def test_instansi_internal_fills_in_the_parent(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    page = a.get(f"{AGENCIES}tambah?induk={world.a2}").get_data(as_text=True)
    assert 'value="Unit A2"' in page
    answer = a.send(f"{AGENCIES}tambah?induk={world.a2}", agency_form(name="Seksi Pajak"))
    assert answer.status_code == 303
    assert agency_row(app, found_agency(app, "Seksi Pajak") or 0)["parent_id"] == world.a2
    # Without a script: the name is typed, and looked for among one's own.
    named = agency_form(name="Seksi Parkir", parent="", parent_query="unit a3")
    assert a.post(f"{AGENCIES}tambah", named).status_code == 303
    assert agency_row(app, found_agency(app, "Seksi Parkir") or 0)["parent_id"] == world.a3
    foreign = agency_form(name="Seksi Asing", parent="", parent_query="unit b1")
    answer = a.post(f"{AGENCIES}tambah", foreign)
    assert answer.status_code == 422
    assert "Tidak ada instansi aktif yang cocok" in answer.get_data(as_text=True)
    assert found_agency(app, "Seksi Asing") is None


@pytest.mark.parametrize(
    ("phone", "taken"),
    [
        ("(061) 6613317, 6624132, 6613191", True),
        ("1500-400; 112", True),
        ("+62 21 5252020 ext. 12", True),
        ("", True),
        ("telepon saja", False),
        ("08", False),
        ("0812345678901234567890", False),
        ("(061) 6613317,, 6624132", False),
        ("٠٨١٢٣٤٥٦٧٨٩", False),
    ],
)
def test_telephone_numbers_are_those_of_an_office(
    app: Flask, sign_in: SignIn, world: World, phone: str, taken: bool
) -> None:
    answer = sign_in("a").post(f"{AGENCIES}{world.a1}/ubah", agency_form(phone=phone))
    assert answer.status_code == (303 if taken else 422)
    assert (agency_row(app, world.a1)["phone"] == phone) is taken
    if not taken:
        assert "Tulis nomor telepon dengan kode wilayahnya" in answer.get_data(as_text=True)


def test_deleting_says_why_not_and_leads_to_serah_terima(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    page = a.get(f"{AGENCIES}{world.a1}/hapus").get_data(as_text=True)
    assert "2 admin aktif" in page
    assert "SERAHKAN LAPORAN" not in page  # first the officers
    assert '<button class="button button--first" type="submit"' not in page.split("<main")[1]
    dissolve_a1(app, world, "Lampu")
    page = a.get(f"{AGENCIES}{world.a1}/hapus").get_data(as_text=True)
    assert f'href="{AGENCIES}{world.a1}/serah-terima"' in page


def test_serah_terima_offers_the_parent_and_leaves_a_list_and_a_sheet(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    titles = ("=HYPERLINK(1)", "Jalan, rusak")
    reports = dissolve_a1(app, world, *titles)
    a, url = sign_in("a"), f"{AGENCIES}{world.a1}/serah-terima"
    form = a.get(url).get_data(as_text=True)
    assert 'value="Instansi A"' in form
    assert "memegang 2 laporan terbuka" in form
    assert a.post(url, {"successor": world.b}).status_code == 422
    assert a.post(url, {"successor": world.a1}).status_code == 422
    assert a.post(url, {}).status_code == 422
    assert agency_row(app, world.a1)["active"] is True

    done = a.send(url, {})
    assert (done.status_code, done.location) == (303, f"{url}/daftar")
    page = a.get(done.location).get_data(as_text=True)
    assert "2 laporan diserahkan, dan Unit A1 dinonaktifkan." in page
    for report in reports:
        assert f'href="/laporan/{report}/"' in page
    assert agency_row(app, world.a1)["active"] is False
    with app.app_context():
        assert {db.session.get_one(Report, report).holder_id for report in reports} == {world.a}

    answer = a.get(f"{url}/daftar.csv")
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    rows = rows[next(n for n, row in enumerate(rows) if row[:1] == ["Nomor laporan"]) + 1 :]
    assert [row[0] for row in rows] == [str(report) for report in reports]
    assert [row[1] for row in rows] == ["'=HYPERLINK(1)", "Jalan, rusak"]
    assert "WIB" in rows[0][3]
    assert [row[5:] for row in rows] == [["Unit A1", "Instansi A", "Instansi A"]] * 2
    assert a.get(url).status_code == 403  # it is done
    assert sign_in("b").get(f"{url}/daftar.csv").status_code == 404


@pytest.mark.parametrize(
    "text", ["=1", "+62812", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("Jalan = rusak") == "Jalan = rusak"
    assert (cell(None), cell(-3)) == (None, -3)  # the writer makes of them "" and a number
