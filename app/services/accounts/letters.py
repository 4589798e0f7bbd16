"""The letters about accounts. Each is decided when it is delivered: is the account active, is it still wanted?

It goes to the address that the account had when it was caused. A letter that opens something dies with that
address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from app.access.accounts.addresses import Recipient, recipient, taken
from app.models import Account, AccountLink, Agency, OutboxMessage
from app.rules.accounts.control import What
from app.rules.accounts.people import LIFETIMES, LinkPurpose
from app.rules.citizens.secret_links import secret_address
from app.rules.figures.export_dates import written_moment
from app.rules.zones import Zone
from app.services.accounts.credentials import account_links
from app.services.accounts.credentials.new_password import put
from app.services.inbox.mail.letter import Letter, Site, write
from app.services.inbox.sms_text import TextMessage, plain
from app.services.system import attempt_counts

BY_LINK = "link"  # the setting first_password; otherwise the mail holds a password
PAUSE = timedelta(minutes=2)  # between two mails about one forgotten password
PASSWORD_BYTES = 10
STRANGER = "Bapak/Ibu"


def first(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A new officer's mail: the address, and the link to set a password or a password to change."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if link is None or ready is None:
        return None
    account, whom = ready.account, Recipient(ready.account, ready.account.email)
    facts = {"username": account.username, "agency": account.agency.name if account.agency else ""}
    if site.first_password == BY_LINK:
        return _letter(
            "account_first", whom, "Akun LAPOR! Anda sudah dibuat", site, **facts,
            link=secret_address(site.url, "sandi", ready.token), lifetime=LIFETIMES[LinkPurpose.FIRST].words,
        )  # fmt: skip
    password = _first_password(link, site)
    if not (account.password and check_password_hash(account.password, password)):
        # A delivery that is repeated tells the same password, for as long as it is the account's.
        hashed = generate_password_hash(password, method=site.password_method)
        put(session, account, hashed, now, must_change=True, keep=link)
    return _letter(
        "account_first_password", whom, "Akun LAPOR! Anda sudah dibuat", site, **facts,
        link=f"{site.url}/login/", password=password,
    )  # fmt: skip


def promoted(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A citizen learns that they are an admin now."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None or found.account.agency is None:
        return None
    return _letter(
        "account_promoted", found, "Anda sekarang admin LAPOR!", site,
        agency=found.account.agency.name, link=f"{site.url}/login/",
    )  # fmt: skip


def forgotten(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The link for whoever forgot. An unknown name queued a row too: it ends here."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None or found.email != found.account.email:
        return None
    account = found.account
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
        "password_forgotten", found, "Atur ulang kata sandi LAPOR!", site,
        link=secret_address(site.url, "sandi", ready.token), lifetime=LIFETIMES[LinkPurpose.FORGOTTEN].words,
    )  # fmt: skip


def password_changed(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    return _letter(
        "password_changed", found, "Kata sandi LAPOR! Anda diubah", site, link=f"{site.url}/lupa-sandi/"
    )


def sign_in_tried(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the owner of an account, once a day: somebody tried to sign in to it, how often, from when to when."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    agency = found.account.agency
    zone = Zone(agency.zone) if agency else Zone.WIB
    first, last = (
        written_moment(datetime.fromisoformat(row.payload[name]), zone) for name in ("first", "last")
    )
    return _letter(
        "sign_in_tried", found, "Percobaan masuk ke akun LAPOR! Anda", site, number=row.payload["number"],
        first=first, last=last, link=f"{site.url}/lupa-sandi/",
    )  # fmt: skip


def email_confirm(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the new address: the link that makes it the account's; whose it is already, learns that."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if ready is None:
        return None
    if taken(session, ready.email, besides=ready.account.id):
        return write(
            "account_note", STRANGER, ready.email, "Alamat email ini sudah dipakai", site,
            lines=[
                "Seseorang ingin memakai alamat email ini untuk akun LAPOR! miliknya.",
                "Alamat ini sudah dipakai oleh sebuah akun LAPOR!, mungkin akun Anda, jadi tidak ada yang diubah.",
                "Jika Anda sendiri yang memintanya, masuklah dengan akun yang memakai alamat ini.",
            ],
            link=f"{site.url}/login/", button="MASUK", after=[],
        )  # fmt: skip
    return write(
        "email_confirm", ready.account.get_full_name(), ready.email, "Pastikan alamat email baru Anda", site,
        link=secret_address(site.url, "email", ready.token), lifetime=LIFETIMES[LinkPurpose.EMAIL].words,
    )  # fmt: skip


def email_asked(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the present address: somebody wants another one."""
    link = _link(session, row)
    found = None if link is None else recipient(session, link.user_id, row.created_at)
    if found is None:
        return None
    return _letter(
        "email_asked", found, "Permintaan mengganti email LAPOR!", site, link=f"{site.url}/lupa-sandi/"
    )


