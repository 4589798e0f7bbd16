"""How long the application takes to start, and what it asks the database meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

from bench.databases import ROOT, Base
from bench.sizes import Sizes
from bench.table import Measure, at_most

# In a process of its own: everything that is imported is imported anew.
SCRIPT = """
import json, time
started = time.perf_counter()
from sqlalchemy import event
from sqlalchemy.engine import Engine
asked = []
event.listen(Engine, "before_cursor_execute", lambda c, cur, statement, *rest: asked.append(statement))
from app import create_app
create_app()
print(json.dumps([time.perf_counter() - started, len(asked), sum("ab_permission" in each for each in asked)]))
"""


def startup(base: Base, sizes: Sizes) -> list[Measure]:
    runs = []
    for _ in range(min(3, sizes.rounds)):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env=base.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return [
        Measure("start-up", median(run[0] for run in runs), "s"),
        Measure("start-up, statements", runs[0][1]),
        at_most("start-up, statements for permissions", runs[0][2], 0),
    ]
