"""The letters about accounts. Each is decided when it is delivered: is the account active, is it still wanted?"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from app.access.accounts import recipient
from app.models import Account, AccountLink, OutboxMessage
from app.rules.export_dates import written_moment
from app.rules.labels import Zone
from app.rules.people import LIFETIMES, LinkPurpose
from app.rules.secret_links import secret_address
from app.services import account_links, tries
from app.services.mail.letter import Letter, Site, write
from app.services.new_password import put

BY_LINK = "link"  # the setting first_password; otherwise the mail holds a password
PAUSE = timedelta(minutes=2)  # between two mails about one forgotten password
PASSWORD_BYTES = 10


def first(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A new officer's mail: the address, and the link to set a password or a password to change."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if link is None or ready is None:
        return None
    account = ready.account
    facts = {"username": account.username, "agency": account.agency.name if account.agency else ""}
    if site.first_password == BY_LINK:
        return _letter(
            "account_first", account, "Akun LAPOR! Anda sudah dibuat", site, **facts,
            link=secret_address(site.url, "sandi", ready.token), lifetime=LIFETIMES[LinkPurpose.FIRST].words,
        )  # fmt: skip
    password = _first_password(link, site)
    if not (account.password and check_password_hash(account.password, password)):
        # A delivery that is repeated tells the same password, for as long as it is the account's.
        hashed = generate_password_hash(password, method=site.password_method)
        put(session, account, hashed, now, must_change=True, keep=link)
    return _letter(
        "account_first_password", account, "Akun LAPOR! Anda sudah dibuat", site, **facts,
        link=f"{site.url}/login/", password=password,
    )  # fmt: skip


def promoted(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A citizen learns that they are an admin now."""
    account = recipient(session, row.payload["user"])
    if account is None or account.agency is None:
        return None
    return _letter(
        "account_promoted", account, "Anda sekarang admin LAPOR!", site,
        agency=account.agency.name, link=f"{site.url}/login/",
    )  # fmt: skip


def forgotten(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The link for whoever forgot. An unknown name queued a row too: it ends here."""
    account = recipient(session, row.payload["user"])
    if account is None:
        return None
    recent = session.scalars(
        select(AccountLink).where(
            AccountLink.user_id == account.id,
            AccountLink.purpose == LinkPurpose.FORGOTTEN,
            AccountLink.created_at > now - PAUSE,
        )
    ).all()
    # A repeated delivery of this row finds its own link, and tells the same token.
    mine = next((link for link in recent if link.nonce == _nonce(row)), None)
    if recent and mine is None:
        return None
    link = mine or account_links.make(session, account, LinkPurpose.FORGOTTEN, now, nonce=_nonce(row))
    ready = account_links.deliver(session, link, site.secret, now)
    if ready is None:
        return None
    return _letter(
        "password_forgotten", account, "Atur ulang kata sandi LAPOR!", site,
        link=secret_address(site.url, "sandi", ready.token), lifetime=LIFETIMES[LinkPurpose.FORGOTTEN].words,
    )  # fmt: skip


def password_changed(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    account = recipient(session, row.payload["user"])
    if account is None:
        return None
    return _letter(
        "password_changed", account, "Kata sandi LAPOR! Anda diubah", site, link=f"{site.url}/lupa-sandi/"
    )


def sign_in_tried(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the owner of an account, once a day: somebody tried to sign in to it, how often, from when to when."""
    account = recipient(session, row.payload["user"])
    if account is None:
        return None
    zone = Zone(account.agency.zone) if account.agency else Zone.WIB
    first, last = (
        written_moment(datetime.fromisoformat(row.payload[name]), zone) for name in ("first", "last")
    )
    return _letter(
        "sign_in_tried", account, "Percobaan masuk ke akun LAPOR! Anda", site, number=row.payload["number"],
        first=first, last=last, link=f"{site.url}/lupa-sandi/",
    )  # fmt: skip


def email_confirm(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the new address: the link that makes it the account's."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if ready is None:
        return None
    return write(
        "email_confirm", ready.account.get_full_name(), ready.email, "Pastikan alamat email baru Anda", site,
        link=secret_address(site.url, "email", ready.token), lifetime=LIFETIMES[LinkPurpose.EMAIL].words,
    )  # fmt: skip


def email_asked(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the present address: somebody wants another one."""
    link = _link(session, row)
    account = None if link is None else recipient(session, link.user_id)
    if account is None:
        return None
    return _letter(
        "email_asked", account, "Permintaan mengganti email LAPOR!", site, link=f"{site.url}/lupa-sandi/"
    )


def second_step_reset(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    account = recipient(session, row.payload["user"])
    if account is None:
        return None
    return _letter(
        "second_step_reset", account, "Verifikasi dua langkah Anda diatur ulang", site,
        link=f"{site.url}/akun/",
    )  # fmt: skip


def search_limit(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A supervisor learns that somebody has reached the day's limit of searches among citizens."""
    account, searcher = recipient(session, row.payload["user"]), session.get(Account, row.payload["searcher"])
    if account is None or searcher is None:
        return None
    return _letter(
        "citizen_search_limit", account, "Batas pencarian pengguna terdaftar tercapai", site,
        searcher=searcher.get_full_name(), agency=searcher.agency.name if searcher.agency else "",
        number=tries.CITIZEN_SEARCH_DAY.number,
    )  # fmt: skip


def _letter(template: str, account: Account, subject: str, site: Site, **facts: object) -> Letter:
    return write(template, account.get_full_name(), account.email, subject, site, **facts)


def _link(session: Session, row: OutboxMessage) -> AccountLink | None:
    """The link that a row was queued for. Its key alone does not tell: SQLite gives a key again once its
    row is gone."""
    link = session.get(AccountLink, row.payload["link"])
    return link if link is not None and row.once.endswith(f":{link.nonce}") else None


def _nonce(row: OutboxMessage) -> str:
    return hashlib.sha256(row.once.encode()).hexdigest()


def _first_password(link: AccountLink, site: Site) -> str:
    """Four groups of four letters and digits, the same for each delivery of the link."""
    digest = hmac.digest(site.secret.encode(), f"first-password:{link.id}:{link.nonce}".encode(), "sha256")
    text = base64.b32encode(digest[:PASSWORD_BYTES]).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
