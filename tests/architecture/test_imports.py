"""Imports go one way (pyproject.toml, [tool.importlinter]), and the contracts notice when one does not.

A contract that names a package by a wrong name forbids nothing and says nothing: so each is broken
here on purpose, in a copy of the application with one module more.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "pyproject.toml"
LINT = Path(sys.executable).with_name("lint-imports")

ONE_WAY = "Imports go one way"
PURE = "Rules are pure"
NO_FLASK = "Nothing below the views knows Flask or huey"
PLOTLY = "Only the statistics import plotly"
CIRCLES = "No circles"

# The package that gets a new module, the module's only statement, and the contracts that it breaks.
BREAKS: list[tuple[str, str, set[str]]] = [
    ("rules/system", "import sqlalchemy", {PURE}),
    ("rules/system", "from flask import g", {PURE}),
    ("rules/system", "def later() -> None:\n    import huey", {PURE}),
    (
        "rules/system",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sqlalchemy.orm import Session",
        {PURE},
    ),
    ("rules/channels", "import app.models", {ONE_WAY, PURE}),
    ("models", "import app.access", {ONE_WAY}),
    ("models", "import app.services", {ONE_WAY}),
    ("models", "from flask import current_app", {NO_FLASK}),
    ("access/system", "import app.services", {ONE_WAY}),
    ("access/system", "from flask_login import current_user", {NO_FLASK}),
    ("services/system", "import flask", {NO_FLASK}),
    ("services/system", "from huey import crontab", {NO_FLASK}),
    ("services/system", "import app.views", {ONE_WAY}),
    ("services/system", "import app.extensions", {ONE_WAY}),
    ("services/system", "import app.search", {ONE_WAY}),
    ("services/system", "import app.stats", {ONE_WAY}),
    ("storage", "import app.services", {ONE_WAY}),
    ("storage", "from flask import current_app", {NO_FLASK}),
    ("search", "import app.services", {ONE_WAY}),
    ("stats", "import app.services", {ONE_WAY}),
    ("search", "import plotly.graph_objects", {PLOTLY}),
    ("views/system", "from plotly import graph_objects", {PLOTLY}),
    ("views/system", "import app.jobs", {ONE_WAY}),
    ("jobs", "import app.views", {ONE_WAY}),
    ("jobs", "from app import create_app", {ONE_WAY}),
    ("intake", "import app.views", {ONE_WAY}),
    ("extensions", "import app.views", {ONE_WAY}),
]


def subjects(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, set[str]]]:
    """For each subject of a layer, an import of the one above it: the contract knows every boundary."""
    (container,) = contract["containers"]
    layer = container.removeprefix("app.")
    rows = [[name.strip() for name in re.split("[|:]", row)] for row in contract["layers"]]
    for above, below in itertools.pairwise(rows):
        inside = next((name for name in below if (ROOT / "app" / layer / name).is_dir()), below[0])
        yield f"{layer}/{inside}", f"import {container}.{above[0]}", {contract["name"]}


def declared() -> list[dict[str, Any]]:
    read = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = read["tool"]["importlinter"]["contracts"]
    return found


BREAKS += [each for contract in declared() if "containers" in contract for each in subjects(contract)]
BREAKS += [
    # What must never come about, whatever else is ordered anew.
    ("services/reports", "import app.services.channels", {"Subjects of services"}),
    ("views/reports", "import app.views.figures", {"Subjects of views"}),
    ("views/figures", "import app.views.channels", {"Subjects of views"}),
    ("search/postgresql", "import app.search.find", {CIRCLES}),
    ("services", "", {"Subjects of services"}),  # a module that belongs to no subject
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, PROJECT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def judged(verdict: str, output: str) -> set[str]:
    """The contracts that the output calls KEPT, or BROKEN."""
    return set(re.findall(rf"^(.+?) {verdict}(?: \(.+\))?$", output, re.MULTILINE))


def contracts() -> set[str]:
    return {contract["name"] for contract in declared()}


def test_every_contract_is_kept() -> None:
    ran = lint(ROOT)
    assert ran.returncode == 0, f"an import goes the wrong way:\n{ran.stdout}{ran.stderr}"
    assert judged("KEPT", ran.stdout) == contracts()


def test_every_contract_is_broken_once_below() -> None:
    """Whoever adds a contract shows what it forbids."""
    assert set().union(*(names for _, _, names in BREAKS)) == contracts()


@pytest.mark.parametrize(
    ("package", "statement", "names"),
    BREAKS,
    ids=[f"{b[0]}: {b[1].rpartition(chr(10))[2].strip()}" for b in BREAKS],
)
def test_an_import_against_the_direction_is_named(
    package: str, statement: str, names: set[str], tmp_path: Path
) -> None:
    modules = shutil.ignore_patterns("__pycache__", "static", "templates", "data")
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=modules)
    folder, dotted = tmp_path / "app" / package, package.replace("/", ".")
    if folder.is_dir():
        module, offender = folder / "offender.py", f"app.{dotted}.offender"
        module.write_text(f"{statement}\n", encoding="utf-8")
    else:
        module, offender = folder.with_suffix(".py"), f"app.{dotted}"
        with module.open("a", encoding="utf-8") as file:
            file.write(f"{statement}\n")
    ran = lint(tmp_path)
    assert ran.returncode == 1, ran.stdout
    broken = judged("BROKEN", ran.stdout)
    assert names <= broken, ran.stdout
    assert broken - {CIRCLES} == names - {CIRCLES}, ran.stdout  # the wrong way often closes a circle as well
    assert offender in ran.stdout or names == {CIRCLES}
