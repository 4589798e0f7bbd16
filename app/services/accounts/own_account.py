"""What people change about their own account: their data, and their addresses once they have shown that these
are theirs. Where an address changes, the one before is told, and can take it back (services/accounts/undo_links.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.accounts import addresses
from app.access.actor import Actor
from app.models import Account, AccountLink, OneTimeCode, Reporter
from app.rules import text
from app.rules.accounts import contact
from app.rules.accounts import people as rules
from app.rules.accounts.control import What
from app.rules.accounts.genders import Gender
from app.rules.accounts.people import LinkPurpose
from app.rules.citizens.forms import CodePurpose
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts import people, undo_links
from app.services.accounts.credentials import account_links, codes, passwords
from app.services.system import attempt_counts

SAME_EMAIL = N_("Ini sudah alamat email akun Anda.")
# Each asks a mail to an address that a stranger may own.
TOO_OFTEN = N_("Terlalu banyak permintaan mengganti email. Tunggu satu jam, lalu coba lagi.")

SAME_PHONE = N_("Ini sudah nomor telepon akun Anda.")
NEEDED = N_("Anda masuk dengan nomor telepon ini. Tulis nomor yang baru.")
NEEDS_SMS = N_("Anda masuk dengan nomor telepon ini, dan situs ini belum dapat mengirim SMS ke nomor baru.")
TOO_OFTEN_PHONE = N_("Terlalu banyak permintaan mengganti nomor telepon. Tunggu satu jam, lalu coba lagi.")


@dataclass(frozen=True)
class AccountProfile:
    """What the form of one's own profile says."""

    name: str
    gender: Gender | None
    birth_date: date | None


def edit(session: Session, actor: Actor, profile: AccountProfile, now: datetime) -> Account:
    """Raises Invalid at name or birth_date."""
    account = passwords.own(session, actor)
    before = people.seen(account)
    account.first_name = text.clean(profile.name, "name", limit=people.NAME_MAX, lines=False)
    account.last_name = ""  # an older account's second name stands in the one field by now
    account.gender = profile.gender
    account.birth_date = rules.birth_date(profile.birth_date, now.date())
    account.changed_by_fk, account.changed_on = account.id, people.naive(now)
    people.note_changes(session, actor, account, before, now)
    return account


def ask_email(session: Session, actor: Actor, typed: str, current: str, now: datetime) -> AccountLink:
    """Mail the new address a link and tell the present one. Raises Invalid at email or current.

    Whether another account has the address is told in the letter to it alone, to whom it belongs.
    """
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    address = contact.email(typed, "email")
    if address == account.email:
        raise Invalid({"email": SAME_EMAIL})
    if not attempt_counts.count(session, attempt_counts.OWN_EMAIL, account.id, now):
        raise Invalid({"email": TOO_OFTEN})
    link = account_links.make(session, account, LinkPurpose.EMAIL, now, email=address)
    for topic in ("email_confirm", "email_asked"):
        outbox.put(session, topic, f"{topic}:{link.id}:{link.nonce}", now, link=link.id)
    return link


def confirm_email(session: Session, token: str, now: datetime) -> Account:
    """Whoever holds the mailed link makes its address the account's, once. Sessions stay.

    Raises NotFound for a link that is not good, Invalid when somebody else has the address by now.
    """
    link = account_links.find(session, token, now, LinkPurpose.EMAIL, lock=True)
    if link is None:
        raise NotFound
    account, address = link.account, link.email
    _free(session, account, address)
    before = people.seen(account)
    undo_links.keep(session, account, What.EMAIL, now)
    account.email = address
    try:
        session.flush()
    except IntegrityError as error:
        raise Invalid({"email": people.EMAIL_TAKEN}) from error
    actor = Actor(user_id=account.id, agency_id=account.agency_id)
    people.note_changes(session, actor, account, before, now)
    return account


def change_phone(session: Session, actor: Actor, typed: str, current: str, now: datetime) -> Account:
    """Where no SMS can be sent: the owner's telephone as they typed it. Raises Invalid at phone or current."""
    account, phone = _asked_phone(session, actor, typed, current)
    if account.username == account.phone:
        raise Invalid({"phone": NEEDS_SMS})
    _set_phone(session, account, phone, now)
    return account


def ask_phone(session: Session, actor: Actor, typed: str, current: str, now: datetime) -> str:
    """Send a code to the new telephone; the token by which confirm_phone() finds it, "" where it was only
    taken away. Raises Invalid at phone or current."""
    account, phone = _asked_phone(session, actor, typed, current)
    if not attempt_counts.count(session, attempt_counts.OWN_PHONE, account.id, now):
        raise Invalid({"phone": TOO_OFTEN_PHONE})
    if not phone:
        if account.username == account.phone:
            raise Invalid({"phone": NEEDED})
        _set_phone(session, account, phone, now)
        return ""
    return codes.ask(session, CodePurpose.PHONE, codes.Address(phone=phone), {"user": account.id}, now)


def confirm_phone(session: Session, actor: Actor, row: OneTimeCode, now: datetime) -> Account:
    """The code was right: its telephone is the account's. Raises Forbidden for anybody else's code, Invalid
    at code when another account signs in with that number, or can again."""
    account = passwords.own(session, actor)
    if row.purpose is not CodePurpose.PHONE or row.payload.get("user") != account.id:
        raise Forbidden
    signs_in = account.username == account.phone
    if signs_in and addresses.phone_taken(session, row.phone, besides=account.id):
        raise Invalid({"code": people.PHONE_TAKEN})
    phone = row.phone
    codes.use(row, str(account.id), now)
    _set_phone(session, account, phone, now, proved=True)
    return account


def _asked_phone(session: Session, actor: Actor, typed: str, current: str) -> tuple[Account, str]:
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    phone = contact.phone(typed, "phone")
    if phone == account.phone:
        raise Invalid({"phone": SAME_PHONE})
    return account, phone


def _set_phone(
    session: Session, account: Account, phone: str, now: datetime, *, proved: bool = False
) -> None:
    """Who signs in with their telephone does so with the new one; text messages about reports follow a
    number that was proved."""
    before = people.seen(account)
    undo_links.keep(session, account, What.PHONE, now)
    if account.username == account.phone:
        account.username = phone
    if proved:
        reporter = session.scalar(select(Reporter).where(Reporter.user_id == account.id))
        if reporter is not None and reporter.phone:
            reporter.phone = phone
    account.phone = phone
    account.changed_by_fk, account.changed_on = account.id, people.naive(now)
    actor = Actor(user_id=account.id, agency_id=account.agency_id)
    people.note_changes(session, actor, account, before, now)


def _free(session: Session, account: Account, address: str) -> None:
    """Raises Invalid if the address is another account's, or can be again."""
    if addresses.taken(session, address, besides=account.id):
        raise Invalid({"email": people.EMAIL_TAKEN})
