"""Mail in tests: rows of the outbox, letters in the folder, and a carrier that keeps what it is given.

Functions without `app` want an application context.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage

from flask import Flask, current_app
from sqlalchemy import select

from app.extensions import transaction
from app.jobs.delivering import Delivery, carrier_of, deliver_outbox, site_of
from app.models import OutboxMessage
from app.services import outbox
from app.services.inbox.mail.carriers import FolderCarrier
from app.services.inbox.mail.letter import Envelope, envelope, write
from config import Settings
from tests.support.world import World

SETTINGS = "LAPOR"
ADDRESS = re.compile(r"(https?://[^\s)]+)")


def nothing(_envelope: Envelope) -> None:
    """Before and after each message."""


@dataclass
class Bag:
    """A carrier that keeps the messages; `before` and `after` are called with each, and may fail."""

    before: Callable[[Envelope], None] = nothing
    after: Callable[[Envelope], None] = nothing
    sent: list[Envelope] = field(default_factory=list)

    def send(self, envelope: Envelope) -> None:
        self.before(envelope)
        self.sent.append(envelope)
        self.after(envelope)


def _put_trial(now: datetime, to: str, dedupe_key: str) -> int:
    with transaction() as session:
        account = World.read(session).account(session, to)
        outbox.put(session, "mail_trial", f"trial:{dedupe_key}", now, user=account.id)
        session.flush()
        return session.scalars(
            select(OutboxMessage.id).where(OutboxMessage.dedupe_key == f"trial:{dedupe_key}")
        ).one()


def queue_trial(app: Flask, now: datetime, *, to: str = "pusat", dedupe_key: str = "1") -> int:
    """Queue a trial mail to somebody of the world; the row's key."""
    with app.app_context():
        return _put_trial(now, to, dedupe_key)


def row(app: Flask, key: int) -> OutboxMessage:
    """The row as it is now."""
    with app.app_context(), transaction() as session:
        found = session.get_one(OutboxMessage, key, populate_existing=True)
        session.expunge(found)
        return found


def deliver(app: Flask, bag: Bag, now: datetime) -> dict[str, int]:
    """One run of the delivering job into `bag`; what became of the rows."""
    with app.app_context():
        return dict(Delivery(site_of(app.config[SETTINGS]), bag).run(now))


def dead_letter(dedupe_key: str = "dead") -> int:
    """A trial mail that was given up; the row's key."""
    key = _put_trial(datetime.now(UTC), "pusat", dedupe_key)
    with transaction() as session:
        found = session.get_one(OutboxMessage, key)
        found.dead_at, found.attempts, found.last_error = datetime.now(UTC), 8, "SMTPServerDisconnected"
    return key


def letter_in_folder() -> int:
    """A letter in the development folder, and no other; its number."""
    settings: Settings = current_app.config[SETTINGS]
    for old in settings.mail_folder.glob("*.eml") if settings.mail_folder else ():
        old.unlink()  # of tests before this one
    site, number = site_of(settings), 7
    letter = write("trial", "Petugas PUSAT", "pusat@contoh.example.com", "Surat uji LAPOR!", site)
    carrier_of(settings).send(envelope(letter, site, number, "once", datetime.now(UTC)))
    return number


def letters_to(app: Flask, address: str) -> list[EmailMessage]:
    """Run the delivering job; the letters to `address` that it put into the folder, oldest first."""
    folder = app.config[SETTINGS].mail_folder
    for old in folder.glob("*.eml"):
        old.unlink()
    with app.app_context():
        deliver_outbox(datetime.now(UTC))
    found = [message for _, message in FolderCarrier(folder).letters(1_000)]
    return [message for message in reversed(found) if message["To"].addresses[0].addr_spec == address]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def with_settings(app: Flask, **changes: object) -> Settings:
    """The settings with changes, to be put into app.config["LAPOR"]."""
    changed: Settings = replace(app.config[SETTINGS], **changes)
    return changed


def words_in_folder() -> list[str]:
    """What the letters of the folder say, and the error that a dead letter names."""
    folder = current_app.config[SETTINGS].mail_folder
    found = ["SMTPServerDisconnected"]
    for _, message in FolderCarrier(folder).letters(10):
        found += [str(message[name]) for name in ("Subject", "From", "To")]
        lines = [line for line in text_of(message).splitlines() if line]
        # An address becomes a link, and what stands around it a text of its own.
        found += [part for line in lines for part in (line, *ADDRESS.split(line)) if part]
    return found
