"""The project's own files: the lock, and what must not stand in any file."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_hashes_and_names_no_registry_or_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index|--find-links|file:|(^|\s)/", text, re.MULTILINE)
    packages = re.findall(r"^[a-zA-Z0-9._-]+(?:\[[^\]]*\])?==", text, re.MULTILINE)
    assert len(packages) > 30
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_rule_of_the_style_sheet_is_closed() -> None:
    """A brace that is missing shuts all that follows into the block before: for phones, or for paper."""
    sheet = (ROOT / "app" / "static" / "lapor" / "lapor.css").read_text(encoding="utf-8")
    depth = 0
    for number, line in enumerate(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).splitlines(), start=1):
        assert not line.startswith("@media") or depth == 0, number
        depth += line.count("{") - line.count("}")
        assert depth >= 0, number
    assert depth == 0


def test_no_path_of_a_developers_machine_stands_in_a_file() -> None:
    pattern = re.compile(rb"(?<![A-Za-z0-9])/(?:work|home|root|Users)/[A-Za-z0-9._-]+")
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in tracked()
        if path.is_file() and path.name != "test_project.py" and (match := pattern.search(path.read_bytes()))
    }
    assert found == {}


def test_real_complaints_are_not_in_the_project() -> None:
    """Rows of real citizens are used in trials and never committed."""
    assert [path.name for path in tracked() if path.name.startswith("keluhan_")] == []


def test_only_the_access_layer_selects_reports() -> None:
    """A select on reports outside app/access would be a second rule of who sees what.

    Services that work as the system or on a locked report, and the card's own page, are listed with
    why; anything else goes through access.scope.
    """
    allowed = {
        "app/services/reports/expired_clocks.py": "the system's clocks, over all reports",
        "app/services/agencies/reorganisation_batches.py": "reports whose units moved, by key, for the scope's own rewriting",
        "app/services/agencies/succession.py": "keys alone; each report is then fetched through the scope",
        "app/services/agencies/derived_rows.py": "keys alone; each report is then fetched through the scope",
        "app/views/reports/cards.py": "keys from the scope, and visible() in the same statement",
        "app/intake/complaints.py": "external ids alone, to file nothing twice",
        "app/search/index.py": "keys alone, for the index",
        "app/search/document.py": "what is indexed; each hit is then held against the scope",
        "app/search/passages.py": "keys from the scope, and visible() in the same statement",
        "app/views/agencies/agencies.py": "counts what hangs on an agency",
        "app/services/agencies/management.py": "counts what hangs on an agency",
    }
    pattern = re.compile(r"select\(\s*(?:Report\b|func\.count\(\)\)\.select_from\(Report\b)|query\(Report\)")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8")) and "app/access/" not in str(path)
    }
    assert found <= allowed.keys(), "fetch reports through app.access.scope, or say here why not"


ROOMS = ("rules", "access", "services", "views", "models")
MODULES_MOST = 15


def packages() -> list[Path]:
    return sorted(path.parent for path in (ROOT / "app").rglob("__init__.py"))


@pytest.mark.parametrize("package", packages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_package_is_a_heap(package: Path) -> None:
    modules = [path for path in package.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= MODULES_MOST, "part it: a subject of its own, or a package within"


@pytest.mark.parametrize("package", packages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_package_says_what_lives_there(package: Path) -> None:
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    assert said, "say in one sentence what lives here, and what may not"
    assert said.count(".") >= 1


def test_the_subjects_are_the_same_in_every_layer() -> None:
    """Whoever knows one layer knows all. What every page stands on is of the views alone."""
    subjects = {"reports", "citizens", "accounts", "agencies", "inbox", "channels", "figures", "system"}
    for room in ROOMS:
        there = {path.name for path in (ROOT / "app" / room).iterdir() if (path / "__init__.py").is_file()}
        assert there <= subjects | {"attachments", "web", "forms"}, room
    pages = ROOT / "app" / "templates" / "lapor"
    assert not list(pages.glob("*.html")), "a template lies with its subject"
    assert {path.name for path in pages.iterdir()} <= subjects | {"attachments", "web", "forms"}
    for room in ("rules", "access", "services", "views"):
        tests = {path.name for path in (ROOT / "tests" / room).iterdir() if path.is_dir()}
        assert tests - {"__pycache__"} <= subjects | {"attachments", "web", "forms"}, room
