"""Who reads a report whole and who reads it masked, in everything by which an officer can read one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db, transaction
from app.jobs.reorganising import reorganise
from app.models import AuditEntry, Report
from app.rules.reports.full_readers import CHOOSES, READS_WHOLE
from app.rules.reports.masking import HIDDEN
from app.rules.reports.workflow import Who
from tests.support.copied import (
    HELD_BACK,
    MANY,
    MARKS,
    NAME,
    NIK,
    ONE,
    PHONE,
    Planted,
    found_in,
    plain_paper,
    plant,
    program,
)
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
# Who reads the report that A1 holds, and the one of A3, which has no officer: A acts for it.
READERS = {
    "a1": (True, None),
    "a1b": (True, None),
    "a": (False, True),
    "pusat": (False, False),
    "pusat2": (False, False),
    "supervisor": (False, False),
    "b1": (False, None),
    "b": (False, None),
}
NOBODYS = ("a2",)


@pytest.fixture
def planted(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Planted:
    plain_paper(monkeypatch)
    with app.app_context():
        return plant(Play(world, datetime.now(UTC) - timedelta(days=2)))


def test_everybody_to_a_report_reads_it_whole_or_masked() -> None:
    assert {Who.HOLDER, Who.REPORTER, Who.SYSTEM} == READS_WHOLE
    assert {Who.HOLDER, Who.DELEGATOR, Who.ROOT} == CHOOSES


def test_the_holder_reads_whole_and_everybody_else_masked(
    app: Flask, sign_in: SignIn, planted: Planted
) -> None:
    for name, wholes in READERS.items():
        person = sign_in(name)
        for report, whole in zip((planted.report, planted.for_a3), wholes, strict=True):
            for outlet, read in ONE.items() if whole is not None else ():
                if (name, outlet) == ("supervisor", "dialog"):
                    continue  # who only looks has no dialogs
                said = read(person, report)
                assert MARKS["text"] in said, (name, outlet)
                assert found_in(said) == (set(HELD_BACK) if whole else set()), (name, outlet, report)
                assert whole or HIDDEN in said, (name, outlet)
    for name in NOBODYS:
        assert sign_in(name).get(f"/laporan/{planted.report}/").status_code == 404


def test_the_page_says_who_reads_it_whole(sign_in: SignIn, planted: Planted) -> None:
    said = sign_in("b1").get(f"/laporan/{planted.report}/").text
    assert "Unit A1, pemegang laporan ini, membacanya utuh." in said
    assert "pemegang laporan ini" not in sign_in("a1").get(f"/laporan/{planted.report}/").text
    # Every kind of text is on the page, so that the walk looks at each.
    for kind, mark in MARKS.items():
        assert mark in said or kind == "reason", kind


def test_no_list_search_or_bell_holds_personal_data_even_for_the_holder(
    sign_in: SignIn, planted: Planted
) -> None:
    for name in READERS:
        person = sign_in(name)
        for outlet, read in MANY.items():
            assert found_in(read(person, planted.report)) == set(), (name, outlet)
    listed = MANY["worklist"](sign_in("a1"), planted.report)
    assert MARKS["text"] in listed
    assert HIDDEN in listed


def test_a_number_that_is_masked_finds_nothing(sign_in: SignIn, planted: Planted) -> None:
    for name in READERS:
        for wanted in (PHONE, NIK, "Nikenwati", f'"{PHONE}"'):
            page = sign_in(name).get("/monitor/pencarian/", query_string={"q": wanted}).text
            assert f"/laporan/{planted.report}/" not in page, (name, wanted)
    assert f"/laporan/{planted.report}/" in sign_in("b1").get("/monitor/pencarian/?q=balai").text


def test_the_api_tells_what_the_pages_tell(app: Flask, sign_in: SignIn, planted: Planted) -> None:
    for name, (whole, _) in READERS.items():
        if name == "supervisor":
            continue
        caller = program(app, name)
        answer = caller.get(f"/reports/{planted.report}")
        assert answer.status_code == 200, name
        assert answer.json["whole"] is whole
        assert found_in(answer.text) == (set(HELD_BACK) if whole else set()), name
        for tab in ("progress", "copies", "requests"):
            assert found_in(caller.get(f"/worklists/{tab}?reach=below").text) == set(), (name, tab)
        named = caller.get(f"/reports/{planted.report}/files/{planted.file}").headers["Content-Disposition"]
        assert (PHONE in named) is whole, name


def test_a_file_goes_out_under_the_name_that_its_reader_may_read(sign_in: SignIn, planted: Planted) -> None:
    for name, (whole, _) in READERS.items():
        answer = sign_in(name).get(f"/laporan/{planted.report}/lampiran/{planted.file}")
        assert answer.status_code == 200
        assert (PHONE in answer.headers["Content-Disposition"]) is whole, name


def test_the_reporter_reads_their_own_and_their_mail_holds_no_nik(
    app: Flask, sign_in: SignIn, planted: Planted
) -> None:
    own = sign_in("warga").get(f"/laporan-saya/{planted.report}/").text
    assert {NIK, PHONE, NAME} <= found_in(own)
    letters = [text_of(letter) for letter in letters_to(app, "warga@contoh.example.com")]
    assert any("menindaklanjuti" in letter for letter in letters)
    for letter in letters:
        assert NIK not in letter


def test_who_corrects_has_the_real_text_and_is_noted(app: Flask, sign_in: SignIn, planted: Planted) -> None:
    form = sign_in("a").get(f"/laporan/{planted.report}/koreksi/").text
    field = re.search(r'<textarea[^>]*name="text"[^>]*>([^<]*)', form)
    assert field is not None
    assert NIK in field[1]
    assert HIDDEN not in field[1]
    sign_in("a").get(f"/laporan/{planted.report}/koreksi/")
    with app.app_context():
        noted = list(
            db.session.scalars(select(AuditEntry).where(AuditEntry.action == "report.opened_to_correct"))
        )
        assert [entry.object_id for entry in noted] == [planted.report]
        assert found_in(str(noted[0].data)) == set()


def test_a_text_that_was_read_masked_is_not_kept(app: Flask, sign_in: SignIn, planted: Planted) -> None:
    person, url = sign_in("a"), f"/laporan/{planted.report}/koreksi/"
    answer = person.send(url, {"title": "Lampu", "text": f"Lampu padam, HP {HIDDEN}"})
    assert answer.status_code == 422
    assert "bukan tulisan pelapor" in answer.text
    caller = program(app, "a")
    version = caller.get(f"/reports/{planted.report}").json["version"]
    body = {"version": version, "title": "Lampu", "text": f"Lampu padam, HP {HIDDEN}"}
    assert caller.post(f"/reports/{planted.report}/moves/correct", body).status_code in (404, 422)
    with app.app_context(), transaction() as session:
        assert HIDDEN not in session.get_one(Report, planted.report).text


def test_whoever_gave_it_away_reads_it_masked_or_not_at_all(
    app: Flask, sign_in: SignIn, world: World, planted: Planted
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC))
        play.redirect(planted.report, by="a", to="a2")
    assert sign_in("a1").get(f"/laporan/{planted.report}/").status_code == 404
    assert found_in(sign_in("a2").get(f"/laporan/{planted.report}/").text) == set(HELD_BACK)
    assert found_in(sign_in("a1").get("/laporan/salinan/dialihkan/").text) == set()


def test_lists_of_handed_over_reports_and_of_comments_are_masked(
    app: Flask, sign_in: SignIn, world: World, planted: Planted
) -> None:
    with app.app_context():
        Play(world, datetime.now(UTC)).remark(planted.report, body=f"Saya juga, hubungi {PHONE}")
    said = sign_in("a1").get("/laporan/komentar-publik/").text
    assert "Saya juga, hubungi" in said
    assert found_in(said) == set()
    boss, place = sign_in("a"), f"/pengaturan/instansi/{world.a1}"
    sent = {"target": str(world.a2), "confirmed": "1"}
    assert boss.post(f"{place}/gabungkan", data=sent).status_code == 303
    with app.app_context():
        reorganise(datetime.now(UTC))
    for url in (f"{place}/serah-terima/daftar", f"{place}/serah-terima/daftar.csv"):
        listed = boss.get(url).text
        assert MARKS["title"] in listed, url
        assert found_in(listed) == set(), url
