"""What people change about their own account: their data, and their e-mail once they have shown it is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, AccountLink
from app.rules import contact, text
from app.rules import people as rules
from app.rules.errors import Invalid, NotFound
from app.rules.labels import N_, Gender
from app.rules.people import LinkPurpose
from app.services import account_links, outbox, passwords, people, tries

SAME_EMAIL = N_("Ini sudah alamat email akun Anda.")
# Each asks a mail to an address that a stranger may own.
TOO_OFTEN = N_("Terlalu banyak permintaan mengganti email. Tunggu satu jam, lalu coba lagi.")


@dataclass(frozen=True)
class Profile:
    """What the form of one's own profile says."""

    name: str
    phone: str
    gender: Gender | None
    birth_date: date | None


def edit(session: Session, actor: Actor, profile: Profile, now: datetime) -> Account:
    """Raises Invalid at name, phone or birth_date."""
    account = passwords.own(session, actor)
    before = people.seen(account)
    account.first_name = text.clean(profile.name, "name", limit=people.NAME_MAX, lines=False)
    account.last_name = ""  # an older account's second name stands in the one field by now
    account.phone = contact.phone(profile.phone, "phone")
    account.gender = profile.gender
    account.birth_date = rules.birth_date(profile.birth_date, now.date())
    account.changed_by_fk, account.changed_on = account.id, people.naive(now)
    people.note_changes(session, actor, account, before, now)
    return account


def ask_email(session: Session, actor: Actor, typed: str, current: str, now: datetime) -> AccountLink:
    """Mail the new address a link and tell the present one. Raises Invalid at email or current."""
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    address = contact.email(typed, "email")
    if address == account.email:
        raise Invalid({"email": SAME_EMAIL})
    _free(session, account, address)
    if not tries.count(session, tries.OWN_EMAIL, account.id, now):
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
    account.email = address
    try:
        session.flush()
    except IntegrityError as error:
        raise Invalid({"email": people.EMAIL_TAKEN}) from error
    actor = Actor(user_id=account.id, agency_id=account.agency_id)
    people.note_changes(session, actor, account, before, now)
    return account


def _free(session: Session, account: Account, address: str) -> None:
    """Raises Invalid if the address is another account's e-mail or, from older days, username."""
    query = select(Account.id).where(func.lower(Account.email) == address, Account.id != account.id).limit(1)
    if session.scalar(query) is not None:
        raise Invalid({"email": people.EMAIL_TAKEN})
