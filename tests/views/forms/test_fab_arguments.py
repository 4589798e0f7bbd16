"""What an address may ask of a list: anything else is a 400, never a 500 and never an oracle."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import transaction
from app.models import Account, Agency
from app.services.agencies import management
from app.views.forms import model_data
from tests.support.http import QueryCounter
from tests.support.manage import AGENCIES, USERS, SignIn, Writes, cells
from tests.support.world import BEGINNING, World

VIEW = {AGENCIES: "AgencyView", USERS: "UserView"}
BAD = (
    "after_{v}=abc", "after_{v}=-1", "after_{v}=1.5", "before_{v}=99999999999999999999", "before_{v}=1e3",
    "after_{v}=٣", "after_{v}=1&after_{v}=2", "before_{v}=%00", "after_Other=1", "before_=1",
    "after_{v}=1&before_{v}=2", "page_{v}=0", "page_{v}=1", "page_Other=1",
    "psize_{v}=0", "psize_{v}=-1", "psize_{v}=101", "psize_{v}=1000000", "psize_{v}=abc",
    "psize_{v}=25&psize_{v}=100", "psize_Other=5",
    "_oc_{v}=password&_od_{v}=asc", "_oc_{v}=secret_note&_od_{v}=asc", "_oc_{v}=id&_od_{v}=asc",
    "_oc_{v}=parent.name&_od_{v}=asc", "_oc_{v}=agency.name&_od_{v}=asc", "_oc_{v}=roles.name&_od_{v}=asc",
    "_oc_{v}=__class__&_od_{v}=asc", "_oc_{v}=get_full_name&_od_{v}=asc", "_oc_{v}=fail_login_count",
    "_oc_{v}=%00&_od_{v}=asc", "_od_{v}=asc", "_oc_Other=name&_od_Other=asc",
    "_flt_0_password=a", "_flt_0_id=1", "_flt_0_agency=1", "_flt_0_agency_id=1", "_flt_0_parent_id=1",
    "_flt_0_groups=1", "_flt_0_roles=1", "_flt_0_active=1", "_flt_0_unknown=x", "_flt_0_=x", "_flt_=x",
    "_flt_x_name=1", "_flt_0_name.y=1", "_flt_-1_name=x",
)  # fmt: skip
SEARCHED = {AGENCIES: "name", USERS: "first_name"}


@pytest.mark.parametrize("route", [AGENCIES, USERS])
def test_a_bad_argument_is_a_400(app: Flask, sign_in: SignIn, route: str) -> None:
    a, view = sign_in("a"), VIEW[route]
    good = f"after_{view}=1&psize_{view}=100&_oc_{view}={SEARCHED[route]}&_od_{view}=desc&_flt_0_{SEARCHED[route]}=a"
    assert a.get(f"{route}?{good}").status_code == 200
    column = SEARCHED[route]
    more = (
        f"_flt_9_{column}=x",
        f"_flt_2_{column}=x",
        f"_flt_00_{column}=x",
        f"_flt_0_{column}=%00",
        f"_flt_0_{column}=a%00b",
        f"_flt_0_{column}={'x' * 256}",
        "&".join([f"_flt_0_{column}=x"] * 11),
        f"_oc_{view}={column}&_od_{view}=sideways",
        f"_oc_{view}={column};--&_od_{view}=asc",
        f"_oc_{view}={column}&_oc_{view}=password",
    )
    for bad in (*(text.format(v=view) for text in BAD), *more):
        answer = a.get(f"{route}?{bad}")
        assert answer.status_code == 400, bad
        assert "Permintaan tidak dapat dibaca" in answer.get_data(as_text=True)


@pytest.mark.parametrize("route", [AGENCIES, USERS])
def test_odd_searches_are_answered_by_a_list(app: Flask, sign_in: SignIn, route: str) -> None:
    """Surrogates in the address come in as U+FFFD; quotes and wildcards are only letters."""
    a, column = sign_in("a"), SEARCHED[route]
    for value in ("'", '"', "%25", "_", "\\", "'; DROP TABLE agency; --", "%ED%A0%80", "٣", "<script>", "  "):
        answer = a.get(f"{route}?_flt_0_{column}={value}")
        assert answer.status_code == 200, value
        assert "<script>alert" not in answer.get_data(as_text=True)
    # A wildcard finds what holds it, which here is nothing; blanks ask for nothing.
    assert cells(a.get(f"{route}?_flt_0_{column}=%25").get_data(as_text=True)) == []
    assert len(cells(a.get(f"{route}?_flt_0_{column}=+").get_data(as_text=True))) == 4


def test_a_search_finds_own_rows_alone(app: Flask, sign_in: SignIn) -> None:
    for name, word, found in (("a", "unit a", 3), ("a", "UNIT", 3), ("b", "unit", 1), ("pusat", "unit", 4)):
        page = sign_in(name).get(f"{AGENCIES}?_flt_0_name={word}").get_data(as_text=True)
        assert len(cells(page)) == found, (name, word)
    assert cells(sign_in("a").get(f"{AGENCIES}?_flt_1_name=unit+b1").get_data(as_text=True)) == []
    assert len(cells(sign_in("b").get(f"{AGENCIES}?_flt_1_name=unit+b1").get_data(as_text=True))) == 1
    # One filter narrows another, and none of them the base filter.
    both = f"{USERS}?_flt_0_email=contoh&_flt_0_first_name=b1"
    assert cells(sign_in("a").get(both).get_data(as_text=True)) == []
    assert len(cells(sign_in("pusat").get(both).get_data(as_text=True))) == 1


def test_the_order_is_the_one_asked_for(app: Flask, sign_in: SignIn) -> None:
    a = sign_in("a")
    for direction, first in (("asc", "Instansi A"), ("desc", "Unit A3")):
        page = a.get(f"{AGENCIES}?_oc_AgencyView=name&_od_AgencyView={direction}").get_data(as_text=True)
        assert cells(page)[0][0] == first
    assert cells(a.get(AGENCIES).get_data(as_text=True))[0][0] == "Instansi A"


def many_agencies(app: Flask, world: World, number: int) -> None:
    """Enter more units of Instansi A, as rows alone: a list needs no more."""
    with app.app_context(), transaction() as session:
        for n in range(number):
            management.create(session, f"Seksi {n:03}", world.a3, BEGINNING)


def follow(page: str, rel: str) -> str | None:
    """The address of the next or previous page."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return unescape(found[1]) if found else None


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_pages_lie_beside_one_another(app: Flask, sign_in: SignIn, world: World, direction: str) -> None:
    many_agencies(app, world, 30)
    with app.app_context(), transaction() as session:  # the same name under another parent
        for n in range(0, 30, 3):
            management.create(session, f"Seksi {n:03}", world.a2, BEGINNING)
    a = sign_in("a")
    start = f"{AGENCIES}?psize_AgencyView=10&_oc_AgencyView=name&_od_AgencyView={direction}"
    forth: list[list[str]] = []
    addresses: list[str] = []
    url: str | None = start
    while url:
        page = a.get(url).get_data(as_text=True)
        addresses.append(url)
        forth.append([row[0] for row in cells(page)])
        assert (follow(page, "prev") is not None) is (len(forth) > 1)
        url = follow(page, "next")
    seen = [name for names in forth for name in names]
    assert [len(names) for names in forth] == [10, 10, 10, 10, 4]
    assert seen == sorted(seen, reverse=direction == "desc")
    assert len(seen) == 44
    back: list[list[str]] = []
    url = addresses[-1]
    while url:
        page = a.get(url).get_data(as_text=True)
        back.append([row[0] for row in cells(page)])
        url = follow(page, "prev")
    assert back[::-1] == forth
    assert len(cells(a.get(AGENCIES).get_data(as_text=True))) == 25
    assert len(cells(a.get(f"{AGENCIES}?psize_AgencyView=100").get_data(as_text=True))) == 44


