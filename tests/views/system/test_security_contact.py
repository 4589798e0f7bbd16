"""Whom to tell of a hole: RFC 9116, and the same on the page for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.views.system.contact import ADDRESS
from config import Settings, UnsafeSettings
from tests.support.manage import SignIn

CONTACT = "mailto:keamanan@contoh.example.com"


@pytest.fixture
def named(app: Flask) -> Iterator[Flask]:
    before = app.config["LAPOR"]
    app.config["LAPOR"] = replace(before, security_contact=CONTACT, base_url="https://contoh.example.com")
    yield app
    app.config["LAPOR"] = before


def test_an_installation_without_a_contact_names_none(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(None).get(ADDRESS).status_code == 404
    assert "celah keamanan" not in sign_in(None).get("/tentang/").get_data(as_text=True)


def test_machines_and_people_find_the_contact(named: Flask, sign_in: SignIn) -> None:
    answer = sign_in(None).get(ADDRESS)
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.get_data(as_text=True).splitlines())
    assert fields["Contact"] == CONTACT
    assert fields["Canonical"] == f"https://contoh.example.com{ADDRESS}"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now().astimezone()
    assert timedelta(days=1) < left < timedelta(days=365)
    page = sign_in(None).get("/tentang/").get_data(as_text=True)
    assert f'href="{CONTACT}"' in page


@pytest.mark.parametrize("wrong", ["keamanan@contoh.example.com", "javascript:alert(1)", "http://contoh"])
def test_a_contact_is_an_address_that_a_reader_can_follow(wrong: str) -> None:
    with pytest.raises(UnsafeSettings, match="LAPOR_SECURITY_CONTACT"):
        Settings(security_contact=wrong).check()
