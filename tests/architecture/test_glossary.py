"""docs/glossary.md has a row for each domain word of the code, and no row for a word that is not there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
HEAD = ("in the code", "---")
ENUMERATIONS = {"Labelled", "StrEnum", "IntEnum", "Enum"}


def first_cells() -> list[str]:
    rows = [line.split("|") for line in PAPER.splitlines() if line.startswith("|")]
    assert {len(row) for row in rows} == {5}, "three cells in each row"
    return [cell for row in rows if not (cell := row[1].strip()).startswith(HEAD)]


def named_classes() -> list[str]:
    return [name for cell in first_cells() for name in re.findall(r"`(\w+)`", cell)]


def words() -> list[str]:
    """The words of the first column, without the classes behind them."""
    plain = [re.sub(r" \(`.*`\)$", "", cell) for cell in first_cells()]
    return [re.sub(r"^to ", "", word) for cell in plain for word in cell.split(", ")]


@cache
def modules() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "app").rglob("*.py"))}


def classes(folder: str) -> list[ast.ClassDef]:
    inside = [text for path, text in modules().items() if path.is_relative_to(ROOT / "app" / folder)]
    return [node for text in inside for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]


def is_enumeration(node: ast.ClassDef) -> bool:
    return bool({ast.unparse(base).split(".")[-1] for base in node.bases} & ENUMERATIONS)


def domain_classes() -> set[str]:
    """Enumerations of the rules, and tables with what else the models define."""
    enumerations = {node.name for node in classes("rules") if is_enumeration(node)}
    tables = {node.name for node in classes("models")}
    assert len(enumerations) > 40
    assert len(tables) > 50
    return enumerations | tables


def test_every_domain_class_has_a_row() -> None:
    assert sorted(domain_classes() - set(named_classes())) == [], "give it a row in docs/glossary.md"


def test_every_class_that_is_named_is_there() -> None:
    assert sorted(set(named_classes()) - domain_classes()) == [], "it is gone, or is called otherwise"


def test_nothing_has_two_rows() -> None:
    twice = [each for each, times in Counter([*named_classes(), *words()]).items() if times > 1]
    assert twice == []


def test_every_word_occurs_in_the_code() -> None:
    """As written, or as a name: "hand back" is hand_back, HAND_BACK or HandBack there."""
    parted = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\s-]+")
    code = parted.sub(" ", "\n".join(modules().values())).lower()
    assert len(words()) > 90
    spaced = {word: parted.sub(" ", word).lower() for word in words()}
    assert [word for word, sought in spaced.items() if not re.search(rf"\b{re.escape(sought)}", code)] == []
