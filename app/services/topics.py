"""What is told, to whom: one line for each topic of the outbox.

A handler reads, at delivery, what is true now: whether the account is active, what it may read. It
writes to the address that the account had when the row was caused (access/addresses.py). It returns the letter, or None when there is nobody to tell (cases C13, C14). A
message for several people is one row for each of them, so that a repetition concerns one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.addresses import recipient
from app.models import OutboxMessage
from app.rules.labels import EventKind
from app.services import (
    account_mail,
    bell,
    catching_up,
    code_mail,
    codes,
    digests,
    failures,
    notices,
    notification_mail,
    own_link,
    setting_password,
    sms,
    sms_answers,
    undoing,
    uploads,
)
from app.services.mail.letter import Letter, Site, write
from app.services.sms_text import TextMessage

Handler = Callable[[Session, OutboxMessage, Site, datetime], Letter | TextMessage | None]


def trial(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """Mail arrives: the central admin who asked for it reads this."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    return write("trial", found.name, found.email, "Surat uji LAPOR!", site)


TOPICS: Mapping[str, Handler] = {
    "mail_trial": trial,
    "account_first": account_mail.first,
    "account_invited": account_mail.invited,
    "invitation_answered": account_mail.invitation_answered,
    "account_promoted": account_mail.promoted,
    "account_powers": account_mail.powers,
    "password_forgotten": account_mail.forgotten,
    setting_password.MAIL_TOPIC: account_mail.password_changed,
    failures.TOPIC: account_mail.sign_in_tried,
    "email_confirm": account_mail.email_confirm,
    "email_asked": account_mail.email_asked,
    undoing.MAIL_TOPIC: account_mail.changed,
    "second_step_changed": account_mail.second_step_changed,
    "second_step_recovery": account_mail.second_step_recovery,
    "second_step_reset": account_mail.second_step_reset,
    "citizen_search_limit": account_mail.search_limit,
    catching_up.DEADLINES: catching_up.go_on_with_deadlines,
    catching_up.DELEGATORS: catching_up.go_on_with_delegators,
    codes.MAIL_TOPIC: code_mail.code_letter,
    notices.MAIL_TOPIC: notices.report_letter,
    uploads.FILE_MAIL: notices.file_letter,
    own_link.MAIL_TOPIC: own_link.letter,
    bell.MAIL_TOPIC: notification_mail.letter,
    notification_mail.DIGEST_TOPIC: notification_mail.digest,
    **notices.HEARD,
    **digests.TOPICS,
}

# Text messages: carried by the SMS gateway, and waiting for it where there is none.
TEXTS: Mapping[str, Handler] = {
    sms.TOPIC: sms_answers.answer,
    codes.SMS_TOPIC: code_mail.code_text,
    setting_password.SMS_TOPIC: code_mail.password_changed,
    undoing.SMS_TOPIC: account_mail.changed_text,
    notices.SMS_TOPIC: notices.report_text,
    uploads.FILE_SMS: notices.file_text,
    own_link.SMS_TOPIC: own_link.text,
}

# Events of reports that nobody is told of: their rows are marked as done, batch by batch. A topic that
# gets a handler above leaves this set by itself. A topic in neither, of a newer version that was taken
# back, waits for its handler and shows in the health page's oldest age.
QUIET: frozenset[str] = frozenset(kind.value for kind in EventKind) - TOPICS.keys() - TEXTS.keys()
