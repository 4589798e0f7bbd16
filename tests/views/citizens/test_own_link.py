"""The secret link in its owner's hands: made anew, turned off, and asked for again."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask

from app.extensions import db, transaction
from app.models import Account, Report, Reporter
from app.services.secret_hash import hash_of
from tests.support.citizen import file_form, open_link, read_code
from tests.support.http import Person
from tests.support.mail import letters_to, text_of
from tests.support.world import World

SignIn = Callable[[str | None], Person]
MAIL = "siti@contoh.example.com"
LINK = re.compile(r"/lacak/#[\w-]{43}")


def opens(sign_in: SignIn, link: str) -> bool:
    return sign_in(None).enter(link).status_code == 303


def codes_to(app: Flask, address: str) -> int:
    """How many letters with a code this delivery brings to `address`."""
    return len([each for each in letters_to(app, address) if "Kode" in str(each["Subject"])])


def ask(person: Person, number: object, address: str = MAIL) -> str:
    """The page that asks for the code of a new link."""
    fields = file_form(person, url="/lacak/minta/")
    answer = person.client.post("/lacak/minta/", data={**fields, "number": str(number), "address": address})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_a_link_is_made_anew_and_the_old_one_ends(app: Flask, world: World, sign_in: SignIn) -> None:
    owner = sign_in(None)
    token, number = open_link(app, owner)
    thief = sign_in(None)
    stolen = thief.enter(f"/lacak/#{token}").location
    assert thief.get(stolen).status_code == 200
    page = f"/lacak/{number}/"
    assert f"{page}tautan-baru/" in owner.get(page).get_data(as_text=True)
    done = owner.send(f"{page}tautan-baru/", {})
    assert (done.status_code, done.location) == (303, f"{page}?baru=1")
    shown = owner.get(done.location).get_data(as_text=True)
    (new,) = set(LINK.findall(shown))
    assert new != f"/lacak/#{token}"
    assert "Ini tautan baru laporan Anda" in shown
    assert LINK.search(owner.get(page).get_data(as_text=True)) is None  # shown once
    assert thief.get(stolen).status_code == 410
    assert not opens(sign_in, f"/lacak/#{token}")
    assert sign_in(None).get(f"/lacak/{token}/").location == "/lacak/"
    (letter,) = [text_of(each) for each in letters_to(app, MAIL) if "Tautan baru" in str(each["Subject"])]
    assert "Tautan yang lama tidak" in letter.replace("\n", " ")
    assert LINK.findall(letter) == [new]
    assert opens(sign_in, new)


def test_a_link_is_turned_off_and_asked_for_again_with_a_code(
    app: Flask, world: World, sign_in: SignIn
) -> None:
    owner = sign_in(None)
    token, number = open_link(app, owner)
    page = f"/lacak/{number}/matikan/"
    said = owner.get(page).get_data(as_text=True)
    for words in ("tidak dapat membacanya", "minta tautan baru", "kode"):
        assert words in said, words
    assert opens(sign_in, f"/lacak/#{token}")  # a look turns nothing off
    done = owner.send(page, {})
    assert (done.status_code, done.location) == (303, "/lacak/minta/")
    assert not opens(sign_in, f"/lacak/#{token}")
    assert owner.get(f"/lacak/{number}/").status_code == 404
    with app.app_context():
        assert db.session.get_one(Report, number).link_hash is None
    for _ in range(2):
        letters_to(app, MAIL)  # of the filing
    person = sign_in(None)
    code_page = ask(person, f"#{number}", MAIL.upper())
    done = person.send(code_page, {"code": read_code(app, MAIL)})
    assert (done.status_code, done.location) == (303, f"/lacak/{number}/?baru=1")
    (new,) = set(LINK.findall(person.get(done.location).get_data(as_text=True)))
    assert new != f"/lacak/#{token}"
    assert opens(sign_in, new)
    assert not opens(sign_in, f"/lacak/#{token}")
    # Once more the same page leads to the same link, and to none that was made later.
    assert person.get(code_page).location == done.location
    assert person.send(f"/lacak/{number}/tautan-baru/", {}).status_code == 303
    assert person.get(code_page).status_code == 404


def test_the_page_of_the_filings_code_does_not_lead_to_a_later_link(
    app: Flask, world: World, sign_in: SignIn
) -> None:
    from tests.support.citizen import send_report

    visitor = sign_in(None)
    code_page = send_report(visitor, address=MAIL).location
    done = visitor.send(code_page, {"code": read_code(app, MAIL)}).location
    assert visitor.get(code_page).location == done
    assert visitor.send(f"{done.partition('?')[0]}tautan-baru/", {}).status_code == 303
    assert visitor.get(code_page).status_code == 404


def test_nobody_else_gets_a_link(app: Flask, world: World, sign_in: SignIn) -> None:
    """A wrong number, a wrong address, a report of an account, one without a link: the same page, no letter."""
    token, number = open_link(app, sign_in(None))
    for _ in range(2):
        letters_to(app, MAIL)  # of the filing
    tries = ((number, "lain@contoh.example.com"), (987_654, MAIL))
    for asked, address in tries:
        person = sign_in(None)
        assert person.get(ask(person, asked, address)).status_code == 200
        assert codes_to(app, address) == 0, asked
    # What officers typed in confirms no address: a report that never had a link gets none.
    with app.app_context(), transaction() as session:
        session.get_one(Report, number).link_hash = None
    ask(sign_in(None), number)
    assert codes_to(app, MAIL) == 0
    # Nor does one whose reporter signs in.
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, number)
        report.link_hash = hash_of(token)
        account = session.query(Account).filter_by(username="akun-a1").one()
        session.get_one(Reporter, report.reporter_id).user_id = account.id
    ask(sign_in(None), number)
    assert codes_to(app, MAIL) == 0
    assert opens(sign_in, f"/lacak/#{token}")


def test_wrong_input_is_told_at_the_field_and_kept(app: Flask, sign_in: SignIn) -> None:
    person = sign_in(None)
    fields = file_form(person, url="/lacak/minta/")
    answer = person.client.post("/lacak/minta/", data={**fields, "number": "abc", "address": "tanpa-at"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "misalnya 1234" in page
    assert 'value="abc"' in page
    assert 'value="tanpa-at"' in page


def test_forms_of_the_link_want_their_token(app: Flask, world: World, sign_in: SignIn) -> None:
    owner = sign_in(None)
    token, number = open_link(app, owner)
    for slug in ("tautan-baru", "matikan"):
        assert owner.client.post(f"/lacak/{number}/{slug}/", data={}).status_code == 400
        assert sign_in(None).post(f"/lacak/{number}/{slug}/").status_code == 404
    assert opens(sign_in, f"/lacak/#{token}")
