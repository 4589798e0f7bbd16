"""The outbox is delivered once, whatever dies in between, and gives up what cannot be delivered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.scope import get_report
from app.extensions import transaction
from app.jobs.delivering import Delivery, deliver_outbox, site_of
from app.jobs.schedule import tidy
from app.jobs.topics import QUIET, TOPICS
from app.models import Account, IdempotencyKey, OutboxMessage
from app.rules.errors import NotFound
from app.rules.reports.codes import EventKind
from app.rules.reports.workflow import Action
from app.services import outbox
from app.services.inbox.mail.carriers import SendFailed
from app.services.inbox.mail.letter import Envelope, Letter, Site, message_id, write
from tests.support.mail import Bag, deliver, queue_trial, row, text_of
from tests.support.play import Play
from tests.support.world import World

NOW = datetime(2026, 8, 14, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failing(kind: str, **more: bool) -> Callable[[Envelope], None]:
    def before(_envelope: Envelope) -> None:
        raise SendFailed(kind, **more)

    return before


def test_a_message_is_sent_once_and_marked(app: Flask, world: World) -> None:
    key, bag = queue_trial(app, NOW), Bag()
    assert deliver(app, bag, NOW - MINUTE)["sent"] == 0  # not due yet
    assert deliver(app, bag, NOW) == {"sent": 1, "silent": 0, "failed": 0, "dead": 0}
    assert deliver(app, bag, NOW + timedelta(days=1))["sent"] == 0
    assert [each.number for each in bag.sent] == [key]
    assert (row(app, key).sent_at, row(app, key).dead_at, row(app, key).attempts) == (NOW, None, 1)


def test_the_address_and_the_account_are_those_of_the_delivery(app: Flask, world: World) -> None:
    queue_trial(app, NOW, to="a1", dedupe_key="moved")
    gone = queue_trial(app, NOW, to="a2", dedupe_key="gone")
    with app.app_context(), transaction() as session:
        world.account(session, "a1").email = "baru@contoh.example.com"
        world.account(session, "a2").active = False
    bag = Bag()
    assert deliver(app, bag, NOW) == {"sent": 1, "silent": 1, "failed": 0, "dead": 0}
    assert [each.address for each in bag.sent] == ["baru@contoh.example.com"]
    assert row(app, gone).sent_at == NOW  # settled: nobody is told when the account comes back
    with app.app_context(), transaction() as session:
        world.account(session, "a2").active = True
    assert deliver(app, bag, NOW + timedelta(days=1))["sent"] == 0


def test_failures_are_tried_again_after_growing_waits_and_then_given_up(app: Flask, world: World) -> None:
    key, bag = queue_trial(app, NOW), Bag(before=failing("SMTPDataError 451"))
    at, waits, done = NOW, [], {}
    for attempt in range(1, outbox.ATTEMPTS + 1):
        done = deliver(app, bag, at)
        assert row(app, key).attempts == attempt
        assert row(app, key).last_error == "SMTPDataError 451"
        if attempt < outbox.ATTEMPTS:
            assert done["failed"] == 1
            due = row(app, key).available_at
            assert deliver(app, bag, due - timedelta(seconds=1)) == dict.fromkeys(done, 0)
            waits.append((due - at) // MINUTE)
            at = due
    assert waits == [1, 5, 15, 60, 240, 720, 1440]
    assert all(first < second for first, second in pairwise(waits))
    assert (done["dead"], row(app, key).dead_at) == (1, at)
    assert deliver(app, Bag(), at + timedelta(days=30))["sent"] == 0


def test_what_is_refused_for_good_is_given_up_at_once(app: Flask, world: World) -> None:
    key = queue_trial(app, NOW)
    bag = Bag(before=failing("SMTPRecipientsRefused 550", permanent=True))
    assert deliver(app, bag, NOW)["dead"] == 1
    assert (row(app, key).attempts, row(app, key).dead_at) == (1, NOW)


def test_a_server_that_is_not_there_is_asked_once_in_a_run(app: Flask, world: World) -> None:
    keys = [queue_trial(app, NOW, dedupe_key=str(n)) for n in range(5)]
    asked: list[int] = []

    def absent(envelope: Envelope) -> None:
        asked.append(envelope.number)
        raise SendFailed("ConnectionRefusedError 111", reached=False)

    assert deliver(app, Bag(before=absent), NOW)["failed"] == 1
    assert asked == keys[:1]
    assert [row(app, key).attempts for key in keys] == [1, 0, 0, 0, 0]
    bag = Bag()
    deliver(app, bag, NOW)  # it is back: the others need not wait
    assert [each.number for each in bag.sent] == keys[1:]


def test_an_error_of_our_own_is_noted_by_its_kind_and_stops_nobody_else(app: Flask, world: World) -> None:
    first, second = queue_trial(app, NOW, dedupe_key="1"), queue_trial(app, NOW, dedupe_key="2")

    def broken(session: Any, message: OutboxMessage, site: Site, now: datetime) -> Letter | None:
        if message.id == first:
            raise ValueError("Budi Santoso, 0812")
        return TOPICS["mail_trial"](session, message, site, now)

    bag = Bag()
    with app.app_context():
        done = Delivery(site_of(app.config["LAPOR"]), bag, {"mail_trial": broken}).run(NOW)
    assert (done["sent"], done["failed"]) == (1, 1)
    assert [each.number for each in bag.sent] == [second]
    assert row(app, first).last_error == "ValueError"


def test_killed_between_sending_and_marking_it_is_repeated_at_most_once(app: Flask, world: World) -> None:
    """Whoever reads it sees one letter: the Message-ID, the date and the text are the same."""
    key = queue_trial(app, NOW)

    def killed(_envelope: Envelope) -> None:
        raise SystemExit

    first = Bag(after=killed)
    with pytest.raises(SystemExit):
        deliver(app, first, NOW)
    assert row(app, key).sent_at is None
    second = Bag()
    assert deliver(app, second, NOW + outbox.CLAIMED_FOR - MINUTE)["sent"] == 0  # still claimed
    later = NOW + outbox.CLAIMED_FOR
    assert deliver(app, second, later)["sent"] == 1
    assert deliver(app, second, later + timedelta(days=2))["sent"] == 0
    one, two = first.sent[0].message, second.sent[0].message
    assert one["Message-ID"] == two["Message-ID"]
    assert one["Date"] == two["Date"]
    assert text_of(one) == text_of(two)


def test_a_claim_that_ran_out_settles_nothing(app: Flask, world: World) -> None:
    key = queue_trial(app, NOW)
    with app.app_context():
        with transaction() as session:
            slow = outbox.claim(session, NOW, TOPICS.keys())[0]
        with transaction() as session:
            quick = outbox.claim(session, NOW + outbox.CLAIMED_FOR, TOPICS.keys())[0]
        with transaction() as session:
            assert outbox.fail(session, slow, NOW, "TimeoutError", permanent=True) is False
            outbox.release(session, slow, NOW)
            outbox.settle(session, slow, NOW)
    assert (row(app, key).attempts, row(app, key).dead_at, row(app, key).sent_at) == (2, None, None)
    with app.app_context(), transaction() as session:
        outbox.settle(session, quick, NOW)
    assert row(app, key).sent_at == NOW


@pytest.mark.postgresql
def test_two_workers_never_send_the_same_row(app: Flask, world: World) -> None:
    """Both are in the middle of sending at the same time, and hold different rows."""
    keys = [queue_trial(app, NOW, dedupe_key=str(n)) for n in range(2 * outbox.BATCH)]
    together = threading.Barrier(2, timeout=20)
    met = threading.local()

    def meet(_envelope: Envelope) -> None:
        if not getattr(met, "done", False):
            met.done = True
            together.wait()

    bags = Bag(before=meet), Bag(before=meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda bag: deliver(app, bag, NOW), bags))
    sent = [[each.number for each in bag.sent] for bag in bags]
    assert sorted(sent[0] + sent[1]) == sorted(keys)
    assert all(len(numbers) == outbox.BATCH for numbers in sent)


def test_after_a_standstill_each_message_comes_once(app: Flask, world: World) -> None:
    """Case F8: the worker was down for a week; what waited comes once, run after run."""
    keys = [queue_trial(app, NOW + timedelta(hours=n), dedupe_key=str(n)) for n in range(30)]
    bag = Bag()
    for run in range(3):
        deliver(app, bag, NOW + timedelta(days=7, minutes=run))
    assert [each.number for each in bag.sent] == keys


# Events of reports: one row each, and nobody is told of them yet.


def test_one_event_is_one_row_whatever_came_with_it(app: Flask, play: Play) -> None:
    """Case F1: what comes with files is told once."""
    report = play.in_progress("a")
    play.attach(report, by="a")
    with transaction() as session:
        of_events = OutboxMessage.report_id == report
        events = session.scalar(select(func.count()).select_from(OutboxMessage).where(of_events))
        names = session.scalar(select(func.count(OutboxMessage.dedupe_key.distinct())).where(of_events))
    assert events == names == 4  # received, verified, followed up, commented with a file


def test_rows_that_nobody_listens_to_are_done_without_a_letter(app: Flask, play: Play) -> None:
    report = play.in_progress("a")
    deliver_outbox(play.now)
    for _ in range(3):
        play.comment(report, by="a")
    assert deliver_outbox(play.now) == "sent 0, silent 0, failed 0, dead 0, quiet 3"
    assert deliver_outbox(play.now) == "sent 0, silent 0, failed 0, dead 0, quiet 0"
    with transaction() as session:
        assert set(session.scalars(select(OutboxMessage.sent_at))) == {play.now}


def test_every_event_has_a_listener_or_is_quiet() -> None:
    assert {kind.value for kind in EventKind} <= TOPICS.keys() | QUIET
    assert not TOPICS.keys() & QUIET


def about_report(session: Any, message: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A topic as those of reports will be: told to whoever may still read the report at delivery."""
    world, who = World.read(session), message.payload["who"]
    reader = world.actor(session, who)
    try:
        get_report(session, reader, message.payload["report"])
    except NotFound:
        return None
    return write("trial", reader.name, world.account(session, who).email, "Laporan", site)


