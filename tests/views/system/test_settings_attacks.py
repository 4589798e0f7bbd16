"""The attack list of Flask-AppBuilder's stock views, replayed on the tables of central admins."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.extensions import db
from app.jobs.topics import TEXTS, TOPICS
from app.models import ArchiveReason, Category, CompletionTarget, DayOff
from app.views.system.health import TOPIC_NAMES
from tests.support.manage import SignIn, Writes, cells
from tests.support.objects import settings
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.pages

BASE = "/pengaturan/"
VIEWS = {
    "hari-libur": ("DayOffView", "day_off", {"day": "2026-11-27", "name": "Libur", "works": "0"}),
    "kategori": ("CategoryView", "category", {"name": "Air bersih", "parent": "", "offered": "1"}),
    "alasan-arsip": ("ReasonView", "reason", {"name": "Salah kirim", "position": "9", "offered": "1"}),
    "target": (
        "TargetView",
        "target",
        {"classification": "aspiration", "working_days": "9", "valid_from": "2091-01-01"},
    ),
}
NO_KEYS = (
    "999999",
    "0",
    "-1",
    "12345678901234567890",
    "1e3",
    "ABC",
    "٣",
    "1%00",
    "null-x",
    "1;2",
    "%ED%A0%80",
)


@pytest.fixture
def keys(app: Flask, world: World) -> dict[str, object]:
    with app.app_context():
        return dict(settings(Play(world)))


def everything(app: Flask) -> list[str]:
    """Every row of the four tables."""
    with app.app_context():
        return [
            repr({column.key: getattr(row, column.key) for column in model.__mapper__.column_attrs})
            for model in (DayOff, Category, ArchiveReason, CompletionTarget)
            for row in db.session.query(model).order_by(*model.__mapper__.primary_key)
        ]


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_shown_or_changed_for_others(
    app: Flask, sign_in: SignIn, keys: dict[str, object], name: str
) -> None:
    _view, key, form = VIEWS[name]
    before = everything(app)
    pages = (f"{BASE}{name}/tambah", f"{BASE}{name}/{keys[key]}/ubah", f"{BASE}{name}/{keys[key]}/hapus")
    for who, status in ((None, 302), ("a", 403), ("supervisor", 403), ("warga", 403)):
        person = sign_in(who)
        for page in (f"{BASE}{name}/", *pages):
            assert person.get(page).status_code == status, (who, page)
        for page in pages:
            assert person.post(page, form).status_code == status, (who, page)
    assert everything(app) == before


@pytest.mark.parametrize("name", VIEWS)
def test_a_get_or_a_form_without_its_token_changes_nothing(
    app: Flask, sign_in: SignIn, keys: dict[str, object], name: str
) -> None:
    _view, key, form = VIEWS[name]
    pusat = sign_in("pusat")
    pages = (f"{BASE}{name}/tambah", f"{BASE}{name}/{keys[key]}/ubah", f"{BASE}{name}/{keys[key]}/hapus")
    query = "&".join(f"{field}={value}" for field, value in form.items())
    with Writes(app) as writes:
        for page in pages:
            assert pusat.get(f"{page}?{query}&delete=1").status_code == 200
            assert pusat.client.head(page).status_code == 200
            assert pusat.client.post(page, data=form).status_code == 400
            assert pusat.client.post(page, data={**form, "csrf_token": "forged"}).status_code == 400
        for page in ("aksi", "aksi/x/1", "download/x", f"{keys[key]}/", "action_post"):
            assert pusat.post(f"{BASE}{name}/{page}").status_code in (404, 405), page
    assert writes.found == []
    before = everything(app)
    assert pusat.post(pages[0], form).status_code == 303
    assert len(everything(app)) == len(before) + 1


@pytest.mark.parametrize("name", VIEWS)
def test_keys_and_arguments_that_are_none_are_refused(
    app: Flask, sign_in: SignIn, keys: dict[str, object], name: str
) -> None:
    view, key, _form = VIEWS[name]
    pusat = sign_in("pusat")
    assert pusat.get(f"{BASE}{name}/{keys[key]}/ubah").status_code == 200
    for raw in NO_KEYS:
        for page in ("ubah", "hapus"):
            assert pusat.get(f"{BASE}{name}/{raw}/{page}").status_code == 404, (raw, page)
        assert pusat.post(f"{BASE}{name}/{raw}/hapus").status_code == 404, raw
    for bad in (
        f"page_{view}=1", f"after_{view}=abc", f"psize_{view}=101", f"psize_{view}=0", f"_oc_{view}=id",
        f"_oc_{view}=password", "_flt_0_id=1", "_flt_0_retired_at=x", "_flt_9_name=x", "page_Other=1",
    ):  # fmt: skip
        assert pusat.get(f"{BASE}{name}/?{bad}").status_code == 400, bad
    assert cells(pusat.get(f"{BASE}{name}/").get_data(as_text=True))


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(
    "text", ["a\0b", "x" * 5_000, "", "\ud800", "<script>alert(1)</script>", "%(name)s {0}"]
)
def test_hostile_texts_are_kept_or_refused_at_their_field(
    app: Flask, sign_in: SignIn, keys: dict[str, object], name: str, text: str
) -> None:
    _view, _key, form = VIEWS[name]
    pusat = sign_in("pusat")
    sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for field in form:
        answer = pusat.post(f"{BASE}{name}/tambah", {**form, field: sent})
        assert answer.status_code in (303, 422), field
        shown = (answer if answer.status_code == 422 else pusat.get(f"{BASE}{name}/")).get_data(as_text=True)
        assert "<script>alert" not in shown
        assert "Traceback" not in shown


def test_a_foreign_or_unknown_parent_is_said_at_its_field(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    for parent in ("999999", "12345678901234567"):
        answer = pusat.post(f"{BASE}kategori/tambah", {"name": "Baru", "parent": parent})
        assert answer.status_code == 422
        assert "Kategori hanya dua tingkat" in answer.get_data(as_text=True)


def test_the_list_of_days_warns_of_a_year_without_cuti_bersama(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pusat = sign_in("pusat")
    year = date.today().year + 1  # noqa: DTZ011 - the page's own year is what matters
    monkeypatch.setattr("app.services.calendars.joint_leave", lambda _year: frozenset())
    page = pusat.get(f"{BASE}hari-libur/").get_data(as_text=True)
    assert f"Cuti bersama tahun {year} belum tercatat" in page
    form = {"day": f"{year}-06-01", "name": "Cuti Bersama Idulfitri", "works": "0"}
    assert pusat.post(f"{BASE}hari-libur/tambah", form).status_code == 303
    assert "belum tercatat" not in pusat.get(f"{BASE}hari-libur/").get_data(as_text=True)


def test_every_topic_that_does_something_has_its_name_on_the_health_page() -> None:
    assert TOPICS.keys() | TEXTS.keys() <= TOPIC_NAMES.keys()
