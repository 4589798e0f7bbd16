"""The secret link in its owner's hands: made anew, turned off, and asked for again by a confirmed address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.citizens.own_reports import held_by_link, of_confirmed_address
from app.models import OneTimeCode, OutboxMessage, Report, Reporter
from app.rules.citizens.forms import CodePurpose
from app.rules.citizens.secret_links import secret_address
from app.rules.errors import NotFound
from app.services import outbox
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.citizens.secret_links import end_link, renew_link, token_of
from app.services.inbox.mail.letter import Letter, Site, write
from app.services.inbox.sms_text import TextMessage, plain

MAIL_TOPIC = "mail_link"
SMS_TOPIC = "sms_link"
SUBJECT = "Tautan baru untuk laporan #%(id)s"
SAID = "Tautan rahasia laporan #%(id)s diganti. Tautan yang lama tidak berlaku lagi; gunakan yang berikut."
TEXT = "Tautan baru laporan #%(id)s: %(link)s Tautan lama tidak berlaku lagi."
STRANGER = "Bapak/Ibu"


def renew(session: Session, actor: Actor, report_id: int, secret: str, now: datetime) -> str:
    """End the link that `actor` holds; the token of the new one, which also goes to the confirmed address.

    Raises NotFound for a link that is none, or no more.
    """
    report = held_by_link(session, actor, report_id)
    token = renew_link(report, secret)
    _tell(session, report, now)
    return token


def end(session: Session, actor: Actor, report_id: int) -> None:
    """Turn off the link that `actor` holds: nobody comes to the report by a link until one is asked for."""
    end_link(held_by_link(session, actor, report_id))


def begin(session: Session, report_id: int | None, address: Address, now: datetime) -> str:
    """Somebody asks for a link: the token of the page that asks for the code, whether there is one or not."""
    return codes.ask(session, CodePurpose.LINK, address, {"report": report_id}, now)


def asked_for(session: Session, row: OneTimeCode, *, lock: bool = False) -> Report | None:
    """The report that a code was asked for, if its address is what its reporter confirmed; else None."""
    return of_confirmed_address(session, row.payload.get("report"), row.email, row.phone, lock=lock)


def finish(session: Session, row: OneTimeCode, secret: str, now: datetime) -> str:
    """The address is confirmed: the token of a new link. Raises NotFound when there is none to give."""
    report = asked_for(session, row, lock=True)
    if report is None:
        raise NotFound
    token = renew_link(report, secret)
    codes.use(row, str(report.id), now)
    row.payload = {"round": report.link_round}
    return token


def letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The new link, while it is the report's."""
    found = _link(session, row, site)
    if found is None or not found[0].email:
        return None
    reporter, number, link = found
    return write(
        "report",
        reporter.name or STRANGER,
        reporter.email,
        SUBJECT % {"id": number},
        site,
        said=SAID % {"id": number},
        reason="",
        body="",
        kept_back=False,
        link=link,
        rates=False,
    )


def text(session: Session, row: OutboxMessage, site: Site, now: datetime) -> TextMessage | None:
    """The same by text message, to a telephone that asked for quiet too: its owner asked for this."""
    found = _link(session, row, site)
    if found is None or not found[0].phone:
        return None
    reporter, number, link = found
    return TextMessage(row.id, reporter.phone, plain(TEXT % {"id": number, "link": link}))


def _tell(session: Session, report: Report, now: datetime) -> None:
    reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
    if reporter is None or not (reporter.email or reporter.phone):
        return
    topic = MAIL_TOPIC if reporter.email else SMS_TOPIC
    dedupe_key = f"link:{report.id}:{report.link_round}"
    outbox.put(session, topic, dedupe_key, now, report=report.id, round=report.link_round)


def _link(session: Session, row: OutboxMessage, site: Site) -> tuple[Reporter, int, str] | None:
    report = session.get(Report, row.payload["report"], populate_existing=True)
    if report is None or report.link_round != row.payload["round"]:
        return None
    reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
    token = token_of(report, site.secret)
    if reporter is None or reporter.erased_at is not None or not token:
        return None
    return reporter, report.id, secret_address(site.url, "lacak", token)
