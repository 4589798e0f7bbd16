"""The table of jobs: each has a line, a label of its run, and does no harm when run twice."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import jobs
from app.extensions import transaction
from app.jobs import consumer as jobs_consumer
from app.jobs import schedule
from app.jobs.consumer import start_embedded
from app.jobs.queue import make_queue
from app.jobs.schedule import SCHEDULE, Job, perform, register
from app.models import JobRun, Report
from app.rules.reports.workflow import LIMITS
from app.services.reports.expired_clocks import EXPIRING
from tests.support.play import Play
from tests.support.world import World


def test_every_job_has_a_name_of_its_own_and_a_time() -> None:
    names = [job.name for job in SCHEDULE]
    assert len(names) == len(set(names))
    assert all(1 <= job.minutes <= 59 for job in SCHEDULE)


def test_jobs_are_defined_in_the_schedule_alone() -> None:
    """A task that stands elsewhere would run without a line in the table."""
    folder = Path(jobs.__file__).parent
    elsewhere = [
        path.name
        for path in folder.glob("*.py")
        if path.name != "schedule.py"
        and ("periodic_task" in path.read_text() or "@queue.task" in path.read_text())
    ]
    assert elsewhere == [], "move the job into SCHEDULE in app/jobs/schedule.py"


def test_every_clock_that_expires_is_swept() -> None:
    assert set(EXPIRING) == {clock for clock, limit in LIMITS.items() if limit.expires_into}


def test_every_job_runs_twice_without_harm(app: Flask, world: World) -> None:
    for job in SCHEDULE:
        first, second = perform(app, job), perform(app, job)
        assert first == second
    with app.app_context(), transaction() as session:
        for job in SCHEDULE:
            run = session.get_one(JobRun, job.name)
            assert run.ended_at is not None
            assert (run.error, run.result) != ("", "")


def test_a_failing_job_is_noted_by_its_kind_alone(app: Flask, world: World) -> None:
    def fails(_now: datetime) -> str:
        raise RuntimeError("Budi, 0812")

    with pytest.raises(RuntimeError):
        perform(app, Job("breaks", 5, fails))
    with app.app_context(), transaction() as session:
        run = session.get_one(JobRun, "breaks")
        assert (run.error, run.ended_at) == ("RuntimeError", None)


# huey's worker threads leave it to the collector to close their connections.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_queue_runs_what_is_put_on_it(app: Flask, play: Play) -> None:
    """The real consumer, on the file queue and on PostgreSQL's: enqueue, work, stop."""
    report_id = play.in_progress("a")
    play.later(days=-400)  # long due by the real clock
    with transaction() as session:
        session.get_one(Report, report_id).clock_due_at = datetime(2026, 1, 1, tzinfo=UTC)
    queue = make_queue(app.config["LAPOR"])
    queue.flush()
    register(app, queue)
    consumer = start_embedded(app)
    try:
        tasks = queue._registry.periodic_tasks
        assert len(tasks) == len(SCHEDULE)
        queue.enqueue(tasks[0])
        deadline = time.monotonic() + 20
        while play.report(report_id).ended_at is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert play.report(report_id).ended_at is not None
    finally:
        consumer.stop(graceful=True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_job_that_does_not_end_does_not_keep_the_server(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def endless(_now: datetime) -> str:
        begun.set()
        let_go.wait(60)
        return "let go"

    monkeypatch.setattr(schedule, "SCHEDULE", (Job("endless", 1, endless),))
    monkeypatch.setattr(jobs_consumer, "GRACE", 0.2)
    consumer = start_embedded(app)
    try:
        queue = consumer.huey
        queue.enqueue(queue._registry.periodic_tasks[0])
        assert begun.wait(20)
        consumer.stop(graceful=True)
        assert not let_go.is_set()
        assert any(worker.is_alive() for _, worker in consumer.worker_threads), "it is still at it"
    finally:
        let_go.set()
        consumer.stop(graceful=True)
