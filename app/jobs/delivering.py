"""Delivering the outbox: claim, compose, send without a lock, settle. Safe beside other workers.

No step is woken up after a commit: the job runs each minute, and a request takes as long whether or
not it queued a mail, so that its time tells nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from app.extensions import present_settings, transaction
from app.jobs.topics import QUIET, TEXTS, TOPICS, Handler
from app.services import outbox
from app.services.inbox.mail.carriers import Carrier, FolderCarrier, SendFailed, SmtpCarrier
from app.services.inbox.mail.letter import Envelope, Letter, Site, envelope
from app.services.inbox.sms_carriers import Gammu, HttpGateway, SmsCarrier, SmsFolder
from app.services.inbox.sms_text import TextMessage
from config import Settings

log = logging.getLogger(__name__)
RUN_SECONDS = 120  # then the next run goes on: other jobs wait for the same worker
BECAME = ("sent", "silent", "failed", "dead")


def site_of(settings: Settings) -> Site:
    return Site(
        url=settings.site_url,
        sender=settings.mail_from,
        sender_name=settings.mail_from_name,
        secret=settings.key(),
        first_password=settings.first_password,
        password_method=settings.password_method,
    )


def carrier_of(settings: Settings) -> Carrier:
    """The server of the settings, or the folder where there is none."""
    if settings.mail_folder is not None:
        return FolderCarrier(settings.mail_folder)
    return SmtpCarrier(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        tls=settings.smtp_tls,
        user=settings.smtp_user,
        password=settings.smtp_password,
        timeout=settings.smtp_timeout,
        hello=site_of(settings).host,
    )


def sms_carrier_of(settings: Settings) -> SmsCarrier | None:
    """The gateway of the settings; None for an installation without one."""
    match settings.sms:
        case "gammu":
            return Gammu(settings.sms_gammu_config)
        case "http":
            return HttpGateway(settings.sms_url, settings.sms_secret)
        case "folder":
            return SmsFolder(settings.instance / "sms")
    return None


@dataclass
class Delivery:
    """One run of what `carrier` carries. `done` counts what became of the rows, by name."""

    site: Site
    carrier: Carrier | SmsCarrier
    topics: Mapping[str, Handler] = field(default_factory=lambda: TOPICS)
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BECAME, 0))

    def run(self, now: datetime) -> Mapping[str, int]:
        """Tell what is due at `now` until nothing is, the time is up, or the server cannot be reached."""
        until = time.monotonic() + RUN_SECONDS
        goes_on = True
        while goes_on:
            with transaction() as session:
                claims = outbox.claim(session, now, self.topics.keys())
            if not claims:
                break
            for claim in claims:
                goes_on = goes_on and time.monotonic() < until
                if goes_on:
                    goes_on = self._tell(claim, now)
                else:
                    with transaction() as session:
                        outbox.release(session, claim, now)
        return self.done

    def _tell(self, claim: outbox.OutboxClaim, now: datetime) -> bool:
        """Tell one row; False if the server was not there."""
        try:
            ready = self._compose(claim, now)
            if ready is not None:
                self.carrier.send(cast("Any", ready))  # its topics make what it takes
        except SendFailed as failure:
            self._failed(claim, now, failure)
            return failure.reached
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the other rows
            # The kind alone: the error's text could carry what a person wrote.
            self._failed(claim, now, SendFailed(type(error).__name__))
            return True
        with transaction() as session:
            outbox.settle(session, claim, now)
        self.done["sent" if ready is not None else "silent"] += 1
        return True

    def _compose(self, claim: outbox.OutboxClaim, now: datetime) -> Envelope | TextMessage | None:
        """The message as things are now; None if nobody is to be told any more."""
        with transaction() as session:
            row = outbox.claimed(session, claim)
            if row is None:
                return None
            told = self.topics[row.topic](session, row, self.site, now)
            if isinstance(told, Letter):
                return envelope(told, self.site, row.id, row.dedupe_key, row.created_at)
            return told  # a text message is ready as it is

    def _failed(self, claim: outbox.OutboxClaim, now: datetime, failure: SendFailed) -> None:
        with transaction() as session:
            dead = outbox.fail(session, claim, now, failure.kind, permanent=failure.permanent)
        self.done["dead" if dead else "failed"] += 1
        log.warning("outbox row %s: %s%s", claim.id, failure.kind, ", given up" if dead else "")


def deliver_outbox(now: datetime) -> str:
    """What nobody listens to is marked as done first: a flood of it must not stand before the mail."""
    quiet = 0
    while True:
        with transaction() as session:
            batch = outbox.hush(session, now, QUIET)
        quiet += batch
        if not batch:
            break
    with transaction() as session:
        settings = present_settings(session)
    site, done = site_of(settings), dict.fromkeys(BECAME, 0)
    # Each by itself: a gateway that is away keeps no mail waiting.
    Delivery(site, carrier_of(settings), TOPICS, done).run(now)
    gateway = sms_carrier_of(settings)
    if gateway is not None:
        Delivery(site, gateway, TEXTS, done).run(now)
    return ", ".join(f"{name} {number}" for name, number in {**done, "quiet": quiet}.items())
