"""How the system is: what waits to be told, what was given up, when each job ran last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import JobRun, OutboxMessage

LATE_AFTER = 3  # times a job's own rhythm
GRACE = timedelta(minutes=1)
DEAD_SHOWN = 50


@dataclass(frozen=True)
class Queue:
    """waiting: rows not told yet. since: when the oldest of them was queued. dead: given up, in number."""

    waiting: int
    since: datetime | None
    dead: int


@dataclass(frozen=True)
class Run:
    """The last run of a job: started None if it never ran. error: kind of its failure. late: overdue."""

    job: str
    started: datetime | None
    ended: datetime | None
    result: str
    error: str
    late: bool

    @property
    def working(self) -> bool:
        """Begun and neither ended nor failed: at work, or killed."""
        unfinished = self.ended is None or (self.started is not None and self.ended < self.started)
        return self.started is not None and not self.error and unfinished


def queue(session: Session) -> Queue:
    waiting = OutboxMessage.sent_at.is_(None) & OutboxMessage.dead_at.is_(None)
    number, since = session.execute(
        select(func.count(), func.min(OutboxMessage.created_at)).where(waiting)
    ).one()
    dead = session.scalar(select(func.count()).where(OutboxMessage.dead_at.is_not(None)))
    return Queue(number, since, dead or 0)


def dead_letters(session: Session) -> list[OutboxMessage]:
    """What was given up last."""
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.dead_at.is_not(None))
            .order_by(OutboxMessage.dead_at.desc(), OutboxMessage.id.desc())
            .limit(DEAD_SHOWN)
        )
    )


def runs(session: Session, schedule: Mapping[str, int], now: datetime) -> list[Run]:
    """The last run of each job of `schedule` (name -> minutes between two runs)."""
    found = {run.job: run for run in session.scalars(select(JobRun).where(JobRun.job.in_(schedule)))}
    result = []
    for job, minutes in schedule.items():
        run = found.get(job)
        if run is None:
            result.append(Run(job, None, None, "", "", late=True))
            continue
        late = run.started_at < now - GRACE - LATE_AFTER * timedelta(minutes=minutes)
        result.append(Run(job, run.started_at, run.ended_at, run.result, run.error, late))
    return result
