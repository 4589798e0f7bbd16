"""Consumers of the job queue: `huey_consumer app.jobs.consumer.queue` in production, a thread in run.py."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from huey import Huey
from huey.consumer import Consumer

from app.jobs.queue import make_queue
from app.jobs.schedule import register

GRACE = 10  # seconds that a job has to end when the server stops; a job that was cut off is caught up later


class EmbeddedConsumer(Consumer):
    """A consumer inside the serving process: signals belong to the server."""

    def _set_signal_handlers(self) -> None:
        """Only the main thread may; run.py has its own."""


def start_embedded(app: Flask) -> EmbeddedConsumer:
    """Start the scheduler and one worker as a thread; .stop(graceful=True) waits for it GRACE seconds at most."""
    queue = make_queue(app.config["LAPOR"])
    register(app, queue)
    # A worker that was killed leaves its lock behind; with this one consumer it is safe to drop.
    consumer = EmbeddedConsumer(
        queue,
        workers=1,
        periodic=True,
        scheduler_interval=1,
        max_delay=2,
        flush_locks=True,
        shutdown_timeout=GRACE,
    )
    threading.Thread(target=consumer.run, name="jobs", daemon=True).start()
    return consumer


def __getattr__(name: str) -> Any:
    """`queue` is made when huey_consumer asks for it, not when run.py imports this module."""
    if name != "queue":
        raise AttributeError(name)
    from app import create_app

    app = create_app()
    queue: Huey = make_queue(app.config["LAPOR"])
    register(app, queue)
    return queue
