"""Every word on every page comes from the catalogue.

The walk opens the pages with a catalogue that puts ⟦brackets⟧ around each message, and dates written
as 0. Whatever letters stand outside of brackets and are no data of the database are words that nobody
could translate.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import Account, Agency, Area, Category, Report, SavedSearch, Synonym
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Action
from app.services.calendars import national
from app.stats.tiles import TILES
from tests.architecture.test_routes import ROUTES
from tests.support.http import Person
from tests.support.mail import words_in_folder
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.sheets import WORDS
from tests.support.world import World

SPOKEN = ("aria-label", "placeholder", "title", "alt", "aria-description")
SILENT_TAGS = frozenset({"script", "style", "textarea", "template", "code"})  # code: keys that people copy
VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})
BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# Initials, and names of things that are the same in every language.
NAMES = ("WW", "LAPOR!", "LAPOR", "Bahasa Indonesia", "English", "SMS 1708")


class Bracketed(NullTranslations):
    """The catalogue of a language in which every message is itself, in brackets."""

    def ugettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ungettext(self, singular: str, plural: str, n: int) -> str:
        return f"⟦{singular if n == 1 else plural}⟧"

    upgettext = ugettext


class Words(HTMLParser):
    """What a page says: text that is not in a script, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.said += [value for name in SPOKEN if (value := given.get(name))]
        if tag == "input" and given.get("type") == "submit" and given.get("value"):
            self.said.append(str(given["value"]))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not SILENT_TAGS & set(self.open):
            self.said.append(data.strip())


def untranslated(page: str, data: list[str]) -> list[str]:
    words = Words()
    # Bold words are part of the sentence that they stand in.
    words.feed(re.sub(r"</?strong>", "", page))
    found = []
    for said in words.said:
        rest = said
        while BRACKETS.search(rest):  # messages stand within messages
            rest = BRACKETS.sub(" ", rest)
        for known in data:
            rest = rest.replace(known, " ")
        if LETTERS.search(rest):
            found.append(said)
    return found


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flask_babel.Domain.get_translations", lambda _self: Bracketed())
    for name in ("_dated", "_apart", "format_datetime"):
        monkeypatch.setattr(f"app.views.web.language.i18n.{name}", lambda *_args, **_more: "0")
    monkeypatch.setattr("app.stats.words.format_date", lambda *_args, **_more: "0")


def test_the_walk_finds_a_word_that_is_not_in_the_catalogue() -> None:
    page = '<p>⟦Baik ⟦sekali⟧⟧ Instansi A</p><button aria-label="Tutup">⟦x⟧</button><p>Lupa</p><script>kode</script>'
    assert untranslated(page, ["Instansi A"]) == ["Tutup", "Lupa"]


def test_every_word_on_every_page_can_be_translated(
    app: Flask, world: World, sign_in: Callable[[str | None], Person], bracketed: None
) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=5))
        report = play.verified("a", copies=("b",))
        play.forward(report, by="a", to="a1")
        play.file(source=Channel.SMS)
        asked = play.in_progress("a1")
        play.ask(asked, by="a1", action=Action.HAND_BACK, suggest="a2")
        play.reply(asked)
        held = play.in_progress("a")
        play.decide(held, by="pusat", action=Action.HOLD)
        done = play.in_progress("a")
        play.close_own(done)
        gone = play.file()
        play.archive(gone)
        put_off = play.file()
        play.ask_details(put_off)
        keys = make_objects(play)
        session = db.session
        data = [
            *session.scalars(select(Agency.name)),
            *session.scalars(select(Agency.alias)),
            *session.scalars(select(Account.first_name)),
            *session.scalars(select(Account.username)),
            *session.scalars(select(Account.email)),
            *session.scalars(select(Category.name)),
            *session.scalars(select(Area.name)),
            *session.scalars(select(Report.title)),
            *session.scalars(select(SavedSearch.name)),
            *session.scalars(select(Synonym.words)),
            *session.scalars(select(Report.text)),
            "Sedang kami tangani.",
            "Sudah diperiksa.",
            "Belum selesai, Pak.",
            "Sudah selesai.",
            "Di jalan apa, dan sejak kapan?",
            "Tidak dapat ditindaklanjuti.",
            "Terlampir denahnya.",
            "denah.txt",
            "jadwal.txt",
            "Mohon laporkan jadwal petugas.",
            "Jadwal petugas",
            "Di tempat saya juga.",
            *words_in_folder(),
            *WORDS,
            "Tutup buku",
            "Kota Contoh",
            "laporan.csv",
            "LAPOR! Contoh",
            *national().values(),
            *NAMES,
            *(letters for _column, _row, letters in TILES.values()),
        ]
    known = sorted({word for word in data if word}, key=len, reverse=True)
    pages = [
        (who, route.url.format(**keys))
        for route in ROUTES.values()
        for who in ("pusat", "a1")
        if who in route.opens
    ]
    pages += [("pusat", f"/laporan/{each}/") for each in (asked, held, done, gone, put_off)]
    pages += [
        ("pusat", f"/laporan/kelola/{slug}/?cakupan=bawahan")
        for slug in ("belum-terverifikasi", "ditunda", "belum-ditindaklanjuti", "permintaan")
    ]
    pages += [("pusat", "/laporan/selesai/?jenis=diarsipkan&cakupan=bawahan"), ("a", "/laporan/tidak-ada/")]
    pages += [
        (None, "/"),
        (None, "/login/"),
        (None, "/tidak-ada"),
        (None, "/lupa-sandi/"),
        (None, "/sandi/x"),
    ]
    pages += [
        (None, "/publik/laporan/"),
        (None, f"/publik/laporan/{done}/"),
        (None, "/publik/laporan/?kategori=9"),
    ]
    pages += [("warga2", f"/publik/laporan/{asked}/komentar/")]
    pages += [
        (None, url) for url in ("/lapor/", "/tentang/", "/daftar/", "/daftar/lupa-sandi/", "/statistik/")
    ]
    pages += [("warga", route.url.format(**keys)) for route in ROUTES.values() if "warga" in route.opens]
    pages += [("warga", f"/laporan-saya/{each}/") for each in (asked, held, done, gone, put_off)]
    pages += [("warga", f"/laporan-saya/{done}/{act}/") for act in ("nilai", "buka")]
    pages += [("warga", f"/laporan-saya/{put_off}/{act}/") for act in ("lengkapi", "tarik")]
    found = {}
    for who, url in pages:
        answer = sign_in(who).get(url)
        answer.get_data()  # to its end: a table is streamed, and left half-read it ends in nobody's request
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303):
            left = untranslated(answer.get_data(as_text=True), known)
            if left:
                found[who, url] = left
    assert found == {}, "put these words through _() and translate them"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_chosen_language_is_shown_and_one_stays_on_the_page(
    app: Flask, sign_in: Callable[[str | None], Person], language: str
) -> None:
    officer = sign_in("a")
    chosen = officer.get(f"/bahasa/{language}?next=/laporan/selesai/")
    assert chosen.location == "/laporan/selesai/"
    page = officer.get(chosen.location).get_data(as_text=True)
    assert f'<html lang="{language}"' in page
    assert ({"id": "Selesai", "en": "Finished"}[language]) in page
    assert officer.get("/bahasa/xx").status_code == 404
    for elsewhere in (
        "//evil.example.net",
        "https://evil.example.net",
        "/\\evil.example.net",
        "javascript:alert(1)",
    ):
        assert officer.get("/bahasa/id", query_string={"next": elsewhere}).location == "/"
