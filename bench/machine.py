"""The machine that was measured on, without its name."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("Flask", "Flask-AppBuilder", "SQLAlchemy", "psycopg", "gunicorn")


def machine(postgresql: str) -> dict[str, str]:
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": cpu,
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "load before": " ".join(f"{each:.1f}" for each in os.getloadavg()),
        "PostgreSQL": postgresql,
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }
