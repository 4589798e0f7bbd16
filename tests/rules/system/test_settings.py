"""The bounds of what a central admin sets."""

from __future__ import annotations

import pytest

from app.rules.errors import Invalid
from app.rules.labels import Filled
from app.rules.system.settings import TOO_MUCH, WRONG_CHOICE, WRONG_NUMBER, check

GOOD = {"attachment_max_mb": " 12 ", "attachments_max_count": "5", "first_password": "link"}


def test_numbers_and_choices_are_read() -> None:
    assert check(GOOD) == {"attachment_max_mb": 12, "attachments_max_count": 5, "first_password": "link"}
    assert check({**GOOD, "attachment_max_mb": "1"})["attachment_max_mb"] == 1
    assert check({**GOOD, "attachment_max_mb": "50", "attachments_max_count": "1"})["attachment_max_mb"] == 50


@pytest.mark.parametrize("typed", ["", "0", "51", "-1", "1.5", "²", "x", "00001", "99999"])
def test_a_number_outside_of_its_bounds_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        check({**GOOD, "attachment_max_mb": typed})
    (message,) = refused.value.errors.values()
    assert list(refused.value.errors) == ["attachment_max_mb"]
    assert (message, message.params) == (WRONG_NUMBER, {"limit": 50})  # type: ignore[attr-defined]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        check({})
    assert list(refused.value.errors) == list(GOOD)
    assert refused.value.errors["first_password"] == WRONG_CHOICE


def test_all_files_of_a_form_together_have_a_limit() -> None:
    with pytest.raises(Invalid) as refused:
        check({**GOOD, "attachments_max_count": "6"})
    message = refused.value.errors["attachments_max_count"]
    assert message == TOO_MUCH
    assert isinstance(message, Filled)
    assert message.params == {"limit": 60}
