"""Every way to somebody else's row that Flask-AppBuilder's stock views leave open, tried over HTTP.

Each attack is first shown to work for whom it is meant: a page that fails for everybody proves nothing
(case R9). Officer "a" manages Instansi A with its units; Instansi B is foreign to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, redirect
from flask_appbuilder.actions import action
from sqlalchemy import update

from app import create_app
from app.extensions import db, transaction
from app.models import Account
from app.views.accounts.users import UserView
from app.views.agencies.agencies import AgencyView
from tests.support.databases import dispose
from tests.support.http import Person
from tests.support.manage import (
    AGENCIES,
    USERS,
    SignIn,
    Writes,
    account_form,
    account_row,
    agency_form,
    agency_row,
    cells,
    found_agency,
    found_user,
    user_id,
)
from tests.support.world import World

# Keys that no row has, in every shape that an address can hold.
NO_KEYS = (
    "999999", "0", "-1", "2147483648", "9223372036854775808", "12345678901234567890", "1e3", "abc", "٣",
    "1%00", "%00", "1;2", "1 or 1=1", "null", "%ED%A0%80",
)  # fmt: skip


@pytest.fixture
def keys(app: Flask, world: World) -> dict[str, tuple[int, int]]:
    """For each list the key of a row of Instansi A's and of a foreign one."""
    return {AGENCIES: (world.a1, world.b1), USERS: (user_id(app, "a1"), user_id(app, "b1"))}


def texts(page: str) -> str:
    """What a page shows, without its tags."""
    return unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("page", ["", "ubah", "hapus"])
@pytest.mark.parametrize("route", [AGENCIES, USERS])
def test_a_hidden_row_is_answered_exactly_as_an_absent_one(
    app: Flask, sign_in: SignIn, keys: dict[str, tuple[int, int]], route: str, page: str
) -> None:
    mine, foreign = keys[route]
    a, b = sign_in("a"), sign_in("b")
    assert a.get(f"{route}{mine}/{page}").status_code == 200
    assert b.get(f"{route}{foreign}/{page}").status_code == 200

    absent = a.get(f"{route}999999/{page}")
    hidden = a.get(f"{route}{foreign}/{page}")

    assert absent.status_code == hidden.status_code == 404
    neutral = [
        re.sub(r'(nonce|value)="[^"]*"', "", answer.get_data(as_text=True)) for answer in (absent, hidden)
    ]
    assert neutral[0] == neutral[1]


@pytest.mark.parametrize("route", [AGENCIES, USERS])
def test_keys_that_are_none_answer_404(app: Flask, sign_in: SignIn, route: str) -> None:
    pusat = sign_in("pusat")
    assert pusat.get(f"{route}1/").status_code == 200
    for key in NO_KEYS:
        for page in ("", "ubah", "hapus"):
            answer = pusat.get(f"{route}{key}/{page}")
            assert answer.status_code == 404, (key, page)
        assert pusat.post(f"{route}{key}/hapus").status_code == 404, key


def test_the_list_shows_own_and_below_alone(app: Flask, sign_in: SignIn, world: World) -> None:
    for name, shown, hidden in (
        ("a", ("Instansi A", "Unit A1", "Unit A3"), ("Instansi B", "Unit B1", "Admin Pusat LAPOR!")),
        ("a1", ("Unit A1",), ("Instansi A", "Unit A2", "Instansi B")),
        ("b", ("Instansi B", "Unit B1"), ("Instansi A", "Unit A1")),
        ("pusat", ("Admin Pusat LAPOR!", "Instansi A", "Unit B1"), ()),
    ):
        rows = cells(sign_in(name).get(AGENCIES).get_data(as_text=True))
        assert [row[0] for row in rows if row[0] in shown] == sorted(shown), name
        assert not {row[0] for row in rows} & set(hidden), name
    for name, shown, hidden in (
        ("a", ("a@", "a1@", "a1b@", "a2@"), ("b@", "b1@", "pusat@", "warga@")),
        ("b1", ("b1@",), ("b@", "a@")),
        ("pusat", ("pusat@", "a1@", "b1@"), ("warga@", "warga2@")),
    ):
        found = {row[1] for row in cells(sign_in(name).get(USERS).get_data(as_text=True))}
        assert {f"{mail}contoh.example.com" for mail in shown} <= found, name
        assert not {f"{mail}contoh.example.com" for mail in hidden} & found, name


