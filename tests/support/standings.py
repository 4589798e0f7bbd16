"""Every standing that app/access/standing.py can give, by asking it about every small chain there is.

Nothing here is read from a database: chains, actors and reports are plain values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from app.access.actor import SYSTEM, Actor
from app.access.standing import Chain, ChainLink, standing
from app.models import Report
from app.rules.accounts.roles import Resource, Verb
from app.rules.reports.workflow import Who

ROOT, ELSEWHERE = 1, 9  # keys of agencies: the root, and one that is in no chain
DEEPEST = 4  # a longer chain only has more agencies in its middle
GATES = ((Resource.REPORTS, Verb.ACT), (Resource.VERIFICATION, Verb.ACT), (Resource.OWN_REPORTS, Verb.ACT))


@lru_cache
def producible(*, at_root: bool) -> frozenset[frozenset[Who]]:
    """What anybody can be to a report that the root holds itself, or to one that lies below it."""
    lengths = (1,) if at_root else range(2, DEEPEST + 1)
    return frozenset(
        standing(actor, report, chain).whos
        for length in lengths
        for actor in _actors(length)
        for chain in _chains(length, actor)
        for report in _reports()
    )


def _actors(length: int) -> Iterator[Actor]:
    yield SYSTEM
    agencies = (None, *range(ROOT, ROOT + length), ELSEWHERE)
    choices = product(agencies, (None, 5), (None, "hash"), product((True, False), repeat=len(GATES)))
    for agency_id, reporter_id, link_hash, has in choices:
        yield Actor(
            agency_id=agency_id,
            at_root=agency_id == ROOT,
            permissions=frozenset(gate for gate, chosen in zip(GATES, has, strict=True) if chosen),
            reporter_id=reporter_id,
            link_hash=link_hash,
        )


def _chains(length: int, actor: Actor) -> Iterator[Chain]:
    """Chains whose agencies act for themselves, or, above the root, are acted for by the actor's own."""
    for acts in product((False, True), repeat=length - 1):
        yield tuple(
            ChainLink(position, ROOT + position, actor.agency_id if acted else ROOT + position)
            for position, acted in enumerate((False, *acts))
        )


def _reports() -> Iterator[Report]:
    for reporter_id, link_hash, recorder in product((None, 5), (None, "hash"), (None, ROOT, 2, ELSEWHERE)):
        yield Report(id=1, reporter_id=reporter_id, link_hash=link_hash, recorder_agency_id=recorder)
