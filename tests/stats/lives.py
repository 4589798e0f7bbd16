"""Random lives of reports, for tests that compare two ways of counting them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from app.rules.errors import LaporError
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Action
from tests.support.play import Play
from tests.support.world import WIB

UNITS = {"a": ("a1", "a2"), "b": ("b1",)}


def live(play: Play, dice: Random, number: int) -> list[int]:
    """`number` reports received between March and June 2026, some at the turn of a month, each led some way."""
    made = []
    for _ in range(number):
        turn = dice.random() < 0.3
        day = dice.choice([datetime(2026, month, 1, tzinfo=WIB) for month in (4, 5, 6)])
        day = day if turn else datetime(2026, 3, 2, tzinfo=WIB) + timedelta(days=dice.randrange(90))
        play.now = day + timedelta(minutes=dice.randrange(-180, 180))
        made.append(play.file(source=dice.choice(list(Channel)[:4]), is_secret=dice.random() < 0.3))
        _lead(play, dice, made[-1])
    return made


def _lead(play: Play, dice: Random, report: int) -> None:
    if dice.random() < 0.15:
        return
    top = dice.choice(("a", "b"))
    play.later(hours=dice.randrange(1, 90))
    play.verify(report, to=top)
    holder = top
    try:
        if dice.random() < 0.5:
            play.later(hours=dice.randrange(1, 200))
            holder = dice.choice(UNITS[top])
            play.forward(report, by=top, to=holder)
        for _ in range(dice.randrange(4)):
            play.later(hours=dice.randrange(1, 150))
            _act(play, dice, report, top, holder)
    except LaporError:
        return  # that is not open from here: its life ends so


def _act(play: Play, dice: Random, report: int, top: str, holder: str) -> None:
    what = dice.randrange(6)
    boss = "pusat" if holder == top else top
    if what == 0:
        play.follow_up(report, by=holder)
    elif what == 1:
        play.reply(report)
    elif what == 2:
        request = play.ask(report, by=holder, action=Action.HAND_BACK, suggest=dice.choice(("a2", "b1")))
        play.later(hours=dice.randrange(1, 60))
        play.accept(request, by=boss, to=top if boss == "pusat" else dice.choice(UNITS[top]))
    elif what == 3:
        request = play.ask(report, by=holder, action=Action.CLOSE)
        play.later(hours=dice.randrange(1, 60))
        play.reject(request, by=boss) if dice.random() < 0.5 else play.accept(request, by=boss)
    elif what == 4:
        play.later(days=14)
        play.run_jobs()
    else:
        play.follow_up(report, by=holder)
        play.decide(report, by=boss, action=Action.CLOSE)
