"""What of the code the suite must reach, branch by branch: a floor for each path, checked after `make test-full`.

The whole has its floor in pyproject.toml. What decides over reports is to be reached whole: what no test
takes there is a rule that nobody has seen at work.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage

# A file, or a folder with all that is in it: the least percentage of lines and branches together.
FLOORS: Mapping[str, float] = {
    "app/rules/": 100,
    "app/services/reports/transition.py": 100,
}


@dataclass(frozen=True)
class Reached:
    """What was reached below a path; missed: the places that were not, by file."""

    percent: float
    missed: tuple[str, ...]


def reached(files: Mapping[str, Mapping[str, Any]], path: str) -> Reached:
    """`files`: of coverage's JSON report. A path that nothing was measured below is not reached at all."""
    there = {name: each for name, each in files.items() if name == path or name.startswith(path)}
    sums = [each["summary"] for each in there.values()]
    every = sum(each["num_statements"] + each["num_branches"] for each in sums)
    covered = sum(each["covered_lines"] + each["covered_branches"] for each in sums)
    missed = [f"{name}:{line}" for name, each in there.items() for line in each["missing_lines"]]
    missed += [
        f"{name}:{begin}->{end}" for name, each in there.items() for begin, end in each["missing_branches"]
    ]
    return Reached(100 * covered / every if every else 0, tuple(sorted(missed)))


def too_low(files: Mapping[str, Mapping[str, Any]], floors: Mapping[str, float] = FLOORS) -> list[str]:
    """A sentence for each path below its floor."""
    found = ((path, floor, reached(files, path)) for path, floor in floors.items())
    return [
        f"{path} is reached to {what.percent:.1f} %, and must be to {floor:g} %: {', '.join(what.missed)}"
        for path, floor, what in found
        if what.percent < floor
    ]


def measured() -> dict[str, Any]:
    """The files of the last run with their numbers."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(out))
        files: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["files"]
    return files


if __name__ == "__main__":
    sys.exit("\n".join(too_low(measured())) or 0)
