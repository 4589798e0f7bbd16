"""Pesan at the pages: the manual's words, and what the server refuses whatever a form sends (6.13)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.inbox.messages import SHOWN
from app.extensions import db
from app.models import Attachment, Conversation, Post
from app.services.inbox import messages
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.fixture
def play(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(hours=3))


def main_of(person: Person, url: str) -> str:
    answer = person.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True).split("<main")[1]


def conversation(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Conversation.id).order_by(Conversation.id.desc()).limit(1)).one()


def test_the_form_has_the_manuals_words(app: Flask, sign_in: SignIn, world: World) -> None:
    form = main_of(sign_in("a"), "/pesan/tulis/")
    for words in (
        "Tulis Pesan",
        "Kirim Pesan Ke Seluruh Instansi ?",
        "Pesan ini berupa pengumuman dan tidak dapat dibalas.",
        "Pilih Instansi Yang Akan dikirim Pesan *",
        "Pilih Instansi",
        "Judul Pesan",
        "Isi Pesan *",
        "Apakah merupakan pesan pengumuman?",
        "Pesan ini tidak dapat dibalas.",
        "KIRIM",
    ):
        assert words in form, words
    assert "checked" not in form  # off by default


def test_a_message_is_sent_answered_and_marked(app: Flask, sign_in: SignIn, world: World) -> None:
    sender, receiver = sign_in("a"), sign_in("a1")
    sent = sender.send(
        "/pesan/tulis/",
        {"agencies": str(world.a1), "title": "Kualitas Pelayanan", "text": "Tetap <b>pertahankan</b>."},
    )
    assert sent.status_code == 303
    key = conversation(app)
    shown = main_of(receiver, f"/pesan/{key}/")
    assert "Kualitas Pelayanan" in shown
    assert "Instansi A" in shown
    assert "Petugas A<" not in shown  # agencies write, officers' names stay among themselves
    assert "Tetap &lt;b&gt;pertahankan&lt;/b&gt;." in shown
    assert "Tandai menjadi sudah terbaca" in shown
    assert "BALAS" in shown
    upto = re.search(r'name="upto" value="(\d+)"', shown)
    assert upto
    marked = receiver.post(f"/pesan/{key}/", {"terbaca": "1", "upto": upto[1]})
    assert marked.status_code == 303
    after = main_of(sign_in("a1b"), f"/pesan/{key}/")
    assert "Ditandai sudah terbaca oleh Petugas A1" in after
    assert "Tandai menjadi sudah terbaca" not in after
    assert receiver.send(f"/pesan/{key}/", {"text": "Siap."}).status_code == 303
    assert "Siap." in main_of(sender, f"/pesan/{key}/")
    empty = receiver.send(f"/pesan/{key}/", {"text": ""})
    assert empty.status_code == 422
    assert "Kolom ini wajib diisi." in empty.get_data(as_text=True)


def test_without_a_script_agencies_are_found_by_their_name(app: Flask, sign_in: SignIn, world: World) -> None:
    sender = sign_in("a")
    found = sender.send(
        "/pesan/tulis/", {"agencies_query": "unit", "text": "Rapat hari Senin.", "reload": "1"}
    )
    text = found.get_data(as_text=True)
    assert "Unit A1" in text
    assert "Unit B1" not in text  # below it, or directly above
    assert "Rapat hari Senin." in text
    above = sender.send("/pesan/tulis/", {"agencies_query": "admin pusat", "text": "Laporan bulanan."})
    assert above.status_code == 303
    nobody = sender.send("/pesan/tulis/", {"text": "Untuk siapa?"})
    assert nobody.status_code == 422
    assert "Pilih instansi yang akan dikirimi pesan." in nobody.get_data(as_text=True)
    forged = sender.send("/pesan/tulis/", {"agencies": str(world.b1), "text": "Salah alamat."})
    assert forged.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Post.text)).all() == ["Laporan bulanan."]


def test_an_announcement_has_no_answer_whatever_is_sent(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        play.write("a", to=("a1",), announcement=True)
        everybody = play.write("a", "Libur bersama.", to_all=True, title="")
    key = conversation(app)
    receiver = sign_in("a1")
    for url in (f"/pesan/{key}/", f"/pesan/pengumuman/{everybody}/"):
        shown = main_of(receiver, url)
        assert "Ini merupakan pesan pengumuman." in shown
        assert "BALAS" not in shown
    refused = receiver.post(f"/pesan/{key}/", {"text": "Tetap menjawab."})
    assert refused.status_code == 403
    with app.app_context():
        assert len(db.session.scalars(select(Post.id)).all()) == 2
    assert receiver.post(f"/pesan/pengumuman/{everybody}/", {"terbaca": "1"}).status_code == 303
    assert "Ditandai sudah terbaca oleh" in main_of(sign_in("a1b"), f"/pesan/pengumuman/{everybody}/")


def test_send_to_all_is_one_announcement(app: Flask, sign_in: SignIn, world: World) -> None:
    sent = sign_in("a").send("/pesan/tulis/", {"to_all": "y", "text": "Untuk semua."})
    assert sent.location == "/pesan/?jenis=pengumuman"
    assert "Untuk semua." in main_of(sign_in("a2"), "/pesan/?jenis=pengumuman")
    assert "Untuk semua." not in main_of(sign_in("b1"), "/pesan/?jenis=pengumuman")
    alone = sign_in("a2").send("/pesan/tulis/", {"to_all": "y", "text": "Untuk siapa?"})
    assert alone.status_code == 422


def test_files_come_along_and_open_for_the_two_sides(app: Flask, sign_in: SignIn, world: World) -> None:
    sender = sign_in("a")
    sent = sender.send(
        "/pesan/tulis/",
        {
            "agencies": [str(world.a1), str(world.a2)],
            "text": "Terlampir.",
            "files": (io.BytesIO(b"jadwal piket"), "jadwal.txt"),
        },
    )
    assert sent.status_code == 303
    with app.app_context():
        key = db.session.scalars(select(Attachment.id)).one()
    address = f"/pesan/lampiran/{key}"
    assert address in main_of(sign_in("a1"), f"/pesan/{conversation(app) - 1}/")
    for name, status in (("a", 200), ("a1", 200), ("a2", 200), ("b", 404), ("pusat", 404), ("warga", 403)):
        assert sign_in(name).get(address).status_code == status, name
    assert sign_in("a1").get(address).data == b"jadwal piket"
    # Nor by the address of a report's files.
    for report in (0, 1, key):
        assert sign_in("a1").get(f"/laporan/{report}/lampiran/{key}").status_code == 404
    bad = sender.send(
        "/pesan/tulis/",
        {"agencies": str(world.a1), "text": "Isi tetap.", "files": (io.BytesIO(b"MZ"), "jahat.exe")},
    )
    assert bad.status_code == 422
    assert "Isi tetap." in bad.get_data(as_text=True)


def test_a_pointer_opens_for_whom_the_report_does(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        mine, foreign = play.verified("a"), play.verified("b")
        play.forward(mine, by="a", to="a1")
        play.write("a", f"Lihat #{mine} dan #{foreign}.", to=("a1", "a2"))
        last = conversation(app)
    for name, key in (("a", last), ("a1", last - 1)):
        shown = main_of(sign_in(name), f"/pesan/{key}/")
        assert f'<a href="/laporan/{mine}/">#{mine}</a>' in shown
        assert f"/laporan/{foreign}/" not in shown
    assert "/laporan/" not in main_of(sign_in("a2"), f"/pesan/{last}/")


def test_the_list_searches_and_pages(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        for number in range(27):
            play.write("a", f"Pesan nomor {number}.", to=("a1",), title="")
        for number in range(27):
            play.write("a", f"Edaran {number}.", to_all=True, title="")
    officer = sign_in("a1")
    for url, row in (("/pesan/", "Pesan nomor"), ("/pesan/?jenis=pengumuman", "Edaran")):
        first = main_of(officer, url)
        onward = re.search(r'href="(/pesan/\?[^"]*setelah=[\d.]+)"', first)
        assert onward, url
        second = main_of(officer, onward[1].replace("&amp;", "&"))
        assert (first.count(row), second.count(row)) == (25, 2), url
    found = main_of(officer, "/pesan/?cari=nomor+26")
    assert "Pesan nomor 26." in found
    assert "Pesan nomor 25." not in found
    assert "Tidak ada pesan yang memuat kata itu." in main_of(officer, "/pesan/?cari=%25%25")
    assert "Pesan nomor" not in main_of(sign_in("a2"), "/pesan/?cari=nomor")
    for bad in ("/pesan/?setelah=x", "/pesan/?setelah=1.", "/pesan/?jenis=x"):
        assert officer.get(bad).status_code == 400, bad
    assert officer.get("/pesan/?cari=%00%ed%a0%80").status_code == 200


def test_foreign_conversations_answer_like_absent_ones(app: Flask, sign_in: SignIn, play: Play) -> None:
    with app.app_context():
        play.write("a", to=("a1",))
    key = conversation(app)
    for name in ("a2", "b", "pusat"):
        for address in (f"/pesan/{key}/", "/pesan/987654/", "/pesan/x/"):
            assert sign_in(name).get(address).status_code == 404
            assert sign_in(name).post(address, {"text": "x", "terbaca": "1"}).status_code == 404


def test_every_post_of_a_long_conversation_is_reached(app: Flask, sign_in: SignIn, play: Play) -> None:
    number = 2 * SHOWN + 3
    with app.app_context():
        play.write("a", "Pesan ke-1.", to=("a1",))
    key = conversation(app)
    with app.app_context():
        for turn in range(2, number + 1):
            with play.by("a" if turn % 2 else "a1") as (session, actor):
                messages.answer(session, actor, key, f"Pesan ke-{turn}.", play.now)
    reader, url, found = sign_in("a1"), f"/pesan/{key}/", []
    for _ in range(3):
        page = main_of(reader, url)
        found += re.findall(r"Pesan ke-(\d+)\.", page)
        earlier = re.search(r'href="([^"]*sebelum=[^"]*)"', page)
        url = earlier[1] if earlier else ""
    assert url == ""
    assert sorted(map(int, found)) == list(range(1, number + 1))
    for raw in ("x", "-1", "9" * 30):
        assert reader.get(f"/pesan/{key}/?sebelum={raw}").status_code == 400
