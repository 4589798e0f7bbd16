"""The words of an answer to a text message, composed when it leaves: they tell what is true then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.access.citizens.reporter_phones import is_first_report, sender
from app.access.scope import get_report
from app.models import Agency, OutboxMessage, Report, SmsMessage
from app.rules.channels.sms import WORDS_OF_ANSWERS, Answer, receipt
from app.rules.text import REPORT_TEXT_MAX
from app.services.inbox.mail.letter import Site
from app.services.inbox.sms_text import TextMessage, plain

# Where the telephone's standing is asked again: the report may have been erased with its reporter.
ABOUT = frozenset(
    answer for answer, words in WORDS_OF_ANSWERS.items() if "%(state)s" in words or "%(agency)s" in words
)


def answer(session: Session, row: OutboxMessage, _site: Site, _now: datetime) -> TextMessage | None:
    """The answer to the message that the row names; None once that message is forgotten."""
    message = session.get(SmsMessage, row.payload["sms"])
    if message is None:
        return None
    told = message.answer
    number = message.report_id or row.payload["asked"]
    facts: dict[str, object] = {"id": number, "limit": REPORT_TEXT_MAX}
    if told in ABOUT:
        if sender(session, message.phone, message.report_id) is None:
            return None
        report = get_report(session, SYSTEM, message.report_id)
        holder = session.get_one(Agency, report.holder_id)
        facts |= {"state": report.state.label, "agency": holder.name}
    words = _receipt(session, message.report_id) if told is Answer.FILED else WORDS_OF_ANSWERS[told]
    return TextMessage(row.id, message.phone, plain(words % facts))


def _receipt(session: Session, report_id: int | None) -> str:
    """How the report is treated as it stands now; the number alone where it has been erased since."""
    report = session.get(Report, report_id)
    if report is None:
        return WORDS_OF_ANSWERS[Answer.FILED]
    first = is_first_report(session, report)
    return receipt(is_anonymous=report.is_anonymous, is_secret=report.is_secret, first=first)
