"""Every page that lists something asks the database as often for 25 rows as for one.

The lists of agencies and users are held to the same in test_fab_arguments.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask

from app.rules.reports.workflow import Action
from app.views.web.language.page_memo import PLACE
from tests.support.http import Person, QueryCounter
from tests.support.mail import dead_letter
from tests.support.play import Play
from tests.support.world import World

pytestmark = pytest.mark.pages

MANY = 25
numbers = count(1)


def delayed(play: Play) -> None:
    play.ask_details(play.file())


def asked(play: Play) -> None:
    report = play.in_progress("a")
    play.forward(report, by="a", to="a1")
    play.follow_up(report, by="a1")
    play.ask(report, by="a1", action=Action.HOLD)


def copied(play: Play) -> None:
    play.forward(play.verified("a"), by="a", to="a1", copies=("a2",))


def closed(play: Play) -> None:
    play.close_own(play.in_progress("a"))


def archived(play: Play) -> None:
    play.archive(play.file())


def given_up(play: Play) -> None:
    dead_letter(f"dead {next(numbers)}")


@dataclass(frozen=True)
class Listing:
    """A list: where, for whom, what adds one row to it, what stands once in each, and its most statements."""

    url: str
    reader: str
    add: Callable[[Play], object]
    row: str = r'<article class="card'
    budget: int = 9  # one of them for both dots of the header


LISTINGS = (
    Listing("/laporan/kelola/belum-terverifikasi/", "pusat", lambda play: play.file()),
    Listing("/laporan/kelola/ditunda/", "pusat", delayed),
    Listing("/laporan/kelola/belum-ditindaklanjuti/", "a", lambda play: play.verified("a")),
    Listing("/laporan/kelola/sedang-diproses/", "a", lambda play: play.in_progress("a")),
    Listing("/laporan/kelola/sedang-diproses/?cakupan=bawahan&urut=terbaru", "a", asked),
    Listing("/laporan/kelola/permintaan/", "a", asked),
    Listing("/laporan/salinan/", "a2", copied),
    Listing("/laporan/selesai/", "a", closed),
    Listing("/laporan/selesai/?jenis=diarsipkan", "pusat", archived),
    Listing("/pengaturan/kesehatan/", "pusat", given_up, r"/pengaturan/kesehatan/\d+/ulang", 11),
)


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.url)
def test_a_list_asks_as_often_for_25_rows_as_for_one(
    app: Flask, sign_in: Callable[[str | None], Person], world: World, listing: Listing
) -> None:
    def add(times: int) -> None:
        with app.app_context():
            play = Play(world, datetime.now(UTC) - timedelta(hours=2))
            for _ in range(times):
                listing.add(play)

    person = sign_in(listing.reader)

    def look() -> tuple[int, int, list[str]]:
        """The rows and the statements of a look at the page, the second one: some is read once in a process."""
        person.get(listing.url)
        with QueryCounter(app) as counter:
            answer = person.get(listing.url)
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        assert PLACE not in page, "every piece that is kept has the number of its report"
        return len(re.findall(listing.row, page)), counter.count, counter.statements

    add(1)
    rows, one, _ = look()
    assert rows == 1
    add(MANY - 1)
    rows, many, statements = look()
    assert rows == MANY
    assert many == one <= listing.budget, statements
