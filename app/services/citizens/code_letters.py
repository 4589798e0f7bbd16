"""The letter or text message with a code: for whoever files or registers, or forgot a password.

A forgotten password of an account with an e-mail is a link (accounts/letters.py); codes go to telephones.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.account_lookup import by_phone
from app.models import Account, OneTimeCode, OutboxMessage
from app.rules.citizens.forms import CODE_LIFETIME, CodePurpose
from app.services.accounts.credentials.codes import Address, code_of
from app.services.citizens.own_link import asked_for
from app.services.citizens.registration import address_taken
from app.services.inbox.mail.letter import Letter, Site, write
from app.services.inbox.sms_text import TextMessage

SUBJECT = "Kode LAPOR! Anda"
KNOWN_SUBJECT = "Anda sudah punya akun LAPOR!"
MINUTES = int(CODE_LIFETIME.total_seconds()) // 60
STRANGER = "Bapak/Ibu"
CHANGED_TEXT = "Kata sandi akun LAPOR! Anda baru saja diubah. Bukan Anda? Minta kata sandi baru di %(link)s"
CODE_TEXT = "Kode LAPOR! Anda %(code)s, berlaku %(minutes)s menit. Jangan berikan kode ini kepada siapa pun."
KNOWN_TEXT = "Nomor ini sudah punya akun LAPOR!. Masuk dengan nomor ini, atau minta kata sandi baru."


def code_letter(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The code, unless it was used or ran out meanwhile.

    Whether an address has an account is told in its letter alone: who registers a known one is told so.
    """
    code = session.get(OneTimeCode, row.payload["code"], populate_existing=True)
    if code is None or code.used_at is not None or code.expires_at <= now or not code.email:
        return None
    if code.purpose is CodePurpose.LINK and asked_for(session, code) is None:
        return None
    address = Address(email=code.email)
    name = code.payload.get("name") or STRANGER
    if code.purpose is CodePurpose.REGISTER and address_taken(session, address):
        return write("code_known", name, code.email, KNOWN_SUBJECT, site)
    if code.purpose is CodePurpose.PASSWORD:
        return None
    return write(
        "code",
        name,
        code.email,
        SUBJECT,
        site,
        code=code_of(code, site.secret),
        purpose=code.purpose.value,
        minutes=MINUTES,
    )


def code_text(session: Session, row: OutboxMessage, site: Site, now: datetime) -> TextMessage | None:
    """The same by text message; to a telephone that asked for quiet too, for its owner asked for this.

    Nobody is written to for a password that no account has.
    """
    code = session.get(OneTimeCode, row.payload["code"], populate_existing=True)
    if code is None or code.used_at is not None or code.expires_at <= now or not code.phone:
        return None
    if code.purpose is CodePurpose.LINK and asked_for(session, code) is None:
        return None
    address = Address(phone=code.phone)
    if code.purpose is CodePurpose.REGISTER and address_taken(session, address):
        return TextMessage(row.id, code.phone, KNOWN_TEXT)
    if code.purpose is CodePurpose.PASSWORD:
        account = by_phone(session, code.phone)
        if account is None or not account.active:
            return None
    words = CODE_TEXT % {"code": code_of(code, site.secret), "minutes": MINUTES}
    return TextMessage(row.id, code.phone, words)


def password_changed(session: Session, row: OutboxMessage, site: Site, now: datetime) -> TextMessage | None:
    """To a telephone that is an account's: somebody changed its password. One that asked for quiet hears it."""
    account = session.get(Account, row.payload["user"], populate_existing=True)
    if account is None or not account.active or not account.phone:
        return None
    return TextMessage(row.id, account.phone, CHANGED_TEXT % {"link": f"{site.url}/lupa-sandi/"})
