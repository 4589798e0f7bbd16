"""The report page: the whole way of a report, its clocks, and what the desk changed in its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.access.public_text import WHOLE
from app.extensions import transaction
from app.models import DayOff, Report
from app.rules.reports.codes import Classification, EventKind
from app.rules.reports.workflow import Action, Carry, Clock
from app.services.agencies.succession import replace_delegator
from app.services.reports import requests
from app.views.reports.timeline import timeline
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import WIB, World

SignIn = Callable[[str | None], Person]


def section(page: str, heading: str) -> str:
    """The text of the folding section under `heading`, without tags."""
    part = page.split(f"<h2>{heading}</h2>", 1)[1].split("</details>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def page_of(person: Person, report: int) -> str:
    answer = person.get(f"/laporan/{report}/")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def menu_entry(page: str) -> str:
    """The entry of the sub-menu that is marked as the present one."""
    menu = page.split('class="sub-menu"', 1)[1].split("</nav>", 1)[0]
    marked = re.search(r'aria-current="page">([^<]+)<', menu)
    assert marked is not None
    return marked[1]


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """fixed(at): pages are read at this time; sessions do not end by it."""
    return lambda at: monkeypatch.setattr("app.views.web.context.now", lambda: at)


def test_who_had_it_and_gave_it_back_stays_in_the_chain(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=3))
        report = play.verified("a")
        play.later(hours=2)
        play.forward(report, by="a", to="a1")
        with play.by("a1") as (session, actor):
            request = requests.ask(
                session,
                actor,
                play.form(session, report),
                Action.HAND_BACK,
                play.now,
                reason="Jalan ini milik unit lain.",
                values={Carry.SUGGESTION: world.a2},
            )
            assert request is not None
            key = request.id
        play.later(hours=2)
        play.accept(key, by="a", to="a2")
        play.follow_up(report, by="a2")
    page = page_of(sign_in("a2"), report)
    chain = section(page, "Rantai disposisi")
    assert "Umur laporan 3 hari." in chain
    order = [chain.index(name) for name in ("Admin Pusat LAPOR!", "Instansi A", "Unit A1", "Unit A2")]
    assert order == sorted(order)
    assert re.search(
        r"Unit A1 · .* dilepas .* → Unit A2 · Bukan Wewenang · 0 hari di sini Karena Jalan ini milik unit lain",
        chain,
    )
    assert re.search(r"Unit A2 · [^·]* pemegang saat ini", chain)
    assert chain.count("pemegang saat ini") == 1
    clocks = section(page, "Tenggat")
    assert re.search(r"Verifikasi · Admin Pusat LAPOR! · 3 hari kerja terpenuhi", clocks)
    assert re.search(r"Tindak lanjut pertama · Unit A1 · 5 hari kerja dihentikan", clocks)
    assert re.search(r"Tindak lanjut pertama · Unit A2 · 5 hari kerja terpenuhi", clocks)
    assert re.search(r"Penutupan otomatis · Unit A2 · 10 hari Selesai otomatis dalam \d+ hari", clocks)
    asked = section(page, "Permintaan")
    assert re.search(r"Bukan Wewenang DITERIMA diajukan Unit A1 \(Petugas A1\)", asked)
    assert "Saran Instansi: Unit A2" in asked
    assert "wewenang Instansi A (Petugas A)" in asked


def test_an_agency_without_an_officer_says_who_acts_for_it(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.verified("a")
        play.forward(report, by="a", to="a3")
        staffed = play.verified("a1")
    words = "Instansi A bertindak a.n. instansi ini."
    assert words in section(page_of(sign_in("a"), report), "Rantai disposisi")
    assert words not in section(page_of(sign_in("a"), staffed), "Rantai disposisi")


def test_an_agency_that_was_deactivated_stays_in_the_chain(app: Flask, sign_in: SignIn, world: World) -> None:
    """No move of the table took the report from it, and yet its stay has an end."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(days=3))
        report = play.verified("a")
        play.forward(report, by="a", to="a1")
        play.later(days=1)
        with transaction() as session:
            assert list(replace_delegator(session, world.a, play.now)) == [report]
    chain = section(page_of(sign_in("a1"), report), "Rantai disposisi")
    assert re.search(r"Instansi A · .* dilepas .* · instansi dinonaktifkan · 1 hari di sini", chain)


