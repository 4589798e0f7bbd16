"""Two accounts that search at the same moment never see each other's words or rows (FAB issue #2366).

The stock views keep one set of filters for all threads: 9 of 10 pages showed a stranger's search.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import pytest
from flask import Flask
from flask_appbuilder.models.filters import Filters

from tests.support.http import Person
from tests.support.manage import AGENCIES, USERS, SignIn, cells

THREADS, ROUNDS = 6, 12
SEARCHES = {"a": ("Unit A", "a1"), "b": ("Unit B", "b1"), "pusat": ("Instansi", "petugas")}
ROWS = {
    "a": ({"Unit A1", "Unit A2", "Unit A3"}, 2),
    "b": ({"Unit B1"}, 1),
    "pusat": ({"Instansi A", "Instansi B"}, 10),
}


def searched(page: str) -> list[str]:
    """What stands in the boxes of the search form."""
    return [unescape(value) for value in re.findall(r'name="_flt_0_\w+" value="([^"]*)"', page)]


def browse(person: Person, name: str, start: Barrier) -> list[str]:
    """Search again and again; returns what was wrong."""
    wrong = []
    units, people = SEARCHES[name]
    start.wait()
    for _ in range(ROUNDS):
        page = person.get(f"{AGENCIES}?_flt_0_name={units}").get_data(as_text=True)
        if searched(page) != [units, ""]:
            wrong.append(f"{name} saw the search {searched(page)}")
        if {row[0] for row in cells(page)} != ROWS[name][0]:
            wrong.append(f"{name} saw the agencies {cells(page)}")
        page = person.get(f"{USERS}?_flt_0_first_name={people}").get_data(as_text=True)
        if searched(page) != [people, "", ""] or len(cells(page)) != ROWS[name][1]:
            wrong.append(f"{name} saw the people {searched(page)} {cells(page)}")
    return wrong


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the moment long in which a shared set of filters holds somebody's word."""
    add = Filters.add_filter_index

    def slow(self: Filters, *args: object) -> None:
        add(self, *args)
        time.sleep(0.003)

    monkeypatch.setattr(Filters, "add_filter_index", slow)


@pytest.mark.usefixtures("stretched")
def test_filters_of_two_accounts_never_mix(app: Flask, sign_in: SignIn) -> None:
    names = list(SEARCHES) * (THREADS // len(SEARCHES))
    people = [sign_in(name) for name in names]
    start = Barrier(len(names))
    with ThreadPoolExecutor(len(names)) as pool:
        found = [pool.submit(browse, person, name, start) for person, name in zip(people, names, strict=True)]
        wrong = [fault for future in found for fault in future.result()]
    assert wrong == []
