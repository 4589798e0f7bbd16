"""Pindahkan, Gabungkan, Bubarkan on the pages: who may, the preview, a second click, the handover list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.reorganising import reorganise
from app.models import Agency, AuditEntry, Reorganisation
from app.rules.agencies.reorganisation import Stage
from app.rules.reports.workdays import DAY
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import WIB, World

SignIn = Callable[[str | None], Person]
LIST = "/pengaturan/perubahan-struktur/"


def where(world: World, name: str, how: str) -> str:
    return f"/pengaturan/instansi/{world.agencies[name]}/{how}"


def parent_of(app: Flask, world: World, name: str) -> int | None:
    with app.app_context(), transaction() as session:
        return session.get_one(Agency, world.agencies[name]).parent_id


def test_a_move_is_previewed_then_made_once(app: Flask, world: World, sign_in: SignIn) -> None:
    with app.app_context():
        play = Play(world)
        report, foreign = play.verified("a"), play.verified("b")
        play.forward(report, by="a", to="a1")
    boss, url = sign_in("pusat"), where(world, "a1", "pindahkan")
    key = re.search(r'name="key"[^>]*value="([^"]+)"', boss.get(url).get_data(as_text=True))[1]  # type: ignore[index]
    sent = {"target": str(world.b), "target_query": "", "day": "", "key": key}
    page = boss.post(url, data=sent)
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert re.search(r"<dt>Laporan</dt><dd>1</dd>", text)
    assert "Instansi A" in text
    assert parent_of(app, world, "a1") == world.a, "a preview changes nothing"
    for _ in range(2):
        assert boss.post(url, data={**sent, "confirmed": "1"}).status_code == 303
    assert parent_of(app, world, "a1") == world.b
    with app.app_context():
        reorganise(Play(world).now)
        with transaction() as session:
            (found,) = session.scalars(select(Reorganisation))
            assert found.stage is Stage.DONE
            number = found.id
    listed = boss.get(LIST).get_data(as_text=True)
    assert "Selesai" in listed
    for name, sees in (("pusat", True), ("b", True), ("a2", False), ("a1", True)):
        answer = sign_in(name).get(f"{LIST}{number}/serah-terima.xlsx")
        assert answer.status_code == (200 if sees else 404), name
        if sees:
            rows = list(load_workbook(BytesIO(answer.data)).active.values)  # type: ignore[union-attr]
            numbers = {row[0] for row in rows}
            assert str(report) in numbers, name
            assert str(foreign) not in numbers
    paper = boss.get(f"{LIST}{number}/serah-terima.pdf")
    assert paper.data.startswith(b"%PDF")
    with app.app_context(), transaction() as session:
        taken = session.scalars(select(AuditEntry.data).where(AuditEntry.action == "export.taken")).all()
        assert {(each["what"], each["form"]) for each in taken} == {("handover", "xlsx"), ("handover", "pdf")}


def test_a_merger_hands_its_open_reports_over(app: Flask, world: World, sign_in: SignIn) -> None:
    with app.app_context():
        play = Play(world)
        report = play.verified("a")
        play.forward(report, by="a", to="a1")
    boss, url = sign_in("a"), where(world, "a1", "gabungkan")
    sent = {"target": str(world.agencies["a2"]), "confirmed": "1"}
    assert boss.post(url, data=sent).status_code == 303
    with app.app_context():
        reorganise(Play(world).now)
    page = boss.get(f"/pengaturan/instansi/{world.a1}/serah-terima/daftar").get_data(as_text=True)
    assert f"#{report} " in page
    sheet = boss.get(f"/pengaturan/instansi/{world.a1}/serah-terima/daftar.csv").get_data(as_text=True)
    assert re.search(rf"{report},.*Unit A1.*Unit A2", sheet), sheet
    assert boss.get(where(world, "a1", "bubarkan")).status_code in (200, 422)
    assert boss.post(where(world, "a1", "bubarkan"), data={"confirmed": "1"}).status_code == 422


def test_refusals_say_why_and_nothing_happens(app: Flask, world: World, sign_in: SignIn) -> None:
    boss = sign_in("a")
    url = where(world, "a1", "pindahkan")
    for data, said in (
        ({}, "Pilih instansi tujuan"),
        ({"target": str(world.b)}, "Pilih instansi tujuan dalam lingkup Anda"),
        ({"target": str(world.a)}, "sudah berada di bawah induk itu"),
        ({"target": str(world.agencies["a2"]), "day": "2026-02-30"}, "Tulis tanggal yang ada"),
        ({"target": str(world.agencies["a2"]), "day": "2020-01-01"}, "Pilih hari ini atau sesudahnya"),
    ):
        answer = boss.post(url, data={**data, "confirmed": "1"})
        assert answer.status_code == 422, data
        assert said in answer.get_data(as_text=True), data
    assert boss.get(where(world, "b1", "pindahkan")).status_code == 404
    assert boss.get(where(world, "a", "pindahkan")).status_code == 403
    assert sign_in("a1").get(url).status_code == 403
    with app.app_context(), transaction() as session:
        assert session.scalars(select(Reorganisation)).all() == []


def test_only_who_may_cancel_is_offered_to(app: Flask, world: World, sign_in: SignIn) -> None:
    """Who gets a unit, and whose own agency goes elsewhere, read of it and leave it to others."""
    later = "2099-01-01"
    planned = {}
    for name, sent in (("a1", {"target": str(world.b)}), ("b", {"target": str(world.agencies["a2"])})):
        url, boss = where(world, name, "pindahkan"), sign_in("pusat")
        assert boss.post(url, data={**sent, "day": later, "confirmed": "1"}).status_code == 303
        with app.app_context(), transaction() as session:
            query = select(Reorganisation.id).where(Reorganisation.agency_id == world.agencies[name])
            planned[name] = session.scalars(query).one()
    for who, what, offered in (
        ("pusat", "a1", True),
        ("pusat", "b", True),
        ("a", "a1", True),
        ("a", "b", False),
        ("b", "a1", False),
        ("b", "b", False),
    ):
        person, url = sign_in(who), f"{LIST}{planned[what]}/batalkan"
        assert (url in person.get(LIST).get_data(as_text=True)) is offered, (who, what)
        if not offered:
            assert {person.get(url).status_code, person.post(url).status_code} == {403}, (who, what)
    for who in ("a1", "b1"):
        assert sign_in(who).post(f"{LIST}{planned['a1']}/batalkan").status_code in (403, 404), who
    with app.app_context(), transaction() as session:
        assert set(session.scalars(select(Reorganisation.stage))) == {Stage.PLANNED}
    url = f"{LIST}{planned['a1']}/batalkan"
    assert [sign_in("a").post(url).status_code for _click in range(2)] == [303, 303]
    with app.app_context(), transaction() as session:
        acts = session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == planned["a1"])).all()
        assert acts.count("reorganisation.cancelled") == 1


def test_what_begins_today_is_not_said_to_wait(app: Flask, world: World, sign_in: SignIn) -> None:
    boss, url = sign_in("pusat"), where(world, "a1", "pindahkan")
    today = datetime.now(WIB).date()
    for day, at_once in (("", True), (today.isoformat(), True), ((today + DAY).isoformat(), False)):
        page = boss.post(url, data={"target": str(world.b), "day": day}).get_data(as_text=True)
        assert ("Berlaku sekarang juga, dan tidak dapat dibatalkan" in page) is at_once, day
        assert ("masih dapat dibatalkan" in page) is not at_once, day


def test_whatever_is_sent_is_refused_or_taken(app: Flask, world: World, sign_in: SignIn) -> None:
    boss = sign_in("pusat")
    for bad in ({"target": "a\x00"}, {"target": "9" * 40}, {"day": "\x00"}, {"day": "0000-00-00"}):
        answer = boss.post(where(world, "a1", "pindahkan"), data={"confirmed": "1", **bad})
        assert answer.status_code == 422, bad
    for name, key in (("a1", "a\x00b"), ("a2", "k" * 5_000)):
        sent = {"target": str(world.b), "day": "9999-12-31", "confirmed": "1", "key": key}
        for _ in range(2):
            assert boss.post(where(world, name, "pindahkan"), data=sent).status_code == 303, name
    for key in ("0", "x", "9" * 30, "1%00"):
        for what in ("batalkan", "serah-terima.pdf", "serah-terima.csv"):
            assert boss.get(f"{LIST}{key}/{what}").status_code == 404, (key, what)
    assert "9999" in boss.get(LIST).get_data(as_text=True)
