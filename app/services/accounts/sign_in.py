"""Signing in: one answer and one amount of work for every refusal, whoever is known or not.

Every try is counted before the password is looked at, so that guesses sent all at once are counted one
by one, and given back when it was right:

- by place, whoever is tried: an address of IPv4, a /64 of IPv6 (rules/accounts/places.py);
- by place and name: whoever guesses at one name shuts out themselves, and nobody elsewhere;
- by name, wherever it is tried from: many places that guess together lock the account for a while;
- by device, for who has signed in to this account from it before: it is asked neither of the other
  three, so that none of them keeps the owner out. Its own count is small, and lasts a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.models import Account
from app.services.accounts.credentials import authenticator, failed_sign_ins
from app.services.accounts.credentials.failed_sign_ins import key_of_place_name
from app.services.accounts.credentials.passwords import stamp
from app.services.system import attempt_counts

FAILURES = (
    attempt_counts.SIGN_IN_UNKNOWN.number
)  # wrong passwords in a row, from anywhere, before an account is locked
LOCKED_FOR = timedelta(minutes=15)  # with an end: a lock without one lets anybody shut out anybody
NOTED_MOST = 500  # tries from a place in one window whose names are noted one by one


@dataclass(frozen=True)
class Visitor:
    """Who tries, as keyed hashes. name: what they typed. device: the mark of one that has signed in to
    this account before, else ""."""

    place: str
    name: str
    device: str = ""

    @property
    def here(self) -> str:
        """Whom SIGN_IN_PLACE_NAME counts."""
        return key_of_place_name(self.place, self.name)


@dataclass(frozen=True)
class Admission:
    """until: nobody is let in from here before, None for no refusal. trusted: it is a known device."""

    until: datetime | None = None
    trusted: bool = False


def admit(session: Session, visitor: Visitor, user_id: int | None, now: datetime) -> Admission:
    """Count one try before the password is looked at; whether it may be looked at."""
    if visitor.device and attempt_counts.count(session, attempt_counts.SIGN_IN_DEVICE, visitor.device, now):
        return Admission(trusted=True)
    place = attempt_counts.counted(session, attempt_counts.SIGN_IN_PLACE, visitor.place, now)
    name = attempt_counts.counted(session, attempt_counts.SIGN_IN_PLACE_NAME, visitor.here, now)
    ends = [counted.ends for counted in (place, name) if not counted.within]
    if not ends:
        return Admission()
    if place.number <= NOTED_MOST:
        failed_sign_ins.note(session, visitor.place, visitor.name, user_id, now)
    return Admission(until=max(ends))


def open_to(account: Account | None, now: datetime, *, trusted: bool = False) -> bool:
    """Whether somebody may sign in to it now at all. trusted: from a known device, which no lock stops."""
    if account is None or not (account.active and account.password):
        return False
    return trusted or not locked(account, now)


def locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and account.locked_until > now


def record(
    session: Session, user_id: int, mark: str, *, right: bool, now: datetime, visitor: Visitor, trusted: bool
) -> bool:
    """Note how a try with a password ended; whether it lets in.

    mark: the account's stamp when its password was read to be compared, which takes a while. A new password, or
    another end of all sessions, that came meanwhile is the end of this try too. With a second step nothing is forgiven before it was taken, or guesses at it would be endless.
    """
    account = _lock(session, user_id)
    # Locked by now: guesses sent all at once are counted one by one, and a lock set meanwhile holds.
    if not open_to(account, now, trusted=trusted) or stamp(account) != mark:
        return False
    if not right:
        failed_sign_ins.note(session, visitor.place, visitor.name, user_id, now)
        if not trusted:
            _fail(account, now)
    elif account.totp_nonce:
        _give_back(session, visitor, trusted=trusted)
    else:
        _enter(session, account, visitor, now, trusted=trusted)
    return right


def record_unknown(session: Session, visitor: Visitor, user_id: int | None, now: datetime) -> None:
    """The same work for a name that nobody has, is switched off, or locked: a row read and written."""
    attempt_counts.look(session, attempt_counts.SIGN_IN_UNKNOWN, visitor.name)
    failed_sign_ins.note(session, visitor.place, visitor.name, user_id, now)
    attempt_counts.count(session, attempt_counts.SIGN_IN_UNKNOWN, visitor.name, now)


def second(
    session: Session,
    user_id: int,
    mark: str,
    code: str,
    key: str,
    now: datetime,
    *,
    visitor: Visitor,
    trusted: bool = False,
) -> bool:
    """The second step: whether `code` lets in who had the password of `mark`, the account's stamp then."""
    account = _lock(session, user_id)
    if not open_to(account, now, trusted=trusted) or not account.totp_nonce or stamp(account) != mark:
        return False
    if trusted:
        right = authenticator.takes(session, account, code, key, now)
    else:
        right = proves(session, account, code, key, now)
    if right:
        _enter(session, account, visitor, now, trusted=trusted)
    else:
        failed_sign_ins.note(session, visitor.place, visitor.name, user_id, now)
    return right


def proves(session: Session, account: Account, code: str, key: str, now: datetime) -> bool:
    """Whether `code` is the account's, counted: the last wrong one that is allowed locks it.

    The account must be locked by the caller, who commits a refusal as well.
    """
    if locked(account, now) or not attempt_counts.count(session, attempt_counts.SECOND_STEP, account.id, now):
        return False
    if authenticator.takes(session, account, code, key, now):
        attempt_counts.drop(session, attempt_counts.SECOND_STEP, account.id)
        return True
    if attempt_counts.reached(session, attempt_counts.SECOND_STEP, account.id, now):
        account.locked_until = now + LOCKED_FOR
    return False


def _lock(session: Session, user_id: int) -> Account:
    return session.get_one(Account, user_id, with_for_update=True, populate_existing=True)


def _enter(session: Session, account: Account, visitor: Visitor, now: datetime, *, trusted: bool) -> None:
    account.fail_login_count, account.locked_until = 0, None
    account.login_count = (account.login_count or 0) + 1
    account.last_login = now.replace(tzinfo=None)
    if not trusted:
        attempt_counts.give_back(session, attempt_counts.SIGN_IN_PLACE, visitor.place)
        attempt_counts.drop(session, attempt_counts.SIGN_IN_PLACE_NAME, visitor.here)
    if visitor.device:
        attempt_counts.drop(session, attempt_counts.SIGN_IN_DEVICE, visitor.device)


def _give_back(session: Session, visitor: Visitor, *, trusted: bool) -> None:
    if trusted:
        attempt_counts.give_back(session, attempt_counts.SIGN_IN_DEVICE, visitor.device)
    else:
        attempt_counts.give_back(session, attempt_counts.SIGN_IN_PLACE, visitor.place)
        attempt_counts.give_back(session, attempt_counts.SIGN_IN_PLACE_NAME, visitor.here)


def _fail(account: Account, now: datetime) -> None:
    account.fail_login_count = (account.fail_login_count or 0) + 1
    if account.fail_login_count >= FAILURES:
        account.fail_login_count, account.locked_until = 0, now + LOCKED_FOR
