"""One process of the moving measure: puts an agency below another one, and brings its reports along.

It says "ready" when it has started and begins at a line on its input; then "begins", "tree" when the tree
is changed, and "done", each with the time (monotonic, which all processes of a machine share).
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from app import create_app
from app.access.account_lookup import permission_names, with_all
from app.access.actor import actor_of
from app.access.agencies.reorganisations import is_running
from app.extensions import db, transaction
from app.jobs.reorganising import step
from app.models.accounts.security import ours
from app.rules.agencies.reorganisation import ReorganisationKind
from app.services.agencies import reorganisation


def main() -> None:
    unit, target = (int(argument) for argument in sys.argv[1:])
    with create_app().app_context():
        session = db.session()
        account = with_all(session, 1)
        assert account is not None
        actor = actor_of(account, ours(permission_names(session, account)))
        session.rollback()
        print("ready", flush=True)
        sys.stdin.readline()
        say("begins")
        with transaction(actor) as writing:
            reorganisation.ask(writing, actor, ReorganisationKind.MOVE, unit, target, datetime.now(UTC))
        say("tree")
        while step(datetime.now(UTC)) is not None:
            pass
        with transaction() as reading:
            if is_running(reading):
                raise RuntimeError("it did not come to its end")
        say("done")


def say(word: str) -> None:
    print(word, time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
