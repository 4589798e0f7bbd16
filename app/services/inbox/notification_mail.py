"""Mails about the bell: one at once, or one a day with what is still unread.

What a mail says is decided when it is delivered: whether it was read meanwhile, how its reader wants to
be mailed now, whether they can open the report at that moment (cases C13, C14, F7). It names the
report's number and never what is written in it, since mail is read by others too.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.access.accounts.addresses import recipient
from app.access.inbox import notifications as bell
from app.access.inbox.notifications import BellItem
from app.models import Account, Notification, NotificationDigest, OutboxMessage
from app.rules.errors import NotFound
from app.rules.inbox.notifications import NOTICES, Mailing
from app.rules.labels import N_
from app.rules.reports.workdays import at_work
from app.services import outbox
from app.services.calendars import calendars_of
from app.services.inbox.mail.letter import Letter, Site, write

DIGEST_TOPIC = "mail_digest"
SHOWN = 50  # lines of a daily mail; the bell has the rest
SUBJECT_DAILY = N_("Ringkasan notifikasi LAPOR!")


def letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The letter about one notification; None if it is not to be told any more."""
    notification = session.get(Notification, row.payload["notification"], populate_existing=True)
    found = recipient(session, notification.user_id, row.created_at) if notification is not None else None
    if notification is None or found is None or notification.read_at is not None:
        return None
    account = found.account
    if bell.settings_of(session, account.id)[NOTICES[notification.kind].group] is not Mailing.AT_ONCE:
        return None
    try:
        item = bell.one(session, bell.reader_of(session, account), notification.id)
    except NotFound:
        return None
    subject = NOTICES[notification.kind].name
    if notification.report_id is not None:
        subject = f"{subject}: laporan #{notification.report_id}"
    return write(
        "notification", found.name, found.email, subject, site,
        said=sentence(item), agency=item.agency if NOTICES[notification.kind].content else "", link=f"{site.url}/notifikasi/{notification.id}/",
    )  # fmt: skip


def sentence(item: BellItem) -> str:
    """What is told, in Indonesian."""
    return NOTICES[item.notification.kind].said % {"id": item.notification.report_id}


def digest(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """What is unread of a day, for who wants it once a day; None if there is nothing any more."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    account = found.account
    wanted = bell.settings_of(session, account.id)
    kinds = [kind for kind, notice in NOTICES.items() if wanted[notice.group] is Mailing.DAILY]
    reader = bell.reader_of(session, account)
    items = bell.among(session, reader, row.payload["after"], row.payload["upto"], kinds)
    if not items:
        return None
    lines = [(sentence(item), f"/notifikasi/{item.notification.id}/") for item in items[:SHOWN]]
    return write(
        "unread", found.name, found.email, SUBJECT_DAILY, site,
        lines=lines, more=len(items) - len(lines), link=f"{site.url}/notifikasi/",
    )  # fmt: skip


def queue_digests(
    session: Session, now: datetime, after: int = 0, *, limit: int = 500
) -> tuple[int | None, int]:
    """Queue the daily mail of up to `limit` readers with keys after `after`, whose agency is at work now.

    One a day for each, on working days alone (case A4). Returns where to go on (None: there is no
    more), and how many were queued.
    """
    rows = session.execute(
        select(
            Notification.user_id, func.max(Notification.id), Account.agency_id,
            NotificationDigest.upto_id, NotificationDigest.sent_on,
        )
        .join(Account, Account.id == Notification.user_id)
        .outerjoin(NotificationDigest, NotificationDigest.user_id == Notification.user_id)
        .where(
            Notification.read_at.is_(None),
            Notification.user_id > after,
            Account.active.is_(True),
            Account.agency_id.is_not(None),
            or_(NotificationDigest.upto_id.is_(None), Notification.id > NotificationDigest.upto_id),
        )
        .group_by(
            Notification.user_id, Account.agency_id, NotificationDigest.upto_id, NotificationDigest.sent_on
        )
        .order_by(Notification.user_id)
        .limit(limit)
    ).all()  # fmt: skip
    calendars = calendars_of(session, {agency_id for _, _, agency_id, _, _ in rows if agency_id})
    queued = 0
    for user_id, newest, agency_id, upto, sent_on in rows:
        calendar = calendars[agency_id or 0]
        today = calendar.local_date(now)
        if not at_work(calendar, now) or sent_on == today:
            continue
        session.merge(NotificationDigest(user_id=user_id, upto_id=newest, sent_on=today))
        outbox.put(
            session, DIGEST_TOPIC, f"{DIGEST_TOPIC}:{user_id}:{today}", now,
            user=user_id, after=upto or 0, upto=newest,
        )  # fmt: skip
        queued += 1
    return (rows[-1][0] if len(rows) == limit else None), queued
