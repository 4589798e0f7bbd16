"""docs/security.md names tests that there are, every chapter of the standard, and every page of an attack."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
CHAPTERS = 17  # of OWASP's ASVS 5.0
SHOWN_BY = re.compile(r"tests/[a-z0-9_/]+\.py")


def test_every_test_that_it_names_is_there() -> None:
    named = set(SHOWN_BY.findall(PAPER))
    assert len(named) > 30
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_attack_that_is_played_is_named() -> None:
    played = {f"tests/attacks/{path.name}" for path in (ROOT / "tests" / "attacks").glob("test_*.py")}
    assert sorted(played - set(SHOWN_BY.findall(PAPER))) == [], "say in docs/security.md what it shows"


def test_every_chapter_is_judged() -> None:
    found = [int(number) for number in re.findall(r"^\| \*\*V(\d+) ", PAPER, re.MULTILINE)]
    assert found == list(range(1, CHAPTERS + 1))


def test_every_row_has_its_four_cells() -> None:
    table = PAPER.split("## OWASP ASVS", 1)[1]
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {5}
