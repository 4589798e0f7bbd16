"""Requests of tests whose people are at work meanwhile: each begins with nothing known of the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.http import Person


class Visitor(Person):
    def get(self, url: str, **more: Any) -> TestResponse:
        with self.app.app_context():
            return self.client.get(url, buffered=True, **more)

    def post(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        with self.app.app_context():
            token = self.token()
        with self.app.app_context():
            return self.client.post(url, data={"csrf_token": token, **(data or {})}, **more)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str | None], Person]:
    return lambda name: Visitor(app, name)
