"""The desk's dialogs over HTTP: who gets which, what they do, and what a refusal keeps (manual 6.3 to 6.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import Comment, Copy, Report, Request
from app.rules.reports.actions import DEFINITIONS
from app.rules.reports.codes import Classification, RequestStatus
from app.rules.reports.workflow import Action, Situation, State, Verdict, Who, possible
from app.views.reports.buttons import MORE, ROW
from tests.support.http import Person, hidden_fields
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
OFFICERS = ("pusat", "supervisor", "a", "a1", "a2", "b")


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def at_a1(play: Play) -> int:
    """Held by A1, given by A, given by the root; followed up."""
    report = play.in_progress("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    return report


def forwarded(play: Play) -> int:
    """Held by A1, given by A, which has not followed it up yet."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    return report


def url(report: int, tail: str) -> str:
    return f"/laporan/{report}/{tail}/"


def report_of(app: Flask, report_id: int) -> Report:
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, report_id)
        session.expunge(report)
        return report


def requests_of(app: Flask, report_id: int) -> list[Request]:
    with app.app_context(), transaction() as session:
        found = list(
            session.scalars(select(Request).where(Request.report_id == report_id).order_by(Request.id))
        )
        session.expunge_all()
        return found


def copies_of(app: Flask, report_id: int) -> set[int]:
    with app.app_context(), transaction() as session:
        return set(session.scalars(select(Copy.agency_id).where(Copy.report_id == report_id)))


# The table of buttons.


def test_everything_an_officer_may_do_has_a_button_or_a_reason() -> None:
    officers = set(Who) - {Who.REPORTER, Who.SYSTEM}
    able = {
        pair
        for state in State
        for held in (False, True)
        for at_root in (False, True)
        for owed in (False, True)
        for who in officers
        for pair in possible(Situation(state, held, at_root, follow_up_owed=owed), {who}).items()
    }
    offered = {(what.action, door.verdict) for what, door in (*ROW, *MORE)}
    missing = (
        able - offered - {(each.action, Verdict.ALLOWED) for each in DEFINITIONS.values() if each.no_door}
    )
    assert missing == set(), "give these a door in app/rules/reports/actions.py, or say in no_door why not"
    assert offered - able == set(), "nobody can ever make these"


@pytest.fixture
def reports(app: Flask, play: Play) -> Mapping[str, int]:
    """One report in each state and standing that a button depends on."""
    with app.app_context():
        made = {
            "new": play.file(),
            "waiting": play.verified("a"),
            "leaf": at_a1(play),
            "owed": forwarded(play),
            "root": play.verified("root"),
            "copied": play.verified("b", copies=("a",)),
        }
        made["incomplete"] = play.file()
        play.ask_details(made["incomplete"])
        made["asked"] = at_a1(play)
        play.ask(made["asked"], by="a1", action=Action.HAND_BACK, suggest="b")
        play.ask(made["asked"], by="a1", action=Action.CLOSE)
        made["held"] = at_a1(play)
        play.decide(made["held"], by="a", action=Action.HOLD)
        made["closed"] = at_a1(play)
        play.decide(made["closed"], by="a", action=Action.CLOSE)
        made["archived"] = play.file()
        play.archive(made["archived"])
        return made


@pytest.mark.parametrize("who", OFFICERS)
def test_a_button_is_shown_exactly_where_its_page_opens(
    app: Flask, sign_in: SignIn, reports: Mapping[str, int], who: str
) -> None:
    person, shown_somewhere = sign_in(who), False
    with app.test_request_context():
        from flask import url_for

        tails = {
            (what.action, door): url_for(
                door.endpoint, report_id=0, **({"slug": door.slug} if door.slug else {})
            )
            for what, door in (*ROW, *MORE)
        }
    for name, report in reports.items():
        page = person.get(f"/laporan/{report}/")
        links = {unescape(link) for link in re.findall(r'href="([^"]+)"', page.get_data(as_text=True))}
        for (action, _door), tail in tails.items():
            address = tail.replace("/0/", f"/{report}/")
            answer = person.get(address).status_code
            if action is Action.FORWARD and answer == 200 and address not in links:
                continue  # a unit with nothing below it: open by its address, yet no use
            assert (answer == 200) == (address in links), (name, who, address, answer)
            assert answer in (200, 403, 404), (name, who, address)
            shown_somewhere |= address in links
    assert shown_somewhere == (who not in ("supervisor", "a2"))


