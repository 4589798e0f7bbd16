"""One report by each channel: it waits to be verified, says where it came from, is one although it was sent
twice, and its answer comes back by the way that it came."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.extensions import db, storage, transaction
from app.jobs.delivering import deliver_outbox
from app.models import Attachment, Report
from app.rules.channels.api import ClientKind
from app.rules.channels.ringkas import SOURCE_NAME
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import State
from app.services.channels.sms import Incoming, receive
from tests.support.api import Program, give_token, make_client
from tests.support.citizen import read_code, send_report
from tests.support.http import Person, hidden_fields
from tests.support.mail import letters_to, text_of
from tests.support.play import Play
from tests.support.sheets import imported, row, sheet
from tests.support.world import World

SignIn = Callable[[str | None], Person]
MAIL = "siti@contoh.example.com"
PHONE = "+6281200000077"
TEXT = "Lampu jalan di depan balai desa padam."
ANSWER = "Sedang kami tangani."  # what agencies write in these tests


def photo() -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "red")
    exif = picture.getexif()
    exif[0x010F] = "KAMERARAHASIA"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


class WayIn:
    """One way in. chip: what the card says. photos: whether it takes pictures."""

    source: Channel
    chip: str
    photos = False

    def __init__(self, app: Flask, world: World, sign_in: SignIn, texts: Path) -> None:
        self.app, self.world, self.sign_in, self.texts = app, world, sign_in, texts

    def file_twice(self) -> None:
        raise NotImplementedError

    def answer(self, number: int) -> str:
        """What comes back by the channel after the agency has answered."""
        raise NotImplementedError

    def letter(self) -> str:
        return "\n".join(text_of(each) for each in letters_to(self.app, MAIL))


class Website(WayIn):
    source, chip, photos = Channel.WEBSITE, "Website", True

    def file_twice(self) -> None:
        visitor = self.visitor = self.sign_in(None)
        page = send_report(
            visitor, text=TEXT, address=MAIL, files=[(io.BytesIO(photo()), "foto.jpg")]
        ).location
        code = read_code(self.app, MAIL)
        form = {**hidden_fields(visitor.get(page).get_data(as_text=True)), "code": code}
        self.page = {visitor.client.post(page, data=form).location for _ in range(2)}.pop()

    def answer(self, number: int) -> str:
        return self.letter() + self.visitor.get(self.page).get_data(as_text=True)


class Recorded(WayIn):
    source, chip, photos = Channel.LETTER, "Pos Surat", True

    def file_twice(self) -> None:
        officer = self.sign_in("b1")
        form = hidden_fields(officer.get("/laporan/buat/").get_data(as_text=True))
        for _ in range(2):
            typed = {"source": "letter", "name": "Siti", "email": MAIL, "title": "Lampu", "text": TEXT}
            data = {**form, **typed, "files": [(io.BytesIO(photo()), "foto.jpg")]}
            made = officer.client.post("/laporan/buat/", data=data, content_type="multipart/form-data")
            assert made.status_code == 303, re.findall(
                r"field__error[^>]*>([^<]*)", made.get_data(as_text=True)
            )

    def answer(self, number: int) -> str:
        """Who typed it in reads it, to pass it on."""
        return self.sign_in("b1").get(f"/laporan/{number}/").get_data(as_text=True)


class TextMessage(WayIn):
    source, chip = Channel.SMS, "SMS"

    def file_twice(self) -> None:
        with self.app.app_context():
            for _ in range(2):
                with transaction() as session:
                    receive(session, Incoming("gw:77", PHONE, f"LAPOR {TEXT}"), datetime.now(UTC))

    def answer(self, number: int) -> str:
        with self.app.app_context():
            deliver_outbox(datetime.now(UTC) + timedelta(minutes=1))
        told = [json.loads(path.read_text()) for path in sorted(self.texts.glob("*.json"))]
        assert {each["to"] for each in told} == {PHONE}
        return "\n".join(each["text"] for each in told)


class App(WayIn):
    source, chip, photos = Channel.ANDROID, "Android", True

    def file_twice(self) -> None:
        client, _secret = make_client(self.app, ClientKind.ANDROID)
        self.program = Program(self.app, give_token(self.app, client, "warga"))
        taken = self.program.call(
            "POST",
            "/files",
            data={"files": (io.BytesIO(photo()), "foto.jpg")},
            content_type="multipart/form-data",
        )
        assert taken.status_code == 201, taken.json
        body = {"text": TEXT, "files": [taken.json["files"][0]["file"]]}  # type: ignore[index]
        for _ in range(2):
            self.program.post("/reports", body, headers={"Idempotency-Key": "satu"})

    def answer(self, number: int) -> str:
        return self.program.get(f"/own-reports/{number}").get_data(as_text=True)


class Partner(WayIn):
    source, chip = Channel.PARTNER, "API: Kota Contoh"

    def file_twice(self) -> None:
        client, _secret = make_client(self.app, ClientKind.PARTNER)
        program = Program(self.app, give_token(self.app, client, None))
        body = {"text": TEXT, "person": {"name": "Siti", "address": MAIL, "confirmed": True}}
        answers = [program.post("/reports", body, headers={"Idempotency-Key": "satu"}) for _ in range(2)]
        self.token = answers[1].json["token"]  # type: ignore[index]

    def answer(self, number: int) -> str:
        reader = Program(self.app, None)
        own = reader.get(f"/own-reports/{number}", headers={"Report-Token": self.token})
        return self.letter() + own.get_data(as_text=True)


class Standard(WayIn):
    source, chip = Channel.PARTNER, "API: Kota Contoh"

    def file_twice(self) -> None:
        _client, secret = make_client(self.app, ClientKind.PARTNER)
        content = {
            "api_key": secret, "service_code": str(self.world.category), "description": TEXT,
            "address_string": "Jalan Contoh 1", "email": MAIL, "first_name": "Siti",
        }  # fmt: skip
        for _ in range(2):
            self.app.test_client().post("/open311/v2/requests.json", data=content)

    def answer(self, number: int) -> str:
        told = self.app.test_client().get(f"/open311/v2/requests/{number}.json").json[0]
        assert (told["status"], told["agency_responsible"]) == ("open", "Instansi A")
        assert told["updated_datetime"] > told["requested_datetime"]
        # The letter leads to the report, where the answer stands.
        link = re.search(r"/lacak/#[\w-]+", self.letter())
        assert link is not None
        return self.sign_in(None).get(link[0]).get_data(as_text=True)


class Imported(WayIn):
    source, chip = Channel.SMS, "SMS"

    def file_twice(self) -> None:
        content = sheet(
            [row(1, Status_Laporan="Belum Terverifikasi", Sumber_Laporan="SMS", Isi_Laporan_Awal=TEXT)]
        )
        with self.app.app_context():
            for _ in range(2):
                imported(content)

    def answer(self, number: int) -> str:
        """The file has no address: officers read the answer, nobody is written to."""
        return self.sign_in("a").get(f"/laporan/{number}/").get_data(as_text=True)


CHANNELS = (Website, Recorded, TextMessage, App, Partner, Standard, Imported)


@dataclass(frozen=True)
class Seen:
    number: int
    state: State
    source: Channel
    files: int


@pytest.fixture
def texts(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where text messages become files, of this test alone."""
    before = app.config["LAPOR"]
    app.config["LAPOR"] = replace(before, instance=tmp_path, secret_key=before.key(), sms_gateway="folder")
    yield tmp_path / "sms"
    app.config["LAPOR"] = before


