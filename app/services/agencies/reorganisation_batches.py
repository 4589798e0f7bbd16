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

from app.access.agencies import scope_loss
from app.access.changed_reports import note_changed
from app.access.scope import rewrite_all
from app.access.tree_lock import hold_alone
from app.models import Agency, Reorganisation, Report
from app.rules.agencies.reorganisation import ENDS_BY, ReorganisationKind, Stage
from app.services.agencies import merging
from app.services.agencies.reorganisation import asker

AT_ONCE = 200


@dataclass(frozen=True)
class Followed:
    """One batch: how many reports it took along, how many of `total` have followed, and whether that is all.

    With `all_followed` finish() ends the reorganisation.
    """

    reorganisation_id: int
    reports: int
    done: int
    total: int
    all_followed: bool


def follow(session: Session, now: datetime, *, limit: int = AT_ONCE) -> Followed | None:
    """The next batch of the reorganisation that runs longest; None if there is none, or others work on it.

    First the reports that a merged agency itself has to do with, then those of the units that moved.
    """
    running = (
        select(Reorganisation)
        .where(Reorganisation.stage == Stage.RUNNING)
        .order_by(Reorganisation.began_at, Reorganisation.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    found = session.scalar(running)
    if found is None:
        return None
    keys = [] if found.kind is ReorganisationKind.MOVE else merging.left_over(session, found.agency_id, limit)
    if keys:
        reports = locked(session, keys)
        why = ENDS_BY[found.kind]
        merging.absorb(session, asker(found), reports, found.agency_id, found.target_id, why, now)
    else:
        keys = scope_loss.concerned(session, found.units, after=found.reached, limit=limit)
        reports = locked(session, keys)
        found.reached = keys[-1] if keys else found.reached
    rewrite_all(session, reports)
    for key in keys:
        # Also where nothing was gained: the index still has marks of who lost it with the tree.
        note_changed(session, key)
    found.done += len(keys)
    found.reports = max(found.reports, found.done)
    session.flush()
    return Followed(found.id, len(keys), found.done, found.reports, not keys)


def locked(session: Session, keys: list[int]) -> list[Report]:
    """These reports, locked in their order and read anew."""
    query = select(Report).where(Report.id.in_(keys)).order_by(Report.id).with_for_update(of=Report)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def finish(session: Session, key: int, now: datetime) -> bool:
    """End a reorganisation whose reports have all followed; False if there is more to do after all.

    Nobody else writes: only a merged agency that nothing is left of becomes inactive, so that every report
    has a holder that is in use. Raises Busy.
    """
    hold_alone(session)
    found = session.get_one(Reorganisation, key, with_for_update=True, populate_existing=True)
    if found.stage is not Stage.RUNNING:
        return True
    if found.kind is not ReorganisationKind.MOVE:
        if merging.left_over(session, found.agency_id, 1):
            return False
        session.get_one(Agency, found.agency_id).active = False
    elif scope_loss.concerned(session, found.units, after=found.reached, limit=1):
        return False
    found.stage, found.ended_at = Stage.DONE, now
    found.done = found.reports
    session.flush()
    return True
