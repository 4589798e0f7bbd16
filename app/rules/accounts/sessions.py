"""How long a session lasts: without a request, and at most. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NOTED_EVERY = timedelta(minutes=1)  # a write for each request would cost more than its exactness is worth
NOTED_PARTS = 15  # of the idle limit, where that is short


@dataclass(frozen=True)
class Limits:
    """idle: how long without a request. longest: since signing in, None for no end of its own."""

    idle: timedelta
    longest: timedelta | None = None

    @property
    def noted_every(self) -> timedelta:
        """How exactly the last request is kept."""
        return min(NOTED_EVERY, self.idle / NOTED_PARTS)

    def stale(self, seen_at: datetime, now: datetime) -> bool:
        """Whether it is time to note the last request again."""
        return now - seen_at >= self.noted_every

    def over(self, started_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Whether the session has ended: never later than `idle` after its last request, perhaps a little earlier,
        since not each one is noted. The page that warns asks for the very time (left)."""
        if self.longest is not None and now - started_at >= self.longest:
            return True
        return now - seen_at >= self.idle

    def left(self, started_at: datetime, seen_at: datetime, now: datetime) -> timedelta:
        """How long it lasts without another request; never below zero."""
        ends = seen_at + self.idle
        if self.longest is not None:
            ends = min(ends, started_at + self.longest)
        return max(ends - now, timedelta())


@dataclass(frozen=True)
class AllLimits:
    """Those of officers, who read what is secret at desks that others pass, and those of citizens."""

    officers: Limits
    citizens: Limits

    def of(self, *, officer: bool) -> Limits:
        return self.officers if officer else self.citizens
