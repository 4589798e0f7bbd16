"""One process of the auto-close measure: `close` until nothing is due, or `reply` as a client would."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime

from sqlalchemy import select, text

from app import create_app
from app.access.actor import Actor
from app.extensions import db, transaction
from app.jobs.schedule import expire_clocks
from app.models import Report
from app.rules.errors import LaporError
from app.rules.roles import ROLE_MATRIX, Role
from app.services.entry import Form
from app.services.reporting import reply

# Each client replies to every so-many-th of the due reports, from the end: the closers come from the start.
EVERY = 12


def replying(table: str, number: int, clients: int) -> None:
    keys = db.session.execute(text(f"SELECT id FROM {table} ORDER BY id DESC")).scalars().all()
    for key in keys[number :: clients * EVERY]:
        with transaction() as session:
            reporter, version = session.execute(
                select(Report.reporter_id, Report.version).where(Report.id == key)
            ).one()
        citizen = Actor(reporter_id=reporter, permissions=ROLE_MATRIX[Role.REPORTER])
        try:
            with transaction(citizen) as session:
                reply(session, citizen, Form(key, version), "Belum selesai.", datetime.now(UTC))
        except LaporError:
            continue  # it was closed a moment before: the answer is kept elsewhere, or refused


def main() -> None:
    table, what, *rest = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with create_app().app_context():
        if what == "close":
            expire_clocks(datetime.now(UTC))
        else:
            replying(table, int(rest[0]), int(rest[1]))


if __name__ == "__main__":
    main()
