"""What is told, to whom: one line for each topic of the outbox.

A handler reads, at delivery, what is true now: whether the account is active, what it may read. It
writes to the address that the account had when the row was caused (access/accounts/addresses.py). It returns the letter, or None when there is nobody to tell (cases C13, C14). A
message for several people is one row for each of them, so that a repetition concerns one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.accounts.addresses import recipient
from app.models import OutboxMessage
from app.rules.reports.codes import EventKind
from app.services.accounts import letters, undo_links
from app.services.accounts.credentials import codes, failed_sign_ins, new_password
from app.services.agencies import backlog
from app.services.attachments import uploads
from app.services.channels import sms, sms_answers
from app.services.citizens import code_letters, own_link, reporter_notices
from app.services.inbox import bell, digests, notification_mail
from app.services.inbox.mail.letter import Letter, Site, write
from app.services.inbox.sms_text import TextMessage

Handler = Callable[[Session, OutboxMessage, Site, datetime], Letter | TextMessage | None]


def trial(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """Mail arrives: the central admin who asked for it reads this."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    return write("trial", found.name, found.email, "Surat uji LAPOR!", site)


TOPICS: Mapping[str, Handler] = {
    "mail_trial": trial,
    "account_first": letters.first,
    "account_invited": letters.invited,
    "invitation_answered": letters.invitation_answered,
    "account_promoted": letters.promoted,
    "account_powers": letters.powers,
    "password_forgotten": letters.forgotten,
    new_password.MAIL_TOPIC: letters.password_changed,
    failed_sign_ins.TOPIC: letters.sign_in_tried,
    "email_confirm": letters.email_confirm,
    "email_asked": letters.email_asked,
    undo_links.MAIL_TOPIC: letters.changed,
    "second_step_changed": letters.second_step_changed,
    "second_step_recovery": letters.second_step_recovery,
    "second_step_reset": letters.second_step_reset,
    "citizen_search_limit": letters.search_limit,
    backlog.DEADLINES: backlog.go_on_with_deadlines,
    backlog.DELEGATORS: backlog.go_on_with_delegators,
    codes.MAIL_TOPIC: code_letters.code_letter,
    reporter_notices.MAIL_TOPIC: reporter_notices.report_letter,
    uploads.FILE_MAIL: reporter_notices.file_letter,
    own_link.MAIL_TOPIC: own_link.letter,
    bell.MAIL_TOPIC: notification_mail.letter,
    notification_mail.DIGEST_TOPIC: notification_mail.digest,
    **reporter_notices.HEARD,
    **digests.TOPICS,
}

# Text messages: carried by the SMS gateway, and waiting for it where there is none.
TEXTS: Mapping[str, Handler] = {
    sms.TOPIC: sms_answers.answer,
    codes.SMS_TOPIC: code_letters.code_text,
    new_password.SMS_TOPIC: code_letters.password_changed,
    undo_links.SMS_TOPIC: letters.changed_text,
    reporter_notices.SMS_TOPIC: reporter_notices.report_text,
    uploads.FILE_SMS: reporter_notices.file_text,
    own_link.SMS_TOPIC: own_link.text,
}

# Events of reports that nobody is told of: their rows are marked as done, batch by batch. A topic that
# gets a handler above leaves this set by itself. A topic in neither, of a newer version that was taken
# back, waits for its handler and shows in the health page's oldest age.
QUIET: frozenset[str] = frozenset(kind.value for kind in EventKind) - TOPICS.keys() - TEXTS.keys()
