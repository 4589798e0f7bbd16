"""Changes of an account's ways in: each is told at the address before it, with a link that takes it back.

The link keeps how things stood before. It outlives whatever a thief would do next: another change, a new
password, the second step off. The oldest one wins: it ends all that were made after it, and itself is ended
by none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.access.accounts import addresses
from app.access.actor import Actor
from app.models import Account, AccountLink, RecoveryCode, Reporter
from app.rules.accounts import passwords as rules
from app.rules.accounts.contact import is_reachable
from app.rules.accounts.control import What
from app.rules.accounts.people import LinkPurpose
from app.rules.errors import Invalid, NotFound
from app.services import outbox
from app.services.accounts import people
from app.services.accounts.credentials import account_links, new_password, passwords
from app.services.accounts.credentials.new_password import put
from app.services.system import audit

MAIL_TOPIC, SMS_TOPIC = "account_changed", "sms_account_changed"


def keep(session: Session, account: Account, what: What, now: datetime) -> None:
    """Before `what` of a locked account changes by its owner's hand: how it stands now, and who is told.

    Nothing of an account that its owner was never in: there a manager corrects what a manager entered.
    """
    if not account.was_entered:
        return
    link = account_links.make(
        session,
        account,
        LinkPurpose.UNDO,
        now,
        email=account.email,
        phone=account.phone,
        totp_nonce=account.totp_nonce,
    )
    topic = MAIL_TOPIC if is_reachable(account.email) else SMS_TOPIC
    outbox.put(session, topic, f"{topic}:{link.id}:{link.nonce}", now, link=link.id, what=what.value)


def undo(session: Session, token: str, new: str, again: str, method: str, now: datetime) -> Account:
    """Whoever holds the link has the account back as it was, with a new password.

    Sessions, tokens and all other links end, and so does every younger link of this kind. Raises NotFound
    when the link is not good, Invalid at password, again or email.
    """
    link = account_links.find(session, token, now, LinkPurpose.UNDO, lock=True)
    if link is None:
        raise NotFound
    account, since = link.account, link.created_at
    rules.twice(new, again, (*passwords.about(account), link.email))
    before = people.seen(account)
    if addresses.taken(session, link.email, besides=account.id):
        raise Invalid({"email": people.EMAIL_TAKEN})
    _bring_back(session, account, link)
    if account.totp_nonce != link.totp_nonce:
        account.totp_nonce, account.totp_step = link.totp_nonce, None
    # Whoever changed it may have seen them; the owner makes new ones.
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == account.id))
    session.execute(
        delete(AccountLink).where(
            AccountLink.user_id == account.id,
            AccountLink.purpose == LinkPurpose.UNDO,
            AccountLink.id >= link.id,
        )
    )
    put(session, account, generate_password_hash(new, method=method), now)
    owner = Actor(user_id=account.id, agency_id=account.agency_id)
    people.note_changes(session, owner, account, before, now)
    addresses.come_back(session, account.id, since)
    audit.note(session, owner, "account.change_undone", people.KIND, account.id, now)
    new_password.tell(session, account, now)
    return account


def _bring_back(session: Session, account: Account, link: AccountLink) -> None:
    """The addresses of the link: of the account, of signing in with a telephone, and of the messages about
    reports where they followed it. Raises Invalid for one that is another account's."""
    if account.username == account.phone and link.phone:
        if addresses.phone_taken(session, link.phone, besides=account.id):
            raise Invalid({"phone": people.PHONE_TAKEN})
        account.username = link.phone
    reporter = session.scalar(select(Reporter).where(Reporter.user_id == account.id))
    if reporter is not None and reporter.phone and reporter.phone == account.phone:
        reporter.phone = link.phone
    account.email, account.phone = link.email, link.phone
    try:
        session.flush()
    except IntegrityError as error:  # another one came between
        raise Invalid({"email": people.EMAIL_TAKEN}) from error
