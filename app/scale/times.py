"""Times as whole seconds since 1970 UTC, and the texts that both databases read."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.rules.reports.workdays import Calendar, deadline
from app.rules.reports.workflow import LIMITS, Clock
from app.rules.zones import Zone
from app.services.calendars import national

DAY = 86_400
HOUR = 3_600
# PostgreSQL reads these in the session's zone, which the loader sets to UTC; SQLite keeps them as they are.
_TIMES = tuple(f" {s // HOUR:02}:{s // 60 % 60:02}:{s % 60:02}.000000" for s in range(DAY))


@lru_cache(maxsize=10_000)
def _date(day: int) -> str:
    return datetime.fromtimestamp(day * DAY, UTC).date().isoformat()


def stamp(at: int) -> str:
    return _date(at // DAY) + _TIMES[at % DAY]


def iso(at: int) -> str:
    """As the services write the times of a pause."""
    return datetime.fromtimestamp(at, UTC).isoformat()


@lru_cache(maxsize=len(Zone))
def offset(zone: Zone) -> int:
    """Seconds east of UTC. Indonesia's zones have had no change since 1988."""
    east = datetime(2020, 1, 1, tzinfo=ZoneInfo(zone.value)).utcoffset()
    assert east is not None  # of a time with a zone
    return int(east.total_seconds())


@lru_cache(maxsize=200_000)
def _due_on(local_day: int, days: int, clock: Clock, zone: Zone) -> int:
    calendar = Calendar(ZoneInfo(zone.value), national())
    start = datetime.fromtimestamp(local_day * DAY - offset(zone), UTC)
    return int(deadline(start, days, LIMITS[clock].kind, calendar).due_at.timestamp())


def due(started: int, clock: Clock, zone: Zone, days: int | None = None) -> int:
    """When `clock`, started at `started` in `zone`, runs out: the rule's own answer, kept by day."""
    length = days or LIMITS[clock].days
    assert length is not None
    return _due_on((started + offset(zone)) // DAY, length, clock, zone)