def test_a_clock_counts_late_days_as_its_card_does_and_names_what_it_skips(
    app: Flask, sign_in: SignIn, world: World, fixed: Callable[[datetime], None]
) -> None:
    """Filed on Monday 8 June 2026: five working days end on the 15th; the 16th is a holiday."""
    with app.app_context():
        report = Play(world).verified("a")
        met = Play(world).verified("a")
        played = Play(world)
        played.later(days=10)
        played.follow_up(met, by="a")
    fixed(datetime(2026, 6, 22, 10, tzinfo=WIB))  # a Monday
    page = page_of(sign_in("a"), report)
    clocks = section(page, "Tenggat")
    # Wednesday to Friday and this Monday, not the holiday and not the weekend.
    assert re.search(r"Instansi A · 5 hari kerja Terlambat 4 hari", clocks)
    assert "Terlambat 4 hari" in page.split('class="due', 1)[1].split("</details>", 1)[0]
    assert "sampai Senin, 15 Juni 2026, akhir hari WIB Melewati 2 hari akhir pekan." in clocks
    # Met on Thursday the 18th: Wednesday and Thursday too late, whatever the day it is read on.
    assert re.search(
        r"Instansi A · 5 hari kerja terpenuhi, terlambat 2 hari",
        section(page_of(sign_in("a"), met), "Tenggat"),
    )


def test_a_holiday_is_named_and_a_hold_is_told(
    app: Flask, sign_in: SignIn, world: World, fixed: Callable[[datetime], None]
) -> None:
    with app.app_context():
        play = Play(world, datetime(2026, 6, 12, 10, tzinfo=WIB))  # a Friday
        report = play.verified("a")
        play.follow_up(report, by="a")
        play.later(days=1)
        play.decide(report, by="pusat", action=Action.HOLD)
    fixed(play.now + timedelta(days=3))
    clocks = section(page_of(sign_in("a"), report), "Tenggat")
    assert "Melewati: Sel, 16 Jun (" in clocks
    assert re.search(r"10 hari dihentikan sementara selama laporan ditahan", clocks)
    assert "Ditahan sejak Sabtu, 13 Juni 2026, 10.00 WIB." in clocks


def test_a_decided_clock_is_shown_as_stored_when_a_day_off_is_entered_later(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world)
        report = play.verified("a")
        play.later(days=1)
        play.follow_up(report, by="a")
        due = next(clock.due_at for clock in play.clocks(report) if clock.kind is Clock.FOLLOW_UP)
        with transaction() as session:
            session.add(DayOff(day=date(2026, 6, 10), agency_id=None, name="Cuti mendadak", works=False))
    assert due.astimezone(WIB).date() == date(2026, 6, 16)  # 24:00 of the 15th
    clocks = section(page_of(sign_in("a"), report), "Tenggat")
    line = clocks[clocks.index("Tindak lanjut pertama") :].split("Penutupan", 1)[0]
    assert "terpenuhi" in line
    assert "sampai Senin, 15 Juni 2026" in line
    assert "Dihitung dengan hari libur dan zona waktu yang berlaku saat itu." in line
    assert "Cuti mendadak" not in clocks


