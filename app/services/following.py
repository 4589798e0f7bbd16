"""What follows a reorganisation: reports come along, batch by batch, each batch a transaction of its own.

A batch that is killed leaves nothing behind, and the next one goes on after the last report that followed.
Each report is locked and gets the rows that the tree as it is then asks for, whatever was moved since: so
batches may come late, twice, or after those of a later reorganisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import losing
from app.access.scope import rewrite_all
from app.models import Reorganisation, Report
from app.rules.reorganising import Stage

AT_ONCE = 200


@dataclass(frozen=True)
class Followed:
    """One batch of a reorganisation: how many reports it took along, and whether it was the last."""

    reorganisation_id: int
    reports: int
    done: int
    total: int
    finished: bool


def follow(session: Session, now: datetime, *, limit: int = AT_ONCE) -> Followed | None:
    """The next batch of the reorganisation that runs longest; None if none runs."""
    running = (
        select(Reorganisation)
        .where(Reorganisation.stage == Stage.RUNNING)
        .order_by(Reorganisation.began_at, Reorganisation.id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(running)
    if found is None:
        return None
    keys = losing.concerned(session, found.units, after=found.reached, limit=limit)
    reports = locked(session, keys)
    rewrite_all(session, reports)
    if keys:
        found.reached, found.done = keys[-1], found.done + len(keys)
    if len(keys) < limit:
        found.stage, found.ended_at = Stage.DONE, now
    session.flush()
    return Followed(found.id, len(keys), found.done, found.reports, found.stage is Stage.DONE)


def locked(session: Session, keys: list[int]) -> list[Report]:
    """These reports, locked in their order and read anew."""
    query = select(Report).where(Report.id.in_(keys)).order_by(Report.id).with_for_update(of=Report)
    return list(session.scalars(query.execution_options(populate_existing=True)))
