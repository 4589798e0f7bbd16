"""Reorganisations: those whose day has come take effect, and reports follow, batch by batch.

The command runs the same functions. Whatever stops them, the next run goes on where they were.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from app.access.agencies.reorganisations import due
from app.access.tree_lock import Busy
from app.extensions import transaction
from app.services.agencies.reorganisation import take_effect
from app.services.agencies.reorganisation_batches import Followed, finish, follow

RUN_SECONDS = 40  # then other jobs have their turn, and the next minute goes on


def reorganise(now: datetime) -> str:
    """What is due takes effect; batches until the time is up or there are none."""
    began = begin_due(now)
    until, batches = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < until and step(datetime.now(UTC)) is not None:
        batches += 1
    return f"began {began}, batches {batches}"


def begin_due(now: datetime) -> int:
    """Put into effect what was planned up to `now`; how many that were. Who is kept waiting comes next time."""
    began = 0
    while True:
        with transaction() as session:
            key = due(session, now)
        if key is None:
            return began
        try:
            with transaction() as session:
                take_effect(session, key, now)
        except Busy:
            return began
        began += 1


def step(now: datetime) -> Followed | None:
    """One batch, and after the last one the end; None if nothing runs, or it has to wait for others."""
    with transaction() as session:
        batch = follow(session, now)
    if batch is not None and batch.all_followed:
        try:
            with transaction() as session:
                finish(session, batch.reorganisation_id, now)
        except Busy:
            return None
    return batch


def resume(now: datetime, say: Callable[[str], None]) -> None:
    """By hand: the same until nothing runs, with the progress of each reorganisation."""
    say(f"began: {begin_due(now)}")
    while (batch := step(datetime.now(UTC))) is not None:
        ended = ", done" if batch.all_followed else ""
        say(f"reorganisation {batch.reorganisation_id}: {batch.done} of {batch.total} reports{ended}")
