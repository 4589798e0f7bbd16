"""The accounts of officers: entered, changed and switched off by those who manage their agency (manual 6.10).

Every rule is asked here again, on locked rows: a form only offers, and two managers may act at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from app.access.accounts import addresses
from app.access.actor import Actor
from app.access.agencies.management import manageable_accounts
from app.access.tree import within
from app.models import Account, Agency
from app.models.accounts.security import FabRole
from app.rules import text
from app.rules.accounts import contact, people
from app.rules.accounts.genders import Gender
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.services import outbox
from app.services.accounts.credentials import account_links, sessions
from app.services.accounts.credentials.new_password import put
from app.services.accounts.credentials.passwords import end_sessions
from app.services.accounts.granting import given_role, touchable
from app.services.system import audit

KIND = "account"
NAME_MAX = 64  # Flask-AppBuilder's column

CHOOSE_AGENCY = N_("Pilih instansi Anda atau instansi di bawahnya.")
AGENCY_INACTIVE = N_("Instansi ini tidak aktif. Pilih instansi lain, atau aktifkan dahulu instansinya.")
USERNAME_TAKEN = N_("Username ini sudah dipakai. Pilih yang lain.")
EMAIL_TAKEN = N_("Email ini sudah dipakai oleh akun lain.")
PHONE_TAKEN = N_("Nomor ini sudah dipakai oleh akun lain.")
BEYOND_YOU = N_("Akun ini memiliki peran yang tidak boleh Anda berikan, sehingga tidak dapat Anda ubah.")
NOT_YOURSELF = N_(
    "Peran, instansi, dan status akun sendiri hanya dapat diubah oleh admin lain. Mintalah admin lain melakukannya."
)
LAST_CENTRAL = N_(
    "Ini Admin Pusat aktif yang terakhir. Angkat Admin Pusat lain dahulu, lalu ulangi perubahan ini."
)
ALSO_A_CITIZEN = N_(
    "Pemilik akun ini juga melapor sebagai warga, sehingga akunnya tidak dapat dinonaktifkan. Gunakan HAPUS: ia berhenti menjadi admin, dan laporannya sendiri tetap dapat dibukanya."
)

OWNERS_ALONE = N_(
    "Pemilik akun ini sudah pernah masuk, sehingga hanya ia sendiri yang dapat mengubahnya, lewat halaman Akun saya."
)

# What says where somebody works, with which powers, and by which name they sign in.
POWERS = frozenset({"agency", "roles", "username"})
CODES = frozenset({"agency", "roles"})  # fields whose values the audit log keeps


class Taken(Invalid):
    """Tells that another account has a name: the forms count how often somebody is told so."""


@dataclass(frozen=True)
class Details:
    """What a form says of an account. None: as it is, on entry the default (username and email are required).

    Of an account that its owner was ever in, e-mail and telephone are the owner's alone to change.
    """

    name: str
    username: str | None
    email: str | None
    phone: str | None = ""
    gender: Gender | None = None
    birth_date: date | None = None
    active: bool | None = None
    agency_id: int | None = None
    role: str | None = None  # its name; a Role is one


def managed(session: Session, actor: Actor, user_id: int, *, lock: bool = False) -> Account:
    """The account, if `actor` manages it. Raises NotFound for absent and foreign, Forbidden beyond them."""
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    query = select(Account).where(Account.id == user_id, manageable_accounts(actor))
    query = query.options(selectinload(Account.roles))
    if lock:
        # The root's row first: whoever takes a central admin away waits here for the others who do.
        session.execute(select(Agency.id).where(Agency.parent_id.is_(None)).with_for_update(key_share=True))
        query = query.with_for_update(of=Account).execution_options(populate_existing=True)
    account: Account | None = session.scalar(query)
    if account is None:
        raise NotFound
    if not touchable(session, actor, account):
        raise Forbidden(BEYOND_YOU)
    return account


def create(session: Session, actor: Actor, details: Details, now: datetime) -> Account:
    """Enter an account and mail its owner how to get in; it has no password yet. Raises Invalid."""
    if not actor.may(Resource.USERS, Verb.WRITE):
        raise Forbidden
    wanted = actor.agency_id if details.agency_id is None else details.agency_id
    agency = place(session, actor, wanted)
    role = given_role(session, actor, details.role or Role.OFFICER, agency)
    account = Account(
        last_name="",
        must_change_password=True,
        active=details.active is not False,
        agency_id=agency.id,
        roles=[role],
        created_on=naive(now),
        created_by_fk=actor.user_id,
        changed_by_fk=actor.user_id,
    )
    _describe(session, account, details, now)
    _insert(session, account)
    audit.note(
        session, actor, "account.created", KIND, account.id, now, role=role.name, agency=agency.id,
        active=account.active,
    )  # fmt: skip
    if account.active:
        account_links.invite(session, account, now)
    return account


def update(session: Session, actor: Actor, user_id: int, details: Details, now: datetime) -> Account:
    """Change an account; of one's own only what says nothing about its powers. Raises Invalid."""
    account = managed(session, actor, user_id, lock=True)
    before = seen(account)
    agency = session.get_one(Agency, account.agency_id)
    if details.agency_id is not None and details.agency_id != agency.id:
        not_yourself(actor, account, "agency")
        agency = place(session, actor, details.agency_id)
    active = bool(account.active) if details.active is None else details.active
    if active != account.active:
        not_yourself(actor, account, "active")
        if not active:
            keep_the_citizen(account)
        if active and not agency.in_use:
            raise Invalid({"agency": AGENCY_INACTIVE})
    held = {role.name for role in account.roles}
    roles = held if details.role is None else {str(details.role)}
    if roles != held:
        not_yourself(actor, account, "role")
    if roles != held or agency.id != account.agency_id:
        given = [given_role(session, actor, name, agency) for name in sorted(roles)]
    else:
        given = list(account.roles)
    stays = active and agency.parent_id is None and Role.CENTRAL.value in roles
    if not stays:
        keep_a_central_admin(session, account, held)
    account.agency_id, account.active, account.roles = agency.id, active, given
    account.changed_by_fk = actor.user_id
    _leave_to_owner(account, details)
    _describe(session, account, details, now)
    _insert(session, account)
    changed = note_changes(session, actor, account, before, now)
    if POWERS & changed and account.id != actor.user_id:
        dedupe_key = f"account_powers:{account.id}:{secrets.token_hex(8)}"
        outbox.put(session, "account_powers", dedupe_key, now, user=account.id, what=sorted(POWERS & changed))
    return account


