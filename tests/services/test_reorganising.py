"""An agency goes below another one: what is lost is lost at once, what is gained follows in batches."""

from __future__ import annotations

from sqlalchemy import select

from app.access.reorganisations import get_reorganisation
from app.extensions import transaction
from app.models import AgencyTree, Reorganisation
from app.rules.reorganising import Kind, Stage
from app.rules.workflow import Action
from app.services import reorganising
from app.services.following import follow
from app.services.upkeep import check_scope
from tests.support.play import Play


def ask(play: Play, kind: Kind, agency: str, to: str | None, *, by: str = "pusat", **more: object) -> int:
    with play.by(by) as (session, actor):
        asked = reorganising.ask(
            session,
            actor,
            kind,
            play.agency(agency),
            play.agency(to),
            play.now,
            **more,  # type: ignore[arg-type]
        )
        assert asked is not None
        return asked.id


def stage(key: int) -> Stage:
    with transaction() as session:
        return session.get_one(Reorganisation, key).stage


def rows(play: Play, report: int) -> set[str]:
    """The agencies that see a report, by name, whatever the tree says of it."""
    from app.access.scope import stored

    names = {key: name for name, key in play.world.agencies.items()}
    with transaction() as session:
        return {names[row.agency_id] for row in stored(session, report)}


def batch(play: Play, limit: int = 1) -> bool:
    with transaction() as session:
        return follow(session, play.now, limit=limit) is not None


def differing() -> tuple[int, ...]:
    with transaction() as session:
        return check_scope(session, 0, repair=False).wrong


def tree() -> set[tuple[int, int, int]]:
    with transaction() as session:
        return {
            tuple(row)
            for row in session.execute(select(AgencyTree.ancestor_id, AgencyTree.unit_id, AgencyTree.depth))
        }  # type: ignore[misc]


def test_what_is_lost_goes_with_the_tree_and_what_is_gained_comes_after(play: Play) -> None:
    direct = play.verified("a1")  # the root gave it: A saw it from above alone
    given = play.verified("a")
    play.forward(given, by="a", to="a1")  # A gave it on, and keeps its standing
    assert rows(play, direct) == rows(play, given) == {"root", "a", "a1"}
    key = ask(play, Kind.MOVE, "a1", "b")
    assert rows(play, direct) == {"root", "a1"}
    assert rows(play, given) == {"root", "a", "a1"}
    assert stage(key) is Stage.RUNNING
    assert batch(play)
    assert rows(play, direct) == {"root", "a1", "b"}
    while batch(play):
        pass
    assert stage(key) is Stage.DONE
    assert rows(play, given) == {"root", "a", "a1", "b"}
    assert differing() == ()
    with transaction() as session:
        found = get_reorganisation(session, play.world.actor(session, "b"), key)
        assert (found.reports, found.done) == (2, 2)
    # A still decides what its delegation asks for, until the report is closed.
    play.follow_up(given, by="a1")
    play.accept(play.ask(given, by="a1", action=Action.CLOSE), by="a")
    assert rows(play, given) == {"root", "a1", "b"}
    assert play.chain(given) == ["root", "a1"]
