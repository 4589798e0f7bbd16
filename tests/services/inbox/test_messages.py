"""Messages between agencies: who receives, who reads, what one row does for all (manual 6.13; case F5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from app.access.inbox import messages as access
from app.access.inbox.badges import badges
from app.extensions import transaction
from app.models import Account, Agency, AgencyTree, Attachment, Conversation, Message, Post
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.inbox.messages import NO_ANSWER, NOBODY_BELOW, NOT_YOURS, pieces, pointed_at
from app.services.agencies import management
from app.services.inbox import messages
from tests.support.http import QueryCounter
from tests.support.play import Play

OFFICERS = ("pusat", "a", "a1", "a1b", "a2", "b", "b1")


def unread(play: Play, name: str) -> int:
    with play.by(name) as (session, actor):
        return badges(session, actor).messages


def unread_of(play: Play) -> dict[str, int]:
    """Who has how many unread messages; nobody without."""
    return {name: number for name in OFFICERS if (number := unread(play, name))}


def talks(play: Play, name: str, wanted: str = "") -> list[int]:
    with play.by(name) as (session, actor):
        return [line.id for line in access.conversations(session, actor, wanted=wanted)]


def announced(play: Play, name: str) -> list[int]:
    with play.by(name) as (session, actor):
        return [line.id for line in access.broadcasts(session, actor)]


def answer(play: Play, name: str, conversation: int, body: str = "Baik.", key: str = "") -> None:
    with play.by(name) as (session, actor):
        messages.answer(session, actor, conversation, body, play.now, key=key)


def mark(play: Play, name: str, conversation: int) -> None:
    with play.by(name) as (session, actor):
        upto = access.side_of(session, actor, conversation).state.last_post_id
        messages.mark_read(session, actor, conversation, upto, play.now)


@contextmanager
def refused(field: str, message: str) -> Iterator[None]:
    with pytest.raises(Invalid) as error:
        yield
    assert error.value.errors == {field: message}


def test_one_officer_sends_and_every_officer_of_each_agency_receives(play: Play) -> None:
    play.write("a", to=("a1", "a2"))
    assert unread_of(play) == {"a1": 1, "a1b": 1, "a2": 1}
    (first,) = talks(play, "a1")
    (second,) = talks(play, "a2")
    assert first != second
    assert set(talks(play, "a")) == {first, second}
    assert talks(play, "b") == talks(play, "pusat") == []
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 1


def test_an_answer_is_the_others_and_a_conversation_goes_on(play: Play) -> None:
    play.write("a", to=("a1",))
    (talk,) = talks(play, "a1")
    answer(play, "a1", talk, "Terlampir segera.")
    assert unread_of(play) == {"a": 1}  # who answers has read it
    with play.by("a1b") as (session, actor):
        side = access.side_of(session, actor, talk)
        assert side.read_by == "Petugas A1"
        written = access.posts(session, actor, side)
        assert [(each.agency, each.officer) for each in written] == [
            ("Instansi A", ""),  # between agencies, not between officers
            ("Unit A1", "Petugas A1"),
        ]
    answer(play, "a", talk, "Terima kasih.")
    assert unread_of(play) == {"a1": 1, "a1b": 1}


def test_marking_clears_the_dot_for_the_whole_agency_and_a_new_message_sets_it_again(play: Play) -> None:
    """Case F5."""
    play.write("a", to=("a1", "a2"))
    (talk,) = talks(play, "a1")
    with play.by("a1") as (session, actor):
        access.posts(session, actor, access.side_of(session, actor, talk))  # opening is not reading
    assert unread_of(play) == {"a1": 1, "a1b": 1, "a2": 1}
    mark(play, "a1b", talk)
    assert unread_of(play) == {"a2": 1}
    with play.by("a1") as (session, actor):
        side = access.side_of(session, actor, talk)
        assert (side.read_by, side.state.read_at) == ("Petugas A1B", play.now)
    play.later(minutes=1)
    mark(play, "a1", talk)  # too late to have been the one
    with play.by("a1") as (session, actor):
        assert access.side_of(session, actor, talk).read_by == "Petugas A1B"
    answer(play, "a", talk, "Satu lagi.")
    assert unread_of(play) == {"a1": 1, "a1b": 1, "a2": 1}


def test_what_came_after_the_page_was_opened_stays_unread(play: Play) -> None:
    first = play.write("a", to=("a1",))
    (talk,) = talks(play, "a1")
    answer(play, "a", talk, "Tambahan.")
    with play.by("a1") as (session, actor):
        messages.mark_read(session, actor, talk, first, play.now)
    assert unread_of(play) == {"a1": 1, "a1b": 1}


@pytest.mark.parametrize("to", ["b", "b1", "root"])
def test_it_goes_below_or_directly_above_and_nowhere_else(play: Play, to: str) -> None:
    """Checked on the server: A2 may write to A alone, A1's siblings and the root are beyond it."""
    with refused("agencies", NOT_YOURS):
        play.write("a2", to=(to,))
    with refused("agencies", NOT_YOURS):
        play.write("a2", to=("a", to))
    with refused("agencies", NOT_YOURS):
        play.write("a2", to=("a2",))
    play.write("a2", to=("a",))
    assert unread_of(play) == {"a": 1}


