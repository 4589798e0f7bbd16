"""`make bench`: measure, print the table, write build/bench.json (build/bench-quick.json when QUICK=1).

BENCH_DIR: where the cluster lies (default build/bench; it is kept, so that a second run need not generate
again; `rm -r` it when done, after `python -m bench stop`). BENCH_ONLY: names of parts, with commas; the
file keeps what it has of the others. BENCH_DUE: how many reports are due in the auto-close.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import pages, server, sizes, startup, table
from bench.badges import badges
from bench.closing import closing
from bench.databases import ROOT, Base
from bench.inside import Inside
from bench.machine import machine
from bench.moving import moving
from bench.peer import peer
from bench.search import embedded_search, search
from bench.statistics import statistics

MISSED = 1


def main() -> int:
    folder = Path(os.environ.get("BENCH_DIR", ROOT / "build" / "bench"))
    if sys.argv[1:] == ["stop"]:
        server.stop(folder)
        return 0
    wanted = sizes.chosen()
    wanted = replace(wanted, due=int(os.environ.get("BENCH_DUE", wanted.due)))
    started = server.start(folder)
    try:
        return measure(folder, wanted)
    finally:
        if started:
            server.stop(folder)


def measure(folder: Path, wanted: sizes.Sizes) -> int:
    on = machine(server.version(folder))
    large = Base(folder, wanted.database, wanted.reports, wanted.agencies)
    small = Base(folder, "few", wanted.small_reports, wanted.small_agencies)
    for base in (small, large):
        base.prepare()
    big = Inside(large)
    parts: dict[str, Callable[[], list[table.Measure]]] = {
        "pages": lambda: pages.throughput(large, small, big, Inside(small), wanted, folder),
        "each": lambda: pages.each_page(big, wanted),
        "statistics": lambda: statistics(big, wanted),
        "startup": lambda: startup.startup(large, wanted),
        "search": lambda: search(big, wanted),
        "embedded": lambda: embedded_search(folder, wanted),
        "peer": lambda: peer(large, big, wanted, folder),
        "badges": lambda: badges(big, wanted),
        "moving": lambda: moving(large, big, wanted, folder),
        "closing": lambda: closing(large, wanted),
    }
    only = os.environ.get("BENCH_ONLY", ",".join(parts)).split(",")
    path = ROOT / "build" / ("bench.json" if wanted.is_full else "bench-quick.json")
    found: list[table.Measure] = []
    for name in only:
        started = time.perf_counter()
        measures = parts[name]()
        table.write(path, name, on, measures)
        found += measures
        print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    print("\n" + ", ".join(f"{key} {value}" for key, value in on.items()) + "\n")
    print(table.shown(found))
    return 0 if all(each.held is not False for each in found) else MISSED


if __name__ == "__main__":
    sys.exit(main())
