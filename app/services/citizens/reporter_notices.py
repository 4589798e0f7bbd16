"""What a reporter is told by mail or text message of their own report, as they chose.

The row of an event is heard once: it queues one letter for the reporter, if they are to be told. What
the letter says is decided at delivery, from what is true then: whether they still want to be told, which
address they have, whether the report or the follow-up is secret (case C13). Nobody's name but theirs
stands in it: an agency speaks (case F11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.accounts.addresses import phone_at, recipient
from app.access.attachments.files import name_of
from app.access.citizens.own_reports import occurrence
from app.access.citizens.reporter_phones import is_quiet
from app.access.public_text import without_numbers
from app.models import (
    Account,
    Agency,
    ArchiveReason,
    Attachment,
    Event,
    EventText,
    FollowUp,
    OutboxMessage,
    Report,
    Reporter,
)
from app.rules.citizens.forms import NotifyBy
from app.rules.citizens.secret_links import secret_address
from app.rules.reports.codes import Channel, EventKind, Visibility
from app.rules.reports.workflow import Who
from app.services import outbox
from app.services.citizens.secret_links import token_of
from app.services.inbox.mail.letter import Letter, Site, write
from app.services.inbox.sms_text import TextMessage, plain

MAIL_TOPIC = "mail_report"
SMS_TOPIC = "sms_report"  # carried by the SMS gateway, where the installation has one
WITHOUT_NAME = "Bapak/Ibu"


@dataclass(frozen=True)
class News:
    """subject and what happened, with %(id)s and %(agency)s; note: the note of the event that is told."""

    subject: str
    said: str
    note: str = ""


NEWS: Mapping[EventKind, News] = {
    EventKind.RECEIVED: News(
        "Laporan #%(id)s diterima",
        "Laporan Anda kami terima dengan nomor #%(id)s. Dalam 3 hari kerja admin pusat memeriksanya.",
    ),
    EventKind.VERIFIED: News(
        "Laporan #%(id)s diteruskan ke instansi",
        "Laporan Anda sudah diverifikasi dan diteruskan ke %(agency)s.",
    ),
    EventKind.FOLLOWED_UP: News(
        "Tindak lanjut untuk laporan #%(id)s", "%(agency)s menindaklanjuti laporan Anda."
    ),
    EventKind.DETAILS_ASKED: News(
        "Laporan #%(id)s perlu dilengkapi",
        "Laporan Anda belum lengkap. Lengkapi dalam 30 hari; setelah itu laporan diarsipkan.",
        note="note",
    ),
    EventKind.ARCHIVED: News("Laporan #%(id)s diarsipkan", "Laporan Anda diarsipkan.", note="note"),
    EventKind.RESTORED: News(
        "Laporan #%(id)s diperiksa lagi", "Arsip laporan Anda dibuka; laporan diperiksa lagi."
    ),
    EventKind.CLOSED: News("Laporan #%(id)s ditutup", "Laporan Anda ditutup oleh instansi.", note="reason"),
    EventKind.AUTO_CLOSED: News(
        "Laporan #%(id)s ditutup",
        "Laporan Anda ditutup otomatis karena tindak lanjut terakhir tidak ditanggapi selama 10 hari.",
    ),
    EventKind.REOPENED: News(
        "Laporan #%(id)s dibuka kembali", "Laporan Anda dibuka kembali dan menunggu tindak lanjut."
    ),
    EventKind.REQUEST_REJECTED: News(
        "Permintaan untuk laporan #%(id)s ditolak", "Permintaan Anda ditolak.", note="answer"
    ),
}


def hear(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """Queue what the reporter is told of an event; a repetition queues nothing more."""
    found = _occurrence(session, row.report_id, row.payload["seq"])
    if found is None:
        return None
    report, event, reporter = found
    topic = {NotifyBy.EMAIL: MAIL_TOPIC, NotifyBy.SMS: SMS_TOPIC}.get(reporter.notify_by)
    if topic is None or (topic == SMS_TOPIC and not reporter.phone):
        return None
    dedupe_key = f"reporter:{report.id}:{event.seq}"
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == dedupe_key)) is None:
        # Of the time of its cause: it goes to the address of then.
        outbox.put(session, topic, dedupe_key, row.created_at, report=report.id, seq=event.seq)
    return None


def report_letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The letter about one event; None if the reporter is not to be told any more."""
    found = _occurrence(session, row.payload["report"], row.payload["seq"])
    if found is None:
        return None
    report, event, reporter = found
    address = _address(session, reporter, row.created_at)
    if reporter.notify_by is not NotifyBy.EMAIL or not address:
        return None
    news = NEWS[event.kind]
    filled = {"id": report.id, "agency": _agency(session, event)}
    body, kept_back = _body(session, report, event, news)
    return write(
        "report",
        reporter.name or WITHOUT_NAME,
        address,
        news.subject % filled,
        site,
        said=news.said % filled,
        reason=_reason(session, event),
        body=body,
        kept_back=kept_back,
        link=_link(report, reporter, site),
        rates=event.kind in (EventKind.CLOSED, EventKind.AUTO_CLOSED),
    )


