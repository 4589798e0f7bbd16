"""The API is what its description says: schemathesis reads it and calls every operation, in-process.

Right and wrong content, for a citizen, an officer and a partner; the same calls each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    CheckFunction,
    content_type_conformance,
    negative_data_rejection,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from app.rules.channels.api import SCOPES, ClientKind, Scope
from tests.support.api import give_token, make_client
from tests.support.api_routes import OPERATIONS, Operation
from tests.support.objects import make_objects
from tests.support.play import Play
from tests.support.world import World

OFTEN = {GenerationMode.POSITIVE: 10, GenerationMode.NEGATIVE: 5}
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]
# The keys of tests/support/objects.py for what an address names: officers write files to `progress` too.
NAMED = {"number": "progress", "file_id": "own_file", "request_id": "request"}


@pytest.fixture
def keys(app: Flask, world: World) -> Mapping[str, int | str]:
    with app.app_context():
        return make_objects(Play(world, datetime.now(UTC) - timedelta(hours=3)))


@pytest.mark.parametrize("who", ["warga", "a1", None])
def test_every_operation_keeps_to_its_description(
    app: Flask, keys: Mapping[str, int | str], who: str | None
) -> None:
    kind = ClientKind.ANDROID if who else ClientKind.PARTNER
    token = give_token(app, make_client(app, kind)[0], who)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    called, answers = set(), defaultdict(list)
    for result in schema.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        called.add(name)
        if not _is_theirs(who, OPERATIONS[name]):
            continue
        for mode, often in OFTEN.items():
            # What takes nothing can be sent nothing wrong.
            if mode is GenerationMode.POSITIVE or any((operation.body, operation.query, operation.headers)):
                answers[name] += _call(operation, mode, often, token, keys)
    # The walk calls what is there: everything that is read has been answered.
    assert {
        name for name, got in answers.items() if OPERATIONS[name].method == "GET" and 200 not in got
    } == set()
    assert called == set(OPERATIONS)


def _call(
    operation: Any, mode: GenerationMode, often: int, token: str, keys: Mapping[str, int | str]
) -> list[int]:
    known = OPERATIONS[operation.definition.raw["operationId"]]
    checks = [*CHECKS, negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS

    # The same examples each time, and as they come: a failure shows its call.
    @settings(
        max_examples=often,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.integers(0, 3))
    def calls(case: Any, real: int) -> None:
        if real and mode is GenerationMode.POSITIVE:
            # Mostly what there is; a random number would only ever be absent.
            for name in case.path_parameters or {}:
                case.path_parameters[name] = keys.get(NAMED.get(name, ""), case.path_parameters[name])
            if real == 1 and isinstance(case.body, dict):
                case.body = {**case.body, **(known.body or {})}
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=checks)
        got.append(answer.status_code)

    got: list[int] = []
    calls()
    return got


def _is_theirs(who: str | None, operation: Operation) -> bool:
    """Whether an operation can be more than refused to them; that it is, tests/views/channels/api/test_isolation.py says.

    The partner calls what is open, too.
    """
    if who is None:
        return not operation.scopes or Scope.PARTNER_FILE in operation.scopes
    return who in operation.opens and (operation.sees is None or who in operation.sees)


def test_the_description_says_who_may_call(app: Flask) -> None:
    """Every operation names its scopes, and each scope is explained."""
    spec = app.test_client().get("/api/v1/openapi.json").json
    flows = spec["components"]["securitySchemes"]["oauth"]["flows"]
    explained = {**flows["authorizationCode"]["scopes"], **flows["clientCredentials"]["scopes"]}
    assert set(explained) == {scope.value for scope in SCOPES}
    found = {
        operation["operationId"]: operation
        for path in spec["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post")
    }
    assert set(found) == set(OPERATIONS)
    for name, operation in found.items():
        asked = [scopes for each in operation["security"] for scopes in each.get("oauth", [])]
        assert asked == [scope.value for scope in OPERATIONS[name].scopes], name
        assert ({"reportToken": []} in operation["security"]) == OPERATIONS[name].link, name
        assert operation["summary"], name
        refusals = [code for code in operation["responses"] if code >= "400"]
        assert {"400", "404", "405", "429", "500"} <= set(refusals), name
        for code in refusals:
            assert list(operation["responses"][code]["content"]) == ["application/problem+json"], (name, code)
