"""Searching: what an officer asks, answered within what they see.

The index narrows; whether a hit is shown is the scope's word, asked for each one (report_scope), and each
filter is held against the report itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import COUNT_CAP, not_own
from app.models import ReportScope, Synonym
from app.rules.accounts.roles import Resource, Verb
from app.rules.labels import N_
from app.rules.reports.tabs import DEADLINE_TABS, Basis, Reach, Tab
from app.search.document import agency_mark, holder_mark, tab_mark
from app.search.engine import Hit, IndexQuery, Probe
from app.search.engines import engine_of
from app.search.filters import NO_FILTERS, Criteria, Filters, criteria, open_marks
from app.search.query import SearchQuery, Synonyms, read
from app.search.words import names

TIMEOUT_MILLISECONDS = 5_000
RANKED = 1_000  # newest hits among which the best are sought
HOLDERS_MAX = 20  # agencies of a name; a name of more says too little
NAMES_READ = 200
NAME_LEAST = 2


class SearchOrder(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    DEADLINE = "deadline"
    BEST = "best"


ORDER_LABELS = {
    SearchOrder.NEWEST: N_("Terbaru"),
    SearchOrder.OLDEST: N_("Terlama"),
    SearchOrder.DEADLINE: N_("Tenggat terdekat"),
    SearchOrder.BEST: N_("Paling sesuai"),
}


@dataclass(frozen=True)
class SearchPlace:
    """Where in the scope is looked: everywhere, or in one tab, its own range or with what lies below."""

    tab: Tab | None = None
    reach: Reach = Reach.BELOW


EVERYWHERE = SearchPlace()


@dataclass(frozen=True)
class SearchPosition:
    """Where a page ended. key: of the deadline order, or how many were shown of the best."""

    key: int
    report_id: int


@dataclass(frozen=True)
class SearchHits:
    """The hits of a page, whether there are more, and on a first page how many in all, up to COUNT_CAP."""

    hits: Sequence[Hit]
    more: bool
    count: int | None
    next: SearchPosition | None


NOTHING = SearchHits((), more=False, count=0, next=None)


def synonyms(session: Session) -> Synonyms:
    """The list that central admins look after."""
    rows = session.scalars(select(Synonym.words).order_by(Synonym.id))
    return Synonyms([part for part in row.split(",") if part.strip()] for row in rows)


def understood(session: Session, raw: str) -> SearchQuery:
    """What was typed, read with the present list of synonyms. Never raises."""
    return read(raw, synonyms(session)) if raw.strip() else SearchQuery()


def find(
    session: Session,
    actor: Actor,
    query: SearchQuery,
    now: datetime,
    *,
    place: SearchPlace = EVERYWHERE,
    filters: Filters = NO_FILTERS,
    order: SearchOrder = SearchOrder.NEWEST,
    after: SearchPosition | None = None,
    limit: int,
) -> SearchHits:
    """A page of hits that `actor` sees. Raises TooSlow.

    A query without a word to look for finds what the filters let through, one of noise alone nothing. A
    tracking number is that report, if it is seen here; one of digits alone is else looked for in texts.
    """
    if actor.agency_id is None or not actor.may(Resource.REPORTS, Verb.READ) or query.noise:
        return NOTHING
    if query.with_hash and after is not None:
        return NOTHING  # one report has no second page
    if query.number is not None and after is None:
        hit = by_tracking_number(session, actor, query.number, place)
        if hit is not None or query.with_hash:
            return SearchHits((hit,) if hit else (), more=False, count=1 if hit else 0, next=None)
    engine = engine_of(session)
    with engine.limited(session, TIMEOUT_MILLISECONDS):
        asked = criteria(filters, now)
        sought = _sought(session, actor.agency_id, query, place, asked, order)
        probe = _probe(actor, place, asked, order)
        wanted = limit + 1 if after is not None else max(limit + 1, COUNT_CAP)
        if order is SearchOrder.BEST and sought.wanted:
            skip = max(after.key, 0) if after is not None else 0
            hits = engine.by_rank(session, sought, probe, among=RANKED, skip=skip, limit=wanted)
        elif order is SearchOrder.DEADLINE:
            beyond = (after.key, after.report_id) if after is not None else None
            hits = engine.by_deadline(session, sought, probe, after=beyond, limit=wanted)
        else:
            hits = engine.by_number(
                session,
                sought,
                probe,
                after=after.report_id if after is not None else None,
                rising=order is SearchOrder.OLDEST,
                limit=wanted,
            )
    page = hits[:limit]
    more = len(hits) > limit
    last = None
    if more:
        shown = (after.key if after is not None else 0) + len(page)
        last = SearchPosition(
            shown if order is SearchOrder.BEST else page[-1].key if order is SearchOrder.DEADLINE else 0,
            page[-1].report_id,
        )
    return SearchHits(page, more, min(len(hits), COUNT_CAP) if after is None else None, last)


def by_tracking_number(session: Session, actor: Actor, number: int, place: SearchPlace) -> Hit | None:
    """The report of that number, if `actor` sees it there: one key of the scope. None for absent and foreign."""
    where = [
        ReportScope.report_id == number,
        ReportScope.agency_id == actor.agency_id,
        not_own(actor, ReportScope.report_id),
    ]
    if place.tab is not None:
        where.append(ReportScope.tab == place.tab)
        if place.reach is Reach.OWN:
            where.append(ReportScope.reach == Reach.OWN.value)
    row = session.execute(select(ReportScope.basis, ReportScope.sort_key).where(*where).limit(1)).first()
    return Hit(number, Basis(row[0]), row[1]) if row else None


def _sought(
    session: Session,
    agency_id: int,
    query: SearchQuery,
    place: SearchPlace,
    asked: Criteria,
    order: SearchOrder,
) -> IndexQuery:
    marks = [(agency_mark(agency_id),), *asked.marks]
    if place.tab is not None:
        marks.append((tab_mark(place.tab.value),))
    elif order is SearchOrder.DEADLINE:
        marks.append(open_marks())
    holders = tuple(holder_mark(key) for key in called(session, query.name))
    return IndexQuery(query.wanted, query.unwanted, tuple(marks), holders)


def _probe(actor: Actor, place: SearchPlace, asked: Criteria, order: SearchOrder) -> Probe:
    parts, values = ["p.agency_id = :agency"], {**asked.values, "agency": actor.agency_id}
    reports = list(asked.parts)
    if actor.reporter_id is not None:
        # What the officer filed as a citizen is no report of the desk to them.
        reports.append("(r.reporter_id IS NULL OR r.reporter_id <> :filer)")
        values["filer"] = actor.reporter_id
    if place.tab is not None:
        parts.append("p.tab = :tab")
        values["tab"] = place.tab.value
        if place.reach is Reach.OWN:
            parts.append("p.reach = 0")
    elif order is SearchOrder.DEADLINE:
        names = [f":tab_{n}" for n in range(len(DEADLINE_TABS))]
        parts.append(f"p.tab IN ({', '.join(names)})")
        values |= {f"tab_{n}": tab.value for n, tab in enumerate(sorted(DEADLINE_TABS))}
    return Probe(" AND ".join(parts), " AND ".join(reports), values, tuple(asked.types))


def called(session: Session, name: Sequence[str]) -> list[int]:
    """The agencies whose name or short name holds all of these words; none if they are too many.

    Asked in every search, so that an agency is found by its new name as soon as it has one (case E4).
    """
    if not name or all(len(word) < NAME_LEAST or word.isdecimal() for word in name):
        return []
    rows = engine_of(session).named(session, name, NAMES_READ + 1)
    if len(rows) > NAMES_READ:
        return []
    wanted = set(name)
    found = [key for key, own, short in rows if wanted <= {*names(own), *names(short)}]
    return found if len(found) <= HOLDERS_MAX else []
