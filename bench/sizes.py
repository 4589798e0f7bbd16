"""What is measured how often: the whole bench, or `QUICK=1` within minutes."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """database: the name of the large one."""

    database: str
    reports: int
    agencies: int
    small_reports: int
    small_agencies: int
    embedded_reports: int  # on SQLite
    due: int  # reports that the auto-close has to close
    tickets: int  # of the peer
    rounds: int
    requests: int  # in one round
    pages: int  # after which the worker's memory is read

    @property
    def is_full(self) -> bool:
        return self.database == FULL.database


FULL = Sizes(
    "large", 3_000_000, 30_000, 3_000, 60, 1_000_000, 50_000, 200_000, rounds=7, requests=60, pages=1_000
)
QUICK = Sizes("quick", 20_000, 300, 3_000, 60, 10_000, 300, 2_000, rounds=3, requests=15, pages=100)


def chosen() -> Sizes:
    return QUICK if os.environ.get("QUICK") else FULL