def deactivate(session: Session, actor: Actor, user_id: int, now: datetime) -> Account:
    """Switch an account off; what it did stays under its name. Raises Invalid at `active`."""
    account = managed(session, actor, user_id, lock=True)
    not_yourself(actor, account, "active")
    keep_the_citizen(account)
    keep_a_central_admin(session, account, {role.name for role in account.roles})
    before = seen(account)
    account.active = False
    account.changed_by_fk, account.changed_on = actor.user_id, naive(now)
    note_changes(session, actor, account, before, now)
    return account


def note_changes(
    session: Session, actor: Actor, account: Account, before: Mapping[str, object], now: datetime
) -> frozenset[str]:
    """Write what changed since `before` to the audit log, an entry for each field (case I5), and end the
    links that rest on it; returns those fields. Words of people stay out: an entry tells that a phone
    changed, not to which. What was caused before goes to the addresses of before."""
    session.flush()
    after = seen(account)
    fields = people.changed(before, after)
    for field in fields:
        if field == "active":
            audit.note(session, actor, "account.activated" if account.active else "account.deactivated",
                       KIND, account.id, now)  # fmt: skip
        else:
            told = {"old": before[field], "new": after[field]} if field in CODES else {}
            audit.note(session, actor, f"account.{field}_changed", KIND, account.id, now, **told)
    if {"agency", "roles"} & set(fields):
        # Another hat: nothing that was opened under the old one goes on.
        sessions.end_all(session, account.id, now)
    if {"email", "phone"} & set(fields):
        addresses.leave(session, account.id, str(before["email"]), str(before["phone"]), now)
    if {"email", "active"} & set(fields):
        account_links.end(session, account.id)
        if not account.active:
            end_sessions(account)
        elif not account.was_entered:
            # A first password that went to another address must not open it.
            put(session, account, None, now, must_change=True)
            account_links.invite(session, account, now)
    return frozenset(fields)


