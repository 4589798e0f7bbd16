"""The second step of one's account: taken into use, turned off, lost; and the roles that demand it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.account_lookup import STOCK
from app.access.accounts.roles import roles
from app.access.actor import Actor
from app.models import Account, RoleDemand
from app.models.accounts.security import FabRole
from app.rules.accounts.control import What
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import SECOND_STEP_BY_DEFAULT, Resource, Verb, is_central
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts import undo_links
from app.services.accounts.credentials import account_links, passwords
from app.services.accounts.credentials.authenticator import new_codes, secret_of, step_of
from app.services.accounts.people_care import drop_second_step, take_second_step
from app.services.system import audit

KIND = "account"
WRONG_CODE = N_("Kode tidak cocok. Tunggu kode berikutnya di aplikasi autentikator, lalu coba lagi.")
DEMANDED = N_("Peran Anda mewajibkan verifikasi dua langkah, sehingga tidak dapat dimatikan.")


def enable(
    session: Session, actor: Actor, nonce: str, code: str, current: str, key: str, now: datetime
) -> Sequence[str]:
    """Take the authenticator into use that shows `code`; returns the recovery codes, shown this once.

    Every other session ends, and whoever did not do it can take it back (services/accounts/undo_links.py). Raises Invalid
    at code or current.
    """
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    if account.totp_nonce:
        raise Forbidden
    step = step_of(secret_of(account.id, nonce, key), code, None, now)
    if step is None:
        raise Invalid({"code": WRONG_CODE})
    undo_links.keep(session, account, What.SECOND_STEP_ON, now)
    account.totp_nonce, account.totp_step = nonce, step
    passwords.end_sessions(account)
    audit.note(session, actor, "account.second_step_enabled", KIND, account.id, now)
    return new_codes(session, account)


def renew_codes(session: Session, actor: Actor, current: str, now: datetime) -> Sequence[str]:
    """Ten new recovery codes instead of the old ones. Raises Invalid at current."""
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    if not account.totp_nonce:
        raise Forbidden
    audit.note(session, actor, "account.recovery_codes_renewed", KIND, account.id, now)
    _tell(session, account, now, "codes")
    return new_codes(session, account)


def disable(session: Session, actor: Actor, current: str, now: datetime) -> Account:
    """Raises Invalid at current, also where a role demands the second step."""
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    if demanded(session, [role.id for role in account.roles]):
        raise Invalid({"current": DEMANDED})
    undo_links.keep(session, account, What.SECOND_STEP, now)
    drop_second_step(session, account)
    passwords.end_sessions(account)
    audit.note(session, actor, "account.second_step_disabled", KIND, account.id, now)
    return account


def recover(session: Session, token: str, current: str, now: datetime) -> Account:
    """The owner lost their authenticator: by the link of the letter and the password it is taken away.

    Sessions and links end. Raises NotFound for a link that is not good, Invalid at current.
    """
    link = account_links.find(session, token, now, LinkPurpose.SECOND_STEP, lock=True)
    if link is None:
        raise NotFound
    account = link.account
    passwords.confirm(account, current)
    take_second_step(session, Actor(user_id=account.id, agency_id=account.agency_id), account, now)
    return account


def demanded(session: Session, role_ids: Collection[int]) -> bool:
    """Whether one of the roles demands a second step."""
    query = select(RoleDemand.role_id).where(
        RoleDemand.role_id.in_(role_ids), RoleDemand.second_step.is_(True)
    )
    return session.scalar(query.limit(1)) is not None


def demands(session: Session) -> frozenset[str]:
    """The names of the roles that demand it."""
    query = select(FabRole.name).join(RoleDemand, RoleDemand.role_id == FabRole.id)
    return frozenset(session.scalars(query.where(RoleDemand.second_step.is_(True))))


def locked_roles(session: Session) -> Sequence[FabRole]:
    """The roles of which an installation may always demand it: Admin Pusat, Supervisor, and every other one
    with a central power, which a copy of Admin Pusat has."""
    always = {role.value for role in SECOND_STEP_BY_DEFAULT}
    central = {role.id for role in roles(session) if role.name in always or is_central(role.permissions)}
    found = session.scalars(select(FabRole).where(FabRole.id.in_(central)).order_by(FabRole.id))
    return [role for role in found if role.name not in STOCK]


def demand(
    session: Session, actor: Actor, role_names: Collection[str], now: datetime, *, locked: bool = False
) -> None:
    """Demand a second step of the holders of these roles, and of nobody else.

    locked: the installation demands it of locked_roles(), whoever is named.
    """
    if not actor.may(Resource.SETTINGS, Verb.WRITE):
        raise Forbidden
    if locked:
        role_names = {*role_names, *(role.name for role in locked_roles(session))}
    for role in session.scalars(select(FabRole).order_by(FabRole.id)):
        row = session.get(RoleDemand, role.id, with_for_update=True)
        wanted, present = role.name in role_names, row is not None and row.second_step
        if wanted == present:
            continue
        session.merge(RoleDemand(role_id=role.id, second_step=wanted))
        action = "role.second_step_demanded" if wanted else "role.second_step_left_free"
        audit.note(session, actor, action, "role", role.id, now)
    session.flush()


def _tell(session: Session, account: Account, now: datetime, what: str) -> None:
    dedupe_key = f"second_step_changed:{account.id}:{secrets.token_hex(8)}"
    outbox.put(session, "second_step_changed", dedupe_key, now, user=account.id, what=what)