def invited(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A citizen is asked whether they want to be an admin: agency and role, and where to say yes or no."""
    link = _link(session, row)
    found = None if link is None else recipient(session, link.user_id, row.created_at)
    ready = None if found is None else account_links.deliver(session, link, site.secret, now)
    if link is None or found is None or ready is None or link.agency is None:
        return None
    return _note(
        found, "Undangan menjadi admin LAPOR!", site,
        "Anda diundang menjadi admin LAPOR!.",
        f"Instansi: {link.agency.name}",
        f"Peran: {link.role}",
        "Belum ada yang berubah pada akun Anda. Buka tautan berikut, masuk dengan akun Anda sendiri, lalu "
        "pilih menerima atau menolak:",
        link=secret_address(site.url, "undangan", ready.token), button="LIHAT UNDANGAN",
        after=[
            f"Tautan ini berlaku {LIFETIMES[LinkPurpose.INVITATION].words} dan hanya dapat dipakai satu kali.",
            "Laporan, balasan, dan penilaian yang Anda buat sebagai pelapor tetap milik Anda.",
        ],
    )  # fmt: skip


def search_limit(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """A supervisor learns that somebody has reached the day's limit of searches among citizens."""
    found = recipient(session, row.payload["user"], row.created_at)
    searcher = session.get(Account, row.payload["searcher"])
    if found is None or searcher is None:
        return None
    return _letter(
        "citizen_search_limit", found, "Batas pencarian pengguna terdaftar tercapai", site,
        searcher=searcher.get_full_name(), agency=searcher.agency.name if searcher.agency else "",
        number=attempt_counts.CITIZEN_SEARCH_DAY.number,
    )  # fmt: skip


def invitation_answered(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """Who invited learns what the citizen said."""
    found = recipient(session, row.payload["user"], row.created_at)
    who = session.get(Account, row.payload["who"])
    agency = session.get(Agency, row.payload["agency"])
    if found is None or who is None or agency is None:
        return None
    said = "menerima" if row.payload["yes"] else "menolak"
    return _note(
        found, "Jawaban atas undangan Anda", site,
        f"{who.get_full_name()} {said} undangan Anda untuk menjadi admin {agency.name}.",
        link=f"{site.url}/pengaturan/pengguna/", button="MANAJEMEN PENGGUNA",
    )  # fmt: skip


POWERS = {"agency": "instansi", "roles": "peran", "username": "username"}


def powers(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """An officer learns that an admin gave their account another agency, role or username."""
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    account = found.account
    what = ", ".join(POWERS[each] for each in row.payload["what"])
    roles = ", ".join(role.name for role in account.roles) or "tidak ada"
    return _note(
        found, "Akun LAPOR! Anda diubah oleh admin", site,
        f"Seorang admin mengubah data berikut pada akun LAPOR! Anda: {what}.",
        f"Sekarang: username {account.username}, instansi {account.agency.name if account.agency else 'tidak ada'}, "
        f"peran {roles}.",
        link=f"{site.url}/akun/", button="AKUN SAYA",
        after=["Jika ini keliru, hubungi admin instansi Anda."],
    )  # fmt: skip


CHANGED = {
    What.EMAIL: "Alamat email akun LAPOR! Anda baru saja diganti; surat berikutnya dikirim ke alamat yang baru.",
    What.PHONE: "Nomor telepon akun LAPOR! Anda baru saja diganti.",
    What.SECOND_STEP: "Verifikasi dua langkah akun LAPOR! Anda baru saja dimatikan.",
    What.SECOND_STEP_ON: "Verifikasi dua langkah akun LAPOR! Anda baru saja dipasang. Mulai sekarang kode dari "
    "aplikasi autentikator diminta setiap kali masuk.",
}


def changed(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """To the address of before: what changed, and the link that takes it back, whatever happens meanwhile."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if ready is None:
        return None
    return _note(
        Recipient(ready.account, ready.email), "Akun LAPOR! Anda diubah", site,
        CHANGED[What(row.payload["what"])],
        "Jika Anda sendiri yang mengubahnya, abaikan surat ini.",
        "Jika bukan Anda, batalkan lewat tautan berikut. Email, nomor telepon, dan verifikasi dua langkah "
        "kembali seperti sebelumnya, semua sesi dikeluarkan, dan Anda membuat kata sandi baru:",
        link=secret_address(site.url, "batalkan", ready.token), button="BATALKAN PERUBAHAN",
        after=[
            f"Tautan ini berlaku {LIFETIMES[LinkPurpose.UNDO].words}, juga jika akun Anda diubah lagi sesudahnya."
        ],
    )  # fmt: skip


def changed_text(session: Session, row: OutboxMessage, site: Site, now: datetime) -> TextMessage | None:
    """The same for who has a telephone alone, to the number of before."""
    link = _link(session, row)
    ready = account_links.deliver(session, link, site.secret, now)
    if link is None or ready is None or not link.phone:
        return None
    return TextMessage(
        row.id, link.phone,
        plain(f"Akun LAPOR! Anda diubah. Bukan Anda? Batalkan dalam 7 hari: {secret_address(site.url, 'batalkan', ready.token)}"),
    )  # fmt: skip


SECOND_STEP = {
    "enabled": "Verifikasi dua langkah akun LAPOR! Anda baru saja dipasang. Mulai sekarang kode dari aplikasi "
    "autentikator diminta setiap kali masuk.",
    "codes": "Kode cadangan baru untuk akun LAPOR! Anda baru saja dibuat; kode yang lama tidak berlaku lagi.",
}


def second_step_changed(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    return _note(
        found, "Verifikasi dua langkah Anda diubah", site,
        SECOND_STEP[row.payload["what"]],
        "Jika bukan Anda yang melakukannya, segera buat kata sandi baru:",
        link=f"{site.url}/lupa-sandi/", button="LUPA KATA SANDI",
    )  # fmt: skip


def second_step_recovery(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    """The link for who lost their authenticator: with the password, and nothing else, it is taken away."""
    link = _link(session, row)
    found = None if link is None else recipient(session, link.user_id, row.created_at)
    ready = None if found is None else account_links.deliver(session, link, site.secret, now)
    if found is None or ready is None:
        return None
    return _note(
        found, "Masuk tanpa aplikasi autentikator", site,
        "Diminta agar verifikasi dua langkah akun LAPOR! Anda dilepas karena aplikasi autentikator Anda hilang. "
        "Belum ada yang berubah.",
        "Jika benar Anda yang meminta, buka tautan berikut dan tulis kata sandi Anda:",
        link=secret_address(site.url, "lepas-verifikasi", ready.token), button="LEPAS VERIFIKASI",
        after=[
            f"Tautan ini berlaku {LIFETIMES[LinkPurpose.SECOND_STEP].words} dan hanya dapat dipakai satu kali.",
            "Jika bukan Anda yang meminta, abaikan surat ini dan beri tahu admin instansi Anda.",
        ],
    )  # fmt: skip


def second_step_reset(session: Session, row: OutboxMessage, site: Site, now: datetime) -> Letter | None:
    found = recipient(session, row.payload["user"], row.created_at)
    if found is None:
        return None
    return _letter(
        "second_step_reset", found, "Verifikasi dua langkah Anda dilepas", site, link=f"{site.url}/akun/"
    )


def _letter(template: str, found: Recipient, subject: str, site: Site, **facts: object) -> Letter:
    return write(template, found.name, found.email, subject, site, **facts)


def _note(
    found: Recipient,
    subject: str,
    site: Site,
    *lines: str,
    link: str,
    button: str,
    after: Sequence[str] = (),
) -> Letter:
    """A letter of a few sentences, a link, and what is to be said after it."""
    return _letter(
        "account_note", found, subject, site, lines=lines, link=link, button=button, after=list(after)
    )


def _link(session: Session, row: OutboxMessage) -> AccountLink | None:
    """The link that a row was queued for. Its key alone does not tell: SQLite gives a key again once its
    row is gone."""
    link = session.get(AccountLink, row.payload["link"])
    return link if link is not None and row.dedupe_key.endswith(f":{link.nonce}") else None


def _nonce(row: OutboxMessage) -> str:
    return hashlib.sha256(row.dedupe_key.encode()).hexdigest()


def _first_password(link: AccountLink, site: Site) -> str:
    """Four groups of four letters and digits, the same for each delivery of the link."""
    digest = hmac.digest(site.secret.encode(), f"first-password:{link.id}:{link.nonce}".encode(), "sha256")
    text = base64.b32encode(digest[:PASSWORD_BYTES]).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
