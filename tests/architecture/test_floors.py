"""The floors under the coverage are checked as they are meant."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.support.floors import FLOORS, reached, too_low

ROOT = Path(__file__).resolve().parents[2]


def file(statements: int, missing: list[int], branches: int, unmade: list[list[int]]) -> dict[str, Any]:
    return {
        "summary": {
            "num_statements": statements,
            "covered_lines": statements - len(missing),
            "num_branches": branches,
            "covered_branches": branches - len(unmade),
        },
        "missing_lines": missing,
        "missing_branches": unmade,
    }


FILES = {
    "app/rules/a.py": file(6, [], 4, [[3, 5]]),
    "app/rules/b.py": file(10, [], 0, []),
    "app/rules_of_others.py": file(10, [1], 0, []),
}


def test_a_branch_that_no_test_takes_is_named() -> None:
    assert too_low(FILES, {"app/rules/": 95}) == []
    (sentence,) = too_low(FILES, {"app/rules/": 100})
    assert sentence == "app/rules/ is reached to 95.0 %, and must be to 100 %: app/rules/a.py:3->5"
    assert reached(FILES, "app/rules_of_others.py").missed == ("app/rules_of_others.py:1",)


def test_what_was_not_measured_is_not_reached() -> None:
    (sentence,) = too_low(FILES, {"app/gone.py": 1})
    assert "0.0 %" in sentence


def test_every_floor_is_under_something_and_none_is_low() -> None:
    assert all((ROOT / path).exists() for path in FLOORS)
    assert all(floor >= 90 for floor in FLOORS.values())
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
    assert settings["run"] == {"branch": True, "source": ["app"]}
    assert settings["report"]["fail_under"] >= 90