def test_an_account_without_an_agency_sees_no_row_rather_than_all(app: Flask, sign_in: SignIn) -> None:
    assert len(cells(sign_in("a").get(AGENCIES).get_data(as_text=True))) == 4
    with app.app_context(), transaction() as session:
        session.execute(update(Account).where(Account.username == "akun-a").values(agency_id=None))
    a = sign_in("a")
    for route in (AGENCIES, USERS):
        answer = a.get(route)
        assert answer.status_code == 200
        assert cells(answer.get_data(as_text=True)) == []
    assert a.send(f"{AGENCIES}tambah", agency_form()).status_code == 422
    assert a.send(f"{USERS}tambah", account_form()).status_code == 422


@pytest.mark.parametrize("name", ["warga", "statistik"])
def test_a_role_without_the_permission_opens_nothing(app: Flask, sign_in: SignIn, name: str) -> None:
    person, allowed = sign_in(name), sign_in("a")
    for route in (AGENCIES, USERS):
        for page in ("", "tambah", "1/", "1/ubah", "1/hapus"):
            assert person.get(route + page).status_code == 403, page
        assert allowed.get(route).status_code == 200
        assert person.post(f"{route}tambah", account_form()).status_code == 403
    assert found_user(app, "siti_aminah") is None


def test_reading_is_not_writing(app: Flask, sign_in: SignIn, world: World) -> None:
    supervisor = sign_in("supervisor")  # reads agencies, but does not change them
    before = agency_row(app, world.a1)
    assert supervisor.get(f"{AGENCIES}{world.a1}/").status_code == 200
    for page in ("tambah", f"{world.a1}/ubah", f"{world.a1}/hapus"):
        assert supervisor.get(AGENCIES + page).status_code == 403
        assert supervisor.post(AGENCIES + page, agency_form()).status_code == 403
    assert agency_row(app, world.a1) == before


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(app: Flask, sign_in: SignIn, world: World) -> None:
    visitor, before = sign_in(None), agency_row(app, world.a1)
    assert sign_in("a").get(AGENCIES).status_code == 200
    for route in (AGENCIES, USERS):
        for page in ("", "tambah", "1/", "1/ubah", "1/hapus"):
            answer = visitor.get(route + page)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/login/?next=")
    with Writes(app) as writes:
        for page in ("tambah", f"{world.a1}/ubah", f"{world.a1}/hapus"):
            assert visitor.post(AGENCIES + page, agency_form()).status_code == 302
    assert writes.found == []
    assert agency_row(app, world.a1) == before


def test_editing_a_hidden_row_is_refused(
    app: Flask, sign_in: SignIn, keys: dict[str, tuple[int, int]]
) -> None:
    a = sign_in("a")
    mine, foreign = keys[AGENCIES]
    assert a.send(f"{AGENCIES}{mine}/ubah", agency_form(name="Unit A1 Baru")).status_code == 303
    assert agency_row(app, mine)["name"] == "Unit A1 Baru"
    before = agency_row(app, foreign)
    assert a.post(f"{AGENCIES}{foreign}/ubah", agency_form(name="Diambil alih")).status_code == 404
    assert agency_row(app, foreign) == before

    mine, foreign = keys[USERS]
    assert a.send(f"{USERS}{mine}/ubah", account_form(gender="male")).status_code == 303
    assert account_row(app, mine)["gender"] == "male"
    theirs = account_row(app, foreign)
    assert a.post(f"{USERS}{foreign}/ubah", account_form(username="x_y_z")).status_code == 404
    assert account_row(app, foreign) == theirs


