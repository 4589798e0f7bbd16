"""What managers do about an account besides its data: take it away, let it in again, write once more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, RecoveryCode
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import Role
from app.rules.errors import Forbidden
from app.services import outbox
from app.services.accounts import granting, people
from app.services.accounts.credentials import account_links, failed_sign_ins
from app.services.accounts.credentials.new_password import put
from app.services.accounts.credentials.passwords import end_sessions
from app.services.system import audit

REMOVED_DOMAIN = "dihapus.invalid"  # a domain that can never exist (RFC 2606)


def remove(session: Session, actor: Actor, user_id: int, now: datetime) -> Account:
    """Take an account out of its agency for good; what it did stays under its name. Raises Invalid.

    Its sessions and links end. Who had registered as a citizen before becomes one again; every other
    account is closed, and its username and e-mail are free for a new one.
    """
    account = people.managed(session, actor, user_id, lock=True)
    people.not_yourself(actor, account, "active")
    held = {role.name for role in account.roles}
    people.keep_a_central_admin(session, account, held)
    agency_id, citizen = account.agency_id, account.reporter is not None
    account.agency_id = None
    account.roles = [granting.named_role(session, Role.REPORTER.value)] if citizen else []
    if not citizen:
        account.active = False
        put(session, account, None, now)
        account.username = f"dihapus-{account.id}"
        account.email = f"{account.username}@{REMOVED_DOMAIN}"
        account.phone, account.gender, account.birth_date = "", None, None
        drop_second_step(session, account)
    account.changed_by_fk, account.changed_on = actor.user_id, people.naive(now)
    end_sessions(account)
    session.flush()
    account_links.end(session, account.id)
    # A citizen keeps what undoes a change of their address; nothing brings a closed account back.
    account_links.end(session, account.id, LinkPurpose.INVITATION)
    if not citizen:
        account_links.end(session, account.id, LinkPurpose.UNDO)
    audit.note(
        session, actor, "account.removed", people.KIND, account.id, now, roles=sorted(held), agency=agency_id,
        citizen=citizen,
    )  # fmt: skip
    return account


def unlock(session: Session, actor: Actor, user_id: int, now: datetime) -> Account:
    """Let somebody sign in again who wrote a wrong password too often."""
    account = people.managed(session, actor, user_id, lock=True)
    failed_sign_ins.forgive(session, account)
    account.changed_by_fk, account.changed_on = actor.user_id, people.naive(now)
    audit.note(session, actor, "account.unlocked", people.KIND, account.id, now)
    return account


def invite_again(session: Session, actor: Actor, user_id: int, now: datetime) -> Account:
    """Mail the first link once more; the earlier one ends. Raises Forbidden where the owner was in."""
    account = people.managed(session, actor, user_id, lock=True)
    if not waiting(account):
        raise Forbidden
    account_links.invite(session, account, now)
    audit.note(session, actor, "account.invited_again", people.KIND, account.id, now)
    return account


def waiting(account: Account) -> bool:
    """Whether the account was never entered by its owner: it waits for its first password."""
    return bool(account.active) and not account.was_entered


def reset_second_step(session: Session, actor: Actor, user_id: int, now: datetime) -> Account:
    """Somebody lost their authenticator: mail them a link by which they do without it, with their password.

    By itself this opens nothing: a manager alone gets into no account. Raises Invalid for oneself.
    """
    account = people.managed(session, actor, user_id, lock=True)
    people.not_yourself(actor, account, "second_step")
    if not account.totp_nonce:
        raise Forbidden
    ask_recovery(session, actor, account, now)
    return account


def ask_recovery(session: Session, actor: Actor, account: Account, now: datetime) -> None:
    """Queue the letter with that link to the owner of an account that the caller may write about; an earlier
    link ends."""
    audit.note(session, actor, "account.second_step_reset_asked", people.KIND, account.id, now)
    link = account_links.make(session, account, LinkPurpose.SECOND_STEP, now)
    dedupe_key = f"second_step_recovery:{link.id}:{link.nonce}"
    outbox.put(session, "second_step_recovery", dedupe_key, now, link=link.id)


def take_second_step(session: Session, actor: Actor, account: Account, now: datetime) -> None:
    """End sessions, links and the authenticator of a locked account, and tell its owner."""
    drop_second_step(session, account)
    end_sessions(account)
    session.flush()
    account_links.end(session, account.id)
    audit.note(session, actor, "account.second_step_reset", people.KIND, account.id, now)
    dedupe_key = f"second_step_reset:{account.id}:{account.session_stamp}"
    outbox.put(session, "second_step_reset", dedupe_key, now, user=account.id)


def drop_second_step(session: Session, account: Account) -> None:
    """Without an authenticator and its recovery codes."""
    account.totp_nonce, account.totp_step = "", None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == account.id))
