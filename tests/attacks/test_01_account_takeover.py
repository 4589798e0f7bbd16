"""Taking over an account, as it was done: a citizen made an officer unasked, their e-mail changed, a new password
by the new address, and their anonymous, secret report read. And the same on a colleague."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import transaction
from app.models import Account, AccountLink, Agency, FormerAddress, OutboxMessage
from app.models.accounts.security import FabRole
from app.rules.accounts.people import LinkPurpose
from app.rules.accounts.roles import Role
from app.services import outbox
from app.services.accounts.credentials import account_links
from app.services.accounts.sign_in import FAILURES
from tests.support.accounts import (
    GOOD,
    OTHER,
    change,
    code_now,
    path_in,
    said,
    try_password,
    with_authenticator,
)
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.manage import USERS, SignIn, account_form, account_row, found_user, user_id
from tests.support.world import PASSWORD, World

PAGE = f"{USERS}dari-terdaftar/"
THIEF = "pencuri@contoh.example.com"
WARGA, A1, A1B = (f"{name}@contoh.example.com" for name in ("warga", "a1", "a1b"))
SECRET_TEXT = "Atasan saya meminta uang rahasia."


@pytest.fixture
def report(app: Flask, world: World) -> int:
    """The citizen's anonymous, secret report."""
    with app.app_context(), transaction() as session:
        return world.filed(session, datetime.now(UTC), text=SECRET_TEXT, is_anonymous=True, is_secret=True)


def ask_citizen(app: Flask, by: Person, world: World, name: str = "warga", agency: str = "a1") -> None:
    form = {"q": f"{name}@contoh.example.com", "do": "promote", "chosen": user_id(app, name)}
    answer = by.post(PAGE, {**form, "agency": world.agencies[agency], "role": "OFFICER"})
    assert answer.status_code == 303


def reads(person: Person, report: int) -> bool:
    pages = (f"/laporan-saya/{report}/", f"/laporan/{report}/")
    return any(SECRET_TEXT in person.get(page).get_data(as_text=True) for page in pages)


def test_the_chain_as_it_was_played(app: Flask, sign_in: SignIn, world: World, report: int) -> None:
    officer, key = sign_in("a1"), user_id(app, "warga")
    before = account_row(app, key)
    # TAMBAH ADMIN > Dari Pengguna Terdaftar > JADIKAN ADMIN: it asks, and changes nothing.
    ask_citizen(app, officer, world)
    assert account_row(app, key) == before
    assert reads(sign_in("warga"), report)
    # UBAH the e-mail, HAPUS: it is no account of theirs.
    form = account_form(username="akun-warga", email=THIEF)
    for address in (f"{USERS}{key}/ubah", f"{USERS}{key}/hapus", f"{USERS}{key}/kirim-ulang"):
        assert officer.post(address, form).status_code == 404, address
    # /lupa-sandi/ with the new address, the old one, the username: nothing comes to the thief.
    for name in (THIEF, WARGA, "akun-warga"):
        assert sign_in(None).post("/lupa-sandi/", {"username": name}).status_code == 303
    assert letters_to(app, THIEF) == []
    for password in ("", GOOD):
        assert try_password(sign_in(None), "akun-warga", password).status_code in (401, 422)
    assert not reads(officer, report)
    assert {**account_row(app, key), "fail_login_count": 0} == {**before, "fail_login_count": 0}


def test_after_a_yes_the_account_stays_its_owners(
    app: Flask, sign_in: SignIn, world: World, report: int
) -> None:
    officer, key, citizen = sign_in("a1"), user_id(app, "warga"), sign_in("warga")
    ask_citizen(app, officer, world)
    (letter,) = [each for each in letters_to(app, WARGA) if "Undangan" in each["Subject"]]
    assert citizen.post(path_in(letter), {"answer": "yes"}).status_code == 303
    page = officer.get(f"{USERS}{key}/ubah").get_data(as_text=True)
    assert 'name="email"' not in page
    assert 'name="phone"' not in page
    assert WARGA in page
    assert "hanya ia sendiri yang dapat mengubahnya" in page
    form = account_form(name="Warga WARGA", username="lain", email=THIEF, agency=world.a1, role="OFFICER")
    officer.post(f"{USERS}{key}/ubah", form)
    row = account_row(app, key)
    assert (row["email"], row["username"], row["phone"]) == (WARGA, "akun-warga", "")
    assert officer.post(f"{USERS}{key}/hapus").status_code == 303
    row = account_row(app, key)
    assert (row["email"], row["active"], row["roles"]) == (WARGA, True, [Role.REPORTER.value])
    assert sign_in(None).post("/lupa-sandi/", {"username": THIEF}).status_code == 303
    assert letters_to(app, THIEF) == []
    assert not reads(officer, report)
    owner = sign_in(None)
    assert try_password(owner, "akun-warga", PASSWORD).status_code == 302
    assert reads(owner, report)


