"""The second step of signing in: codes of an authenticator (RFC 6238) and recovery codes for the day it is lost.

The authenticator's secret is not stored: it is made from the account's nonce and the installation's
secret key. A stolen database holds none; a new secret key asks everybody to set up anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access.account_lookup import STOCK
from app.access.accounts.roles import roles
from app.access.actor import Actor
from app.models import Account, RecoveryCode, RoleDemand
from app.models.accounts.security import FabRole
from app.rules.accounts.control import What
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import SECOND_STEP_BY_DEFAULT, Resource, Verb, is_central
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts import undo_links
from app.services.accounts.credentials import account_links, passwords
from app.services.accounts.people_care import drop_second_step, take_second_step
from app.services.system import audit

KIND = "account"
ISSUER = "LAPOR!"
SECRET_BYTES = 20  # of SHA-1's block, as RFC 4226 asks
DRIFT = (-1, 0, 1)  # steps of 30 seconds that a telephone's clock may be off
CODES = 10
CODE_BYTES = 10  # 80 bits: a plain hash of it cannot be guessed
WRONG_CODE = N_("Kode tidak cocok. Tunggu kode berikutnya di aplikasi autentikator, lalu coba lagi.")
DEMANDED = N_("Peran Anda mewajibkan verifikasi dua langkah, sehingga tidak dapat dimatikan.")


def new_nonce() -> str:
    return secrets.token_hex(16)


def secret_of(user_id: int, nonce: str, key: str) -> str:
    """The authenticator's secret in base 32, from the account, its nonce and the installation's key."""
    digest = hmac.digest(key.encode(), f"second-step:{user_id}:{nonce}".encode(), "sha256")
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def address_of(account: Account, nonce: str, key: str) -> str:
    """The otpauth: address that an authenticator reads as a picture."""
    totp = pyotp.TOTP(secret_of(account.id, nonce, key))
    return totp.provisioning_uri(name=account.email, issuer_name=ISSUER)


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
    step = _step(secret_of(account.id, nonce, key), code, None, now)
    if step is None:
        raise Invalid({"code": WRONG_CODE})
    undo_links.keep(session, account, What.SECOND_STEP_ON, now)
    account.totp_nonce, account.totp_step = nonce, step
    passwords.end_sessions(account)
    audit.note(session, actor, "account.second_step_enabled", KIND, account.id, now)
    return _new_codes(session, account)


def renew_codes(session: Session, actor: Actor, current: str, now: datetime) -> Sequence[str]:
    """Ten new recovery codes instead of the old ones. Raises Invalid at current."""
    account = passwords.own(session, actor)
    passwords.confirm(account, current)
    if not account.totp_nonce:
        raise Forbidden
    audit.note(session, actor, "account.recovery_codes_renewed", KIND, account.id, now)
    _tell(session, account, now, "codes")
    return _new_codes(session, account)


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


def takes(session: Session, account: Account, code: str, key: str, now: datetime) -> bool:
    """Whether `code` is the authenticator's present one or an unused recovery code; either works once.

    The account must be locked by the caller.
    """
    step = _step(secret_of(account.id, account.totp_nonce, key), code, account.totp_step, now)
    if step is not None:
        account.totp_step = step
        return True
    used = session.scalar(
        delete(RecoveryCode)
        .where(RecoveryCode.user_id == account.id, RecoveryCode.code_hash == _hash(code))
        .returning(RecoveryCode.id)
    )
    return used is not None


def codes_left(session: Session, account: Account) -> int:
    query = select(func.count()).where(RecoveryCode.user_id == account.id)
    return session.scalar(query) or 0


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
    once = f"second_step_changed:{account.id}:{secrets.token_hex(8)}"
    outbox.put(session, "second_step_changed", once, now, user=account.id, what=what)


def _step(secret: str, code: str, last: int | None, now: datetime) -> int | None:
    """The time step that `code` belongs to, if it is near now and later than `last`."""
    totp, typed = pyotp.TOTP(secret), "".join(code.split())
    for drift in DRIFT:
        step = totp.timecode(now) + drift
        right = hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        if right and (last is None or step > last):
            return step
    return None


def _new_codes(session: Session, account: Account) -> Sequence[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == account.id))
    codes = [_written(secrets.token_bytes(CODE_BYTES)) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=account.id, code_hash=_hash(code)) for code in codes)
    session.flush()
    return codes


def _written(value: bytes) -> str:
    text = base64.b32encode(value).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _hash(code: str) -> str:
    """Of the letters alone: hyphens, blanks and capitals are a matter of writing."""
    letters = "".join(char for char in code.lower() if char.isalnum())
    return hashlib.sha256(letters.encode(errors="replace")).hexdigest()