def test_a_page_after_a_hidden_row_is_the_first_as_after_none(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    a = sign_in("a")
    own = cells(a.get(f"{AGENCIES}?after_AgencyView={world.a1}").get_data(as_text=True))
    assert [row[0] for row in own] == ["Unit A2", "Unit A3"]
    for key in (world.b, world.root, 987_654):
        for side in ("after", "before"):
            page = a.get(f"{AGENCIES}?{side}_AgencyView={key}").get_data(as_text=True)
            assert [row[0] for row in cells(page)] == ["Instansi A", "Unit A1", "Unit A2", "Unit A3"], side


def test_a_count_stops_at_its_cap(
    app: Flask, sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model_data.COUNT_CAP == 10_000
    many_agencies(app, world, 8)
    a = sign_in("a")
    assert "Jumlah data: 12" in a.get(AGENCIES).get_data(as_text=True)
    monkeypatch.setattr(model_data, "COUNT_CAP", 5)
    monkeypatch.setattr("app.views.forms.model_view.COUNT_CAP", 5)
    with QueryCounter(app) as counter:
        assert "Jumlah data: lebih dari 5" in a.get(AGENCIES).get_data(as_text=True)
    counts = [text for text in counter.statements if "count(*)" in text and "LIMIT" in text]
    assert len([text for text in counts if "notification" not in text]) == 1  # beside the header's dots


@pytest.mark.parametrize("route", [AGENCIES, USERS])
def test_a_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    app: Flask, sign_in: SignIn, world: World, route: str
) -> None:
    def queries(size: int) -> tuple[int, int]:
        person = sign_in("pusat")
        with QueryCounter(app) as counter:
            page = person.get(f"{route}?psize_{VIEW[route]}={size}").get_data(as_text=True)
        return counter.count, len(cells(page))

    many_agencies(app, world, 25)
    with app.app_context(), transaction() as session:
        roles = session.scalars(select(Account).where(Account.username == "akun-a1")).one().roles
        for n in range(25):
            session.add(
                Account(
                    first_name=f"Banyak {n:02}", last_name="", username=f"banyak{n}", email=f"banyak{n}@x.id",
                    agency_id=session.scalars(select(Agency.id).where(Agency.name == f"Seksi {n:03}")).one(),
                    roles=list(roles), active=True,
                )
            )  # fmt: skip
    few, rows = queries(2)
    assert rows == 2
    many, rows = queries(100)
    assert rows >= 30
    assert many == few
    assert many <= 9


def test_a_list_reads_and_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    a = sign_in("a")
    with Writes(app) as writes:
        assert a.get(f"{USERS}?_flt_0_first_name=petugas").status_code == 200
    assert writes.found == []
    # What was searched for stays out of the cookie, which is signed but readable.
    with a.client.session_transaction() as cookie:
        assert "page_history" not in cookie
        assert "petugas" not in str(dict(cookie))
