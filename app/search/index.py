"""The index: written in the transaction that changes a report, made anew as a whole, and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.access.changed_reports import take_changed, take_moved
from app.models import JobRun, Report
from app.rules.reports.tabs import Basis
from app.search.document import Document, documents
from app.search.engines import engine_of

BATCH = 5_000


def catch_up(session: Session) -> int:
    """Index what the transaction has changed; how many reports that were. Its caller commits next.

    Each report is locked, if it was not before, and read after that: of two transactions that add to one
    report the later indexes what both have written.
    """
    session.flush()
    changed = take_changed(session)
    if changed:
        session.execute(_locked(Report.id.in_(changed)))
        rewrite(session, changed)
    moved = take_moved(session)
    if moved:
        _rewrite_below(session, moved)
    return len(changed)


def _locked(which: ColumnElement[bool]) -> Select[int]:
    """The keys of these reports, locked in their order; who refers to one meanwhile need not wait."""
    return select(Report.id).where(which).order_by(Report.id).with_for_update(key_share=True)


def _rewrite_below(session: Session, category_ids: Collection[int]) -> None:
    """A category that went below another one takes its reports along: they are found by the main one too."""
    keys = list(session.scalars(_locked(Report.category_id.in_(category_ids))))
    for first in range(0, len(keys), BATCH):
        rewrite(session, keys[first : first + BATCH])


def rewrite(session: Session, report_ids: Collection[int]) -> None:
    """Make the index rows of these reports what they must be."""
    engine_of(session).write(session, report_ids, documents(session, report_ids).values())


JOB = "reindex"


def begin(session: Session, now: datetime, *, anew: bool) -> int:
    """Start to index every report, or go on: the key after which to go on, 0 for the first."""
    run = session.get(JobRun, JOB)
    if run is not None and run.ended_at is None and not anew:
        return int(run.result or 0)
    engine_of(session).prepare(session)
    session.merge(JobRun(job=JOB, started_at=now, ended_at=None, result="0", error=""))
    return 0


def note(session: Session, after: int) -> None:
    """What lies up to this key is done: the next run goes on after it."""
    session.merge(JobRun(job=JOB, result=str(after)))


def end(session: Session, now: datetime) -> None:
    engine_of(session).finish(session)
    session.merge(JobRun(job=JOB, ended_at=now, result=""))


@dataclass(frozen=True)
class Indexed:
    """One batch: the last key looked at (None: there are no more), how many, and those that differed."""

    last: int | None
    seen: int
    wrong: tuple[int, ...] = ()


def last_key(session: Session) -> int:
    """Of the newest report; 0 for none."""
    return session.scalar(select(func.max(Report.id))) or 0


def reindex(session: Session, first: int, last: int) -> int:
    """Index the reports of these keys anew, locked against changes meanwhile; how many that were."""
    keys = list(session.scalars(_locked(Report.id.between(first, last))))
    rewrite(session, keys)
    return len(keys)


def check(session: Session, after: int, *, limit: int = BATCH) -> Indexed:
    """Compare the index with what it must be for up to `limit` reports after key `after`."""
    query = select(Report.id).where(Report.id > after).order_by(Report.id).limit(limit)
    keys = list(session.scalars(query))
    wanted = documents(session, keys)
    return Indexed(keys[-1] if keys else None, len(keys), tuple(differing(session, keys, wanted)))


def differing(
    session: Session, report_ids: Collection[int], wanted: Mapping[tuple[int, Basis], Document]
) -> Iterable[int]:
    """The keys of the reports whose rows are not `wanted`."""
    return sorted(engine_of(session).differing(session, report_ids, wanted.values()))