@pytest.mark.parametrize("manager", ["a1", "a", "pusat", "supervisor"])
def test_a_colleague_is_not_taken_over(app: Flask, sign_in: SignIn, world: World, manager: str) -> None:
    with_authenticator(app, "a1b")
    thief, key = sign_in(manager), user_id(app, "a1b")
    before = account_row(app, key)
    form = account_form(
        name="Petugas A1B", username="akun-a1b", email=THIEF, phone="081399988877", gender="", birth_date="",
        agency=world.a1, role="OFFICER",
    )  # fmt: skip
    thief.post(f"{USERS}{key}/ubah", form)
    thief.post(f"{USERS}{key}/buka-kunci")
    # A supervisor does not give the role, and so touches no account that has it.
    touches = 403 if manager == "supervisor" else 303
    assert thief.post(f"{USERS}{key}/kirim-ulang").status_code == 403
    assert thief.post(f"{USERS}{key}/atur-ulang-verifikasi").status_code == touches
    thief.post(f"{USERS}{key}/nonaktifkan")
    for name in (THIEF, A1B):
        assert sign_in(None).post("/lupa-sandi/", {"username": name}).status_code == 303
    assert letters_to(app, THIEF) == []
    after = account_row(app, key)
    for column in ("email", "phone", "username", "password", "totp_nonce", "session_stamp"):
        assert after[column] == before[column], column
    # HAPUS and a new account of the same names: another account, without anything of the first.
    assert thief.post(f"{USERS}{key}/hapus").status_code == touches
    if manager == "supervisor":
        assert account_row(app, key)["active"]
        return
    again = account_form(username="akun-a1b", email=A1B, agency=world.a1)
    assert thief.post(f"{USERS}tambah", again).status_code == 303
    assert found_user(app, "akun-a1b") != key
    assert account_row(app, key)["password"] is None


def test_a_mail_read_by_another_says_neither_yes_nor_no(app: Flask, sign_in: SignIn, world: World) -> None:
    ask_citizen(app, sign_in("a"), world)
    (letter,) = letters_to(app, WARGA)
    link, before = path_in(letter), account_row(app, user_id(app, "warga"))
    for name in (None, "warga2", "a", "a1", "pusat"):
        for answer in ("yes", "no"):
            reader = sign_in(name)
            assert "Unit A1" in said(reader.get(link))
            assert reader.post(link, {"answer": answer}).status_code == 422, (name, answer)
    assert account_row(app, user_id(app, "warga")) == before
    assert sign_in("warga").get(link).status_code == 200  # it is not used up