def test_a_leaf_has_no_teruskan_and_a_parent_has(
    app: Flask, sign_in: SignIn, reports: Mapping[str, int]
) -> None:
    leaf = sign_in("a1").get(f"/laporan/{reports['leaf']}/").get_data(as_text=True)
    parent = sign_in("a").get(f"/laporan/{reports['waiting']}/").get_data(as_text=True)
    assert "/teruskan/" not in leaf
    assert "/teruskan/" in parent


def test_lainnya_has_requests_for_the_holder_and_moves_for_the_delegator(
    app: Flask, sign_in: SignIn, reports: Mapping[str, int]
) -> None:
    def menu(who: str, name: str) -> list[str]:
        page = sign_in(who).get(f"/laporan/{reports[name]}/").get_data(as_text=True)
        part = page.split("actions__more", 1)[1].split("</details>", 1)[0] if "actions__more" in page else ""
        return re.findall(r'class="menu__item"[^>]*>([^<]+)<', part)

    assert menu("a1", "leaf") == ["Permintaan Tahan Laporan", "Permintaan Tutup Laporan"]
    assert menu("a1", "held") == ["Permintaan Lepas Tahan Laporan", "Permintaan Tutup Laporan"]
    assert menu("a1", "owed") == ["Permintaan Perpanjangan Waktu"]
    assert menu("a", "owed") == ["Perpanjang Waktu", "Ubah Disposisi", "Koreksi"]
    assert menu("a1", "closed") == ["Permintaan Buka Laporan"]
    assert menu("a", "leaf") == ["Tahan Laporan", "Tutup Laporan", "Ubah Disposisi", "Koreksi"]
    assert menu("a", "held") == ["Lepas Tahan Laporan", "Tutup Laporan", "Ubah Disposisi", "Koreksi"]
    assert menu("a", "closed") == ["Buka Laporan", "Koreksi"]
    assert menu("pusat", "archived") == ["Buka Arsip"]
    assert menu("pusat", "new") == ["Tunda", "Arsipkan", "Koreksi"]


# What each does.


