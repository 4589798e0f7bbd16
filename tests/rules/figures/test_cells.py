"""Case H1: no cell of a file is a formula."""

from __future__ import annotations

import pytest

from app.rules.figures.cells import cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+62812",
        "-1",
        "@x",
        "\tx",
        "\r=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =cmd|' /C calc'!A0",
        "\u00a0=1",
    ],
)
def test_a_formula_becomes_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Dinas A", "", 5, -3, 2.5, "a=b", "Jalan - Raya"])
def test_all_else_stays(value: object) -> None:
    assert cell(value) == value
