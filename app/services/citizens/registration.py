"""What citizens do before they have an account or without one: file with a confirmed address, register.

What somebody typed waits in the row of a one-time code until its address is confirmed. Whether an
address is known is never told on the page: the letter tells it to whom the address belongs.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.accounts import addresses
from app.access.actor import GUEST, Actor
from app.models import Account, OneTimeCode, Report, Reporter
from app.models.accounts.security import FabRole
from app.rules import text
from app.rules.accounts.contact import NO_MAIL, is_reachable
from app.rules.accounts.roles import Resource, Role, Verb
from app.rules.citizens.forms import CodePurpose, NotifyBy
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_
from app.rules.reports.codes import Channel
from app.services import idempotency
from app.services.accounts.credentials import codes
from app.services.accounts.credentials.codes import Address
from app.services.accounts.credentials.new_password import put
from app.services.attachments.uploads import claim
from app.services.citizens.filing import Filing, file_report
from app.services.citizens.secret_links import give_link, token_of
from app.services.reports.verification import check_references

NAME_MAX = 64  # of an account's name, Flask-AppBuilder's column

TAKEN = N_("Alamat ini sudah dipakai oleh akun lain. Masuk dengan akun itu, atau minta kata sandi baru.")


@dataclass(frozen=True)
class Complaint:
    """What the public form holds. notify: whether the reporter wants to be told of what happens."""

    text: str
    category_id: int | None = None
    area_code: str | None = None
    location: str = ""
    is_anonymous: bool = False
    is_secret: bool = False
    source: Channel = Channel.WEBSITE
    client_id: int | None = None  # the program that brings it, not the website

    def check(self, session: Session) -> dict[str, str]:
        """Everything that is wrong at once, by field."""
        errors: dict[str, str] = {}
        for value, field, limit in (
            (self.text, "text", text.REPORT_TEXT_MAX),
            (self.location, "location", text.SHORT_MAX),
        ):
            try:
                text.clean(value, field, limit=limit, required=field == "text", lines=field == "text")
            except Invalid as refused:
                errors.update(refused.errors)
        check_references(session, errors, self.category_id, self.area_code)
        return errors

    def filing(self) -> Filing:
        return Filing(**asdict(self))


def may_file(actor: Actor) -> bool:
    """Visitors, accounts of citizens, and officers for themselves: Actor.as_citizen().

    What an officer writes down for somebody else is Buat Laporan of the desk (services/citizens/recording.py).
    """
    return actor.user_id is None or (actor.agency_id is None and actor.may(Resource.OWN_REPORTS, Verb.ACT))


def file_own(
    session: Session,
    actor: Actor,
    key: str,
    complaint: Complaint,
    now: datetime,
    *,
    files: Sequence[str] = (),
) -> int:
    """A citizen with an account files; the report's number, the same for a second click.

    An officer's account that files for itself for the first time becomes a reporter by it.
    """
    if not may_file(actor) or actor.user_id is None:
        raise Forbidden
    if not idempotency.claim(session, actor, key, "file", now):
        return int(idempotency.result(session, actor, key))
    errors = complaint.check(session)
    if errors:
        raise Invalid(errors)
    reporter = _reporter_of(session, actor.user_id, now)
    actor = replace(actor, reporter_id=reporter.id)
    report = file_report(session, actor, complaint.filing(), now, reporter=reporter, files=files)
    idempotency.keep(session, actor, key, str(report.id))
    return report.id


def _reporter_of(session: Session, user_id: int, now: datetime) -> Reporter:
    """The reporter that an account is, made where there is none. The account is locked: of two forms that
    are sent at once the second finds what the first made."""
    account = session.get_one(Account, user_id, with_for_update=True, populate_existing=True)
    found: Reporter | None = session.scalar(select(Reporter).where(Reporter.user_id == user_id))
    if found is not None:
        return found
    email = account.email.lower() if is_reachable(account.email) else ""
    made = Reporter(
        user_id=user_id,
        name=account.get_full_name(),
        email=email,
        phone="" if email else account.phone,
        notify_by=NotifyBy.EMAIL if email else NotifyBy.SMS,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def begin_filing(
    session: Session,
    complaint: Complaint,
    name: str,
    address: Address | None,
    now: datetime,
    *,
    notify: bool = True,
    files: Sequence[str] = (),
    errors: dict[str, str] | None = None,
    token: str = "",
) -> str:
    """A visitor files: it waits until the address is confirmed. The token of the page that asks for the code.

    `errors`: what was found wrong before; everything wrong is raised at once. `address` None: it is wrong.
    `token`: one that the caller made, long and random; none makes one.
    """
    name = _checked(session, complaint, name, address, errors)
    assert address is not None, "it was checked"
    claim(session, GUEST, files, None, now)
    payload: dict[str, Any] = {**asdict(complaint), "name": name, "notify": notify, "files": list(files)}
    return codes.ask(session, CodePurpose.FILING, address, payload, now, token=token)


def file_for(
    session: Session,
    complaint: Complaint,
    name: str,
    address: Address | None,
    secret: str,
    now: datetime,
    *,
    notify: bool = True,
    files: Sequence[str] = (),
    errors: dict[str, str] | None = None,
) -> Report:
    """A partner that vouches for the address files for somebody: the report, with a secret link."""
    name = _checked(session, complaint, name, address, errors)
    assert address is not None, "it was checked"
    report = _file(session, complaint, name, address, now, notify=notify, files=files)
    give_link(report, secret)
    return report


def _checked(
    session: Session,
    complaint: Complaint,
    name: str,
    address: Address | None,
    errors: dict[str, str] | None,
) -> str:
    """The cleaned name. Raises Invalid with all that is wrong."""
    wrong = {**(errors or {}), **complaint.check(session)}
    try:
        name = text.clean(name, "name", limit=text.SHORT_MAX, lines=False)
    except Invalid as refused:
        wrong.update(refused.errors)
    if wrong or address is None:
        raise Invalid(wrong)
    return name


def finish_filing(session: Session, row: OneTimeCode, secret: str, now: datetime) -> tuple[int, str]:
    """The address is confirmed: the report is filed. Its number and the token of its secret link."""
    waiting = dict(row.payload)
    name, notify, files = waiting.pop("name"), waiting.pop("notify"), waiting.pop("files")
    # What waited since before there were other channels came by the website.
    waiting["source"] = Channel(waiting.get("source", Channel.WEBSITE))
    address = Address(row.email, row.phone)
    report = _file(session, Complaint(**waiting), name, address, now, notify=notify, files=files)
    token = give_link(report, secret)
    codes.use(row, str(report.id), now)
    return report.id, token


def _file(
    session: Session,
    complaint: Complaint,
    name: str,
    address: Address,
    now: datetime,
    *,
    notify: bool,
    files: Sequence[str],
) -> Report:
    by = NotifyBy.EMAIL if address.email else NotifyBy.SMS
    reporter = Reporter(
        name=name,
        email=address.email,
        phone=address.phone,
        notify_by=by if notify else NotifyBy.NONE,
        created_at=now,
    )
    session.add(reporter)
    session.flush()
    return file_report(session, GUEST, complaint.filing(), now, reporter=reporter, files=files)


def filed(session: Session, row: OneTimeCode) -> Report:
    """The report that came of a row which was used."""
    return session.get_one(Report, int(row.result))


def link_of(session: Session, report_id: int, secret: str) -> str:
    """The token of the secret link of a report that the caller has just filed."""
    return token_of(session.get_one(Report, report_id), secret)


def address_taken(session: Session, address: Address) -> bool:
    """Whether any account has the address, an officer's too, or can have it back."""
    if address.email:
        return addresses.taken(session, address.email)
    return addresses.phone_taken(session, address.phone)


