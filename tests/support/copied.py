"""A report that holds personal data wherever people write, and everything by which somebody reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from app.extensions import transaction
from app.models import Comment, FollowUp, Reply
from app.rules.channels.api import ClientKind, Scope
from app.rules.reports.workflow import Action
from app.views.reports import report_pdf
from tests.support.api import Program, give_token, make_client
from tests.support.http import Person
from tests.support.play import Play

NIK, PHONE, NAME = "3204111122223333", "081290001111", "Nikenwati Purnama"
HELD_BACK = (NIK, PHONE, NAME)
TEXT = f"Lampu balai padam. Nama saya {NAME}, NIK {NIK}, HP {PHONE}"
# A word in each of the texts, so that a test knows that it was read at all.
MARKS = {"title": "Judulnya", "text": "Isinya", "follow_up": "Jawabannya", "reply": "Tanggapannya",
         "comment": "Komentarnya", "reason": "Alasannya", "file": "Berkasnya", "location": "Lokasinya"}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """report: held by A1, given by A, with a copy for B1. for_a3: held by A3, for which A acts. file: its key."""

    report: int
    for_a3: int
    file: int


def plant(play: Play) -> Planted:
    def made(holder: str, copies: tuple[str, ...]) -> tuple[int, int]:
        report = play.file(
            text=f"{MARKS['text']} {TEXT}", is_anonymous=True, location=f"{MARKS['location']} {TEXT}"
        )
        play.verify_as(report, title=f"{MARKS['title']} {TEXT}"[:160], text=f"{MARKS['text']} {TEXT}")
        play.forward(report, by="a", to=holder, copies=copies)
        by = "a" if holder == "a3" else holder
        play.follow_up(report, by=by)
        play.reply(report)
        file = play.attach(report, by=by, name=f"{MARKS['file']}_{PHONE}_{NIK}.txt")
        if holder != "a3":
            play.ask(report, by=by, action=Action.HOLD)
        return report, file

    report, file = made("a1", ("b1",))
    for_a3, _ = made("a3", ())
    with transaction() as session:
        for table, mark in ((FollowUp, "follow_up"), (Reply, "reply"), (Comment, "comment")):
            for row in session.scalars(select(table)):
                row.text = f"{MARKS[mark]} {TEXT}"
    return Planted(report, for_a3, file)


def plain_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is what would have been printed on it: its letters are drawn, not written."""
    monkeypatch.setattr(report_pdf, "report_pdf", lambda paper: str(paper).encode())


def words_of_sheet(content: bytes) -> str:
    rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell)


Read = Callable[[Person, int], str]


def page(url: str) -> Read:
    return lambda person, report: person.get(url.format(report=report)).get_data(as_text=True)


# By what an officer reads one report, whole or masked as the rule says.
ONE: Mapping[str, Read] = {
    "page": page("/laporan/{report}/"),
    "dialog": page("/laporan/{report}/komentar/"),
    "pdf": page("/laporan/{report}/pdf/"),
    "csv": lambda person, report: person.get(f"/ekspor/laporan/pencarian.csv?q=%23{report}").text,
    "xlsx": lambda person, report: words_of_sheet(person.get(f"/ekspor/laporan/pencarian.xlsx?q=%23{report}").data),
}  # fmt: skip
# By what they read many: masked for everybody.
MANY: Mapping[str, Read] = {
    "worklist": page("/laporan/kelola/sedang-diproses/?cakupan=bawahan"),
    "copies": page("/laporan/salinan/"),
    "requests": page("/laporan/kelola/permintaan/?cakupan=bawahan"),
    "search": page("/monitor/pencarian/?q=lampu"),
    "search by number": page("/monitor/pencarian/?q=%23{report}"),
    "bell": page("/notifikasi/"),
    "latest": page("/notifikasi/terbaru/"),
}


def found_in(text: str) -> set[str]:
    """What of HELD_BACK is told, however it is written."""
    digits = "".join(char for char in text if char.isdecimal())
    return {each for each in HELD_BACK if each in text or (each.isdecimal() and each in digits)}


def program(app: Flask, name: str) -> Program:
    client, _secret = make_client(app, ClientKind.ANDROID)
    return Program(app, give_token(app, client, name, scopes=frozenset({Scope.DESK_READ, Scope.DESK_ACT})))