def test_deleting_a_hidden_row_is_refused(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    mine, foreign = user_id(app, "a2"), user_id(app, "b1")
    assert a.post(f"{USERS}{foreign}/hapus").status_code == 404
    assert account_row(app, foreign)["active"] is True
    assert a.post(f"{USERS}{mine}/hapus").status_code == 303
    assert account_row(app, mine)["active"] is False

    assert a.post(f"{AGENCIES}{world.b1}/hapus").status_code == 404
    assert agency_row(app, world.b1)["active"] is True
    assert a.post(f"{AGENCIES}{world.a3}/hapus").status_code == 303
    assert agency_row(app, world.a3)["active"] is False


def test_a_get_changes_nothing(app: Flask, sign_in: SignIn, world: World) -> None:
    a = sign_in("a")
    with Writes(app) as writes:
        for page in (f"{AGENCIES}{world.a3}/hapus", f"{USERS}{user_id(app, 'a2')}/hapus"):
            assert a.get(page).status_code == 200
            assert a.get(f"{page}?delete=1&csrf_token=x&submit=1").status_code == 200
            assert a.client.head(page).status_code == 200
        for page in (f"{AGENCIES}tambah", f"{USERS}tambah"):
            query = "&".join(f"{name}={value}" for name, value in agency_form().items())
            assert a.get(f"{page}?{query}").status_code == 200
    assert writes.found == []
    assert a.post(f"{AGENCIES}{world.a3}/hapus").status_code == 303


@pytest.mark.parametrize("token", [None, "", "forged", "foreign"])
def test_without_its_token_no_form_is_taken(app: Flask, sign_in: SignIn, world: World, token: str) -> None:
    a = sign_in("a")
    data: dict[str, Any] = {} if token is None else {"csrf_token": token}
    if token == "foreign":
        data = {"csrf_token": sign_in("b").token()}
    before = agency_row(app, world.a3)
    with Writes(app) as writes:
        for page, form in (
            (f"{AGENCIES}{world.a3}/hapus", {}),
            (f"{AGENCIES}{world.a3}/ubah", agency_form()),
            (f"{AGENCIES}tambah", agency_form()),
            (f"{USERS}tambah", account_form()),
            (f"{USERS}{user_id(app, 'a2')}/hapus", {}),
        ):
            assert a.client.post(page, data={**form, **data}).status_code == 400, page
    assert writes.found == []
    assert agency_row(app, world.a3) == before
    assert a.post(f"{AGENCIES}tambah", agency_form(parent=world.a)).status_code == 303


def test_a_form_offers_no_foreign_agency(app: Flask, sign_in: SignIn, world: World) -> None:
    for page in (f"{AGENCIES}tambah", f"{USERS}tambah", f"{USERS}{user_id(app, 'a1')}/ubah"):
        for query in ("", f"?induk={world.b}&instansi={world.b}"):
            answer = sign_in("a").get(page + query).get_data(as_text=True)
            # An agency's form shows one place, filled in; that of an account a list of them.
            shown = answer.split("<main", 1)[1] if page.startswith(AGENCIES) else texts(answer)
            assert ('value="Instansi A"' if page.startswith(AGENCIES) else "Unit A3") in shown, page
            for foreign in ("Instansi B", "Unit B1", "Admin Pusat LAPOR!"):
                assert foreign not in shown, (page, foreign)


@pytest.mark.parametrize("trick", ["field", "address", "filter", "both"])
def test_a_new_row_cannot_be_put_into_a_foreign_agency(
    app: Flask, sign_in: SignIn, world: World, trick: str
) -> None:
    a = sign_in("a")
    address = {
        "field": "",
        "address": f"?induk={world.b}&instansi={world.b}",
        "filter": f"?_flt_0_agency={world.b}&_flt_0_parent={world.b}&_flt_0_agency_id={world.b}",
        "both": f"?induk={world.b}&instansi={world.b}&_flt_0_parent={world.b}",
    }[trick]
    foreign = {"agency": world.b, "parent": world.b, "agency_id": world.b, "parent_id": world.b}
    data = foreign if trick in ("field", "both") else {"agency": world.a1, "parent": world.a1}
    users = a.post(f"{USERS}tambah{address}", account_form(**data))
    units = a.post(f"{AGENCIES}tambah{address}", agency_form(**data))

    if trick in ("field", "both"):
        assert users.status_code == units.status_code == 422
        assert "Pilih instansi Anda atau instansi di bawahnya." in users.get_data(as_text=True)
        assert found_user(app, "siti_aminah") is None
        assert found_agency(app, "Unit Baru") is None
    else:
        assert users.status_code == units.status_code == 303
        assert account_row(app, found_user(app, "siti_aminah") or 0)["agency_id"] == world.a1
        assert agency_row(app, found_agency(app, "Unit Baru") or 0)["parent_id"] == world.a1


@pytest.mark.parametrize("key", ["", "0", "abc", "12345678901234567890", "999999", "1\0", "-1"])
def test_a_posted_agency_that_is_none_is_answered_like_a_foreign_one(
    app: Flask, sign_in: SignIn, world: World, key: str
) -> None:
    a = sign_in("a")
    for value in (key, str(world.b)):
        answer = a.post(f"{USERS}tambah", account_form(agency=value))
        assert answer.status_code == 422, value
        assert "Pilih instansi Anda atau instansi di bawahnya." in answer.get_data(as_text=True)
        assert a.post(f"{AGENCIES}tambah", agency_form(parent=value)).status_code == 422
    assert a.post(f"{USERS}tambah", account_form(agency=world.a3)).status_code == 303


def test_a_row_cannot_be_moved(app: Flask, sign_in: SignIn, world: World) -> None:
    a, key = sign_in("a"), user_id(app, "a1")
    assert a.post(f"{USERS}{key}/ubah", account_form(agency=world.a2)).status_code == 303
    assert account_row(app, key)["agency_id"] == world.a2
    assert a.post(f"{USERS}{key}/ubah", account_form(agency=world.b1)).status_code == 422
    assert account_row(app, key)["agency_id"] == world.a2
    # An agency's parent is on no form at all.
    for parent in ({"parent": world.a2}, {"parent_id": world.b}, {"parent": ""}):
        assert a.post(f"{AGENCIES}{world.a1}/ubah", agency_form(name="Unit A1", **parent)).status_code == 303
        assert agency_row(app, world.a1)["parent_id"] == world.a


def test_no_column_that_is_not_on_the_form_is_written(app: Flask, sign_in: SignIn, world: World) -> None:
    a, key = sign_in("a"), user_id(app, "a1")
    before = account_row(app, key)
    extra = {
        "password": "Diganti-2026",
        "groups": "1",
        "id": "1",
        "fail_login_count": "0",
        "last_name": "x",
        "created_by_fk": "1",
        "must_change_password": "",
    }
    assert a.post(f"{USERS}{key}/ubah", account_form(agency=world.a1, **extra)).status_code == 303
    after = account_row(app, key)
    assert after["username"] == "siti_aminah"
    for column in ("id", "password", "last_name", "created_by_fk", "must_change_password", "roles"):
        assert after[column] == before[column], column
    assert a.post(f"{AGENCIES}{world.a1}/ubah", agency_form(id="1", created_at="")).status_code == 303
    assert agency_row(app, world.a1)["name"] == "Unit Baru"


# Actions. The application has none yet: a view of the tests' own stands for those to come.


class MarkView(UserView):
    route_base = "/uji/pengguna"
    method_permission_name = {**UserView.method_permission_name, "mark": "write", "rule": "act"}

    @action("mark", "Tandai")
    def mark(self, rows: Any) -> Any:
        keys = [row.id for row in rows] if isinstance(rows, list) else [rows.id]
        with transaction() as session:
            session.execute(update(Account).where(Account.id.in_(keys)).values(last_name="ditandai"))
        self.update_redirect()  # as Flask-AppBuilder's own actions do
        return redirect(self.get_redirect())

    @action("rule", "Tindak", single=False)
    def rule(self, rows: Any) -> Any:
        raise AssertionError("nobody has the permission for this one")


@pytest.fixture
def acting(app: Flask) -> Iterator[Flask]:
    """The application with MarkView, on the database of `app`."""
    made = create_app(app.config["LAPOR"])
    with made.app_context():
        made.appbuilder.add_view_no_menu(MarkView)  # type: ignore[attr-defined]
    yield made
    dispose(made)


def marked(app: Flask) -> set[str]:
    with app.app_context():
        return {
            row.username.removeprefix("akun-")
            for row in db.session.query(Account).where(Account.last_name == "ditandai")
        }


def test_an_action_reaches_only_rows_of_the_account(acting: Flask) -> None:
    a, mine, foreign = Person(acting, "a"), user_id(acting, "a1"), user_id(acting, "b1")
    assert Person(acting, "b").post(f"/uji/pengguna/aksi/mark/{foreign}").status_code == 302
    assert marked(acting) == {"b1"}
    with Writes(acting) as writes:
        assert a.post(f"/uji/pengguna/aksi/mark/{foreign}").status_code == 404
        many = {"action": "mark", "rowid": [mine, foreign]}
        assert a.post("/uji/pengguna/aksi", many).status_code == 404
        for key in (*NO_KEYS, ""):
            assert a.post(f"/uji/pengguna/aksi/mark/{key}").status_code == 404, key
    assert writes.found == []
    assert a.post(f"/uji/pengguna/aksi/mark/{mine}").status_code == 302
    both = {"action": "mark", "rowid": [user_id(acting, "a2"), mine, mine]}
    assert a.post("/uji/pengguna/aksi", both).status_code == 302
    assert marked(acting) == {"a1", "a2", "b1"}
    with a.client.session_transaction() as cookie:  # readable: no address that holds what was searched for
        assert "page_history" not in cookie


def test_an_action_needs_its_name_its_permission_and_a_post(acting: Flask) -> None:
    a, mine = Person(acting, "a"), user_id(acting, "a1")
    citizen, visitor = Person(acting, "warga"), Person(acting, None)
    with Writes(acting) as writes:
        for name in ("unknown", "rule", "__init__", "delete", "mark%00"):  # `rule` is for several rows alone
            assert a.post(f"/uji/pengguna/aksi/{name}/{mine}").status_code == 404, name
        assert a.post("/uji/pengguna/aksi", {"action": "unknown", "rowid": mine}).status_code == 404
        assert a.post("/uji/pengguna/aksi", {"rowid": mine}).status_code == 404
        assert a.post("/uji/pengguna/aksi", {"action": "rule", "rowid": mine}).status_code == 403
        assert a.post("/uji/pengguna/aksi", {"action": "mark"}).status_code == 400
        too_many = {"action": "mark", "rowid": [mine] * 101}
        assert a.post("/uji/pengguna/aksi", too_many).status_code == 400
        assert a.get(f"/uji/pengguna/aksi/mark/{mine}").status_code == 405
        assert a.get(f"/uji/pengguna/aksi/?action=mark&rowid={mine}").status_code == 404
        assert a.client.post(f"/uji/pengguna/aksi/mark/{mine}").status_code == 400  # no token
        assert citizen.post(f"/uji/pengguna/aksi/mark/{mine}").status_code == 403
        assert visitor.post(f"/uji/pengguna/aksi/mark/{mine}").status_code == 302
    assert writes.found == []
    assert a.post(f"/uji/pengguna/aksi/mark/{mine}").status_code == 302
    assert marked(acting) == {"a1"}


def test_views_without_actions_have_no_address_for_them(app: Flask, sign_in: SignIn) -> None:
    a, mine = sign_in("a"), user_id(app, "a1")
    for route in (AGENCIES, USERS):
        assert a.post(f"{route}aksi/delete/{mine}").status_code == 404
        assert a.post(f"{route}aksi", {"action": "delete", "rowid": mine}).status_code in (404, 405)


STOCK = (
    "/api/v1/security/login",
    "/api/v1/security/refresh",
    "/api/v1/security/csrf_token/",
    "/api/v1/security/users/",
    "/api/v1/security/roles/",
    "/api/v1/menu/",
    "/api/v1/_openapi",
    "/swagger/v1",
    "/users/list/",
    "/users/show/1",
    "/users/edit/1",
    "/users/add",
    "/users/userinfo/",
    "/users/action/resetpasswords/1",
    "/userdbmodelview/list/",
    "/roles/list/",
    "/roles/edit/1",
    "/groups/list/",
    "/permissions/list/",
    "/viewmenus/list/",
    "/permissionviews/list/",
    "/registeruser/list/",
    "/userstatschartview/chart/",
    "/resetpassword/form?pk=1",
    "/resetmypassword/form",
    "/userinfoeditview/form",
    "/register/form",
    "/back",
    "/agencyview/list/",
    "/userview/list/",
    f"{AGENCIES}list/",
    f"{AGENCIES}download/secret-key",
    f"{USERS}download/..%2Flapor.sqlite",
    f"{USERS}action_post",
    f"{USERS}action/delete/1",
    f"{USERS}delete/1",
    f"{USERS}edit/1",
    f"{USERS}show/1",
)


def test_no_stock_page_or_api_of_the_framework_answers(app: Flask, sign_in: SignIn) -> None:
    pusat = sign_in("pusat")
    assert pusat.get(USERS).status_code == 200
    with Writes(app) as writes:
        for address in STOCK:
            assert pusat.get(address, follow_redirects=True).status_code == 404, address
            form = {"username": "akun-pusat", "password": "x", "pk": "1"}
            answer = pusat.post(address, form, follow_redirects=True)
            assert answer.status_code in (404, 405), address
            answer = pusat.client.post(
                address, json=form, headers={"X-CSRFToken": pusat.token()}, follow_redirects=True
            )
            assert answer.status_code in (404, 405), address
    assert writes.found == []


def test_an_upload_folder_is_served_by_no_view(app: Flask, sign_in: SignIn, shared: Path) -> None:
    secret = Path(app.config["LAPOR"].instance)
    secret.mkdir(exist_ok=True)
    (secret / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    pusat = sign_in("pusat")
    for route in (AGENCIES, USERS, "/static/", "/static/appbuilder/"):
        for name in ("rahasia.txt", "..%2Frahasia.txt", "../rahasia.txt", "....//rahasia.txt"):
            for address in (f"{route}download/{name}", f"{route}{name}"):
                answer = pusat.get(address, follow_redirects=True)
                assert answer.status_code in (404, 405), address
                assert b"rahasia" not in answer.data.replace(b"rahasia.txt", b"")


def test_the_views_are_what_these_tests_think_they_are() -> None:
    assert AgencyView.route_base + "/" == AGENCIES
    assert UserView.route_base + "/" == USERS
