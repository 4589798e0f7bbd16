"""The statistics of large agencies, made anew month by month as reports change; and the digests of a morning."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from app.extensions import transaction
from app.services.inbox import digests
from app.stats import summaries

# A run ends after so long and the next one goes on: neither the queue nor who stops the server waits for it.
RUN_SECONDS = 10.0


def refresh_figures(now: datetime) -> str:
    """Look who is large, count months that changed, and build what is new; each step commits."""
    ends = monotonic() + RUN_SECONDS
    with transaction() as session:
        if summaries.must_choose(session, now):
            summaries.choose_units(session, now)
    months = built = 0
    while monotonic() < ends:
        with transaction() as session:
            if summaries.refresh_step(session, now) is None:
                break
        months += 1
    while monotonic() < ends:
        with transaction() as session:
            if summaries.build_step(session, now) is None:
                break
        built += 1
    return f"months {months}, built {built}"


def plan_digests(now: datetime) -> str:
    """Queue the digests of those whose working morning has come."""
    with transaction() as session:
        return f"digests {digests.plan(session, now)}"