def test_an_agency_out_of_use_receives_nothing_and_answers_nothing(play: Play) -> None:
    play.write("a", to=("a3",))
    (talk,) = talks(play, "a")
    with transaction() as session:
        session.get_one(Agency, play.world.a3).active = False
    with refused("agencies", NOT_YOURS):
        play.write("a", to=("a3",))
    with pytest.raises(Forbidden):
        answer(play, "a", talk)


def test_text_and_receiver_are_needed_a_title_is_not(play: Play) -> None:
    with refused("text", "Kolom ini wajib diisi."):
        play.write("a", " ", to=("a1",))
    with pytest.raises(Invalid):
        play.write("a")
    play.write("a", to=("a1",), title="")


def test_an_announcement_takes_no_answer(play: Play) -> None:
    play.write("a", to=("a1",), announcement=True)
    (talk,) = talks(play, "a1")
    for name in ("a1", "a"):
        with pytest.raises(Forbidden, match=NO_ANSWER):
            answer(play, name, talk)
    mark(play, "a1", talk)
    assert unread_of(play) == {}


def test_foreign_conversations_are_not_there(play: Play) -> None:
    play.write("a", to=("a1",))
    (talk,) = talks(play, "a1")
    for stranger in ("a2", "b", "pusat", "supervisor", "warga"):
        with pytest.raises(NotFound):
            answer(play, stranger, talk)
        with pytest.raises(NotFound):
            mark(play, stranger, talk)
    with pytest.raises(NotFound):
        answer(play, "a1", 987_654)
    with pytest.raises(Forbidden):
        play.write("supervisor", to=("a",))


def test_a_second_click_sends_nothing_more(play: Play) -> None:
    for _ in range(2):
        with play.by("a") as (session, actor):
            draft = messages.Draft("Sekali.", agency_ids=(play.world.a1,))
            messages.send(session, actor, draft, play.now, key="satu")
    (talk,) = talks(play, "a1")
    for _ in range(2):
        answer(play, "a1", talk, key="dua")
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 2


def test_a_broadcast_reaches_all_below_and_nobody_else(play: Play) -> None:
    post = play.write("a", to_all=True)
    assert unread_of(play) == {"a1": 1, "a1b": 1, "a2": 1}
    for name in ("a", "a1", "a2"):
        assert announced(play, name) == [post]
    for name in ("b", "b1", "pusat"):
        assert announced(play, name) == []
        with play.by(name) as (session, actor), pytest.raises(NotFound):
            access.broadcast(session, actor, post)
    with refused("to_all", NOBODY_BELOW):
        play.write("a1", to_all=True)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 0


def test_the_watermark_is_the_agencys_and_says_who_moved_it(play: Play) -> None:
    first, second = play.write("pusat", to_all=True), play.write("a", to_all=True)
    assert unread(play, "a1") == 2
    with play.by("a1b") as (session, actor):
        messages.mark_broadcast(session, actor, first, play.now)
    assert unread(play, "a1") == unread(play, "a1b") == 1
    assert unread(play, "a2") == 2
    play.later(minutes=5)
    with play.by("a1") as (session, actor):
        messages.mark_broadcast(session, actor, second, play.now)
        messages.mark_broadcast(session, actor, first, play.now)
    assert unread(play, "a1b") == 0
    with play.by("a1") as (session, actor):
        assert access.broadcast(session, actor, first).read_by == "Petugas A1B"
        assert access.broadcast(session, actor, second).read_by == "Petugas A1"
    play.write("a", to_all=True)
    assert unread(play, "a1") == 1


def test_who_comes_below_later_does_not_read_what_was_sent_before(play: Play) -> None:
    before = play.write("a", to_all=True)
    play.later(minutes=1)
    with transaction() as session:
        new = management.create(session, "Unit A4", play.world.a, play.now)
        session.get_one(Account, play.world.account(session, "a1b").id).agency_id = new.id
    assert unread(play, "a1b") == 0
    assert announced(play, "a1b") == []
    with play.by("a1b") as (session, actor), pytest.raises(NotFound):
        access.broadcast(session, actor, before)
    play.later(minutes=1)
    after = play.write("a", to_all=True)
    assert announced(play, "a1b") == [after]
    assert unread(play, "a1b") == 1


