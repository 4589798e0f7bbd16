"""Somebody at a search box, without the pages around it."""

from __future__ import annotations

from app.extensions import db
from app.search.find import SearchHits, find, understood
from app.search.passages import Passage, passages
from tests.support.play import Play


class Seat:
    """`name` of the world searches at the play's time."""

    def __init__(self, play: Play, name: str) -> None:
        self.play, self.name = play, name

    def find(self, raw: str = "", **more: object) -> SearchHits:
        session = db.session()
        session.rollback()
        actor = self.play.world.actor(session, self.name)
        more.setdefault("limit", 25)
        return find(session, actor, understood(session, raw), self.play.now, **more)  # type: ignore[arg-type]

    def ids(self, raw: str = "", **more: object) -> list[int]:
        return [hit.report_id for hit in self.find(raw, **more).hits]

    def passage(self, raw: str, report_id: int) -> Passage:
        session = db.session()
        actor = self.play.world.actor(session, self.name)
        return passages(session, actor, self.find(raw).hits, understood(session, raw))[report_id]


def dispatched(play: Play, text: str, to: str = "a", *, title: str = "Keluhan warga", **more: object) -> int:
    """A report with this text, verified as it is."""
    report = play.file(text=text, title=title, **more)
    play.verify_as(report, title=title, text=text, to=to)
    return report
