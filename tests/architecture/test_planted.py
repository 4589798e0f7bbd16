"""Marked names and numbers, planted wherever people write, and looked for wherever the public looks.

A page, feed, meta tag, file or letter that is added to LOOKS is looked into as well.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.scope import PUBLIC_STATES
from app.extensions import db, transaction
from app.models import Account, Event, EventText, FollowUp, Report, Reporter
from app.rules.reports.workflow import Action
from app.views.gate import PUBLIC_ENDPOINTS
from tests.support.api_routes import OPERATIONS
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]

# In every text that a person can write; masked for the public.
NUMBERS = {
    "nik": "3578012304960001",
    "phone": "0812-7777-8888",
    "mail": "tanam.benih@contoh.example.com",
    "account": "9988776655443",
}
PLANTED_TEXT = " ".join(("Tanaman:", *NUMBERS.values()))
# Names that nobody outside may read, by what makes them so.
OFFICER, SECRET, ANONYMOUS = "Petugaswati", "Rahasiawan", "Anonimwan"
INNER, SECRET_ANSWER, DESK_NOTE, REPLY = "Dalamanwan", "Jawabrahasia", "Catatanmeja", "Balaswan"
NEVER_PUBLIC = (OFFICER, SECRET, ANONYMOUS, INNER, SECRET_ANSWER, DESK_NOTE, REPLY, *NUMBERS.values())
# Told to the reporter by mail, but not in a letter about a secret report or answer.
NEVER_MAILED = (OFFICER, INNER, SECRET_ANSWER, REPLY)


def rename(report_id: int, name: str) -> None:
    """A reporter of its own for the report, with a marked name and marked addresses."""
    with transaction() as session:
        reporter = Reporter(
            name=f"{name} {NUMBERS['phone']}",
            email=f"{name.lower()}@contoh.example.com",
            phone="+6281277778888",
            created_at=datetime.now(UTC),
        )
        session.add(reporter)
        session.flush()
        session.get_one(Report, report_id).reporter_id = reporter.id


@pytest.fixture
def planted(app: Flask, world: World) -> Mapping[str, int]:
    """open, anonymous, secret: reports with everything that can happen to one. Marked all over."""
    with app.app_context():
        with transaction() as session:
            for account in session.scalars(select(Account).where(Account.agency_id.is_not(None))):
                account.first_name = f"{OFFICER} {account.username}"
        play = Play(world, datetime.now(UTC) - timedelta(days=3))
        made = {
            "open": play.verified("a", location=PLANTED_TEXT[:200]),
            "anonymous": play.verified("a", is_anonymous=True),
            "secret": play.verified("a", is_secret=True),
        }
        for number in made.values():
            play.correct(number, by="pusat", title=f"Judul {PLANTED_TEXT}", text=f"Isi {PLANTED_TEXT}")
            play.forward(number, by="a", to="a1")
            play.accept(play.ask(number, by="a1", action=Action.HAND_BACK, suggest="a2"), by="a", to="a2")
            play.follow_up(number, by="a2")
            play.comment(number, by="a2")
            play.reply(number)
            play.attach(number, by="a2", name=f"{INNER}.txt")
            play.follow_up(number, by="a2", secret=True)
            play.decide(number, by="a", action=Action.HOLD)
            play.decide(number, by="a", action=Action.CLOSE)
        for name in ("open", "anonymous"):
            play.moderate(play.remark(made[name], body=PLANTED_TEXT), by="a2")
            play.remark(made[name], body=f"Menunggu {INNER}")
        rename(made["open"], "Terbukawan")
        rename(made["anonymous"], ANONYMOUS)
        rename(made["secret"], SECRET)
        _mark_all_texts()
    return made


def _mark_all_texts() -> None:
    with transaction() as session:
        for text in session.scalars(select(FollowUp)):
            text.text = f"{SECRET_ANSWER if text.is_secret else 'Jawaban'} {PLANTED_TEXT}"
        for note in session.scalars(select(EventText)):
            note.text = f"{DESK_NOTE} {PLANTED_TEXT}"
        from app.models import Comment, Reply

        for remark in session.scalars(select(Comment)):
            remark.text = f"{INNER} {PLANTED_TEXT}"
        for reply in session.scalars(select(Reply)):
            reply.text = f"{REPLY} {PLANTED_TEXT}"


def looks(planted: Mapping[str, int], world: World) -> dict[str, str]:
    """Every public endpoint that shows reports, by an address that shows the planted ones."""
    return {
        "FrontPage.index": "/",
        "FrontPage.about": "/tentang/",
        "PublicReports.list": "/publik/laporan/",
        "PublicReports.show": f"/publik/laporan/{planted['open']}/",
        "PublicReports.show, anonymous": f"/publik/laporan/{planted['anonymous']}/",
        "PublicReports.show, secret": f"/publik/laporan/{planted['secret']}/",
        "PublicReports.feed": "/publik/umpan.xml",
        "PublicReports.list, agency": f"/publik/laporan/?instansi={world.a}",
        "PublicReports.areas": "/publik/wilayah?induk=35",
        "PublicStatistics.show": "/statistik/",
        "PublicStatistics.table": "/statistik/statistik.csv",
        "PublicStatistics.data": "/statistik/statistik.json",
        "PublicFiling.file": "/lapor/",
        "Open311.services": "/open311/v2/services.xml",
        "Open311.definition": f"/open311/v2/services/{world.category}.json",
        "Open311.requests": "/open311/v2/requests.json",
        "Open311.requests, as XML": "/open311/v2/requests.xml",
        "Open311.request": f"/open311/v2/requests/{planted['open']}.json",
        "Open311.request, anonymous": f"/open311/v2/requests/{planted['anonymous']}.xml",
        "Open311.request, secret": f"/open311/v2/requests/{planted['secret']}.json",
        "Joining.join": "/daftar/",
        "MailedLinks.ask": "/lupa-sandi/",
        **{
            f"api.{name}": f"/api/v1{operation.path}"
            for name, operation in OPERATIONS.items()
            if not operation.scopes
        },
        "api-docs.openapi_json": "/api/v1/openapi.json",
    }


# What shows no report but to whoever has its secret address, and what is no page.
NOT_LOOKED_INTO = {
    "Joining.forgotten",  # leads on
    "static",
    "healthz",
    "security_txt",
    "SignIn.login",
    "SignIn.logout",
    "SignIn.code",
    "MailedLinks.enter_password",
    "MailedLinks.set_password",
    "MailedLinks.enter_email",
    "MailedLinks.confirm_email",
    "MailedLinks.undo",
    "MailedLinks.enter_undo",
    "MailedLinks.invitation",
    "MailedLinks.enter_invitation",
    "MailedLinks.recover",
    "MailedLinks.enter_second_step",
    "Language.choose",
    "Codes.show",
    "SmsGateway.take",
    "Open311.file",
    "Open311.token",
    "TokenDesk.token",
    "TokenDesk.revoke",
    "SecretLink.enter",
    "SecretLink.show",
    "SecretLink.file",
    "SecretLink.act",
    "SecretLink.ask",
    "SecretLink.renew",
    "SecretLink.end",
}


def test_every_public_address_is_looked_into(planted: Mapping[str, int], world: World) -> None:
    looked = {name.split(",")[0] for name in looks(planted, world)}
    assert looked | NOT_LOOKED_INTO == PUBLIC_ENDPOINTS


def test_nothing_planted_is_read_by_the_public(
    app: Flask, planted: Mapping[str, int], world: World, sign_in: SignIn
) -> None:
    for who in (None, "warga2"):
        person = sign_in(who)
        for name, url in looks(planted, world).items():
            answer = person.get(url)
            page = answer.get_data(as_text=True)
            assert answer.status_code == (404 if name.endswith("secret") else 200) or who, name
            said = page + str(answer.headers)
            found = [word for word in NEVER_PUBLIC if word.lower() in said.lower()]
            assert found == [], (who, name)
            digits = "".join(char for char in said if char.isdecimal())
            assert NUMBERS["account"] not in digits, name
    # The walk looks where there is something: the open parts are told.
    page = sign_in(None).get(f"/publik/laporan/{planted['open']}/").get_data(as_text=True)
    for told in ("Terbukawan", "Judul Tanaman", "Isi Tanaman", "Jawaban Tanaman", "og:description"):
        assert told in page
    assert "Unit A1" not in page  # it gave the report back (case D9)


def test_a_secret_report_is_counted_nowhere(planted: Mapping[str, int], sign_in: SignIn) -> None:
    text = sign_in(None).get("/statistik/statistik.csv").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert next(row for row in rows if row[:2] == ["", "Semua"])[2] == "2"


def test_no_letter_holds_what_it_must_not(app: Flask, planted: Mapping[str, int]) -> None:
    told = {
        name: "\n".join(
            f"{letter['Subject']} {text_of(letter)}"
            for letter in letters_to(app, f"{name}@contoh.example.com")
        )
        for name in ("terbukawan",)
    }
    with app.app_context(), transaction() as session:
        # Told anew, one reader after the other: each look empties the folder.
        assert session.scalars(select(Event).limit(1)).first() is not None
    assert told["terbukawan"]
    for word in NEVER_MAILED:
        assert word not in told["terbukawan"], word


@pytest.mark.parametrize("name", ["secret", "anonymous"])
def test_letters_of_a_secret_report_hold_no_text(app: Flask, planted: Mapping[str, int], name: str) -> None:
    marked = {"secret": SECRET, "anonymous": ANONYMOUS}[name]
    letters = letters_to(app, f"{marked.lower()}@contoh.example.com")
    assert letters
    for letter in letters:
        said = f"{letter['Subject']} {text_of(letter)}"
        for word in NEVER_MAILED:
            assert word not in said, word
        if name == "secret":
            assert "Tanaman" not in said
            assert DESK_NOTE not in said


def test_the_planted_reports_are_public_but_one(app: Flask, planted: Mapping[str, int]) -> None:
    with app.app_context():
        states = dict(db.session.execute(select(Report.id, Report.state)).all())
        assert {states[number] for number in planted.values()} <= set(PUBLIC_STATES)


def test_texts_are_masked_in_one_place() -> None:
    """A version of a text that is made elsewhere would not know what was chosen to be hidden."""
    root = Path(__file__).parents[2] / "app"
    callers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "rules/reports/masking" not in str(path)
        and re.search(r"(?<![\w.])(?:mask|places|doubtful)\(", path.read_text())
        and "app.rules.reports.masking import" in path.read_text()
    }
    assert callers == {"access/public_text.py"}
    importers = {
        str(path.relative_to(root)): line
        for path in root.rglob("*.py")
        for line in re.findall(r"from app\.rules\.reports\.masking import .*", path.read_text())
        if "rules/reports/masking" not in str(path)
        and re.search(r"\b(?:mask|places|doubtful)\b", line.partition("import")[2])
    }
    assert set(importers) == {"access/public_text.py"}, "ask app/access/public_text.py for a version"


# What shows texts of reports through templates, without a version of its own: to the reporter alone, or in the
# form in which the texts are edited.
SHOWN_WHOLE = {"own_report.html", "own_list.html", "own_rate.html", "own_act.html", "_facts.html"}


def test_no_page_shows_a_report_as_it_is_kept() -> None:
    root = Path(__file__).parents[2] / "app" / "templates" / "lapor"
    raw = re.compile(r"\breport\.(?:title|text|original_title|original_text|location)\b|\bcomment\.text\b")
    found = {path.name for path in root.rglob("*.html") if raw.search(path.read_text())}
    assert found == SHOWN_WHOLE, "pass the text through a version (app/access/public_text.py) in the view"


def test_no_address_of_the_public_searches_texts(
    planted: Mapping[str, int], world: World, sign_in: SignIn
) -> None:
    """A search would tell by its hits what is masked in the texts."""
    plain = sign_in(None).get("/publik/laporan/").get_data(as_text=True)
    for name in ("q", "cari", "text", "teks"):
        for value in (NUMBERS["phone"], "tidak-ada-di-mana-pun"):
            found = sign_in(None).get("/publik/laporan/", query_string={name: value}).get_data(as_text=True)
            assert found.count("/publik/laporan/") == plain.count("/publik/laporan/"), (name, value)
