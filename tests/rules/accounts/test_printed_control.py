"""docs/security.md shows the ways to control an account that the code has, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.rules.accounts.control import WAYS, Ends, May
from app.rules.accounts.printed_control import (
    BEGIN,
    COLUMNS,
    END,
    ENDED,
    PAGE,
    WHO,
    control_table,
    main,
    refreshed,
)

REFRESH = "docs/security.md does not show the table of app/rules/accounts/control.py: run `python -m app.rules.accounts.printed_control`"


def test_the_page_has_the_table_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1, f"{PAGE.name} needs one {BEGIN} and one {END}"
    assert f"{BEGIN}\n{control_table()}\n{END}" in page, REFRESH


def test_one_row_for_each_way_and_no_empty_cell() -> None:
    head, rule, *body = [line.strip("| ").split(" | ") for line in control_table().splitlines()]
    assert tuple(head) == COLUMNS
    assert rule == ["---"] * len(COLUMNS)
    assert [row[0] for row in body] == [way.title for way in WAYS]
    assert all(len(row) == len(COLUMNS) and all(row) for row in body)


def test_every_word_is_there_and_every_name_is_one_alone() -> None:
    assert set(WHO) == set(May)
    assert set(ENDED) == set(Ends)
    assert len({way.name for way in WAYS}) == len({way.title for way in WAYS}) == len(WAYS)


def test_a_page_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        refreshed("# Security\n")


def test_a_page_gets_the_table_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A\n{BEGIN}\nold\n{END}\nB\n", encoding="utf-8")
    main(page)
    assert page.read_text(encoding="utf-8") == f"# A\n{BEGIN}\n{control_table()}\n{END}\nB\n"