def begin_registration(
    session: Session, name: str, address: Address, password_hash: str, now: datetime
) -> str:
    """DAFTAR: it waits until the address is confirmed. The token of the page that asks for the code."""
    cleaned = text.clean(name, "name", limit=NAME_MAX, lines=False)
    payload = {"name": cleaned, "password": password_hash}
    return codes.ask(session, CodePurpose.REGISTER, address, payload, now)


def finish_registration(session: Session, row: OneTimeCode, now: datetime) -> Account:
    """The address is confirmed: the account is there, with the role Pelapor. Raises Invalid when another
    has the address meanwhile."""
    address = Address(row.email, row.phone)
    if address_taken(session, address):
        raise Invalid({"code": TAKEN})
    role = session.scalar(select(FabRole).where(FabRole.name == Role.REPORTER.value))
    if role is None:
        raise NotFound
    username = row.phone or f"warga-{secrets.token_hex(8)}"
    account = Account(
        first_name=row.payload["name"],
        last_name="",
        username=username,
        email=row.email or f"{secrets.token_hex(12)}@{NO_MAIL}",
        phone=row.phone,
        active=True,
        roles=[role],
        created_on=now.astimezone(UTC).replace(tzinfo=None),
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        raise Invalid({"code": TAKEN}) from error
    put(session, account, row.payload["password"], now)
    session.add(
        Reporter(
            user_id=account.id,
            name=account.first_name,
            email=row.email,
            phone=row.phone,
            notify_by=NotifyBy.EMAIL if row.email else NotifyBy.SMS,
            created_at=now,
        )
    )
    codes.use(row, str(account.id), now)
    return account


def choose_notices(session: Session, actor: Actor, *, told: bool) -> None:
    """Whether a citizen wants to be told of their reports, by what they have given."""
    reporter = session.get(Reporter, actor.reporter_id, with_for_update=True) if actor.reporter_id else None
    if reporter is None:
        raise Forbidden
    by = NotifyBy.EMAIL if reporter.email else NotifyBy.SMS
    reporter.notify_by = by if told else NotifyBy.NONE
