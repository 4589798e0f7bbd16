"""What a request carries is told wherever a request is told: card, page, history and API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.rules.channels.api import ClientKind
from app.rules.reports.actions import DEFINITIONS, AgencyOfRequest, DaysOfRequest, RequestField
from app.rules.reports.workflow import REQUESTABLE, Action, Carry, Who
from tests.support.api import Program, give_token, make_client
from tests.support.http import Person
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
REASON = "Masih menunggu hasil pemeriksaan."


def held_by_a1(play: Play) -> int:
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    return report


def followed_up(play: Play) -> int:
    report = held_by_a1(play)
    play.follow_up(report, by="a1")
    return report


def held(play: Play) -> int:
    report = followed_up(play)
    play.decide(report, by="a", action=Action.HOLD)
    return report


def closed(play: Play) -> int:
    report = followed_up(play)
    play.decide(report, by="a", action=Action.CLOSE)
    return report


# A report for which an officer of A1 can ask for each. What no holder asks for is the reporter's.
SCENES: dict[Action, Callable[[Play], int]] = {
    Action.HAND_BACK: held_by_a1,
    Action.HOLD: followed_up,
    Action.RELEASE: held,
    Action.EXTEND: held_by_a1,
    Action.CLOSE: followed_up,
    Action.REOPEN: closed,
}
REPORTERS = {Action.RESTORE}


def value(world: World, field: RequestField) -> tuple[str, str, object]:
    """What is typed into a field, how it is read, and how a call reads it."""
    if isinstance(field, AgencyOfRequest):
        return str(world.a2), "Unit A2", "Unit A2"
    assert isinstance(field, DaysOfRequest), "a field of a new type: say here what is typed and read"
    return str(field.most), f"{field.most} {field.days.label}", field.most


def test_every_kind_of_request_is_walked() -> None:
    assert SCENES.keys() | REPORTERS == set(REQUESTABLE), "give the new kind a scene"
    assert {action for action in REPORTERS if DEFINITIONS[action].fields} == set()


@pytest.mark.parametrize("action", SCENES)
def test_every_field_is_told_on_card_page_history_and_in_the_api(
    app: Flask, sign_in: SignIn, world: World, action: Action
) -> None:
    what = DEFINITIONS[action]
    with app.app_context():
        report = SCENES[action](Play(world, datetime.now(UTC) - timedelta(hours=3)))
        token = give_token(app, make_client(app, ClientKind.ANDROID)[0], "a")
    asker, decider = sign_in("a1"), sign_in("a")
    typed = {field.name: value(world, field) for field in what.fields}
    door = next(door for door in what.doors if door.verdict.value == "ask" and not door.recorder)
    with app.test_request_context():
        from flask import url_for

        address = url_for(door.endpoint, report_id=report, **({"slug": door.slug} if door.slug else {}))
    form = {"reason": REASON, **{name: each[0] for name, each in typed.items()}}
    assert asker.send(address, form).status_code == 303

    card = decider.get("/laporan/kelola/permintaan/").get_data(as_text=True)
    page = asker.get(f"/laporan/{report}/").get_data(as_text=True)
    requests, history = page.split("<h2>Permintaan</h2>", 1)[1], page.split('<h2 id="history">', 1)[1]
    for told in (card, page):
        assert what.requested_to in told
        assert f"Karena {REASON}" in told
        assert "BELUM DIPROSES" in told
    assert f"<strong>{action.label}</strong>" in requests
    assert REASON in history
    call = Program(app, token).get(f"/reports/{report}").json
    (line,) = (each for each in call["requests"] if each["action"] == action.value)
    assert (line["reason"], line["answer"], line["decides"]) == (REASON, "", True)
    for field in what.fields:
        _typed, words, called = typed[field.name]
        assert f"{field.label}: {words}" in card
        assert f"{field.label}: {words}" in requests.split("</details>", 1)[0]
        assert words in history
        assert line[field.name] == called
        assert any(words in entry["detail"] for entry in call["history"])


def test_what_officers_ask_for_is_what_a_holder_may_ask_for() -> None:
    from app.rules.reports.workflow import BY_ACTION

    assert {action for action in REQUESTABLE if Who.HOLDER in BY_ACTION[action].askers} == set(SCENES)
    assert Carry.REASON.value == "reason"
