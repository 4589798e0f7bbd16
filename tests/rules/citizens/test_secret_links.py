"""Secret links: what is taken from what somebody pastes."""

from __future__ import annotations

import pytest

from app.rules.citizens.secret_links import TOKEN_MAX, is_token, secret_address, token_in

TOKEN = "Aa0_-" * 8 + "xyz"


@pytest.mark.parametrize(
    "typed",
    [
        TOKEN,
        f"  {TOKEN}\n",
        secret_address("https://lapor.example.go.id", "lacak", TOKEN),
        f"<https://lapor.example.go.id/lacak/#{TOKEN}>.",
        f"Buka laporan Anda: https://lapor.example.go.id/sandi/#{TOKEN}",
        f"https://lapor.example.go.id/lacak/{TOKEN}/",
        f"https://lapor.example.go.id/lacak/{TOKEN}/?terkirim=1",
        f"/sandi/{TOKEN}",
    ],
)
def test_the_whole_link_is_taken_and_the_token_alone(typed: str) -> None:
    assert token_in(typed) == TOKEN


@pytest.mark.parametrize("typed", [None, "", "  ", "#", "/", "<>", "https://lapor.example.go.id/lacak/#"])
def test_nothing_is_in_what_holds_none(typed: object) -> None:
    assert token_in(typed) == ""


def test_what_is_far_too_long_is_cut() -> None:
    assert len(token_in("x" * 100_000)) == TOKEN_MAX


def test_handles_are_no_tokens() -> None:
    assert is_token(TOKEN)
    assert not is_token("9" * 18)
    assert not is_token("0123456789abcdef")