def test_nobody_is_told_of_a_report_that_they_cannot_open_any_more(app: Flask, play: Play) -> None:
    """Cases C13 and C14: after an accepted "bukan wewenang" nothing more goes to the former holder."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    request = play.ask(report, by="a1", action=Action.HAND_BACK, suggest="a2")
    with transaction() as session:
        for who in ("a1", "a2", "a"):
            outbox.put(session, "about_report", f"told:{who}", play.now, who=who, report=report)
    play.accept(request, by="a", to="a2")
    bag = Bag()
    done = Delivery(site_of(app.config["LAPOR"]), bag, {"about_report": about_report}).run(play.now)
    assert {each.address for each in bag.sent} == {"a2@contoh.example.com", "a@contoh.example.com"}
    assert (done["sent"], done["silent"]) == (2, 1)


# Keeping it small.


def test_what_was_told_is_removed_after_its_time_and_nothing_else(app: Flask, world: World) -> None:
    told, waiting, dead = (queue_trial(app, NOW, dedupe_key=name) for name in ("told", "waiting", "dead"))
    days = timedelta(days=app.config["LAPOR"].outbox_days)
    with app.app_context():
        with transaction() as session:
            session.get_one(OutboxMessage, told).sent_at = NOW
            session.get_one(OutboxMessage, dead).dead_at = NOW
            session.get_one(OutboxMessage, waiting).available_at = NOW + timedelta(days=90)
            for name, age in (("old", timedelta(days=7)), ("young", timedelta(days=6))):
                session.add(IdempotencyKey(key=name, purpose="test", at=NOW + days - age))
        assert tidy(NOW + days - MINUTE).startswith("messages 0, keys 0")
        assert tidy(NOW + days).startswith("messages 1, keys 1")
        with transaction() as session:
            assert set(session.scalars(select(OutboxMessage.id))) == {waiting, dead}
            assert list(session.scalars(select(IdempotencyKey.key))) == ["young"]


def test_the_same_occurrence_has_the_same_name_and_another_another(app: Flask) -> None:
    site = site_of(app.config["LAPOR"])
    assert message_id("a", site) == message_id("a", site) != message_id("b", site)
    assert message_id("a", site).endswith(f"@{site.host}>")


def test_no_officers_address_stands_in_a_letter(app: Flask, world: World) -> None:
    """Case F11: whatever is sent comes from the site alone."""
    queue_trial(app, NOW)
    bag = Bag()
    deliver(app, bag, NOW)
    with app.app_context(), transaction() as session:
        addresses = set(session.scalars(select(Account.email))) - {"pusat@contoh.example.com"}
    whole = bag.sent[0].message.as_string()
    assert bag.sent[0].message["From"].addresses[0].addr_spec == "lapor@localhost"
    assert not [address for address in addresses if address in whole]
