"""Searching as officers do: words, phrases, orders, places, and nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.extensions import transaction
from app.models import Agency, Comment, FollowUp, Report, Reporter, Synonym
from app.rules.reports.tabs import Basis, Reach, Tab
from app.rules.reports.workflow import Action
from app.search.find import SearchOrder, SearchPlace
from app.search.passages import PassageKind
from tests.support.play import Play
from tests.support.seeking import Seat, dispatched

LAMPU = "Lampu jalan di Jalan Melati padam sejak tiga minggu."
SAMPAH = "Sampah menumpuk di dekat pasar; bau sekali."


def test_words_are_found_by_their_stem(play: Play, seat: Callable[[str], Seat]) -> None:
    lamp, rubbish = dispatched(play, LAMPU), dispatched(play, SAMPAH)
    a = seat("a")
    assert a.ids("lampu") == [lamp]
    assert a.ids("LAMPUNYA dipadamkan") == [lamp]
    assert a.ids("lámpu") == [lamp], "accents do not count"
    assert a.ids("bau") == [rubbish]
    assert a.ids("lampu bau") == []
    assert a.ids("keluhan") == [rubbish, lamp], "the title too, newest first"
    assert a.ids("-lampu") == [rubbish]
    assert a.ids("keluhan -bau") == [lamp]
    assert a.ids('"jalan melati"') == [lamp]
    assert a.ids('"melati jalan"') == []
    assert a.ids('"warga lampu"') == [], "no phrase goes from the title into the text"
    assert a.ids("yang di dan") == [], "nothing but noise"
    assert a.ids() == [rubbish, lamp]


def test_dilaporkan_pelaporan_and_laporan_are_one(play: Play, seat: Callable[[str], Seat]) -> None:
    made = [
        dispatched(play, f"Kami sudah {word} ke kantor.") for word in ("dilaporkan", "pelaporan", "laporan")
    ]
    for word in ("melaporkan", "laporan", "terlaporkan", "pelaporan"):
        assert sorted(seat("a").ids(word)) == made, word


def test_synonyms_are_the_list_of_the_moment(play: Play, seat: Callable[[str], Seat]) -> None:
    short = dispatched(play, "PJU di gang kami mati.")
    long = dispatched(play, "Penerangan jalan umum tdk menyala.")
    a = seat("a")
    assert a.ids("PJU") == a.ids("lampu jalan") == a.ids("penerangan jalan umum") == [long, short]
    assert a.ids("tidak menyala") == [long]
    apart = dispatched(play, "Lampu di sepanjang jalan dipasang.")
    assert a.ids("lampu jalan") == [apart, long, short], "words without quotes may stand apart"
    assert a.ids('"lampu jalan"') == []
    assert a.ids('"PJU"') == [short], "a phrase is meant as it stands"
    assert a.ids("kaliwungu") == []
    with transaction() as session:
        session.add(Synonym(words="kaliwungu, gang"))
    assert a.ids("kaliwungu") == [short]


@pytest.mark.parametrize("typed", ["#{}", "{}", " # {} ", "#{}\r\n", "\t{}\n", "＃{}", "#0{}"])
def test_a_tracking_number_however_it_is_pasted(play: Play, seat: Callable[[str], Seat], typed: str) -> None:
    """Case E1."""
    dispatched(play, SAMPAH)
    report = dispatched(play, LAMPU)
    assert seat("a").ids(typed.format(report)) == [report]


def test_a_foreign_number_answers_like_none(play: Play, seat: Callable[[str], Seat]) -> None:
    foreign = dispatched(play, LAMPU, to="b")
    a = seat("a")
    for form in ("#{}", "{}"):
        found, absent = a.find(form.format(foreign)), a.find(form.format(987_654_321))
        assert found == absent
        assert (list(found.hits), found.count, found.more) == ([], 0, False)
    assert seat("b").ids(f"#{foreign}") == [foreign]


def test_a_number_without_hash_is_looked_for_in_texts(play: Play, seat: Callable[[str], Seat]) -> None:
    other = dispatched(play, SAMPAH)
    report = dispatched(play, "Surat nomor 778899 belum dijawab.")
    assert seat("a").ids("778899") == [report]
    assert seat("a").ids("#778899") == []
    dispatched(play, f"Sama seperti laporan {other}.")
    assert seat("a").ids(str(other)) == [other]
    assert len(seat("a").ids(f'"{other}"')) == 1


def test_nobody_learns_of_what_they_do_not_see(play: Play, seat: Callable[[str], Seat]) -> None:
    """Case R1: words and numbers that stand in reports of A alone; names and contacts nowhere."""
    for number in range(4):
        dispatched(play, f"Hubungi 081234500099 bila perlu, kata Sulastri {number}.")
    mine = [dispatched(play, f"Air keruh di rumah {number}.", to="b") for number in range(30)]
    with play.by("pusat") as (session, _):
        reporter = session.query(Reporter).filter(Reporter.name == "Warga WARGA").one()
        reporter.name, reporter.phone = "Kartolo Sulistyo", "+6281234567890"
        email = reporter.email
    b = seat("b")
    for typed in ("081234500099", "Sulastri", "sulastri -keruh"):
        found = b.find(typed)
        assert (list(found.hits), found.count, found.more) == ([], 0, False), typed
    for typed in ("Kartolo Sulistyo", "kartolo", email, "+6281234567890", "6281234567890"):
        assert seat("pusat").ids(typed) == [], typed
    page = b.find("air")
    assert [hit.report_id for hit in page.hits] == mine[:4:-1], "pages are full"
    assert (page.more, page.count) == (True, 30)
    rest = b.find("air", after=page.next)
    assert [hit.report_id for hit in rest.hits] == mine[4::-1]
    assert (rest.more, rest.count) == (False, None)


def test_a_copy_reads_no_more_than_its_page_shows(play: Play, seat: Callable[[str], Seat]) -> None:
    """What the desk took out of the reporter's text is for those who see the whole report."""
    report = play.file(text="Pak Markonah di Jalan Kenari memungut uang.", title="Pungli")
    play.verify_as(report, title="Pungutan", text="Petugas memungut uang.", to="a")
    play.forward(report, by="a", to="a1", copies=("b1",))
    for name in ("a", "a1", "pusat"):
        assert seat(name).ids("markonah") == seat(name).ids("memungut") == [report], name
    assert seat("b1").ids("memungut") == [report]
    assert seat("b1").ids("markonah") == seat("b1").ids("kenari") == []
    assert seat("b1").ids("memungut -markonah") == [report]
    assert seat("a1").ids("memungut -markonah") == []
    (hit,) = seat("b1").find("memungut").hits
    assert hit.basis is Basis.COPY
    assert seat("a1").passage("markonah", report).kind is PassageKind.ORIGINAL
    assert seat("b1").ids("pungut") == [report]