def seen(account: Account) -> dict[str, object]:
    """What a change is noted of."""
    return {
        "name": account.get_full_name(),
        "username": account.username,
        "email": account.email,
        "phone": account.phone,
        "gender": account.gender,
        "birth_date": account.birth_date,
        "agency": account.agency_id,
        "roles": sorted(role.name for role in account.roles),
        "active": bool(account.active),
    }


def place(session: Session, actor: Actor, agency_id: int | None) -> Agency:
    """The active agency of the actor's subtree, held so that it stays active until the commit."""
    query = select(Agency).where(Agency.id == agency_id, within(actor.agency_id)).with_for_update(read=True)
    agency: Agency | None = session.scalar(query.execution_options(populate_existing=True))
    if agency is None:
        raise Invalid({"agency": CHOOSE_AGENCY})
    if not agency.in_use:
        raise Invalid({"agency": AGENCY_INACTIVE})
    return agency


def not_yourself(actor: Actor, account: Account, field: str) -> None:
    if account.id == actor.user_id:
        raise Invalid({field: NOT_YOURSELF})


def keep_the_citizen(account: Account) -> None:
    """Refuse to shut somebody's own reports together with their office: taking them out of the agency
    (people_care.remove) ends the office alone."""
    if account.reporter is not None:
        raise Invalid({"active": ALSO_A_CITIZEN})


def keep_a_central_admin(session: Session, account: Account, roles: set[str]) -> None:
    """Refuse to take away the last active central admin of the root. The root's row is locked by now."""
    if not account.active or Role.CENTRAL.value not in roles:
        return
    others = (
        select(Account.id)
        .join(Agency, Agency.id == Account.agency_id)
        .where(
            Agency.parent_id.is_(None),
            Account.active.is_(True),
            Account.id != account.id,
            Account.roles.any(FabRole.name == Role.CENTRAL.value),
        )
        .limit(1)
    )
    if session.scalar(others) is None:
        raise Invalid({"active": LAST_CENTRAL})


def fixed(account: Account) -> frozenset[str]:
    """The fields of Details that are the owner's alone. Of a citizen the username too: it may be the
    telephone that they sign in with, and it stays theirs when they work nowhere any more."""
    if not account.was_entered:
        return frozenset()
    return frozenset({"email", "phone"} | ({"username"} if account.reporter is not None else set()))


def _leave_to_owner(account: Account, details: Details) -> None:
    """Raises Invalid at each field that is the owner's alone and would be another."""
    wanted = {"username": details.username, "email": details.email, "phone": details.phone}
    if wanted["phone"] is not None:
        wanted["phone"] = contact.phone(wanted["phone"], "phone")
    errors = {
        field: OWNERS_ALONE
        for field in sorted(fixed(account))
        if wanted[field] is not None and str(wanted[field]).strip().lower() != getattr(account, field).lower()
    }
    if errors:
        raise Invalid(errors)


def _describe(session: Session, account: Account, details: Details, now: datetime) -> None:
    """Set what says who the person is."""
    account.first_name = text.clean(details.name, "name", limit=NAME_MAX, lines=False)
    # A name from before these rules stays as long as nobody changes it.
    entered = account.id is None
    if entered or details.username not in (None, account.username):
        account.username = contact.username(details.username, "username")
    if entered or details.email not in (None, account.email):
        account.email = contact.email(details.email, "email")
    if entered or details.phone is not None:
        account.phone = contact.phone(details.phone, "phone")
    account.gender = details.gender
    account.birth_date = people.birth_date(details.birth_date, now.date())
    account.changed_on = naive(now)


def _insert(session: Session, account: Account) -> None:
    """Write the account. Raises Invalid for a name that another one has, also one entered this moment."""
    with session.no_autoflush:
        taken = _taken(session, account)
    if taken:
        raise Taken(taken)
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        raise Taken({"username": USERNAME_TAKEN}) from error


def _taken(session: Session, account: Account) -> dict[str, str]:
    found: dict[str, str] = {}
    query = select(Account.id).where(func.lower(Account.username) == account.username.lower())
    if account.id is not None:
        query = query.where(Account.id != account.id)
    if session.scalar(query.limit(1)) is not None:
        found["username"] = USERNAME_TAKEN
    if addresses.taken(session, account.email, besides=account.id):
        found["email"] = EMAIL_TAKEN
    return found


def naive(now: datetime) -> datetime:
    """UTC without a zone, as Flask-AppBuilder's own columns hold it."""
    return now.astimezone(UTC).replace(tzinfo=None)
