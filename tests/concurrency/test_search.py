"""Two sessions add to one report at the same time: the index holds what both have written."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.extensions import transaction
from app.models import Comment
from app.search.index import check
from tests.support.play import Play
from tests.support.seeking import Seat

pytestmark = pytest.mark.postgresql


def test_the_later_of_two_indexes_both(app: Flask, play: Play) -> None:
    report = play.verified("a")
    with transaction() as session:
        author = play.world.account(session, "a").id
    both = threading.Barrier(2)

    def add(word: str) -> None:
        with app.app_context(), transaction() as session:
            session.add(Comment(report_id=report, user_id=author, text=word, at=play.now))
            session.flush()
            both.wait(timeout=30)  # neither has committed, neither has locked the report

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(add, word) for word in ("alfa", "beta")]:
            future.result(timeout=60)
    with transaction() as session:
        assert check(session, 0).wrong == ()
    assert Seat(play, "a").ids("alfa beta") == [report]
