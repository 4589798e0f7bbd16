"""How much of what must go goes, and of what must stay stays, over thousands of worn complaints.

`pytest -s` prints the figures. The seeds are fixed: a change of the masking shows as a change of these.
"""

from __future__ import annotations

import sys

import pytest

from app.rules.reports.masking import places
from tests.support.noisy import HARMLESS, PERSONAL, Sample, samples

EACH = 500
SEEDS = (1, 2, 3)
RECALL_LEAST = 0.99
FALSE_MOST = 0.005


def _hidden(sample: Sample) -> bool:
    """Whether every letter and digit of the planted part is hidden."""
    covered = {at for place in places(sample.text) for at in range(place.start, place.end)}
    planted = (at for at in range(sample.start, sample.end) if sample.text[at].isalnum())
    return all(at in covered for at in planted)


def _touched(sample: Sample) -> bool:
    return any(place.start < sample.end and sample.start < place.end for place in places(sample.text))


def _told(kind: str, what: str, wrong: list[Sample], count: int) -> str:
    shown = "\n".join(
        f"  {sample.text[max(0, sample.start - 30) : sample.end + 12]!r}" for sample in wrong[:12]
    )
    return f"{kind}: {what} {len(wrong)} of {count} ({len(wrong) / count:.2%})\n{shown}"


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_must_go_goes(kind: str) -> None:
    looked = [sample for seed in SEEDS for sample in samples(kind, seed, EACH)]
    missed = [sample for sample in looked if not _hidden(sample)]
    told = _told(kind, "missed", missed, len(looked))
    sys.stdout.write(f"{told}\n")
    assert len(missed) <= (1 - RECALL_LEAST) * len(looked), told


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_must_stay_stays(kind: str) -> None:
    looked = [sample for seed in SEEDS for sample in samples(kind, seed, EACH)]
    wrong = [sample for sample in looked if _touched(sample)]
    told = _told(kind, "wrongly masked", wrong, len(looked))
    sys.stdout.write(f"{told}\n")
    assert len(wrong) <= FALSE_MOST * len(looked), told
