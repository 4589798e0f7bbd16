"""Verifikasi & Disposisi over HTTP, with and without a script (manual 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.extensions import transaction
from app.models import Report
from app.rules.reports.codes import Classification
from app.rules.reports.workflow import State
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.fixture
def report_id(app: Flask, world: World) -> int:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        return play.file(text="lampu jalan depan balai desa padam", suggested_agency_id=world.b)


def url(report_id: int) -> str:
    return f"/laporan/{report_id}/verifikasi/"


def decision(world: World, **more: str) -> dict[str, str]:
    return {
        "title": "Lampu jalan padam",
        "text": "Lampu jalan di depan balai desa padam.",
        "classification": "unsupervised",
        "category": str(world.category),
        "province": "35",
        "regency": "35.78",
        "area": "35.78.06",
        "agency": str(world.a1),
        "agency_query": "Unit A1",
        **more,
    }


def report_of(app: Flask, report_id: int) -> Report:
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, report_id)
        session.expunge(report)
        return report


def test_a_report_is_edited_classified_and_dispatched(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    root = sign_in("pusat")
    done = root.send(url(report_id), decision(world))
    assert (done.status_code, done.location) == (303, "/laporan/kelola/belum-terverifikasi/")
    assert "didisposisikan ke Unit A1" in root.get(done.location).get_data(as_text=True)
    report = report_of(app, report_id)
    assert (report.state, report.holder_id) == (State.WAITING, world.a1)
    assert (report.classification, report.category_id) == (Classification.UNSUPERVISED, world.category)
    assert report.area_code == "35.78.06"
    assert report.text == "Lampu jalan di depan balai desa padam."
    assert report.original_text == "lampu jalan depan balai desa padam"
    assert "lampu jalan depan balai desa padam" in root.get(f"/laporan/{report_id}/").get_data(as_text=True)


def test_the_form_opens_with_what_is_known(app: Flask, sign_in: SignIn, report_id: int) -> None:
    page = sign_in("pusat").get(url(report_id)).get_data(as_text=True)
    assert "lampu jalan depan balai desa padam" in page
    assert 'value="Instansi B"' in page
    assert "Pengaduan Berkadar Pengawasan" in page
    assert "dugaan pelanggaran" in page


def test_without_a_script_the_typed_name_finds_the_agency(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    root = sign_in("pusat")
    several = root.send(url(report_id), decision(world, agency="", agency_query="unit"))
    page = several.get_data(as_text=True)
    assert several.status_code == 422
    assert "Pilih salah satu instansi" in page
    assert "Unit A1" in page
    assert "Unit B1" in page
    assert "Lampu jalan padam" in page
    none = root.send(url(report_id), decision(world, agency="", agency_query="tidak ada"))
    assert "Tidak ada instansi aktif yang cocok" in none.get_data(as_text=True)
    chosen = root.send(
        url(report_id), decision(world, agency="", agency_query="unit", agency_choice=str(world.b1))
    )
    assert chosen.status_code == 303
    assert report_of(app, report_id).holder_id == world.b1


def test_one_match_is_enough(app: Flask, sign_in: SignIn, world: World, report_id: int) -> None:
    assert (
        sign_in("pusat").send(url(report_id), decision(world, agency="", agency_query="a2")).status_code
        == 303
    )
    assert report_of(app, report_id).holder_id == world.a2


def test_a_changed_name_is_not_sent_to_the_agency_chosen_before(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    done = sign_in("pusat").send(
        url(report_id), decision(world, agency=str(world.a1), agency_query="Instansi B")
    )
    assert done.status_code == 303
    assert report_of(app, report_id).holder_id == world.b


def test_reloading_offers_narrower_areas_and_changes_nothing(
    app: Flask, sign_in: SignIn, world: World, report_id: int
) -> None:
    shown = sign_in("pusat").send(url(report_id), decision(world, regency="", area="", reload="1"))
    page = shown.get_data(as_text=True)
    assert shown.status_code == 200
    assert "Kota Surabaya" in page
    assert report_of(app, report_id).state is State.UNVERIFIED


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "wajib diisi"),
        ("title", "J" * 171, "Terlalu panjang"),
        ("text", "", "wajib diisi"),
        ("text", "nol\0", "karakter yang tidak dapat disimpan"),
        ("classification", "lainnya", "Pilih klasifikasi."),
        ("category", "", "Pilih kategori."),
        ("category", "99999999", "tidak tersedia"),
        ("category", "abc", "tidak tersedia"),
        ("regency", "11.01", "Wilayah ini tidak dikenal."),
        ("agency_query", "", "Pilih instansi tujuan."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    app: Flask, sign_in: SignIn, world: World, report_id: int, field: str, value: str, message: str
) -> None:
    more = {field: value, **({"agency": ""} if field == "agency_query" else {})}
    refused = sign_in("pusat").send(url(report_id), decision(world, **more))
    assert refused.status_code == 422
    assert message in refused.get_data(as_text=True)
    assert report_of(app, report_id).state is State.UNVERIFIED


def test_only_the_central_desk_verifies(app: Flask, sign_in: SignIn, world: World, report_id: int) -> None:
    assert sign_in("pusat").get(url(report_id)).status_code == 200
    for who in ("supervisor", "a", "b", "statistik", "warga"):
        person = sign_in(who)
        assert person.get(url(report_id)).status_code == 403
        assert person.post(url(report_id), decision(world)).status_code == 403
    assert report_of(app, report_id).state is State.UNVERIFIED


def test_a_second_admin_is_told(app: Flask, sign_in: SignIn, world: World, report_id: int) -> None:
    """Case J3 over HTTP: whoever comes second finds it dispatched."""
    first, second = sign_in("pusat"), sign_in("pusat2")
    from tests.support.http import hidden_fields

    form = {
        **hidden_fields(second.get(url(report_id)).get_data(as_text=True)),
        **decision(world, agency=str(world.b), agency_query="Instansi B"),
    }
    assert first.send(url(report_id), decision(world)).status_code == 303
    assert second.client.post(url(report_id), data=form).status_code in (403, 409)
    assert report_of(app, report_id).holder_id == world.a1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("unit a", {"Unit A1", "Unit A2", "Unit A3"}),
        ("B1", {"Unit B1"}),
        ("%", set()),
        ("x", set()),
        ("", set()),
    ],
)
def test_the_picker_finds_by_name_and_alias(app: Flask, sign_in: SignIn, query: str, found: set[str]) -> None:
    answer = sign_in("a").get("/pilih/instansi", query_string={"q": query}).get_json()
    assert {each["name"] for each in answer} == found
    if query == "unit a":
        assert {each["name"]: each["staffed"] for each in answer} == {
            "Unit A1": True,
            "Unit A2": True,
            "Unit A3": False,
        }


def test_the_picker_of_areas(app: Flask, sign_in: SignIn) -> None:
    officer = sign_in("a")
    assert {"code": "35.78", "name": "Kota Surabaya"} in officer.get("/pilih/wilayah?induk=35").get_json()
    for odd in ("", "99", "%00", "x" * 5000):
        assert officer.get(f"/pilih/wilayah?induk={odd}").get_json() == []
