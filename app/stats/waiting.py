"""Waiting times as classes that grow by a fixed ratio: small enough to be kept, good enough for a median."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt

RATIO = 1.15
# The middle of a class (geometric) is at most this far from any time within it, in per cent.
TOLERANCE = ceil(1000 * (sqrt(RATIO) - 1)) / 10
CLASS = "b"  # before the number of a class; a key without it is a number of minutes
MINUTES_A_DAY = 24 * 60


def minutes_of(key: str) -> float:
    """The minutes that a key stands for: exactly, or the middle of its class."""
    if key.startswith(CLASS):
        return float(RATIO ** (int(key[1:]) + 0.5) - 1)
    return float(key)


def median_days(found: Mapping[float, int]) -> float | None:
    """The median of times (minutes -> how many), in days; None without any.

    The middle one, or the mean of the two in the middle.
    """
    total = sum(found.values())
    if not total:
        return None
    wanted = ((total - 1) // 2, total // 2)
    middle: list[float] = []
    passed = 0
    for minutes in sorted(found):
        passed += found[minutes]
        while len(middle) < len(wanted) and wanted[len(middle)] < passed:
            middle.append(minutes)
    return sum(middle) / len(middle) / MINUTES_A_DAY
