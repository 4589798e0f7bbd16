"""Questions and filings of Open311, as clients write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.channels import open311
from app.rules.channels.open311 import Faulty, filing, question
from app.rules.reports.workflow import State

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)
FILED = {"service_code": "3", "description": "Lampu padam.", "address_string": "Jalan Contoh"}


def test_a_question_without_arguments_is_of_the_last_ninety_days() -> None:
    asked = question({}, NOW)
    assert (asked.begins, asked.ends) == (NOW - timedelta(days=90), NOW)
    assert asked.states == (State.WAITING, State.IN_PROGRESS, State.CLOSED)
    assert (asked.ids, asked.codes, asked.updated_after, asked.updated_before) == (None, None, None, None)
    assert (asked.page, asked.page_size) == (1, 100)


def test_numbers_name_reports_of_any_age() -> None:
    asked = question({"service_request_id": "7, 8,x,", "service_code": "2"}, NOW)
    assert (asked.ids, asked.codes, asked.begins, asked.ends) == ((7, 8), (2,), None, None)


@pytest.mark.parametrize(
    ("start", "end", "begins", "ends"),
    [
        ("2026-05-01T00:00:00+07:00", "", datetime(2026, 4, 30, 17, tzinfo=UTC), NOW),
        ("2026-01-01T00:00:00Z", "", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
        ("", "2026-04-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
        ("2027-01-01T00:00:00Z", "", datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        # The plus of an address that nobody wrote as %2B.
        ("2026-05-01T07:00:00 07:00", "", datetime(2026, 5, 1, tzinfo=UTC), NOW),
    ],
)
def test_the_missing_end_of_a_span_is_found(start: str, end: str, begins: datetime, ends: datetime) -> None:
    asked = question({"start_date": start, "end_date": end, "service_request_id": "7"}, NOW)
    assert (asked.begins, asked.ends) == (begins, ends)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, open311.TOO_LONG_SPAN),
        ({"start_date": "2026-01-02T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, open311.TOO_LONG_SPAN),
        ({"start_date": "2026-01-01T00:00:00"}, open311.NOT_A_TIME),
        ({"updated_after": "kemarin"}, open311.NOT_A_TIME),
        ({"updated_before": "1900-12-31T00:00:00Z"}, open311.NOT_A_TIME),
        ({"status": "open,lain"}, open311.NOT_A_STATUS),
        ({"page": "0"}, open311.NOT_A_NUMBER),
        ({"page_size": "501"}, open311.NOT_A_NUMBER),
        ({"page_size": "x"}, open311.NOT_A_NUMBER),
        ({"service_code": ",".join(["1"] * 101)}, open311.TOO_MANY_CODES),
    ],
)
def test_a_question_that_cannot_be_answered(given: dict[str, str], message: str) -> None:
    with pytest.raises(Faulty) as refused:
        question(given, NOW)
    ((status, said, params),) = refused.value.faults
    assert (status, said) == (400, message)
    if "%(name)s" in message:
        assert params["name"] in given


def test_the_bounds_are_within_a_question() -> None:
    assert question({"page_size": "500", "service_code": ",".join(["1"] * 100)}, NOW).page_size == 500
    assert question({"status": " Open ,"}, NOW).states == (State.WAITING, State.IN_PROGRESS)
    assert question({"status": "closed"}, NOW).states == (State.CLOSED,)
    assert question({"updated_after": "1901-01-01T00:00:00Z"}, NOW).updated_after is not None


def test_a_filing_is_read() -> None:
    given = filing(
        {
            **FILED,
            "lat": "-6.2",
            "long": "106.8",
            "first_name": " Uji ",
            "last_name": "Coba",
            "email": "Uji@Contoh.example.com",
            "phone": "0812 3456 7890",
            "media_url": "https://contoh.example.com/a.jpg",
            "attribute[anonim]": "Ya",
            "attribute[RAHASIA]": "1",
            "attribute[lain]": "tidak",
        }
    )
    assert (given.service_code, given.description, given.name) == (3, "Lampu padam.", "Uji Coba")
    assert given.place == "Jalan Contoh (-6.200000, 106.800000)"
    assert (given.email, given.phone) == ("uji@contoh.example.com", "+6281234567890")
    assert (given.is_anonymous, given.is_secret) == (True, True)
    assert given.media_url == "https://contoh.example.com/a.jpg"


def test_little_is_enough() -> None:
    given = filing({**FILED, "service_code": "x"})
    assert (given.service_code, given.place, given.name) == (0, "Jalan Contoh", "")
    assert (given.is_anonymous, given.is_secret) == (False, False)
    nowhere = {**FILED, "address_string": ""}
    assert filing({**nowhere, "lat": "90", "long": "-180"}).place == "(90.000000, -180.000000)"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"description": " "}, open311.MISSING),
        ({"service_code": ""}, open311.MISSING),
        ({"address_string": ""}, open311.NO_PLACE),
        ({"lat": "1"}, open311.NOT_A_PLACE),
        ({"lat": "90.1", "long": "1"}, open311.NOT_A_PLACE),
        ({"lat": "1", "long": "-180.1"}, open311.NOT_A_PLACE),
        ({"lat": "nan", "long": "1"}, open311.NOT_A_PLACE),
        ({"media_url": "ftp://contoh"}, open311.NOT_A_URL),
    ],
)
def test_a_filing_that_cannot_be_taken(given: dict[str, str], message: str) -> None:
    with pytest.raises(Faulty) as refused:
        filing({**FILED, **given})
    assert [(status, said) for status, said, _ in refused.value.faults] == [(400, message)]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        filing({"first_name": "x" * 101, "email": "tidak"})
    assert len(refused.value.faults) == 5
    assert {"length": 101, "limit": 100} in [params for *_, params in refused.value.faults]
