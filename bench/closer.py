"""One process of the auto-close measure: `close` until nothing is due, or `reply` as a client would.

It says "ready" when it has started and begins at a line on its input, so that starting is not measured.
"""

from __future__ import annotations

import random
import select as waiting
import sys
from datetime import UTC, datetime

from sqlalchemy import text

from app import create_app
from app.access.actor import Actor
from app.extensions import db, transaction
from app.jobs.schedule import expire_clocks
from app.rules.accounts.roles import ROLE_MATRIX, Role
from app.rules.errors import LaporError
from app.services.reports.locked_report import Form
from app.services.reports.reporter_contributions import reply

PAUSE = 0.1  # seconds between a client's replies: four of them are 40 a second, more than a nation writes


def replying(table: str, number: int) -> None:
    """Replies to due reports in an order of its own, closed meanwhile or not, until a line says stop."""
    due = f"SELECT r.id, r.reporter_id, r.version FROM {table} d JOIN report r ON r.id = d.id"
    rows = list(db.session.execute(text(due)))
    db.session.rollback()
    random.Random(number).shuffle(rows)
    wait_for_start()
    for report_id, reporter_id, version in rows:
        if waiting.select([sys.stdin], [], [], PAUSE)[0]:
            return
        citizen = Actor(reporter_id=reporter_id, permissions=ROLE_MATRIX[Role.REPORTER])
        try:
            with transaction(citizen) as session:
                reply(session, citizen, Form(report_id, version), "Belum selesai.", datetime.now(UTC))
        except LaporError:
            continue  # it was closed a moment before, or two clients met


def wait_for_start() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def main() -> None:
    table, what, *rest = sys.argv[1:]
    with create_app().app_context():
        if what == "close":
            wait_for_start()
            expire_clocks(datetime.now(UTC))
        else:
            replying(table, int(rest[0]))
        print("done", flush=True)


if __name__ == "__main__":
    main()