@pytest.mark.parametrize(
    "what", ["agency", "role", "inviter", "moved", "citizen", "officer", "time", "withdrawn"]
)
def test_what_an_invitation_rests_on_is_asked_anew(
    app: Flask, sign_in: SignIn, world: World, what: str
) -> None:
    manager = sign_in("a")
    ask_citizen(app, manager, world)
    (letter,) = letters_to(app, WARGA)
    link, citizen, key = path_in(letter), sign_in("warga"), user_id(app, "warga")
    with app.app_context(), transaction() as session:
        inviter = world.account(session, "a")
        if what == "agency":
            session.get_one(Agency, world.a1).active = False
        elif what == "role":
            inviter.roles = session.scalars(
                select(FabRole).where(FabRole.name == Role.STATISTICIAN.value)
            ).all()
        elif what == "inviter":
            inviter.active = False
        elif what == "moved":
            inviter.agency_id = world.b
        elif what == "citizen":
            session.get_one(Account, key).active = False
        elif what == "officer":
            session.get_one(Account, key).agency_id = world.a2
        elif what == "time":
            session.execute(update(AccountLink).values(expires_at=datetime.now(UTC)))
    if what == "withdrawn":
        with app.app_context(), transaction() as session:
            number = session.scalars(select(AccountLink.id)).one()
        page = f"{USERS}undangan/{number}/batalkan"
        assert "Undangan yang menunggu jawaban" in said(manager.get(USERS))
        assert page in manager.get(USERS).get_data(as_text=True)
        assert sign_in("b").post(page).status_code == 404
        assert sign_in("a2").post(page).status_code == 404
        assert manager.post(page).status_code == 303
        assert "Undangan yang menunggu jawaban" not in said(manager.get(USERS))
    before = account_row(app, key)
    assert citizen.post(link, {"answer": "yes"}).status_code in (302, 303, 410, 422)
    after = account_row(app, key)
    for column in ("agency_id", "roles", "password", "session_stamp"):
        assert after[column] == before[column], column


def test_a_no_changes_nothing_and_the_inviter_is_told(app: Flask, sign_in: SignIn, world: World) -> None:
    ask_citizen(app, sign_in("a"), world)
    (letter,) = letters_to(app, WARGA)
    before = account_row(app, user_id(app, "warga"))
    assert sign_in("warga").post(path_in(letter), {"answer": "no"}).status_code == 303
    assert account_row(app, user_id(app, "warga")) == before
    (told,) = letters_to(app, "a@contoh.example.com")
    assert "menolak" in text_of(told)
    assert sign_in("warga").post(path_in(letter), {"answer": "yes"}).status_code == 410


