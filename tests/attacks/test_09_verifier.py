"""Whoever verifies sees what will be public, and decides about words that are hidden or shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db, transaction
from app.models import AuditEntry, MaskChoice, Report
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.reports.masking import HIDDEN, MaskingChoice
from app.services.citizens import public_choices
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.seeking import Seat
from tests.support.world import World

SignIn = Callable[[str | None], Person]
PHONE, CODE, NAME, WITNESS = "081290001111", "0812-5555-6666", "Budi Hartono", "Markonah"
TEXT = f"Nama saya {NAME}, HP {PHONE}, kode aduan {CODE}. Saksinya {WITNESS} dan MARKONAH."
FIELDS = {"title": "Lampu balai padam", "text": TEXT}


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


@pytest.fixture
def report(app: Flask, play: Play) -> int:
    """Verified, held by A1."""
    with app.app_context():
        number = play.file(text=TEXT, title="Lampu balai padam")
        play.verify_as(number, title="Lampu balai padam", text=TEXT)
        play.forward(number, by="a", to="a1", copies=("b1",))
    return number


@pytest.fixture
def unverified(app: Flask, play: Play) -> int:
    with app.app_context():
        return play.file(text=TEXT, title="Lampu balai padam")


def press(person: Person, url: str, data: dict[str, str]) -> tuple[int, str]:
    answer = person.send(url, data)
    return answer.status_code, unescape(answer.get_data(as_text=True))


def outlets(report: int) -> list[str]:
    """Where everybody reads a public report."""
    return [
        f"/publik/laporan/{report}/",
        "/publik/laporan/",
        "/publik/umpan.xml",
        f"/open311/v2/requests/{report}.json",
        "/open311/v2/requests.xml",
    ]


@pytest.mark.parametrize("page", ["verifikasi", "koreksi"])
def test_the_form_shows_what_will_be_public_and_keeps_what_is_typed(
    app: Flask, sign_in: SignIn, play: Play, report: int, unverified: int, page: str
) -> None:
    number, who = (unverified, "pusat") if page == "verifikasi" else (report, "a")
    url, person = f"/laporan/{number}/{page}/", sign_in(who)
    shown = unescape(person.get(url).text)
    assert f"disamarkan: </span><s>{PHONE}</s>" in shown
    assert f"terlihat, periksa: </span>{NAME}" in shown
    # A word of the form that is not kept yet is hidden too, and everything typed stays.
    typed = {**FIELDS, "text": f"{TEXT} Tetangganya Sarinah.", "samarkan_kata": "Sarinah"}
    status, again = press(person, url, typed)
    assert status == 200
    assert "Tetangganya Sarinah." in again.split("<textarea", 1)[1].split("</textarea>", 1)[0]
    assert "<s>Sarinah</s>" in again
    # By whatever button the form is sent, words in the field are not dropped, and nothing else is done.
    with app.app_context(), transaction() as session:
        assert session.get_one(Report, number).text == TEXT


def test_a_word_that_is_nowhere_is_refused_at_the_field(sign_in: SignIn, report: int) -> None:
    status, page = press(sign_in("a"), f"/laporan/{report}/koreksi/", {**FIELDS, "samarkan_kata": "Sukarni"})
    assert status == 422
    assert "Kata ini tidak ada dalam teks laporan" in page
    assert 'value="Sukarni"' in page


def test_a_choice_holds_at_once_wherever_the_public_looks(
    app: Flask, sign_in: SignIn, play: Play, report: int
) -> None:
    holder, visitor = sign_in("a1"), sign_in(None)
    before = [visitor.get(url).text for url in outlets(report)]
    assert all(WITNESS in page and CODE not in page and PHONE not in page for page in before)
    url = f"/laporan/{report}/versi-publik/"
    for data in ({"samarkan_kata": WITNESS.lower()}, {"tampilkan": CODE}, {"samarkan": NAME}):
        answer = holder.send(url, data)
        assert answer.status_code == 303, data
    for url in outlets(report):
        page = visitor.get(url).text
        assert WITNESS.lower() not in page.lower(), url
        assert NAME not in page, url
        assert PHONE not in page, url
        assert CODE in page, url
    # An agency with a copy reads the same, the holder everything, and a search tells nobody.
    copied, whole = (sign_in(who).get(f"/laporan/{report}/").text for who in ("b1", "a1"))
    assert WITNESS not in copied
    assert CODE in copied
    assert {WITNESS, NAME, PHONE} <= {word for word in (WITNESS, NAME, PHONE) if word in whole}
    with app.app_context():
        assert Seat(play, "a1").ids(WITNESS) == []
        assert Seat(play, "a1").ids("balai") == [report]
        row = db.session.get_one(Report, report)
        assert row.text == row.original_text == TEXT


def test_a_choice_is_kept_with_who_and_when_and_the_log_holds_no_words(
    app: Flask, sign_in: SignIn, report: int
) -> None:
    sign_in("a1").send(f"/laporan/{report}/versi-publik/", {"samarkan_kata": WITNESS})
    with app.app_context():
        kept = db.session.scalars(select(MaskChoice)).all()
        assert {row.words for row in kept} == {WITNESS, WITNESS.upper()}
        assert all(row.hidden and row.user_id and row.agency_id and row.at for row in kept)
        noted = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "report.masking_chosen")
        ).one()
        assert (noted.object_id, noted.data) == (report, {"hidden": 2, "shown": 0})


def test_a_choice_goes_on_holding_when_the_text_is_edited(
    app: Flask, sign_in: SignIn, play: Play, report: int
) -> None:
    sign_in("a1").send(f"/laporan/{report}/versi-publik/", {"samarkan_kata": WITNESS})
    with app.app_context():
        play.correct(report, by="a", title=f"Kata {WITNESS}", text=f"Disunting: {WITNESS} melihatnya.")
    page = sign_in(None).get(f"/publik/laporan/{report}/").text
    assert "Disunting" in page
    assert WITNESS not in page


def test_an_old_report_needs_no_new_text(app: Flask, sign_in: SignIn, report: int) -> None:
    """What lay there before anything was decided is masked as it is read."""
    with app.app_context(), transaction() as session:
        row = session.get_one(Report, report)
        row.text = row.original_text = "No HP : 081290001111masih aktif, WA081290002221"
        row.mask_choices = None
    for url in outlets(report):
        page = sign_in(None).get(url).text
        assert "081290001111" not in page
        assert "081290002221" not in page


@pytest.mark.parametrize(
    ("who", "refused"),
    [("a1", None), ("a1b", None), ("a", None), ("pusat", None), ("b1", Forbidden),
     ("supervisor", Forbidden), ("a2", NotFound), ("warga", Forbidden), ("warga2", NotFound)],
)  # fmt: skip
def test_only_who_verifies_corrects_or_holds_may_choose(
    app: Flask, play: Play, report: int, who: str, refused: type[Exception] | None
) -> None:
    with app.app_context(), play.by(who) as (session, actor):
        ask = [MaskingChoice(WITNESS, hidden=True)]
        if refused is None:
            public_choices.choose(session, actor, report, ask, play.now)
        else:
            with pytest.raises(refused):
                public_choices.choose(session, actor, report, ask, play.now)
        session.flush()
        assert bool(session.scalar(select(func.count()).select_from(MaskChoice))) is (refused is None)


@pytest.mark.parametrize("words", ["", " ", "M", "x" * 201, "Sukarni"])
def test_words_that_cannot_be_meant_are_refused(app: Flask, play: Play, report: int, words: str) -> None:
    with app.app_context(), play.by("a1") as (session, actor), pytest.raises(Invalid):
        public_choices.choose(session, actor, report, [MaskingChoice(words, hidden=True)], play.now)


def test_the_page_of_choices_is_for_who_reads_it_whole(sign_in: SignIn, report: int) -> None:
    url = f"/laporan/{report}/versi-publik/"
    assert [sign_in(who).get(url).status_code for who in ("a1", "a", "b1", "a2")] == [200, 403, 403, 404]
    assert 'id="versi-publik"' in sign_in("a1").get(f"/laporan/{report}/").text
    assert 'id="versi-publik"' not in sign_in("a").get(f"/laporan/{report}/").text


def test_a_public_answer_with_personal_data_is_shown_first(app: Flask, sign_in: SignIn, report: int) -> None:
    person, url = sign_in("a1"), f"/laporan/{report}/tindak-lanjut/"
    answer = f"Saudara {NAME} kami hubungi di {PHONE}."
    first = person.send(url, {"text": answer})
    assert first.status_code == 422
    said = unescape(first.text)
    assert "Periksa sebelum mengirim" in said
    assert "akan disamarkan bagi publik dan instansi lain" in said
    assert answer in said
    # Another text is looked at anew; the same one goes out, and the public reads it masked.
    again = {**hidden_fields(first.text), "text": f"{answer} Atau {CODE}."}
    second = person.client.post(url, data=again)
    assert second.status_code == 422
    sent = person.client.post(url, data={**hidden_fields(second.text), "text": f"{answer} Atau {CODE}."})
    assert sent.status_code == 303
    public = sign_in(None).get(f"/publik/laporan/{report}/").text
    assert "kami hubungi di" in public
    assert PHONE not in public
    assert HIDDEN in public


@pytest.mark.parametrize("data", [{"text": "Sudah kami perbaiki."}, {"text": f"HP {PHONE}", "secret": "y"}])
def test_an_answer_with_nothing_to_mask_or_a_secret_one_goes_out(
    sign_in: SignIn, report: int, data: dict[str, str]
) -> None:
    assert sign_in("a1").send(f"/laporan/{report}/tindak-lanjut/", data).status_code == 303
