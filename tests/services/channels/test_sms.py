"""Text messages to 1708, carried out and answered (cases A13, F2, F4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import transaction
from app.jobs.delivering import Delivery, deliver_outbox, site_of
from app.jobs.topics import TEXTS
from app.models import Agency, Event, OutboxMessage, QuietPhone, Report, Reporter, Request, SmsMessage
from app.rules.channels.sms import HOURLY, WORDS_OF_ANSWERS, Answer, Command, receipt
from app.rules.errors import Invalid
from app.rules.reports.codes import Channel, EndedBy
from app.rules.reports.workflow import Action, State
from app.services.channels.sms import KEPT, Incoming, forget, receive
from app.services.inbox.sms_text import TextMessage
from tests.support.play import Play
from tests.support.world import World

PHONE, OTHER = "+6281200000001", "+6281200000002"
NOW = datetime.now(UTC)


class Phones:
    """A gateway's two directions: say() brings a message, answers() carries what is queued."""

    def __init__(self, app: Flask) -> None:
        self.app, self.number = app, 0

    def say(self, text: str, phone: str = PHONE, *, at: datetime = NOW, gateway_id: str = "") -> Answer:
        self.number += 1
        with self.app.app_context(), transaction() as session:
            return receive(session, Incoming(gateway_id or f"gw:{self.number}", phone, text), at)

    def answers(self, at: datetime = NOW) -> list[tuple[str, str]]:
        carried: list[TextMessage] = []

        class Bag:
            def send(self, message: TextMessage) -> None:
                carried.append(message)

        with self.app.app_context():
            Delivery(site_of(self.app.config["LAPOR"]), Bag(), TEXTS).run(at)
        return [(each.phone, each.text) for each in carried]

    def newest(self) -> Report:
        with self.app.app_context(), transaction() as session:
            found = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
            session.expunge(found)
            return found

    def count(self, model: Any) -> int:
        with self.app.app_context(), transaction() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def phones(app: Flask, world: World) -> Phones:
    return Phones(app)


def test_a_message_becomes_a_report_and_its_number_is_answered(phones: Phones) -> None:
    assert phones.say("LAPOR jembatan rusak\ndi desa") is Answer.FILED
    report = phones.newest()
    assert (report.source, report.state, report.text) == (
        Channel.SMS,
        State.UNVERIFIED,
        "jembatan rusak\ndi desa",
    )
    ((phone, text),) = phones.answers()
    assert phone == PHONE
    assert f"#{report.id}" in text
    assert phones.answers() == []


def test_the_same_message_twice_is_one_report_and_one_answer(phones: Phones) -> None:
    """Case F2: the gateway got no answer in time and brings it again."""
    for _ in range(3):
        assert phones.say("LAPOR lampu padam", gateway_id="gw:same") is Answer.FILED
    assert phones.count(Report) == 1
    assert len(phones.answers()) == 1


def test_an_agencys_keyword_suggests_it(app: Flask, phones: Phones, world: World) -> None:
    with app.app_context(), transaction() as session:
        session.get_one(Agency, world.a).alias = "Puskesmas"
    assert phones.say("puskesmas antrean panjang") is Answer.FILED
    assert (phones.newest().suggested_agency_id, phones.newest().text) == (world.a, "antrean panjang")
    assert phones.say("entahlah jalan rusak") is Answer.NO_KEYWORD
    assert phones.count(Report) == 1
    assert "LAPOR" in phones.answers()[1][1]


def filed(app: Flask, phones: Phones, world: World) -> tuple[int, Play]:
    phones.say("LAPOR lampu padam", at=NOW - timedelta(hours=5))
    return phones.newest().id, Play(world, NOW - timedelta(hours=4))


def test_a_reporters_whole_story(app: Flask, phones: Phones, world: World) -> None:
    report, play = filed(app, phones, world)
    with app.app_context():
        play.ask_details(report)
    assert phones.say(f"BALAS {report} di jalan melati") is Answer.COMPLETED
    assert phones.newest().state is State.UNVERIFIED
    with app.app_context():
        play.verify(report, to="a")
        play.follow_up(report, by="a")
    assert phones.newest().clock_kind is not None
    assert phones.say(f"balas #{report} masih padam") is Answer.REPLIED
    # Case A13: a reply stops the automatic closing, whatever way it came.
    assert (phones.newest().clock_kind, phones.newest().reply_unanswered) == (None, True)
    assert phones.say(f"BUKA {report} masih padam") is Answer.NOT_NOW
    assert phones.say(f"STATUS {report}") is Answer.STATUS
    assert phones.say(f"TUTUP {report} sudah nyala") is Answer.CLOSED
    assert (phones.newest().state, phones.newest().ended_by) == (State.CLOSED, EndedBy.REPORTER)
    assert phones.say(f"TUTUP {report}") is Answer.NOT_NOW
    assert phones.say(f"BUKA {report} padam lagi") is Answer.REOPEN_ASKED
    assert phones.say(f"BALAS {report} sungguh") is Answer.REOPEN_ASKED
    with app.app_context(), transaction() as session:
        (asked,) = session.scalars(select(Request)).all()
        assert (asked.action, asked.reason) == (Action.REOPEN, "padam lagi")
    said = [text for _, text in phones.answers()]
    assert len(said) == 9
    assert all(text.isascii() and "%" not in text for text in said)
    # Told is what is true when it leaves.
    assert f"Laporan #{report}: Ditutup. Ditangani Instansi A." in said