def report_text(session: Session, row: OutboxMessage, _site: Site, _now: datetime) -> TextMessage | None:
    """The text message about one event: what happened, never what was written; None as for a letter.

    Of its receipt who sent a text message was told by the answer to it.
    """
    found = _occurrence(session, row.payload["report"], row.payload["seq"])
    if found is None:
        return None
    report, event, reporter = found
    phone = _phone(session, reporter, row.created_at)
    if reporter.notify_by is not NotifyBy.SMS or not phone or is_quiet(session, phone):
        return None
    if event.kind is EventKind.RECEIVED and report.source is Channel.SMS:
        return None
    said = NEWS[event.kind].said % {"id": report.id, "agency": _agency(session, event)}
    return TextMessage(row.id, phone, plain(f"{said} Cek: STATUS {report.id} ke 1708."))


def _occurrence(session: Session, report_id: int | None, seq: int) -> tuple[Report, Event, Reporter] | None:
    """The report, the event and its reporter, if this is news to them."""
    row = occurrence(session, report_id, seq)
    if row is None:
        return None
    report, event, reporter = row
    own_doing = event.data.get("as") == Who.REPORTER
    # A decision by which the report moves is told by the move.
    silent = event.kind not in NEWS or event.visibility is Visibility.OFFICERS or own_doing
    return None if silent else (report, event, reporter)


def _address(session: Session, reporter: Reporter, caused: datetime) -> str:
    """Of the account at that time, while it is active; else what was given with the report."""
    if reporter.user_id is None:
        return reporter.email
    found = recipient(session, reporter.user_id, caused)
    return found.email if found is not None else ""


def _phone(session: Session, reporter: Reporter, caused: datetime) -> str:
    """As given with the report; where it follows the account's, the one of that time."""
    account = session.get(Account, reporter.user_id) if reporter.user_id is not None else None
    if account is None or account.phone != reporter.phone:
        return reporter.phone
    return phone_at(session, account, caused)


def _agency(session: Session, event: Event) -> str:
    """Where the report went, or who acted."""
    key = event.data.get("agency") if event.kind is EventKind.VERIFIED else event.agency_id
    agency = session.get(Agency, key) if key else None
    return agency.name if agency else "instansi"


def _reason(session: Session, event: Event) -> str:
    code = event.data.get("reason") if event.kind is EventKind.ARCHIVED else None
    found = session.get(ArchiveReason, code) if code else None
    return found.name if found else ""


