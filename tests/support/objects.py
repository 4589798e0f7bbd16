"""What the walks over all routes open: one object of each kind that an address names."""

from __future__ import annotations

from collections.abc import Mapping

from app.extensions import db
from app.rules.workflow import Action
from tests.support.mail import dead_letter, letter_in_folder
from tests.support.play import Play


def make_objects(play: Play) -> Mapping[str, int]:
    """report: A1 holds it for A; progress: the same, followed up, with an open request to hold it;
    held: A holds it; new: unverified at the root; recorded: typed in by B1, held by
    A; incomplete: typed in by B1, put off; file: came with `report`; agency: A1; user: its
    officer; own_file: came with a follow-up of
    `progress`; remark: a citizen's comment on `progress` that waits;
    dead: a mail that was given up; letter: one in the folder. Keys by these names."""
    report = play.verified("a")
    play.forward(report, by="a", to="a1")
    progress = play.in_progress("a")
    play.forward(progress, by="a", to="a1")
    play.follow_up(progress, by="a1")
    recorded, incomplete = play.record(by="b1"), play.record(by="b1")
    play.verify(recorded, to="a")
    play.ask_details(incomplete)
    return {
        "recorded": recorded,
        "incomplete": incomplete,
        "report": report,
        "file": play.attach(report, by="a1"),
        "own_file": play.answer_with_file(progress),
        "progress": progress,
        "request": play.ask(progress, by="a1", action=Action.HOLD),
        "remark": play.remark(progress, by="warga2"),
        "held": play.verified("a"),
        "new": play.file(),
        "agency": play.world.a1,
        "user": play.world.account(db.session(), "a1").id,
        "dead": dead_letter(),
        "letter": letter_in_folder(),
    }