def test_follow_ups_replies_and_comments_are_found_with_their_passage(
    play: Play, seat: Callable[[str], Seat]
) -> None:
    report = play.in_progress("a")
    play.follow_up(report, by="a", secret=True)
    play.comment(report, by="a")
    play.reply(report)
    a = seat("a")
    for word, kind in (
        ("ditangani", PassageKind.FOLLOW_UP),
        ("dicek", PassageKind.COMMENT),
        ("selesai", PassageKind.REPLY),
    ):
        assert a.ids(word) == [report], word
        assert a.passage(word, report).kind is kind
    with transaction() as session:
        secret = session.query(FollowUp).filter(FollowUp.is_secret).one()
        secret.text = "Teguran kepada petugas Sumringah."
    assert a.ids("sumringah") == seat("pusat").ids("sumringah") == [report], "as on the report's page"
    assert seat("b").ids("sumringah") == []


def test_a_passage_marks_the_words_and_is_plain_text(play: Play, seat: Callable[[str], Seat]) -> None:
    text = "Awal. " * 30 + "Lampu <b>jalan</b> mati & gelap,\nlampunya tua. " + "Akhir. " * 60
    report = dispatched(play, text)
    found = seat("a").passage("jalan lampu", report)
    assert [part for part, marked in found.parts if marked] == ["Lampu", "jalan", "lampunya"]
    whole = "".join(part for part, _ in found.parts)
    assert "<b>jalan</b> mati & gelap, lampunya" in whole
    assert len(whole) < 300
    assert whole.startswith("…")
    assert whole.endswith("…")


def test_an_agency_is_found_by_its_name_of_the_moment(play: Play, seat: Callable[[str], Seat]) -> None:
    """Case E4."""
    report = dispatched(play, SAMPAH, to="a1")
    assert seat("a").ids("unit a1") == [report]
    with transaction() as session:
        agency = session.get_one(Agency, play.world.a1)
        agency.name, agency.alias = "Balai Kebersihan", "BK"
    assert seat("a").ids("balai kebersihan") == [report]
    assert seat("a").ids("unit a1") == []
    assert seat("a").ids("balai kebersihan -sampah") == []
    assert seat("b").ids("balai kebersihan") == []