def _body(session: Session, report: Report, event: Event, news: News) -> tuple[str, bool]:
    """What was written, and whether something was that no mail may hold: mail is read by others too, so a
    NIK stands in none."""
    text, secret = "", report.is_secret
    if event.kind is EventKind.FOLLOWED_UP:
        written = session.scalar(
            select(FollowUp).where(
                FollowUp.report_id == report.id, FollowUp.seq == event.data.get("follow_up")
            )
        )
        text = written.text if written else ""
        secret = secret or (written is not None and written.is_secret)
    elif news.note:
        note = session.get(EventText, (report.id, event.seq, news.note))
        text = note.text if note else ""
    return ("", True) if secret and text else (without_numbers(text), False)


def _link(report: Report, reporter: Reporter, site: Site) -> str:
    """Where the report can be read; "" for who has neither an account nor a link."""
    if reporter.user_id is not None:
        return f"{site.url}/laporan-saya/{report.id}/"
    token = token_of(report, site.secret)
    return secret_address(site.url, "lacak", token) if token else ""


FILE_REFUSED = News(
    "Lampiran laporan #%(id)s ditolak",
    "%(file)s pada laporan #%(id)s berisi program berbahaya atau tidak dapat diperiksa, dan sudah dihapus."
    " Laporannya sendiri tetap diproses. Periksa perangkat Anda dengan antivirus, lalu lampirkan lagi bila perlu.",
)


def file_letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """Whoever sent a file that the virus scanner refused afterwards learns of it; its own name is not told."""
    file = session.get(Attachment, row.payload["file"])
    if file is None:
        return None
    name, address, link = _sender(session, file, site, row.created_at)
    if not address:
        return None
    filled = {"id": file.report_id or "–", "file": name_of(file)}
    subject = FILE_REFUSED.subject % filled if file.report_id else "Lampiran pesan ditolak"
    said = FILE_REFUSED.said if file.report_id else MESSAGE_FILE_REFUSED
    return write(
        "report",
        name,
        address,
        subject,
        site,
        said=said % filled,
        reason="",
        body="",
        kept_back=False,
        link=link,
        rates=False,
    )


MESSAGE_FILE_REFUSED = (
    "%(file)s pada pesan Anda berisi program berbahaya atau tidak dapat diperiksa, dan sudah dihapus."
)


def _sender(session: Session, file: Attachment, site: Site, caused: datetime) -> tuple[str, str, str]:
    """Name, address and link of whoever sent the file; "" for an address that is none, or not wanted."""
    report = session.get(Report, file.report_id) if file.report_id else None
    officer = recipient(session, file.uploader_user_id, caused)
    if officer is not None and officer.account.agency_id is not None:
        link = f"{site.url}/laporan/{report.id}/" if report else f"{site.url}/pesan/"
        return officer.name, officer.email, link
    reporter = session.get(Reporter, report.reporter_id) if report and report.reporter_id else None
    if report is None or reporter is None or reporter.notify_by is not NotifyBy.EMAIL:
        return "", "", ""
    return reporter.name or WITHOUT_NAME, _address(session, reporter, caused), _link(report, reporter, site)


def file_text(session: Session, row: OutboxMessage, _site: Site, _now: datetime) -> TextMessage | None:
    """The same as a text message."""
    file = session.get(Attachment, row.payload["file"])
    report = session.get(Report, file.report_id) if file and file.report_id else None
    reporter = session.get(Reporter, report.reporter_id) if report and report.reporter_id else None
    if file is None or report is None or reporter is None or reporter.notify_by is not NotifyBy.SMS:
        return None
    phone = _phone(session, reporter, row.created_at)
    if not phone or is_quiet(session, phone):
        return None
    said = f"{name_of(file)} pada laporan #{report.id} ditolak pemindai virus dan dihapus. Laporan tetap diproses."
    return TextMessage(row.id, phone, plain(said))


# For the table of topics: every event that is news is heard.
HEARD: Mapping[str, Callable[[Session, OutboxMessage, Site, datetime], Letter | None]] = {
    kind.value: hear for kind in NEWS
}
