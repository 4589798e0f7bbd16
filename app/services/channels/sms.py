"""A text message to 1708: taken once, carried out by the same services as a page's form, answered once.

Channel: the working rules for SMS 1708; cases A13, F2, F4.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access.actor import GUEST, Actor
from app.access.citizens.reporter_phones import agency_of_keyword, reporter_of_phone, sender
from app.access.scope import get_report
from app.models import QuietPhone, Reporter, SmsMessage
from app.rules import text
from app.rules.accounts import contact
from app.rules.channels import sms
from app.rules.channels.sms import Answer, Command, SmsCommand
from app.rules.citizens.forms import NotifyBy
from app.rules.errors import Invalid, LaporError
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import State
from app.services import outbox
from app.services.citizens.filing import Filing, file_report
from app.services.reports import reporter_contributions
from app.services.reports.locked_report import Form

TOPIC = "sms_answer"
KEPT = timedelta(days=7)  # no gateway tries longer
HOUR = timedelta(hours=1)
BATCH = 1_000
BY_SMS = "Ditutup oleh pelapor melalui SMS."


@dataclass(frozen=True)
class Incoming:
    """gateway_id: the gateway's own name for the message. phone: as the network tells it."""

    gateway_id: str
    phone: str
    text: str


def receive(session: Session, incoming: Incoming, now: datetime) -> Answer:
    """Carry `incoming` out and queue its answer; for one that was taken before, what was answered then.

    Answer.NONE for what no person sent: short numbers and names of services get no answer, which
    keeps two machines from writing to each other for ever. Raises Invalid without a gateway's id.
    """
    gateway_id = text.clean(incoming.gateway_id, "id", limit=text.SHORT_MAX, lines=False)
    try:
        phone = contact.phone(incoming.phone, "from")
    except Invalid:
        phone = ""
    if not phone:
        return Answer.NONE
    row_id = _take(session, gateway_id, phone, now)
    if row_id is None:
        return session.scalars(select(SmsMessage.answer).where(SmsMessage.gateway_id == gateway_id)).one()
    row = session.get_one(SmsMessage, row_id, populate_existing=True)
    message = sms.read(text.storable(incoming.text))
    row.command = message.command
    row.answer, row.report_id = _carry_out(session, row, message, now)
    if row.answer is not Answer.NONE:
        dedupe_key = f"sms:{row.id}:{secrets.token_hex(8)}"
        outbox.put(session, TOPIC, dedupe_key, now, sms=row.id, asked=message.report_id)
    session.flush()
    return row.answer


def forget(session: Session, now: datetime) -> int:
    """Remove messages that no gateway delivers again, one batch; how many there were."""
    old = select(SmsMessage.id).where(SmsMessage.at <= now - KEPT).limit(BATCH)
    keys = list(session.scalars(old))
    session.execute(delete(SmsMessage).where(SmsMessage.id.in_(keys)))
    return len(keys)


def _take(session: Session, gateway_id: str, phone: str, now: datetime) -> int | None:
    """Write the message down; None if it is there already. A second delivery waits for the first."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(SmsMessage)
        .values(gateway_id=gateway_id, phone=phone, command=Command.HELP, answer=Answer.NONE, at=now)
        .on_conflict_do_nothing()
        .returning(SmsMessage.id)
    )
    taken: int | None = session.scalar(select(SmsMessage.id).from_statement(statement))
    return taken


def _carry_out(
    session: Session, row: SmsMessage, message: SmsCommand, now: datetime
) -> tuple[Answer, int | None]:
    """What became of the message: its answer, and the report that it is about."""
    lately = select(func.count()).where(SmsMessage.phone == row.phone, SmsMessage.at > now - HOUR)
    number = session.scalar(lately) or 0
    if number > sms.HOURLY:
        return (Answer.TOO_MANY if number == sms.HOURLY + 1 else Answer.NONE), None
    if message.command in sms.NUMBERED:
        return _about_a_report(session, row.phone, message, now)
    if message.command is Command.FILE:
        return _file(session, row.phone, message, now)
    if message.command is Command.STOP:
        session.merge(QuietPhone(phone=row.phone, at=now))
        return Answer.STOPPED, None
    if message.command is Command.START:
        session.execute(delete(QuietPhone).where(QuietPhone.phone == row.phone))
        return Answer.STARTED, None
    return Answer.HELP, None


def _about_a_report(
    session: Session, phone: str, message: SmsCommand, now: datetime
) -> tuple[Answer, int | None]:
    actor = sender(session, phone, message.report_id)
    if actor is None:
        return Answer.NOT_YOURS, None
    if message.command is Command.STATUS:
        return Answer.STATUS, message.report_id
    try:
        with session.begin_nested():
            return _say(session, actor, message, now), message.report_id
    except Invalid:
        return Answer.TOO_LONG, None
    except LaporError:
        return Answer.NOT_NOW, message.report_id


def _file(session: Session, phone: str, message: SmsCommand, now: datetime) -> tuple[Answer, int | None]:
    agency_id = agency_of_keyword(session, message.keyword) if message.keyword else None
    if message.keyword and agency_id is None:
        return Answer.NO_KEYWORD, None
    reporter = reporter_of_phone(session, phone) or Reporter(
        name="", email="", phone=phone, notify_by=NotifyBy.SMS, created_at=now
    )
    filing = Filing(
        text=message.text,
        source=Channel.SMS,
        suggested_agency_id=agency_id,
        is_anonymous=message.is_anonymous,
        is_secret=message.is_secret,
    )
    try:
        with session.begin_nested():
            session.add(reporter)
            session.flush()
            report = file_report(session, GUEST, filing, now, reporter=reporter)
    except Invalid:
        return Answer.TOO_LONG, None
    return Answer.FILED, report.id


def _say(session: Session, actor: Actor, message: SmsCommand, now: datetime) -> Answer:
    """BALAS, TUTUP, BUKA: on a closed report every answer asks for reopening, as on the pages."""
    report = get_report(session, actor, message.report_id, lock=True)
    form = Form(report.id, report.version)
    if message.command is Command.CLOSE:
        reporter_contributions.close(session, actor, form, message.text or BY_SMS, now)
        return Answer.CLOSED
    if report.state is State.INCOMPLETE and message.command is Command.REPLY:
        reporter_contributions.complete(session, actor, form, message.text, now)
        return Answer.COMPLETED
    closed = report.state is State.CLOSED
    if message.command is Command.REOPEN and not closed:
        return Answer.NOT_NOW
    reporter_contributions.reply(session, actor, form, message.text, now)
    return Answer.REOPEN_ASKED if closed else Answer.REPLIED
