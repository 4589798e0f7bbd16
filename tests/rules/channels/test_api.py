"""Scopes, and where an app is called back."""

from __future__ import annotations

import pytest

from app.rules.accounts.roles import ASKED
from app.rules.channels.api import (
    REDIRECT_MAX,
    SCOPES,
    ClientKind,
    Scope,
    allowed,
    calls_back,
    for_kind,
    known,
    needed,
)


def test_names_that_are_no_scope_are_none() -> None:
    assert known([scope.value for scope in Scope] + ["lain", ""]) == frozenset(Scope)
    assert known([]) == frozenset()


def test_an_account_needs_what_its_scopes_need() -> None:
    assert needed([Scope.FILE.value, "lain"]) == {SCOPES[Scope.FILE].needs}
    assert needed([Scope.PARTNER_FILE.value]) == frozenset()


def test_each_kind_of_client_has_its_scopes() -> None:
    assert set(for_kind(ClientKind.PARTNER)) | set(for_kind(ClientKind.ANDROID)) == set(Scope)
    assert for_kind(ClientKind.ANDROID) == for_kind(ClientKind.IOS)
    assert Scope.PARTNER_FILE not in for_kind(ClientKind.IOS)
    assert Scope.FILE not in for_kind(ClientKind.PARTNER)


def test_an_account_gives_what_was_asked_the_client_may_have_and_it_holds_itself() -> None:
    every = tuple(scope for scope in Scope if SCOPES[scope].needs)
    assert set(allowed(every, every, ASKED)) == set(every)
    assert allowed([Scope.FILE], every, ASKED) == (Scope.FILE,)
    assert allowed(every, [Scope.FILE], ASKED) == (Scope.FILE,)
    assert allowed(every, every, frozenset()) == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example.com/kembali?x=1",
        "https://a",
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "id.go.lapor:/kembali",
        "id.go.lapor://kembali",
        "https://a/" + "x" * (REDIRECT_MAX - 10),
    ],
)
def test_an_app_is_called_back_there(address: str) -> None:
    assert calls_back(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://a/" + "x" * (REDIRECT_MAX - 9),
        "https://é.example.com/",
        "https://a.example.com/\n",
        "https://a.example.com/ x",
        "https://[::1",
        "https://a.example.com/#x",
        "https://a.example.com/#",
        "https://siapa@a.example.com/",
        "https://",
        "https://-a/",
        "http://a.example.com/",
        "lapor:/kembali",
        "javascript:alert(1)",
        "id.go.lapor:",
        "",
    ],
)
def test_an_app_is_called_back_nowhere_else(address: str) -> None:
    assert not calls_back(address)
