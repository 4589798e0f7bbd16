"""Who reads a report whole, and who decides what of it everybody else reads."""

from __future__ import annotations

from collections.abc import Collection

from app.rules.reports.workflow import Who

# Whoever works on it, and who wrote it. To everybody else its texts are masked: to the public, to agencies
# with a copy, to those in the chain above the holder, and to who typed it in once. A new report lies with the
# root, which holds it and so reads what it verifies.
READS_WHOLE = frozenset({Who.HOLDER, Who.REPORTER, Who.SYSTEM})
# Whoever verifies it, may correct it, or answers it in public.
CHOOSES = frozenset({Who.HOLDER, Who.DELEGATOR, Who.ROOT})


def reads_whole(whos: Collection[Who]) -> bool:
    return not READS_WHOLE.isdisjoint(whos)


def may_choose(whos: Collection[Who]) -> bool:
    """Whether who is this to a report may hide words of it from others, or show them."""
    return not CHOOSES.isdisjoint(whos)
