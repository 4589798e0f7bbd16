"""A card says the same of a report whether its columns were read for a list or all of it for its page."""

from __future__ import annotations

import pytest

from app.access.card_report import CardReport
from app.access.reports.cards import card_facts, whole_facts
from app.access.reports.requests import requests_of
from app.access.reports.trail import trail
from app.access.standing import chains
from app.models import Disposition
from app.rules.reports.workflow import Action
from tests.support.play import Play


@pytest.fixture
def made(play: Play) -> list[int]:
    """Reports in every state, one that is held, one with a request, one with a copy, one typed in."""
    held, asked, closed, archived = (
        play.in_progress("a"),
        play.in_progress("a2"),
        play.in_progress("a"),
        play.file(),
    )
    play.decide(held, by="pusat", action=Action.HOLD)
    play.ask(asked, by="a2", action=Action.HOLD)
    play.close_own(closed)
    play.archive(archived)
    waiting = play.file()
    play.ask_details(waiting)
    copied = play.verified("a", copies=("b1",))
    play.forward(copied, by="a", to="a1")
    replied = play.in_progress("b")
    play.reply(replied)
    edited = play.file()
    play.verify_as(edited, title="Lampu jalan padam", text="Disunting oleh admin pusat.")
    return [held, asked, closed, archived, waiting, copied, replied, edited, play.file(), play.record("a1")]


def test_columns_and_whole_reports_say_the_same(play: Play, made: list[int]) -> None:
    for reader in ("pusat", "a", "b1"):
        with play.by(reader) as (session, actor):
            few, whole = card_facts(session, actor, made), whole_facts(session, actor, made)
            assert few
            assert few.keys() == whole.keys()
            for key, facts in few.items():
                assert facts[1:] == whole[key][1:]
                for name in CardReport._fields:
                    shown, kept = getattr(facts.report, name), getattr(whole[key].report, name)
                    assert (type(shown), shown) == (type(kept), kept), name


def test_requests_and_chains_of_a_list_are_those_of_the_page(play: Play, made: list[int]) -> None:
    with play.by("pusat") as (session, _actor):
        listed, asked = chains(session, made), requests_of(session, made)
        assert any(asked.values())
        for key in made:
            way = trail(session, key)
            assert listed[key] == way.chain
            assert asked[key] == way.requests


def test_columns_see_what_the_session_has_yet_to_write(play: Play, made: list[int]) -> None:
    with play.by("pusat") as (session, _actor):
        *below, top = chains(session, made[:1])[made[0]]
        link = (
            session.query(Disposition)
            .filter_by(report_id=made[0], ended_at=None, position=top.position)
            .one()
        )
        link.ended_at = play.now
        assert list(chains(session, made[:1])[made[0]]) == below