def test_a_comment(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
    done = sign_in("a").send(url(report, "komentar"), {"text": "Mohon <b>dicek</b> bersama."})
    assert done.status_code == 303
    with app.app_context(), transaction() as session:
        assert session.scalars(select(Comment.text)).all() == ["Mohon <b>dicek</b> bersama."]
    page = sign_in("a1").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "Mohon &lt;b&gt;dicek&lt;/b&gt; bersama." in page


def test_forwarding_with_copies_ticked_and_typed(
    app: Flask, sign_in: SignIn, world: World, play: Play
) -> None:
    with app.app_context():
        report = play.verified("a")
    officer = sign_in("a")
    done = officer.send(
        url(report, "teruskan"),
        {
            "agency_query": "unit a1",
            "internal": [str(world.a2)],
            "external_query": "unit b1",
        },
    )
    assert done.status_code == 303
    assert report_of(app, report).holder_id == world.a1
    assert copies_of(app, report) == {world.a2, world.b1}
    assert sign_in("b1").get(f"/laporan/{report}/").status_code == 200


def test_several_hits_are_offered_and_nothing_is_lost(
    app: Flask, sign_in: SignIn, world: World, play: Play
) -> None:
    with app.app_context():
        report = play.verified("a")
    officer = sign_in("a")
    refused = officer.send(
        url(report, "teruskan"), {"agency_query": "unit", "internal": [str(world.a2)], "external_query": "b"}
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Pilih salah satu instansi dari hasil pencarian." in page
    assert "Centang instansi yang Anda maksud" in page
    assert f'name="agency_choice" value="{world.a1}"' in page
    assert f'name="internal" value="{world.a2}" checked' in page
    assert f'name="external" value="{world.b1}"' in page
    # Only units below the holder are offered, and only what lies outside of its house is external.
    assert f'name="agency_choice" value="{world.b1}"' not in page
    assert f'name="external" value="{world.a1}"' not in page
    again = {**hidden_fields(page), "agency_query": "unit", "agency_choice": str(world.a1)}
    done = officer.client.post(url(report, "teruskan"), data={**again, "internal": [str(world.a2)]})
    assert done.status_code == 303
    assert (report_of(app, report).holder_id, copies_of(app, report)) == (world.a1, {world.a2})


def test_a_unit_outside_is_refused_even_by_its_key(
    app: Flask, sign_in: SignIn, world: World, play: Play
) -> None:
    with app.app_context():
        report = play.verified("a")
    for foreign in (world.b1, world.a, world.agencies["root"]):
        refused = sign_in("a").send(url(report, "teruskan"), {"agency": str(foreign)})
        assert refused.status_code == 422
        assert "Pilih unit di bawah instansi pemegang laporan." in refused.get_data(as_text=True)
    assert report_of(app, report).holder_id == world.a


def test_an_unstaffed_unit_warns_first(app: Flask, sign_in: SignIn, world: World, play: Play) -> None:
    with app.app_context():
        report = play.verified("a")
    officer = sign_in("a")
    warned = officer.send(url(report, "teruskan"), {"agency_query": "unit a3"})
    page = warned.get_data(as_text=True)
    assert warned.status_code == 422
    assert "belum memiliki petugas aktif" in page
    assert report_of(app, report).holder_id == world.a
    done = officer.client.post(url(report, "teruskan"), data=hidden_fields(page))
    assert done.status_code == 303
    assert report_of(app, report).holder_id == world.agencies["a3"]


def test_too_many_copies_are_said(app: Flask, sign_in: SignIn, world: World, play: Play) -> None:
    with app.app_context():
        report = play.verified("a")
    many = [str(number) for number in range(1, 300)]
    refused = sign_in("a").send(url(report, "teruskan"), {"agency": str(world.a1), "internal": many})
    assert refused.status_code == 422
    assert "Paling banyak 50 instansi" in refused.get_data(as_text=True)
    assert copies_of(app, report) == set()


@pytest.mark.parametrize(
    ("slug", "action", "word"),
    [
        ("tahan", Action.HOLD, "ditahan"),
        ("tutup", Action.CLOSE, "ditutup"),
    ],
)
def test_asking_rejecting_and_withdrawing(
    app: Flask, sign_in: SignIn, play: Play, slug: str, action: Action, word: str
) -> None:
    with app.app_context():
        report = at_a1(play)
    asker, decider = sign_in("a1"), sign_in("a")
    form = asker.get(url(report, f"permintaan/{slug}")).get_data(as_text=True)
    bare = slug.replace("-", " ")
    assert f"Apakah Anda yakin ingin meminta {bare} laporan ini?" in form
    assert f"Alasan {bare}:" in form
    assert f"meminta <strong>{bare}</strong> laporan ini!" in form
    empty = asker.send(url(report, f"permintaan/{slug}"), {"reason": " "})
    assert (empty.status_code, requests_of(app, report)) == (422, [])
    assert asker.send(url(report, f"permintaan/{slug}"), {"reason": "Masih diusut."}).status_code == 303
    (request,) = requests_of(app, report)
    assert (request.action, request.status, request.reason) == (action, RequestStatus.OPEN, "Masih diusut.")
    # The asker reads that it waits, the decider finds it in Permintaan.
    card = asker.get(f"/laporan/{report}/").get_data(as_text=True)
    assert f"sedang diminta untuk {word}" in card
    assert "BELUM DIPROSES" in card
    assert "Karena Masih diusut." in card
    assert "Batalkan Permintaan" in card
    assert f"#{report}<" in decider.get("/laporan/kelola/permintaan/").get_data(as_text=True)
    tail = f"permintaan/{request.id}"
    assert decider.send(url(report, f"{tail}/tolak"), {"answer": ""}).status_code == 422
    assert decider.send(url(report, f"{tail}/tolak"), {"answer": "Belum perlu."}).status_code == 303
    card = asker.get(f"/laporan/{report}/").get_data(as_text=True)
    assert "DITOLAK" in card
    assert "Jawaban: Belum perlu." in card
    # A decided one is over for everybody (case D1).
    for who, end in ((decider, "terima"), (decider, "tolak"), (asker, "batalkan")):
        assert who.get(url(report, f"{tail}/{end}")).status_code == 409
    # Asked anew, and taken back.
    assert (
        asker.send(url(report, f"permintaan/{slug}"), {"reason": "Mohon dipertimbangkan."}).status_code == 303
    )
    second = requests_of(app, report)[1]
    assert asker.send(url(report, f"permintaan/{second.id}/batalkan"), {}).status_code == 303
    assert requests_of(app, report)[1].status is RequestStatus.WITHDRAWN


def test_accepting_makes_the_move(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
        request = play.ask(report, by="a1", action=Action.HOLD)
    decider = sign_in("a")
    page = decider.get(url(report, f"permintaan/{request}/terima")).get_data(as_text=True)
    form = {**hidden_fields(page), "answer": "Setuju."}
    twice = [decider.client.post(url(report, f"permintaan/{request}/terima"), data=form) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [303, 303]
    assert report_of(app, report).held is True
    assert requests_of(app, report)[0].status is RequestStatus.ACCEPTED
    card = sign_in("a1").get(f"/laporan/{report}/").get_data(as_text=True)
    assert "DITERIMA" in card
    assert "Laporan ditahan" in card


@pytest.mark.parametrize(
    ("suggested", "offered", "picked"),
    [("a2", "Unit A2", None), ("b1", "Instansi A", None), ("a2", "Unit A2", "a")],
)
def test_an_accepted_hand_back_goes_where_the_decider_picks(
    app: Flask, sign_in: SignIn, world: World, play: Play, suggested: str, offered: str, picked: str | None
) -> None:
    """The suggestion stands first, where it lies below the decider; else the decider keeps the report."""
    with app.app_context():
        report = at_a1(play)
    asker, decider = sign_in("a1"), sign_in("a")
    asked = asker.send(
        url(report, "bukan-wewenang"), {"suggestion": str(world.agencies[suggested]), "reason": ""}
    )
    assert asked.status_code == 303
    (request,) = requests_of(app, report)
    address = url(report, f"permintaan/{request.id}/terima")
    page = decider.get(address).get_data(as_text=True)
    assert f'value="{offered}"' in page
    more = {} if picked is None else {"agency": str(world.agencies[picked]), "agency_query": ""}
    done = decider.client.post(address, data={**hidden_fields(page), **more})
    assert done.status_code == 303
    goes = picked or (suggested if suggested != "b1" else "a")
    assert report_of(app, report).holder_id == world.agencies[goes]


def test_a_hand_back_needs_a_suggestion(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
    refused = sign_in("a1").send(url(report, "bukan-wewenang"), {"reason": "Bukan kami."})
    assert refused.status_code == 422
    assert "Pilih saran instansi." in refused.get_data(as_text=True)
    assert "Bukan kami." in refused.get_data(as_text=True)
    assert requests_of(app, report) == []


def test_the_delegators_own_moves(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
    delegator = sign_in("a")
    for slug, held, state in (
        ("tahan", True, State.IN_PROGRESS),
        ("lepas-tahan", False, State.IN_PROGRESS),
        ("tutup", False, State.CLOSED),
        ("buka", False, State.IN_PROGRESS),
    ):
        done = delegator.send(url(report, f"tindakan/{slug}"), {"reason": "Sudah diperiksa."})
        assert done.status_code == 303, slug
        now = report_of(app, report)
        assert (now.held, now.state) == (held, state), slug


def test_the_central_desk_puts_off_archives_and_restores(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        put_off, archived = play.file(), play.file()
    root = sign_in("pusat")
    assert root.send(url(put_off, "tunda"), {"text": ""}).status_code == 422
    assert root.send(url(put_off, "tunda"), {"text": "Di jalan apa?"}).status_code == 303
    assert report_of(app, put_off).state is State.INCOMPLETE
    assert f"#{put_off}<" in root.get("/laporan/kelola/ditunda/").get_data(as_text=True)
    refused = root.send(url(archived, "arsipkan"), {"reason_code": "", "text": "Tidak jelas."})
    assert (refused.status_code, report_of(app, archived).state) == (422, State.UNVERIFIED)
    assert "Tidak jelas." in refused.get_data(as_text=True)
    made_up = root.send(url(archived, "arsipkan"), {"reason_code": "karangan", "text": "x"})
    assert made_up.status_code == 422
    done = root.send(url(archived, "arsipkan"), {"reason_code": "unclear", "text": "Tidak jelas."})
    assert (done.status_code, report_of(app, archived).state) == (303, State.ARCHIVED)
    back = root.send(url(archived, "tindakan/buka-arsip"), {"reason": "Ternyata jelas."})
    assert (back.status_code, report_of(app, archived).state) == (303, State.UNVERIFIED)


def test_a_correction_changes_what_differs(app: Flask, sign_in: SignIn, world: World, play: Play) -> None:
    with app.app_context():
        report = at_a1(play)
    before = report_of(app, report)
    delegator = sign_in("a")
    page = delegator.get(url(report, "koreksi")).get_data(as_text=True)
    assert before.original_text in page
    same = {
        "title": before.title,
        "text": before.text,
        "classification": before.classification.value,
        "category": str(before.category_id),
    }
    nothing = delegator.send(url(report, "koreksi"), same)
    assert nothing.status_code == 422
    assert "Tidak ada yang diubah." in nothing.get_data(as_text=True)
    done = delegator.send(
        url(report, "koreksi"), {**same, "title": "Judul yang benar", "classification": "information"}
    )
    assert done.status_code == 303
    after = report_of(app, report)
    assert (after.title, after.classification) == ("Judul yang benar", Classification.INFORMATION)
    assert (after.text, after.original_text) == (before.text, before.original_text)
    assert (after.state, after.holder_id) == (before.state, before.holder_id)


def test_a_redirect_stays_within_the_delegators_house(
    app: Flask, sign_in: SignIn, world: World, play: Play
) -> None:
    with app.app_context():
        report = at_a1(play)
    delegator = sign_in("a")
    refused = delegator.send(url(report, "ubah-disposisi"), {"agency": str(world.b1)})
    assert (refused.status_code, report_of(app, report).holder_id) == (422, world.a1)
    done = delegator.send(url(report, "ubah-disposisi"), {"agency_query": "unit a2", "note": "Wilayah A2."})
    assert (done.status_code, report_of(app, report).holder_id) == (303, world.a2)
    # The root reaches every agency.
    done = sign_in("pusat").send(url(report, "ubah-disposisi"), {"agency_query": "unit b1"})
    assert (done.status_code, report_of(app, report).holder_id) == (303, world.b1)


def test_one_returns_to_the_list_that_one_came_from_and_nowhere_else(
    app: Flask, sign_in: SignIn, play: Play
) -> None:
    with app.app_context():
        report = at_a1(play)
    officer = sign_in("a1")
    address = url(report, "komentar")
    here = "http://localhost/laporan/kelola/sedang-diproses/?cakupan=sendiri&urut=terbaru"
    for referrer, back in (
        (here, here.removeprefix("http://localhost")),
        ("https://evil.example.net/laporan/1/", f"/laporan/{report}/"),
        (f"http://localhost{address}", f"/laporan/{report}/"),
    ):
        page = officer.get(address, headers={"Referer": referrer}).get_data(as_text=True)
        done = officer.client.post(address, data={**hidden_fields(page), "text": "Baik."})
        assert (done.status_code, done.location) == (303, back)
    for forged in ("//evil.example.net/", "https://evil.example.net/laporan/", "javascript:alert(1)"):
        page = officer.get(address).get_data(as_text=True)
        done = officer.client.post(address, data={**hidden_fields(page), "text": "Baik.", "back": forged})
        assert done.location == f"/laporan/{report}/"


def test_looking_up_sends_nothing(app: Flask, sign_in: SignIn, world: World, play: Play) -> None:
    with app.app_context():
        report = play.verified("a")
    looked = sign_in("a").send(url(report, "teruskan"), {"agency_query": "unit a1", "reload": "1"})
    assert looked.status_code == 200
    assert f'name="agency" value="{world.a1}"' in looked.get_data(as_text=True)
    assert report_of(app, report).holder_id == world.a


def test_a_request_of_another_report_is_not_found(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        report, other = at_a1(play), at_a1(play)
        request = play.ask(report, by="a1", action=Action.HOLD)
    delegator = sign_in("a")
    assert delegator.get(url(report, f"permintaan/{request}/terima")).status_code == 200
    for end in ("terima", "tolak", "batalkan"):
        assert delegator.get(url(other, f"permintaan/{request}/{end}")).status_code == 404
        assert sign_in("b").get(url(report, f"permintaan/{request}/{end}")).status_code == 404
    assert requests_of(app, report)[0].status is RequestStatus.OPEN