def test_a_copy_reads_the_substance_and_nothing_of_what_the_desk_took_out(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.verified("a", copies=("b",), text="Saya Suminah, lampu jalan padam.")
        play.correct(report, by="pusat", text="Lampu jalan mati sejak Senin.")
        with play.by("pusat") as (session, _actor):
            session.get_one(Report, report).external_source = "berkas"
            session.get_one(Report, report).external_id = "ASAL-77"
    copy, holder = page_of(sign_in("b"), report), page_of(sign_in("a"), report)
    for hidden in ("Suminah", "Warga WARGA", "ASAL-77", "Teks asli", "yang berubah"):
        assert hidden in holder, hidden
        assert hidden not in copy, hidden
    for shown in ("Lampu jalan mati sejak Senin.", "Rantai disposisi", "Tenggat", "Riwayat"):
        assert shown in copy
    assert re.search(r"Instansi B · sejak .* dari Admin Pusat LAPOR!", section(holder, "Salinan"))


def test_the_menu_marks_where_the_report_lies(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        here = play.in_progress("a", copies=("b",))
        done = play.in_progress("a", copies=("b",))
        play.close_own(done)
    assert menu_entry(page_of(sign_in("a"), here)) == "Kelola"
    assert menu_entry(page_of(sign_in("b"), here)) == "Salinan"
    assert menu_entry(page_of(sign_in("a"), done)) == "Selesai"
    assert menu_entry(page_of(sign_in("b"), done)) == "Selesai"


def test_the_history_says_what_was_asked_corrected_and_recorded(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.record(by="b1")
        play.verify(report, to="a")
        play.follow_up(report, by="a")
        play.reply(report, by="b1")
        play.correct(report, by="pusat", classification=Classification.INFORMATION)
        play.ask(report, by="a", action=Action.HAND_BACK, suggest="b")
    page = page_of(sign_in("a"), report)
    history = " ".join(re.sub(r"<[^>]+>", " ", page.split('class="history"', 1)[1]).split())
    for words in (
        "Laporan diterima : Tatap Muka Pelapor, dicatat oleh Unit B1 (Petugas B1)",
        "Ditanggapi oleh Pelapor Pelapor, dicatat oleh Unit B1 (Petugas B1)",
        "Klasifikasi: Pengaduan Tidak Berkadar Pengawasan → Permintaan Informasi",
        "Permintaan diajukan : Bukan Wewenang, saran: Instansi B",
    ):
        assert words in history, words
    assert "Dicatat oleh Unit B1" in section(page, "Keterangan")


def test_an_edit_at_verification_is_told_up_to_the_next_one(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    """The event keeps what was before; what came of it is what the correction found, not what is now."""
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.verified("a", text="Lampu jln di depan balai desa padam.")
        play.correct(report, by="pusat", text="Lampu jalan di depan pasar padam.")
    with app.test_request_context(), transaction() as session:
        entries = timeline(session, session.get_one(Report, report), WHOLE, original=True)
    edits = {entry.kind: entry.edits["text"] for entry in entries if "text" in entry.edits}
    assert edits == {
        EventKind.VERIFIED: (
            "Lampu jln di depan balai desa padam.",
            "Lampu jalan di depan balai desa padam.",
        ),
        EventKind.CORRECTED: (
            "Lampu jalan di depan balai desa padam.",
            "Lampu jalan di depan pasar padam.",
        ),
    }


def test_an_edited_text_is_shown_as_what_was_removed_and_added(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        report = play.verified("a", text="Lampu jln di depan balai desa padam.")
        plain = play.file(text="Tidak disunting.")
    page = sign_in("a").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "Teks asli dan suntingan" in page
    removed = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<del>(.*?)</del>", page, re.S)]
    added = [re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<ins>(.*?)</ins>", page, re.S)]
    assert any("jln" in part for part in removed)
    assert any("jalan" in part for part in added)
    assert "Teks asli dan suntingan" not in sign_in("pusat").get(f"/laporan/{plain}/").get_data(as_text=True)


def test_the_form_shows_what_an_edit_would_change(app: Flask, sign_in: SignIn, world: World) -> None:
    with app.app_context():
        report = Play(world, datetime.now(UTC) - timedelta(hours=2)).file(text="Lampu jln padam.")
    root = sign_in("pusat")
    url = f"/laporan/{report}/verifikasi/"
    assert "Yang berubah" not in root.get(url).get_data(as_text=True)
    looked = root.send(url, {"text": "Lampu jalan padam.", "reload": "1"}).get_data(as_text=True)
    assert "Yang berubah" in looked
    assert "<ins>" in looked
