"""The header's dots, the bell's pages, and its settings (manual 6.12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.access.inbox.notifications import newest
from app.extensions import transaction
from app.models import Account
from tests.support.http import Person, QueryCounter
from tests.support.play import Play
from tests.support.world import PEOPLE, World

SignIn = Callable[[str | None], Person]
OFFICERS = frozenset({"pusat", "pusat2", "supervisor", "a", "a1", "a1b", "a2", "b", "b1"})


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def at_a1(play: Play) -> int:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    return report


def page(person: Person, url: str) -> str:
    answer = person.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def keys(app: Flask, play: Play, name: str) -> list[int]:
    with app.app_context(), play.by(name) as (session, actor):
        return [item.notification.id for item in newest(session, actor)]


def words(found: str) -> list[str]:
    return re.findall(r'aria-label="((?:Notifikasi|Pesan)[^"]*)"', found.split("</header>", maxsplit=1)[0])


@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_bell_and_envelope_are_for_whom_they_are_meant(app: Flask, sign_in: SignIn, who: str | None) -> None:
    found = words(page(sign_in(who), "/akun/" if who else "/"))
    if who not in OFFICERS:
        assert found == []
    else:
        assert found == (["Notifikasi"] if who == "supervisor" else ["Notifikasi", "Pesan"])


def test_the_dots_say_their_number_and_cost_one_statement(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        at_a1(play)
        at_a1(play)
        play.write("a", to=("a1",))
        play.write("a", to_all=True)
    officer = sign_in("a1")
    officer.get("/akun/")
    with QueryCounter(app) as counter:
        found = page(officer, "/akun/")
    assert words(found) == ["Notifikasi: 2 belum dibaca", "Pesan: 2 belum dibaca"]
    assert len([each for each in counter.statements if "notification" in each]) == 1
    with QueryCounter(app) as counter:
        counts = officer.get("/notifikasi/jumlah")
    assert counter.count == 2, counter.statements  # the account with its permissions, both dots
    assert counts.get_json() == {"notifications": 2, "messages": 2}
    assert counts.headers["Cache-Control"] == "no-store"


def test_a_page_is_made_when_the_dots_cannot_be_counted(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("Budi, 0812")

    monkeypatch.setattr("app.views.web.layout.badges", broken)
    assert words(page(sign_in("a1"), "/akun/")) == ["Notifikasi", "Pesan"]


def test_what_a_page_asks_by_itself_is_no_presence(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context(), transaction() as session:
        world.account(session, "a1").seen_at = None

    def seen() -> datetime | None:
        with app.app_context(), transaction() as session:
            found: Account = world.account(session, "a1")
            return found.seen_at

    officer = sign_in("a1")
    assert officer.get("/notifikasi/jumlah").status_code == 200
    assert seen() is None
    officer.get("/notifikasi/terbaru/")
    assert seen() is not None


def test_opening_one_marks_it_read_and_leads_to_its_report(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
    (key,) = keys(app, play, "a1")
    officer = sign_in("a1")
    latest = page(officer, "/notifikasi/terbaru/")
    assert f"Laporan #{report} didisposisikan ke instansi Anda." in latest
    assert "Lihat Semuanya" in latest
    assert "Belum dibaca:" in latest
    answer = officer.get(f"/notifikasi/{key}/")
    assert (answer.status_code, answer.location) == (302, f"/laporan/{report}/")
    assert "Belum dibaca:" not in page(officer, "/notifikasi/terbaru/")
    assert words(page(officer, "/akun/"))[0] == "Notifikasi"
    assert words(page(sign_in("a1b"), "/akun/"))[0] == "Notifikasi: 1 belum dibaca"
    assert sign_in("a1b").get(f"/notifikasi/{key}/").status_code == 404


def test_what_cannot_be_opened_any_more_is_neither_shown_nor_counted(
    app: Flask, sign_in: SignIn, play: Play
) -> None:
    """Cases C13 and C14, at the pages."""
    with app.app_context():
        report = at_a1(play)
    (old,) = keys(app, play, "a1")
    with app.app_context():
        play.later(minutes=1)
        play.redirect(report, by="a", to="a2")
    (notice,) = keys(app, play, "a1")
    officer = sign_in("a1")
    for url in ("/notifikasi/", "/notifikasi/terbaru/", "/notifikasi/?jenis=disposition_changed"):
        found = page(officer, url)
        assert f"Disposisi laporan #{report} diubah" in found
        for secret in ("Lampu", "didisposisikan ke", "Instansi A<"):
            assert secret not in found.split("<main")[1], (url, secret)
        assert words(found)[0] == "Notifikasi: 1 belum dibaca"
    assert officer.get(f"/notifikasi/{old}/").status_code == 404
    assert officer.get(f"/notifikasi/{notice}/").location == "/laporan/pernah-ditangani/"


def test_the_list_filters_by_kind_and_goes_on(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        reports = [at_a1(play) for _ in range(27)]
        play.comment(reports[0], by="a")
    officer = sign_in("a1")
    first = page(officer, "/notifikasi/?jenis=disposition")
    assert len(re.findall(r'class="told__line ', first)) == 25
    onward = re.search(r'href="(/notifikasi/\?[^"]*sebelum=\d+)"', first)
    assert onward
    second = page(officer, onward[1].replace("&amp;", "&"))
    assert len(re.findall(r'class="told__line ', second)) == 2
    seen = re.findall(r"#(\d+) didisposisikan", first + second)
    assert sorted(map(int, seen)) == reports
    assert "dikomentari" in page(officer, "/notifikasi/?jenis=comment")
    assert "Tidak ada notifikasi jenis ini." in page(officer, "/notifikasi/?jenis=hold")
    for bad in ("/notifikasi/?jenis=x", "/notifikasi/?jenis=%00"):
        assert officer.get(bad).status_code == 400
    assert officer.get("/notifikasi/?sebelum=x").status_code == 200


def test_mark_all_leaves_what_came_after_the_page(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        at_a1(play)
        at_a1(play)
    officer = sign_in("a1")
    shown = page(officer, "/notifikasi/")
    upto = re.search(r'name="upto"[^>]*value="(\d+)"', shown)
    assert upto
    with app.app_context():
        at_a1(play)
    assert officer.post("/notifikasi/", {"upto": upto[1]}).status_code == 303
    assert words(page(officer, "/akun/"))[0] == "Notifikasi: 1 belum dibaca"
    assert officer.client.post("/notifikasi/", data={"upto": "9999"}).status_code == 400
    assert words(page(officer, "/akun/"))[0] == "Notifikasi: 1 belum dibaca"


def test_settings_are_kept_for_oneself(app: Flask, sign_in: SignIn, play: Play) -> None:
    officer = sign_in("a1")

    def chosen(person: Person) -> dict[str, str]:
        found = page(person, "/notifikasi/pengaturan/").split("<main")[1]
        return dict(re.findall(r'name="(\w+)" value="(\w+)" checked', found))

    before = chosen(officer)
    assert before["dispositions"] == "at_once"
    wanted = dict.fromkeys(before, "never") | {"deadlines": "daily"}
    assert officer.post("/notifikasi/pengaturan/", wanted).status_code == 303
    assert chosen(officer) == wanted
    assert chosen(sign_in("a1b")) == before
    refused = officer.post("/notifikasi/pengaturan/", {**wanted, "comments": "hourly"})
    assert refused.status_code == 422
    assert "Pilih salah satu." in refused.get_data(as_text=True)
    assert chosen(officer) == wanted
