"""Nobody lists the citizens: three letters once showed name, e-mail and telephone, 28,800 a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.extensions import db, transaction
from app.models import Account, AuditEntry, Reporter, Tries
from app.rules.accounts.people import masked_email
from app.rules.accounts.roles import Role
from app.rules.channels.api import ClientKind
from app.services.system import attempt_counts
from app.views.gate import PUBLIC_ENDPOINTS
from tests.support.accounts import change, said
from tests.support.api import Program, give_token, make_client
from tests.support.api_routes import OPERATIONS
from tests.support.hats import give_office
from tests.support.http import Person, QueryCounter
from tests.support.mail import letters_to, text_of
from tests.support.manage import USERS, user_id
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
PAGE = f"{USERS}dari-terdaftar/"
FOUND = 'name="chosen"'
PHONE = "+6281200000072"
WHOLE = ("warga@contoh.example.com", "081200000072")
NOBODY = "Tidak ada pengguna terdaftar yang dapat ditampilkan"


@pytest.fixture
def scene(app: Flask, world: World) -> Play:
    change(app, "warga", phone=PHONE)
    with app.app_context(), transaction() as session:
        key = world.account(session, "warga").id
        session.scalars(select(Reporter).where(Reporter.user_id == key)).one().phone = PHONE
    return Play(world, datetime.now(UTC) - timedelta(days=5))


def search(person: Person, typed: str) -> TestResponse:
    return person.post(PAGE, {"q": typed, "do": "search"})


def forget(app: Flask) -> None:
    """A day goes by."""
    with app.app_context(), transaction() as session:
        session.query(Tries).delete()


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_letters_list_nobody(app: Flask, scene: Play, sign_in: SignIn) -> None:
    """As it was done: three letters of a name, the beginning of an address, a few digits."""
    with app.app_context():
        scene.verified("b")
    a = sign_in("a")
    for typed in (
        "War",
        "arg",
        "Warga",
        "warga@",
        "warga@contoh",
        "@contoh.example.com",
        "0812",
        "+62812",
        "812000",
    ):
        page = search(a, typed).get_data(as_text=True)
        assert FOUND not in page, typed
        assert "contoh.example.com" not in page.replace(f'value="{typed}"', ""), typed


def test_a_whole_address_finds_one_account_and_shows_it_masked(
    app: Flask, scene: Play, sign_in: SignIn
) -> None:
    a = sign_in("a")
    for typed in WHOLE:
        page = search(a, typed)
        shown = page.get_data(as_text=True)
        assert shown.count(FOUND) == 1, typed
        table = shown.split("<tbody>")[1].split("</tbody>")[0]
        assert masked_email("warga@contoh.example.com") in table
        assert "•••072" in table
        assert "warga@contoh.example.com" not in table
        assert "81200000072" not in table


@pytest.mark.parametrize("name", ["a", "a1", "b", "pusat"])
def test_a_name_finds_who_filed_with_the_searchers_subtree(
    app: Flask, scene: Play, sign_in: SignIn, name: str
) -> None:
    with app.app_context():
        under = scene.verified("a", by="warga")
        scene.forward(under, by="a", to="a1")
    finds = {"a": 1, "a1": 1, "b": 0, "pusat": 1}
    shown = search(sign_in(name), "warga").get_data(as_text=True)
    assert shown.count(FOUND) == finds[name]
    assert ("Warga WARGA<" in shown) is bool(finds[name])
    assert "Warga WARGA2" not in shown


def test_an_anonymous_report_tells_nobody_s_name(app: Flask, scene: Play, sign_in: SignIn) -> None:
    with app.app_context():
        scene.verified("a", by="warga", is_anonymous=True)
        scene.verified("a", by="warga", is_anonymous=True, is_secret=True)
        # A copy shows no reporter either.
        copied = scene.verified("b", by="warga2")
        scene.forward(copied, by="b", to="b1", copies=("a",))
    for name in ("a", "pusat"):
        page = search(sign_in(name), "Warga WARGA").get_data(as_text=True)
        assert page.count("Warga WARGA<") == 0, name
    assert FOUND not in search(sign_in("a"), "Warga").get_data(as_text=True)


def test_nobody_found_says_and_costs_the_same(app: Flask, scene: Play, sign_in: SignIn) -> None:
    """An officer elsewhere, a colleague, a closed account, an address that nobody has: one answer."""
    change(app, "warga2", active=False)
    a = sign_in("a")
    said_, cost = set(), set()
    asked = ["b1@contoh.example.com", "a1@contoh.example.com", "pusat@contoh.example.com"]
    for typed in (*asked, "warga2@contoh.example.com", "tidak-ada@contoh.example.com"):
        token = a.token()
        with QueryCounter(app) as counter:
            page = a.client.post(PAGE, data={"csrf_token": token, "q": typed, "do": "search"})
        assert page.status_code == 200
        assert NOBODY in page.get_data(as_text=True)
        said_.add(said(page).replace(typed, ""))
        cost.add(counter.count)
    assert len(said_) == len(cost) == 1
    token = a.token()
    with QueryCounter(app) as counter:
        a.client.post(PAGE, data={"csrf_token": token, "q": WHOLE[0], "do": "search"})
    assert {counter.count} == cost


def test_a_key_that_was_not_found_is_not_chosen(
    app: Flask, scene: Play, sign_in: SignIn, world: World
) -> None:
    a, key = sign_in("a"), user_id(app, "warga")
    form = {"do": "promote", "chosen": key, "agency": world.a1, "role": "OFFICER"}
    for typed in ("", "Warga", "warga2@contoh.example.com", "%%%"):
        answer = a.post(PAGE, {**form, "q": typed})
        assert answer.status_code == 422, typed
        assert "Warga WARGA sekarang" not in said(answer)
    with app.app_context():
        assert db.session.get_one(Account, key).agency_id is None


def test_what_was_looked_for_is_noted_as_a_keyed_hash(app: Flask, scene: Play, sign_in: SignIn) -> None:
    for name, typed in (("a", WHOLE[0]), ("b", WHOLE[0].upper()), ("a", "tidak-ada@contoh.example.com")):
        search(sign_in(name), typed)
    with app.app_context():
        entries = list(
            db.session.scalars(
                select(AuditEntry).where(AuditEntry.action == "citizens.searched").order_by(AuditEntry.id)
            )
        )
        data = [entry.data for entry in entries]
        assert [each["found"] for each in data] == [1, 1, 0]
        assert data[0]["sought"] == data[1]["sought"] != data[2]["sought"]
        assert "contoh" not in str(data)
        assert data[0]["sought"] in attempt_counts.masked(app.config["LAPOR"].key(), f"email:{WHOLE[0]}")


def test_a_day_has_a_limit_and_supervisors_hear_of_it(app: Flask, scene: Play, sign_in: SignIn) -> None:
    a, most = sign_in("a"), attempt_counts.CITIZEN_SEARCH_DAY.number
    assert most <= 100, "28,800 a day were too many"
    key = user_id(app, "a")
    with app.app_context(), transaction() as session:
        for _ in range(most - 1):
            attempt_counts.count(session, attempt_counts.CITIZEN_SEARCH_DAY, key, datetime.now(UTC))
    assert search(a, WHOLE[0]).status_code == 200
    for _ in range(3):
        refused = search(a, WHOLE[0])
        assert refused.status_code == 422
        assert "Batas pencarian pengguna untuk satu hari" in said(refused)
        assert FOUND not in refused.get_data(as_text=True)
    # Neither does choosing go on.
    form = {"q": WHOLE[0], "do": "promote", "chosen": user_id(app, "warga"), "role": "OFFICER"}
    assert a.post(PAGE, form).status_code == 422
    assert search(sign_in("b"), WHOLE[0]).status_code == 200
    assert names(app).count("citizens.search_limit_reached") == 1
    (letter,) = letters_to(app, "supervisor@contoh.example.com")
    assert "Petugas A" in text_of(letter)
    assert WHOLE[0] not in text_of(letter)
    log = sign_in("pusat").get("/pengaturan/catatan/").get_data(as_text=True)
    assert "Pelapor dicari sampai batas harian" in log
    forget(app)
    assert search(a, WHOLE[0]).status_code == 200


def test_without_a_supervisor_the_central_admins_hear_of_it(app: Flask, scene: Play, sign_in: SignIn) -> None:
    change(app, "supervisor", active=False)
    key = user_id(app, "pusat")
    with app.app_context(), transaction() as session:
        for _ in range(attempt_counts.CITIZEN_SEARCH_DAY.number):
            attempt_counts.count(session, attempt_counts.CITIZEN_SEARCH_DAY, key, datetime.now(UTC))
    assert search(sign_in("pusat"), WHOLE[0]).status_code == 422
    assert len(letters_to(app, "pusat2@contoh.example.com")) == 1
    assert letters_to(app, "pusat@contoh.example.com") == []


# Every other place that could list people across agencies.

ADDRESS = re.compile(r'href="/bahasa/[^"]*"')
THEIRS = re.compile(r"\bWARGA\b|warga@contoh|81200000072")
ASKS = ("q", "cari", "kata", "nama", "search", "pelapor")


@pytest.mark.parametrize("name", ["a", "b1", "pusat"])
def test_no_other_page_or_picker_names_a_citizen(app: Flask, scene: Play, sign_in: SignIn, name: str) -> None:
    """Whoever files anonymously stands in no list, picker or search of the desk, whatever is typed."""
    with app.app_context():
        number = scene.in_progress("a", by="warga", is_anonymous=True)
        scene.ask_details(scene.file(by="warga", is_anonymous=True))
    person, walked = sign_in(name), 0
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()) or rule.endpoint in PUBLIC_ENDPOINTS:
            continue
        for typed in ("", "Warga", *WHOLE):
            query = "&".join(f"{each}={typed}" for each in ASKS) if typed else ""
            answer = person.get(f"{rule.rule}?{query}")
            # What was typed comes back in its field, and in the address of the other language.
            page = ADDRESS.sub("", answer.get_data(as_text=True))
            page = page.replace(typed, "") if typed else page
            told = THEIRS.search(page)
            assert told is None, (rule.rule, typed, told)
            walked += 1
    assert walked > 60
    for page in (f"/laporan/{number}/", f"/publik/laporan/{number}/"):
        assert "Warga WARGA" not in person.get(page).get_data(as_text=True)
    program = Program(app, give_token(app, make_client(app, ClientKind.ANDROID)[0], name))
    for operation in OPERATIONS.values():
        if operation.method == "GET":
            keys = dict.fromkeys(("report", "progress", "file", "own_file", "request"), number)
            text = program.get(operation.path.format(**keys)).get_data(as_text=True)
            assert "Warga WARGA" not in text, operation.path
            assert "warga@contoh" not in text, operation.path


def test_accounts_of_other_agencies_are_not_searched(app: Flask, scene: Play, sign_in: SignIn) -> None:
    """Manajemen Pengguna finds those of one's own subtree alone, by every field that it searches."""
    give_office(app, "warga2", "b1", Role.OFFICER)
    a = sign_in("a")
    for typed in ("Petugas B", "b1@contoh.example.com", "akun-b1", "WARGA2", "warga2@contoh.example.com"):
        for field in ("first_name", "email", "username", "phone"):
            page = a.get(f"{USERS}?_flt_2_{field}={typed}").get_data(as_text=True)
            body = page.partition("<tbody>")[2].partition("</tbody>")[0]
            assert "Petugas B" not in body
            assert "WARGA2" not in body