def test_what_was_changed_or_hidden_is_found_no_more(play: Play, seat: Callable[[str], Seat]) -> None:
    report = play.in_progress("a")
    play.comment(report, by="a")
    a = seat("a")
    assert a.ids("dicek") == [report]
    with transaction() as session:
        session.query(Comment).one().hidden_at = play.now
    assert a.ids("dicek") == []
    play.correct(report, by="pusat", text="Pohon tumbang menutup jalan.", title="Pohon tumbang")
    assert a.ids("pohon tumbang") == [report]
    assert a.ids("balai") == [report], "the reporter's own text stays as it was"
    with transaction() as session:  # redacted
        row = session.get_one(Report, report)
        row.original_text = row.original_title = row.text = row.title = "Dihapus atas permintaan"
    assert a.ids("balai") == a.ids("tumbang") == []
    assert a.ids("dihapus") == [report]


def test_who_no_longer_sees_it_no_longer_finds_it(play: Play, seat: Callable[[str], Seat]) -> None:
    report = dispatched(play, LAMPU)
    assert seat("b").ids("lampu") == []
    play.redirect(report, by="pusat", to="b")
    assert seat("a").ids("lampu") == []
    assert seat("b").ids("lampu") == [report]


def test_each_tab_searches_what_it_holds(play: Play, seat: Callable[[str], Seat]) -> None:
    """Manual 6.8: in Belum Ditindaklanjuti nothing is found that is in progress."""
    waiting, below = dispatched(play, LAMPU), dispatched(play, LAMPU)
    play.forward(below, by="a", to="a1")
    progress, closed, asked = (dispatched(play, LAMPU) for _ in range(3))
    for each in (progress, closed, asked):
        play.follow_up(each, by="a")
    play.close_own(closed)
    play.forward(asked, by="a", to="a1", copies=("b1",))
    play.follow_up(asked, by="a1")
    play.ask(asked, by="a1", action=Action.HOLD)
    a = seat("a")

    def held(tab: Tab, reach: Reach = Reach.OWN) -> list[int]:
        return sorted(a.ids("lampu", place=SearchPlace(tab, reach)))

    assert held(Tab.WAITING) == [waiting]
    assert held(Tab.WAITING, Reach.BELOW) == [waiting, below]
    assert held(Tab.PROGRESS) == [progress]
    assert held(Tab.PROGRESS, Reach.BELOW) == [progress, asked]
    assert held(Tab.CLOSED) == [closed]
    assert held(Tab.REQUESTS) == [asked]
    assert held(Tab.COPIES) == []
    assert seat("b1").ids("lampu", place=SearchPlace(Tab.COPIES, Reach.OWN)) == [asked]
    assert a.ids(f"#{progress}", place=SearchPlace(Tab.WAITING, Reach.OWN)) == []
    assert a.ids(f"#{waiting}", place=SearchPlace(Tab.WAITING, Reach.OWN)) == [waiting]
    assert sorted(a.ids("lampu")) == [waiting, below, progress, closed, asked], "once each"


@pytest.mark.parametrize("order", SearchOrder)
def test_pages_are_full_and_hold_each_hit_once(
    play: Play, seat: Callable[[str], Seat], order: SearchOrder
) -> None:
    made = []
    for number in range(7):
        play.later(hours=26)
        made.append(dispatched(play, f"Lampu padam {'lampu ' * (number % 3)}di tiang {number}."))
    play.follow_up(made[2], by="a")  # its clock runs out later than the others'
    a = seat("a")
    everything = a.ids("lampu", order=order)
    assert sorted(everything) == made
    paged, after = [], None
    while True:
        page = a.find("lampu", order=order, after=after, limit=3)
        assert len(page.hits) == 3 or not page.more
        paged += [hit.report_id for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert paged == everything
    wanted = {
        SearchOrder.NEWEST: made[::-1],
        SearchOrder.OLDEST: made,
        SearchOrder.DEADLINE: [each for each in made if each != made[2]] + [made[2]],
    }
    if order in wanted:
        assert everything == wanted[order]
    else:
        assert everything[0] in (made[2], made[5]), "the more often, the better"


def test_the_title_counts_more_than_the_text(play: Play, seat: Callable[[str], Seat]) -> None:
    best = dispatched(play, "Di dekat sekolah.", title="Jembatan retak")
    other = dispatched(play, "Jembatan di dekat sekolah.", title="Retak parah")
    assert seat("a").ids("jembatan", order=SearchOrder.BEST) == [best, other]
    assert seat("a").ids("jembatan", order=SearchOrder.NEWEST) == [other, best]


def test_who_may_not_read_reports_finds_none(play: Play, seat: Callable[[str], Seat]) -> None:
    dispatched(play, LAMPU)
    for name in ("statistik", "warga"):
        assert seat(name).ids("lampu") == []
    assert len(seat("supervisor").ids("lampu")) == 1
