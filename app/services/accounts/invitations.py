"""A citizen is asked whether they want to work for an agency, and says yes or no (manual 6.10).

Until the yes nothing of the account changes. The yes is the citizen's own: of the account that is signed
in, not of whoever reads its mail. What the invitation rests on is asked anew then.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.accounts import citizen_search
from app.access.actor import Actor
from app.access.inbox.notifications import reader_of
from app.access.tree import within
from app.models import Account, AccountLink, Agency
from app.models.accounts.security import FabRole
from app.rules.accounts.contact import is_reachable
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import Forbidden, Invalid, LaporError, NotFound
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts import granting, people
from app.services.accounts.credentials import account_links
from app.services.accounts.credentials.passwords import end_sessions
from app.services.system import audit

NO_EMAIL = N_(
    "Pengguna ini belum memiliki alamat email, sehingga undangan tidak dapat dikirim. Minta ia menambahkan email di halaman Akun saya, lalu undang lagi."
)
NOT_ANY_MORE = N_(
    "Undangan ini tidak dapat dipakai lagi: instansi, peran, atau wewenang pengundangnya sudah berubah. Mintalah undangan baru."
)


def invite(
    session: Session, actor: Actor, account: Account, agency: Agency, role: FabRole, now: datetime
) -> AccountLink:
    """Mail a citizen, whom the caller has found and locked, what they are asked. An earlier invitation to
    the same agency ends. Raises Invalid at "chosen" for who has no e-mail."""
    if not is_reachable(account.email):
        raise Invalid({"chosen": NO_EMAIL})
    session.execute(
        delete(AccountLink).where(
            AccountLink.user_id == account.id,
            AccountLink.purpose == LinkPurpose.INVITATION,
            AccountLink.agency_id == agency.id,
        )
    )
    link = account_links.make(
        session,
        account,
        LinkPurpose.INVITATION,
        now,
        agency_id=agency.id,
        role=role.name,
        inviter_id=actor.user_id,
    )
    outbox.put(session, "account_invited", f"account_invited:{link.id}:{link.nonce}", now, link=link.id)
    audit.note(
        session, actor, "account.invited", people.KIND, account.id, now, role=role.name, agency=agency.id
    )
    return link


def accept(session: Session, actor: Actor, token: str, now: datetime) -> Account:
    """The invited citizen says yes: from now on they work there. Sessions, tokens and links end.

    Raises NotFound for a link that is not good, Forbidden for whoever is not the one who was invited,
    Invalid where what it rests on does not hold any more.
    """
    link = _own(session, actor, token, now)
    account = citizen_search.find(session, link.user_id)
    agency_id, role, inviter_id = link.agency_id, link.role, link.inviter_id
    try:
        inviter = _inviter(session, inviter_id)
        agency = people.place(session, inviter, agency_id)
        given = granting.given_role(session, inviter, role, agency)
    except LaporError as refused:
        raise Invalid({"invitation": NOT_ANY_MORE}) from refused
    if account is None:
        raise Invalid({"invitation": NOT_ANY_MORE})
    account.agency_id, account.roles = agency.id, [given]
    account.changed_by_fk, account.changed_on = account.id, people.naive(now)
    end_sessions(account)
    session.flush()
    account_links.end(session, account.id)
    account_links.end(session, account.id, LinkPurpose.INVITATION)
    audit.note(
        session, actor, "account.promoted", people.KIND, account.id, now,
        role=given.name, agency=agency.id, by=inviter_id,
    )  # fmt: skip
    dedupe_key = f"account_promoted:{account.id}:{agency.id}:{secrets.token_hex(8)}"
    outbox.put(session, "account_promoted", dedupe_key, now, user=account.id)
    _tell(session, inviter_id, account, agency.id, now, yes=True)
    return account


def decline(session: Session, actor: Actor, token: str, now: datetime) -> None:
    """The invited citizen says no. Raises as accept() does."""
    link = _own(session, actor, token, now)
    account, agency_id, inviter_id = link.account, link.agency_id, link.inviter_id
    session.delete(link)
    audit.note(session, actor, "account.invitation_declined", people.KIND, account.id, now, agency=agency_id)
    _tell(session, inviter_id, account, agency_id, now, yes=False)


def withdraw(session: Session, actor: Actor, key: int, now: datetime) -> AccountLink:
    """A manager of the agency takes an invitation back. Raises NotFound, Forbidden."""
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    link: AccountLink | None = session.scalar(_waiting(actor, now).where(AccountLink.id == key))
    if link is None:
        raise NotFound
    session.delete(link)
    session.flush()
    audit.note(
        session, actor, "account.invitation_withdrawn", people.KIND, link.user_id, now, agency=link.agency_id
    )
    return link


def waiting(session: Session, actor: Actor, now: datetime) -> Sequence[AccountLink]:
    """The invitations to agencies that `actor` manages which nobody has answered, the newest first."""
    if not actor.may(Resource.USERS, Verb.READ):
        return ()
    return list(session.scalars(_waiting(actor, now).order_by(AccountLink.id.desc())))


def _waiting(actor: Actor, now: datetime) -> Select[AccountLink]:
    return (
        select(AccountLink)
        .where(
            AccountLink.purpose == LinkPurpose.INVITATION,
            within(actor.agency_id, AccountLink.agency_id),
            or_(AccountLink.expires_at.is_(None), AccountLink.expires_at > now),
        )
        .options(joinedload(AccountLink.account), joinedload(AccountLink.agency))
    )


def _own(session: Session, actor: Actor, token: str, now: datetime) -> AccountLink:
    """The invitation of that token, locked, for who is signed in."""
    link: AccountLink | None = account_links.find(session, token, now, LinkPurpose.INVITATION, lock=True)
    if link is None:
        raise NotFound
    if actor.user_id != link.user_id:
        raise Forbidden
    return link


def _inviter(session: Session, user_id: int | None) -> Actor:
    """Who invited, as they are now. Raises Forbidden for who may not enter accounts any more."""
    account = session.get(Account, user_id) if user_id is not None else None
    actor = reader_of(session, account) if account is not None and account.active else None
    if actor is None or actor.agency_id is None or not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    return actor


def _tell(
    session: Session,
    inviter_id: int | None,
    account: Account,
    agency_id: int | None,
    now: datetime,
    *,
    yes: bool,
) -> None:
    dedupe_key = f"invitation_answered:{account.id}:{agency_id}:{secrets.token_hex(8)}"
    outbox.put(
        session,
        "invitation_answered",
        dedupe_key,
        now,
        user=inviter_id,
        who=account.id,
        agency=agency_id,
        yes=yes,
    )
