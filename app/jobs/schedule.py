"""The one table of jobs: what runs, how often, and the service that it calls.

Jobs look at the data and are safe to run twice, late, or by several consumers at the same time: a
missed run is caught up by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask, current_app
from huey import Huey, crontab
from sqlalchemy.orm import Session

from app.access.accounts import addresses
from app.extensions import session_limits, storage, transaction
from app.jobs.delivering import deliver_outbox
from app.jobs.exporting import make_exports
from app.jobs.figures import plan_digests, refresh_figures
from app.jobs.importing import import_sheets
from app.jobs.reminding import remind
from app.jobs.reorganising import reorganise
from app.jobs.scanning import scan_files
from app.models import FileState, JobRun
from app.services import outbox
from app.services.accounts.credentials import account_links, api_tokens, codes, failed_sign_ins, sessions
from app.services.attachments.uploads import forgotten
from app.services.channels import sheet_importing, sms
from app.services.inbox import notifications
from app.services.reports.expired_clocks import Swept, expire_batch
from app.services.system import attempt_counts

log = logging.getLogger(__name__)
ERROR_MAX = 255
FILES_AT_ONCE = 50


@dataclass(frozen=True)
class Job:
    """name: in the log and on the health page. minutes: how often. run: does it at a time, says what it did."""

    name: str
    minutes: int
    run: Callable[[datetime], str]


def expire_clocks(now: datetime) -> str:
    """Batch after batch until nothing is due; a report that failed is not tried again in this run."""
    moved, failed = 0, set[int]()
    while True:
        with transaction() as session:
            batch: Swept = expire_batch(session, now, passing=failed)
        moved += len(batch.moved)
        failed |= set(batch.failed)
        if not batch.moved and not batch.failed:
            return f"moved {moved}, failed {len(failed)}"


def sweep_files(now: datetime) -> str:
    """Delete what was uploaded and never sent: the bytes first, so that no file outlives its row.

    A few in each transaction, since a bucket answers slowly. A crash in between deletes them once more;
    one that failed is left to the next run. The sender's name for the file goes too.
    """
    store, gone, failed = storage(), 0, set[int]()
    while True:
        with transaction() as session:
            batch = forgotten(session, now, limit=FILES_AT_ONCE, passing=failed)
            for file in batch:
                try:
                    store.delete(file.stored_name)
                except Exception:
                    log.exception("file %s could not be deleted; the next run tries again", file.id)
                    failed.add(file.id)
                else:
                    file.state, file.original_name = FileState.GONE, ""
                    gone += 1
        if not batch:
            return f"deleted {gone}, failed {len(failed)}"


def tidy(now: datetime) -> str:
    """Remove what is kept for a time alone: messages that were told, keys of forms that
    were sent, links that ran out, counts of tries, sessions that ended."""
    kept = timedelta(days=current_app.config["LAPOR"].outbox_days)
    messages = _all(lambda session: outbox.forget(session, now, kept))
    keys = _all(lambda session: outbox.forget_keys(session, now))
    links = _all(lambda session: account_links.forget(session, now))
    counts = _all(lambda session: attempt_counts.forget(session, now))
    failed = _all(lambda session: failed_sign_ins.forget(session, now))
    forms = _all(lambda session: codes.forget(session, now))
    texts = _all(lambda session: sms.forget(session, now))
    tokens = _all(lambda session: api_tokens.forget(session, now))
    sheets = _all(lambda session: sheet_importing.forget(session, now))
    bells = _all(lambda session: notifications.forget(session, now))
    limits = session_limits()
    browsers = _all(lambda session: sessions.forget(session, now, limits))
    former = _all(lambda session: addresses.forget(session, now))
    return (
        f"messages {messages}, keys {keys}, links {links}, tries {counts + failed}, forms {forms}, texts {texts}, "
        f"tokens {tokens}, sheets {sheets}, notifications {bells}, sessions {browsers}, "
        f"addresses {former}"
    )


def tell_of_failures(now: datetime) -> str:
    """Queue letters to owners whose accounts were tried often, one a day each."""
    return f"messages {_all(lambda session: failed_sign_ins.plan_letters(session, now))}"


def _all(remove: Callable[[Session], int]) -> int:
    """Batch after batch, each in a transaction of its own, until there is nothing left."""
    number = 0
    while True:
        with transaction() as session:
            batch = remove(session)
        if not batch:
            return number
        number += batch


SCHEDULE: tuple[Job, ...] = (
    Job("expire_clocks", minutes=5, run=expire_clocks),
    Job("deliver_outbox", minutes=1, run=deliver_outbox),
    Job("refresh_figures", minutes=1, run=refresh_figures),
    Job("plan_digests", minutes=15, run=plan_digests),
    Job("remind", minutes=10, run=remind),
    Job("tidy", minutes=30, run=tidy),
    Job("tell_of_failures", minutes=30, run=tell_of_failures),
    Job("import_sheets", minutes=1, run=import_sheets),
    Job("reorganise", minutes=1, run=reorganise),
    Job("make_exports", minutes=1, run=make_exports),
    Job("scan_files", minutes=1, run=scan_files),
    Job("sweep_files", minutes=30, run=sweep_files),
)


def perform(app: Flask, job: Job, now: datetime | None = None) -> str:
    """Run `job` once and note when and what; a failure is noted by its kind, and raised."""
    at = now or datetime.now(UTC)
    with app.app_context():
        with transaction() as session:
            session.merge(JobRun(job=job.name, started_at=at, error=""))
        try:
            result = job.run(at)
        except Exception as error:
            with transaction() as session:
                session.merge(JobRun(job=job.name, error=type(error).__name__[:ERROR_MAX]))
            raise
        with transaction() as session:
            session.merge(JobRun(job=job.name, ended_at=datetime.now(UTC), result=result[:ERROR_MAX]))
        log.info("job %s: %s", job.name, result)
        return result


def register(app: Flask, queue: Huey) -> None:
    """Put every job of the table on the queue's clock."""
    for job in SCHEDULE:
        queue.periodic_task(crontab(minute=f"*/{job.minutes}"), name=job.name)(_task(app, job))


def _task(app: Flask, job: Job) -> Callable[[], str]:
    def run() -> str:
        return perform(app, job)

    return run