def filed(app: Flask) -> list[Seen]:
    with app.app_context(), transaction() as session:
        return [
            Seen(
                each.id,
                State(each.state),
                Channel(each.source),
                len(session.scalars(select(Attachment.id).where(Attachment.report_id == each.id)).all()),
            )
            for each in session.scalars(select(Report))
        ]


@pytest.mark.parametrize("kind", CHANNELS)
def test_a_report_comes_in_and_is_answered(
    app: Flask, world: World, sign_in: SignIn, texts: Path, kind: type[WayIn]
) -> None:
    channel = kind(app, world, sign_in, texts)
    channel.file_twice()
    (report,) = filed(app)
    assert report == Seen(report.number, State.UNVERIFIED, channel.source, int(channel.photos))
    desk = sign_in("pusat")
    waiting = desk.get("/laporan/kelola/belum-terverifikasi/").get_data(as_text=True)
    assert f"#{report.number}<" in waiting
    assert channel.chip in waiting
    if channel.photos:
        with app.app_context():
            of_it = Attachment.report_id == report.number
            name = db.session.scalars(select(Attachment.stored_name).where(of_it)).one()
            with storage().open(name) as stored:
                content = stored.read()
        assert b"KAMERARAHASIA" not in content
        assert not Image.open(io.BytesIO(content)).getexif()
    with app.app_context():
        play = Play(world, datetime.now(UTC) + timedelta(seconds=5))
        play.verify(report.number, to="a")
        play.follow_up(report.number, by="a")
    answer = channel.answer(report.number)
    assert ANSWER in answer if kind is not TextMessage else f"#{report.number}" in answer
    assert len(filed(app)) == 1


def test_every_source_has_a_channel_or_is_typed_in() -> None:
    """A new source shall not come without a way in that this walk looks at."""
    by_program = {kind.source for kind in CHANNELS} | {Channel.IOS, Channel.IMPORT}
    typed = {
        Channel.WHATSAPP, Channel.INSTAGRAM, Channel.FACEBOOK, Channel.X, Channel.HOTLINE, Channel.CALL_CENTER,
        Channel.EMAIL, Channel.FACE_TO_FACE, Channel.SUBSITE,
    }  # fmt: skip
    assert by_program | typed == set(Channel)
    assert SOURCE_NAME == "laporan-ringkas"  # what was imported is found again by it
