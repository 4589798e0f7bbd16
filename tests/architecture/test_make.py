"""What a developer types: a part of the suite, and one database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# One test without a database, one on both, one on PostgreSQL alone.
MIXED = ("tests/rules/test_text.py", "tests/test_commands.py", "tests/test_connections.py")


def would_run(*typed: str) -> str:
    """The commands of `make …`, written and not run."""
    return subprocess.run(
        ["make", "--dry-run", *typed], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def collected(*arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", *arguments, *MIXED],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_a_part_is_run_by_its_path_without_the_lint() -> None:
    commands = would_run("test", "T=tests/services/reports")
    assert "tests/services/reports -m" in commands
    assert "--db" not in commands
    assert "ruff" not in commands


def test_both_can_be_said_together() -> None:
    assert "--db sqlite tests/rules -m" in would_run("test", "T=tests/rules", "DB=sqlite")


def test_without_either_the_whole_suite_runs_after_the_lint() -> None:
    commands = would_run("test")
    assert "ruff" in commands
    assert "--db" not in commands
    assert "-m pytest" in commands


def test_one_database_alone() -> None:
    sqlite, postgresql = collected("--db", "sqlite"), collected("--db", "postgresql")
    assert "[postgresql" not in " ".join(sqlite)
    assert "[sqlite" not in " ".join(postgresql)
    # Nothing is lost: what needs no database runs in both, what needs PostgreSQL there alone.
    alone = {test for test in postgresql if test.startswith("tests/test_connections.py")}
    assert alone
    assert {test.replace("[sqlite", "[postgresql") for test in sqlite} == set(postgresql) - alone
    assert any(test.startswith("tests/rules/") for test in sqlite)
