"""A report that a partner files by Open311: once, by the same services as any other."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.access.actor import GUEST
from app.access.channels.open311 import service
from app.models import ApiClient, EventText, IdempotencyKey, Reporter
from app.rules.channels.open311 import Given
from app.rules.citizens.forms import NotifyBy
from app.rules.reports.codes import Channel
from app.services import idempotency
from app.services.citizens.filing import Filing, file_report
from app.services.citizens.secret_links import give_link

AGAIN_WITHIN = timedelta(hours=1)  # the same content once more is a retry
TOKEN_LENGTH = 24
PURPOSE = "open311"


def key_of_filing(client: ApiClient, content: Mapping[str, str], header: str) -> tuple[str, bool]:
    """The key under which a filing is carried out once, and whether the client chose it itself."""
    said = header or "\0".join(
        f"{name}={value}" for name, value in sorted(content.items()) if name != "api_key"
    )
    digest = hashlib.sha256(f"{client.id}\0{bool(header)}\0{said}".encode(errors="replace")).hexdigest()
    return f"311:{digest[:48]}", bool(header)


def file(
    session: Session, client: ApiClient, given: Given, key: str, secret: str, now: datetime, *, chosen: bool
) -> int:
    """The number of the report: of a new one, or of the one that a retry is for.

    `chosen`: the client made the key itself, and means one filing by it for as long as keys are kept; the
    same content without a key is a retry for an hour. Raises NotFound for a service that is not offered.
    """
    own = idempotency.own(GUEST, key)
    kept = session.get(IdempotencyKey, own, with_for_update=True, populate_existing=True)
    if kept is not None and not chosen and kept.at <= now - AGAIN_WITHIN:
        session.delete(kept)
        session.flush()
    if not idempotency.claim(session, GUEST, key, PURPOSE, now):
        return int(idempotency.result(session, GUEST, key))
    category = service(session, given.service_code)
    filing = Filing(
        text=given.description,
        source=Channel.PARTNER,
        client_id=client.id,
        category_id=category.code,
        location=given.place,
        is_anonymous=given.is_anonymous,
        is_secret=given.is_secret,
    )
    report = file_report(session, GUEST, filing, now, reporter=_reporter(session, given, now))
    if given.email or given.phone:
        # So that what is told leads back to the report.
        give_link(report, secret)
    if given.media_url:
        session.add(
            EventText(report_id=report.id, seq=report.version, name="media_url", text=given.media_url)
        )
    idempotency.keep(session, GUEST, key, str(report.id))
    return report.id


def _reporter(session: Session, given: Given, now: datetime) -> Reporter | None:
    """Whoever the partner names, told of the report by mail, else by SMS."""
    if not (given.name or given.email or given.phone):
        return None
    by = NotifyBy.EMAIL if given.email else NotifyBy.SMS if given.phone else NotifyBy.NONE
    reporter = Reporter(name=given.name, email=given.email, phone=given.phone, notify_by=by, created_at=now)
    session.add(reporter)
    session.flush()
    return reporter


def token_of(report_id: int, secret: str) -> str:
    """A token that stands for a report's number; nobody but us can make one."""
    digest = hmac.digest(secret.encode(), f"open311:{report_id}".encode(), "sha256").hex()
    return f"{report_id}-{digest[:TOKEN_LENGTH]}"


def report_of_token(token: str, secret: str) -> int | None:
    """The number that a token stands for; None for one that is not ours."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < TOKEN_LENGTH):
        return None
    ours = hmac.compare_digest(token.encode(errors="replace"), token_of(int(number), secret).encode())
    return int(number) if ours else None