def test_who_has_a_telephone_alone_is_told_to_add_an_email_first(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    change(app, "warga", email="0011@tanpa-email.invalid", phone="+6281311122277")
    form = {
        "q": "081311122277",
        "do": "promote",
        "chosen": user_id(app, "warga"),
        "agency": world.a1,
        "role": "OFFICER",
    }
    answer = sign_in("a").post(PAGE, form)
    assert answer.status_code == 422
    assert "belum memiliki alamat email" in said(answer)


def new_email(app: Flask, person: Person, address: str) -> str:
    """Change somebody's e-mail as its owner would; the path of the letter's link that takes it back."""
    before = account_row(app, user_id(app, "a1"))["email"]
    assert person.send("/akun/email/", {"email": address, "current": PASSWORD}).status_code == 303
    (letter,) = letters_to(app, address)
    assert person.post(path_in(letter)).status_code == 303
    (told,) = letters_to(app, before)
    assert told["Subject"] == "Akun LAPOR! Anda diubah"
    return path_in(told)


def test_the_oldest_undoing_wins_whatever_a_thief_does_next(app: Flask, sign_in: SignIn) -> None:
    totp = with_authenticator(app, "a1", "abcd-efgh-ijkl-mnop")
    thief, key = sign_in("a1"), user_id(app, "a1")  # with the session and the password
    nonce = account_row(app, key)["totp_nonce"]
    first = new_email(app, thief, THIEF)
    second = new_email(app, thief, "lagi@contoh.example.com")
    assert thief.send("/akun/verifikasi-dua-langkah/matikan/", {"current": PASSWORD}).status_code == 303
    assert thief.send("/akun/telepon/", {"phone": "081399988877", "current": PASSWORD}).status_code == 303
    form = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    assert thief.send("/akun/kata-sandi/", form).status_code == 303
    assert thief.get(USERS).status_code == 200
    # Somebody who manages accounts cannot take the old address away either.
    assert sign_in("a").post(f"{USERS}tambah", account_form(email=A1)).status_code == 422
    change(app, "a1", active=False)
    # The thief's own undoing first: it brings back the thief's first address, and ends no older one.
    visitor = sign_in(None)
    assert THIEF in said(visitor.get(second))
    assert (
        visitor.post(
            second, {"password": "kolam sepi tiga bangau", "again": "kolam sepi tiga bangau"}
        ).status_code
        == 303
    )
    assert account_row(app, key)["email"] == THIEF
    owner = sign_in(None)
    assert A1 in said(owner.get(first))
    assert owner.post(first, {"password": "pendek", "again": "pendek"}).status_code == 422
    assert owner.post(first, {"password": GOOD, "again": GOOD}).status_code == 303
    change(app, "a1", active=True)
    row = account_row(app, key)
    assert (row["email"], row["phone"], row["totp_nonce"]) == (A1, "", nonce)
    assert thief.get(USERS).status_code == 302
    for link in (first, second):
        assert sign_in(None).get(link).status_code == 410
    with app.app_context(), transaction() as session:
        left = session.scalars(select(AccountLink.purpose).where(AccountLink.user_id == key)).all()
        assert LinkPurpose.UNDO not in left
        assert session.scalars(select(FormerAddress).where(FormerAddress.user_id == key)).all() == []
    for password in (PASSWORD, OTHER):
        assert try_password(sign_in(None), "akun-a1", password).status_code == 401
    back = sign_in(None)
    assert try_password(back, "akun-a1", GOOD).headers["Location"].startswith("/login/kode/")
    assert back.send("/login/kode/", {"code": code_now(totp)}).status_code == 302
    assert back.get(USERS).status_code == 200


def test_an_undoing_is_good_for_seven_days(app: Flask, sign_in: SignIn) -> None:
    link = new_email(app, sign_in("a1"), THIEF)
    with app.app_context(), transaction() as session:
        row = session.scalars(select(AccountLink).where(AccountLink.purpose == LinkPurpose.UNDO)).one()
        assert timedelta(days=6, hours=23) < row.expires_at - datetime.now(UTC) <= timedelta(days=7)
        # Neither a new password nor the sweep of what ran out ends it before.
        account_links.end(session, row.user_id)
        account_links.forget(session, row.expires_at - timedelta(minutes=1))
    assert sign_in(None).get(link).status_code == 200
    with app.app_context(), transaction() as session:
        session.execute(update(AccountLink).values(expires_at=datetime.now(UTC)))
    assert sign_in(None).post(link, {"password": GOOD, "again": GOOD}).status_code == 410


# Letters go to the address that stood when they were caused.

LINKS = {
    "account_first": (LinkPurpose.FIRST, {}),
    "email_asked": (LinkPurpose.EMAIL, {"email": "lain@contoh.example.com"}),
    "email_confirm": (LinkPurpose.EMAIL, {"email": "lain@contoh.example.com"}),
    "account_invited": (LinkPurpose.INVITATION, {}),
    "account_changed": (LinkPurpose.UNDO, {"email": A1}),
    "second_step_recovery": (LinkPurpose.SECOND_STEP, {}),
}
PAYLOADS = {
    "mail_trial": {},
    "invitation_answered": {"yes": True},
    "account_promoted": {},
    "account_powers": {"what": ["roles"]},
    "password_forgotten": {},
    "password_changed": {},
    "second_step_changed": {"what": "codes"},
    "second_step_reset": {},
    "sign_in_tried": {
        "number": 5,
        "first": "2026-08-14T03:00:00+00:00",
        "last": "2026-08-14T04:00:00+00:00",
    },
    "citizen_search_limit": {"searcher": 1},
}
# What opens the account, or was asked for in its name, dies with its address instead.
DIES = frozenset(
    {"account_first", "password_forgotten", "second_step_recovery", "email_asked", "email_confirm"}
)
ELSEWHERE = {
    "mail_code": "its row holds the address that was typed",
    "mail_link": "its reporter has no account: the address is the one that the report was confirmed with",
    "file_refused": "test_the_other_letters_ask_for_the_address_of_their_cause",
    "mail_report": "test_a_reporters_letter_goes_to_the_address_of_its_event",
    "mail_notification": "test_the_other_letters_ask_for_the_address_of_their_cause",
    "mail_digest": "test_the_other_letters_ask_for_the_address_of_their_cause",
    "digest_mail": "test_the_other_letters_ask_for_the_address_of_their_cause",
}


def test_every_letter_is_walked() -> None:
    from app.jobs.topics import TOPICS
    from app.services.agencies import backlog
    from app.services.citizens import reporter_notices
    from app.services.inbox import digests

    silent = {*reporter_notices.HEARD, digests.AGENCY_TOPIC, backlog.DEADLINES, backlog.DELEGATORS}
    assert set(TOPICS) - silent == {*LINKS, *PAYLOADS, *ELSEWHERE}, (
        "a new letter: let access/addresses.recipient() say where it goes, and add it here"
    )


@pytest.mark.parametrize("topic", sorted({*LINKS, *PAYLOADS}))
def test_a_letter_that_waits_goes_to_the_address_of_its_cause(
    app: Flask, sign_in: SignIn, world: World, topic: str
) -> None:
    early = datetime.now(UTC) - timedelta(minutes=5)
    key = user_id(app, "a1")
    with app.app_context(), transaction() as session:
        if topic in LINKS:
            purpose, more = LINKS[topic]
            extra = (
                {"agency_id": world.a1, "role": "Pejabat Penghubung"} if topic == "account_invited" else {}
            )
            link = account_links.make(session, session.get_one(Account, key), purpose, early, **more, **extra)
            outbox.put(session, topic, f"{topic}:{link.id}:{link.nonce}", early, link=link.id, what="email")
        else:
            payload = {"user": key, "who": key, "agency": world.a1, **PAYLOADS[topic]}
            outbox.put(session, topic, f"{topic}:walk", early, **payload)
        waits = session.scalars(select(OutboxMessage.id)).one()
        session.get_one(OutboxMessage, waits).available_at = datetime.now(UTC) + timedelta(days=1)
    new_email(app, sign_in("a1"), THIEF)
    with app.app_context(), transaction() as session:
        session.get_one(OutboxMessage, waits).available_at = early
    letters = letters_to(app, A1)
    assert letters_to(app, THIEF) == []
    assert len(letters) == (0 if topic in DIES else 1)
    with app.app_context(), transaction() as session:
        assert session.get_one(OutboxMessage, waits).sent_at is not None


def test_a_reporters_letter_goes_to_the_address_of_its_event(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context(), transaction() as session:
        world.filed(session, datetime.now(UTC) - timedelta(minutes=5))
        session.execute(update(OutboxMessage).values(available_at=datetime.now(UTC) + timedelta(days=1)))
    citizen = sign_in("warga")
    assert citizen.send("/akun/email/", {"email": THIEF, "current": PASSWORD}).status_code == 303
    (letter,) = letters_to(app, THIEF)
    assert citizen.post(path_in(letter)).status_code == 303
    letters_to(app, WARGA)
    with app.app_context(), transaction() as session:
        waiting = update(OutboxMessage).where(OutboxMessage.sent_at.is_(None))
        session.execute(waiting.values(available_at=datetime.now(UTC) - timedelta(minutes=4)))
    (told,) = [each for each in letters_to(app, WARGA) if "diterima" in each["Subject"]]
    assert "Laporan" in told["Subject"]


def test_the_other_letters_ask_for_the_address_of_their_cause() -> None:
    """By the source: whoever writes to an account takes its address from recipient(), with the cause's time."""
    import re
    from pathlib import Path

    import app as package

    folder = Path(package.__file__).parent
    for name in (
        "services/inbox/notification_mail.py",
        "services/inbox/digests.py",
        "services/citizens/reporter_notices.py",
        "jobs/topics.py",
        "services/accounts/letters.py",
    ):
        source = (folder / name).read_text(encoding="utf-8")
        calls = re.findall(r"recipient\((.*)\)", source)
        assert calls, name
        assert all("created_at" in call or "caused" in call for call in calls), name
        allowed = "Recipient(ready.account, ready.account.email)"  # the link has died with any other address
        assert "account.email" not in source.replace(allowed, "").replace("found.account.email", ""), name


def test_no_guess_at_the_password_beside_a_link_is_free(app: Flask, sign_in: SignIn) -> None:
    with_authenticator(app, "a1b")
    assert sign_in("a").post(f"{USERS}{user_id(app, 'a1b')}/atur-ulang-verifikasi").status_code == 303
    (letter,) = letters_to(app, A1B)
    visitor = sign_in(None)
    for _ in range(FAILURES):
        assert visitor.post(path_in(letter), {"current": "salah"}).status_code == 422
    refused = visitor.post(path_in(letter), {"current": PASSWORD})
    assert refused.status_code == 422
    assert "Terlalu banyak kata sandi yang salah" in said(refused)
