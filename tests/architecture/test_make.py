"""What a developer types: a part of the suite, and one database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
# One test without a database, one on both, one on PostgreSQL alone.
MIXED = ("tests/rules/test_text.py", "tests/test_commands.py", "tests/test_connections.py")


def would_run(*typed: str) -> str:
    """The commands of `make …`, written and not run."""
    # What was typed to run this test is no part of it.
    said = {"MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "T", "DB"}
    bare = {name: value for name, value in os.environ.items() if name not in said}
    return subprocess.run(
        ["make", "--dry-run", *typed], cwd=ROOT, env=bare, check=True, capture_output=True, text=True
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
    commands = would_run("test-full", "T=tests/services/reports")
    assert "--cov" not in commands, "a part does not reach what the whole must"
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


def test_the_whole_suite_with_its_slow_parts_measures_what_it_reaches() -> None:
    commands = would_run("test-full")
    assert "--cov" in commands
    assert "tests.support.floors" in commands


def test_one_database_alone() -> None:
    sqlite, postgresql = collected("--db", "sqlite"), collected("--db", "postgresql")
    assert "[postgresql" not in " ".join(sqlite)
    assert "[sqlite" not in " ".join(postgresql)
    # Nothing is lost: what needs no database runs in both, what needs PostgreSQL there alone.
    alone = {test for test in postgresql if test.startswith("tests/test_connections.py")}
    assert alone
    assert {test.replace("[sqlite", "[postgresql") for test in sqlite} == set(postgresql) - alone
    assert any(test.startswith("tests/rules/") for test in sqlite)


def checks() -> list[str]:
    listed = re.search(r"^CHECKS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed is not None
    return listed[1].split()


def test_a_commit_is_checked_by_the_same_list_as_the_lint() -> None:
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repo["repo"] == "local", "what is fetched at the time of a commit needs a network"
    assert [hook["id"] for hook in repo["hooks"]] == checks()
    for hook in repo["hooks"]:
        assert (hook["entry"], hook["language"]) == (f"make check-{hook['id']}", "system")
        assert not hook["pass_filenames"], "each looks at the whole"


@pytest.mark.parametrize("check", checks())
def test_the_lint_runs_each_check_and_none_installs_anything(check: str) -> None:
    (command,) = would_run(f"check-{check}").splitlines()
    assert command in would_run("lint").splitlines()
    assert not re.search(r"\b(pip|npm|npx|install)\b", command)