def test_a_unit_that_moves_reads_from_then_on(play: Play) -> None:
    """By the tree's own times: what the old agencies above sent is theirs no more."""
    sent_by_a, sent_by_b = play.write("a", to_all=True), play.write("b", to_all=True)
    play.later(minutes=1)
    with transaction() as session:
        row = session.get_one(AgencyTree, (play.world.a, play.world.a2))
        session.delete(row)
        session.add(AgencyTree(ancestor_id=play.world.b, unit_id=play.world.a2, depth=1, since=play.now))
    assert announced(play, "a2") == []
    assert unread(play, "a2") == 0
    play.later(minutes=1)
    later = play.write("b", to_all=True)
    assert announced(play, "a2") == [later]
    assert {sent_by_a, sent_by_b}.isdisjoint(announced(play, "a2"))


def test_rows_of_the_tree_from_before_read_everything(play: Play) -> None:
    with transaction() as session:
        session.get_one(AgencyTree, (play.world.a, play.world.a1)).since = None
    post = play.write("a", to_all=True)
    assert announced(play, "a1") == [post]


def test_a_broadcast_costs_the_same_for_many_agencies(app: Flask, play: Play) -> None:
    def statements() -> list[str]:
        with QueryCounter(app) as counter:
            play.write("a", to_all=True)
        return [each.split(None, 3)[:3] for each in counter.statements if each.startswith("INSERT")]

    few = statements()
    with transaction() as session:
        rows = [
            {"name": f"Unit banyak {n}", "parent_id": play.world.a, "active": True, "created_at": play.now}
            for n in range(300)
        ]
        session.execute(insert(Agency), rows)
        made = session.scalars(select(Agency.id).where(Agency.name.startswith("Unit banyak"))).all()
        session.execute(
            insert(AgencyTree),
            [{"ancestor_id": play.world.a, "unit_id": key, "depth": 1, "since": play.now} for key in made]
            + [{"ancestor_id": key, "unit_id": key, "depth": 0, "since": play.now} for key in made],
        )
    many = statements()
    assert few == many == [["INSERT", "INTO", "post"]]


def test_search_looks_in_ones_own_and_takes_signs_as_they_are(play: Play) -> None:
    play.write("a", "Kuota 100% terpakai.", to=("a1",), title="Kuota")
    play.write("a", "Kuota 100 orang.", to=("a2",), title="Rapat_besar")
    (first,) = talks(play, "a1")
    (second,) = talks(play, "a2")
    assert talks(play, "a", "kuota") == [second, first]
    assert talks(play, "a", "100%") == [first]
    assert talks(play, "a", "t_b") == [second]
    assert talks(play, "a", "unit a1") == [first]
    assert talks(play, "a1", "orang") == []
    answer(play, "a1", first, "Sudah dialihkan.")
    assert talks(play, "a", "dialihkan") == [first]


def test_pages_of_conversations_go_on_where_they_ended(play: Play) -> None:
    play.write("a", to=("a1", "a2", "a3"))
    play.write("a", to=("a1",))
    with play.by("a") as (session, actor):
        all_of_them = access.conversations(session, actor)
        first = access.conversations(session, actor, limit=2)
        place = (first[-1].last_id, first[-1].id)
        rest = access.conversations(session, actor, after=place)
    assert [line.id for line in first + rest] == [line.id for line in all_of_them]
    assert len(all_of_them) == 4


def test_files_come_with_the_text_for_its_readers_alone(play: Play) -> None:
    names = play.upload("a", "jadwal.txt", b"jadwal")
    play.write("a", to=("a1", "a2"), files=names)
    with transaction() as session:
        file = session.scalars(select(Attachment)).one()
        key = file.id
        assert file.report_id is None
    for name in ("a", "a1", "a1b", "a2"):
        with play.by(name) as (session, actor):
            assert access.get_file(session, actor, key).original_name == "jadwal.txt"
    for name in ("b", "pusat", "supervisor", "warga"):
        with play.by(name) as (session, actor), pytest.raises(NotFound):
            access.get_file(session, actor, key)
    with pytest.raises(Invalid):
        play.write("a", to=("a1",), files=names)  # taken already


def test_a_pointer_to_a_report_asks_the_scope_for_each_reader(play: Play) -> None:
    report = play.verified("a")
    text = f"Lihat #{report}, #{report + 99}, dan nomor#{report}."
    assert pointed_at([text]) == {report, report + 99}
    assert [words for words, number in pieces(text) if number] == [f"#{report}", f"#{report + 99}"]
    assert "".join(words for words, _number in pieces(text)) == text
    for name, opens in (("a", {report}), ("pusat", {report}), ("a1", set()), ("b", set())):
        with play.by(name) as (session, actor):
            assert access.openable(session, actor, pointed_at([text])) == opens, name


def test_the_dots_are_for_officers_alone(play: Play) -> None:
    play.write("pusat", to_all=True)
    play.write("a", to=("root",))
    assert unread(play, "pusat") == 1
    for name in ("supervisor", "statistik", "warga"):
        assert unread(play, name) == 0, name
