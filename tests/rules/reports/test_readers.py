"""Who reads a report whole, who chooses what others read, and what is told of it."""

from __future__ import annotations

import pytest

from app.rules.reports import disclosure
from app.rules.reports.actions import OWN_ACTS
from app.rules.reports.codes import EventKind
from app.rules.reports.full_readers import may_choose, reads_whole
from app.rules.reports.workflow import Who


@pytest.mark.parametrize("who", Who)
def test_who_works_on_it_or_wrote_it_reads_it_whole(who: Who) -> None:
    assert reads_whole({who}) == (who in {Who.HOLDER, Who.REPORTER, Who.SYSTEM})
    assert may_choose({who}) == (who in {Who.HOLDER, Who.DELEGATOR, Who.ROOT})


def test_the_public_is_told_no_more_than_the_reporter() -> None:
    assert disclosure.TO_PUBLIC.keys() <= disclosure.TO_REPORTER.keys()
    assert all(not telling.notes for telling in disclosure.TO_PUBLIC.values())
    assert set(disclosure.DISPATCHES) <= set(EventKind)


def test_each_button_of_a_reporter_has_its_own_action() -> None:
    actions = [act.action for act in OWN_ACTS.values()]
    assert len(actions) == len(set(actions))
