"""How long a session lasts, and which browser it is in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.accounts.devices import device_names
from app.rules.accounts.sessions import AllLimits, Limits

START = datetime(2026, 6, 8, 1, tzinfo=UTC)
OFFICERS = Limits(timedelta(minutes=30), timedelta(hours=12))
CITIZENS = Limits(timedelta(days=14))


def at(**more: float) -> datetime:
    return START + timedelta(**more)


@pytest.mark.parametrize(
    ("limits", "seen", "now", "over"),
    [
        (OFFICERS, at(), at(minutes=29, seconds=59), False),
        (OFFICERS, at(), at(minutes=30), True),
        (OFFICERS, at(hours=11, minutes=50), at(hours=11, minutes=59), False),
        (OFFICERS, at(hours=11, minutes=59), at(hours=12), True),
        (CITIZENS, at(), at(days=13, hours=23), False),
        (CITIZENS, at(), at(days=14), True),
        (CITIZENS, at(days=80), at(days=90), False),
    ],
)
def test_a_session_ends_by_itself(limits: Limits, seen: datetime, now: datetime, over: bool) -> None:
    assert limits.over(START, seen, now) is over
    assert (limits.left(START, seen, now) == timedelta()) is over


def test_what_is_left_is_the_nearer_end() -> None:
    assert OFFICERS.left(START, at(hours=1), at(hours=1, minutes=10)) == timedelta(minutes=20)
    assert OFFICERS.left(START, at(hours=11, minutes=50), at(hours=11, minutes=50)) == timedelta(minutes=10)


def test_the_last_request_is_noted_to_a_minute_or_a_part_of_a_short_limit() -> None:
    assert not OFFICERS.stale(START, at(seconds=59))
    assert OFFICERS.stale(START, at(seconds=60))
    assert Limits(timedelta(seconds=30)).noted_every == timedelta(seconds=2)


def test_officers_and_citizens_have_their_own() -> None:
    both = AllLimits(OFFICERS, CITIZENS)
    assert (both.of(officer=True), both.of(officer=False)) == (OFFICERS, CITIZENS)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36",
            ("Chrome", "Windows"),
        ),
        ("", ("", "")),
        ("\x00" * 9_000, ("", "")),
        ("<script>alert(1)</script>", ("", "")),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(told: str, names: tuple[str, str]) -> None:
    assert device_names(told) == names
