"""One command: migrate, seed, fill in the demo the first time, then serve with the jobs inside.

`python run.py` is what `make run` calls. Production serves with gunicorn and runs huey_consumer apart
(docs/operations.md).
"""

from __future__ import annotations

import logging
import signal
import sys
from datetime import UTC, datetime
from types import FrameType

from flask import Flask
from flask_migrate import upgrade
from waitress.server import create_server

from app import create_app
from app.demo.build import ACCOUNTS, PASSWORD, build_demo, is_empty
from app.extensions import transaction
from app.intake.seed import seed
from app.jobs.consumer import start_embedded
from app.services.accounts.roles import sync_security
from config import MEGABYTE, Settings, UnsafeSettings

THREADS = 8
CONNECTIONS = 500  # a connection that sends nothing keeps no thread, only its place here
SILENT_SECONDS = 20
CLEANUP_SECONDS = 5
HEADER_BYTES = 32 * 1024


def prepare(app: Flask, settings: Settings) -> None:
    """Bring the database to this version, with what every installation starts with."""
    with app.app_context():
        upgrade()
        with transaction() as session:
            sync_security(session, second_step=settings.second_step_demanded)
            seed(session, datetime.now(UTC))
        if settings.demo and is_empty():
            print("Filling in the demo, once: about half a minute …", flush=True)
            build_demo(datetime.now(UTC), transaction)


def announce(settings: Settings) -> None:
    print(f"\nLAPOR! http://{settings.host}:{settings.port}\n", flush=True)
    if settings.demo:
        print(f"Demo accounts, password {PASSWORD}:")
        for account in ACCOUNTS:
            print(f"  {account.email:<32} {account.role.value}, {account.agency or 'warga'}")
        print(flush=True)


def main() -> int:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = Settings.from_environment()
    except UnsafeSettings as error:
        print(error, file=sys.stderr)
        return 2
    app = create_app(settings)
    prepare(app, settings)
    server = create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident=None,
        connection_limit=CONNECTIONS,
        channel_timeout=SILENT_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=settings.request_max_mb * MEGABYTE,
        asyncore_use_poll=True,  # select() knows no more than 1,024 connections
    )
    consumer = start_embedded(app)

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    announce(settings)
    try:
        server.run()
    except (SystemExit, KeyboardInterrupt):
        server.close()
    finally:
        consumer.stop(graceful=True)
    print("Stopped.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
