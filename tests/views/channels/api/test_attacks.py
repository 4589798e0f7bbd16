"""What nobody sends by mistake: names that no text holds, keys without end, tokens one after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.rules.channels.api import ClientKind
from app.views.channels.api import guard
from tests.support.api import Program, give_token, make_client
from tests.support.http import Person
from tests.support.world import World

SignIn = Callable[[str | None], Person]


@pytest.mark.parametrize("body", [rb'{"text":"a","\ud800":1}', rb'{"text":"a","person":{"\ud800\u0000":1}}'])
def test_a_field_with_half_a_character_is_refused(app: Flask, world: World, body: bytes) -> None:
    client_id, _ = make_client(app, ClientKind.PARTNER)
    program = Program(app, give_token(app, client_id, None))
    answer = program.call("POST", "/reports", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["status"]) == (422, 422)
    assert answer.json["errors"]


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5_000, "-1", "0" * 5_000])
def test_no_key_in_an_address_is_too_long_for_us(app: Flask, sign_in: SignIn, number: str) -> None:
    """Every address with a number in it, whoever writes the next one."""
    rules = [rule for rule in app.url_map.iter_rules() if {"GET"} <= (rule.methods or set())]
    kinds = {each.__class__.__name__ for rule in rules for each in rule._converters.values()}
    assert "IntegerConverter" not in kinds
    admin = sign_in("pusat")
    walked = [rule for rule in rules if "<int:" in rule.rule]
    assert walked
    for rule in walked:
        path = "".join(number if dynamic else part for dynamic, part in rule._trace).partition("|")[2]
        assert admin.get(path).status_code == 404, rule.rule


@pytest.mark.parametrize("header", ["Authorization", "Report-Token"])
def test_whoever_tries_tokens_is_counted_by_their_place(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    monkeypatch.setattr(guard, "PLACE_PER_MINUTE", 3)
    statuses = []
    for number in range(5):
        said = f"Bearer wrong-{number}" if header == "Authorization" else f"wrong-{number}"
        statuses.append(Program(app, None).get("/own-reports/1", headers={header: said}).status_code)
    wanted = 401 if header == "Authorization" else 404
    assert statuses == [wanted] * 3 + [429] * 2