@pytest.mark.parametrize("words", ["STATUS {}", "BALAS {} halo", "TUTUP {}", "BUKA {} halo"])
def test_another_telephone_learns_and_changes_nothing(
    app: Flask, phones: Phones, world: World, words: str
) -> None:
    report, _ = filed(app, phones, world)
    before, events = phones.newest().version, phones.count(Event)
    phones.answers()
    for number in (report, 987654):
        assert phones.say(words.format(number), OTHER) is Answer.NOT_YOURS
    foreign, absent = (text for _, text in phones.answers())
    assert foreign.replace(str(report), "") == absent.replace("987654", "")
    assert (phones.newest().version, phones.count(Event)) == (before, events)


def test_what_an_officer_typed_in_is_no_telephones(app: Flask, phones: Phones, world: World) -> None:
    with app.app_context():
        report = Play(world, NOW - timedelta(hours=2)).record(by="b1")
        with transaction() as session:
            reporter = Reporter(name="", email="", phone=PHONE, created_at=NOW)
            session.add(reporter)
            session.flush()
            session.get_one(Report, report).reporter_id = reporter.id
    assert phones.say(f"STATUS {report}") is Answer.NOT_YOURS


@pytest.mark.parametrize("phone", ["1708", "TELKOMSEL", "", "bukan nomor", "+62"])
def test_machines_get_no_answer(phones: Phones, phone: str) -> None:
    """Case F4."""
    assert phones.say("LAPOR menangkan hadiah", phone) is Answer.NONE
    assert (phones.count(Report), phones.count(OutboxMessage), phones.count(SmsMessage)) == (0, 0, 0)


def test_too_many_messages_are_said_once(phones: Phones) -> None:
    said = [phones.say("apa") for _ in range(HOURLY + 3)]
    assert said == [Answer.HELP] * HOURLY + [Answer.TOO_MANY, Answer.NONE, Answer.NONE]
    assert phones.say("apa", at=NOW + timedelta(hours=1, seconds=1)) is Answer.HELP
    assert phones.say("apa", OTHER) is Answer.HELP


def test_who_asks_for_quiet_gets_it(phones: Phones) -> None:
    assert [phones.say("BERHENTI"), phones.say("stop")] == [Answer.STOPPED] * 2
    assert phones.count(QuietPhone) == 1
    assert phones.say("MULAI") is Answer.STARTED
    assert phones.count(QuietPhone) == 0


def test_what_cannot_be_taken_is_said_and_leaves_nothing(app: Flask, phones: Phones, world: World) -> None:
    assert phones.say("LAPOR " + "a" * 3001) is Answer.TOO_LONG
    assert phones.count(Report) == 0
    report, _ = filed(app, phones, world)
    assert phones.say(f"TUTUP {report} " + "a" * 3001) is Answer.TOO_LONG
    assert phones.newest().state is State.UNVERIFIED
    with pytest.raises(Invalid):
        phones.say("LAPOR x", gateway_id=" ")


def test_every_answer_has_its_words() -> None:
    assert set(WORDS_OF_ANSWERS) == set(Answer) - {Answer.NONE}
    facts = {"id": 1_234_567, "state": "Ditindaklanjuti oleh Instansi", "agency": "x" * 60, "limit": 3000}
    for answer, words in WORDS_OF_ANSWERS.items():
        assert words.isascii(), answer
        assert len(words % facts) <= 160, answer  # one message, one price


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_every_receipt_is_one_message(anonymous: bool, secret: bool, first: bool) -> None:
    words = receipt(is_anonymous=anonymous, is_secret=secret, first=first) % {"id": 1_234_567}
    assert words.isascii()
    assert len(words) <= 160
    assert ("Anonim" in words) == anonymous
    assert ("Rahasia" in words) == secret


def test_old_messages_are_forgotten(app: Flask, phones: Phones) -> None:
    phones.say("LAPOR lampu padam", at=NOW - KEPT)
    phones.say("LAPOR lampu padam")
    with app.app_context(), transaction() as session:
        assert forget(session, NOW) == 1
        assert session.scalars(select(SmsMessage.command)).all() == [Command.FILE]
    # Its answer, if it waits still, has nobody to go to.
    assert len(phones.answers()) == 1


def test_the_telephone_is_told_what_happens_until_it_asks_for_quiet(
    app: Flask, phones: Phones, world: World
) -> None:
    """What an agency wrote is never in a message; neither is anything after BERHENTI (case C13)."""
    report, play = filed(app, phones, world)
    heard = phones.answers()
    assert len(heard) == 1  # the answer alone, and no notice of the same
    with app.app_context():
        play.verify(report, to="a")
        play.follow_up(report, by="a")
    with app.app_context():
        deliver_outbox(NOW)
    told = phones.answers()
    assert [phone for phone, _ in told] == [PHONE, PHONE]
    assert all(f"STATUS {report}" in text and "kami tangani" not in text for _, text in told)
    assert [len(text) <= 160 for _, text in told] == [True, True]
    phones.say("BERHENTI")
    phones.answers()
    with app.app_context():
        play.decide(report, by="pusat", action=Action.CLOSE)
        deliver_outbox(NOW)
    assert phones.answers() == []
